"""Say a content by what it begins and ends with in common with another, and what lies between. Pure: packs nothing."""

from collections.abc import Callable
from typing import NamedTuple


class Splice(NamedTuple):
    """A content but for its first `start` and last `end` bytes, which are those of another; `is_packed` its middle."""

    start: int
    end: int
    middle: bytes
    is_packed: bool = False

    def __bytes__(self) -> bytes:
        """Return the form in which it is kept: two numbers, then the middle."""
        return _number(2 * self.start + self.is_packed) + _number(self.end) + self.middle


def splice(content: bytes, other: bytes) -> Splice:
    """Return what a content has in common with another at its start, then at its end behind that, and the middle."""
    size, length = len(content), len(other)
    most = min(size, length)
    start = _longest(most, lambda have, more: content[have:more] == other[have:more])
    end = _longest(
        most - start, lambda have, more: content[size - more : size - have] == other[length - more : length - have]
    )
    return Splice(start, end, content[start : size - end])


def read_splice(kept: bytes) -> Splice:
    """Return what `bytes` wrote of a splice. Raises ValueError where it is not one."""
    start, at = _read_number(kept, 0)
    end, at = _read_number(kept, at)
    return Splice(start // 2, end, kept[at:], is_packed=bool(start & 1))


def _longest(most: int, is_same: Callable[[int, int], bool]) -> int:
    """Return by halving how much is the same, given whether what lies between two such lengths is."""
    have = 0
    while have < most:
        more = (have + most + 1) // 2
        have, most = (more, most) if is_same(have, more) else (have, more - 1)
    return have


def _number(value: int) -> bytes:
    """Return a number as seven bits a byte, the lowest first, the highest bit set in all but the last (LEB128)."""
    kept = bytearray()
    while value > 0x7F:
        kept.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*kept, value])


def _read_number(kept: bytes, at: int) -> tuple[int, int]:
    """Return the number that begins at a place, and the place behind it."""
    value = shift = 0
    while at < len(kept) and shift < 64:
        byte = kept[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise ValueError("a number has no end")
