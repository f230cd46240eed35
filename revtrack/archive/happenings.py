"""What happened to articles beside their versions that lists of changes tell: gone, and back. Knows the tables."""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from typing import Any

from revtrack.archive.connection import Ask, among
from revtrack.archive.seconds import seconds, time_of
from revtrack.archive.values import LogEntry, Selection
from revtrack.model import Article, Event

_HAPPENINGS = """
    SELECT e.article_id, e.event, e.why, s.fetched_at, f.headline, f.language, o.kind AS origin
    FROM events AS e JOIN snapshots AS s ON s.id = e.snapshot_id
    JOIN findings AS f ON f.article_id = e.article_id
     AND f.number = (SELECT max(n.number) FROM findings AS n WHERE n.article_id = e.article_id)
    LEFT JOIN origins AS o ON o.snapshot_id = e.snapshot_id
    WHERE e.event IN ('gone', 'back'){} ORDER BY s.fetched_at DESC, e.id DESC
"""


def happenings(ask: Ask, find: Callable[[int], Article], selection: Selection) -> list[LogEntry]:
    """Return when articles that had been read went and came back, the newest first; none where a kind is selected."""
    if selection.only:
        return []
    marks, articles = among(selection.articles)
    chosen: tuple[tuple[str, tuple[object, ...]], ...] = (
        ("f.source = ?", (selection.source,) if selection.source else ()),
        ("f.language = ?", (selection.language,) if selection.language else ()),
        ("s.fetched_at >= ?", (seconds(selection.since),) if selection.since else ()),
        ("s.fetched_at < ?", (seconds(selection.until),) if selection.until else ()),
        (f"e.article_id IN ({marks})", articles),
    )
    conditions = "".join(f" AND {condition}" for condition, values in chosen if values)
    rows = ask(_HAPPENINGS.format(conditions), *chain.from_iterable(values for _, values in chosen))
    return [_entry(row, find(row["article_id"])) for row in rows]


def _entry(row: dict[str, Any], article: Article) -> LogEntry:
    entry = LogEntry(article, time_of(row["fetched_at"]), Event(row["event"]), headline=row["headline"], why=row["why"])
    return replace(entry, language=row["language"], origin=row["origin"] or "")
