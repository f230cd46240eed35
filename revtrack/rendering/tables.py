"""Many revisions as one table or list: CSV, Markdown, JSON. Pure, and line by line: a long report costs no memory."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from revtrack.forms import SCHEMA, iso, to_form
from revtrack.model import Article, Happening, Report, Reported, Revision
from revtrack.rendering.lines import UNTITLED
from revtrack.rendering.markdown import escape, link_target
from revtrack.rendering.templating import web_address
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import EVENTS, clock, facts, happening, note_title, summary

COLUMNS = (
    "article", "url", "source", "headline", "headline_before", "old", "new", "changed_after", "seen_at", "judged_at",
    "significance", "disclosure", "facts", "notes", "events", "lag_hours", "age_hours", "looks", "last_seen",
    "revert_of", "flapping", "origin", "link", "host", "features", "note_kinds",
)  # fmt: skip
"""The columns of the CSV form, in order. Further ones may be added at the end."""

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), behind any quotes and blanks;
# U+FF0B and its like are the full-width forms that some take for the same.
_FORMULA = re.compile(r"""['"’”„“‘‚»«＇＂\s]*[=+\-@\t\r\n＝＋－＠﹢﹣﹦﹫]""")
_BOM = "\ufeff"


def csv_lines(reports: Iterable[Report], *, bom: bool = False) -> Iterator[str]:
    r"""Yield a report as CSV (RFC 4180), lines ended by CR LF, every cell in quotes.

    A line is a revision, or a page that went or came back. No cell is taken for a formula by a spreadsheet: see
    `inert`. `bom` begins with the mark that tells Excel of UTF-8.
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


def _cells(report: Report) -> Iterator[str]:
    values = _of_happening(report) if isinstance(report, Happening) else _of_revision(report)
    for column in COLUMNS:
        value = values.get(column)
        yield "" if value is None else visible(f"{value:.2f}" if isinstance(value, float) else str(value))


def _of_happening(report: Happening) -> dict[str, object]:
    article = report.article
    return {
        "article": article.id,
        "url": article.url,
        "host": host_named(article),
        "source": article.source or host_named(article),
        "headline": article.headline,
        "seen_at": iso(report.at),
        "facts": happening(report.event, report.why),
        "events": report.event.value,
        "origin": report.origin,
        "link": report.link,
    }


def _of_revision(report: Reported) -> dict[str, object]:
    revision, article = report.revision, report.article
    return {
        **told_of(revision),
        "article": article.id,
        "url": article.url,
        "host": host_named(article),
        "source": article.source or host_named(article),
        "old": revision.old,
        "new": revision.new,
        "changed_after": revision.after and iso(revision.after),
        "seen_at": revision.seen_at and iso(revision.seen_at),
        "judged_at": iso(report.judged_at),
        "notes": " · ".join(f"{note_title(note)}: {note.text}" for note in revision.notes),
        "origin": report.origin,
        "link": report.link,
    }


def host_named(article: Article) -> str:
    """Return the host of an article's address, "" where that is none."""
    try:
        return urlsplit(article.url).hostname or ""
    except ValueError:
        return ""


def told_of(revision: Revision) -> dict[str, str | int | float | None]:
    """Return what every table says of a revision in the same words, by the names of columns; None for what is not.

    Hours are rounded to hundredths. Facts are parted by " · ", features, events and kinds of notes by a blank.
    """
    verdict = revision.verdict
    return {
        "headline": revision.diff.new.headline,
        "headline_before": next((field.old for field in revision.diff.fields if field.field == "headline"), ""),
        "significance": verdict.significance.value,
        "disclosure": verdict.disclosure.value,
        "facts": " · ".join(map(_in_words, facts(verdict))),
        "features": " ".join(dict.fromkeys(reason.feature for reason in verdict.reasons)),
        "note_kinds": " ".join(dict.fromkeys(note.kind.value for note in revision.notes)),
        "events": " ".join(verdict.events),
        "lag_hours": _hours(verdict.lag),
        "age_hours": _hours(verdict.age),
        "looks": revision.looks,
        "last_seen": iso(revision.last_seen) if revision.last_seen else None,
        "revert_of": revision.revert_of,
        "flapping": int(revision.flapping),
    }


def _in_words(fact: str) -> str:
    """Return a fact without a sign before it, which a spreadsheet would take for the beginning of a formula.

    >>> _in_words("+1 quotation"), _in_words("−2 denials"), _in_words("+3 → +4")
    ('1 quotation added', '2 denials removed', '+3 → +4')
    """
    found = _COUNTED.fullmatch(fact)
    return f"{found[2]} {'added' if found[1] == '+' else 'removed'}{found[3]}" if found else fact


_COUNTED = re.compile(r"([+−])([0-9,]+ [^→“]+?)((?: “.*)?)")


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 3600, 2)


def markdown_lines(reports: Iterable[Report], *, title: str = "", nothing: str = "", unread: str = "") -> Iterator[str]:
    """Yield a report as a Markdown list, an item a revision under the day it was seen, as the reports come.

    `nothing` is the sentence that stands where there is none, `unread` the one that stands below those there are.
    """
    if title:
        yield f"# {escape(title)}\n"
    day = ""
    for report in reports:
        seen_at = report.at if isinstance(report, Happening) else report.revision.seen_at or report.judged_at
        if f"{seen_at:%Y-%m-%d}" != day:
            day = f"{seen_at:%Y-%m-%d}"
            yield f"\n## {day}\n\n"
        yield from _event_item(report) if isinstance(report, Happening) else _item(report)
    if last := unread if day else nothing:
        yield f"\n{escape(last)}\n"


def _event_item(report: Happening) -> Iterator[str]:
    brought = f", first seen by an import ({escape(report.origin)})" if report.origin else ""
    told = escape(happening(report.event, report.why, report.at))
    yield f"- **{EVENTS[report.event]}**: {_linked(report, report.article.headline)}\n  <br>{told}{brought}\n"


def _linked(report: Report, headline: str) -> str:
    """Return a headline as a link to the page of the site, or to the article itself."""
    beside = report.link if ":" not in report.link else ""  # a page in the same folder
    address = web_address(report.link) or beside or web_address(report.article.url)
    name = escape(headline) or UNTITLED
    return f"[{name}]({link_target(address)})" if address else name


def _item(report: Reported) -> Iterator[str]:
    revision = report.revision
    name = _linked(report, revision.diff.new.headline or report.article.headline)
    told = " · ".join(escape(fact) for fact in facts(revision.verdict))
    yield f"- **{summary(revision.verdict)}**: {name}{', ' if told else ''}{told}\n"
    seen = f"seen {clock(revision.seen_at)}, " if revision.seen_at else ""
    brought = f", first seen by an import ({escape(report.origin)})" if report.origin else ""
    taken_out = f", text taken out: {escape(revision.redaction.reason)}" if revision.redaction else ""
    yield f"  <br>{seen}version {revision.old} → {revision.new}{brought}{taken_out}\n"
    for note in revision.notes:
        yield f"  <br>{note_title(note)}: {escape(note.text)}\n"


def json_lines(reports: Iterable[Report]) -> Iterator[str]:
    """Yield a report as one JSON list, in pieces: what is known of each revision but the texts it stands between.

    What happened beside revisions is no part of it: `log --json` tells that. The whole diff of a single revision is
    that of `diff ARTICLE M N --json`.
    """
    yield "["
    revisions = (report for report in reports if isinstance(report, Reported))
    for number, report in enumerate(revisions):
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
