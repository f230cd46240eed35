"""Find what is wrong with an archive's file, and rows that contradict others. Knows the tables; repairs nothing."""

import json
from collections.abc import Iterator

from revtrack.archive import derivations, listing, redactions, retention, stories
from revtrack.archive.connection import Connection
from revtrack.archive.leaves import count_uncovered
from revtrack.archive.packing import PackingError
from revtrack.archive.seconds import time_of
from revtrack.forms import iso

_SEEN = """
    SELECT v.article_id, v.number, v.looks, v.last_seen, t.looks, t.last_seen FROM versions AS v
    LEFT JOIN (
        SELECT s.article_id, coalesce(g.version, s.version) AS found, count(*) AS looks, max(s.fetched_at) AS last_seen
        FROM snapshots AS s LEFT JOIN sightings AS g ON g.snapshot_id = s.id
        GROUP BY s.article_id, coalesce(g.version, s.version)
    ) AS t ON t.article_id = v.article_id AND t.found = v.number
"""
_ALONE = """
    SELECT article_id, number FROM versions AS v WHERE number > 1 AND NOT EXISTS
    (SELECT 1 FROM versions AS b WHERE b.article_id = v.article_id AND b.number = v.number - 1)
"""
_NEWEST = """
    SELECT v.article_id, v.number, a.headline, a.changed_at, v.first_seen
    FROM versions AS v JOIN articles AS a ON a.id = v.article_id
    WHERE v.number = (SELECT max(number) FROM versions WHERE article_id = a.id)
"""

_LAST_LOOKS = """
    SELECT a.id, coalesce(a.checked_at, ''), coalesce(a.outcome, ''), s.fetched_at, coalesce(s.outcome, '')
    FROM articles AS a
    LEFT JOIN (
        SELECT s.article_id, max(s.id) AS id FROM snapshots AS s
        LEFT JOIN origins AS o ON o.snapshot_id = s.id WHERE o.snapshot_id IS NULL GROUP BY s.article_id
    ) AS n ON n.article_id = a.id
    LEFT JOIN snapshots AS s ON s.id = n.id
"""


def find_damage(db: Connection) -> Iterator[str]:
    """Yield a sentence for everything that is wrong, what the database itself finds first."""
    yield from db.damage()
    yield from _contradicted(db)
    yield from _differing(db)
    yield from derivations.find_damage(db)
    yield from redactions.find_damage(db)
    yield from retention.find_damage(db)
    yield from listing.find_damage(db)
    if uncovered := count_uncovered(db):
        yield f"{uncovered} rows were not written by revtrack"


def _contradicted(db: Connection) -> Iterator[str]:
    """Yield the versions and articles of which their looks say otherwise."""
    for article, number, looks, last_seen, made, at in db.execute(_SEEN).fetchall():
        if looks != (made or 0):
            yield f"version {article}@{number} counts other looks than there are"
        if last_seen != _told(at):
            yield f"version {article}@{number} was last seen at another time than its looks say"
    for article, number in db.execute(_ALONE).fetchall():
        yield f"version {article}@{number} has none before it"
    for article, checked_at, outcome, at, found in db.execute(_LAST_LOOKS).fetchall():
        if (checked_at, outcome) != (_told(at), found):
            yield f"article {article} was last looked at another time, or with another outcome, than its looks say"


def _told(at: int | None) -> str:
    """Return the time of a look as other rows say it, "" for none."""
    try:
        return "" if at is None else iso(time_of(at))
    except ValueError:
        return "no time"


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
