"""What the archive can prove: a leaf for each row that a report shows, in the order of writing. Knows the tables.

A leaf is the hash of a row's facts and of a salted hash of its contents, so that contents can be taken out later and
the proof stays whole. Rows of most kinds never change; of those that do (an article's address, how a version was read)
a new leaf is added, and the newest must fit.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from revtrack.archive import stories
from revtrack.archive.connection import Connection
from revtrack.archive.packing import PackingError
from revtrack.archive.values import Leaf
from revtrack.merkle import leaf_hash

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
        columns = ", ".join(f"t.{column}" for column in self.facts + self.contents)
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
        Kind("origin", "origins", ("snapshot_id", "article_id", "kind", "place", "imported_at"), row="t.snapshot_id"),
        Kind("derivation", "derivations", ("id", "article_id", "at", "stamp", "looks", "versions", "sightings")),
        Kind("superseded", "superseded", ("id", "article_id", "derivation_id", "leaf", "kind", "number"), ("form",)),
        Kind("redaction", "redactions", ("id", "article_id", "at", "what", "reason", "taken")),
    )
}
"""Everything that is proven."""
_FIRST = ("article", "look", "reading", "verdict", "event")
"""The kinds that there were when leaves began."""
_EMPTY: frozenset[object] = frozenset({None, "", "{}"})
"""What stands where contents were taken out."""


def add_leaf(db: Connection, kind: str, row: int, number: int = 0) -> None:
    """Add the leaf of a row that was just written, within the caller's transaction.

    The row is read again: what RETURNING says of it may differ (SQLite 3.40 gives 0 for the 0.0 that it has written).
    """
    _add_all(db, KINDS[kind], _ROW, row, number)


def add_missing(db: Connection) -> None:
    """Add the leaves of all rows that have none, kind by kind: those of an archive from before there were leaves."""
    for name in _FIRST:
        _add_all(db, KINDS[name], f"WHERE {_UNCOVERED} ORDER BY 1, 2", name)


def redact(db: Connection, kind: str, row: int, number: int = 0) -> str:
    """Forget the salts of a row whose contents are about to be taken out; return the salted hash of the contents."""
    found = db.execute(_NEWEST, (kind, row, number)).fetchone()
    written = next(rows_of(db, KINDS[kind], _ROW, row, number))
    db.execute("UPDATE leaves SET salt = ? WHERE kind = ? AND row = ? AND number = ?", (b"", kind, row, number))
    return _split(KINDS[kind], written[2:], found[1])[1]


def newest_leaf(db: Connection, kind: str, row: int, number: int = 0) -> int:
    """Return the position of the leaf that a row has now."""
    position, _ = db.execute(_NEWEST, (kind, row, number)).fetchone()
    return int(position)


def count_uncovered(db: Connection) -> int:
    """Return how many rows have no leaf: none, unless somebody else wrote them."""
    return sum(1 for kind in KINDS.values() for _ in rows_of(db, kind, f"WHERE {_UNCOVERED}", kind.name))


def read_leaves(db: Connection) -> Iterator[Leaf]:
    """Yield every leaf in its order, each held against its row; a row that is gone is found as b""."""
    for position, name, row, number, salt, kept, newest, superseded, contents, reason, at in _stream(db):
        kind, about = KINDS.get(name), f"{name} {row}@{number}" if number else f"{name} {row}"
        leaf = Leaf(position, about, kept, b"", kind=name, row=row, number=number)
        if kind is None:
            yield leaf
        elif superseded or (position != newest and not kind.final):
            yield replace(leaf, found=None)
        else:
            written = next(rows_of(db, kind, _ROW, row, number), None)
            if written is None:
                yield leaf
                continue
            said = f"redacted: {reason}, {at}" if contents else ""
            yield replace(
                leaf, found=_hash(kind, written[2:], salt, contents), redacted=said, **_owner(kind, written[2:])
            )


def _owner(kind: Kind, values: tuple[Any, ...]) -> dict[str, Any]:
    """Return the article, and the version if any, that a row is about."""
    row = dict(zip(kind.facts, values, strict=False))
    version = row.get("version" if kind.name == "look" else "number")
    return {"article": row["id"] if kind.name == "article" else row["article_id"], "version": version or None}


_ADD = """
    INSERT INTO leaves (position, kind, row, number, salt, hash)
    VALUES ((SELECT coalesce(max(position) + 1, 0) FROM leaves), ?, ?, ?, ?, ?)
