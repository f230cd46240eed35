"""What lists tell of each version: headlines, new notes, the weight of its verdict. Knows the tables.

Kept beside the versions, so that a list of any length reads no story. Derived: `forget` and `keep` make it anew.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

from revtrack.archive.connection import Connection
from revtrack.archive.rows import dump, maybe, redaction_from, unpack_verdict
from revtrack.archive.seconds import maybe_time
from revtrack.archive.values import LogEntry, Only, Order, Selection
from revtrack.forms import from_form, iso, moment
from revtrack.model import Article, Event, Note, Story, Verdict
from revtrack.notes import note_key
from revtrack.urls import host_of

Ask = Callable[..., list[dict[str, Any]]]

TABLE = """
-- One row a version: what lists tell of it.
CREATE TABLE findings (
    article_id      INTEGER NOT NULL,
    number          INTEGER NOT NULL,
    snapshot_id     INTEGER NOT NULL,          -- of the look that found it: the order of recording
    seen_at         TEXT NOT NULL,
    source          TEXT NOT NULL,             -- the URL of the source that brought the article, its host if none did
    language        TEXT NOT NULL,             -- 'en', 'de' …; '' where the page says nothing that is a language
    headline        TEXT NOT NULL,
    headline_before TEXT,                      -- of the version before; NULL: the same, or there is none
    notes           TEXT NOT NULL,             -- JSON: those that are new in it
    revert_of       INTEGER,
    flapping        INTEGER NOT NULL,
    verdict_id      INTEGER,                   -- the verdict as it stands, with what lists ask of it; NULL: none
    level           INTEGER,
    disclosure      TEXT,
    weight          INTEGER,                   -- Verdict.weight
    age             REAL NOT NULL DEFAULT 0,
    lag             REAL,
    retitled        INTEGER NOT NULL DEFAULT 0, -- 1: a reason lies in the headline
    removed         INTEGER NOT NULL DEFAULT 0, -- 1: something is gone and nothing came for it
    PRIMARY KEY (article_id, number)
) STRICT;
CREATE INDEX findings_time ON findings (seen_at);
CREATE INDEX findings_source ON findings (source, seen_at);
CREATE INDEX findings_order ON findings (snapshot_id);
CREATE INDEX events_order ON events (snapshot_id);
"""
_ALL = 1 << 60
_BATCH = 400
_LANGUAGE = re.compile("[a-z]{2,3}")
_FACTS = """
    SELECT v.snapshot_id, v.first_seen, v.revert_of, v.flapping, a.source, a.url
    FROM versions AS v JOIN articles AS a ON a.id = v.article_id WHERE v.article_id = ? AND v.number = ?
"""
_COLUMNS = (
    *("article_id", "number", "snapshot_id", "seen_at", "revert_of", "flapping", "source", "language"),
    *("headline", "headline_before", "notes"),
)
_JUDGED = ("verdict_id", "level", "disclosure", "weight", "age", "lag", "retitled", "removed")
_ADD = (
    f"INSERT INTO findings ({', '.join(_COLUMNS + _JUDGED)})"  # noqa: S608 - names of ours
    f" VALUES ({', '.join('?' for _ in _COLUMNS + _JUDGED)})"
)
_KEPT = f"SELECT {', '.join(_COLUMNS + _JUDGED)} FROM findings WHERE article_id = ? AND number = ?"  # noqa: S608
_JUDGE = f"UPDATE findings SET {', '.join(f'{name} = ?' for name in _JUDGED)} WHERE article_id = ? AND number = ?"  # noqa: S608
_UNJUDGED = (None, None, None, None, 0.0, None, 0, 0)
_VERDICT = "SELECT id, verdict FROM verdicts WHERE article_id = ? AND number = ? ORDER BY id DESC LIMIT 1"
_SELECT = """
    SELECT f.article_id, f.number, f.seen_at, f.language, f.headline, f.headline_before, f.notes, f.revert_of,
           f.flapping, j.verdict, s.fetched_at AS judged_at, b.last_seen AS after, v.last_seen, v.looks,
           o.kind AS origin, n.reason AS redaction_reason, n.at AS redacted_at
    FROM findings AS f LEFT JOIN verdicts AS j ON j.id = f.verdict_id LEFT JOIN snapshots AS s ON s.id = j.snapshot_id
    LEFT JOIN versions AS v ON v.article_id = f.article_id AND v.number = f.number
    LEFT JOIN versions AS b ON b.article_id = f.article_id AND b.number = f.number - 1
    LEFT JOIN origins AS o ON o.snapshot_id = f.snapshot_id
    LEFT JOIN redacted AS x ON x.kind = 'reading' AND x.row = f.article_id AND x.number = f.number
    LEFT JOIN redacted AS y ON y.kind = 'reading' AND y.row = f.article_id AND y.number = f.number - 1
    LEFT JOIN redactions AS n ON n.id = coalesce(x.redaction_id, y.redaction_id)
