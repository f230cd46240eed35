"""Keep small what was said around a look's body: addresses, redirects, headers, connection. Knows the table of looks.

Nearly all of it is the same at each look at an article. So it is packed against that of an earlier look, which mostly
is the article's first, and the first against what that of a neighbour on its site rests on: so few rest on many. What
stands alone is a look that is like no other.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from revtrack.archive.connection import Connection, Row, among
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

IN_SECONDS = f"""
{TABLE.replace("fetched_at TEXT NOT NULL,", "fetched_at INTEGER NOT NULL,  -- seconds since 1970")}
INSERT INTO kept SELECT id, article_id, coalesce(CAST(strftime('%s', fetched_at) AS INTEGER), 0), outcome, status,
    reason, body, elapsed, version, noarchive, base, head FROM snapshots;
DROP TABLE snapshots;
ALTER TABLE kept RENAME TO snapshots;
CREATE INDEX snapshots_article ON snapshots (article_id);  -- which holds the number of the look besides
"""  # noqa: S608 - texts of ours
"""How SQLite comes to keep the times of looks as numbers, which are a fifth as long."""
IN_SECONDS_POSTGRES = """
ALTER TABLE snapshots ALTER COLUMN fetched_at TYPE BIGINT USING extract(epoch FROM fetched_at::timestamptz)::bigint;
"""

FIELDS = ("url", "final_url", "redirects", "request_headers", "headers", "peer", "tls")
"""What a head holds: texts as `rows.snapshot_row` writes them."""

_DEEPEST = 12
"""A head rests on so many others at most."""
_POOR = 4
"""A head that takes more than this part of itself may have an ill-suited base: the look just before is tried."""
_PREVIOUS = """
    SELECT s.article_id, s.id, s.base, b.article_id FROM articles AS a
    JOIN snapshots AS s ON s.id = (
        SELECT p.id FROM snapshots AS p WHERE p.article_id = a.id AND p.head IS NOT NULL ORDER BY p.id DESC LIMIT 1)
    LEFT JOIN snapshots AS b ON b.id = s.base WHERE a.id IN ({})
"""
_ROWS = "SELECT id, base, head FROM snapshots WHERE id IN ({})"
_OF_SITE = """
    SELECT (SELECT min(s.id) FROM snapshots AS s WHERE s.article_id = near.article_id AND s.head IS NOT NULL) FROM (
        SELECT * FROM (SELECT key, article_id FROM addresses WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT 4) AS b
        UNION ALL
        SELECT * FROM (SELECT key, article_id FROM addresses WHERE key > ? AND key < ? ORDER BY key LIMIT 4) AS a
    ) AS near WHERE near.article_id != ?
"""


class Previous(NamedTuple):
    """The look before at an article, the look that its head is kept against, and the article which that is of."""

    look: int
    base: int | None
    owner: int | None


def previous(db: Connection, articles: Sequence[int]) -> dict[int, Previous]:
    """Return the newest look at each article that has one."""
    marks, values = among(articles)
    return {article: Previous(*found) for article, *found in db.execute(_PREVIOUS.format(marks), values).fetchall()}


def packed(db: Connection, row: Row) -> Row:
    """Return the row of a look to be written: that of `rows.snapshot_row`, its fields of the head packed."""
    before = previous(db, [row["article_id"]])
    if before:
        return packed_behind(db, [row], before)[0]
    near = _near(db, row["article_id"], row["url"])
    return _with_head(row, _Heads(db, near), near)


def packed_behind(db: Connection, rows: Sequence[Row], before: Mapping[int, Previous]) -> list[Row]:
    """Return the rows of looks at different articles as `packed` does, given the looks before."""
    bases = [_bases(before[row["article_id"]], row["article_id"]) for row in rows]
    heads = _Heads(db, [first for first, *_ in bases])
    return [_with_head(row, heads, some) for row, some in zip(rows, bases, strict=True)]


def read_all(db: Connection, looks: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield the fields of the heads of looks. Raises PackingError where one is damaged."""
    heads = _Heads(db, looks)
    for look in looks:
        try:
            yield dict(zip(FIELDS, json.loads(heads.chain(look)[-1]), strict=True))
        except (ValueError, TypeError) as error:
            raise PackingError(str(error)) from error


