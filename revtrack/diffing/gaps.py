"""What lies between equal paragraphs, cut as small as can be before a word of it is read.

Most edits are small: two paragraphs that begin and end alike, a few words apart. Such are told by comparing characters,
and what they begin and end with is read as one word on each side.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from revtrack.diffing.paragraphs import Pairing
from revtrack.diffing.reading import Sheet, Texts, Vocabulary, Words, read_as_one, read_words
from revtrack.diffing.runs import Run

_BESIDE = 80  # characters beside a difference that are read word by word, so that it can be slid
_WORTHWHILE = 4  # a part of this size of the shorter paragraph is worth leaving unread
_LITTLE = 60  # characters that two versions of a paragraph may differ by to be known at once


class Gap(NamedTuple):
    """Paragraphs of both sides that have equals neither in place nor elsewhere, as indices."""

    old: list[int]
    new: list[int]


def find_gaps(pairing: Pairing, old: Sheet, new: Sheet) -> Iterator[Gap]:
    """Yield what lies between the paragraphs kept, without those that moved, as many small gaps."""
    away = {i for i, _ in pairing.moved}
    come = {j for _, j in pairing.moved}
    fences = [Run(0, 0, 0), *pairing.kept, Run(len(old.paragraphs), len(new.paragraphs), 0)]
    for (i, j, length), (i_end, j_end, _) in pairwise(fences):
        left = [index for index in range(i + length, i_end) if index not in away]
        right = [index for index in range(j + length, j_end) if index not in come]
        if left or right:
            yield from _parted(left, right, old, new)


def _parted(left: list[int], right: list[int], old: Sheet, new: Sheet) -> Iterator[Gap]:
    """Yield a gap in parts: from both ends, each two paragraphs that are surely versions of one are a gap alone."""
    shorter = min(len(left), len(right)) if len(left) + len(right) > 2 else 0
    ahead = 0
    while ahead < shorter and _are_versions(left[ahead : ahead + 2], right[ahead : ahead + 2], old, new):
        yield Gap([left[ahead]], [right[ahead]])
        ahead += 1
    left, right = left[ahead:], right[ahead:]
    back = 0
    while back < shorter - ahead and _are_versions(_last_two(left, back), _last_two(right, back), old, new):
        back += 1
    if len(left) > back or len(right) > back:
        yield Gap(left[: len(left) - back], right[: len(right) - back])
    for i, j in zip(left[len(left) - back :], right[len(right) - back :], strict=True):
        yield Gap([i], [j])


def _last_two(indices: list[int], done: int) -> list[int]:
    """Return the last two of some indices, the last first, when some were taken from the end."""
    return indices[: len(indices) - done][:-3:-1]


def _are_versions(left: list[int], right: list[int], old: Sheet, new: Sheet) -> bool:
    """Return whether the first two paragraphs are surely versions of one: alike but for a little in one place.

    The little must not stand in the paragraph next to it on the other side: the two may have been merged or split.
    """
    before, after = old.paragraphs[left[0]], new.paragraphs[right[0]]
    if abs(len(before) - len(after)) > _LITTLE or (before[:1] != after[:1] and before[-1:] != after[-1:]):
        return False
    head = shared_head(before, after)
    tail = shared_tail(before, after, head)
    if max(len(before), len(after)) - head - tail > min(_LITTLE, (head + tail) // 2):
        return False
    beside, beside_new = old.paragraphs[left[-1]], new.paragraphs[right[-1]]
    gone, come = before[head : len(before) - tail].strip(), after[head : len(after) - tail].strip()
    return not (come and (come in beside or beside in after)) and not (
        gone and (gone in beside_new or beside_new in before)
    )


def read_gap(texts: Texts, gap: Gap, vocabulary: Vocabulary) -> None:
    """Add the words of a gap to the tables of both sides; `vocabulary` numbers them and grows.

    What the first two paragraphs begin with alike, and the last two end with, is read as one word on both sides, but
    for the words next to the difference.
    """
    head = tail = 0
    if gap.old and gap.new:
        head, tail = _unread(texts, gap)
    _read_side(texts.old, gap.old, (head, tail), texts.old_words, vocabulary)
    _read_side(texts.new, gap.new, (head, tail), texts.new_words, vocabulary)


def _unread(texts: Texts, gap: Gap) -> tuple[int, int]:
    """Return how many characters a gap begins and ends with alike that are not worth reading, in whole words."""
    old, new = texts.old.paragraphs[gap.old[0]], texts.new.paragraphs[gap.new[0]]
    head = shared_head(old, new)
    head = old.rfind(" ", 0, max(0, head - _BESIDE))
    head = head if head * _WORTHWHILE >= min(len(old), len(new)) else 0
    used = head if len(gap.old) == 1 or len(gap.new) == 1 else 0
    old, new = texts.old.paragraphs[gap.old[-1]], texts.new.paragraphs[gap.new[-1]]
    tail = shared_tail(old, new, used)
    place = old.find(" ", len(old) - max(0, tail - _BESIDE)) + 1 if tail > _BESIDE else 0
    tail = len(old) - place if place else 0
    return head, tail if tail * _WORTHWHILE >= min(len(old), len(new)) else 0


def _read_side(sheet: Sheet, indices: list[int], unread: tuple[int, int], words: Words, vocabulary: Vocabulary) -> None:
    """Add the words of some paragraphs to a table, those that stand together at once."""
    if not indices:
        return
    start, end = sheet.starts[indices[0]], sheet.starts[indices[-1] + 1] - 1
    read_as_one(sheet, (start, start + unread[0]), words, vocabulary)
    place = start + unread[0]
    if len(indices) <= indices[-1] - indices[0]:
        for before, index in pairwise(indices):
            if index > before + 1:
                read_words(sheet, (place, sheet.starts[before + 1] - 1), words, vocabulary)
                place = sheet.starts[index]
    read_words(sheet, (place, end - unread[1]), words, vocabulary)
    read_as_one(sheet, (end - unread[1], end), words, vocabulary)


def shared_head(old: str, new: str) -> int:
    """Return how many characters two texts begin with alike."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old.startswith(new[low:middle], low):
            low = middle
        else:
            high = middle - 1
    return low


def shared_tail(old: str, new: str, used: int) -> int:
    """Return how many characters two texts end with alike, but for the first `used`."""
    low, high = 0, min(len(old), len(new)) - used
    while low < high:
        middle = (low + high + 1) // 2
        if old.endswith(new[len(new) - middle : len(new) - low], 0, len(old) - low):
            low = middle
        else:
            high = middle - 1
    return low
