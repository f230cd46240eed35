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

from revtrack.diffing.reading import ALONE, Sheet, Words, is_one_word
from revtrack.diffing.runs import in_a_row
from revtrack.text import sentences

SHORTEST_PARAGRAPH = 4
"""Words in a paragraph that is worth showing as moved."""
SHORTEST_SENTENCE = 6
"""Words in a sentence that is."""
_SHORTEST_TEXT = 12  # characters of it, as six words have; in scripts that write no blanks six letters are one or two
_FEWEST = 4  # of its words that are no punctuation: `,” Ms. Lund said` is a scrap
_TELLING = 900  # passages alike of so many words squared share two rows of three or more, of twice as many three
_WORD = 10  # characters between blanks, on average: fewer where each word is parted from the next
_TELLING_PAIR = 7  # letters of two words, fewer than which stand in any text
_FREE = re.compile(b"\1{4,}")


class Unit(NamedTuple):
    """A paragraph, a sentence or a row of free words of one paragraph, as a range of words."""

    start: int
    end: int


class _Row(NamedTuple):
    """Words of a paragraph that were free at first, in a row, and whether they are all it has."""

    start: int
    end: int
    paragraph: int
    whole: bool


class FreeText(NamedTuple):
    """A range of characters of a paragraph that no tie holds, and whether it is the whole paragraph."""

    start: int
    end: int
    paragraph: int
    whole: bool


def free_texts(sheet: Sheet, paragraphs: Iterable[int], taken: Iterable[tuple[int, int]]) -> list[FreeText]:
    """Return what is free of some paragraphs, rising; `taken` are ranges of their characters."""
    found = []
    starts = sheet.starts
    ranges = [*sorted(taken), (starts[-1], starts[-1])]
    following = 0
    for index in paragraphs:
        place = first = starts[index]
        last = starts[index + 1] - 1
        while ranges[following][0] < last:
            start, end = ranges[following]
            following += 1
            if start - place >= SHORTEST_SENTENCE:
                found.append(FreeText(place, start, index, whole=False))
            place = end
        whole = place == first
        if last - place >= _shortest(whole=whole) and not (whole and is_one_word(sheet.paragraphs[index])):
            found.append(FreeText(place, last, index, whole))
    return found


def _shortest(*, whole: bool) -> int:
    """Return how many words, and so characters, a whole paragraph or a part of one must have to be worth a move."""
    return SHORTEST_PARAGRAPH if whole else SHORTEST_SENTENCE


def shared_texts(
    old: Sheet, olds: Sequence[FreeText], new: Sheet, news: Sequence[FreeText]
) -> tuple[list[FreeText], list[FreeText]]:
    """Return those of both sides that have two words in a row in common, as every move has, roughly read.

    Pairs of words so short that they tell nothing do not count.
    """
    left, right = [_pairs(old, text) for text in olds], [_pairs(new, text) for text in news]
    shared = set(chain.from_iterable(left)).intersection(chain.from_iterable(right))
    shared = {row for row in shared if len(row) != 2 or len(row[0]) + len(row[1]) >= _TELLING_PAIR}
    if not shared:
        return [], []
    return (
        [text for text, pairs in zip(olds, left, strict=True) if not shared.isdisjoint(pairs)],
        [text for text, pairs in zip(news, right, strict=True) if not shared.isdisjoint(pairs)],
    )


def _pairs(sheet: Sheet, text: FreeText) -> list[tuple[str, ...]]:
    """Return each two words in a row as they stand between blanks.

    Of a script that writes no blanks it is each three letters; of a paragraph with one or two words, these.
    """
    shown = sheet.text[text.start : text.end]
    words = shown.split()
    if (len(words) < 3 or len(words) * _WORD < len(shown)) and ALONE.search(shown):
        return list(zip(shown, shown[1:], shown[2:], strict=False))
    if len(words) < 3:
        return [tuple(words)] if text.whole else []
    return list(pairwise(words))


