"""Which paragraphs of two stories are equal, in place or moved. Knows nothing of words.

Equal paragraphs at both ends go first. Between them those that occur once on each side are paired; the heaviest chain
of pairs that do not cross stays in place, grown over equal neighbours, and the pairs off that chain have moved. Where
many paragraphs are left between, as in long lists, those that occur once there are paired in the same way.
"""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from revtrack.diffing.runs import Run, equal_ends, fill, heaviest_chain, join_runs, partners

_MANY = 50  # paragraphs on both sides of a gap in which those that occur once within it are paired as well
_DEEPEST = 8  # times that gaps are searched again


class Pairing(NamedTuple):
    """Equal paragraphs: the runs that kept their order, rising, and the pairs of indices that did not."""

    kept: tuple[Run, ...]
    moved: tuple[tuple[int, int], ...]


def pair_paragraphs(old: Sequence[str], new: Sequence[str]) -> Pairing:
    """Pair equal paragraphs; keeping one in place is worth its length."""
    kept, crossing = _keep(old, new, _DEEPEST)
    if not crossing:
        return Pairing(tuple(kept), ())
    in_place = {index for i, _, length in kept for index in range(i, i + length)}
    taken = {index for _, j, length in kept for index in range(j, j + length)}
    return Pairing(tuple(kept), tuple(pair for pair in crossing if pair[0] not in in_place and pair[1] not in taken))


def _keep(old: Sequence[str], new: Sequence[str], depth: int) -> tuple[list[Run], list[tuple[int, int]]]:
    """Return the runs that keep their order, and the pairs that occur once on each side if some of them do not."""
    head, tail = equal_ends(old, new)
    old_end, new_end = len(old) - tail, len(new) - tail
    ends: list[Run] = [(0, 0, head), (old_end, new_end, tail)]
    if head == min(old_end, new_end) or old_end - head == new_end - head == 1:
        return [run for run in ends if run[2]], []
    places = partners(old[head:old_end], new[head:new_end])
    unique = [(head + i, head + j) for i, j in enumerate(places) if j is not None]
    chain = heaviest_chain(unique, [len(old[i]) + 1 for i, _ in unique])
    fences = join_runs([ends[0], *((*unique[index], 1) for index in chain), ends[1]])
    kept = [run for run in _grown(fences, old, new) if run[2]]
    if unique and depth and min(old_end, new_end) - head > _MANY:
        kept = fill(kept, old, new, partial(_keep_within, depth=depth - 1))
    return join_runs(kept), [] if len(chain) == len(unique) else unique


def _keep_within(old: Sequence[str], new: Sequence[str], *, depth: int) -> list[Run]:
    """Return the runs that keep their order within a long gap."""
    return _keep(old, new, depth)[0] if min(len(old), len(new)) > _MANY else []


def _grown(runs: Sequence[Run], old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return rising runs with the equal neighbours of each, first those before it, then those behind it."""
    grown = []
    i_last = j_last = 0
    for (i, j, length), (i_stop, j_stop, _) in pairwise([*runs, (len(old), len(new), 0)]):
        back = 0
        while i - back > i_last and j - back > j_last and old[i - back - 1] == new[j - back - 1]:
            back += 1
        ahead = length
        while i + ahead < i_stop and j + ahead < j_stop and old[i + ahead] == new[j + ahead]:
            ahead += 1
        grown.append((i - back, j - back, back + ahead))
        i_last, j_last = i + ahead, j + ahead
    return grown
