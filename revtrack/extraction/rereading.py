"""Tell what was edited from what was only read otherwise than before, by the words of both pages. Pure.

A site that renames its boxes, or sets its articles in another frame, edits none of them, yet each may be read
otherwise: a teaser passes for text, a paragraph for a caption. What stands on a page as often as it did has neither
come nor gone, whatever was read; so it counts as text if it did before, and else it does not.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache

from revtrack.extraction.parsing import parse
from revtrack.model import Paragraph, Story
from revtrack.text import fold

_MOST = 1_000  # paragraphs of both stories: longer ones are taken as they were read
_TELLING = 20  # characters of a text that stands nowhere else by chance, blanks left out

Told = Callable[[str], bool]


def as_read_before(old: Story, new: Story, *, before: str, now: str) -> Story:
    """Return a new story with all that stands on both pages read as it was in the old one.

    `before` and `now` are the sources of the pages that the two were read from. Paragraphs that changed places among
    themselves, or were cut otherwise, are as they are now. A story read in another part of its page, or made of
    entries, is returned as it is; and so is one beside which the old one is hardly more than a beginning: then it was
    the first reading that failed.
    """
    alike = old.reader == new.reader == "page" and not (old.entries or new.entries)
    if not before or not alike or len(old.paragraphs) + len(new.paragraphs) > _MOST:
        return new
    stays = _standing_on_both(before, now)
    known, found = _held(old), _held(new)

    def has_come(text: str) -> bool:
        return _is_among(_pressed(text), known) or not stays(text)

    def was_left_out(text: str) -> bool:
        return not _is_among(_pressed(text), found) and stays(text)

    paragraphs = tuple(_paragraphs(old.paragraphs, new.paragraphs, has_come, was_left_out))
    if _length(new.paragraphs) > 2 * _length(paragraphs):
        return new
    notes = (*(note for note in new.notes if has_come(note.text)), *(n for n in old.notes if was_left_out(n.text)))
    return replace(
        new,
        headline=_field(old.headline, new.headline, stays),
        deck=_field(old.deck, new.deck, stays),
        byline=_field(old.byline, new.byline, stays),
        paragraphs=paragraphs,
        notes=notes,
    )


def _standing_on_both(before: str, now: str) -> Told:
    """Return what tells of a text whether it stands on both of two pages, and equally often."""
    pages = [_shown(page) for page in (before, now)]

    @cache
    def stays(text: str) -> bool:
        pressed = _pressed(text)
        told = pressed if len(pressed) >= _TELLING else f"\n{pressed}\n"
        first, second = (page.count(told) for page in pages)
        return 0 < first == second

    return stays


def _shown(source: str) -> str:
    """Return what a page shows, each block on lines of its own, without blanks."""
    with closing(parse(source)) as page:
        return "".join(f"\n{_without_blanks(block.folded)}\n" for block in page.blocks)


def _pressed(text: str) -> str:
    return _without_blanks(fold(text))


def _without_blanks(folded: str) -> str:
    return folded.replace(" ", "")


def _held(story: Story) -> list[str]:
    """Return the paragraphs and notes of a story."""
    return [*(_pressed(held.text) for held in story.paragraphs), *(_pressed(note.text) for note in story.notes)]


def _is_among(text: str, texts: Sequence[str]) -> bool:
    """Whether a text is one of some, or a part of one, or holds one: then it was cut otherwise."""
    return text in texts or any(
        small in large and len(small) >= _TELLING for other in texts for small, large in ((text, other), (other, text))
    )


def _field(old: str, new: str, stays: Told) -> str:
    return old if fold(old) != fold(new) and all(stays(text) for text in (old, new) if text) else new


def _paragraphs(
    old: Sequence[Paragraph], new: Sequence[Paragraph], has_come: Told, was_left_out: Told
) -> Iterator[Paragraph]:
    known, found = ([fold(paragraph.text) for paragraph in paragraphs] for paragraphs in (old, new))
    for what, begin, end, start, stop in SequenceMatcher(None, known, found, autojunk=False).get_opcodes():
        if what != "equal":
            yield from (paragraph for paragraph in old[begin:end] if was_left_out(paragraph.text))
        yield from (paragraph for paragraph in new[start:stop] if what == "equal" or has_come(paragraph.text))


def _length(paragraphs: Sequence[Paragraph]) -> int:
    return sum(len(paragraph.text) for paragraph in paragraphs)
