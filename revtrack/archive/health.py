"""How what is tracked fares, site by site: in few queries, whose rows are as many as articles. Asks the tables."""

from collections import defaultdict
from datetime import datetime

from revtrack.archive.connection import Ask
from revtrack.archive.rows import maybe
from revtrack.archive.values import Health, SiteHealth
from revtrack.forms import iso, moment
from revtrack.model import READ
from revtrack.urls import host_of

_ARTICLES = """
    SELECT a.id, a.url, a.outcome, a.checked_at, a.gone, a.retired_at,
           (SELECT count(*) FROM versions AS v WHERE v.article_id = a.id) AS versions
    FROM articles AS a WHERE a.same_as IS NULL
"""
_SIZES = """
    SELECT k.article_id, sum(length(b.bytes)) AS size FROM bodies AS b
    JOIN (SELECT body, min(article_id) AS article_id FROM snapshots
          WHERE body IS NOT NULL GROUP BY body) AS k ON k.body = b.id
    GROUP BY k.article_id
"""
_SHRUNK = """
    SELECT t.article_id FROM (
        SELECT s.article_id, count(*) AS looks, avg(b.size) AS mean, max(s.id) AS newest
        FROM snapshots AS s JOIN bodies AS b ON b.id = s.body WHERE s.outcome = 'ok' GROUP BY s.article_id
    ) AS t
    JOIN snapshots AS n ON n.id = t.newest JOIN bodies AS b ON b.id = n.body
    WHERE t.looks >= ? AND b.size * 2 < t.mean
"""
_OVERDUE = """
    SELECT count(*) AS articles, min(due_at) AS since FROM articles
    WHERE due_at < ? AND same_as IS NULL AND retired_at IS NULL AND (not_before IS NULL OR not_before < ?)
"""
_BROUGHT = "SELECT source, max(added_at) AS newest FROM articles WHERE source != '' GROUP BY source"
_FIRST_PAGES = """
    SELECT a.id, a.url FROM articles AS a
    JOIN versions AS v ON v.article_id = a.id
         AND v.number = (SELECT max(n.number) FROM versions AS n WHERE n.article_id = a.id)
    LEFT JOIN whole_stories AS w ON w.article_id = v.article_id AND w.number = v.number
    WHERE a.same_as IS NULL AND coalesce(w.story, v.story) LIKE ? ORDER BY a.id
"""
_WITH_NEXT_PAGE = '%"next_page":"http%'  # in a text of JSON quotation marks are escaped: it is the field itself
_LEAST = 3  # looks with a page, before one can have shrunk


def health(ask: Ask, *, since: datetime, overdue: datetime) -> Health:
    """Return how every site fares in the looks since then, what was due before `overdue`, and what sources brought."""
    sites: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_COUNTS, 0))
    last: dict[str, str] = {}
    hosts = {}
    for row in ask(_ARTICLES):
        host = hosts[row["id"]] = host_of(row["url"])
        is_recent = row["checked_at"] is not None and row["checked_at"] >= iso(since)
        is_fine = row["outcome"] in READ
        counts = sites[host]
        counts["articles"] += 1
        counts["read"] += row["versions"] > 0
        counts["looked_at"] += is_recent
        counts["answered"] += is_recent and is_fine
        counts["blocked"] += is_recent and row["outcome"] == "blocked"
        counts["gone"] += bool(row["gone"])
        if is_fine and row["checked_at"]:
            last[host] = max(last.get(host, ""), row["checked_at"])
    for row in ask(_SIZES):
        if row["article_id"] in hosts:
            sites[hosts[row["article_id"]]]["size"] += row["size"]
    for row in ask(_SHRUNK, _LEAST):
        if row["article_id"] in hosts:
            sites[hosts[row["article_id"]]]["shrunk"] += 1
    (late,) = ask(_OVERDUE, iso(overdue), iso(overdue))
    return Health(
        sites=tuple(SiteHealth(host, answered_at=maybe(last.get(host)), **sites[host]) for host in sorted(sites)),
        overdue=late["articles"],
        overdue_since=maybe(late["since"]),
        brought={row["source"]: moment(row["newest"]) for row in ask(_BROUGHT)},
        first_pages={row["id"]: row["url"] for row in ask(_FIRST_PAGES, _WITH_NEXT_PAGE)},
    )


_COUNTS = ("articles", "read", "looked_at", "answered", "blocked", "gone", "shrunk", "size")
