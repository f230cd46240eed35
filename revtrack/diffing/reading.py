"""The two stories as the comparison reads them: paragraphs with offsets, words as numbers. Decides nothing."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, count
from typing import NamedTuple

from revtrack.text import word_table


@dataclass(frozen=True, slots=True)
class Sheet:
    """One story's paragraphs as segments count them: joined by one line feed; `starts` has one more entry, the end."""

    paragraphs: tuple[str, ...]
    text: str
    starts: list[int]

    @classmethod
    def of(cls, paragraphs: Sequence[str]) -> "Sheet":
        """Lay out paragraphs. The last start lies one past the text, where a next paragraph would begin."""
        starts = list(accumulate([len(text) + 1 for text in paragraphs], initial=0))
        return cls(tuple(paragraphs), "\n".join(paragraphs), starts)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters of a run of paragraphs with the line feed after each; the story's last has none."""
        size = len(self.text)
        return min(self.starts[first], size), min(self.starts[last], size)

    def paragraph_at(self, place: int) -> int:
        """Return the index of the paragraph that holds a character."""
        return bisect_right(self.starts, place) - 1


@dataclass(slots=True)
class Words:
    """The words of some paragraphs of a story, rising: where they begin, and numbers (equal words, equal numbers)."""

    sheet: Sheet
    starts: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.numbers)

    def end(self, index: int) -> int:
        """Return where a word ends: between the words of a paragraph there is only white space."""
        start = self.starts[index]
        stop = self.sheet.starts[bisect_right(self.sheet.starts, start)] - 1
        if index + 1 < len(self.starts):
            stop = min(stop, self.starts[index + 1])
        return start + len(self.sheet.text[start:stop].rstrip())

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the words that begin in a range of characters."""
        first = bisect_left(self.starts, start)
        return first, bisect_left(self.starts, end, first)


class Texts(NamedTuple):
    """Both stories, and the words of those of their paragraphs that are not simply equal."""

    old: Sheet
    new: Sheet
    old_words: Words
    new_words: Words


class Vocabulary(defaultdict[str, int]):
    """The numbers of words; one that was never seen gets the next."""

    def __init__(self) -> None:
        super().__init__(count().__next__)


def read_words(sheet: Sheet, span: tuple[int, int], words: Words, vocabulary: Vocabulary) -> None:
    """Add the words of a range of characters to a table. They compare in NFC."""
    text = sheet.text[slice(*span)]
    found, starts = word_table(text, span[0])
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        found = [unicodedata.normalize("NFC", word) for word in found]
    words.numbers += map(vocabulary.__getitem__, found)
    words.starts += starts


def read_as_one(sheet: Sheet, span: tuple[int, int], words: Words, vocabulary: Vocabulary) -> None:
    """Add a range of characters to a table as if it were one word, if there is any."""
    text = sheet.text[slice(*span)]
    if text.strip():
        words.numbers.append(vocabulary[text])
        words.starts.append(span[0])
