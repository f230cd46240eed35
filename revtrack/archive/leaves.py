"""What the archive can prove: a leaf for each row that a report shows, in the order of writing. Knows the tables.

A leaf is the hash of a row's facts and of a salted hash of its contents, so that contents can be taken out later and
the proof stays whole. Rows of most kinds never change; of those that do (an article's address, how a version was read)
a new leaf is added, and the newest must fit.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_bytes
from typing import TYPE_CHECKING, Any

from revtrack.archive.protocol import Leaf
from revtrack.merkle import leaf_hash

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLE = """
-- One row for each leaf of the Merkle tree over all that a report shows. Rows are added, never changed.
CREATE TABLE leaves (
    position INTEGER PRIMARY KEY,        -- 0, 1, 2 …
    kind     TEXT NOT NULL,              -- of archive.leaves.KINDS
    row      INTEGER NOT NULL,           -- id of the row; of the article, for a reading
    number   INTEGER NOT NULL,           -- of the version, for a reading; else 0
    salt     BLOB NOT NULL,              -- hashed before the contents
    hash     BLOB NOT NULL
) STRICT;
CREATE INDEX leaves_row ON leaves (kind, row, number, position);  -- the newest leaf of a row
"""


_WHOLE = {"story": "whole_story(t.article_id, t.number, t.story)"}
"""How columns are read that may be packed."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is proven of the rows of a table: `facts` as they are, `contents` by a salted hash.

    `row` and `number` tell a row from the others. Rows of a kind that is not `final` may be written anew. The lists
    never change: columns that a table gains later need a kind of their own.
    """

    name: str
    table: str
    facts: tuple[str, ...]
    contents: tuple[str, ...] = ()
    row: str = "t.id"
    number: str = "0"
    final: bool = True

    def select(self, where: str) -> str:
        """Return a query for rows: what tells each, its facts, then its contents."""
        columns = ", ".join(_WHOLE.get(column, f"t.{column}") for column in self.facts + self.contents)
        return f"SELECT {self.row}, {self.number}, {columns} FROM {self.table} AS t {where}"  # noqa: S608 - names of ours


KINDS = {
    kind.name: kind
    for kind in (
        Kind("article", "articles", ("id", "url", "source", "added_at"), final=False),
        Kind(
            "look",
            "snapshots",
            (
                *("id", "article_id", "url", "fetched_at", "outcome", "status", "reason", "final_url", "redirects"),
                *("request_headers", "headers", "elapsed", "version", "peer", "tls", "noarchive"),
            ),
            ("body_sha256",),
        ),
        Kind(
            "reading",
            "versions",
            ("article_id", "number", "snapshot_id", "extractor", "first_seen", "revert_of", "flapping"),
            ("fingerprint", "story"),
            row="t.article_id",
            number="t.number",
            final=False,
        ),
        Kind(
            "verdict",
            "verdicts",
            ("id", "article_id", "number", "snapshot_id", "significance", "disclosure"),
            ("verdict",),
        ),
        Kind("event", "events", ("id", "article_id", "snapshot_id", "event"), ("why",)),
    )
}
"""Everything that is proven."""


def add_leaf(db: "Database", kind: str, row: int, number: int = 0) -> None:
    """Add the leaf of a row that was just written, within the caller's transaction."""
    _add_all(db, KINDS[kind], "WHERE {row} = ? AND {number} = ?", row, number)


def add_missing(db: "Database") -> None:
    """Add the leaves of all rows that have none, kind by kind: those of an archive from before there were leaves."""
    for kind in KINDS.values():
        _add_all(db, kind, f"WHERE {_UNCOVERED} ORDER BY 1, 2", kind.name)


def count_uncovered(db: "Database") -> int:
    """Return how many rows have no leaf: none, unless somebody else wrote them."""
    return sum(1 for kind in KINDS.values() for _ in db.execute(_where(kind, f"WHERE {_UNCOVERED}"), (kind.name,)))


def read_leaves(db: "Database") -> Iterator[Leaf]:
    """Yield every leaf in its order, each held against its row; a row that is gone is found as b""."""
    for position, name, row, number, salt, kept, newest in db.execute(_LEAVES):
        kind, about = KINDS.get(name), f"{name} {row}@{number}" if number else f"{name} {row}"
        if kind is None:
            yield Leaf(position, about, kept, b"")
        elif position != newest and not kind.final:
            yield Leaf(position, about, kept, None)
        else:
            written = db.execute(_where(kind, "WHERE {row} = ? AND {number} = ?"), (row, number)).fetchone()
            yield Leaf(position, about, kept, _hash(kind, written[2:], salt) if written else b"")


_UNCOVERED = "NOT EXISTS (SELECT 1 FROM leaves AS l WHERE l.kind = ? AND l.row = {row} AND l.number = {number})"
_LEAVES = """
    SELECT position, kind, row, number, salt, hash,
           max(position) OVER (PARTITION BY kind, row, number) AS newest
    FROM leaves ORDER BY position
"""


def _where(kind: Kind, condition: str) -> str:
    return kind.select(condition.format(row=kind.row, number=kind.number))


def _add_all(db: "Database", kind: Kind, condition: str, *values: object) -> None:
    (size,) = db.execute("SELECT coalesce(max(position) + 1, 0) FROM leaves").fetchone()
    for position, written in enumerate(db.execute(_where(kind, condition), values).fetchall(), size):
        salt = token_bytes(16)
        leaf = (position, kind.name, *written[:2], salt, _hash(kind, written[2:], salt))
        db.execute("INSERT INTO leaves (position, kind, row, number, salt, hash) VALUES (?, ?, ?, ?, ?, ?)", leaf)


def _hash(kind: Kind, values: tuple[Any, ...], salt: bytes) -> bytes:
    """Return the leaf's hash: RFC 6962's, of JSON with sorted keys and nothing but ASCII."""
    row = dict(zip(kind.facts + kind.contents, values, strict=True))
    contents = _canonical({column: row.pop(column) for column in kind.contents})
    return leaf_hash(_canonical({"kind": kind.name, **row, "contents": sha256(salt + contents).hexdigest()}))


def _canonical(values: dict[str, Any]) -> bytes:
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode()
