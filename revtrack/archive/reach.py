"""Which articles of a selection were looked at, which could be read, and what the others' last looks came to.

Asks the tables: one query for the articles, and one for some hundred of those that could not be read.
"""

from collections.abc import Sequence
from itertools import chain

from revtrack.archive.connection import Ask, Row, among
from revtrack.archive.findings import source_of
from revtrack.archive.seconds import maybe_time, time_of
from revtrack.archive.values import LastLook, Reach, Selection
from revtrack.forms import iso
from revtrack.model import READ, Outcome

_ARTICLES = """
    SELECT a.id, a.url, a.source, a.outcome, a.retired_at FROM articles AS a
    WHERE a.same_as IS NULL AND a.checked_at >= ?
      AND (? = '' OR EXISTS (SELECT 1 FROM findings AS f WHERE f.article_id = a.id AND f.language = ?))
    ORDER BY a.id
"""
_LAST = """
    SELECT s.article_id, s.fetched_at, s.outcome, s.status, s.reason, r.read_at FROM (
        SELECT l.article_id, max(l.id) AS newest,
               max(CASE WHEN l.outcome IN ('ok', 'not_modified') THEN l.fetched_at END) AS read_at
        FROM snapshots AS l LEFT JOIN origins AS o ON o.snapshot_id = l.id
        WHERE o.snapshot_id IS NULL AND l.article_id IN
"""
_OF_EACH = " GROUP BY l.article_id) AS r JOIN snapshots AS s ON s.id = r.newest"
_BATCH = 400


def reach(ask: Ask, selection: Selection) -> Reach:
    """Return how much of a selection could be read since its beginning, in looks of our own.

    Of a language are the articles of which a version was; what kind of change is chosen does not matter here.
    """
    since = iso(selection.since) if selection.since else ""
    wanted = frozenset(selection.articles)
    chosen = [
        row
        for row in ask(_ARTICLES, since, selection.language, selection.language)
        if (not wanted or row["id"] in wanted) and selection.source in {"", source_of(row["source"], row["url"])}
    ]
    failing = [row for row in chosen if row["outcome"] not in READ]
    starts = range(0, len(failing), _BATCH)
    unread = tuple(chain.from_iterable(_last_looks(ask, failing[at : at + _BATCH]) for at in starts))
    read_before = sum(
        one.read_at is not None and (selection.since is None or one.read_at >= selection.since) for one in unread
    )
    return Reach(len(chosen), len(chosen) - len(failing) + read_before, unread)


def _last_looks(ask: Ask, articles: Sequence[Row]) -> list[LastLook]:
    marks, numbers = among([row["id"] for row in articles])
    found = {row["article_id"]: row for row in ask(f"{_LAST} ({marks}) {_OF_EACH}", *numbers)}
    return [
        LastLook(
            article=row["id"],
            url=row["url"],
            at=time_of(last["fetched_at"]),
            outcome=Outcome(last["outcome"]),
            is_answered=last["status"] is not None,
            reason=last["reason"],
            read_at=maybe_time(last["read_at"]),
            is_retired=row["retired_at"] is not None,
        )
        for row in articles
        if (last := found.get(row["id"]))
    ]
