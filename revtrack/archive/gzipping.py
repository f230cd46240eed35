"""Undo gzip in a way that can be done again, bit for bit. Pure: bytes and how they were packed; knows no store.

Two gzip files of nearly the same page have nothing in common, and what was received must be kept exactly. Most servers
pack with zlib, whose output follows from the content and three parameters: these are found by trial, and proven by
packing again before anything relies on them. What another library packed stays as it is.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from revtrack.archive.packing import PackingError

_MAGIC, _FIXED = b"\x1f\x8b\x08", 10  # RFC 1952, 2.3.1: a header without name, comment or extra fields
_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"  # as servers send it: no time, Unix
_USUAL = "="
_MARK = b"\0\0\xff\xff"
"""What a flush leaves in the stream (RFC 1951, 3.2.4: an empty stored block)."""
_MOST_FLUSHES = 1000
_SLICE = 32 << 10
_RATIO, _LARGEST = 200, 4 << 20
"""What unpacks to more than so many times its size, or to more bytes than this, is no page; it is kept as it is."""

_LEVELS = ((6, 8), (6, 9), (1, 8), (1, 9), (9, 8), (9, 9), (5, 8), (4, 8), (3, 8), (2, 8), (7, 8), (8, 8), (5, 9))
"""Levels and memory levels in the order of how often servers use them."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How zlib packed a content: its parameters, where and how its stream was flushed, and what stands around it.

    `tail` is None where it is what ends a gzip file: checksum and size of the content.
    """

    level: int
    memory: int
    flush: int = zlib.Z_SYNC_FLUSH
    flushes: tuple[int, ...] = ()
    head: bytes = b""
    tail: bytes | None = b""

    def __str__(self) -> str:
        """Return it as text, to be read by `recipe_of`."""
        steps = [after - before for before, after in pairwise((0, *self.flushes))]
        around = [_USUAL if self.head == _HEAD else self.head.hex(), _USUAL if self.tail is None else self.tail.hex()]
        return json.dumps([self.level, self.memory, self.flush, steps, *around], separators=(",", ":"))


def recipe_of(text: str) -> Recipe:
    """Read a recipe from its text. Raises PackingError where that is damaged."""
    try:
        level, memory, flush, steps, head, tail = json.loads(text)
        around = (_HEAD if head == _USUAL else bytes.fromhex(head), None if tail == _USUAL else bytes.fromhex(tail))
        return Recipe(level, memory, flush, tuple(accumulate(steps)), *around)
    except (ValueError, TypeError) as error:
        raise PackingError(str(error)) from error


def is_gzip(body: bytes) -> bool:
    """Say whether bytes begin as those of a gzip file do."""
    return body.startswith(_MAGIC)


def undo(body: bytes, known: Recipe | None = None) -> tuple[bytes, Recipe] | None:
    """Return the content of a gzip file and the recipe that makes the same file of it, None if none is found.

    With `known`, the recipe of another file of the same server, no other parameters are tried.
    """
    if not is_gzip(body) or len(body) < _FIXED or body[3]:
        return None
    unpacked = _unpack(body)
    if unpacked is None:
        return None
    content, flushes, end = unpacked
    for level, memory, flush in _candidates(body, known, is_flushed=bool(flushes)):
        tail = None if body[end:] == _end_of(content) else body[end:]
        recipe = Recipe(level, memory, flush, flushes, body[:_FIXED], tail)
        if _is_made_by(recipe, content, body):
            return content, recipe
    return None


def redo(content: bytes, recipe: Recipe) -> bytes:
    """Return the gzip file that a recipe makes of a content. Raises PackingError for a damaged recipe."""
    try:
        return recipe.head + b"".join(_stream(content, recipe)) + _tail(recipe, content)
    except (zlib.error, ValueError, TypeError) as error:
        raise PackingError(str(error)) from error


def _tail(recipe: Recipe, content: bytes) -> bytes:
    return _end_of(content) if recipe.tail is None else recipe.tail


def _end_of(content: bytes) -> bytes:
    """Return what RFC 1952, 2.3.1 has behind the stream: checksum and size."""
    return zlib.crc32(content).to_bytes(4, "little") + (len(content) & 0xFFFFFFFF).to_bytes(4, "little")


def _unpack(body: bytes) -> tuple[bytes, tuple[int, ...], int] | None:
    """Return the content of the first member, where in it the stream was flushed, and where in the body it ends."""
    stream, most = zlib.decompressobj(wbits=-15), min(_RATIO * len(body), _LARGEST)
    parts: list[bytes] = []
    flushes: list[int] = []
    size, at = 0, _FIXED
    try:
        while not stream.eof and at < len(body):
            mark = body.find(_MARK, at)
            end = mark + len(_MARK) if mark >= 0 else len(body)
            part = stream.decompress(body[at:end], max(1, most - size))
            parts.append(part)
            size, at = size + len(part), end
            if stream.unconsumed_tail or len(flushes) == _MOST_FLUSHES:
                return None
            if mark >= 0 and not stream.eof:
                flushes.append(size)
    except zlib.error:
        return None
    return (b"".join(parts), tuple(flushes), at - len(stream.unused_data)) if stream.eof else None


def _candidates(body: bytes, known: Recipe | None, *, is_flushed: bool) -> Iterator[tuple[int, int, int]]:
    kinds = (zlib.Z_SYNC_FLUSH, zlib.Z_FULL_FLUSH) if is_flushed else (zlib.Z_SYNC_FLUSH,)
    if known:
        yield from ((known.level, known.memory, flush) for flush in sorted(kinds, key=lambda kind: kind != known.flush))
        return
    stated = {2: 9, 4: 1}.get(body[8])  # RFC 1952: the packer "used maximum compression", "the fastest algorithm"
    for level, memory in sorted(_LEVELS, key=lambda one: one[0] != stated):
        for flush in kinds:
            yield level, memory, flush


def _is_made_by(recipe: Recipe, content: bytes, body: bytes) -> bool:
    """Say whether a recipe makes this file; most wrong ones are known by the first block."""
    at = len(recipe.head)
    for part in _stream(content, recipe):
        if not body.startswith(part, at):
            return False
        at += len(part)
    return body[at:] == _tail(recipe, content)


def _stream(content: bytes, recipe: Recipe) -> Iterator[bytes]:
    packer = zlib.compressobj(recipe.level, zlib.DEFLATED, -15, recipe.memory)
    for start, end in pairwise((0, *recipe.flushes)):
        yield from _slices(packer, content, start, end)
        yield packer.flush(recipe.flush)
    yield from _slices(packer, content, recipe.flushes[-1] if recipe.flushes else 0, len(content))
    yield packer.flush()


def _slices(packer: "zlib._Compress", content: bytes, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, _SLICE):
        yield packer.compress(content[at : min(at + _SLICE, end)])
