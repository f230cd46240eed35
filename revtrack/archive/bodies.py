"""Keep bodies small: each as what it differs in from an earlier one. Knows the table of bodies and who looked at what.

The bodies of an article form a chain. Most are kept against the one just before; every eighth against that eight places
back, every 64th against that 64 back, and so on: the n-th is read in as many steps as its place has for the sum of its
digits in base eight, and none but the first is kept whole. The first may rest on a whole body of the same site. gzip is
undone before (`gzipping`), since packed bytes have nothing in common. What was received comes back bit for bit.
"""

from dataclasses import replace

from revtrack.archive.chains import DEEPEST, GONE, Kept, chain
from revtrack.archive.connection import Connection
from revtrack.archive.gzipping import is_gzip, recipe_of, undo
from revtrack.archive.packing import pack, pack_edit
from revtrack.model import Snapshot
from revtrack.urls import article_key, keys_of_host

TABLE = """
-- Message contents as received, each once, however many looks found it.
CREATE TABLE kept (
    id     INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,             -- of the bytes as received, lower-case hex
    size   INTEGER NOT NULL,                 -- of the bytes as received
    base   INTEGER REFERENCES bodies (id),   -- the body it is kept against; NULL: it is kept whole
    place  INTEGER NOT NULL DEFAULT 0,       -- 0, 1, 2 … among the bodies of its article; below 0: of which, waiting
    recipe TEXT NOT NULL DEFAULT '',         -- how gzip packed the content that is kept; '': it is kept as received
    codec  TEXT NOT NULL,                    -- 'zstd', 'edit', 'raw' or (earlier) 'zlib': see `packing`; or 'gone'
    bytes  BLOB NOT NULL
) STRICT;
"""
FROM_OLD = """
INSERT INTO kept (sha256, size, codec, bytes) SELECT sha256, size, codec, bytes FROM bodies ORDER BY rowid;
DROP TABLE bodies;
ALTER TABLE kept RENAME TO bodies;
"""
"""How SQLite comes to the table from the one of the first release."""
IN_PLACE = f"""
DROP TABLE bodies CASCADE;
{TABLE.replace("CREATE TABLE kept", "CREATE TABLE bodies")}
ALTER TABLE snapshots ADD FOREIGN KEY (body_sha256) REFERENCES bodies (sha256);
"""
"""How PostgreSQL does, where no release had the first one."""

NAME = "ALTER TABLE bodies ADD COLUMN name BLOB;"
"""Where `name_all` writes the SHA-256 of bodies in half as many bytes: an earlier release had them in hex."""
FROM_HEX = f"""
{TABLE.replace("sha256 TEXT", "sha256 BLOB").replace("received, lower-case hex", "received")}
INSERT INTO kept SELECT id, name, size, base, place, recipe, codec, bytes FROM bodies;
DROP TABLE bodies;
ALTER TABLE kept RENAME TO bodies;
CREATE INDEX bodies_waiting ON bodies (id) WHERE place < 0;   -- what is to be packed
"""  # noqa: S608 - texts of ours
"""How SQLite comes to the table of today, and PostgreSQL, which loses the references to a table with it."""
FROM_HEX_POSTGRES = f"""
{FROM_HEX.replace("DROP TABLE bodies", "DROP TABLE bodies CASCADE")}
ALTER TABLE bodies ADD FOREIGN KEY (base) REFERENCES bodies (id);
"""

FROM_UNIQUE = f"""
{TABLE.replace("sha256 TEXT", "sha256 BLOB").replace(" UNIQUE", "").replace("received, lower-case hex", "received")}
INSERT INTO kept SELECT id, sha256, size, base, place, recipe, codec, bytes FROM bodies;
DROP TABLE bodies;
ALTER TABLE kept RENAME TO bodies;
CREATE INDEX bodies_waiting ON bodies (id) WHERE place < 0;   -- what is to be packed
"""  # noqa: S608 - texts of ours
"""How SQLite comes to a table without an index of all that names bodies."""
FROM_UNIQUE_POSTGRES = "ALTER TABLE bodies DROP CONSTRAINT kept_sha256_key;"
WHOSE = """
UPDATE bodies SET place = -coalesce(
    (SELECT article_id FROM snapshots WHERE id = (SELECT min(id) FROM snapshots WHERE body = bodies.id)), 0)
WHERE place < 0;
DROP INDEX snapshots_body;
"""
"""How bodies that wait come to say whose they are: an earlier release had an index of all looks for that."""
BY_NAME = "CREATE INDEX bodies_name ON bodies (substr(sha256, 1, 4));   -- finds a body that came before"

