"""What lies between equal paragraphs, cut as small as can be before a word of it is read.

Most edits are small: two paragraphs that begin and end alike, a few words apart. Such are told by comparing characters.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from revtrack.diffing.landmarks import shared_ahead, shared_behind
from revtrack.diffing.paragraphs import Pairing
from revtrack.diffing.reading import Sheet

_LITTLE = 60  # characters that two versions of a paragraph may differ by to be known at once


class Gap(NamedTuple):
    """Paragraphs of both sides that have equals neither in place nor elsewhere, as indices.

    `ends` is how many characters both begin and end with alike, where that was found out already.
    """

    old: Sequence[int]
    new: Sequence[int]
    ends: tuple[int, int] | None = None


def find_gaps(pairing: Pairing, old: Sheet, new: Sheet) -> Iterator[Gap]:
    """Yield what lies between the paragraphs kept, without those that moved, as many small gaps."""
    away = {i for i, _ in pairing.moved}
    come = {j for _, j in pairing.moved}
    fences = [(0, 0, 0), *pairing.kept, (len(old.paragraphs), len(new.paragraphs), 0)]
    for (i, j, length), (i_end, j_end, _) in pairwise(fences):
        left: Sequence[int] = range(i + length, i_end)
        right: Sequence[int] = range(j + length, j_end)
        if away:
            left = [index for index in left if index not in away]
            right = [index for index in right if index not in come]
        if left or right:
            yield from _parted(left, right, old, new)


def _parted(left: Sequence[int], right: Sequence[int], old: Sheet, new: Sheet) -> Iterator[Gap]:
    """Yield a gap in parts: from both ends, each two paragraphs that are surely versions of one are a gap alone."""
    shorter = min(len(left), len(right))
    if not shorter or len(left) + len(right) == 2:
        yield Gap(left, right)
        return
    ahead = 0
    while ahead < shorter and (ends := _versions(left[ahead : ahead + 2], right[ahead : ahead + 2], old, new)):
        yield Gap([left[ahead]], [right[ahead]], ends)
        ahead += 1
    left, right = left[ahead:], right[ahead:]
    last: list[Gap] = []
    while len(last) < shorter - ahead and (
        ends := _versions(_last_two(left, len(last)), _last_two(right, len(last)), old, new)
    ):
        last.append(Gap([left[-1 - len(last)]], [right[-1 - len(last)]], ends))
    if len(left) > len(last) or len(right) > len(last):
        yield Gap(left[: len(left) - len(last)], right[: len(right) - len(last)])
    yield from reversed(last)


def _last_two(indices: Sequence[int], done: int) -> Sequence[int]:
    """Return the last two of some indices, the last first, when some were taken from the end."""
    return indices[: len(indices) - done][:-3:-1]


def _versions(left: Sequence[int], right: Sequence[int], old: Sheet, new: Sheet) -> tuple[int, int] | None:
    """Return the equal ends of the first two paragraphs if these are surely versions of one: alike but for a little.

    The little must not stand in the paragraph next to it on the other side: the two may have been merged or split.
    """
    before, after = old.paragraphs[left[0]], new.paragraphs[right[0]]
    if abs(len(before) - len(after)) > _LITTLE or (before[:1] != after[:1] and before[-1:] != after[-1:]):
        return None
    head = shared_ahead(before, 0, after, 0)
    shorter = min(len(before), len(after))
    behind = shared_behind(before, len(before), after, len(after))
    tail = min(behind, shorter - head)
    if max(len(before), len(after)) - head - tail > min(_LITTLE, (head + tail) // 2):
        return None
    beside, beside_new = old.paragraphs[left[-1]], new.paragraphs[right[-1]]
    gone, come = before[head : len(before) - tail].strip(), after[head : len(after) - tail].strip()
    if (come and (come in beside or beside in after)) or (gone and (gone in beside_new or beside_new in before)):
        return None
    return head, behind
