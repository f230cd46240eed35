"""Decide what one block is: a note, a time stamp, neither; and where in the block the note stands. Pure."""

import re
from dataclasses import replace

from revtrack.model import NoteFamily, NoteKind, Place
from revtrack.notes.blocks import CLOSING, STAMP, WORD, Finding, Reading, by_mark, in_quotes, make_finding, prepare
from revtrack.notes.labels import agency_line, glued, heads_a_box, labelled, slug
from revtrack.notes.passages import Passage
from revtrack.notes.rules import Pattern, Rules
from revtrack.text import sentences

_TOWN, _DATELINE = 2, 90
"""Words of a town's name, and characters of a line that says when and where: "Updated 4 May, Lagos"."""


def read_passage(passage: Passage, rules: Rules) -> Finding | None:
    """Return what the rules of one language find in a block, None if it is neither note nor stamp."""
    reading = prepare(passage, rules)
    if _is_quoted(reading.plain):
        return None
    found = slug(reading) or agency_line(reading) or _stamp(reading) or labelled(reading)
    found = found or glued(reading) or _aside(reading) or _unlabelled(reading) or _meta(reading)
    return found and _with_moment(found, reading)


def _stamp(reading: Reading) -> Finding | None:
    """Tell a block that says nothing but when: no word is left once dates and the words of stamps are gone."""
    if len(reading.plain) > STAMP or not reading.moments or heads_a_box(reading):
        return None
    named = [word for word in WORD.findall(reading.masked.lower()) if len(word) > 1 and not word.isdigit()]
    left = [word for word in named if not _is_stamp_word(word, reading.rules)]
    if _names_a_town(reading, left):
        left = []
    if len(left) == len(named) or reading.masked.rstrip().endswith((":", "：")):
        return None
    if left and not (by_mark(reading.passage, "timestamp") and len(left) <= 6):
        return None
    return make_finding(reading, 0, NoteKind.TIMESTAMP, "stamp", family=NoteFamily.TIMESTAMP)


def _names_a_town(reading: Reading, left: list[str]) -> bool:
    """Whether what is left of a line, once its stamp is gone, can only be a place: one or two names behind it."""
    line = reading.masked.lstrip(" (")
    if not (reading.rules.spaced and 0 < len(left) <= _TOWN and len(line) < _DATELINE) or ":" in line.rstrip(":"):
        return False
    names = ({word.capitalize(), word.upper()} - {word} for word in left)  # none in scripts without capitals
    return all(any(name in line[1:] for name in written) for written in names)


def _is_stamp_word(word: str, rules: Rules) -> bool:
    if rules.spaced:
        return word in rules.stamp_words
    for known in sorted(rules.stamp_words, key=len, reverse=True):
        word = word.replace(known, "")
    return not word or word.isdigit()


def _aside(reading: Reading) -> Finding | None:
    """Find what brackets hold, or a text behind an asterisk, that would be news outside them: "(Here stood 19.)"."""
    asked = [pattern for pattern in reading.patterns if pattern.needs == "aside"]
    for aside in _ASIDE.finditer(reading.plain) if asked else ():
        text = reading.masked[aside.start() : aside.end()]
        lowered = text.lower()
        said = next((pattern for pattern in asked if pattern.search(text, lowered)), None)
        if said and not _is_no_note(reading, text, aside.start()):
            return make_finding(reading, aside.start(), said.kind, said.name, end=aside.end())
    return None


_ASIDE = re.compile(r"[(\[（【][^()\[\]（）【】]{8,400}[)\]）】]|(?<=\s)\*\s?\w[^*]{8,400}\Z")


def _unlabelled(reading: Reading) -> Finding | None:
    passage = reading.passage
    short = len(reading.plain) < 700
    apart = passage.emphasis or passage.place is Place.CAPTION or by_mark(passage, "note")
    edge = short and (apart or not 0.12 < passage.position < 0.8)
    rules = reading.rules
    enough = {"", "edge"} if edge else {""}
    asked = [pattern for pattern in reading.patterns if pattern.needs in enough]
    spans = _sentences(reading.masked, rules) if asked else []
    met = [rules.met_by(reading.masked[begin:end].lower()) for begin, end in spans] if len(spans) > 1 else []
    for number, (begin, end) in enumerate(spans):
        pair = slice(number, number + 2)
        sentence, both = reading.masked[begin:end], reading.masked[begin : spans[pair][-1][1]]
        match = _first_match(reading, asked, (sentence, both), met[pair])
        if not match or _is_no_note(reading, sentence, begin + match.start()):
            continue
        start, stop = _brackets(reading.masked, begin if edge else _vouched_for(reading, spans, number, met))
        said = reading.said(reading.masked[start:stop])
        return make_finding(reading, start, said.kind, said.name, end=stop) if said else None
    return None


