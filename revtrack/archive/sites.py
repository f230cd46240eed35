"""Which sites have articles that are due: asked by index, however many articles there are. Knows the tables.

A site is what an article's addresses have in common before the path ("example.org" for "www.example.org"): who looks at
one site at a time never has two requests at one host, nor at the host that it sends readers of telephones to.
"""

from datetime import datetime

from revtrack.archive.connection import Ask, Connection
from revtrack.forms import iso, moment
from revtrack.urls import keys_of_host

COLUMN = """
-- Derived from the URL: the host, without the part that only names another front of it.
ALTER TABLE articles ADD COLUMN site TEXT NOT NULL DEFAULT '';
CREATE INDEX articles_site ON articles (site, due_at) WHERE retired_at IS NULL AND same_as IS NULL;
"""
# The sites are found by skipping from one to the next in the index: as many steps as sites, not as articles.
_DUE_SITES = """
    WITH RECURSIVE sites (site) AS (
        SELECT min(site) FROM articles WHERE retired_at IS NULL AND same_as IS NULL
        UNION ALL
        SELECT (SELECT min(a.site) FROM articles AS a
                WHERE a.site > sites.site AND a.retired_at IS NULL AND a.same_as IS NULL)
        FROM sites WHERE sites.site IS NOT NULL
    )
    SELECT d.site, d.since FROM (
        SELECT s.site, (
            SELECT a.due_at FROM articles AS a
            WHERE a.site = s.site AND a.retired_at IS NULL AND a.same_as IS NULL
              AND a.due_at <= ? AND (a.not_before IS NULL OR a.not_before <= ?)
            ORDER BY a.due_at LIMIT 1
        ) AS since FROM sites AS s WHERE s.site IS NOT NULL
    ) AS d WHERE d.since IS NOT NULL ORDER BY d.since, d.site LIMIT ?
"""
_ALL = 1 << 62


def site_of(url: str) -> str:
    """Return the site of a URL.

    >>> site_of("https://www.example.org/a"), site_of("http://127.0.0.1:8700/a")
    ('example.org', '127.0.0.1:8700')
    """
    return keys_of_host(url)[0][:-1]


def name_all(db: Connection) -> None:
    """Write down the site of every article, within the caller's transaction."""
    found = db.execute("SELECT id, url FROM articles").fetchall()
    db.execute_many("UPDATE articles SET site = ? WHERE id = ?", [(site_of(url), number) for number, url in found])


def due_sites(ask: Ask, now: datetime, limit: int | None) -> dict[str, datetime]:
    """Return the sites with articles that are due, and since when the first of each is; longest first."""
    at = iso(now)
    return {row["site"]: moment(row["since"]) for row in ask(_DUE_SITES, at, at, _ALL if limit is None else limit)}
