"""The cheapest chain of equal runs of words, found exactly. Knows nothing of text: words need only be told apart.

Every run is a chain of equal grams: words in a row, as many as the shortest run has.

Rows are the old words, gone through once; a staircase holds the best chains so far by where they end in the new words.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Hashable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from revtrack.diffing.runs import Run, in_a_row

HUNK = 3
"""What a run of change costs a reader beside its words."""

_LOPSIDED = 8  # times as many words on the new side


class Grams(NamedTuple):
    """Where grams of so many words stand that both sides have.

    `rows` holds, for each old place with such a gram, in rising order, its last new place; `before`, for new places
    of grams that stand in several, the one before each; `old` and `new` are the words.
    """

    rows: dict[int, int]
    before: dict[int, int]
    old: Sequence[Hashable]
    new: Sequence[Hashable]
    size: int

    @classmethod
    def of(cls, old: Sequence[Hashable], new: Sequence[Hashable], size: int) -> "Grams":
        """Find the grams of two sequences."""
        if len(new) > _LOPSIDED * len(old):  # else memory for each word of a book
            sought = set(in_a_row(old, size))
            last = {gram: j for j, gram in enumerate(in_a_row(new, size)) if gram in sought}
        else:
            sought = set()
            last = dict(zip(in_a_row(new, size), count(), strict=False))
        rows = {i: last[gram] for i, gram in enumerate(in_a_row(old, size)) if gram in last}
        before: dict[int, int] = {}
        if rows and (sought or len(last) < len(new) - size + 1):
            wanted = {tuple(new[j : j + size]) for j in rows.values()}
            latest: dict[tuple[Hashable, ...], int] = {}
            for j, gram in enumerate(in_a_row(new, size)):
                if gram in wanted:
                    if gram in latest:
                        before[j] = latest[gram]
                    latest[gram] = j
        return cls(rows, before, old, new, size)

    def unique(self) -> dict[int, int]:
        """Return the rows whose gram occurs once on each side."""
        rows = {i: j for i, j in self.rows.items() if j not in self.before} if self.before else self.rows
        if len(set(rows.values())) == len(rows):
            return rows
        seen: dict[int, int] = {}
        for i, j in rows.items():
            seen[j] = -1 if j in seen else i
        return {i: j for i, j in rows.items() if seen[j] == i}

    def equal(self, start: int, end: int, shift: int) -> bool:
        """Return whether the old words of a range are those `shift` places on in the new words."""
        return self.old[start:end] == self.new[start + shift : end + shift]

    def only_run(self) -> Run | None:
        """Return the run that all pairs of equal grams form together; None if they form several."""
        shifts = {j - i for i, j in self.rows.items()}
        if self.before or len(shifts) != 1:
            return None
        start, last = next(iter(self.rows)), next(reversed(self.rows))
        return (start, start + shifts.pop(), last - start + self.size) if last - start < len(self.rows) else None

    def pairs(self) -> int:
        """Return how many pairs of equal grams there are."""
        counts: dict[int, int] = {}
        for j, previous in self.before.items():
            counts[j] = counts.get(previous, 1) + 1
        return sum(counts.get(j, 1) for j in self.rows.values()) if counts else len(self.rows)


class _Start(NamedTuple):
    """Where the last run of a chain of runs begins, and the chain before it."""

    old: int
    new: int
    before: "_Chain | None"


# A chain of runs that ends with a gram: what it saves, the gram's place in the old words, its last run.
_Chain = tuple[int, int, _Start]


def cheapest_chain(grams: Grams) -> list[Run]:
    """Return the runs that save most."""
    only = grams.only_run()
    if only:
        return [only]
    before, size = grams.before, grams.size
    gain = 2 * size - HUNK  # what a kept run saves at least
    stairs = _Staircase([], [], size)
    best = stairs.best
    row = -2
    above: dict[int, _Chain] = {}
    waiting: deque[tuple[int, dict[int, _Chain]]] = deque()  # a chain may be followed once its last gram is past
    for i, last in grams.rows.items():
        while waiting and waiting[0][0] <= i - size:
            stairs.raise_by(waiting.popleft()[1])
        if i != row + 1:
            above = {}
        here: dict[int, _Chain] = {}
        j = last
        while j >= 0:
            grown = above.get(j - 1)
            if grown is not None and (not best or grown[0] + 2 >= best[-1][0] + gain):
                here[j] = (grown[0] + 2, i, grown[2])  # no new run can save as much
            else:
                here[j] = _chain_to((i, j), gain, grown, stairs.under(j))
            j = before.get(j, -1)
        waiting.append((i, here))
        above, row = here, i
    for _, chains in waiting:
        stairs.raise_by(chains)
    return list(_runs_of(best[-1], size))[::-1] if best else []


def _chain_to(place: tuple[int, int], gain: int, grown: _Chain | None, before: _Chain | None) -> _Chain:
    """Return the better chain to a gram: the last run grown by a word, or a new run after the chain before."""
    saved = (before[0] if before else 0) + gain
    if grown is not None and grown[0] + 2 >= saved:
        return (grown[0] + 2, place[0], grown[2])
    return (saved, place[0], _Start(*place, before))


class _Staircase(NamedTuple):
    """The best chains so far by where they end in the new words: those that end further on save more."""

    ends: list[int]
    best: list[_Chain]
    size: int

    def under(self, j: int) -> _Chain | None:
        """Return the best chain that ends at a word or before it."""
        step = bisect_right(self.ends, j)
        return self.best[step - 1] if step else None

    def raise_by(self, chains: dict[int, _Chain]) -> None:
        """Enter chains by the place of their last gram, unless one that ends no later saves as much."""
        ends, best = self.ends, self.best
        for j, chain in chains.items():
            end, saved = j + self.size, chain[0]
            if not ends or (ends[-1] < end and best[-1][0] < saved):
                ends.append(end)
                best.append(chain)
                continue
            step = bisect_right(ends, end)
            if step and best[step - 1][0] >= saved:
                continue
            start = stop = bisect_left(ends, end)
            while stop < len(best) and best[stop][0] <= saved:
                stop += 1
            ends[start:stop], best[start:stop] = [end], [chain]


def _runs_of(chain: _Chain | None, size: int) -> Iterator[Run]:
    """Yield the runs of a chain, the last first."""
    while chain is not None:
        _, i, start = chain
        yield start.old, start.new, i - start.old + size
        chain = start.before
