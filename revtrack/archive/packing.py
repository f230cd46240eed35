"""Make bytes small, against others that are like them. Pure: knows the codecs of an archive, and no tables."""

import sys
import zlib

from revtrack.archive.splicing import read_splice, splice

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_LEVEL = 6  # 3 finds little of a base; 9 finds no more of it than 6, and takes twice as long
_QUICK = 1  # of some hundred bytes, it finds what 6 does
_WINDOW = range(17, 28)  # binary logarithms; a larger window zstd's own readers refuse
_ALIKE: dict[int, int] = {
    zstd.CompressionParameter.compression_level: _QUICK,
    zstd.CompressionParameter.content_size_flag: 0,
}
_LEAST_BASE = 8  # shorter ones zstd refuses
_WORTH = 0.9
_MAGIC = b"\x28\xb5\x2f\xfd"
"""What every frame of zstd begins with (RFC 8878, 3.1.1), and is not kept: no header of a frame can begin so, as the
fourth bit of its first byte is reserved. Earlier releases kept it."""


class PackingError(ValueError):
    """What was packed is not what is there."""


def pack(content: bytes, base: bytes = b"") -> tuple[str, bytes]:
    """Return a codec's name and a content packed by it, against a base if one is given.

    What hardly becomes smaller stays as it is: that is codec `raw`, which needs no base.
    """
    packed = _bare(content, base)
    return ("zstd", packed) if len(packed) < _WORTH * len(content) else ("raw", content)


def pack_edit(content: bytes, base: bytes) -> tuple[str, bytes]:
    """Return as `pack` does a content that may differ from its base in one place only.

    Codec `edit` holds what lies between the start and the end that both have in common: how long these are, and the
    middle, packed if that is shorter. Where the middle is most of it, that is codec `zstd` as ever.
    """
    edit = splice(content, base)
    if 2 * len(edit.middle) > len(content):
        return pack(content, base)
    packed = _bare(edit.middle, base)
    if len(packed) < len(edit.middle):
        edit = edit._replace(middle=packed, is_packed=True)
    return "edit", bytes(edit)


def pack_alike(content: bytes, base: bytes = b"") -> bytes:
    """Return a short content packed by codec `zstd` against one that is nearly the same: all that counts is that."""
    return zstd.compress(content, options=_ALIKE, zstd_dict=_prefix(base)).removeprefix(_MAGIC)


def unpack(codec: str, packed: bytes, base: bytes = b"") -> bytes:
    """Return what was packed; PackingError where that cannot be had. `zlib` is what earlier releases packed with."""
    try:
        if codec == "raw":
            return packed
        if codec == "zlib":
            return zlib.decompress(packed)
        if codec == "zstd":
            return _whole(packed, base)
        if codec == "edit":
            return _edited(packed, base)
    except (zlib.error, zstd.ZstdError) as error:
        raise PackingError(str(error)) from error
    raise PackingError(f"there is no codec {codec!r}")


def _bare(content: bytes, base: bytes) -> bytes:
    """Return a frame of zstd without its first bytes, which are the same in all."""
    window = (len(content) + len(base)).bit_length()  # it reaches from the end of one to the start of the other
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: _LEVEL,
        zstd.CompressionParameter.window_log: min(max(window, _WINDOW[0]), _WINDOW[-1]),
    }
    return zstd.compress(content, options=options, zstd_dict=_prefix(base)).removeprefix(_MAGIC)


def _whole(packed: bytes, base: bytes) -> bytes:
    frame = packed if packed.startswith(_MAGIC) else _MAGIC + packed
    largest: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _WINDOW[-1]}
    return zstd.decompress(frame, zstd_dict=_prefix(base), options=largest)


def _edited(kept: bytes, base: bytes) -> bytes:
    try:
        start, end, middle, is_packed = read_splice(kept)
    except ValueError as error:
        raise PackingError(str(error)) from error
    if start + end > len(base):
        raise PackingError("it has more in common with its base than that has")
    return b"".join((base[:start], _whole(middle, base) if is_packed else middle, base[len(base) - end :]))


def _prefix(base: bytes) -> "tuple[zstd.ZstdDict, int] | None":
    return zstd.ZstdDict(base, is_raw=True).as_prefix if len(base) >= _LEAST_BASE else None
