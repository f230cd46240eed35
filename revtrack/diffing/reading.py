"""The two stories as the comparison reads them: paragraphs with offsets, words where wanted. Decides nothing."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from revtrack.diffing.runs import Run, starts_of
from revtrack.text import UNSPACED, word_table

ALONE = regex.compile(f"[{UNSPACED}]")
"""A letter of a script that writes no blanks: each is a word by itself."""
_LONGEST = 1_000  # characters of a word that is brought to NFC: in a tower of marks that is quadratic


class Sheet(NamedTuple):
    """One story's paragraphs as segments count them: joined by one line feed.

    `starts` has one more entry, where a next paragraph would begin.
    """

    paragraphs: tuple[str, ...]
    text: str
    starts: list[int]

    @classmethod
    def of(cls, paragraphs: Sequence[str]) -> "Sheet":
        """Lay out paragraphs."""
        return cls(tuple(paragraphs), "\n".join(paragraphs), starts_of(paragraphs))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters of a run of paragraphs with the line feed after each; the story's last has none."""
        starts, length = self.starts, len(self.text)
        return min(starts[first], length), min(starts[last], length)

    def paragraph_at(self, place: int) -> int:
        """Return the index of the paragraph that holds a character."""
        return bisect_right(self.starts, place) - 1


class Excerpt(NamedTuple):
    """Some paragraphs of a sheet as one text: where each begins there, and how much further on in the sheet."""

    text: str
    starts: list[int]
    shifts: list[int]
    indices: Sequence[int]

    @classmethod
    def of(cls, sheet: Sheet, indices: Sequence[int]) -> "Excerpt":
        """Take out paragraphs, rising. The last start lies one past the text."""
        if len(indices) == 1:
            text, start = sheet.paragraphs[indices[0]], sheet.starts[indices[0]]
            return cls(text, [0, len(text) + 1], [start], indices)
        paragraphs = [sheet.paragraphs[index] for index in indices]
        starts = starts_of(paragraphs)
        shifts = [sheet.starts[index] - start for index, start in zip(indices, starts, strict=False)]
        return cls("\n".join(paragraphs), starts, shifts, indices)


class Texts(NamedTuple):
    """Both stories."""

    old: Sheet
    new: Sheet


class Words(NamedTuple):
    """The words of a text: as they stand there, as they compare (in NFC), and where they begin."""

    shown: list[str]
    compared: list[str]
    starts: list[int]

    @classmethod
    def of(cls, text: str, offset: int = 0) -> "Words":
        """Read a text that begins at a place."""
        shown, starts = word_table(text, offset)
        if text.isascii() or unicodedata.is_normalized("NFC", text):
            return cls(shown, shown, starts)
        compared = [unicodedata.normalize("NFC", word) if len(word) < _LONGEST else word for word in shown]
        return cls(shown, compared, starts)

    def end(self, index: int) -> int:
        """Return where a word ends."""
        return self.starts[index] + len(self.shown[index])


def is_one_word(text: str) -> bool:
    """Return whether a text is surely one word."""
    return text.isascii() and text.isalnum()


def passages(run: Run, old: Words, new: Words, texts: tuple[str, str]) -> Iterator[Run]:
    """Yield a run of equal words as characters: in one piece if white space is the same, else by word.

    A word that is equal in NFC alone is left out: what is kept is the same on the page.
    """
    i, j, length = run
    a, b = old.starts[i], new.starts[j]
    size = old.end(i + length - 1) - a
    if size == new.end(j + length - 1) - b and texts[0][a : a + size] == texts[1][b : b + size]:
        yield a, b, size
        return
    for step in range(length):
        word = old.shown[i + step]
        if word == new.shown[j + step]:
            yield old.starts[i + step], new.starts[j + step], len(word)