class FreeWords:
    """The words of one side that are still free; no others are read."""

    def __init__(self, sheet: Sheet, texts: Iterable[FreeText]) -> None:
        """Read some free texts, rising."""
        self.sheet = sheet
        self.words = Words([], [], [])
        self.telling: set[tuple[str, ...]] = set()
        self._rows: list[_Row] = []
        for text in texts:
            found = Words.of(sheet.text[text.start : text.end], text.start)
            if len(found.shown) < _shortest(whole=text.whole):
                continue
            size = len(self.words.shown)
            self.words.shown.extend(found.shown)
            self.words.compared.extend(found.compared)
            self.words.starts.extend(found.starts)
            self._rows.append(_Row(size, len(self.words.shown), text.paragraph, text.whole))
        self.free = bytearray(b"\1" * len(self.words.shown))

    def __len__(self) -> int:
        return len(self.words.shown)

    def in_a_row(self, size: int) -> list[tuple[str, ...]]:
        """Return each few words in a row."""
        return [few for row in self._rows for few in in_a_row(self.words.compared[row.start : row.end], size)]

    def paragraph_of(self, unit: Unit) -> int:
        """Return the index of the paragraph that holds a unit."""
        return self.sheet.paragraph_at(self.words.starts[unit.start])

    def is_free(self, unit: Unit) -> bool:
        """Return whether all words of a unit are free."""
        return self.free.find(b"\0", unit.start, unit.end) < 0

    def take(self, unit: Unit) -> None:
        """Mark the words of a unit as not free."""
        self.free[unit.start : unit.end] = bytes(unit.end - unit.start)

    def is_telling(self, start: int, end: int) -> bool:
        """Return whether some words hold three in a row that the other side has free as well, more often if long."""
        wanted = 1 + (end - start) ** 2 // _TELLING
        shared = self.telling.intersection(in_a_row(self.words.compared[start:end], 3))
        return len(shared) >= wanted

    def rows(self) -> Iterator[tuple[Unit, _Row]]:
        """Yield the rows of free words that are telling, each with the row of which they are what is left."""
        for row in self._rows:
            for found in _FREE.finditer(self.free, row.start, row.end):
                unit = Unit(*found.span())
                if not self.telling.isdisjoint(in_a_row(self.words.compared[unit.start : unit.end], 3)):
                    yield unit, row

    def paragraphs(self, bound: set[int]) -> list[Unit]:
        """Return the free paragraphs that no group holds."""
        return [
            unit
            for unit, row in self.rows()
            if row.whole and unit == row[:2] and row.paragraph not in bound and self.is_telling(*unit)
        ]

    def sentences(self) -> list[Unit]:
        """Return the free sentences, and rows of free words where they are no sentence."""
        units = set()
        for unit, row in self.rows():
            units.add(unit)
            units.update(self._sentences_of(unit, row.paragraph))
        return sorted(unit for unit in units if self.is_long(unit, SHORTEST_SENTENCE) and self.is_telling(*unit))

    def is_long(self, unit: Unit, least: int) -> bool:
        """Return whether a unit has so many words, and characters and letters enough, to be worth a move."""
        if unit.end - unit.start < least:
            return False
        if self.words.end(unit.end - 1) - self.words.starts[unit.start] < _SHORTEST_TEXT:
            return False
        return sum(word[0].isalnum() for word in self.words.shown[unit.start : unit.end]) >= _FEWEST

    def _sentences_of(self, unit: Unit, paragraph: int) -> Iterator[Unit]:
        """Yield the sentences of a paragraph that lie within a row of free words."""
        starts, offset = self.words.starts, self.sheet.starts[paragraph]
        first, last = starts[unit.start] - offset, self.words.end(unit.end - 1) - offset
        text = self.sheet.paragraphs[paragraph]
        for start, stop in sentences(text):
            if start >= first and start + len(text[start:stop].rstrip()) <= last:
                place = bisect_left(starts, offset + start, *unit)
                yield Unit(place, bisect_left(starts, offset + stop, place, unit.end))


def shared_rows(old: FreeWords, new: FreeWords, size: int, *, places: int) -> set[tuple[str, ...]]:
    """Return each few free words in a row that both sides have, in so many places at most."""
    olds, news = old.in_a_row(size), new.in_a_row(size)
    shared = set(olds).intersection(news)
    for side in (olds, news) if shared else ():
        counts = Counter(row for row in side if row in shared)
        shared = {row for row in shared if counts[row] <= places}
    return shared
