"""What the archive can prove: a leaf for each row that a report shows, in the order of writing. Knows the tables.

A leaf is the hash of a row's facts and of a salted hash of its contents, so that contents can be taken out later and
the proof stays whole. Rows of most kinds never change; of those that do (an article's address, how a version was read,
what its page said meanwhile) a new leaf is added, and the newest must fit.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

from revtrack.archive import salts
from revtrack.archive.connection import Connection, Row
from revtrack.archive.kinds import FIRST, KINDS, Kind, look_values, rows_of
from revtrack.archive.positions import STANDS, leaves_of
from revtrack.archive.salts import SEEDS, salt_of
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


def add_looks(db: Connection, looks: Iterable[tuple[int, Row, str]]) -> None:
    """Add the leaves of looks that were just written: their numbers, rows (`rows.snapshot_row`) and bodies' SHA-256.

    So they are neither read again nor their heads unpacked.
    """
    kind = KINDS["look"]
    _add(db, kind, ((number, 0, *look_values(kind, number, row, name)) for number, row, name in looks))


def add_if_changed(db: Connection, kind: str, row: int, number: int = 0) -> None:
    """Add a leaf of a row, unless it says what its newest leaf says, or nothing and has none."""
    newest = next(iter(leaves_of(db, kind, row, number, standing=True)), None)
    condition = f"{_ROW} AND {KINDS[kind].when}" if KINDS[kind].when and newest is None else _ROW
    for written in rows_of(db, KINDS[kind], condition, row, number):
        if newest is None or _hash(KINDS[kind], written[2:], newest.salt) != newest.hash:
            add_leaf(db, kind, row, number)


def add_missing(db: Connection, kinds: Iterable[str] = FIRST) -> None:
    """Add the leaves of all rows that need one and have none, kind by kind: those of earlier releases."""
    for name in kinds:
        _add_all(db, KINDS[name], f"{_missing(KINDS[name])} ORDER BY 1, 2", name)


def _missing(kind: Kind, condition: str = "") -> str:
    """Return the condition for rows that need a leaf and have none of which a condition is true.

    No index helps with it: most leaves have none.
    """
    rows = f"SELECT {kind.row}, {kind.number} FROM {kind.table} AS t" + (f" WHERE {kind.when}" if kind.when else "")  # noqa: S608 - names of ours
    return f"WHERE ({kind.row}, {kind.number}) IN ({rows} EXCEPT {_COVERED}{condition})"


def redact(db: Connection, kind: str, row: int, number: int = 0) -> str:
    """Forget the salts of a row whose contents are about to be taken out; return the salted hash of the contents."""
    found = leaves_of(db, kind, row, number)
    written = next(rows_of(db, KINDS[kind], _ROW, row, number))
    for leaf in found:
        salts.forget(db, leaf.position)
    return _split(KINDS[kind], written[2:], found[0].salt)[1]


def newest_leaf(db: Connection, kind: str, row: int, number: int = 0) -> int:
    """Return the position of the leaf that a row has now."""
    return leaves_of(db, kind, row, number)[0].position


def has_leaf(db: Connection, kind: str, row: int, number: int = 0) -> bool:
    """Say whether a row has a leaf that nothing took the place of."""
    return bool(leaves_of(db, kind, row, number, standing=True))


def count_uncovered(db: Connection) -> int:
    """Return how many rows have no leaf: none, unless somebody else wrote them."""
    covered = f" AND {STANDS}"
    return sum(1 for kind in KINDS.values() for _ in rows_of(db, kind, _missing(kind, covered), kind.name))


def read_leaves(db: Connection) -> Iterator[Leaf]:
    """Yield every leaf in its order, each held against its row; a row that is gone is found as b""."""
    for position, name, row, number, salt, seed, kept, newest, superseded, contents, reason, at in _stream(db):
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
            own = salt_of(position, salt, seed)
            said = f"redacted: {reason}, {at}" if contents else ""
            yield replace(
                leaf, found=_hash(kind, written[2:], own, contents), redacted=said, **_owner(kind, written[2:])
            )


def _owner(kind: Kind, values: tuple[Any, ...]) -> dict[str, Any]:
    """Return the article, and the version if any, that a row is about."""
    row = dict(zip(kind.facts, values, strict=False))
    version = row.get("version" if kind.name == "look" else "number")
    return {"article": row.get(kind.owner), "version": version or None}


_INSERT = "INSERT INTO leaves (position, kind, row, number, salt, hash) VALUES (?, ?, ?, ?, ?, ?)"
_ROW = "WHERE {row} = ? AND {number} = ?"
_COVERED = "SELECT l.row, l.number FROM leaves AS l WHERE l.kind = ?"
_REPLACEABLE = ", ".join(f"'{kind.name}'" for kind in KINDS.values() if not kind.final)
_LEAVES = f"""
    SELECT l.position, l.kind, l.row, l.number, l.salt, d.seed, l.hash,
           CASE WHEN l.kind IN ({_REPLACEABLE}) THEN (
               SELECT max(n.position) FROM leaves AS n
               WHERE n.kind = l.kind AND n.row = l.row AND n.number = l.number AND n.kind != 'look'
           ) END AS newest,
           EXISTS (SELECT 1 FROM superseded AS e WHERE e.leaf = l.position) AS superseded, x.contents, n.reason, n.at
    FROM leaves AS l {SEEDS}
    LEFT JOIN redacted AS x ON x.kind = l.kind AND x.row = l.row AND x.number = l.number
    LEFT JOIN redactions AS n ON n.id = x.redaction_id
    ORDER BY l.position
"""  # noqa: S608 - texts of ours


def _stream(db: Connection) -> Iterator[tuple[Any, ...]]:
    with db.stream(_LEAVES) as found:
        yield from found


def _add_all(db: Connection, kind: Kind, condition: str, *values: object) -> None:
    _add(db, kind, rows_of(db, kind, condition, *values))


def _add(db: Connection, kind: Kind, rows: Iterable[tuple[Any, ...]]) -> None:
    """Add the leaves of rows as `Kind.select` gives them."""
    behind, added = salts.NextSalts(db), []
    for written in rows:
        position, salt = behind.take(is_salted=kind.is_salted)
        kept = None if kind.is_salted else b""
        added.append((position, kind.name, *written[:2], kept, _hash(kind, written[2:], salt)))
    db.execute_many(_INSERT, added)


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
