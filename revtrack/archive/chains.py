"""Read bodies from the chains in which they are kept, each through those that it rests on. Knows their table."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from revtrack.archive.connection import Connection
from revtrack.archive.gzipping import recipe_of, redo
from revtrack.archive.packing import PackingError, unpack

GONE = "gone"
"""The codec of a body whose bytes were let go."""
DEEPEST = 40
"""What rests on this many others is no base: reading stays within some milliseconds whatever pages do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A body as it is kept: its content, gzip undone where `recipe` says how, and how many bodies it rests on."""

    id: int
    place: int
    recipe: str
    content: bytes
    depth: int


def chain(db: Connection, body_id: int) -> list[Kept]:
    """Return a body behind all that it rests on, the whole one first. Raises PackingError where one is damaged."""
    rows: list[tuple[int, int, str, str, bytes, int | None]] = []
    at: int | None = body_id
    while at is not None:
        row = db.execute("SELECT id, place, recipe, codec, bytes, base FROM bodies WHERE id = ?", (at,)).fetchone()
        if row is None or len(rows) > DEEPEST:  # a damaged file may name a body that rests on itself
            raise PackingError(f"what body {body_id} rests on is not there")
        rows.append(row)
        at = row[5]
    found: list[Kept] = []
    for own, place, recipe, codec, packed, _ in reversed(rows):
        content = unpack(codec, packed, found[-1].content if found else b"")
        found.append(Kept(own, place, recipe, content, len(found)))
    return found


def read(db: Connection, body_id: int) -> bytes | None:
    """Return the body of this number as it was received, None where it was let go.

    Raises PackingError where it is damaged.
    """
    found = db.execute("SELECT codec FROM bodies WHERE id = ?", (body_id,)).fetchone()
    if found is None:
        raise PackingError(f"there is no body {body_id}")
    if found[0] == GONE:
        return None
    kept = chain(db, body_id)[-1]
    return _received(kept.content, kept.recipe)


def hashes(db: Connection) -> Iterator[tuple[str, str]]:
    """Yield the name of every body that was not let go, which is its SHA-256, and the SHA-256 of what is there.

    That is "" where it is damaged. Each body is unpacked once: those that rest on it come behind it.
    """
    resting: dict[int | None, list[int]] = {}
    for number, base in db.execute("SELECT id, base FROM bodies WHERE codec != ? ORDER BY id DESC", (GONE,)):
        resting.setdefault(base, []).append(number)
    waiting = [(number, 0) for number in resting.pop(None, [])]
    below: list[bytes | None] = []
    while waiting:
        number, depth = waiting.pop()
        del below[depth:]
        yield _hash(db, number, below)
        waiting += [(other, depth + 1) for other in resting.pop(number, [])]
    for numbers in resting.values():  # on what is not there, or on themselves
        yield from (_hash(db, number, [None]) for number in numbers)


def _hash(db: Connection, number: int, below: list[bytes | None]) -> tuple[str, str]:
    """Return name and hash of a body, given the contents that it rests on, and add its own: None where damaged."""
    query = "SELECT sha256, recipe, codec, bytes FROM bodies WHERE id = ?"
    name, recipe, codec, packed = db.execute(query, (number,)).fetchone()
    base = below[-1] if below else b""
    below.append(None)
    try:
        if base is None or len(below) > DEEPEST + 1:
            return name.hex(), ""
        content = unpack(codec, packed, base)
        received = _received(content, recipe)
    except PackingError:
        return name.hex(), ""
    below[-1] = content
    return name.hex(), sha256(received).hexdigest()


def _received(content: bytes, recipe: str) -> bytes:
    return redo(content, recipe_of(recipe)) if recipe else content
