"""Find the leaves of a row. Knows the table of leaves and nothing of what they prove.

Most leaves are of looks. An index of these would take a third of what they take themselves: they stand in the order of
the looks' numbers, and are found by halving.
"""

from typing import NamedTuple

from revtrack.archive.connection import Connection
from revtrack.archive.salts import SEEDS, salt_of

FROM_OLD = """
CREATE TABLE kept (
    position INTEGER PRIMARY KEY,        -- 0, 1, 2 …
    kind     TEXT NOT NULL,              -- of archive.kinds.KINDS
    row      INTEGER NOT NULL,           -- id of the row; of the article, for a reading
    number   INTEGER NOT NULL,           -- of the version, for a reading; else 0
    salt     BLOB,                       -- hashed before the contents; NULL: made of its seed
    hash     BLOB NOT NULL
) STRICT;
INSERT INTO kept SELECT position, kind, row, number, salt, hash FROM leaves;
DROP TABLE leaves;
ALTER TABLE kept RENAME TO leaves;
CREATE INDEX leaves_row ON leaves (kind, row, number) WHERE kind != 'look';  -- the leaves of a row
"""
"""How SQLite comes to the table of today. Each of its indexes holds the primary key besides."""
FROM_OLD_POSTGRES = """
ALTER TABLE leaves ALTER COLUMN salt DROP NOT NULL;
DROP INDEX leaves_row;
CREATE INDEX leaves_row ON leaves (kind, row, number, position) WHERE kind != 'look';
"""

STANDS = "NOT EXISTS (SELECT 1 FROM superseded AS e WHERE e.leaf = l.position)"
"""The condition for leaves that nothing took the place of."""
_FOUND = f"SELECT l.position, l.salt, d.seed, l.hash FROM leaves AS l {SEEDS} WHERE"  # noqa: S608 - texts of ours
_OF_ROW = f"{_FOUND} l.kind = ? AND l.row = ? AND l.number = ? AND l.kind != 'look'"
_AT = f"{_FOUND} l.position = ? AND l.kind = 'look'"
_LOOK = "SELECT position, row FROM leaves WHERE position >= ? AND kind = 'look' ORDER BY position LIMIT 1"
_SIZE = "SELECT coalesce(max(position) + 1, 0) FROM leaves"


class Found(NamedTuple):
    """A leaf of a row."""

    position: int
    salt: bytes
    hash: bytes


def leaves_of(db: Connection, kind: str, row: int, number: int = 0, *, standing: bool = False) -> list[Found]:
    """Return the leaves of a row, or those that nothing took the place of, the newest first."""
    query, values = (_AT, (_place(db, row),)) if kind == "look" else (_OF_ROW, (kind, row, number))
    condition = f" AND {STANDS}" if standing else ""
    found = db.execute(f"{query}{condition} ORDER BY l.position DESC", values).fetchall()
    return [Found(position, salt_of(position, salt, seed), kept) for position, salt, seed, kept in found]


def _place(db: Connection, look: int) -> int | None:
    """Return the position of the leaf of a look, None if it has none."""
    low, high = 0, db.execute(_SIZE).fetchone()[0]
    while low < high:
        middle = (low + high) // 2
        position, row = db.execute(_LOOK, (middle,)).fetchone() or (high, look)
        low, high = (position + 1, high) if row < look else (low, middle)
    position, row = db.execute(_LOOK, (low,)).fetchone() or (None, None)
    return position if row == look else None
