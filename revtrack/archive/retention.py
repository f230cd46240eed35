"""Let go of received pages that only showed a version once more. Knows the tables; versions and proofs stay whole.

The first page of each version stays, so that it can be read again; so does every page that made no version, for that is
what shows why. What is let go is written down and proven, so that nobody can take a page out and call it that.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from revtrack.archive import bodies
from revtrack.archive.connection import Connection
from revtrack.archive.leaves import add_leaf
from revtrack.archive.seconds import seconds
from revtrack.archive.values import LetGo
from revtrack.forms import iso

TABLE = """
-- Which pages were let go. Rows are added, never changed.
CREATE TABLE lettings (
    id     INTEGER PRIMARY KEY,
    before TEXT NOT NULL,        -- they had been received before then; '': it was not written down when
    names  TEXT NOT NULL         -- SHA-256 of each body, between blanks
) STRICT;
"""
_BATCH = 200
_NEEDED = """
    SELECT s.body FROM snapshots AS s
    LEFT JOIN sightings AS g ON g.snapshot_id = s.id
    LEFT JOIN versions AS v
           ON v.article_id = s.article_id AND v.number = coalesce(g.version, s.version) AND v.snapshot_id = s.id
    WHERE s.body IS NOT NULL
      AND (s.fetched_at >= ? OR coalesce(g.version, s.version, 0) = 0 OR v.number IS NOT NULL)
"""
_EXPIRED = f"""
    SELECT id, sha256, size FROM bodies WHERE codec != 'gone' AND id NOT IN ({_NEEDED}) ORDER BY id DESC LIMIT ?
"""  # noqa: S608 - ours
_MISSED = f"SELECT sha256 FROM bodies WHERE codec = 'gone' AND id IN ({_NEEDED}) ORDER BY id"  # noqa: S608 - ours
_GONE = "SELECT sha256 FROM bodies WHERE codec = 'gone' ORDER BY id"
_NEVER = 1 << 62  # later than any time


def let_go(db: Connection, before: datetime) -> LetGo:
    """Let go of some of the pages that were received before then, within the caller's transaction; say what went.

    The newest go first: little rests on them.
    """
    expired = db.execute(_EXPIRED, (seconds(before), _BATCH)).fetchall()
    if expired:
        _write_down(db, [name for _, name, _ in expired], iso(before))
    for number, _, _ in expired:
        bodies.let_go(db, number)
    return LetGo(len(expired), sum(size for _, _, size in expired))


def _write_down(db: Connection, names: Sequence[bytes], before: str) -> None:
    add_leaf(db, "let_go", db.insert("lettings", {"before": before, "names": _told(names)}))


def _told(names: Sequence[bytes]) -> str:
    return " ".join(name.hex() for name in names)


def write_down_all(db: Connection) -> None:
    """Write down what was let go before that was done; its leaf is still to be added."""
    if gone := [name for (name,) in db.execute(_GONE).fetchall()]:
        db.insert("lettings", {"before": "", "names": _told(gone)})


def find_damage(db: Connection) -> Iterator[str]:
    """Yield a sentence for every page that is not there though no rule lets go of it, or none did."""
    for (name,) in db.execute(_MISSED, (_NEVER,)).fetchall():
        yield f"body {name.hex()[:12]} was let go, and is needed"
    known = {name for (names,) in db.execute("SELECT names FROM lettings").fetchall() for name in names.split()}
    for (name,) in db.execute(_GONE).fetchall():
        if name.hex() not in known:
            yield f"body {name.hex()[:12]} is not there, and no rule let go of it"