"""
_ONLY = {
    Only.UNDISCLOSED: "f.disclosure = 'undisclosed'",
    Only.UNEXPLAINED: "f.disclosure IN ('undisclosed', 'stamped', 'vague')",
    Only.NOTES: 'f.notes LIKE \'%"family":"revision"%\'',  # within a text of JSON these quotation marks are escaped
    Only.HEADLINE: "f.retitled = 1",
    Only.REMOVED: "f.removed = 1",
    Only.REVERTS: "f.revert_of IS NOT NULL",
}
_ORDERS = {
    Order.WEIGHT: "f.weight DESC, f.age DESC, f.seen_at DESC, f.article_id, f.number",
    Order.NEWEST: "f.seen_at DESC, f.article_id, f.number DESC",
    Order.OLDEST: "f.seen_at, f.article_id, f.number",
}


def keep(db: Connection, article_id: int, number: int, story: Story, before: Story | None) -> None:
    """Write down what lists tell of a version, given its story and that of the version before."""
    db.execute(_ADD, _row(db, article_id, number, story, before))


def judge(db: Connection, article_id: int, number: int) -> None:
    """Write down what lists tell of the newest verdict on a revision."""
    db.execute(_JUDGE, (*_judged(db, article_id, number), article_id, number))


def is_kept(db: Connection, article_id: int, number: int, story: Story, before: Story | None) -> bool:
    """Whether what is written down of a version is what `keep` would write."""
    kept = db.execute(_KEPT, (article_id, number)).fetchone()
    try:
        return kept is not None and tuple(kept) == _row(db, article_id, number, story, before)
    except (ValueError, TypeError):  # its verdict is damaged
        return False


def _row(db: Connection, article_id: int, number: int, story: Story, before: Story | None) -> tuple[Any, ...]:
    snapshot, seen, revert_of, flapping, source, url = db.execute(_FACTS, (article_id, number)).fetchone()
    known = {note_key(note) for note in before.notes} if before else set()
    notes = tuple(note for note in story.notes if note_key(note) not in known)
    facts = (article_id, number, snapshot, seen, revert_of, flapping, source_of(source, url), _language(story))
    headline_before = before.headline if before and before.headline != story.headline else None
    written = (story.headline, headline_before, dump(notes))
    return (*facts, *written, *_judged(db, article_id, number))


def _judged(db: Connection, article_id: int, number: int) -> tuple[Any, ...]:
    """Return what lists tell of the newest verdict on a revision, if there is one."""
    found = db.execute(_VERDICT, (article_id, number)).fetchone()
    if found is None:
        return _UNJUDGED
    verdict = from_form(Verdict, json.loads(unpack_verdict(found[1])))
    retitled = any(reason.where == "headline" for reason in verdict.reasons)
    removed = any(reason.before and not reason.after for reason in verdict.reasons)
    told = (verdict.significance.level, verdict.disclosure.value, verdict.weight, verdict.age or 0.0, verdict.lag)
    return (found[0], *told, int(retitled), int(removed))


def locate(db: Connection, article_id: int) -> None:
    """Write down where an article comes from, after it has moved."""
    source, url = db.execute("SELECT source, url FROM articles WHERE id = ?", (article_id,)).fetchone()
    db.execute("UPDATE findings SET source = ? WHERE article_id = ?", (source_of(source, url), article_id))


def forget(db: Connection, article_id: int) -> None:
    """Take out what lists tell of an article."""
    db.execute("DELETE FROM findings WHERE article_id = ?", (article_id,))


def source_of(source: str, url: str) -> str:
    """Return where an article comes from: its source, or the host of its URL where a person added it."""
    return source or host_of(url)


def read_changes(
    ask: Ask,
    find: Callable[[int], Article],
    selection: Selection,
    *,
    order: Order,
    limit: int | None,
    offset: int,
) -> Iterator[LogEntry]:
    """Yield the versions that fit a selection: their numbers are asked for first, then what is told, some at a time."""
    where, values = _conditions(selection)
    query = f"SELECT f.article_id, f.number FROM findings AS f {where} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?"  # noqa: S608
    chosen = [
        (row["article_id"], row["number"]) for row in ask(query, *values, _ALL if limit is None else limit, offset)
    ]
    known = lru_cache(maxsize=4_096)(find)
    for start in range(0, len(chosen), _BATCH):
        batch = chosen[start : start + _BATCH]
        told = {(row["article_id"], row["number"]): row for row in ask(_told(len(batch)), *chain.from_iterable(batch))}
        yield from (entry_from(told[key], known(key[0])) for key in batch if key in told)


def _told(number: int) -> str:
    """Return the query for what is told of so many versions."""
    return f"{_SELECT} WHERE (f.article_id, f.number) IN (VALUES {', '.join(['(?, ?)'] * number)})"


def count_changes(ask: Ask, selection: Selection) -> int:
    """Return how many versions fit a selection."""
    where, values = _conditions(selection)
    query = f"SELECT count(*) AS found FROM findings AS f {where}"  # noqa: S608 - conditions are ours, values apart
    return int(ask(query, *values)[0]["found"])


def months(ask: Ask, selection: Selection) -> list[tuple[str, int]]:
    """Return the months in which versions were first seen that fit a selection, newest first, and how many."""
    where, values = _conditions(selection)
    month = "substr(f.seen_at, 1, 7)"
    query = (
        f"SELECT {month} AS month, count(*) AS found FROM findings AS f {where} GROUP BY {month} ORDER BY {month} DESC"  # noqa: S608
    )
    return [(row["month"], row["found"]) for row in ask(query, *values)]


def languages(ask: Ask) -> list[tuple[str, int]]:
    """Return the languages of revisions, those with the most first, and how many each has."""
    found = ask(
        "SELECT language, count(*) AS found FROM findings WHERE number > 1 AND language != ''"
        " GROUP BY language ORDER BY count(*) DESC, language"
    )
    return [(row["language"], row["found"]) for row in found]


def entry_from(row: dict[str, Any], article: Article) -> LogEntry:
    """Build the entry of a version from its row, which carries its newest verdict as `verdict`."""
    return LogEntry(
        article=article,
        at=moment(row["seen_at"]),
        event=Event.REVISED if row["number"] > 1 else Event.FIRST,
        version=row["number"],
        headline=row["headline"],
        verdict=from_form(Verdict, json.loads(row["verdict"])) if row["verdict"] else None,
        notes=tuple(from_form(Note, note) for note in json.loads(row["notes"])),
        revert_of=row["revert_of"],
        flapping=bool(row["flapping"]),
        headline_before=_headline_before(row),
        language=row["language"],
        judged_at=maybe_time(row["judged_at"]),
        after=maybe(row.get("after")),
        last_seen=maybe(row.get("last_seen")),
        looks=row.get("looks"),
        origin=row.get("origin") or "",
        redaction=redaction_from(row) if row.get("redacted_at") else None,
    )


def _headline_before(row: dict[str, Any]) -> str:
    if row["headline_before"] is None:
        return str(row["headline"]) if row["number"] > 1 else ""
    return str(row["headline_before"])


SAME_HEADLINES = "UPDATE findings SET headline_before = NULL WHERE headline_before = headline;"
"""How an archive of an earlier release comes to keep no headline twice."""


def _conditions(selection: Selection) -> tuple[str, list[Any]]:
    """Return the condition of a query and its values."""
    said: list[str] = [] if selection.firsts else ["f.number > 1"]
    values: list[Any] = []
    if selection.only:
        said.append(_ONLY[selection.only])
    for column, wanted in (("source", selection.source), ("language", selection.language)):
        if wanted:
            said.append(f"f.{column} = ?")
            values.append(wanted)
    for sign, at in ((">=", selection.since), ("<", selection.until)):
        if at:
            said.append(f"f.seen_at {sign} ?")
            values.append(iso(at))
    if selection.articles:
        said.append(f"f.article_id IN ({_marks(selection.articles)})")
        values += selection.articles
    return (f"WHERE {' AND '.join(said)}" if said else ""), values


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _language(story: Story) -> str:
    first = story.language.replace("_", "-").split("-")[0].lower()
    return first if _LANGUAGE.fullmatch(first) else ""
