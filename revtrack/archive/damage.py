"""Find what is wrong with an archive's file, and rows that contradict others. Knows the tables; repairs nothing."""

import json
from collections.abc import Iterator

from revtrack.archive import derivations, listing, redactions, retention, stories
from revtrack.archive.connection import Connection
from revtrack.archive.leaves import count_uncovered
from revtrack.archive.packing import PackingError

_SEEN = """
    SELECT v.article_id, v.number FROM versions AS v
    LEFT JOIN (
        SELECT s.article_id, coalesce(g.version, s.version) AS found, count(*) AS looks, max(s.fetched_at) AS last_seen
        FROM snapshots AS s LEFT JOIN sightings AS g ON g.snapshot_id = s.id
        GROUP BY s.article_id, coalesce(g.version, s.version)
    ) AS t ON t.article_id = v.article_id AND t.found = v.number
"""
_CONTRADICTIONS = {
    "counts other looks than there are": f"{_SEEN} WHERE v.looks != coalesce(t.looks, 0)",
    "was last seen at another time than its looks say": f"{_SEEN} WHERE v.last_seen != coalesce(t.last_seen, '')",
    "has none before it": """
        SELECT article_id, number FROM versions AS v WHERE number > 1 AND NOT EXISTS
        (SELECT 1 FROM versions AS b WHERE b.article_id = v.article_id AND b.number = v.number - 1)""",
}
"""What must never be found of a version, with the query that finds it."""
_NEWEST = """
    SELECT v.article_id, v.number, a.headline, a.changed_at, v.first_seen
    FROM versions AS v JOIN articles AS a ON a.id = v.article_id
    WHERE v.number = (SELECT max(number) FROM versions WHERE article_id = a.id)
"""

_LAST_LOOKS = """
    SELECT a.id FROM articles AS a
    LEFT JOIN (
        SELECT s.article_id, max(s.id) AS id FROM snapshots AS s
        LEFT JOIN origins AS o ON o.snapshot_id = s.id WHERE o.snapshot_id IS NULL GROUP BY s.article_id
    ) AS n ON n.article_id = a.id
    LEFT JOIN snapshots AS s ON s.id = n.id
    WHERE coalesce(a.checked_at, '') != coalesce(s.fetched_at, '') OR coalesce(a.outcome, '') != coalesce(s.outcome, '')
"""


def find_damage(db: Connection) -> Iterator[str]:
    """Yield a sentence for everything that is wrong, what the database itself finds first."""
    yield from db.damage()
    for says, query in _CONTRADICTIONS.items():
        for article, number in db.execute(query).fetchall():
            yield f"version {article}@{number} {says}"
    for article, *_ in db.execute(_LAST_LOOKS).fetchall():
        yield f"article {article} was last looked at another time, or with another outcome, than its looks say"
    yield from _differing(db)
    yield from derivations.find_damage(db)
    yield from redactions.find_damage(db)
    yield from retention.find_damage(db)
    yield from listing.find_damage(db)
    if uncovered := count_uncovered(db):
        yield f"{uncovered} rows were not written by revtrack"


def _differing(db: Connection) -> Iterator[str]:
    """Yield the newest versions that say otherwise than their articles; a damaged story is found by its leaf."""
    with db.stream(_NEWEST) as found:
        for article, number, headline, changed_at, first_seen in found:
            if changed_at != first_seen or headline != _headline(db, article, number, headline):
                yield f"version {article}@{number} is not what its article's headline or time of change says"


def _headline(db: Connection, article: int, number: int, damaged: str) -> object:
    """Return the headline of a version's story; `damaged` where that cannot be read, for its leaf tells."""
    try:
        return json.loads(stories.read(db, article, number)).get("headline", "")  # a redacted story has none
    except (ValueError, PackingError):
        return damaged
