"""Revisions as feeds: Atom (RFC 4287) and JSON Feed 1.1, the diff inside. Pure; knows no archive and no site.

An entry's id is a tag URI (RFC 4151) made of what never changes: the archive, the article, and when the edit was first
seen. A verdict that is judged again, or a page that gets another address, moves `updated` and leaves the id.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from lxml import etree

from revtrack.forms import iso
from revtrack.model import Reported
from revtrack.rendering.fragment import html_fragment
from revtrack.rendering.templating import web_address
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import facts, summary

ATOM_TYPE = "application/atom+xml"
JSON_FEED_TYPE = "application/feed+json"
_ATOM = "{http://www.w3.org/2005/Atom}"
_UNSAFE = re.compile(r"[^a-z0-9-]+")
_LONGEST_TITLE = 300
_NEVER = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed is: its title, the `archive` it tells of (`evidence.origin_of`), and which part of it.

    `part` names that part for good: "" for all, "article/12", "source/3", "undisclosed". `home` is the address of the
    page that shows the same, `address` the feed's own, "" where there is none. `updated` stands where no entry does.
    """

    title: str
    archive: str
    part: str = ""
    home: str = ""
    address: str = ""
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision as both forms of a feed tell it, put into words once; all of it is safe to show."""

    report: Reported
    id: str
    title: str
    page: str
    article: str
    terms: tuple[str, ...]
    summary: str
    content: str


def entries_of(reports: Iterable[Reported], archive: str) -> tuple[Entry, ...]:
    """Return revisions of an archive (`Feed.archive`) as entries of its feeds."""
    return tuple(
        Entry(
            report,
            entry_id(report, archive),
            _title(report),
            web_address(report.link),
            web_address(report.article.url),
            _terms(report),
            "; ".join((summary(report.revision.verdict), *facts(report.revision.verdict))),
            _content(report),
        )
        for report in reports
    )


def _content(report: Reported) -> str:
    brought = f"<p>First seen by an import ({escape(visible(report.origin))}).</p>\n" if report.origin else ""
    return brought + html_fragment(report.revision)


def atom(reports: Iterable[Reported], about: Feed) -> str:
    """Return an Atom feed of the revisions, in the order given (newest first, as readers expect)."""
    return atom_of(entries_of(reports, about.archive), about)


def json_feed(reports: Iterable[Reported], about: Feed) -> str:
    """Return a JSON Feed of the revisions; `_revtrack` in each item holds the verdict in a form for programs."""
    return json_feed_of(entries_of(reports, about.archive), about)


def atom_of(entries: Sequence[Entry], about: Feed) -> str:
    """Return an Atom feed of entries."""
    root = etree.Element(f"{_ATOM}feed", nsmap={None: _ATOM[1:-1]})  # type: ignore[dict-item]
    _add(root, "title", visible(about.title))
    _add(root, "id", tag_of(about.archive, about.part or "all"))
    _add(root, "updated", iso(_updated(entries, about)))
    _add(_add(root, "author"), "name", "revtrack")
    _add(root, "generator", "revtrack")
    _add_links(root, ("self", about.address), ("alternate", about.home))
    for entry in entries:
        _add_entry(root, entry)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"


def json_feed_of(entries: Sequence[Entry], about: Feed) -> str:
    """Return a JSON Feed of entries, each on a line of its own."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": visible(about.title),
        **({"home_page_url": about.home} if about.home else {}),
        **({"feed_url": about.address} if about.address else {}),
        "authors": [{"name": "revtrack"}],
        "items": [],
    }
    items = ",\n".join(json.dumps(_item(entry)) for entry in entries)
    return f"{json.dumps(feed).removesuffix(']}')}\n{items}\n]}}\n"


def entry_id(report: Reported, archive: str) -> str:
    """Return the id of a revision for good: a tag URI.

    The time that the edit was first seen names the revision, not its number: a rebuild may count versions anew.
    """
    seen_at = report.revision.seen_at
    when = f"{seen_at.astimezone(UTC):%Y%m%dT%H%M%SZ}" if seen_at else f"version-{report.revision.new}"
    return tag_of(archive, f"article/{report.article.id}/{when}")


def tag_of(archive: str, name: str) -> str:
    """Return the tag URI of something in an archive. The authority lies in a domain that nobody can own (RFC 2606)."""
    owner = _UNSAFE.sub("-", archive.lower().removeprefix("revtrack/")).strip("-") or "archive"
    return f"tag:{owner}.revtrack.invalid,2024:{name}"


def _add_entry(feed: etree._Element, told: Entry) -> None:
    revision = told.report.revision
    entry = _add(feed, "entry")
    _add(entry, "title", told.title)
    _add(entry, "id", told.id)
    _add(entry, "updated", iso(told.report.judged_at))
    if revision.seen_at:
        _add(entry, "published", iso(revision.seen_at))
    _add_links(entry, ("alternate", told.page or told.article), ("related", told.article if told.page else ""))
    for term in told.terms:
        _add(entry, "category", term=term)
    _add(entry, "summary", told.summary)
    _add(entry, "content", told.content, type="html")


def _add_links(parent: etree._Element, *addresses: tuple[str, str]) -> None:
    for rel, address in addresses:
        if address:
            _add(parent, "link", rel=rel, href=address)


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{_ATOM}{name}", attributes)
    element.text = text or None
    return element


def _item(entry: Entry) -> dict[str, object]:
    report, revision, verdict = entry.report, entry.report.revision, entry.report.revision.verdict
    address = entry.page or entry.article
    return {
        "id": entry.id,
        **({"url": address} if address else {}),
        **({"external_url": entry.article} if entry.page and entry.article else {}),
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        **({"date_published": iso(revision.seen_at)} if revision.seen_at else {}),
        "date_modified": iso(report.judged_at),
        "tags": list(entry.terms),
        "_revtrack": {
            "schema": 1,
            "article": report.article.id,
            "old": revision.old,
            "new": revision.new,
            "significance": verdict.significance.value,
            "disclosure": verdict.disclosure.value,
            "events": list(verdict.events),
            "origin": visible(report.origin),
        },
    }


def _title(report: Reported) -> str:
    headline = visible(report.revision.diff.new.headline or report.article.headline) or "(no headline)"
    return f"{headline[:_LONGEST_TITLE]} ({summary(report.revision.verdict)})"


def _terms(report: Reported) -> tuple[str, ...]:
    """Return what a reader may filter by: level, disclosure, the kinds of new notes, what happened to notes."""
    verdict = report.revision.verdict
    kinds = (note.kind.value for note in report.revision.notes if note.family == "revision")
    return tuple(dict.fromkeys((verdict.significance.value, verdict.disclosure.value, *kinds, *verdict.events)))


def _updated(entries: Sequence[Entry], about: Feed) -> datetime:
    return max((entry.report.judged_at for entry in entries), default=about.updated or _NEVER)
