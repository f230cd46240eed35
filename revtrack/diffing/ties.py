"""Ties: equal passages within one old and one new paragraph. Knows which paragraphs they make kin, and group."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from revtrack.diffing.reading import Excerpt, Texts
from revtrack.diffing.runs import Run
from revtrack.text import words

_KIN = 0.1  # of the shorter paragraph must be kept for two paragraphs to be versions of one
_LITTLE = 0.4  # of it is little, and what is little in fewer words than these is a scrap
_SCRAP = 5

Pair = tuple[int, int]
"""An old and a new paragraph, as indices."""


class Tie(NamedTuple):
    """Equal characters: where they begin on both sides, how many, their paragraphs, their move's number (0: none)."""

    old: int
    new: int
    length: int
    old_paragraph: int
    new_paragraph: int
    move: int = 0

    @property
    def old_end(self) -> int:
        """One past the last character on the old side."""
        return self.old + self.length

    @property
    def new_end(self) -> int:
        """One past the last character on the new side."""
        return self.new + self.length


class Group(NamedTuple):
    """Paragraphs that share words in place: a run of old ones and a run of new ones, half-open."""

    old: tuple[int, int]
    new: tuple[int, int]


def cut_at_paragraphs(runs: Sequence[Run], old: Excerpt, new: Excerpt) -> Iterator[Tie]:
    """Yield runs of two excerpts as ties that end where a paragraph ends on either side."""
    if len(old.indices) == len(new.indices) == 1:
        yield from _within_one(runs, old, new)
        return
    for i, j, length in runs:
        end = i + length
        while i < end:
            left, right = bisect_right(old.starts, i) - 1, bisect_right(new.starts, j) - 1
            size = min(end - i, old.starts[left + 1] - i, new.starts[right + 1] - j)
            if not old.text[i].isspace() or not old.text[i : i + size].isspace():
                yield Tie(i + old.shifts[left], j + new.shifts[right], size, old.indices[left], new.indices[right])
            i, j = i + size, j + size  # noqa: PLW2901 - what is left of the run


def _within_one(runs: Sequence[Run], old: Excerpt, new: Excerpt) -> list[Tie]:
    """Return runs of one old and one new paragraph as ties."""
    text, shift, shift_new = old.text, old.shifts[0], new.shifts[0]
    kin = (old.indices[0], new.indices[0], 0)
    return [
        Tie(i + shift, j + shift_new, length, *kin)
        for i, j, length in runs
        if not text[i].isspace() or not text[i : i + length].isspace()
    ]


def without_strangers(ties: Sequence[Tie], texts: Texts, moved: Sequence[tuple[int, int]]) -> list[Tie]:
    """Drop ties between paragraphs that share too little to be versions of one, or that would span a moved one."""
    shared: dict[Pair, int] = {}
    for _, _, length, left, right, _ in ties:
        shared[left, right] = shared.get((left, right), 0) + length
    scraps = _scraps(ties, shared, texts)
    away, come = sorted(i for i, _ in moved), sorted(j for _, j in moved)
    kin: set[Pair] = set()
    last = (-1, -1)
    for (i, j), length in shared.items():
        if length < _KIN * _shorter(texts, (i, j)) or (i, j) in scraps:
            continue
        joined = i == last[0] or j == last[1]
        if joined and (_lies_between(away, last[0], i) or _lies_between(come, last[1], j)):
            continue
        kin.add((i, j))
        last = (i, j)
    if len(kin) == len(shared):
        return list(ties)
    return [tie for tie in ties if tie[3:5] in kin]


def _scraps(ties: Sequence[Tie], shared: Mapping[Pair, int], texts: Texts) -> set[Pair]:
    """Return the pairs of paragraphs that share a word or two, such as a list's numbers, and are closer to others."""
    most_old: dict[int, int] = {}
    most_new: dict[int, int] = {}
    if len({i for i, _ in shared}) == len({j for _, j in shared}) == len(shared):
        return set()
    for (i, j), length in shared.items():
        most_old[i], most_new[j] = max(most_old.get(i, 0), length), max(most_new.get(j, 0), length)
    little = {
        pair: 0
        for pair, length in shared.items()
        if length < max(most_old[pair[0]], most_new[pair[1]]) and length < _LITTLE * _shorter(texts, pair)
    }
    for tie in ties if little else ():
        if tie[3:5] in little:
            little[tie[3:5]] += sum(word[0].isalnum() for word in words(texts.old.text[tie.old : tie.old_end]))
    return {pair for pair, count in little.items() if count < _SCRAP}


def _shorter(texts: Texts, pair: Pair) -> int:
    """Return the length of the shorter of two paragraphs."""
    return min(len(texts.old.paragraphs[pair[0]]), len(texts.new.paragraphs[pair[1]]))


def group(ties: Sequence[Tie]) -> list[Group]:
    """Join paragraphs that share words into groups; `ties` rise on both sides."""
    groups: list[Group] = []
    last = (-1, -1)
    for tie in ties:
        i, j = pair = tie[3:5]
        if pair == last:
            continue
        if groups and (i < groups[-1].old[1] or j < groups[-1].new[1]):
            groups[-1] = Group((groups[-1].old[0], i + 1), (groups[-1].new[0], j + 1))
        else:
            groups.append(Group((i, i + 1), (j, j + 1)))
        last = pair
    return groups


def _lies_between(indices: Sequence[int], low: int, high: int) -> bool:
    """Return whether one of some rising indices lies strictly between two others."""
    place = bisect_right(indices, low)
    return place < len(indices) and indices[place] < high
