"""Keep small what was said around a look's body: addresses, redirects, headers, connection. Knows the table of looks.

Nearly all of it is the same at each look at an article. So it is packed against that of an earlier look, which mostly
is the article's first, and the first against what that of a neighbour on its site rests on: so few rest on many. What
stands alone is a look that is like no other.
"""

import json
from functools import lru_cache
from typing import Any

from revtrack.archive.connection import Connection, Row
from revtrack.archive.packing import PackingError, pack_alike, unpack
from revtrack.urls import article_key, keys_of_host

COLUMNS = """
ALTER TABLE snapshots ADD COLUMN body INTEGER;
ALTER TABLE snapshots ADD COLUMN base INTEGER;
ALTER TABLE snapshots ADD COLUMN head BLOB;
"""
TABLE = """
-- Every look ever made. Rows are added, never changed; the order is that of id, whatever the clock did.
CREATE TABLE kept (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    fetched_at TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    status     INTEGER,                         -- NULL: no response came
    reason     TEXT NOT NULL,
    body       INTEGER REFERENCES bodies (id),  -- NULL: no content came, or it was taken out
    elapsed    REAL NOT NULL,
    version    INTEGER,                         -- the version this look found, NULL when it read no story
    noarchive  INTEGER NOT NULL DEFAULT 0,      -- 1: the page asks that no copy be shown
    base       INTEGER REFERENCES snapshots (id),  -- the look whose head its own is kept against; NULL: none
    head       BLOB NOT NULL                    -- zstd: addresses, redirects, headers and connection, as JSON
) STRICT;
"""
_KEPT = "id, article_id, fetched_at, outcome, status, reason, body, elapsed, version, noarchive, base, head"
_INDEXES = """
CREATE INDEX snapshots_article ON snapshots (article_id, id);
CREATE INDEX snapshots_time ON snapshots (fetched_at);    -- what was spent in a day
CREATE INDEX snapshots_body ON snapshots (body);          -- whose a body is
"""
FROM_OLD = f"""
{TABLE}
INSERT INTO kept SELECT {_KEPT} FROM snapshots;
DROP TABLE snapshots;
ALTER TABLE kept RENAME TO snapshots;
{_INDEXES}
"""  # noqa: S608 - texts of ours
"""How SQLite comes from the table of before to this one, once `pack_all` has filled its columns."""
_REFERRING = ("versions", "verdicts", "events", "origins", "sightings")
FROM_OLD_POSTGRES = f"""
{FROM_OLD.replace("DROP TABLE snapshots", "DROP TABLE snapshots CASCADE")}
ALTER TABLE snapshots ADD FOREIGN KEY (base) REFERENCES snapshots (id);
{"".join(f"ALTER TABLE {name} ADD FOREIGN KEY (snapshot_id) REFERENCES snapshots (id);" for name in _REFERRING)}
"""
"""How PostgreSQL does, which loses the references to a table with it."""

FIELDS = ("url", "final_url", "redirects", "request_headers", "headers", "peer", "tls")
"""What a head holds: texts as `rows.snapshot_row` writes them."""

_DEEPEST = 12
"""A head rests on so many others at most."""
_POOR = 4
"""A head that takes more than this part of itself may have an ill-suited base: the look just before is tried."""
_PREVIOUS = """
    SELECT s.id, s.base, b.article_id FROM snapshots AS s LEFT JOIN snapshots AS b ON b.id = s.base
    WHERE s.article_id = ? AND s.head IS NOT NULL ORDER BY s.id DESC LIMIT 1
"""
_OF_SITE = """
    SELECT (SELECT min(s.id) FROM snapshots AS s WHERE s.article_id = near.article_id AND s.head IS NOT NULL) FROM (
        SELECT * FROM (SELECT key, article_id FROM addresses WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT 4) AS b
        UNION ALL
        SELECT * FROM (SELECT key, article_id FROM addresses WHERE key > ? AND key < ? ORDER BY key LIMIT 4) AS a
    ) AS near WHERE near.article_id != ?
"""