_STORE = """
    INSERT INTO bodies (sha256, size, base, place, recipe, codec, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)
    RETURNING id
"""
_KNOWN = "SELECT id, codec FROM bodies WHERE substr(sha256, 1, 4) = ? AND sha256 = ?"
_FORM = "UPDATE bodies SET base = ?, place = ?, recipe = ?, codec = ?, bytes = ? WHERE id = ?"
_WAITING = """
    SELECT b.id, b.bytes, a.id, a.url,
           (SELECT s.outcome FROM snapshots AS s WHERE s.article_id = a.id AND s.body = b.id ORDER BY s.id LIMIT 1)
    FROM bodies AS b JOIN articles AS a ON a.id = -b.place
    WHERE b.place < 0 AND b.codec = 'raw' ORDER BY b.id LIMIT ?
"""
INDEXES = """
CREATE INDEX bodies_waiting ON bodies (id) WHERE place < 0;   -- what is to be packed
CREATE INDEX snapshots_body ON snapshots (body_sha256);       -- whose a body is
"""

_BLOCK = 8
"""So many bodies rest on each other in a row. Of 4, later ones take 9 bytes more; of 16 not one less, in more steps."""
_POOR = 20
"""A body that takes more than this part of its size may have an ill-suited base: another is tried."""
_RETRY = 16
"""After how many bodies it is tried again to undo a server's gzip that could not be undone."""

_PREVIOUS = """
    SELECT b.id FROM snapshots AS s JOIN bodies AS b ON b.id = s.body
    WHERE s.article_id = ? AND s.outcome = ? AND b.codec != 'gone' AND b.place >= 0 ORDER BY s.id DESC LIMIT 1
"""
_OF_SITE = """
    SELECT b.id FROM (
        SELECT * FROM (SELECT article_id FROM addresses WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT 4) AS before
        UNION ALL
        SELECT * FROM (SELECT article_id FROM addresses WHERE key > ? AND key < ? ORDER BY key LIMIT 4) AS behind
    ) AS near
    JOIN snapshots AS s ON s.article_id = near.article_id AND s.outcome = ?
    JOIN bodies AS b ON b.id = s.body AND b.codec != 'gone' AND b.place >= 0 LIMIT 1
"""


def store(db: Connection, snapshot: Snapshot, article_id: int, *, later: bool = False) -> int | None:
    """Keep the body of a look within the caller's transaction, unless it is kept already; return its number if any.

    One in gzip that may be packed `later` is kept as it came until there is time: to undo gzip, and to prove that it
    can be done again, costs more than all the rest of a look.
    """
    body, name = snapshot.body, bytes.fromhex(snapshot.body_sha256)
    kept = db.execute(_KNOWN, (name[:4], name)).fetchone() if name else None
    if body is None or (kept and kept[1] != GONE):
        return int(kept[0]) if kept else None
    if later and is_gzip(body):
        form: _Form = (None, -article_id, "", "raw", body)
    else:
        form = _packed(db, body, article_id, snapshot.url, snapshot.outcome.value)
    if kept:  # it was let go
        db.execute(_FORM, (*form, kept[0]))
        return int(kept[0])
    return int(db.execute(_STORE, (name, len(body), *form)).fetchall()[0][0])


_Form = tuple[int | None, int, str, str, bytes]
"""Base, place, recipe, codec and bytes of a body, as they stand in its row."""


def pack_waiting(db: Connection, most: int) -> int:
    """Pack bodies that were kept as they came, the oldest first and at most so many; return how many."""
    waiting = db.execute(_WAITING, (most,)).fetchall()
    for body_id, body, article_id, url, outcome in waiting:
        form = _packed(db, bytes(body), article_id, url, outcome)
        db.execute(_FORM, (*form, body_id))
    return len(waiting)


