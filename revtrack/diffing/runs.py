"""Runs of equal items in two sequences. Knows nothing of what the items are: paragraphs, words, characters."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence, Sized
from itertools import accumulate, count
from operator import add
from typing import NamedTuple

_STRIDE = 16  # items compared at once


class Run(NamedTuple):
    """Equal items: where they begin in both sequences, and how many they are."""

    old: int
    new: int
    length: int


def equal_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """Return how many items at the start and, of the others, at the end are equal."""
    limit = min(len(old), len(new))
    head = 0
    while head < limit and old[head : head + _STRIDE] == new[head : head + _STRIDE]:
        head += _STRIDE
    head = min(head, limit)
    while head < limit and old[head] == new[head]:
        head += 1
    limit -= head
    a, b = len(old), len(new)
    tail = 0
    while tail + _STRIDE <= limit and old[a - tail - _STRIDE : a - tail] == new[b - tail - _STRIDE : b - tail]:
        tail += _STRIDE
    while tail < limit and old[a - 1 - tail] == new[b - 1 - tail]:
        tail += 1
    return head, tail


def starts_of(parts: Sequence[Sized], start: int = 0) -> list[int]:
    """Return where each part begins when they stand in a row with one item between them, and where a next one would."""
    return list(map(add, accumulate(map(len, parts), initial=start), range(len(parts) + 1)))


def partners(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[int | None]:
    """Return for each old item where its equal stands on the new side, if it occurs once on each side."""
    last = dict(zip(new, count(), strict=False))
    if len(last) < len(new):
        for item in {item for place, item in enumerate(new) if last[item] != place}:
            del last[item]
    places = list(map(last.get, old))
    alone = set(places)
    if len(alone) + places.count(None) - (None in alone) < len(places):
        counts = Counter(places)
        places = [j if counts[j] == 1 else None for j in places]
    return places


def join_runs(runs: Sequence[Run]) -> list[Run]:
    """Return rising runs with those that touch on both sides made one."""
    joined: list[Run] = []
    for run in runs:
        if joined:
            i, j, length = joined[-1]
            if i + length == run.old and j + length == run.new:
                joined[-1] = Run(i, j, length + run.length)
                continue
        joined.append(run)
    return joined


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
