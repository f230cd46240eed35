"""Looks out of the tables of NewsEdits: versions cut into sentences, in SQLite. Knows no store.

Tables: split_sentences (entry_id, version, sent_idx, sentence), and one that says of each entry_id and version where
and when it was seen and under which title; other trackers' entryversion (created, url, title) is such a one.
"""

import html
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from revtrack.backfill.captures import Found, Skipped, Wanted, place_of, text_capture
from revtrack.backfill.foreign import Foreign, as_text, open_foreign
from revtrack.backfill.timing import read_time
from revtrack.errors import UnreadableError
from revtrack.model import Origin

_TIMES = ("created", "first_seen", "seen_at", "time", "date", "timestamp", "fetched_at")
_TITLES = ("title", "headline")
_MARK = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)
_SENTENCES = """
    SELECT {source} AS source, entry_id, CAST(version AS INTEGER) AS version, sentence FROM split_sentences
    ORDER BY 1, entry_id, CAST(version AS INTEGER), CAST(sent_idx AS INTEGER)
"""
_Key = tuple[str, str, str]
"""The source of an entry ("" where the tables do not tell sources apart), its number, and that of the version."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What the table of versions says of one."""

    url: str
    time: str
    title: str


def newsedits_captures(file: Path, *, wanted: Wanted | None = None, article: str = "") -> Iterator[Found]:
    """Yield the versions of the entries, by entry and number.

    `article` is the URL of the one entry in a file that names none. Raises UnreadableError.
    """
    wanted = wanted or Wanted()
    with open_foreign(file) as database:
        database.require("split_sentences", "entry_id", "version", "sent_idx", "sentence", tracker="NewsEdits")
        told = dict(_versions(database))
        if not told:
            why = "no table says when its versions were seen: one with entry_id, version, created, url and title"
            raise UnreadableError(str(file), why)
        source = "source" if any(key[0] for key in told) else "''"
        for key, rows in groupby(database.rows(_SENTENCES.format(source=source)), key=_key):
            place = place_of(file.name, *filter(None, key[:1]), f"entry {key[1]} version {key[2]}")
            one = told.get(key, _Told("", "", ""))
            url, at = article or one.url, read_time(one.time)
            if not url or at is None:
                yield Skipped(place, "no table says its URL and time")
            elif wanted.has_url(url) and wanted.has_time(at):
                origin = Origin("newsedits", place)
                yield text_capture(url, at, _text(rows), origin=origin, headline=one.title)


def _key(row: sqlite3.Row) -> _Key:
    return as_text(row["source"]), as_text(row["entry_id"]), as_text(row["version"])


def _versions(database: Foreign) -> Iterator[tuple[_Key, _Told]]:
    for time in _TIMES:
        for table in database.tables("entry_id", "version", "url", time):
            title = next((name for name in _TITLES if database.has(table, name)), "''")
            # Only names of tables and columns are put in, this module's own or quoted.
            source = "source" if all(database.has(name, "source") for name in (table, "split_sentences")) else "''"
            columns = f"{source} AS source, entry_id, CAST(version AS INTEGER) AS version, url"
            query = f"SELECT {columns}, {time} AS time, {title} AS title FROM {_quoted(table)}"  # noqa: S608
            for row in database.rows(query):
                yield _key(row), _Told(as_text(row["url"]), as_text(row["time"]), as_text(row["title"]))
            return


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(rows: Iterator[sqlite3.Row]) -> str:
    """Return the text of a version: in paragraphs where its sentences mark them, else one sentence each."""
    sentences = [as_text(row["sentence"]) for row in rows]
    is_marked = any("<p" in sentence.lower() for sentence in sentences)
    parts = [
        ("\n\n" if not is_marked or "<p" in s.lower() else " ") + html.unescape(_MARK.sub("", s)).strip()
        for s in sentences
    ]
    return "".join(parts).strip()
