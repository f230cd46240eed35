"""What the archive can prove: a leaf for each row that a report shows, in the order of writing. Knows the tables.

A leaf is the hash of a row's facts and of a salted hash of its contents, so that contents can be taken out later and
the proof stays whole. Rows of most kinds never change; of those that do (an article's address, how a version was read,
what its page said meanwhile) a new leaf is added, and the newest must fit.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from revtrack.archive.connection import Connection, among
from revtrack.archive.kinds import FIRST, KINDS, Kind, rows_of, with_head
from revtrack.archive.values import Leaf
from revtrack.merkle import leaf_hash

TABLE = """
-- One row for each leaf of the Merkle tree over all that a report shows. Rows are added, never changed.
CREATE TABLE leaves (
    position INTEGER PRIMARY KEY,        -- 0, 1, 2 …
    kind     TEXT NOT NULL,              -- of archive.kinds.KINDS
    row      INTEGER NOT NULL,           -- id of the row; of the article, for a reading
    number   INTEGER NOT NULL,           -- of the version, for a reading; else 0
    salt     BLOB NOT NULL,              -- hashed before the contents
    hash     BLOB NOT NULL
) STRICT;
CREATE INDEX leaves_row ON leaves (kind, row, number, position);  -- the newest leaf of a row
"""


_EMPTY: frozenset[object] = frozenset({None, "", "{}"})
"""What stands where contents were taken out."""


def add_leaf(db: Connection, kind: str, row: int, number: int = 0) -> None:
    """Add the leaf of a row that was just written, within the caller's transaction.

    The row is read again: what RETURNING says of it may differ (SQLite 3.40 gives 0 for the 0.0 that it has written).
    """
    _add_all(db, KINDS[kind], _ROW, row, number)


def add_looks(db: Connection, heads: Mapping[int, Mapping[str, Any]]) -> None:
    """Add the leaves of looks that were just written, in their order, given their heads (`heads.FIELDS`) by number.

    So the heads are not unpacked again.
    """
    kind, (marks, numbers) = KINDS["look"], among(tuple(heads))
    found = db.execute(kind.select(f"WHERE {kind.row} IN ({marks}) ORDER BY {kind.row}"), numbers).fetchall()
    db.execute_many(_ADD, [_leaf(kind, with_head(kind, row, heads[row[0]])) for row in found])


def add_if_changed(db: Connection, kind: str, row: int, number: int = 0) -> None:
    """Add a leaf of a row, unless it says what its newest leaf says, or nothing and has none."""
    newest = db.execute(_STANDING, (kind, row, number)).fetchone()
    condition = f"{_ROW} AND {KINDS[kind].when}" if KINDS[kind].when and newest is None else _ROW
    for written in rows_of(db, KINDS[kind], condition, row, number):
        if newest is None or _hash(KINDS[kind], written[2:], newest[1]) != newest[2]:
            add_leaf(db, kind, row, number)


def add_missing(db: Connection, kinds: Iterable[str] = FIRST) -> None:
    """Add the leaves of all rows that need one and have none, kind by kind: those of earlier releases."""
    for name in kinds:
        _add_all(db, KINDS[name], f"{_missing(KINDS[name], _LEAF)} ORDER BY 1, 2", name)


def _missing(kind: Kind, leaf: str) -> str:
    """Return the condition for rows that need a leaf and have none that a query finds."""
    return f"WHERE NOT EXISTS ({leaf})" + (f" AND {kind.when}" if kind.when else "")


def redact(db: Connection, kind: str, row: int, number: int = 0) -> str:
    """Forget the salts of a row whose contents are about to be taken out; return the salted hash of the contents."""
    found = db.execute(_NEWEST, (kind, row, number)).fetchone()
    written = next(rows_of(db, KINDS[kind], _ROW, row, number))
    db.execute("UPDATE leaves SET salt = ? WHERE kind = ? AND row = ? AND number = ?", (b"", kind, row, number))
    return _split(KINDS[kind], written[2:], found[1])[1]


def newest_leaf(db: Connection, kind: str, row: int, number: int = 0) -> int:
    """Return the position of the leaf that a row has now."""
    return int(db.execute(_NEWEST, (kind, row, number)).fetchone()[0])


def has_leaf(db: Connection, kind: str, row: int, number: int = 0) -> bool:
    """Say whether a row has a leaf that nothing took the place of."""
    return db.execute(_STANDING, (kind, row, number)).fetchone() is not None


def count_uncovered(db: Connection) -> int:
    """Return how many rows have no leaf: none, unless somebody else wrote them."""
    return sum(1 for kind in KINDS.values() for _ in rows_of(db, kind, _missing(kind, _COVERING), kind.name))


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
    return {"article": row.get(kind.owner), "version": version or None}


_ADD = """
    INSERT INTO leaves (position, kind, row, number, salt, hash)
    VALUES ((SELECT coalesce(max(position) + 1, 0) FROM leaves), ?, ?, ?, ?, ?)
"""
_ROW = "WHERE {row} = ? AND {number} = ?"
_LEAF = "SELECT 1 FROM leaves AS l WHERE l.kind = ? AND l.row = {row} AND l.number = {number}"
_STANDS = "NOT EXISTS (SELECT 1 FROM superseded AS e WHERE e.leaf = l.position)"
_COVERING = f"{_LEAF} AND {_STANDS}"
_NEWEST = "SELECT position, salt FROM leaves WHERE kind = ? AND row = ? AND number = ? ORDER BY position DESC LIMIT 1"
_STANDING = f"""
    SELECT l.position, l.salt, l.hash FROM leaves AS l
    WHERE l.kind = ? AND l.row = ? AND l.number = ? AND {_STANDS} ORDER BY l.position DESC LIMIT 1
"""  # noqa: S608 - texts of ours
_LEAVES = """
    SELECT l.position, l.kind, l.row, l.number, l.salt, l.hash,
           max(l.position) OVER (PARTITION BY l.kind, l.row, l.number) AS newest,
           EXISTS (SELECT 1 FROM superseded AS e WHERE e.leaf = l.position) AS superseded, x.contents, n.reason, n.at
    FROM leaves AS l
    LEFT JOIN redacted AS x ON x.kind = l.kind AND x.row = l.row AND x.number = l.number
    LEFT JOIN redactions AS n ON n.id = x.redaction_id
    ORDER BY l.position
"""


def _stream(db: Connection) -> Iterator[tuple[Any, ...]]:
    with db.stream(_LEAVES) as found:
        yield from found


def _add_all(db: Connection, kind: Kind, condition: str, *values: object) -> None:
    for written in rows_of(db, kind, condition, *values):
        db.execute(_ADD, _leaf(kind, written))


def _leaf(kind: Kind, written: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the leaf of a row as `_ADD` writes it."""
    salt = token_bytes(16) if kind.is_salted else b""
    return (kind.name, *written[:2], salt, _hash(kind, written[2:], salt))


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
    return _AS_JSON(values).encode()


_AS_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
