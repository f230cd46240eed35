"""Find what has moved among the words that stayed without a partner. Decides nothing about what stays in place.

A move crosses something that stays; what crosses nothing is no move. Whole paragraphs first, then whole sentences, both
also when they were edited on the way, then other long runs of words.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

from revtrack.diffing.reading import Sheet, Texts, Words
from revtrack.diffing.ties import Group, Tie
from revtrack.diffing.words import Run, align_closely, align_words
from revtrack.text import sentences

SHORTEST_PARAGRAPH = 4  # words in a paragraph that is worth showing as moved
_SHORTEST_SENTENCE = 6
_SHORTEST_RUN = 8
_SEED = 5  # equal words that make a run worth looking at
_ALIKE = 0.5  # of the words of both sides must be shared by an edited paragraph or sentence
_KEPT = 0.35  # of them must stand in runs that are kept
_COMMON = 8  # a pair of words in more units than these tells nothing


class Moves(NamedTuple):
    """What moved: pairs of paragraphs that moved as a whole, with their move's number, and the ties of all moves."""

    whole: dict[tuple[int, int], int]
    ties: list[Tie]


class _Unit(NamedTuple):
    """A paragraph or sentence as a range of words."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Where what stays in place begins, in characters of both sides, rising on both."""

    old: list[int]
    new: list[int]

    @classmethod
    def of(cls, kept: Iterable[tuple[int, int]], ties: Iterable[Tie], texts: Texts) -> "Landmarks":
        """Collect the starts of kept paragraphs and of ties."""
        old, new = texts.old, texts.new
        pairs = [(old.starts[i], new.starts[j]) for i, j in kept if old.paragraphs[i].strip()]
        pairs += [(texts.old_words.starts[tie.old], texts.new_words.starts[tie.new]) for tie in ties]
        pairs.sort()
        return cls([a for a, _ in pairs], [b for _, b in pairs])

    def crossed(self, old: int, new: int) -> bool:
        """Return whether what stood at `old` and stands at `new` has passed something that stays."""
        return bisect_left(self.old, old) != bisect_left(self.new, new)


def find_moves(
    ties: Sequence[Tie],
    groups: Sequence[Group],
    landmarks: Landmarks,
    texts: Texts,
    *,
    first: int,
) -> Moves:
    """Find the moves among words that are in no tie, and number them from `first`."""
    search = _Search(ties, landmarks, texts, first)
    if not search.worthwhile():
        return Moves({}, [])
    old, new = texts.old_words, texts.new_words
    old_bound = {i for group in groups for i in range(*group.old)}
    new_bound = {j for group in groups for j in range(*group.new)}
    whole = search.match_units(list(_paragraph_units(old, old_bound)), list(_paragraph_units(new, new_bound)))
    search.match_units(
        list(_sentence_units(texts.old, old, search.old_free)),
        list(_sentence_units(texts.new, new, search.new_free)),
    )
    search.match_runs()
    moved = {(old.paragraphs[left.start], new.paragraphs[right.start]): move for left, right, move in whole}
    return Moves(moved, search.found)


class _Search:
    """The words still free on both sides, and the moves found so far."""

    def __init__(self, ties: Iterable[Tie], landmarks: Landmarks, texts: Texts, first: int) -> None:
        self.old, self.new = texts.old_words, texts.new_words
        self.landmarks = landmarks
        self.old_free, self.new_free = bytearray(b"\1" * len(self.old)), bytearray(b"\1" * len(self.new))
        self.found: list[Tie] = []
        self.next = first
        for tie in ties:
            self._take(_Unit(tie.old, tie.old + tie.length), _Unit(tie.new, tie.new + tie.length))

    def worthwhile(self) -> bool:
        """Return whether both sides have enough free words in a row."""
        wanted = b"\1" * SHORTEST_PARAGRAPH
        return self.old_free.find(wanted) >= 0 and self.new_free.find(wanted) >= 0

    def match_units(self, olds: Sequence[_Unit], news: Sequence[_Unit]) -> list[tuple[_Unit, _Unit, int]]:
        """Move units that are alike, the most alike first; return them with the numbers of their moves."""
        olds = [unit for unit in olds if _is_free(self.old_free, unit)]
        news = [unit for unit in news if _is_free(self.new_free, unit)]
        moved = []
        for left, right in _alike(olds, news, self.old.numbers, self.new.numbers):
            if not self._can_move(left, right):
                continue
            runs = _align(self.old.numbers[left.start : left.end], self.new.numbers[right.start : right.end])
            if runs:
                moved.append((left, right, self.next))
                ties = [Tie(left.start + run.old, right.start + run.new, run.length, self.next) for run in runs]
                self._move(ties, left, right)
        return moved

    def match_runs(self) -> None:
        """Move the long runs of equal words that are left, the longest first."""
        for run in _runs(self.old, self.new, self.old_free, self.new_free):
            left, right = _Unit(run.old, run.old + run.length), _Unit(run.new, run.new + run.length)
            if self._can_move(left, right):
                self._move([run._replace(move=self.next)], left, right)

    def _can_move(self, left: _Unit, right: _Unit) -> bool:
        if not _is_free(self.old_free, left) or not _is_free(self.new_free, right):
            return False
        return self.landmarks.crossed(self.old.starts[left.start], self.new.starts[right.start])

    def _move(self, ties: Sequence[Tie], left: _Unit, right: _Unit) -> None:
        self.found += ties
        self.next += 1
        self._take(left, right)

    def _take(self, left: _Unit, right: _Unit) -> None:
        self.old_free[left.start : left.end] = bytes(left.end - left.start)
        self.new_free[right.start : right.end] = bytes(right.end - right.start)


