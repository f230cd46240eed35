"""Lift the notes out of the blocks of an article. Pure: no markup, no clock, no store."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from revtrack.model import Note, NoteFamily, NoteKind, Place
from revtrack.moments import find_moments, mask_moments, resolve
from revtrack.notes.blocks import LONGEST, STAMP, WORD, Finding, by_mark
from revtrack.notes.details import read_details
from revtrack.notes.grammar import SHIPPED, Grammar
from revtrack.notes.passages import Passage
from revtrack.notes.reading import read_passage
from revtrack.notes.rules import Rules

_MOST_READ = 4_000  # passages of one page that are read for notes: no newsroom writes as many


def lift_notes(
    passages: Iterable[Passage],
    *,
    language: str = "",
    seen_at: datetime | None = None,
    grammar: Grammar = SHIPPED,
) -> tuple[tuple[Note, ...], tuple[str, ...]]:
    """Return the notes found, in reading order, and the text that remains of each passage once they are cut out.

    A passage that is a note, or nothing but a time stamp, leaves "". `language` is a BCP 47 tag, "" for any.
    `seen_at`, when the page was seen, completes dates that lack a year or a day; `grammar` holds the rules.
    """
    given = list(passages)
    if not given:
        return (), ()
    rests = [passage.text for passage in given]
    notes: list[Note] = []
    lowered = [passage.text[:LONGEST].lower() for passage in given]
    gates = _gates(lowered, grammar.asked(language))
    taken = -1
    for index in _telling(lowered, gates):
        passage = given[index]
        if index <= taken or not (found := _find(passage, lowered[index], gates)):
            continue
        follower = ""
        if found.bare:
            taken = _following(given, index, found)
            joined = _announced(given, index, taken, found, gates) if taken >= 0 else None
            if joined is None:
                taken = -1
                if not _is_stamped(found):
                    continue
                found = replace(found, bare=False, kind=NoteKind.TIMESTAMP, family=NoteFamily.TIMESTAMP)
            else:
                found, follower = joined, given[taken].text
        notes.append(_note(passage, found, grammar, follower=follower, seen_at=seen_at))
        rests[index] = _rest(passage, found)
        if found.bare:
            rests[index + 1 : taken + 1] = [""] * (taken - index)
    return tuple(notes), tuple(rests)


def _gates(lowered: Sequence[str], asked: Iterable[Rules]) -> list[tuple[Rules, list[str]]]:
    """Return the rules to ask, each with those of its stems that stand anywhere in the texts: few."""
    whole = "\n".join(lowered)
    words = set(whole.split())
    gates = ((rules, rules.told_by.held_by(whole, words)) for rules in asked)
    return [(rules, stems) for rules, stems in gates if stems]


def _telling(lowered: Sequence[str], gates: Iterable[tuple[Rules, list[str]]]) -> list[int]:
    """Return the places of the passages that may hold a note; of absurdly many those nearest to the two ends."""
    stems = tuple(dict.fromkeys(stem for _, listed in gates for stem in listed))
    telling = [index for index, text in enumerate(lowered) if any(stem in text for stem in stems)] if stems else []
    return telling if len(telling) <= _MOST_READ else telling[: _MOST_READ // 2] + telling[-_MOST_READ // 2 :]


def _find(passage: Passage, lowered: str, gates: Iterable[tuple[Rules, list[str]]]) -> Finding | None:
    """Return what the first language whose rules fit finds in a passage."""
    for rules, stems in gates:
        gated = any(stem in lowered for stem in stems)
        if gated and not _is_chrome(passage) and (found := read_passage(passage, rules)):
            return found
    return None


_CHROME = frozenset(
    {
        *("nav", "form", "button", "menu", "breadcrumb", "update-required"),
        *("comments", "comment-content", "comment-txt", "comment-form", "comment-notes", "comment-body"),
        *("suggest-correction", "correction-form", "report-typo", "btn-correction", "correct-baseline"),
    },
)


def _is_chrome(passage: Passage) -> bool:
    """Tell blocks that talk about corrections without making one: menus, forms, readers' comments."""
    return any(word in _CHROME for mark in passage.marks for word in mark.split())