def read(db: Connection, look: int) -> dict[str, Any]:
    """Return the fields of a look's head. Raises PackingError where it is damaged."""
    return next(read_all(db, [look]))


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


def _with_head(row: Row, heads: "_Heads", bases: Iterable[int]) -> Row:
    base, head = _smallest(_AS_JSON([row[name] for name in FIELDS]).encode(), heads, bases)
    return {**{name: row[name] for name in row if name not in FIELDS}, "base": base, "head": head}


_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _smallest(text: bytes, heads: "_Heads", bases: Iterable[int]) -> tuple[int | None, bytes]:
    """Return the base of a head and the head kept against it."""
    found: list[tuple[int | None, bytes]] = []
    for base in bases:
        chain = heads.chain(base)
        if len(chain) < _DEEPEST:
            head = pack_alike(text, chain[-1])
            if len(head) * _POOR < len(text):
                return base, head
            found.append((base, head))
    return min([*found, (None, pack_alike(text))], key=lambda one: len(one[1]))


def _bases(before: Previous, article_id: int) -> list[int]:
    """Return the looks to keep a head against, those that serve more of the article's looks first."""
    return [before.base, before.look] if before.base and before.owner == article_id else [before.look]


def _near(db: Connection, article_id: int, url: str) -> list[int]:
    """Return the look to keep the first head of an article against, if its site has any."""
    (start, end), key = keys_of_host(url), article_key(url)
    near = db.execute(_OF_SITE, (start, key, key, end, article_id)).fetchall()
    return [_root(db, number) for (number,) in near if number is not None][:1]


def _root(db: Connection, snapshot_id: int) -> int:
    """Return the look whose head a look's rests on in the end."""
    for _ in range(_DEEPEST):
        base = db.execute("SELECT base FROM snapshots WHERE id = ?", (snapshot_id,)).fetchone()[0]
        if base is None:
            break
        snapshot_id = base
    return snapshot_id


class _Heads:
    """The heads of some looks as they are kept, and those that they rest on: a query for each step down."""

    def __init__(self, db: Connection, looks: Iterable[int]) -> None:
        self._db = db
        self._kept: dict[int, tuple[int | None, bytes | None]] = {}
        self._fetch(looks)

    def _fetch(self, looks: Iterable[int]) -> None:
        wanted = set(looks) - self._kept.keys()
        for _ in range(_DEEPEST + 1):
            if not wanted:
                break
            marks, values = among(sorted(wanted))
            found = self._db.execute(_ROWS.format(marks), values).fetchall()
            self._kept.update((number, (base, head)) for number, base, head in found)
            wanted = {base for _, base, _ in found if base is not None} - self._kept.keys()

    def chain(self, look: int) -> list[bytes]:
        """Return a head behind all that it rests on. Raises PackingError where any of it is not there."""
        self._fetch([look] if look not in self._kept else ())
        rows: list[bytes] = []
        at: int | None = look
        while at is not None:
            base, head = self._kept.get(at, (None, None))
            if head is None or len(rows) > _DEEPEST:  # a damaged file may name a look that rests on itself
                raise PackingError(f"what look {look} rests on is not there")
            at = base
            rows.append(bytes(head))
        chain: list[bytes] = []
        for head in reversed(rows):
            chain.append(_unpacked(head, chain[-1] if chain else b""))
        return chain


@lru_cache(maxsize=2048)
def _unpacked(head: bytes, base: bytes) -> bytes:
    """Return a head that was packed; many a look is packed against the same few."""
    return unpack("zstd", head, base)