"""
_ROW = "WHERE {row} = ? AND {number} = ?"
_UNCOVERED = "NOT EXISTS (SELECT 1 FROM leaves AS l WHERE l.kind = ? AND l.row = {row} AND l.number = {number})"
_NEWEST = "SELECT position, salt FROM leaves WHERE kind = ? AND row = ? AND number = ? ORDER BY position DESC LIMIT 1"
_LEAVES = """
    SELECT l.position, l.kind, l.row, l.number, l.salt, l.hash,
           max(l.position) OVER (PARTITION BY l.kind, l.row, l.number) AS newest,
           EXISTS (SELECT 1 FROM superseded AS e WHERE e.leaf = l.position) AS superseded, x.contents, n.reason, n.at
    FROM leaves AS l
    LEFT JOIN redacted AS x ON x.kind = l.kind AND x.row = l.row AND x.number = l.number
    LEFT JOIN redactions AS n ON n.id = x.redaction_id
    ORDER BY l.position
"""


def rows_of(db: Connection, kind: Kind, condition: str, *values: object) -> Iterator[tuple[Any, ...]]:
    """Yield rows of a kind as `Kind.select` says; stories come whole, and "" where they are damaged."""
    query = kind.select(condition.format(row=kind.row, number=kind.number))
    for found in db.execute(query, values).fetchall():
        yield _unpacked(db, found) if "story" in kind.contents and not found[-1] else found


def _unpacked(db: Connection, found: tuple[Any, ...]) -> tuple[Any, ...]:
    article_id, number, *values = found
    try:
        return (article_id, number, *values[:-1], stories.read(db, article_id, number))
    except PackingError:
        return found


def _stream(db: Connection) -> Iterator[tuple[Any, ...]]:
    with db.stream(_LEAVES) as found:
        yield from found


def _add_all(db: Connection, kind: Kind, condition: str, *values: object) -> None:
    for written in rows_of(db, kind, condition, *values):
        salt = token_bytes(16)
        db.execute(_ADD, (kind.name, *written[:2], salt, _hash(kind, written[2:], salt)))


def _hash(kind: Kind, values: tuple[Any, ...], salt: bytes, redacted: str | None = None) -> bytes:
    """Return the leaf's hash: RFC 6962's, of JSON with sorted keys and nothing but ASCII.

    `redacted` is the salted hash of contents that were taken out; b"" where something stands in their place.
    """
    facts, contents = _split(kind, values, salt)
    if redacted is not None:
        contents = redacted if _is_empty(kind, values) else ""
    return leaf_hash(canonical({"kind": kind.name, **facts, "contents": contents})) if contents else b""


def _split(kind: Kind, values: tuple[Any, ...], salt: bytes) -> tuple[dict[str, Any], str]:
    """Return the facts of a row, and the salted hash of its contents in hex."""
    row = dict(zip(kind.facts + kind.contents, values, strict=True))
    contents = canonical({column: row.pop(column) for column in kind.contents})
    return row, sha256(salt + contents).hexdigest()


def _is_empty(kind: Kind, values: tuple[Any, ...]) -> bool:
    """Say whether nothing stands where contents were taken out; of a verdict, what its facts say stays."""
    facts = dict(zip(kind.facts, values, strict=False))
    bare = canonical({name: facts[name] for name in ("significance", "disclosure") if name in facts}).decode()
    return all(value in _EMPTY or value == bare for value in values[len(kind.facts) :])


def canonical(values: dict[str, Any]) -> bytes:
    """Return the JSON that is hashed: sorted keys, no blanks, nothing but ASCII."""
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode()
