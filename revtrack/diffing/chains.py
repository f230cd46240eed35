"""The cheapest chain of equal triples of words, found exactly. Knows nothing of text: words need only be told apart.

Rows are the old words, gone through once; a staircase holds the best chains so far by where they end in the new words.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from revtrack.diffing.runs import Run

HUNK = 3
"""What a run of change costs a reader beside its words."""
SHORTEST = 3
"""Words in a kept run between two changes."""
_GAIN = 2 * SHORTEST - HUNK  # what a kept run saves at least

_LOPSIDED = 8  # times as many words on the new side

Triple = tuple[Hashable, Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class Triples:
    """Where triples of words stand that both sides have.

    `rows` holds, for each old place with such a triple, in rising order, its last new place; `before`, for new places
    of triples that stand in several, the one before each; `old` and `new` all triples by place.
    """

    rows: dict[int, int]
    before: dict[int, int]
    old: Sequence[Hashable]
    new: Sequence[Hashable]

    @classmethod
    def of(cls, old: Sequence[Hashable], new: Sequence[Hashable]) -> "Triples":
        """Find the triples of two sequences."""
        sought = set(_triples(old)) if len(new) > _LOPSIDED * len(old) else None  # else memory for each word of a book
        if sought is None:
            last = dict(zip(_triples(new), count(), strict=False))
        else:
            last = {triple: j for j, triple in enumerate(_triples(new)) if triple in sought}
        rows = {i: last[triple] for i, triple in enumerate(_triples(old)) if triple in last}
        before: dict[int, int] = {}
        if rows and (sought or len(last) < len(new) - SHORTEST + 1):
            wanted = {(new[j], new[j + 1], new[j + 2]) for j in rows.values()}
            latest: dict[Triple, int] = {}
            for j, triple in enumerate(_triples(new)):
                if triple in wanted:
                    if triple in latest:
                        before[j] = latest[triple]
                    latest[triple] = j
        return cls(rows, before, old, new)

    def unique(self) -> dict[int, int]:
        """Return the rows whose triple occurs once on each side."""
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
        """Return the run that all pairs of equal triples form together; None if they form several."""
        shifts = {j - i for i, j in self.rows.items()}
        if self.before or len(shifts) != 1:
            return None
        start, last = next(iter(self.rows)), next(reversed(self.rows))
        return Run(start, start + shifts.pop(), last - start + SHORTEST) if last - start < len(self.rows) else None

    def pairs(self) -> int:
        """Return how many pairs of equal triples there are."""
        counts: dict[int, int] = {}
        for j, previous in self.before.items():
            counts[j] = counts.get(previous, 1) + 1
        return sum(counts.get(j, 1) for j in self.rows.values()) if counts else len(self.rows)


def _triples(words: Sequence[Hashable]) -> Iterator[Triple]:
    """Return each three words in a row."""
    return zip(words, words[1:], words[2:], strict=False)


class _Start(NamedTuple):
    """Where the last run of a chain of runs begins, and the chain before it."""

    old: int
    new: int
    before: "_Chain | None"


# A chain of runs that ends with a triple: what it saves, the triple's place in the old words, its last run.
_Chain = tuple[int, int, _Start]


def cheapest_chain(triples: Triples) -> list[Run]:
    """Return the runs that save most."""
    only = triples.only_run()
    if only:
        return [only]
    before = triples.before
    stairs = _Staircase([], [])
    best = stairs.best
    row = -2
    above: dict[int, _Chain] = {}
    waiting: deque[tuple[int, dict[int, _Chain]]] = deque()  # a chain may be followed once its last triple is past
    for i, last in triples.rows.items():
        while waiting and waiting[0][0] <= i - SHORTEST:
            stairs.raise_by(waiting.popleft()[1])
        if i != row + 1:
            above = {}
        here: dict[int, _Chain] = {}
        j = last
        while j >= 0:
            grown = above.get(j - 1)
            if grown is not None and (not best or grown[0] + 2 >= best[-1][0] + _GAIN):
                here[j] = (grown[0] + 2, i, grown[2])  # no new run can save as much
            else:
                here[j] = _chain_to(i, j, grown, stairs.under(j))
            j = before.get(j, -1)
        waiting.append((i, here))
        above, row = here, i
    for _, chains in waiting:
        stairs.raise_by(chains)
    return list(_runs_of(best[-1]))[::-1] if best else []


def _chain_to(i: int, j: int, grown: _Chain | None, before: _Chain | None) -> _Chain:
    """Return the better chain to a triple: the last run grown by a word, or a new run after the chain before."""
    saved = (before[0] if before else 0) + _GAIN
    if grown is not None and grown[0] + 2 >= saved:
        return (grown[0] + 2, i, grown[2])
    return (saved, i, _Start(i, j, before))


class _Staircase(NamedTuple):
    """The best chains so far by where they end in the new words: those that end further on save more."""

    ends: list[int]
    best: list[_Chain]

    def under(self, j: int) -> _Chain | None:
        """Return the best chain that ends at a word or before it."""
        step = bisect_right(self.ends, j)
        return self.best[step - 1] if step else None

    def raise_by(self, chains: dict[int, _Chain]) -> None:
        """Enter chains by the place of their last triple, unless one that ends no later saves as much."""
        ends, best = self.ends, self.best
        for j, chain in chains.items():
            end, saved = j + SHORTEST, chain[0]
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


def _runs_of(chain: _Chain | None) -> Iterator[Run]:
    """Yield the runs of a chain, the last first."""
    while chain is not None:
        _, i, start = chain
        yield Run(start.old, start.new, i - start.old + SHORTEST)
        chain = start.before
