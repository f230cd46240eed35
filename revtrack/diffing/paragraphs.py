"""Which paragraphs of two stories are equal, in place or moved. Knows nothing of words.

Equal paragraphs at both ends go first. Between them those that occur once on each side are paired; the heaviest chain
of pairs that do not cross stays in place, grown over equal neighbours, and the pairs off that chain have moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from revtrack.diffing.runs import Run, equal_ends, heaviest_chain, join_runs, partners


@dataclass(frozen=True, slots=True)
class Pairing:
    """Equal paragraphs: the runs that kept their order, rising, and the pairs of indices that did not."""

    kept: tuple[Run, ...]
    moved: tuple[tuple[int, int], ...]


def pair_paragraphs(old: Sequence[str], new: Sequence[str]) -> Pairing:
    """Pair equal paragraphs; keeping one in place is worth its length."""
    head, tail = equal_ends(old, new)
    old_end, new_end = len(old) - tail, len(new) - tail
    places = partners(old[head:old_end], new[head:new_end])
    unique = [(head + i, head + j) for i, j in enumerate(places) if j is not None]
    chain = heaviest_chain(unique, [len(old[i]) + 1 for i, _ in unique])
    fences = [Run(0, 0, head), *(Run(*unique[index], 1) for index in chain), Run(old_end, new_end, tail)]
    kept = join_runs([run for run in _grown(fences, old, new) if run.length])
    if len(chain) == len(unique):
        return Pairing(tuple(kept), ())
    in_place = {i for run in kept for i in range(run.old, run.old + run.length)}
    taken = {j for run in kept for j in range(run.new, run.new + run.length)}
    return Pairing(tuple(kept), tuple(pair for pair in unique if pair[0] not in in_place and pair[1] not in taken))


def _grown(runs: Sequence[Run], old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return rising runs with the equal neighbours of each, first those before it, then those behind it."""
    grown = [runs[0]]
    for (i, j, length), (i_stop, j_stop, _) in pairwise([*runs[1:], Run(runs[-1].old, runs[-1].new, 0)]):
        i_last, j_last = grown[-1].old + grown[-1].length, grown[-1].new + grown[-1].length
        back = 0
        while i - back > i_last and j - back > j_last and old[i - back - 1] == new[j - back - 1]:
            back += 1
        ahead = length
        while i + ahead < i_stop and j + ahead < j_stop and old[i + ahead] == new[j + ahead]:
            ahead += 1
        grown.append(Run(i - back, j - back, back + ahead))
    return grown
