"""Align two sequences of words so that a reader has least to read. Knows nothing of text: words come as numbers.

The reader's cost of an alignment is one for each word deleted or inserted and `HUNK` for each run of change. A kept run
under three words between two changes costs more attention than it saves, so kept runs have three words or more: every
one is then a chain of equal triples of words, which are rare enough to search all of them. The cheapest chain is found
exactly, by going through the triples row by row over a staircase of the best chains so far.

Where triples repeat too much for that (tables, refrains, hostile pages) diff-match-patch aligns short stretches, word
by word; of long ones only what is unique is kept. The work is bounded by the length of the input, never by a clock.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from diff_match_patch import diff_match_patch

from revtrack.diffing.paragraphs import equal_ends, heaviest_chain

HUNK = 3
_SHORTEST = 3  # words in a kept run between two changes
_GAIN = 2 * _SHORTEST - HUNK  # what a kept run saves at least
_PATIENCE = 6  # equal triples looked at for each word, at most
_DEEPEST = 6  # times that a stretch is cut at anchors
_PRIVATE_USE = 0xF0000  # code points without meaning, enough for all words of a short stretch
_REPETITIVE = 100  # words in a stretch given to diff-match-patch, at most


class Run(NamedTuple):
    """Equal words: where they begin in both sequences, and how many they are."""

    old: int
    new: int
    length: int


def align_words(old: Sequence[int], new: Sequence[int]) -> list[Run]:
    """Return the runs of words to keep, rising on both sides, at the least cost for a reader."""
    return join_runs(_align_ends_and_middle(old, new, 0))


def _align_ends_and_middle(old: Sequence[int], new: Sequence[int], depth: int) -> list[Run]:
    """Keep equal ends, which no better alignment can gain from changing, and align what is between them."""
    head, tail = equal_ends(old, new)
    runs = [Run(0, 0, head)] if head else []
    middle = _align_middle(old[head : len(old) - tail], new[head : len(new) - tail], depth)
    runs += [Run(i + head, j + head, length) for i, j, length in middle]
    if tail:
        runs.append(Run(len(old) - tail, len(new) - tail, tail))
    return runs


def join_runs(runs: Sequence[Run]) -> list[Run]:
    """Return rising runs with those that touch on both sides made one."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].old + joined[-1].length == run.old and joined[-1].new + joined[-1].length == run.new:
            joined[-1] = Run(joined[-1].old, joined[-1].new, joined[-1].length + run.length)
        else:
            joined.append(run)
    return joined


def _align_middle(old: Sequence[int], new: Sequence[int], depth: int) -> list[Run]:
    """Align what begins and ends differently, by the best method that the input's length allows."""
    if min(len(old), len(new)) < _SHORTEST:
        return []
    places = _Places.of(new)
    rows = [places.last.get(triple, -1) for triple in _triples(old)]
    if sum(places.rank[j] for j in rows if j >= 0) <= _PATIENCE * (len(old) + len(new)):
        return _cheapest_chain(rows, places)
    return _align_between_anchors(old, new, rows, places, depth)


