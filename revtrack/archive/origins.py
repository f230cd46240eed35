"""Keep looks that others made, and where they came from. Knows the tables; what they say is derived elsewhere."""

from datetime import datetime

from revtrack.archive import articles, bodies, heads, rows
from revtrack.archive.connection import Connection
from revtrack.archive.leaves import add_if_changed, add_leaf
from revtrack.archive.seconds import seconds
from revtrack.forms import iso
from revtrack.model import Snapshot
from revtrack.urls import article_key

TABLE = """
-- Where looks came from that are not our own. Rows are added, never changed.
CREATE TABLE origins (
    snapshot_id INTEGER PRIMARY KEY REFERENCES snapshots (id),
    article_id  INTEGER NOT NULL REFERENCES articles (id),
    kind        TEXT NOT NULL,
    place       TEXT NOT NULL,               -- the file, URL or commit it was there
    imported_at TEXT                         -- NULL: it does not say
) STRICT;
CREATE INDEX origins_article ON origins (article_id);
"""

_SAME = """
    SELECT s.id FROM snapshots AS s LEFT JOIN bodies AS b ON b.id = s.body
    WHERE s.article_id = ? AND s.fetched_at = ? AND coalesce(s.status, 0) = ?
    AND (b.sha256 = ? OR (s.body IS NULL AND ? = '')) LIMIT 1
"""


def add(db: Connection, url: str, *, now: datetime) -> int:
    """Return the id of the article at a canonical URL; one that nobody tracks is kept without being looked at."""
    known = db.execute("SELECT article_id FROM addresses WHERE key = ?", (article_key(url),)).fetchone()
    if known:
        return int(known[0])
    article_id, _ = articles.add(db, url, now=now, source="")
    db.execute("UPDATE articles SET retired_at = ? WHERE id = ?", (iso(now), article_id))
    add_if_changed(db, "ended", article_id)
    return article_id


def find_same(db: Connection, article_id: int, snapshot: Snapshot) -> int | None:
    """Return the number of a look of the same second, answer and body, None if there is none."""
    name = snapshot.body_sha256
    values = (article_id, seconds(snapshot.fetched_at), snapshot.status or 0, bytes.fromhex(name), name)
    found = db.execute(_SAME, values).fetchone()
    return int(found[0]) if found else None


def bring(db: Connection, article_id: int, snapshot: Snapshot) -> tuple[int, bool]:
    """Keep a look that is not our own and is not there yet; return its number, and whether it is new.

    No version knows of it, and its article is marked for that.
    """
    same = find_same(db, article_id, snapshot)
    if same is not None:
        return same, False
    origin = snapshot.origin
    assert origin is not None
    body = bodies.store(db, snapshot, article_id)
    snapshot_id = db.insert("snapshots", heads.packed(db, rows.snapshot_row(snapshot, article_id, body, None)))
    add_leaf(db, "look", snapshot_id)
    db.execute(
        "INSERT INTO origins (snapshot_id, article_id, kind, place, imported_at) VALUES (?, ?, ?, ?, ?)",
        (snapshot_id, article_id, origin.kind, origin.place, iso(origin.imported_at) if origin.imported_at else None),
    )
    add_leaf(db, "origin", snapshot_id)
    db.execute(
        "INSERT INTO derived (article_id, stamp, newest) VALUES (?, '', 0)"
        " ON CONFLICT (article_id) DO UPDATE SET stamp = ''",
        (article_id,),
    )
    return snapshot_id, True
