"""From equal stretches of characters to segments: every character of a block once, in reading order."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from revtrack.diffing.reading import Texts
from revtrack.diffing.ties import Tie
from revtrack.model import Op, Segment

_OLD, _NEW = attrgetter("old"), attrgetter("new")


class Stretch(NamedTuple):
    """Equal characters: where they begin on both sides, how many, and the number of their move (0: in place)."""

    old: int
    new: int
    length: int
    move: int = 0

    @property
    def old_end(self) -> int:
        """One past the last character on the old side."""
        return self.old + self.length

    @property
    def new_end(self) -> int:
        """One past the last character on the new side."""
        return self.new + self.length


class Contents(NamedTuple):
    """What a block holds: its ranges of characters, what it keeps, what moved away from it and what came from afar.

    `own` rises on both sides, `away` on the old, `come` on the new.
    """

    old: tuple[int, int]
    new: tuple[int, int]
    own: Sequence[Stretch] = ()
    away: Sequence[Stretch] = ()
    come: Sequence[Stretch] = ()


def read_stretches(ties: Iterable[Tie], texts: Texts) -> list[Stretch]:
    """Return ties as characters: in one piece where words and white space are the same on both sides, else by word."""
    old, new, old_words, new_words = texts
    stretches = []
    for i, j, length, move in ties:
        a, b = old_words.starts[i], new_words.starts[j]
        size = old_words.ends[i + length - 1] - a
        if size == new_words.ends[j + length - 1] - b and old.text[a : a + size] == new.text[b : b + size]:
            stretches.append(Stretch(a, b, size, move))
            continue
        for step in range(length):
            a, b = old_words.starts[i + step], new_words.starts[j + step]
            word = old.text[a : old_words.ends[i + step]]
            if word == new.text[b : new_words.ends[j + step]]:
                stretches.append(Stretch(a, b, len(word), move))
    return stretches


def cut_segments(contents: Contents, texts: Texts) -> tuple[Segment, ...]:
    """Return the segments of a block: between what it keeps, first what is deleted, then what is new or came here."""
    own = _widen(contents, texts.old.text, texts.new.text) if contents.own or contents.away or contents.come else []
    segments: list[Segment] = []
    a, b = contents.old[0], contents.new[0]
    for part in [*own, Stretch(contents.old[1], contents.new[1], 0)]:
        segments += _deleted(a, part.old, b, contents.away)
        segments += _inserted(b, part.new, part.old, contents.come)
        if part.length:
            segments.append(_equal(part))
        a, b = part.old_end, part.new_end
    return tuple(segments)


def _widen(contents: Contents, old: str, new: str) -> list[Stretch]:
    """Return what a block keeps with the equal white space around it, in as few stretches as can be."""
    (a, a_end), (b, b_end) = contents.old, contents.new
    move = contents.own[0].move if contents.own else 0
    fences = [Stretch(a, b, 0, move), *contents.own, Stretch(a_end, b_end, 0, move)]
    wide = [fences[0]]
    for left, right in pairwise(fences):
        head, tail = _equal_space(left, right, contents, old, new)
        last = wide[-1]
        wide[-1] = last._replace(length=last.length + head)
        following = Stretch(right.old - tail, right.new - tail, right.length + tail, move)
        if (wide[-1].old_end, wide[-1].new_end) == (following.old, following.new):
            wide[-1] = wide[-1]._replace(length=wide[-1].length + following.length)
        else:
            wide.append(following)
    return [part for part in wide if part.length]


def _equal_space(left: Stretch, right: Stretch, contents: Contents, old: str, new: str) -> tuple[int, int]:
    """Return how many white characters are equal after one stretch and before the next, up to what moved."""
    a, a_end, b, b_end = left.old_end, right.old, left.new_end, right.new
    away = _from(contents.away, a, a_end, _OLD)
    come = _from(contents.come, b, b_end, _NEW)
    room = min((away[0].old if away else a_end) - a, (come[0].new if come else b_end) - b)
    head = 0
    while head < room and old[a + head] == new[b + head] and old[a + head].isspace():
        head += 1
    room = min(a_end - (away[-1].old_end if away else a + head), b_end - (come[-1].new_end if come else b + head))
    tail = 0
    while tail < room and old[a_end - 1 - tail] == new[b_end - 1 - tail] and old[a_end - 1 - tail].isspace():
        tail += 1
    return head, tail


def _deleted(start: int, end: int, new: int, away: Sequence[Stretch]) -> Iterator[Segment]:
    """Yield the deletion of a range of the old text, but for what moved away from it."""
    for part in _from(away, start, end, _OLD):
        if part.old > start:
            yield Segment(Op.DELETE, start, part.old, new, new)
        start = part.old_end
    if end > start:
        yield Segment(Op.DELETE, start, end, new, new)


def _inserted(start: int, end: int, old: int, come: Sequence[Stretch]) -> Iterator[Segment]:
    """Yield the insertion of a range of the new text, but for what came from afar, which is shown as moved."""
    for part in _from(come, start, end, _NEW):
        if part.new > start:
            yield Segment(Op.INSERT, old, old, start, part.new)
        yield _equal(part)
        start = part.new_end
    if end > start:
        yield Segment(Op.INSERT, old, old, start, end)


def _from(parts: Sequence[Stretch], start: int, end: int, side: Callable[[Stretch], int]) -> Sequence[Stretch]:
    """Return the stretches that begin in a range of one side, on which they rise."""
    return parts[bisect_left(parts, start, key=side) : bisect_left(parts, end, key=side)] if parts else ()


def _equal(part: Stretch) -> Segment:
    op = Op.MOVE if part.move else Op.KEEP
    return Segment(op, part.old, part.old_end, part.new, part.new_end, part.move or None)
