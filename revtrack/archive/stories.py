"""Keep the stories of earlier versions small: each as what it differs in from one before. Knows the table of versions.

The newest version of an article is kept whole, for it is read at every look: in a table of its own, since a row that
becomes small leaves a hole that no later row of its table fills. What it replaced is packed, against the version whose
place is its own without the lowest set bit, as bodies are (`bodies`); the first against nothing.
"""

from contextlib import suppress

from revtrack.archive.connection import Connection
from revtrack.archive.packing import PackingError, pack, unpack

COLUMN = "ALTER TABLE versions ADD COLUMN packed BLOB"
"""The story as zstd; NULL: it is kept whole. `versions.story` has only those that are not worth packing, else ''."""
TABLE = """
-- Stories that are kept whole: that of the newest version, and of any while they are made anew.
CREATE TABLE whole_stories (
    article_id INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    story      TEXT NOT NULL,
    PRIMARY KEY (article_id, number),
    FOREIGN KEY (article_id, number) REFERENCES versions (article_id, number)
) STRICT;
"""

_LEAST = 1000  # bytes of a story that is worth packing
_PUT = "UPDATE versions SET story = ?, packed = NULL WHERE article_id = ? AND number = ?"
_KEEP_WHOLE = """
    INSERT INTO whole_stories (article_id, number, story) VALUES (?, ?, ?)
    ON CONFLICT (article_id, number) DO UPDATE SET story = excluded.story
"""


def put(db: Connection, article_id: int, number: int, story: str) -> None:
    """Keep the story of a version whole, in the place of what was kept of it."""
    is_short = len(story) < _LEAST
    db.execute(_PUT, (story if is_short else "", article_id, number))
    if is_short:
        drop(db, article_id, number)
    else:
        db.execute(_KEEP_WHOLE, (article_id, number, story))


def drop(db: Connection, article_id: int, number: int) -> None:
    """Let go of a story that is kept whole, if it is."""
    db.execute("DELETE FROM whole_stories WHERE article_id = ? AND number = ?", (article_id, number))


def move_all(db: Connection) -> None:
    """Put stories to where those are that are kept whole: an earlier release had them in the table of versions."""
    long = "SELECT article_id, number FROM versions WHERE length(story) >= ?"
    for article_id, number in db.execute(long, (_LEAST,)).fetchall():
        put(db, article_id, number, read(db, article_id, number))


def shrink(db: Connection, article_id: int, number: int) -> None:
    """Pack the story of a version that is not the newest any more."""
    story = _read(db, article_id, number)
    if len(story) < _LEAST:
        return
    codec, packed = pack(story, _base(db, article_id, number))
    if codec == "zstd":
        update = "UPDATE versions SET story = '', packed = ? WHERE article_id = ? AND number = ?"
        db.execute(update, (packed, article_id, number))
        drop(db, article_id, number)


def expand(db: Connection, article_id: int) -> None:
    """Unpack the stories of all versions of an article, so that any of them can be replaced; a damaged one stays."""
    packed = "SELECT number FROM versions WHERE article_id = ? AND packed IS NOT NULL"
    whole = []
    for (number,) in db.execute(packed, (article_id,)).fetchall():
        with suppress(PackingError):
            whole.append((number, read(db, article_id, number)))
    for number, story in whole:  # only now, as they rest on each other
        put(db, article_id, number, story)


def read(db: Connection, article_id: int, number: int) -> str:
    """Return the story of a version as JSON. Raises PackingError where it is damaged."""
    try:
        return _read(db, article_id, number).decode()
    except UnicodeDecodeError as error:
        raise PackingError(str(error)) from error


def _read(db: Connection, article_id: int, number: int) -> bytes:
    query = "SELECT story, packed FROM versions WHERE article_id = ? AND number = ?"
    found = db.execute(query, (article_id, number)).fetchone()
    story, packed = found or ("", None)
    if packed is not None:
        return unpack("zstd", packed, _base(db, article_id, number))
    if not story:
        kept = db.execute(_WHOLE, (article_id, number)).fetchone()
        if kept is None:
            raise PackingError(f"version {article_id}@{number} is not there")
        (story,) = kept
    return str(story).encode()


_WHOLE = "SELECT story FROM whole_stories WHERE article_id = ? AND number = ?"


def _base(db: Connection, article_id: int, number: int) -> bytes:
    place = number - 1
    return _read(db, article_id, (place & (place - 1)) + 1) if place > 0 else b""
