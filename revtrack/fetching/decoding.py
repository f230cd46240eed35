"""Undo the content codings of a body, within bounds. Pure: it knows bytes and nothing of HTTP or the network.

HTTP libraries hand over what a bomb unpacks to before a limit can act, read only the first member of a gzip file, and
take a stream that breaks off for a whole one. Here a body is either whole and within its limit, or an error.
"""

import re
import zlib

_SLICE = 64 << 10
_MAX_MEMBERS = 1000
_MAX_CODINGS = 3
_GZIP, _ZLIB_OR_GZIP, _RAW = 31, 47, -15  # wbits, as zlib.h defines them


class DecodingError(ValueError):
    """A body whose codings cannot be undone: damaged, cut off, too large, or coded in a way we do not know."""


def decode_body(body: bytes, content_encoding: str, *, limit: int) -> bytes:
    """Return a body with its content codings undone, the last applied first.

    `content_encoding` is the header's value, "" for none; gzip and deflate are known, deflate with and without its
    wrapper. Raises DecodingError if the result of any step has more than `limit` bytes, or is damaged or cut off.

    >>> decode_body(zlib.compress(b"text"), "deflate", limit=100)
    b'text'
    """
    names = [name.strip().lower() for name in content_encoding.split(",", _MAX_CODINGS + 1)]
    codings = [name for name in names if name not in ("", "identity")]
    if len(codings) > _MAX_CODINGS:
        raise DecodingError("the body is wrapped in too many content codings")
    for coding in reversed(codings):
        body = _decode(body, coding, limit)
    if len(body) > limit:
        raise DecodingError(_too_large(limit))
    return body


def _decode(body: bytes, coding: str, limit: int) -> bytes:
    if coding in ("gzip", "x-gzip"):
        return _members(body, limit)
    if coding != "deflate":
        shown = re.sub(r"[^\w.+-]", "?", coding)[:20]
        raise DecodingError(f"the body is coded as {shown}, which we did not ask for")
    try:
        return _member(body, 0, _ZLIB_OR_GZIP, limit)[0]
    except zlib.error:
        try:
            return _member(body, 0, _RAW, limit)[0]
        except zlib.error:
            raise DecodingError("the compressed body is damaged") from None


def _members(body: bytes, limit: int) -> bytes:
    """Return the joined members of a gzip file; zeros may follow the last one (RFC 1952, 2.2 and common practice)."""
    found: list[bytes] = []
    start = size = 0
    while not found or start < len(body):
        if found and body[start] == 0 and not body[start:].strip(b"\0"):
            break
        if len(found) == _MAX_MEMBERS:
            raise DecodingError("the compressed body has too many parts")
        try:
            text, start = _member(body, start, _GZIP, limit - size)
        except zlib.error:
            raise DecodingError("the compressed body is damaged") from None
        found.append(text)
        size += len(text)
    return b"".join(found)


def _member(body: bytes, start: int, wbits: int, limit: int) -> tuple[bytes, int]:
    """Return one compressed stream that begins at `start`, decoded, and where it ends."""
    stream, found, size, at = zlib.decompressobj(wbits=wbits), [], 0, start
    while not stream.eof:
        piece = body[at : at + _SLICE]
        if not piece:
            raise DecodingError("the compressed body breaks off before its end")
        text = stream.decompress(piece, limit - size + 1)
        size += len(text)
        if size > limit:
            raise DecodingError(_too_large(limit))
        found.append(text)
        at += len(piece)
    return b"".join(found), at - len(stream.unused_data)


def _too_large(limit: int) -> str:
    return f"the page unpacks to more than {limit} bytes"
