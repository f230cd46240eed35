"""What was seen of an article: its looks with their bodies, and its versions. Knows the tables."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from revtrack.archive import redactions, rows
from revtrack.archive.connection import Ask, Row
from revtrack.archive.timeline import LOOKS, looks_of, seen_by
from revtrack.archive.values import Look
from revtrack.errors import InputError
from revtrack.model import Article, Version
from revtrack.urls import keys_of_host

# Whose stories they are is chosen first: to sort those of a whole site is to read them all.
_TOLD = """
    SELECT v.article_id, v.number, coalesce(nullif(v.story, ''), w.story, '') AS story FROM ({}) AS c
    JOIN versions AS v ON v.article_id = c.article_id AND v.number = {}
    LEFT JOIN whole_stories AS w ON w.article_id = v.article_id AND w.number = v.number
    ORDER BY c.at DESC, c.article_id
"""
_CHOSEN = """
    SELECT id AS article_id, changed_at AS at FROM articles
    WHERE id IN (SELECT article_id FROM addresses WHERE key >= ? AND key < ?) AND id != ? AND changed_at IS NOT NULL
    ORDER BY changed_at DESC, id LIMIT ?
"""
_CHOSEN_BEFORE = """
    SELECT v.article_id, v.number, v.first_seen AS at FROM versions AS v
    JOIN (SELECT article_id, max(number) AS number FROM versions
          WHERE article_id IN (SELECT article_id FROM addresses WHERE key >= ? AND key < ?) AND article_id != ?
            AND snapshot_id < ?
          GROUP BY article_id) AS newest ON newest.article_id = v.article_id AND newest.number = v.number
    ORDER BY v.first_seen DESC, v.article_id LIMIT ?
"""
_NEIGHBOURS = _TOLD.format(_CHOSEN, "(SELECT max(number) FROM versions WHERE article_id = c.article_id)")
_NEIGHBOURS_BEFORE = _TOLD.format(_CHOSEN_BEFORE, "c.number")
_LAST = 1 << 62
_MOST_NEIGHBOURS = 400  # stories whose texts are kept in memory: some 10 MB


def snapshot(ask: Ask, snapshot_id: int, location: str) -> Row:
    """Return the row of one look; InputError when there is none of that number."""
    found = ask(f"{LOOKS} WHERE s.id = ?", snapshot_id)
    if not found:
        raise InputError(f"there is no snapshot {snapshot_id} in {location}")
    return found[0]


def in_order(ask: Ask, article_id: int) -> Iterator[Row]:
    """Yield the rows of all looks at an article, in the order of its timeline."""
    for number in looks_of(ask, article_id):
        yield from ask(f"{LOOKS} WHERE s.id = ?", number)


def read_looks(ask: Ask, article_id: int) -> Iterator[Look]:
    """Yield all looks at an article, in the order of its timeline, each with the version it found."""
    for row in in_order(ask, article_id):
        yield Look(rows.snapshot_from(row), row["found"])


def versions(
    ask: Ask, each: Callable[..., Iterator[Row]], article_id: int, first: int = 1, last: int = _LAST
) -> Iterator[Version]:
    """Yield an article's versions between two numbers, each with where it was seen and what was taken out of it."""
    origins, redacted = seen_by(ask, article_id), redactions.of_versions(ask, article_id)
    query = "SELECT * FROM versions WHERE article_id = ? AND number >= ? AND number <= ? ORDER BY number"
    for row in each(query, article_id, first, last):
        number, found = row["number"], rows.version_from(row)
        if number in origins or number in redacted:  # a copy builds the story, which else waits until it is asked for
            found = replace(found, seen_by=origins.get(number, ()), redaction=redacted.get(number))
        yield found


def version(ask: Ask, article_id: int, number: int) -> Version:
    """Return a version; InputError when there is none of that number."""
    found = ask("SELECT * FROM versions WHERE article_id = ? AND number = ?", article_id, number)
    if not found:
        (newest,) = ask("SELECT coalesce(max(number), 0) AS number FROM versions WHERE article_id = ?", article_id)
        raise InputError(f"there is no version {number}: this article has versions 1 to {newest['number']}")
    return rows.version_from(found[0])


def neighbours(ask: Ask, article: Article, limit: int, before: int | None) -> Iterator[tuple[str, ...]]:
    """Yield the texts in and beside the newest stories of other articles on the host, newest change first.

    Newest are those that there were before the look of that number, None for those that there are.

    The stories themselves are not built: that took six times as long as all the rest of it.
    """
    start, end = keys_of_host(article.url)
    if before is None:
        found = ask(_NEIGHBOURS, start, end, article.id, limit)
    else:
        found = ask(_NEIGHBOURS_BEFORE, start, end, article.id, before, limit)
    for row in found:
        yield _texts_of(row["story"])


@lru_cache(maxsize=_MOST_NEIGHBOURS)
def _texts_of(kept: str) -> tuple[str, ...]:
    """Return the texts in and beside a story as it is kept; each is asked for by all that is read of its site."""
    story = json.loads(kept)
    return (*story.get("beside", ()), *(paragraph["text"] for paragraph in story.get("paragraphs", ())))
