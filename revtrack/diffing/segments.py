"""From equal stretches of characters to segments: every character of a block once, in reading order."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from revtrack.diffing.making import maker
from revtrack.diffing.reading import Texts
from revtrack.diffing.runs import Run
from revtrack.diffing.ties import Tie
from revtrack.model import Op, Segment

_KEEP, _MOVE, _DELETE, _INSERT = Op.KEEP, Op.MOVE, Op.DELETE, Op.INSERT  # to look them up costs more than to use them
_OLD, _NEW = attrgetter("old"), attrgetter("new")

make_segment = maker(Segment)
"""Makes segments quickly."""


class Contents(NamedTuple):
    """What a block holds: its ranges of characters, what it keeps, what moved away from it and what came from afar.

    `own` rises on both sides, `away` on the old, `come` on the new.
    """

    old: tuple[int, int]
    new: tuple[int, int]
    own: Sequence[Tie] = ()
    away: Sequence[Tie] = ()
    come: Sequence[Tie] = ()


def cut_segments(contents: Contents, texts: Texts) -> tuple[Segment, ...]:
    """Return the segments of a block: between what it keeps, first what is deleted, then what is new or came here."""
    segments: list[Segment] = []
    (a, old_end), (b, new_end) = contents.old, contents.new
    _, _, own, away, come = contents
    move = own[0].move if own else 0
    equal = _MOVE if move else _KEEP
    wide = _widened(contents, texts.old.text, texts.new.text) if own or away or come else ()
    for i, j, length in (*wide, (old_end, new_end, 0)):
        if a < i:
            segments += _deleted(a, i, b, away) if away else (make_segment(_DELETE, a, i, b, b),)
        if b < j:
            segments += _inserted(b, j, i, come) if come else (make_segment(_INSERT, i, i, b, j),)
        a, b = i + length, j + length
        if length:
            segments.append(make_segment(equal, i, a, j, b, move or None))
    return tuple(segments)


def _widened(contents: Contents, old: str, new: str) -> list[Run]:
    """Return what a block keeps with the equal white space around it, in as few runs as can be."""
    (a, end), (b, end_new) = contents.old, contents.new
    length = 0
    wide = []
    for right, right_new, size, *_ in (*contents.own, (end, end_new, 0)):
        head = tail = 0
        if a + length < right and b + length < right_new:
            head, tail = _equal_space((a + length, right), (b + length, right_new), contents, old, new)
        length += head
        if a + length == right - tail and b + length == right_new - tail:
            length += tail + size
            continue
        if length:
            wide.append((a, b, length))
        a, b, length = right - tail, right_new - tail, tail + size
    return [*wide, (a, b, length)] if length else wide


def _equal_space(
    room: tuple[int, int], room_new: tuple[int, int], contents: Contents, old: str, new: str
) -> tuple[int, int]:
    """Return how many white characters a range of both sides begins and, of the rest, ends with, up to what moved."""
    (a, a_end), (b, b_end) = room, room_new
    if not (old[a].isspace() or old[a_end - 1].isspace()):
        return 0, 0
    away = _from(contents.away, a, a_end, _OLD)
    come = _from(contents.come, b, b_end, _NEW)
    free = min((away[0].old if away else a_end) - a, (come[0].new if come else b_end) - b)
    head = 0
    while head < free and old[a + head] == new[b + head] and old[a + head].isspace():
        head += 1
    free = min(a_end - (away[-1].old_end if away else a + head), b_end - (come[-1].new_end if come else b + head))
    tail = 0
    while tail < free and old[a_end - 1 - tail] == new[b_end - 1 - tail] and old[a_end - 1 - tail].isspace():
        tail += 1
    return head, tail


def _deleted(start: int, end: int, new: int, away: Sequence[Tie]) -> Iterator[Segment]:
    """Yield the deletion of a range of the old text, but for what moved away from it."""
    for part in _from(away, start, end, _OLD):
        if part.old > start:
            yield make_segment(_DELETE, start, part.old, new, new)
        start = part.old_end
    if end > start:
        yield make_segment(_DELETE, start, end, new, new)


def _inserted(start: int, end: int, old: int, come: Sequence[Tie]) -> Iterator[Segment]:
    """Yield the insertion of a range of the new text, but for what came from afar, which is shown as moved."""
    for part in _from(come, start, end, _NEW):
        if part.new > start:
            yield make_segment(_INSERT, old, old, start, part.new)
        yield _equal(part)
        start = part.new_end
    if end > start:
        yield make_segment(_INSERT, old, old, start, end)


def _from(parts: Sequence[Tie], start: int, end: int, side: Callable[[Tie], int]) -> Sequence[Tie]:
    """Return the ties that begin in a range of one side, on which they rise."""
    return parts[bisect_left(parts, start, key=side) : bisect_left(parts, end, key=side)] if parts else ()


def _equal(part: Tie) -> Segment:
    op = _MOVE if part.move else _KEEP
    return make_segment(op, part.old, part.old_end, part.new, part.new_end, part.move or None)
