"""Which paragraphs of two stories are equal, in place or moved. Knows nothing of words.

Equal paragraphs at both ends go first. Between them those that occur once on each side are paired; the heaviest chain
of pairs that do not cross stays in place, grown over equal neighbours, and the pairs off that chain have moved.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Pairing:
    """Pairs of indices of equal paragraphs: those that kept their order, rising, and those that did not."""

    kept: tuple[tuple[int, int], ...]
    moved: tuple[tuple[int, int], ...]


def pair_paragraphs(old: Sequence[str], new: Sequence[str], *, weights: Sequence[int]) -> Pairing:
    """Pair equal paragraphs; `weights` is what keeping each old one in place is worth."""
    head, tail = equal_ends(old, new)
    kept = [(index, index) for index in range(head)]
    kept += [(len(old) - index, len(new) - index) for index in range(tail, 0, -1)]
    unique = _unique_pairs(old, new, head, tail)
    chain = heaviest_chain(unique, [weights[i] for i, _ in unique])
    kept += _grow([unique[index] for index in chain], old, new, head, tail)
    kept.sort()
    in_place = {i for i, _ in kept}
    taken = {j for _, j in kept}
    return Pairing(tuple(kept), tuple(pair for pair in unique if pair[0] not in in_place and pair[1] not in taken))


def equal_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """Return how many items at the start and, of the others, at the end are equal."""
    limit = min(len(old), len(new))
    head = 0
    while head < limit and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < limit - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _unique_pairs(old: Sequence[str], new: Sequence[str], head: int, tail: int) -> list[tuple[int, int]]:
    """Pair what occurs once on each side between the equal ends, in old order."""
    places = [_once(side[head : len(side) - tail]) for side in (old, new)]
    return [(head + i, head + places[1][text]) for text, i in places[0].items() if text in places[1]]


def _once(items: Sequence[str]) -> dict[str, int]:
    """Return where each item stands that occurs exactly once."""
    places: dict[str, int] = {}
    for index, item in enumerate(items):
        places[item] = -1 if item in places else index
    return {item: index for item, index in places.items() if index >= 0}


def heaviest_chain(pairs: Sequence[tuple[int, int]], weights: Sequence[int]) -> list[int]:
    """Return the indices of the heaviest subset of pairs that rises on both sides; `pairs` rise on the first.

    The best chain that ends below each second index is a staircase of rising weights, searched by bisection.
    """
    ends: list[int] = []
    totals: list[int] = []
    last: list[int] = []
    before = [-1] * len(pairs)
    for index, ((_, j), weight) in enumerate(zip(pairs, weights, strict=True)):
        step = bisect_left(ends, j)
        total = weight
        if step:
            before[index] = last[step - 1]
            total += totals[step - 1]
        stop = step
        while stop < len(ends) and totals[stop] <= total:
            stop += 1
        ends[step:stop], totals[step:stop], last[step:stop] = [j], [total], [index]
    chain = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


def _grow(
    chain: Sequence[tuple[int, int]],
    old: Sequence[str],
    new: Sequence[str],
    head: int,
    tail: int,
) -> list[tuple[int, int]]:
    """Return the chain with the equal neighbours of its pairs, which need not be unique."""
    grown: list[tuple[int, int]] = []
    fences = [*chain, (len(old) - tail, len(new) - tail)]
    last_old = last_new = head - 1
    for (i, j), (i_stop, j_stop) in pairwise(fences):
        back = 0
        while i - back - 1 > last_old and j - back - 1 > last_new and old[i - back - 1] == new[j - back - 1]:
            back += 1
        ahead = 1
        while i + ahead < i_stop and j + ahead < j_stop and old[i + ahead] == new[j + ahead]:
            ahead += 1
        grown += [(i + step, j + step) for step in range(-back, ahead)]
        last_old, last_new = i + ahead - 1, j + ahead - 1
    return grown