def _triples(words: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Return each three words in a row."""
    return zip(words, words[1:], words[2:], strict=False)


class _Places(NamedTuple):
    """Where triples of words stand: the last place of each, the place before a place, and its rank among them."""

    last: dict[tuple[int, int, int], int]
    before: list[int]
    rank: list[int]

    @classmethod
    def of(cls, words: Sequence[int]) -> "_Places":
        """Note the places of all triples."""
        last: dict[tuple[int, int, int], int] = {}
        before: list[int] = []
        rank: list[int] = []
        for j, triple in enumerate(_triples(words)):
            previous = last.get(triple, -1)
            before.append(previous)
            rank.append(rank[previous] + 1 if previous >= 0 else 1)
            last[triple] = j
        return cls(last, before, rank)


class _Start(NamedTuple):
    """Where the last run of a chain of runs begins, and the chain before it."""

    old: int
    new: int
    before: "_Chain | None"


# A chain of runs that ends with a triple: what it saves, the triple's place in the old words, its last run.
_Chain = tuple[int, int, _Start]


def _cheapest_chain(rows: Sequence[int], places: _Places) -> list[Run]:
    """Return the runs that save most; `rows` hold the last place in the new words of each old triple, or -1."""
    stairs = _Staircase([], [])
    best = stairs.best
    above: dict[int, _Chain] = {}
    waiting: list[dict[int, _Chain]] = [{}, {}, {}]  # a chain may be followed once its last triple is past
    for i, row in enumerate(rows):
        if waiting[i % _SHORTEST]:
            stairs.raise_by(waiting[i % _SHORTEST])
        here: dict[int, _Chain] = {}
        j = row
        while j >= 0:
            grown = above.get(j - 1)
            if grown is not None and (not best or grown[0] + 2 >= best[-1][0] + _GAIN):
                here[j] = (grown[0] + 2, i, grown[2])  # no new run can save as much
            else:
                here[j] = _chain_to(i, j, grown, stairs.under(j))
            j = places.before[j]
        above = waiting[i % _SHORTEST] = here
    for turn in range(_SHORTEST):
        stairs.raise_by(waiting[(len(rows) + turn) % _SHORTEST])
    return _runs_of(best[-1]) if best else []


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
            end, saved = j + _SHORTEST, chain[0]
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


def _runs_of(chain: _Chain | None) -> list[Run]:
    """Return the runs of a chain."""
    runs = []
    while chain is not None:
        _, i, start = chain
        runs.append(Run(start.old, start.new, i - start.old + _SHORTEST))
        chain = start.before
    return runs[::-1]


def _align_between_anchors(
    old: Sequence[int],
    new: Sequence[int],
    rows: Sequence[int],
    places: _Places,
    depth: int,
) -> list[Run]:
    """Keep the triples that are unique on both sides, and align what is between them."""
    anchors = _unique_triples(old, rows, places)
    if not anchors or depth == _DEEPEST:
        return _align_repetitive(old, new)
    runs: list[Run] = []
    i = j = 0
    for anchor in [*anchors, Run(len(old), len(new), 0)]:
        between = _align_ends_and_middle(old[i : anchor.old], new[j : anchor.new], depth + 1)
        runs += [Run(i + run.old, j + run.new, run.length) for run in between]
        if anchor.length:
            runs.append(anchor)
        i, j = anchor.old + anchor.length, anchor.new + anchor.length
    return [run for run in join_runs(runs) if run.length >= _SHORTEST]


def _unique_triples(old: Sequence[int], rows: Sequence[int], places: _Places) -> list[Run]:
    """Return the longest chain of triples that occur once on each side, as runs that do not overlap."""
    counts = Counter(_triples(old))
    pairs = [
        (i, j)
        for i, (j, triple) in enumerate(zip(rows, _triples(old), strict=True))
        if j >= 0 and places.rank[j] == 1 and counts[triple] == 1
    ]
    runs: list[Run] = []
    for index in heaviest_chain(pairs, [1] * len(pairs)):
        i, j = pairs[index]
        if runs and i - runs[-1].old == j - runs[-1].new and i <= runs[-1].old + runs[-1].length:
            runs[-1] = Run(runs[-1].old, runs[-1].new, i - runs[-1].old + _SHORTEST)
        elif not runs or (i >= runs[-1].old + runs[-1].length and j >= runs[-1].new + runs[-1].length):
            runs.append(Run(i, j, _SHORTEST))
    return runs


def align_closely(old: Sequence[int], new: Sequence[int]) -> list[Run]:
    """Return what two versions of a passage share, runs of two words included; nothing if they are long."""
    if len(old) + len(new) > _REPETITIVE:
        return []
    return [run for run in _match_patch(old, new) if run.length >= _SHORTEST - 1]


def _align_repetitive(old: Sequence[int], new: Sequence[int]) -> list[Run]:
    """Align a short stretch of words that repeat; give up a long one."""
    if len(old) + len(new) > _REPETITIVE:
        return []
    return [run for run in _match_patch(old, new) if run.length >= _SHORTEST]


def _match_patch(old: Sequence[int], new: Sequence[int]) -> list[Run]:
    """Return the runs that diff-match-patch keeps, each word as one code point, without a time limit."""
    letters: dict[int, str] = {}
    for word in (*old, *new):
        letters.setdefault(word, chr(_PRIVATE_USE + len(letters)))
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    texts = ("".join(letters[word] for word in side) for side in (old, new))
    runs = []
    i = j = 0
    for op, text in engine.diff_main(*texts, checklines=False):
        if op == engine.DIFF_EQUAL:
            runs.append(Run(i, j, len(text)))
        i += len(text) if op != engine.DIFF_INSERT else 0
        j += len(text) if op != engine.DIFF_DELETE else 0
    return runs
