"""Keep the stories of earlier versions small: each as what it differs in from one before. Knows the table of versions.

The newest version of an article is kept as it is, for it is read at every look. What it replaced is packed, against the
version whose place is its own without the lowest set bit, as bodies are (`bodies`); the first against nothing.
"""

from contextlib import suppress

from revtrack.archive.connection import Connection
from revtrack.archive.packing import PackingError, pack, unpack

COLUMN = "ALTER TABLE versions ADD COLUMN packed BLOB"
"""The story as zstd; NULL: `story` has it. Where it is packed, `story` is ''."""

_LEAST = 1000  # bytes of a story that is worth packing


def shrink(db: Connection, article_id: int, number: int) -> None:
    """Pack the story of a version that is not the newest any more."""
    story = _read(db, article_id, number)
    if len(story) < _LEAST:
        return
    codec, packed = pack(story, _base(db, article_id, number))
    if codec == "zstd":
        update = "UPDATE versions SET story = '', packed = ? WHERE article_id = ? AND number = ?"
        db.execute(update, (packed, article_id, number))


def expand(db: Connection, article_id: int) -> None:
    """Unpack the stories of all versions of an article, so that any of them can be replaced; a damaged one stays."""
    packed = "SELECT number FROM versions WHERE article_id = ? AND packed IS NOT NULL"
    whole = []
    for (number,) in db.execute(packed, (article_id,)).fetchall():
        with suppress(PackingError):
            whole.append((read(db, article_id, number), article_id, number))
    for values in whole:  # only now, as they rest on each other
        db.execute("UPDATE versions SET story = ?, packed = NULL WHERE article_id = ? AND number = ?", values)


def read(db: Connection, article_id: int, number: int) -> str:
    """Return the story of a version as JSON. Raises PackingError where it is damaged."""
    try:
        return _read(db, article_id, number).decode()
    except UnicodeDecodeError as error:
        raise PackingError(str(error)) from error


def _read(db: Connection, article_id: int, number: int) -> bytes:
    query = "SELECT story, packed FROM versions WHERE article_id = ? AND number = ?"
    found = db.execute(query, (article_id, number)).fetchone()
    if found is None or found == ("", None):
        raise PackingError(f"version {article_id}@{number} is not there")
    story, packed = found
    return unpack("zstd", packed, _base(db, article_id, number)) if packed is not None else story.encode()


def _base(db: Connection, article_id: int, number: int) -> bytes:
    place = number - 1
    return _read(db, article_id, (place & (place - 1)) + 1) if place > 0 else b""
