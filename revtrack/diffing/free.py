"""The words of one side that no tie holds, and the units they form: paragraphs, sentences, rows. Knows no move.

A unit that moved shares rows of three words with what is free on the other side; one that shares none is passed over
before anything costly is asked of it.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from revtrack.diffing.reading import Sheet, Words
from revtrack.text import sentences

SHORTEST_PARAGRAPH = 4
"""Words in a paragraph that is worth showing as moved."""
_SHORTEST_SENTENCE = 6
_TELLING = 900  # passages alike of so many words squared share two rows of three or more, of twice as many three
_FREE = re.compile(b"\1{4,}")


class Unit(NamedTuple):
    """A paragraph, a sentence or a row of free words of one paragraph, as a range of words."""

    start: int
    end: int


class FreeWords:
    """The words of one side that are still free."""

    def __init__(self, sheet: Sheet, words: Words, taken: Iterable[tuple[int, int]]) -> None:
        self.sheet, self.words = sheet, words
        self.numbers = words.numbers
        self.free = bytearray(b"\1" * len(words))
        self.telling: set[tuple[int, ...]] = set()
        for start, length in taken:
            self.free[start : start + length] = bytes(length)

    def in_a_row(self, size: int) -> list[tuple[int, ...]]:
        """Return each few free words in a row."""
        rows = (self.numbers[row.start() : row.end()] for row in _FREE.finditer(self.free))
        return list(chain.from_iterable(in_a_row_of(row, size) for row in rows))

    def any_in_a_row(self) -> bool:
        """Return whether there are enough free words in a row for a move."""
        return _FREE.search(self.free) is not None

    def is_free(self, unit: Unit) -> bool:
        """Return whether all words of a unit are free."""
        return self.free.find(b"\0", unit.start, unit.end) < 0

    def take(self, unit: Unit) -> None:
        """Mark the words of a unit as not free."""
        self.free[unit.start : unit.end] = bytes(unit.end - unit.start)

    def is_telling(self, start: int, end: int) -> bool:
        """Return whether some words hold three in a row that the other side has free as well, more often if long."""
        wanted = 1 + (end - start) ** 2 // _TELLING
        shared = self.telling.intersection(in_a_row_of(self.numbers[start:end], 3))
        return len(shared) >= wanted

    def rows(self) -> Iterator[tuple[Unit, Unit]]:
        """Yield the rows of free words that are telling, each with the paragraph it stands in."""
        starts = self.words.starts
        for row in _FREE.finditer(self.free):
            place, end = row.span()
            while place < end:
                index = self.sheet.paragraph_at(starts[place])
                paragraph = Unit(*self.words.within(self.sheet.starts[index], self.sheet.starts[index + 1]))
                stop = min(end, paragraph.end)
                if stop - place >= SHORTEST_PARAGRAPH and not self.telling.isdisjoint(
                    in_a_row_of(self.numbers[place:stop], 3)
                ):
                    yield Unit(place, stop), paragraph
                place = stop

    def paragraphs(self, bound: set[int]) -> list[Unit]:
        """Return the free paragraphs that no group holds."""
        return [
            row
            for row, paragraph in self.rows()
            if row == paragraph
            and self.is_telling(*row)
            and self.sheet.paragraph_at(self.words.starts[row.start]) not in bound
        ]

    def sentences(self) -> list[Unit]:
        """Return the free sentences, and rows of free words where they are no sentence."""
        starts = self.words.starts
        units = set()
        for row, paragraph in self.rows():
            units.add(row)
            index = self.sheet.paragraph_at(starts[row.start])
            offset = self.sheet.starts[index]
            stops = [offset + stop for _, stop in sentences(self.sheet.paragraphs[index])]
            places = [paragraph.start, *(bisect_left(starts, stop, paragraph.start, paragraph.end) for stop in stops)]
            units.update(Unit(a, b) for a, b in pairwise(places))
        return sorted(
            unit
            for unit in units
            if unit.end - unit.start >= _SHORTEST_SENTENCE and self.is_free(unit) and self.is_telling(*unit)
        )


def shared_rows(old: FreeWords, new: FreeWords, size: int, *, places: int) -> set[tuple[int, ...]]:
    """Return each few free words in a row that both sides have, in so many places at most."""
    olds, news = old.in_a_row(size), new.in_a_row(size)
    shared = set(olds).intersection(news)
    for side in (olds, news) if shared else ():
        counts = Counter(row for row in side if row in shared)
        shared = {row for row in shared if counts[row] <= places}
    return shared


def in_a_row_of(numbers: Sequence[int], size: int) -> Iterator[tuple[int, ...]]:
    """Return each few numbers in a row."""
    return zip(*(numbers[step:] for step in range(size)), strict=False)
