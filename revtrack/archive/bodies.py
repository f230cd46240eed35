"""Keep bodies small: each as what it differs in from an earlier one. Knows the table of bodies and who looked at what.

The bodies of an article form a chain. The k-th is kept against the one whose place is k without its lowest set bit (the
skip deltas of Subversion): the n-th is read in about log2(n) steps, and none but the first is kept whole. The first may
rest on a whole body of the same site. gzip is undone before (`gzipping`), since packed bytes have nothing in common.
What was received comes back bit for bit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from revtrack.archive.gzipping import is_gzip, recipe_of, redo, undo
from revtrack.archive.packing import PackingError, pack, unpack
from revtrack.model import Outcome, Snapshot
from revtrack.urls import article_key, keys_of_host

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLE = """
-- Message contents as received, each once, however many looks found it.
CREATE TABLE kept (
    id     INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,             -- of the bytes as received, lower-case hex
    size   INTEGER NOT NULL,                 -- of the bytes as received
    base   INTEGER REFERENCES bodies (id),   -- the body it is kept against; NULL: it is kept whole
    place  INTEGER NOT NULL DEFAULT 0,       -- 0, 1, 2 … among the bodies of its article
    recipe TEXT NOT NULL DEFAULT '',         -- how gzip packed the content that is kept; '': it is kept as received
    codec  TEXT NOT NULL,                    -- 'zstd', 'zlib' (earlier releases) or 'raw' (cannot be made smaller)
    bytes  BLOB NOT NULL
) STRICT;
INSERT INTO kept (sha256, size, codec, bytes) SELECT sha256, size, codec, bytes FROM bodies ORDER BY rowid;
DROP TABLE bodies;
ALTER TABLE kept RENAME TO bodies;
"""

_DEEPEST = 16
"""What rests on this many others is no base: reading stays within some milliseconds whatever pages do."""
_POOR = 20
"""A body that takes more than this part of its size may have an ill-suited base: another is tried."""
_RETRY = 16
"""After how many bodies it is tried again to undo a server's gzip that could not be undone."""

_PREVIOUS = """
    SELECT b.id FROM snapshots AS s JOIN bodies AS b ON b.sha256 = s.body_sha256
    WHERE s.article_id = ? AND s.outcome = ? ORDER BY s.id DESC LIMIT 1
"""
_OF_SITE = """
    SELECT b.id FROM (
        SELECT * FROM (SELECT article_id FROM addresses WHERE key >= :host AND key < :key ORDER BY key DESC LIMIT 4)
        UNION ALL
        SELECT * FROM (SELECT article_id FROM addresses WHERE key > :key AND key < :end ORDER BY key LIMIT 4)
    ) AS near
    JOIN snapshots AS s ON s.article_id = near.article_id AND s.outcome = :outcome
    JOIN bodies AS b ON b.sha256 = s.body_sha256 LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A body as it is kept: its content, gzip undone where `recipe` says how, and how many bodies it rests on."""

    id: int
    place: int
    recipe: str
    content: bytes
    depth: int


