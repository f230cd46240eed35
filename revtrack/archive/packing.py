"""Make bytes small, against others that are like them. Pure: knows the codecs of an archive, and no tables."""

import sys
import zlib

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_LEVEL = 6  # 3 finds little of a base; 9 finds no more of it than 6, and takes twice as long
_QUICK = 1  # of some hundred bytes, it finds what 6 does
_WINDOW = range(17, 28)  # binary logarithms; a larger window zstd's own readers refuse
_LEAST_BASE = 8  # shorter ones zstd refuses
_WORTH = 0.9


class PackingError(ValueError):
    """What was packed is not what is there."""


def pack(content: bytes, base: bytes = b"") -> tuple[str, bytes]:
    """Return a codec's name and a content packed by it, against a base if one is given.

    What hardly becomes smaller stays as it is: that is codec `raw`, which needs no base.
    """
    window = (len(content) + len(base)).bit_length()  # it reaches from the end of one to the start of the other
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: _LEVEL,
        zstd.CompressionParameter.window_log: min(max(window, _WINDOW[0]), _WINDOW[-1]),
    }
    packed = zstd.compress(content, options=options, zstd_dict=_prefix(base))
    return ("zstd", packed) if len(packed) < _WORTH * len(content) else ("raw", content)


def pack_alike(content: bytes, base: bytes = b"") -> bytes:
    """Return a short content packed by codec `zstd` against one that is nearly the same: all that counts is that."""
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: _QUICK,
        zstd.CompressionParameter.content_size_flag: 0,
    }
    return zstd.compress(content, options=options, zstd_dict=_prefix(base))


def unpack(codec: str, packed: bytes, base: bytes = b"") -> bytes:
    """Return what was packed; PackingError where that cannot be had. `zlib` is what earlier releases packed with."""
    try:
        if codec == "raw":
            return packed
        if codec == "zlib":
            return zlib.decompress(packed)
        if codec == "zstd":
            largest: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _WINDOW[-1]}
            return zstd.decompress(packed, zstd_dict=_prefix(base), options=largest)
    except (zlib.error, zstd.ZstdError) as error:
        raise PackingError(str(error)) from error
    raise PackingError(f"there is no codec {codec!r}")


def _prefix(base: bytes) -> "tuple[zstd.ZstdDict, int] | None":
    return zstd.ZstdDict(base, is_raw=True).as_prefix if len(base) >= _LEAST_BASE else None
