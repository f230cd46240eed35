"""Runs of equal items in two sequences. Knows nothing of what the items are: paragraphs, words, characters."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence, Sized
from itertools import accumulate, count
from operator import add, lt
from typing import Any, TypeVar

Item = TypeVar("Item")

_STRIDE = 16  # items compared at once


Run = tuple[int, int, int]
"""Equal items: where they begin in both sequences, and how many they are."""


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


def in_a_row(items: Sequence[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Return each few items in a row."""
    return zip(items, *[items[step:] for step in range(1, size)], strict=False)


def join_runs(runs: Sequence[Run]) -> list[Run]:
    """Return rising runs with those that touch on both sides made one."""
    joined: list[Run] = []
    end = end_new = -1
    for i, j, length in runs:
        if i == end and j == end_new:
            first, first_new, size = joined[-1]
            joined[-1] = first, first_new, size + length
        else:
            joined.append((i, j, length))
        end, end_new = i + length, j + length
    return joined


def fill(
    fixed: Sequence[Run], old: Sequence[Any], new: Sequence[Any], align: Callable[[Any, Any], Sequence[Run]]
) -> list[Run]:
    """Return rising runs that are kept, and how what lies between them is aligned; of two that overlap the first."""
    runs: list[Run] = []
    i = j = 0
    for a, b, length in (*fixed, (len(old), len(new), 0)):
        if a < i or b < j:
            continue
        if i < a and j < b:
            runs += [(i + left, j + right, size) for left, right, size in align(old[i:a], new[j:b])]
        if length:
            runs.append((a, b, length))
        i, j = a + length, b + length
    return runs


def heaviest_chain(pairs: Sequence[tuple[int, int]], weights: Sequence[int]) -> list[int]:
    """Return the indices of the heaviest subset of pairs that rises on both sides; `pairs` rise on the first.

    The best chain that ends below each second index is a staircase of rising weights, searched by bisection.
    """
    seconds = [j for _, j in pairs]
    if all(map(lt, seconds, seconds[1:])):
        return list(range(len(pairs)))
    ends: list[int] = []
    totals: list[int] = []
    last: list[int] = []
    before = [-1] * len(pairs)
    for index, (j, weight) in enumerate(zip(seconds, weights, strict=True)):
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
