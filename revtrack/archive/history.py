"""Tell what happened to articles: the log and the ledger of notes. Knows the tables; asks through a given function."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from operator import itemgetter
from typing import Any

from revtrack.archive.protocol import LogEntry, NoteEntry
from revtrack.forms import from_form, moment
from revtrack.model import Article, Event, Note, Story, Verdict, Version
from revtrack.notes import note_key

_VERSIONS = """
    SELECT v.number, v.snapshot_id, v.first_seen, v.revert_of, v.flapping,
           whole_story(v.article_id, v.number, v.story) AS story,
           (SELECT verdict FROM verdicts AS j WHERE j.article_id = v.article_id AND j.number = v.number
            ORDER BY j.id DESC LIMIT 1) AS verdict
    FROM versions AS v WHERE v.article_id = ? ORDER BY v.number
"""
_EVENTS = """
    SELECT e.event, e.why, e.snapshot_id, s.fetched_at FROM events AS e JOIN snapshots AS s ON s.id = e.snapshot_id
    WHERE e.article_id = ? ORDER BY e.id
"""


def read_log(
    ask: Callable[..., list[dict[str, Any]]], articles: Iterable[Article], since: datetime | None
) -> list[LogEntry]:
    """Return what happened to the articles since then, oldest first, through `ask(query, *values) -> rows`.

    Oldest is what was recorded first: a clock that was set back does not turn the order round.
    """
    entries: list[tuple[int, LogEntry]] = []
    for article in articles:
        if since and (article.checked_at is None or article.checked_at < since):
            continue
        entries += _versions(article, ask(_VERSIONS, article.id))
        entries += _events(article, ask(_EVENTS, article.id))
    told = (entry for entry in entries if since is None or entry[1].at >= since)
    return [entry for _, entry in sorted(told, key=itemgetter(0))]


def _versions(article: Article, found: list[dict[str, Any]]) -> Iterator[tuple[int, LogEntry]]:
    before: tuple[Note, ...] = ()
    for row in found:
        story = from_form(Story, json.loads(row["story"]))
        known = {note_key(note) for note in before}
        entry = LogEntry(
            article=article,
            at=moment(row["first_seen"]),
            event=Event.REVISED if row["number"] > 1 else Event.FIRST,
            version=row["number"],
            headline=story.headline,
            verdict=from_form(Verdict, json.loads(row["verdict"])) if row["verdict"] else None,
            notes=tuple(note for note in story.notes if note_key(note) not in known),
            revert_of=row["revert_of"],
            flapping=bool(row["flapping"]),
        )
        yield row["snapshot_id"], entry
        before = story.notes


def _events(article: Article, found: list[dict[str, Any]]) -> Iterator[tuple[int, LogEntry]]:
    for row in found:
        at = moment(row["fetched_at"])
        yield row["snapshot_id"], LogEntry(article=article, at=at, event=Event(row["event"]), why=row["why"])


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
