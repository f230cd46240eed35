"""What the schedule asks of the tables and changes in them. Knows the tables; asks through a given function."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from revtrack.archive.connection import Ask, Connection
from revtrack.archive.leaves import add_if_changed
from revtrack.archive.rows import maybe
from revtrack.archive.seconds import seconds
from revtrack.errors import BadURLError
from revtrack.forms import iso, moment
from revtrack.model import Article
from revtrack.schedule import Watched
from revtrack.urls import article_key, host_of, keys_of_host

_MOST_COMPANIONS = 500
_COMPANIONS = """
    SELECT a.added_at, a.checked_at, a.changed_at, (SELECT count(*) FROM versions WHERE article_id = a.id) AS versions
    FROM articles AS a WHERE {} AND a.id != ? ORDER BY a.id DESC LIMIT ?
"""
_OF_SOURCE = _COMPANIONS.format("a.source = ?")
_OF_HOST = _COMPANIONS.format("a.id IN (SELECT article_id FROM addresses WHERE key >= ? AND key < ?)")
INDEX = """
CREATE INDEX snapshots_time ON snapshots (fetched_at) WHERE id % 32 = 0;  -- about where a day begins
"""
_SPENT = """
    SELECT a.source, a.url, count(*) AS looks FROM snapshots AS s JOIN articles AS a ON a.id = s.article_id
    WHERE s.fetched_at >= ? AND s.id > coalesce(
        (SELECT min(id) FROM snapshots WHERE id % 32 = 0 AND fetched_at >= ?), (SELECT max(id) FROM snapshots)
    ) - 32
    GROUP BY a.source, a.url
"""


def companions(ask: Ask, article: Article) -> list[Watched]:
    """Return what was seen of the newest articles of the same source, or of the same host where a person added it."""
    if article.source:
        found = ask(_OF_SOURCE, article.source, article.id, _MOST_COMPANIONS)
    else:
        found = ask(_OF_HOST, *keys_of_host(article.url), article.id, _MOST_COMPANIONS)
    return [
        Watched(
            added=moment(row["added_at"]),
            checked=maybe(row["checked_at"]),
            changed=maybe(row["changed_at"]) if row["versions"] > 1 else None,
            changes=max(row["versions"] - 1, 0),
        )
        for row in found
    ]


def spent(ask: Ask, since: datetime) -> dict[str, int]:
    """Return the looks made since then, by host and by URL of the source that brought the article."""
    looks = Counter[str]()
    for row in ask(_SPENT, seconds(since), seconds(since)):
        for payer in (host_of(row["url"]), row["source"]):
            if payer:
                looks[payer] += row["looks"]
    return dict(looks)


def outdated(ask: Ask, changes: Mapping[str, datetime]) -> list[int]:
    """Return the ids of the articles, by URL, that were looked at last, without trouble, before they changed.

    An article that retired with its last look comes back so; one that a person dropped since then does not.
    """
    found = []
    for url, changed in changes.items():
        try:
            key = article_key(url)
        except BadURLError:  # a source may list anything
            continue
        query = (
            "SELECT a.id FROM addresses AS d JOIN articles AS a ON a.id = d.article_id"
            " WHERE d.key = ? AND a.checked_at < ? AND a.troubles = 0"
            " AND (a.retired_at IS NULL OR a.retired_at <= a.checked_at)"
        )
        found += [int(row["id"]) for row in ask(query, key, iso(changed))]
    return found


def hasten(db: Connection, articles: Iterable[int], now: datetime) -> None:
    """Make articles due now; those that had retired are looked at again from now on."""
    for article_id in articles:
        db.execute(
            "UPDATE articles SET due_at = CASE WHEN due_at < ? THEN due_at ELSE ? END,"
            " back_at = CASE WHEN retired_at IS NULL THEN back_at ELSE ? END, retired_at = NULL WHERE id = ?",
            (iso(now), iso(now), iso(now), article_id),
        )
        add_if_changed(db, "ended", article_id)


def drop(db: Connection, article_id: int, now: datetime) -> None:
    """Stop looking at an article, from a moment on that is later than its last look."""
    (checked_at,) = db.execute("SELECT checked_at FROM articles WHERE id = ?", (article_id,)).fetchone()
    at = max(now, moment(checked_at) + timedelta(seconds=1)) if checked_at else now
    db.execute("UPDATE articles SET retired_at = ? WHERE id = ?", (iso(at), article_id))
    add_if_changed(db, "ended", article_id)
