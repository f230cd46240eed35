"""Read a MessagePack map, as a tracker keeps a look in a column. Pure.

What is written by none is refused: extensions, texts larger than what is there, what is nested deep. So hostile bytes
cost no more than their length.
"""

import struct

_DEEPEST = 8
_CONSTANTS = {0xC0: None, 0xC2: False, 0xC3: True}
_NUMBERS = dict(zip(range(0xCA, 0xD4), (">f", ">d", ">B", ">H", ">I", ">Q", ">b", ">h", ">i", ">q"), strict=True))
_SIZES = {
    **dict.fromkeys((0xC4, 0xD9), ">B"),
    **dict.fromkeys((0xC5, 0xDA, 0xDC, 0xDE), ">H"),
    **dict.fromkeys((0xC6, 0xDB, 0xDD, 0xDF), ">I"),
}
_BYTES, _LISTS, _MAPS = {0xC4, 0xC5, 0xC6}, {0xDC, 0xDD}, {0xDE, 0xDF}


def unpack(packed: bytes) -> dict[str, object]:
    r"""Return the map in some bytes. Raises ValueError for anything else.

    >>> unpack(b"\x82\xa1d\xa2hi\xa1t\x00")
    {'d': 'hi', 't': 0}
    """
    try:
        found, _ = _value(packed, 0, _DEEPEST)
    except (struct.error, IndexError) as error:
        raise ValueError("it breaks off") from error
    if not isinstance(found, dict):
        raise ValueError("it is no map")  # noqa: TRY004 - bytes of the wrong kind are a bad value
    return found


def _value(packed: bytes, at: int, depth: int) -> tuple[object, int]:
    """Return the value that begins at a place, and where the next one does."""
    mark = packed[at]
    at += 1
    size = mark & (0x1F if mark >= 0xA0 else 0x0F)
    if mark in _SIZES:
        (size,) = struct.unpack_from(_SIZES[mark], packed, at)
        at += struct.calcsize(_SIZES[mark])
    if 0x80 <= mark <= 0x9F or mark in _LISTS | _MAPS:
        return _several(packed, at, size, depth, is_map=mark <= 0x8F or mark in _MAPS)
    if 0xA0 <= mark <= 0xBF or mark in _SIZES:
        content = packed[at : at + size]
        if len(content) != size:
            raise ValueError("it breaks off")
        return (content if mark in _BYTES else content.decode("utf-8", "replace")), at + size
    return _plain(packed, mark, at)


def _several(packed: bytes, at: int, size: int, depth: int, *, is_map: bool) -> tuple[object, int]:
    if not depth:
        raise ValueError("it is nested too deep")
    found: list[object] = []
    for _ in range(2 * size if is_map else size):
        value, at = _value(packed, at, depth - 1)
        found.append(value)
    return (dict(zip(map(str, found[::2]), found[1::2], strict=True)) if is_map else found), at


def _plain(packed: bytes, mark: int, at: int) -> tuple[object, int]:
    if mark <= 0x7F or mark >= 0xE0:
        return (mark if mark <= 0x7F else mark - 256), at
    if mark in _CONSTANTS:
        return _CONSTANTS[mark], at
    if mark in _NUMBERS:
        return struct.unpack_from(_NUMBERS[mark], packed, at)[0], at + struct.calcsize(_NUMBERS[mark])
    raise ValueError("it holds a kind of value that no tracker writes")
