"""Decide what one block is: a note, a time stamp, neither; and where in the block the note stands. Pure."""

import re
from dataclasses import replace

from revtrack.model import NoteFamily, NoteKind, Place
from revtrack.notes.blocks import CLOSING, STAMP, WORD, Finding, Reading, by_mark, in_quotes, make_finding, prepare
from revtrack.notes.labels import agency_line, glued, labelled, slug
from revtrack.notes.passages import Passage
from revtrack.notes.rules import Pattern, Rules
from revtrack.text import sentences

_TOWN, _DATELINE = 2, 90
"""Words of a town's name, and characters of a line that says when and where: "Updated 4 May, Lagos"."""


def read_passage(passage: Passage, rules: Rules) -> Finding | None:
    """Return what the rules of one language find in a block, None if it is neither note nor stamp."""
    reading = prepare(passage, rules)
    if reading is None or _is_quoted(reading.plain):
        return None
    found = slug(reading) or agency_line(reading) or _stamp(reading) or labelled(reading)
    found = found or glued(reading) or _unlabelled(reading) or _meta(reading)
    return found and _with_moment(found, reading)


def _stamp(reading: Reading) -> Finding | None:
    """Tell a block that says nothing but when: no word is left once dates and the words of stamps are gone."""
    if len(reading.masked) > STAMP:
        return None
    named = [word for word in WORD.findall(reading.masked.lower()) if len(word) > 1 and not word.isdigit()]
    left = [word for word in named if not _is_stamp_word(word, reading.rules)]
    if _names_a_town(reading, left):
        left = []
    if len(left) == len(named) or not reading.moments or reading.masked.rstrip().endswith((":", "：")):
        return None
    if left and not (reading.moments and by_mark(reading.passage, "timestamp") and len(left) <= 6):
        return None
    return make_finding(reading, 0, NoteKind.TIMESTAMP, "stamp", family=NoteFamily.TIMESTAMP)


def _names_a_town(reading: Reading, left: list[str]) -> bool:
    """Whether what is left of a line, once its stamp is gone, can only be a place: one or two names behind it."""
    line = reading.masked.lstrip(" (")
    if not (reading.rules.spaced and 0 < len(left) <= _TOWN and len(line) < _DATELINE) or ":" in line.rstrip(":"):
        return False
    return all(word.capitalize() in line[1:] or word.upper() in line[1:] for word in left)


def _is_stamp_word(word: str, rules: Rules) -> bool:
    if rules.spaced:
        return word in rules.stamp_words
    for known in sorted(rules.stamp_words, key=len, reverse=True):
        word = word.replace(known, "")
    return not word or word.isdigit()


def _unlabelled(reading: Reading) -> Finding | None:
    passage = reading.passage
    short = len(reading.masked) < 700
    apart = passage.emphasis or passage.place is Place.CAPTION or by_mark(passage, "note")
    edge = short and (apart or not 0.12 < passage.position < 0.8)
    rules = reading.rules
    asked = [pattern for pattern in reading.patterns if pattern.alone and (edge or not pattern.edge)]
    spans = _sentences(reading.masked, rules) if asked else []
    for (begin, end), (_, until) in zip(spans, [*spans[1:], *spans[-1:]], strict=True):
        sentence, both = reading.masked[begin:end], reading.masked[begin:until]
        match = _first_match(asked, sentence, both)
        if not match or rules.vetoed(sentence) or in_quotes(reading.plain, begin + match.start()):
            continue
        start, stop = _brackets(reading.masked, begin)
        said = reading.said(reading.masked[start:stop])
        return make_finding(reading, start, said.kind, said.name, end=stop) if said else None
    return None


def _sentences(masked: str, rules: Rules) -> list[tuple[int, int]]:
    """Return where sentences begin and end; "the 3. court" is none's end in languages that write ordinals so."""
    spans: list[tuple[int, int]] = []
    for begin, end in sentences(masked):
        ordinal = rules.language in _ORDINALS and spans and _ORDINAL.search(masked, *spans[-1])
        spans[-1:] = [(spans[-1][0], end)] if ordinal else [*spans[-1:], (begin, end)]
    return spans


_ORDINALS = frozenset(("cs", "da", "de", "fi", "no", "pl", "tr"))
_ORDINAL = re.compile(r"(?<!\S)\d{1,2}\.\s*\Z")


def _first_match(asked: list[Pattern], sentence: str, both: str) -> re.Match[str] | None:
    """Return where the first pattern fits a sentence; `both` is that and the next one, for patterns that go across."""
    lowered = sentence.lower()
    for pattern in asked:
        found = pattern.search(both, both.lower()) if pattern.across else pattern.search(sentence, lowered)
        if found:
            return found
    return None


def _meta(reading: Reading) -> Finding | None:
    """Read a short line, set apart or labelled, that speaks of the article without announcing a change."""
    label = reading.rules.label.match(reading.masked)
    apart = reading.passage.emphasis or label is not None or by_mark(reading.passage, "note")
    if not apart or len(reading.masked) > 300 or not reading.rules.speaks_of_itself(reading.masked):
        return None
    return make_finding(reading, 0, NoteKind.META, "speaks of itself", family=NoteFamily.META)


def _brackets(masked: str, start: int) -> tuple[int, int]:
    """Widen the start of a note to a bracket or star before it, and end it where that bracket closes."""
    before = masked[:start].rstrip()
    sign = masked[start : start + 1]
    opening = sign if sign in CLOSING and sign else ""
    if not opening and before and before[-1] in CLOSING:
        opening, start = before[-1], len(before) - 1
    closes = masked.find(CLOSING[opening], start) if opening else -1
    return start, closes + 1 if closes >= 0 else len(masked)


def _is_quoted(plain: str) -> bool:
    """Tell a block that stands in quotation marks whole: somebody else's words."""
    text = plain.strip()
    return len(text) > 2 and text[0] == '"' and text[-1] == '"' and text.count('"') == 2


def _with_moment(found: Finding, reading: Reading) -> Finding:
    """Add the date that the note states for itself: in its label, or behind a word like "updated", near its start."""
    if found.family is NoteFamily.TIMESTAMP:
        return replace(found, moment=reading.moments[-1])  # "Published … | Updated …": the newest stands last
    for moment in reading.moments:
        before = reading.plain[found.start : moment.start]
        if not found.start <= moment.start < min(found.end, found.start + 60):
            continue
        behind = before.rpartition(": ")[2].lower()
        if ": " not in before or any(stem in behind for stem in reading.rules.stems):
            return replace(found, moment=moment)
    return found
