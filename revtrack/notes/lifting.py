"""Lift the notes out of the blocks of an article. Pure: no markup, no clock, no store."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from revtrack.model import Note, NoteFamily, NoteKind, Place
from revtrack.moments import resolve
from revtrack.notes.blocks import LONGEST, Finding
from revtrack.notes.details import read_details
from revtrack.notes.passages import Passage
from revtrack.notes.reading import read_passage
from revtrack.notes.rules import LANGUAGES, load_rules


def lift_notes(
    passages: Iterable[Passage],
    *,
    language: str = "",
    seen_at: datetime | None = None,
) -> tuple[tuple[Note, ...], tuple[str, ...]]:
    """Return the notes found, in reading order, and the text that remains of each passage once they are cut out.

    A passage that is a note, or nothing but a time stamp, leaves "". `language` is a BCP 47 tag, "" for any.
    `seen_at`, when the page was seen, completes dates that lack a year or a day.
    """
    given = list(passages)
    rests = [passage.text for passage in given]
    notes: list[Note] = []
    languages = _languages(language)
    taken = -1
    for index, passage in enumerate(given):
        if index <= taken or not (found := find_in_passage(passage, languages)):
            continue
        if found.bare and (taken := _following(given, index, found)) < 0:
            continue
        follower = given[taken].text if found.bare else ""
        notes.append(_note(passage, found, follower=follower, seen_at=seen_at))
        rests[index] = _rest(passage, found)
        if found.bare:
            rests[taken] = ""
    return tuple(notes), tuple(rests)


def find_in_passage(passage: Passage, languages: Sequence[str]) -> Finding | None:
    """Return what the first language whose rules fit finds in a passage."""
    lowered = passage.text[:LONGEST].lower()
    for language in languages:
        rules = load_rules(language)
        gated = any(stem in lowered for stem in rules.stems)
        if gated and not _is_chrome(passage) and (found := read_passage(passage, rules)):
            return found
    return None


def _languages(language: str) -> tuple[str, ...]:
    """Return the rule files to ask: the article's own and English, whose labels are used everywhere; or all."""
    primary = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(language[:2].lower(), language[:2].lower())
    if primary not in LANGUAGES:
        return tuple(LANGUAGES)
    return tuple(dict.fromkeys((primary, "en")))


_CHROME = frozenset(
    {
        *("nav", "footer", "form", "button", "menu", "breadcrumb", "update-required"),
        *("comments", "comment-content", "comment-txt", "comment-form", "comment-notes", "comment-body"),
        *("suggest-correction", "correction-form", "report-typo", "btn-correction", "correct-baseline"),
    },
)


def _is_chrome(passage: Passage) -> bool:
    """Tell blocks that talk about corrections without making one: menus, forms, readers' comments."""
    return any(word in _CHROME for mark in passage.marks for word in mark.split())


def _following(given: list[Passage], index: int, found: Finding) -> int:
    """Return the index of the block that a bare label announces, -1 where none follows that reads like a note."""
    if index + 1 >= len(given):
        return -1
    shortest = 6 if found.kind is NoteKind.UPDATE else 2  # words: "Updated:" is followed by a date, more often than not
    return index + 1 if len(given[index + 1].text.split()) >= shortest else -1


def _rest(passage: Passage, found: Finding) -> str:
    if passage.place is Place.HEADLINE:
        return passage.text.split("-", 1)[-1] if found.rule.endswith("slug") else passage.text
    return f"{passage.text[: found.start].rstrip()} {passage.text[found.end :].lstrip()}".strip()


def _note(passage: Passage, found: Finding, *, follower: str, seen_at: datetime | None) -> Note:
    text = " ".join(part for part in (passage.text[found.start : found.end].strip(), follower) if part)
    language, _, rule = found.rule.partition(": ")
    # An update tells news: the figures and photos that it mentions are not what it is about.
    tells_what = found.family is NoteFamily.REVISION and found.kind is not NoteKind.UPDATE
    wrong, right, target = read_details(text, language) if tells_what else ("", "", "")
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
