"""The order of an article's looks: our own by sequence, those brought in by time among them. Knows the tables.

A clock that was set back changes no order: a look of our own stands at the latest time that any of ours had shown.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from revtrack.archive.connection import Ask, Row

Rows = Callable[..., Iterable[Row]]

LOOKS = """
    SELECT s.*, b.sha256 AS body_sha256, nullif(coalesce(g.version, s.version), 0) AS found,
           o.kind AS origin_kind, o.place AS origin_place, o.imported_at,
           n.reason AS redaction_reason, n.at AS redacted_at
    FROM snapshots AS s
    LEFT JOIN bodies AS b ON b.id = s.body
    LEFT JOIN sightings AS g ON g.snapshot_id = s.id
    LEFT JOIN origins AS o ON o.snapshot_id = s.id
    LEFT JOIN redacted AS x ON x.kind = 'look' AND x.row = s.id AND x.number = 0
    LEFT JOIN redactions AS n ON n.id = x.redaction_id
"""
"""Looks with the version that each found by today's numbers, where it came from, and whether it was redacted."""

_PLACES = """
    SELECT s.id, s.fetched_at, o.snapshot_id AS brought
    FROM snapshots AS s LEFT JOIN origins AS o ON o.snapshot_id = s.id WHERE s.article_id = ?
"""
_SEEN_BY = """
    SELECT found, origin, min(fetched_at) AS first FROM (
        SELECT nullif(coalesce(g.version, s.version), 0) AS found, coalesce(o.kind, 'live') AS origin, s.fetched_at
        FROM snapshots AS s
        LEFT JOIN sightings AS g ON g.snapshot_id = s.id
        LEFT JOIN origins AS o ON o.snapshot_id = s.id
        WHERE s.article_id = ?
    ) AS seen WHERE found IS NOT NULL GROUP BY found, origin ORDER BY found, first, origin
"""


_EARLIEST = -1 << 62


class Place(NamedTuple):
    """What says where a look stands: its number, when it was made (in seconds), whether it was brought in."""

    id: int
    at: int
    is_brought: bool


def in_order(looks: Iterable[Place]) -> list[int]:
    """Return the numbers of looks in the order of the timeline. Pure."""
    keys, latest = {}, _EARLIEST
    for look in sorted(looks):
        if not look.is_brought:
            latest = max(latest, look.at)
        keys[look.id] = (look.at if look.is_brought else latest, look.is_brought, look.id)
    return sorted(keys, key=lambda number: keys[number])


def looks_of(ask: Rows, article_id: int) -> list[int]:
    """Return the numbers of all looks at an article, in the order of its timeline."""
    rows = ask(_PLACES, article_id)
    return in_order(Place(row["id"], row["fetched_at"], row["brought"] is not None) for row in rows)


def is_woven(ask: Rows, article_id: int) -> bool:
    """Say whether looks were brought in for an article, so that the order of recording is not that of its timeline."""
    return any(ask("SELECT 1 AS yes FROM origins WHERE article_id = ? LIMIT 1", article_id))


def seen_by(ask: Ask, article_id: int) -> dict[int, tuple[str, ...]]:
    """Return from where each version was seen, the first first; nothing where none was ever brought in."""
    if not is_woven(ask, article_id):
        return {}
    found: dict[int, tuple[str, ...]] = {}
    for row in ask(_SEEN_BY, article_id):
        found[row["found"]] = (*found.get(row["found"], ()), row["origin"])
    return found
