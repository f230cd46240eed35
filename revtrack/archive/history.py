"""Tell what happened to articles: the log and the ledger of notes. Knows the tables; asks through a given function."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from revtrack.archive import findings
from revtrack.archive.seconds import seconds, time_of
from revtrack.archive.timeline import is_woven, looks_of
from revtrack.archive.values import LogEntry, NoteEntry
from revtrack.forms import iso
from revtrack.model import Article, Event, Version
from revtrack.notes import note_key

_EVENTS = """
    SELECT e.snapshot_id, e.id AS place, e.article_id, NULL AS seen_at, s.fetched_at, e.event, e.why, NULL AS number,
           NULL AS language, NULL AS headline, NULL AS headline_before, NULL AS notes, NULL AS revert_of,
           NULL AS flapping, NULL AS verdict, NULL AS judged_at
    FROM events AS e JOIN snapshots AS s ON s.id = e.snapshot_id
    WHERE e.snapshot_id >= ? AND (e.snapshot_id > ? OR e.id > ?) AND (? = 0 OR e.article_id = ?) AND s.fetched_at >= ?
"""
_VERSIONS = """
    SELECT f.snapshot_id, 0 AS place, f.article_id, f.seen_at, NULL AS fetched_at, NULL AS event, NULL AS why,
           f.number, f.language, f.headline, f.headline_before, f.notes, f.revert_of, f.flapping, j.verdict,
           s.fetched_at AS judged_at
    FROM findings AS f LEFT JOIN verdicts AS j ON j.id = f.verdict_id LEFT JOIN snapshots AS s ON s.id = j.snapshot_id
    WHERE f.snapshot_id >= ? AND (f.snapshot_id > ? OR 0 > ?) AND (? = 0 OR f.article_id = ?) AND f.seen_at >= ?
"""
_BATCH = 1_000
_EVER = -1 << 62  # before any time


def read_log(
    ask: Callable[..., list[dict[str, Any]]],
    find: Callable[[int], Article],
    *,
    article: Article | None,
    since: datetime | None,
    versions: bool,
) -> Iterator[LogEntry]:
    """Yield what happened to an article, or to all, since then, some at a time.

    In the order of recording: a clock that was set back does not turn the order round. One article for which looks were
    brought in is told in the order of its timeline.
    """
    parts: dict[str, object] = {_VERSIONS: iso(since) if since else ""} if versions else {}
    parts[_EVENTS] = seconds(since) if since else _EVER
    if article and is_woven(ask, article.id):
        yield from _in_order(ask, article, parts)
        return
    known = lru_cache(maxsize=4_096)(find)
    one = article.id if article else 0
    query = f"{' UNION ALL '.join(parts)} ORDER BY snapshot_id, place LIMIT {_BATCH}"
    rows: list[dict[str, Any]] = []
    last = (0, 0)
    while not last[0] or len(rows) == _BATCH:
        rows = ask(query, *chain.from_iterable((last[0], *last, one, one, start) for start in parts.values()))
        for row in rows:
            yield _entry(row, article or known(row["article_id"]))
        last = (rows[-1]["snapshot_id"], rows[-1]["place"]) if rows else (1, 0)


def _in_order(
    ask: Callable[..., Iterable[dict[str, Any]]], article: Article, parts: Mapping[str, object]
) -> Iterator[LogEntry]:
    places = {number: place for place, number in enumerate(looks_of(ask, article.id))}
    values = chain.from_iterable((0, 0, 0, article.id, article.id, start) for start in parts.values())
    rows = ask(" UNION ALL ".join(parts), *values)
    for row in sorted(rows, key=lambda row: (places[row["snapshot_id"]], row["place"])):
        yield _entry(row, article)


def _entry(row: dict[str, Any], article: Article) -> LogEntry:
    if row["event"] is None:
        return findings.entry_from(row, article)
    return LogEntry(article=article, at=time_of(row["fetched_at"]), event=Event(row["event"]), why=row["why"])


def ledger(article: Article, versions: Iterable[Version]) -> Iterator[NoteEntry]:
    """Yield every note an article ever carried, in the order they came, with the version from which each was gone."""
    standing: dict[tuple[str, str], NoteEntry] = {}
    gone: list[NoteEntry] = []
    for version in versions:
        now = {note_key(note): note for note in version.story.notes}
        for key in [key for key in standing if key not in now]:
            entry = standing.pop(key)
            gone.append(NoteEntry(article, entry.version, entry.at, entry.note, withdrawn_in=version.number))
        for key, note in now.items():
            standing.setdefault(key, NoteEntry(article, version.number, version.first_seen, note))
    yield from sorted([*gone, *standing.values()], key=lambda entry: (entry.version, entry.at))
