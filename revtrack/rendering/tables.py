"""Many revisions as one table or list: CSV, Markdown, JSON. Pure, and line by line: a long report costs no memory."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator

from revtrack.forms import SCHEMA, iso, to_form
from revtrack.model import Reported
from revtrack.rendering.markdown import escape
from revtrack.rendering.templating import web_address
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import clock, facts, note_title, summary

COLUMNS = (
    "article", "url", "source", "headline", "headline_before", "old", "new", "changed_after", "seen_at", "judged_at",
    "significance", "disclosure", "facts", "notes", "events", "lag_hours", "age_hours", "looks", "last_seen",
    "revert_of", "flapping", "origin", "link",
)  # fmt: skip
"""The columns of the CSV form, in order. Further ones may be added at the end."""

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), behind any quotes and blanks;
# U+FF0B and its like are the full-width forms that some take for the same.
_FORMULA = re.compile(r"""['"’”„“‘‚»«＇＂\s]*[=+\-@\t\r\n＝＋－＠﹢﹣﹦﹫]""")
_BOM = "\ufeff"


def csv_lines(reports: Iterable[Reported], *, bom: bool = False) -> Iterator[str]:
    r"""Yield a report as CSV (RFC 4180), a line a revision, lines ended by CR LF, every cell in quotes.

    No cell is taken for a formula by a spreadsheet: see `inert`. `bom` begins with the mark that tells Excel of UTF-8.
    """
    yield (_BOM if bom else "") + _line(COLUMNS)
    for report in reports:
        yield _line(tuple(inert(cell) for cell in _cells(report)))


def inert(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    An apostrophe is put before what would begin one, at the start of the cell and after each semicolon, where a
    spreadsheet in many countries begins another cell. `revive` takes it away again.

    >>> inert("=1+1"), inert("a;-b"), inert("'=1"), inert("plain")
    ("'=1+1", "a;'-b", "''=1", 'plain')
    """
    return ";".join(f"'{part}" if _FORMULA.match(part) else part for part in text.split(";"))


def revive(cell: str) -> str:
    """Return the text that `inert` made a cell of: one apostrophe less wherever one stands before a formula."""
    return ";".join(part[1:] if part.startswith("'") and _FORMULA.match(part[1:]) else part for part in cell.split(";"))


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _cells(report: Reported) -> Iterator[str]:
    revision, verdict, article = report.revision, report.revision.verdict, report.article
    before = next((field.old for field in revision.diff.fields if field.field == "headline"), "")
    values: dict[str, object] = {
        "article": article.id,
        "url": article.url,
        "source": article.source,
        "headline": revision.diff.new.headline,
        "headline_before": before,
        "old": revision.old,
        "new": revision.new,
        "changed_after": revision.after and iso(revision.after),
        "seen_at": revision.seen_at and iso(revision.seen_at),
        "judged_at": iso(report.judged_at),
        "significance": verdict.significance.value,
        "disclosure": verdict.disclosure.value,
        "facts": " · ".join(facts(verdict)),
        "notes": " · ".join(f"{note_title(note)}: {note.text}" for note in revision.notes),
        "events": " ".join(verdict.events),
        "lag_hours": _hours(verdict.lag),
        "age_hours": _hours(verdict.age),
        "looks": revision.looks,
        "last_seen": revision.last_seen and iso(revision.last_seen),
        "revert_of": revision.revert_of,
        "flapping": "yes" if revision.flapping else "",
        "origin": report.origin,
        "link": report.link,
    }
    for column in COLUMNS:
        value = values[column]
        yield "" if value is None else visible(str(value))


def _hours(seconds: float | None) -> str | None:
    return None if seconds is None else f"{seconds / 3600:.2f}"


def markdown_lines(reports: Iterable[Reported], *, title: str = "") -> Iterator[str]:
    """Yield a report as a Markdown list, an item a revision under the day it was seen, as the reports come."""
    if title:
        yield f"# {escape(title)}\n"
    day = ""
    for report in reports:
        seen_at = report.revision.seen_at or report.judged_at
        if f"{seen_at:%Y-%m-%d}" != day:
            day = f"{seen_at:%Y-%m-%d}"
            yield f"\n## {day}\n\n"
        yield from _item(report)


def _item(report: Reported) -> Iterator[str]:
    revision = report.revision
    headline = escape(revision.diff.new.headline or report.article.headline) or "(no headline)"
    beside = report.link if ":" not in report.link else ""  # a page in the same folder
    address = web_address(report.link) or beside or web_address(report.article.url)
    name = f"[{headline}](<{_in_angles(address)}>)" if address else headline
    told = " · ".join(escape(fact) for fact in facts(revision.verdict))
    yield f"- **{summary(revision.verdict)}**: {name}{', ' if told else ''}{told}\n"
    seen = f"seen {clock(revision.seen_at)}, " if revision.seen_at else ""
    brought = f", first seen by an import ({escape(report.origin)})" if report.origin else ""
    taken_out = f", text taken out: {escape(revision.redaction.reason)}" if revision.redaction else ""
    yield f"  <br>{seen}version {revision.old} → {revision.new}{brought}{taken_out}\n"
    for note in revision.notes:
        yield f"  <br>{note_title(note)}: {escape(note.text)}\n"


def _in_angles(address: str) -> str:
    return visible(address).replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


def json_lines(reports: Iterable[Reported]) -> Iterator[str]:
    """Yield a report as one JSON list, in pieces: what is known of each revision but the texts it stands between.

    The whole diff of a single revision is that of `diff ARTICLE M N --json`.
    """
    yield "["
    for number, report in enumerate(reports):
        yield (",\n" if number else "\n") + json.dumps(_form(report), ensure_ascii=True)
    yield "\n]\n"


_KEPT = ("old", "new", "after", "seen_at", "last_seen", "looks", "revert_of", "flapping", "verdict", "notes", "beside")


def _form(report: Reported) -> dict[str, object]:
    revision = report.revision
    return {
        "schema": SCHEMA,
        "article": to_form(report.article),
        "headline": revision.diff.new.headline,
        **{name: to_form(getattr(revision, name)) for name in _KEPT},
        "changes": to_form(revision.diff.changes),
        "judged_at": iso(report.judged_at),
        "origin": report.origin,
        "link": report.link,
    }