def count_waiting(db: Connection) -> int:
    """Return how many bodies are kept as they came until there is time to pack them."""
    found = db.execute("SELECT count(*) FROM bodies WHERE place < 0 AND codec = 'raw'").fetchone()
    return int(found[0])


def _packed(db: Connection, body: bytes, article_id: int, url: str, outcome: str) -> _Form:
    behind = _previous(db, article_id, outcome)
    previous = behind[-1] if behind else None
    content, recipe = _opened(body, previous)
    bases = [_skipped_to(behind), behind[-1]] if behind else _of_site(db, url, outcome)
    codec, packed, base = _smallest(content, bases)
    return base, previous.place + 1 if previous else 0, recipe, codec, packed


def name_all(db: Connection) -> None:
    """Write down the SHA-256 of every body in bytes, where an earlier release has it in hex."""
    found = db.execute("SELECT id, sha256 FROM bodies").fetchall()
    for number, name in found:
        db.execute("UPDATE bodies SET name = ? WHERE id = ?", (bytes.fromhex(name), number))


def free(db: Connection, taken: int) -> None:
    """Let nothing rest on the body of this number, so that it can be taken out."""
    resting = db.execute("SELECT id FROM bodies WHERE base = ? ORDER BY id", (taken,)).fetchall()
    heirs = chain(db, taken)[-2:-1] if resting else []  # what it rests on itself, else the first of them
    for (body_id,) in resting:
        kept = chain(db, body_id)[-1]
        codec, packed, base = _smallest(kept.content, heirs)
        db.execute("UPDATE bodies SET base = ?, codec = ?, bytes = ? WHERE id = ?", (base, codec, packed, body_id))
        heirs = heirs or [replace(kept, depth=0)]


def let_go(db: Connection, body_id: int) -> None:
    """Take out the bytes of a body; that it was there, its hash and its size stay."""
    free(db, body_id)
    values = (GONE, b"", body_id)
    db.execute("UPDATE bodies SET base = NULL, recipe = '', codec = ?, bytes = ? WHERE id = ?", values)


def _previous(db: Connection, article_id: int, outcome: str) -> list[Kept]:
    """Return an article's newest body among looks that ended alike, an error page being no base for a story."""
    found = db.execute(_PREVIOUS, (article_id, outcome)).fetchone()
    return chain(db, found[0]) if found else []


def _opened(body: bytes, previous: Kept | None) -> tuple[bytes, str]:
    """Return the content to keep and the recipe that makes the body of it, "" where that is the body itself."""
    undone = undo(body, recipe_of(previous.recipe)) if previous and previous.recipe else None
    is_hopeless = previous and is_gzip(previous.content) and (previous.place + 1) % _RETRY
    if undone is None and not is_hopeless:
        undone = undo(body)
    return (undone[0], str(undone[1])) if undone else (body, "")


def _skipped_to(behind: list[Kept]) -> Kept:
    """Return the base of the body after a chain's last: as far back as the largest power of `_BLOCK` in its place.

    The chain of an earlier release has other bodies: then it is the last that is as far back.
    """
    place = behind[-1].place + 1
    step = 1
    while place % (step * _BLOCK) == 0:
        step *= _BLOCK
    return next((kept for kept in reversed(behind) if kept.place <= place - step), behind[0])


def _of_site(db: Connection, url: str, outcome: str) -> list[Kept]:
    """Return a whole body of the same site, from the article whose address is nearest."""
    (start, end), key = keys_of_host(url), article_key(url)
    near = (start, key, key, end, outcome)
    found = db.execute(_OF_SITE, near).fetchone()
    return chain(db, found[0])[:1] if found else []


def _smallest(content: bytes, bases: list[Kept]) -> tuple[str, bytes, int | None]:
    """Return codec and bytes of the smallest form of a content, and its base; the first base that serves is taken."""
    found = []
    for base in bases:
        if base.depth < DEEPEST:
            codec, packed = pack_edit(content, base.content)
            if len(packed) * _POOR < len(content):
                return codec, packed, base.id
            found.append((codec, packed, base.id if codec != "raw" else None))
    return min([*found, (*pack(content), None)], key=lambda form: len(form[1]))