def _is_free(free: bytearray, unit: _Unit) -> bool:
    return free.find(b"\0", unit.start, unit.end) < 0


def _paragraph_units(words: Words, bound: set[int]) -> Iterator[_Unit]:
    """Yield the paragraphs that no group holds."""
    for index, size in words.sizes.items():
        if size >= SHORTEST_PARAGRAPH and index not in bound:
            start = bisect_left(words.paragraphs, index)
            yield _Unit(start, start + size)


def _sentence_units(sheet: Sheet, words: Words, free: bytearray) -> Iterator[_Unit]:
    """Yield the sentences of paragraphs with enough free words in a row, and those rows where they are no sentence."""
    wanted = b"\1" * _SHORTEST_SENTENCE
    place = free.find(wanted)
    while place >= 0:
        index = words.paragraphs[place]
        start = bisect_left(words.paragraphs, index)
        end = start + words.sizes[index]
        offset = sheet.starts[index]
        stops = [offset + stop for _, stop in sentences(sheet.paragraphs[index])]
        places = [start, *(bisect_left(words.starts, stop, start, end) for stop in stops)]
        units = {_Unit(a, b) for a, b in pairwise(places) if b - a >= _SHORTEST_SENTENCE}
        while 0 <= place < end:
            stop = free.find(b"\0", place, end)
            stop = end if stop < 0 else stop
            units.add(_Unit(place, stop))
            place = free.find(wanted, stop)
        yield from sorted(units)


def _alike(olds: Sequence[_Unit], news: Sequence[_Unit], old: list[int], new: list[int]) -> list[tuple[_Unit, _Unit]]:
    """Pair each old unit with the new one that shares most pairs of words with it; the best pairs first."""
    holders: dict[tuple[int, int], list[int]] = {}
    sizes = [unit.end - unit.start for unit in news]
    for number, unit in enumerate(news):
        for pair in set(pairwise(new[unit.start : unit.end])):
            holders.setdefault(pair, []).append(number)
    scored = []
    for number, unit in enumerate(olds):
        pairs = set(pairwise(old[unit.start : unit.end]))
        votes = Counter(chain.from_iterable(found for pair in pairs if len(found := holders.get(pair, ())) <= _COMMON))
        if not votes:
            continue
        best = max(votes, key=lambda candidate: (votes[candidate] / (len(pairs) + sizes[candidate]), -candidate))
        share = _shared(old[unit.start : unit.end], new[news[best].start : news[best].end])
        if share >= _ALIKE:
            scored.append((share, number, best))
    scored.sort(key=lambda entry: (-entry[0], entry[1]))
    return [(olds[number], news[best]) for _, number, best in scored]


def _shared(old: list[int], new: list[int]) -> float:
    """Return the share of the words of both that the other has too, 0 to 1, whatever their order."""
    return 2 * (Counter(old) & Counter(new)).total() / (len(old) + len(new))


def _align(old: list[int], new: list[int]) -> list[Run]:
    """Return what two passages that are alike keep; nothing if it is too little to show one as the other."""
    for align in (align_words, align_closely):
        runs = align(old, new)
        if sum(run.length for run in runs) >= max(SHORTEST_PARAGRAPH, _KEPT * max(len(old), len(new))):
            return runs
    return []


def _runs(old: Words, new: Words, old_free: bytearray, new_free: bytearray) -> list[Tie]:
    """Return runs of equal free words around seeds that occur once in the new words, longest first."""
    places: dict[tuple[int, ...], int] = {}
    for j, seed in _seeds(new, new_free):
        places[seed] = -1 if seed in places else j
    runs = []
    reach = 0
    for i, seed in _seeds(old, old_free):
        j = places.get(seed, -1)
        if j < 0 or i < reach:
            continue
        left, right = _free_around(old, old_free, i), _free_around(new, new_free, j)
        low, high = 0, _SEED
        while i + low > left.start and j + low > right.start and old.numbers[i + low - 1] == new.numbers[j + low - 1]:
            low -= 1
        while i + high < left.end and j + high < right.end and old.numbers[i + high] == new.numbers[j + high]:
            high += 1
        reach = i + high
        if high - low >= _SHORTEST_RUN:
            runs.append(Tie(i + low, j + low, high - low))
    return sorted(runs, key=lambda run: -run.length)


def _seeds(words: Words, free: bytearray) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the index and the numbers of each few words in a row that are free and of one paragraph."""
    numbers, paragraphs = words.numbers, words.paragraphs
    wanted = b"\1" * _SEED
    place = free.find(wanted)
    while place >= 0:
        if paragraphs[place] == paragraphs[place + _SEED - 1]:
            yield place, tuple(numbers[place : place + _SEED])
        place = free.find(wanted, place + 1)


def _free_around(words: Words, free: bytearray, place: int) -> _Unit:
    """Return the row of free words of one paragraph around a word."""
    start = bisect_left(words.paragraphs, words.paragraphs[place])
    end = start + words.sizes[words.paragraphs[place]]
    stop = free.find(b"\0", place, end)
    return _Unit(max(start, free.rfind(b"\0", start, place) + 1), end if stop < 0 else stop)