def _is_no_note(reading: Reading, sentence: str, at: int) -> bool:
    """Whether a sentence that fits a pattern, its place in the block given, is somebody else's or only about edits."""
    rules = reading.rules
    asks = sentence.rstrip().endswith(("?", "？", "؟")) and ":" not in sentence and "：" not in sentence
    return asks or rules.vetoed(sentence) or in_quotes(reading.plain, at) or rules.speaks_for_others(sentence)


def _vouched_for(reading: Reading, spans: list[tuple[int, int]], number: int, met: list[int]) -> int:
    """Return where a note in mid-article begins, given its first sentence that is one anywhere.

    Those right before it that would be notes at the foot belong to it: "Contrary to what we wrote, … It was corrected."
    """
    alone = [pattern for pattern in reading.patterns if pattern.needs in {"", "edge"} and not pattern.across]
    while number:
        begin, end = spans[number - 1]
        sentence = reading.masked[begin:end]
        match = _first_match(reading, alone, (sentence, sentence), met[number - 1 : number])
        if not match or _is_no_note(reading, sentence, begin + match.start()):
            break
        number -= 1
    return spans[number][0]


def _sentences(masked: str, rules: Rules) -> list[tuple[int, int]]:
    """Return where sentences begin and end.

    None ends in "the 3. court", in languages that write ordinals so, at "pág. 4", nor behind the title in 'In "Who?"
    (3 May) we said'.
    """
    spans: list[tuple[int, int]] = []
    for begin, end in sentences(masked):
        goes_on = spans and (
            (rules.language in _ORDINALS and _ORDINAL.search(masked, *spans[-1]))
            or (masked[begin].isdigit() and _PAGE.search(masked, *spans[-1]))
            or (masked[begin] in "([" and _TITLE.search(masked, *spans[-1]))
        )
        spans[-1:] = [(spans[-1][0], end)] if goes_on else [*spans[-1:], (begin, end)]
    return spans


_ORDINALS = frozenset(("cs", "da", "de", "fi", "no", "pl", "tr"))
_ORDINAL = re.compile(r"(?<![^\s/])\d{1,2}\.\s*\Z")
_PAGE = re.compile(r"\b(?:págs?|pagg?|pp?|str|blz|hal|стр|стор|nr|no|núm|art)\.\s*\Z", re.IGNORECASE)
_TITLE = re.compile(r"[.!?][\"']\s*\Z")


def _first_match(
    reading: Reading, asked: list[Pattern], texts: tuple[str, str], met: list[int]
) -> re.Match[str] | None:
    """Return where the first pattern fits a sentence, or that and the next one if it is a pattern that goes across.

    `met` is what each of the two sentences holds, nothing where there is one alone: of the patterns that a whole block
    may hold, one of its sentences can hold few.
    """
    rules, (sentence, both) = reading.rules, texts
    joint = rules.sayable(met[0] | met[-1], reading.sayable) if met else reading.sayable
    own = rules.patterns_of(rules.sayable(met[0], joint) if met else joint)
    for place, says in rules.patterns_of(joint).items():
        pattern = rules.patterns[place]
        if not any(pattern is one for one in asked) or not (pattern.across or place in own):
            continue
        text, phrases = (both, says) if pattern.across else (sentence, own[place])
        if found := pattern.search(text, text.lower(), phrases):
            return found
    return None


def _meta(reading: Reading) -> Finding | None:
    """Read a short line, set apart or labelled, that speaks of the article without announcing a change."""
    if len(reading.plain) > 300:
        return None
    labelled = reading.may_be_labelled and reading.rules.label.match(reading.masked) is not None
    apart = labelled or reading.passage.emphasis or by_mark(reading.passage, "note")
    if not apart or not reading.rules.speaks_of_itself(reading.masked):
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
