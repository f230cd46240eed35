"""Let go of received pages that only showed a version once more. Knows the tables; versions and proofs stay whole.

The first page of each version stays, so that it can be read again; so does every page that made no version, for that is
what shows why.
"""

from collections.abc import Iterator
from datetime import datetime

from revtrack.archive import bodies
from revtrack.archive.connection import Connection
from revtrack.archive.values import LetGo
from revtrack.forms import iso

_BATCH = 200
_NEEDED = """
    SELECT s.body_sha256 FROM snapshots AS s
    LEFT JOIN sightings AS g ON g.snapshot_id = s.id
    LEFT JOIN versions AS v
           ON v.article_id = s.article_id AND v.number = coalesce(g.version, s.version) AND v.snapshot_id = s.id
    WHERE s.body_sha256 IS NOT NULL
      AND (s.fetched_at >= ? OR coalesce(g.version, s.version, 0) = 0 OR v.number IS NOT NULL)
"""
_EXPIRED = f"""
    SELECT sha256, size FROM bodies WHERE codec != 'gone' AND sha256 NOT IN ({_NEEDED}) ORDER BY id DESC LIMIT ?
"""  # noqa: S608 - ours
_MISSED = f"SELECT sha256 FROM bodies WHERE codec = 'gone' AND sha256 IN ({_NEEDED}) ORDER BY id"  # noqa: S608 - ours
_NEVER = "9999"  # later than any time


def let_go(db: Connection, before: datetime) -> LetGo:
    """Let go of some of the pages that were received before then, within the caller's transaction; say what went.

    The newest go first: little rests on them.
    """
    expired = db.execute(_EXPIRED, (iso(before), _BATCH)).fetchall()
    for name, _ in expired:
        bodies.let_go(db, name)
    return LetGo(len(expired), sum(size for _, size in expired))


def find_damage(db: Connection) -> Iterator[str]:
    """Yield a sentence for every page that is not there though no rule lets go of it."""
    for (name,) in db.execute(_MISSED, (_NEVER,)).fetchall():
        yield f"body {name[:12]} was let go, and is needed"