def store(db: "Database", snapshot: Snapshot, article_id: int) -> None:
    """Keep the body of a look within the caller's transaction, unless it is kept already."""
    body = snapshot.body
    if body is None or db.execute("SELECT 1 FROM bodies WHERE sha256 = ?", (snapshot.body_sha256,)).fetchone():
        return
    chain = _previous(db, article_id, snapshot.outcome)
    previous = chain[-1] if chain else None
    content, recipe = _opened(body, previous)
    bases = [_skipped_to(chain), chain[-1]] if chain else _of_site(db, snapshot)
    codec, packed, base = _smallest(content, bases)
    place = previous.place + 1 if previous else 0
    row = (snapshot.body_sha256, len(body), base, place, recipe, codec, packed)
    db.execute("INSERT INTO bodies (sha256, size, base, place, recipe, codec, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def read(db: "Database", name: str) -> bytes:
    """Return the body with this SHA-256 as it was received. Raises PackingError where it is damaged."""
    found = db.execute("SELECT id FROM bodies WHERE sha256 = ?", (name,)).fetchone()
    if found is None:
        raise PackingError(f"there is no body {name}")
    kept = _chain(db, found[0])[-1]
    return redo(kept.content, recipe_of(kept.recipe)) if kept.recipe else kept.content


def hashes(db: "Database") -> Iterator[tuple[str, str]]:
    """Yield the name of every body, which is its SHA-256, and the SHA-256 of what is there, "" where it is damaged."""
    for (name,) in db.execute("SELECT sha256 FROM bodies ORDER BY id").fetchall():
        try:
            yield name, sha256(read(db, name)).hexdigest()
        except PackingError:
            yield name, ""


def free(db: "Database", name: str) -> None:
    """Let nothing rest on the body with this SHA-256, so that it can be taken out."""
    resting = "SELECT d.id FROM bodies AS d JOIN bodies AS b ON b.id = d.base WHERE b.sha256 = ? ORDER BY d.id"
    heirs: list[_Kept] = []
    for (body_id,) in db.execute(resting, (name,)).fetchall():
        kept = _chain(db, body_id)[-1]
        codec, packed, base = _smallest(kept.content, heirs)
        db.execute("UPDATE bodies SET base = ?, codec = ?, bytes = ? WHERE id = ?", (base, codec, packed, body_id))
        heirs = heirs or [kept]


def _previous(db: "Database", article_id: int, outcome: Outcome) -> list[_Kept]:
    """Return an article's newest body among looks that ended alike, an error page being no base for a story."""
    found = db.execute(_PREVIOUS, (article_id, outcome.value)).fetchone()
    return _chain(db, found[0]) if found else []


def _opened(body: bytes, previous: _Kept | None) -> tuple[bytes, str]:
    """Return the content to keep and the recipe that makes the body of it, "" where that is the body itself."""
    undone = undo(body, recipe_of(previous.recipe)) if previous and previous.recipe else None
    is_hopeless = previous and is_gzip(previous.content) and (previous.place + 1) % _RETRY
    if undone is None and not is_hopeless:
        undone = undo(body)
    return (undone[0], str(undone[1])) if undone else (body, "")


def _skipped_to(chain: list[_Kept]) -> _Kept:
    """Return the base of the body after a chain's last: as many steps back as its place, in binary, ends in ones."""
    place = chain[-1].place
    ones = (~place & (place + 1)).bit_length() - 1
    return chain[max(0, len(chain) - 1 - ones)]


def _of_site(db: "Database", snapshot: Snapshot) -> list[_Kept]:
    """Return a whole body of the same site, from the article whose address is nearest."""
    start, end = keys_of_host(snapshot.url)
    near = {"key": article_key(snapshot.url), "host": start, "end": end, "outcome": snapshot.outcome.value}
    found = db.execute(_OF_SITE, near).fetchone()
    return _chain(db, found[0])[:1] if found else []


def _smallest(content: bytes, bases: list[_Kept]) -> tuple[str, bytes, int | None]:
    """Return codec and bytes of the smallest form of a content, and its base; the first base that serves is taken."""
    found = []
    for base in bases:
        if base.depth < _DEEPEST:
            codec, packed = pack(content, base.content)
            if len(packed) * _POOR < len(content):
                return codec, packed, base.id
            found.append((codec, packed, base.id if codec != "raw" else None))
    return min([*found, (*pack(content), None)], key=lambda form: len(form[1]))


def _chain(db: "Database", body_id: int) -> list[_Kept]:
    """Return a body behind all that it rests on, the whole one first."""
    rows: list[tuple[int, int, str, str, bytes, int | None]] = []
    at: int | None = body_id
    while at is not None:
        row = db.execute("SELECT id, place, recipe, codec, bytes, base FROM bodies WHERE id = ?", (at,)).fetchone()
        if row is None or len(rows) > _DEEPEST:  # a damaged file may name a body that rests on itself
            raise PackingError(f"what body {body_id} rests on is not there")
        rows.append(row)
        at = row[5]
    chain: list[_Kept] = []
    for own, place, recipe, codec, packed, _ in reversed(rows):
        content = unpack(codec, packed, chain[-1].content if chain else b"")
        chain.append(_Kept(own, place, recipe, content, len(chain)))
    return chain