def packed(db: Connection, row: Row) -> Row:
    """Return the row of a look to be written: that of `rows.snapshot_row`, its fields of the head packed."""
    text = json.dumps([row[name] for name in FIELDS], ensure_ascii=False, separators=(",", ":")).encode()
    base, head = _smallest(db, text, row["article_id"], row["url"])
    return {name: value for name, value in row.items() if name not in FIELDS} | {"base": base, "head": head}


def read(db: Connection, snapshot_id: int) -> dict[str, Any]:
    """Return the fields of a look's head. Raises PackingError where it is damaged."""
    try:
        values = json.loads(_text(db, snapshot_id))
        return dict(zip(FIELDS, values, strict=True))
    except (ValueError, TypeError) as error:
        raise PackingError(str(error)) from error


def pack_all(db: Connection) -> None:
    """Pack the heads of all looks, and name their bodies by number, where columns of an earlier release hold them."""
    query = f"SELECT id, article_id, body_sha256, {', '.join(FIELDS)} FROM snapshots WHERE id > ? ORDER BY id LIMIT 500"  # noqa: S608
    last = 0
    while found := db.execute(query, (last,)).fetchall():
        for number, article_id, name, *fields in found:
            row = packed(db, {"article_id": article_id, **dict(zip(FIELDS, fields, strict=True))})
            values = (name, row["base"], row["head"], number)
            db.execute(_FILL, values)
        last = found[-1][0]


_FILL = "UPDATE snapshots SET body = (SELECT id FROM bodies WHERE sha256 = ?), base = ?, head = ? WHERE id = ?"


def _smallest(db: Connection, text: bytes, article_id: int, url: str) -> tuple[int | None, bytes]:
    """Return the base of a head and the head kept against it."""
    found: list[tuple[int | None, bytes]] = []
    for base in _bases(db, article_id, url):
        chain = _chain(db, base)
        if len(chain) < _DEEPEST:
            head = pack_alike(text, chain[-1])
            if len(head) * _POOR < len(text):
                return base, head
            found.append((base, head))
    return min([*found, (None, pack_alike(text))], key=lambda one: len(one[1]))


def _bases(db: Connection, article_id: int, url: str) -> list[int]:
    """Return the looks to keep a head against, those that serve more of the article's looks first."""
    previous = db.execute(_PREVIOUS, (article_id,)).fetchone()
    if previous is None:
        (start, end), key = keys_of_host(url), article_key(url)
        near = db.execute(_OF_SITE, (start, key, key, end, article_id)).fetchall()
        return [_root(db, number) for (number,) in near if number is not None][:1]
    newest, base, owner = previous
    return [base, newest] if owner == article_id else [newest]


def _root(db: Connection, snapshot_id: int) -> int:
    """Return the look whose head a look's rests on in the end."""
    for _ in range(_DEEPEST):
        base = db.execute("SELECT base FROM snapshots WHERE id = ?", (snapshot_id,)).fetchone()[0]
        if base is None:
            break
        snapshot_id = base
    return snapshot_id


def _text(db: Connection, snapshot_id: int) -> bytes:
    return _chain(db, snapshot_id)[-1]


def _chain(db: Connection, snapshot_id: int) -> list[bytes]:
    """Return a head behind all that it rests on. Raises PackingError where any of it is not there."""
    rows: list[bytes] = []
    at: int | None = snapshot_id
    while at is not None:
        row = db.execute("SELECT base, head FROM snapshots WHERE id = ?", (at,)).fetchone()
        if row is None or row[1] is None or len(rows) > _DEEPEST:  # a damaged file may name a look that rests on itself
            raise PackingError(f"what look {snapshot_id} rests on is not there")
        at = row[0]
        rows.append(bytes(row[1]))
    chain: list[bytes] = []
    for head in reversed(rows):
        chain.append(_unpacked(head, chain[-1] if chain else b""))
    return chain


@lru_cache(maxsize=256)
def _unpacked(head: bytes, base: bytes) -> bytes:
    """Return a head that was packed; many a look is packed against the same few."""
    return unpack("zstd", head, base)
