"""Ties: runs of equal words within one old and one new paragraph. Knows which paragraphs they make kin, and group."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from revtrack.diffing.reading import Texts
from revtrack.diffing.words import Run

_KIN = 0.1  # of the shorter paragraph must be kept for two paragraphs to be versions of one


class Tie(NamedTuple):
    """Equal words: the index of the first on both sides, how many, and the number of their move (0: in place)."""

    old: int
    new: int
    length: int
    move: int = 0


class Group(NamedTuple):
    """Paragraphs that share words in place: a run of old ones and a run of new ones, half-open."""

    old: tuple[int, int]
    new: tuple[int, int]


def cut_at_paragraphs(runs: Sequence[Run], texts: Texts) -> Iterator[Tie]:
    """Yield runs as ties that end where a paragraph ends on either side."""
    olds, news = texts.old_words.paragraphs, texts.new_words.paragraphs
    for run in runs:
        i, j, end = run.old, run.new, run.old + run.length
        while i < end:
            stop = min(end, bisect_right(olds, olds[i], i, end), i + bisect_right(news, news[j], j, j + end - i) - j)
            yield Tie(i, j, stop - i)
            i, j = stop, j + stop - i


def without_strangers(ties: Sequence[Tie], texts: Texts, moved: Sequence[tuple[int, int]]) -> list[Tie]:
    """Drop ties between paragraphs that share too little to be versions of one, or that would span a moved one."""
    old, new = texts.old_words, texts.new_words
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for tie in ties:
        pair = old.paragraphs[tie.old], new.paragraphs[tie.new]
        shared[pair] += old.ends[tie.old + tie.length - 1] - old.starts[tie.old]
    away, come = sorted(i for i, _ in moved), sorted(j for _, j in moved)
    kin: set[tuple[int, int]] = set()
    last = (-1, -1)
    for (i, j), length in shared.items():
        if length < _KIN * min(len(texts.old.paragraphs[i]), len(texts.new.paragraphs[j])):
            continue
        joined = i == last[0] or j == last[1]
        if joined and (_lies_between(away, last[0], i) or _lies_between(come, last[1], j)):
            continue
        kin.add((i, j))
        last = (i, j)
    return [tie for tie in ties if (old.paragraphs[tie.old], new.paragraphs[tie.new]) in kin]


def group(ties: Sequence[Tie], texts: Texts) -> list[Group]:
    """Join paragraphs that share words into groups; `ties` rise on both sides."""
    groups: list[Group] = []
    for tie in ties:
        i, j = texts.old_words.paragraphs[tie.old], texts.new_words.paragraphs[tie.new]
        if groups and (i < groups[-1].old[1] or j < groups[-1].new[1]):
            groups[-1] = Group((groups[-1].old[0], i + 1), (groups[-1].new[0], j + 1))
        else:
            groups.append(Group((i, i + 1), (j, j + 1)))
    return groups


def _lies_between(indices: Sequence[int], low: int, high: int) -> bool:
    """Return whether one of some rising indices lies strictly between two others."""
    place = bisect_right(indices, low)
    return place < len(indices) and indices[place] < high