def _announced(
    given: list[Passage], index: int, taken: int, found: Finding, gates: Iterable[tuple[Rules, list[str]]]
) -> Finding | None:
    """Return what a bare label and the block behind it say together, None where its place alone makes no note."""
    if given[index].linked and _find(given[taken], given[taken].text[:LONGEST].lower(), gates) is None:
        return None  # it leads to a page of corrections
    label = given[index].text.rstrip(" :：")
    text = f"{label}: {given[taken].text}"
    together = _find(replace(given[index], text=text), text[:LONGEST].lower(), gates)
    if between := find_moments(given[index + 1].text, loose=True) if taken > index + 1 else ():
        found = replace(found, moment=between[-1])
    if together is not None and not together.bare:
        return replace(together, start=found.start, end=found.end, bare=True, moment=together.moment or found.moment)
    by_place = given[index].text[-1] not in ":：" and not by_mark(given[index], "note")
    return None if by_place and found.kind not in _STRONG else found


_STRONG = frozenset((NoteKind.CORRECTION, NoteKind.CLARIFICATION, NoteKind.RETRACTION))


def _following(given: list[Passage], index: int, found: Finding) -> int:
    """Return the index of the block that a bare label announces, -1 where none follows that reads like a note.

    A block between that says nothing but when is passed over.
    """
    shortest = 6 if found.kind is NoteKind.UPDATE else 2  # words: "Updated:" is followed by a date, more often than not
    behind = index + 2 if index + 2 < len(given) and _is_date(given[index + 1].text) else index + 1
    text = given[behind].text if behind < len(given) else ""
    fits = _words(text) >= shortest and (text[-1:] in _SENTENCE_ENDS or not _is_stamped(found))
    return behind if fits else -1


def _is_stamped(found: Finding) -> bool:
    """Whether a bare label states a time: "Updated at 4.20pm" is a mere stamp where no sentence follows."""
    return found.kind is NoteKind.UPDATE and found.moment is not None


_SENTENCE_ENDS = frozenset('.!?…"”»。')
_FIRST_KANA, _A_WORD = "\u3040", 2  # where the scripts without spaces begin, and characters of a word in them, about


def _words(text: str) -> int:
    """Return how many words a text has, about: those of scripts without spaces are guessed."""
    words = text.split()
    return len(words) if len(words) > 1 or max(text, default="") < _FIRST_KANA else len(text) // _A_WORD


def _is_date(text: str) -> bool:
    if len(text) > STAMP:
        return False
    left = mask_moments(text, find_moments(text, loose=True), filler=" ")
    return left != text and not WORD.search(left)


def _rest(passage: Passage, found: Finding) -> str:
    if passage.place is Place.HEADLINE:
        return passage.text.split("-", 1)[-1] if found.rule.endswith("slug") else passage.text
    return f"{passage.text[: found.start].rstrip()} {passage.text[found.end :].lstrip()}".strip()


def _note(passage: Passage, found: Finding, grammar: Grammar, *, follower: str, seen_at: datetime | None) -> Note:
    text = " ".join(part for part in (passage.text[found.start : found.end].strip(), follower) if part)
    language, _, rule = found.rule.partition(": ")
    # An update tells news: the figures and photos that it mentions are not what it is about.
    tells_what = found.family is NoteFamily.REVISION and found.kind is not NoteKind.UPDATE
    wrong, right, target = read_details(text, grammar.rules(language)) if tells_what else ("", "", "")
    return Note(
        text=text,
        kind=found.kind,
        family=found.family,
        place=passage.place or _place(passage.position),
        stated_at=resolve(found.moment, seen_at=seen_at) if found.moment else None,
        wrong=wrong,
        right=right,
        target=target,
        rule=rule,
        language=language,
    )


def _place(position: float) -> Place:
    if position < 0.25:
        return Place.TOP
    return Place.BOTTOM if position > 0.75 else Place.MIDDLE
