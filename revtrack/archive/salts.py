"""Give each leaf a salt of its own that need not be kept: it is made of the seed of its block. Knows both tables.

Who is shown one salt learns nothing of the others (HMAC, RFC 2104). Before one is forgotten, those of its block are
written down, and the seed is forgotten with it.
"""

import hmac
from secrets import token_bytes

from revtrack.archive.connection import Connection

TABLE = """
-- What the salts of so many leaves are made of that have none written down.
CREATE TABLE seeds (
    block INTEGER PRIMARY KEY,           -- the position of a leaf by 64
    seed  BLOB NOT NULL
) STRICT;
"""
SEEDS = "LEFT JOIN seeds AS d ON d.block = l.position / 64"
"""How a query for leaves `l` finds their seeds `d`."""

_BLOCK = 64
_SIZE = 16
_NEXT = """
    SELECT n.position, d.seed FROM (SELECT coalesce(max(position) + 1, 0) AS position FROM leaves) AS n
    LEFT JOIN seeds AS d ON d.block = n.position / 64
"""
_ADD = "INSERT INTO seeds (block, seed) VALUES (?, ?) ON CONFLICT (block) DO UPDATE SET seed = excluded.seed"
_MADE = "SELECT position FROM leaves WHERE position >= ? AND position < ? AND salt IS NULL"


def salt_of(position: int, kept: bytes | None, seed: bytes | None) -> bytes:
    """Return the salt of the leaf at a position: what is kept of it, else what its seed makes; b"" without one."""
    if kept is not None:
        return bytes(kept)
    return hmac.digest(seed, position.to_bytes(8, "big"), "sha256")[:_SIZE] if seed else b""


class NextSalts:
    """The salts of leaves that are added one behind another, from the first free position on."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self.position, self._seed = db.execute(_NEXT).fetchone()

    def take(self, *, is_salted: bool) -> tuple[int, bytes]:
        """Return the next position and its salt, b"" where there is nothing to hide."""
        position = self.position
        if is_salted and self._seed is None:
            self._seed = token_bytes(_SIZE)
            self._db.execute(_ADD, (position // _BLOCK, self._seed))
        self.position += 1
        salt = salt_of(position, None if is_salted else b"", self._seed)
        if self.position % _BLOCK == 0:
            self._seed = None
        return position, salt


def forget(db: Connection, position: int) -> None:
    """Forget the salt of the leaf at a position, so that nobody can make it again."""
    block = position // _BLOCK
    found = db.execute("SELECT seed FROM seeds WHERE block = ?", (block,)).fetchone()
    if found:
        made = db.execute(_MADE, (block * _BLOCK, (block + 1) * _BLOCK)).fetchall()
        written = "UPDATE leaves SET salt = ? WHERE position = ?"
        db.execute_many(written, [(salt_of(one, None, found[0]), one) for (one,) in made])
        db.execute("DELETE FROM seeds WHERE block = ?", (block,))
    db.execute("UPDATE leaves SET salt = ? WHERE position = ?", (b"", position))
