"""Looks out of diffengine's database: titles and summaries of pages that changed, in SQLite. Knows no store.

Schema: diffengine 0.2.7, tables entry (url) and entryversion (title, url, summary, created, entry_id). A summary is
what readability left of the page, as markup of paragraphs alone; times are UTC without saying so.
"""

import html
from collections.abc import Iterator
from pathlib import Path

from revtrack.backfill.captures import Found, Skipped, Wanted, file_capture, place_of
from revtrack.backfill.foreign import as_text, open_foreign
from revtrack.backfill.timing import read_time
from revtrack.model import Origin

_VERSIONS = """
    SELECT v.id, v.title, coalesce(nullif(v.url, ''), e.url) AS url, v.summary, v.created
    FROM entryversion AS v LEFT JOIN entry AS e ON e.id = v.entry_id ORDER BY v.created, v.id
"""


def diffengine_captures(file: Path, *, wanted: Wanted | None = None) -> Iterator[Found]:
    """Yield the versions that diffengine kept, oldest first. Raises UnreadableError."""
    wanted = wanted or Wanted()
    with open_foreign(file) as database:
        database.require("entry", "id", "url", tracker="diffengine")
        database.require("entryversion", "id", "title", "url", "summary", "created", "entry_id", tracker="diffengine")
        for row in database.rows(_VERSIONS):
            place = place_of(file.name, f"entryversion {row['id']}")
            url, at = as_text(row["url"]), read_time(as_text(row["created"]))
            if at is None or not url:
                yield Skipped(place, "it has no time that can be read" if url else "it has no URL")
            elif wanted.has_url(url) and wanted.has_time(at):
                page = summary_page(as_text(row["title"]), as_text(row["summary"]))
                origin = Origin("diffengine", place)
                yield file_capture(url, at, page, origin=origin, content_type="text/html; charset=utf-8")


def summary_page(title: str, summary: str) -> bytes:
    """Return a page of a title and the markup of paragraphs below it."""
    if "<p" not in summary.lower():  # what was kept without a paragraph is one
        summary = f"<p>{summary}</p>"
    head = f"<!DOCTYPE html><html><head><title>{html.escape(title)}</title></head>"
    whole = f"{head}<body><article><h1>{html.escape(title)}</h1>{summary}</article></body></html>"
    return whole.encode("utf-8", "replace")
