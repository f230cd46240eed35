"""What was edited, or gone, as feeds: Atom (RFC 4287) and JSON Feed 1.1, the diff inside. Pure; knows no archive.

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
from revtrack.model import Happening, Report
from revtrack.rendering.fragment import html_fragment
from revtrack.rendering.lines import UNTITLED
from revtrack.rendering.templating import web_address
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import facts, happening, summary

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

    report: Report
    id: str
    title: str
    page: str
    article: str
    terms: tuple[str, ...]
    summary: str
    content: str

    @property
    def seen_at(self) -> datetime | None:
        """When it was first seen."""
        return self.report.at if isinstance(self.report, Happening) else self.report.revision.seen_at

    @property
    def updated(self) -> datetime:
        """When it was last told otherwise than before."""
        return self.report.at if isinstance(self.report, Happening) else self.report.judged_at


def entries_of(reports: Iterable[Report], archive: str) -> tuple[Entry, ...]:
    """Return revisions of an archive (`Feed.archive`), and pages that went or came back, as entries of its feeds."""
    return tuple(
        Entry(
            report,
            entry_id(report, archive),
            f"{_headline(report)[:_LONGEST_TITLE]} ({_said(report)})",
            web_address(report.link),
            web_address(report.article.url),
            _terms(report),
            _summary(report),
            _content(report),
        )
        for report in reports
    )


def _headline(report: Report) -> str:
    newest = "" if isinstance(report, Happening) else report.revision.diff.new.headline
    return visible(newest or report.article.headline) or UNTITLED


def _said(report: Report) -> str:
    if isinstance(report, Happening):
        return happening(report.event, report.why)
    return summary(report.revision.verdict)


def _summary(report: Report) -> str:
    told = () if isinstance(report, Happening) else facts(report.revision.verdict)
    return "; ".join((_said(report), *told))


def _content(report: Report) -> str:
    brought = f"<p>First seen by an import ({escape(visible(report.origin))}).</p>\n" if report.origin else ""
    if isinstance(report, Happening):
        return f"{brought}<p>{escape(happening(report.event, report.why, report.at))}</p>"
    return brought + html_fragment(report.revision)


def atom(reports: Iterable[Report], about: Feed) -> str:
    """Return an Atom feed of the revisions, in the order given (newest first, as readers expect)."""
    return atom_of(entries_of(reports, about.archive), about)


def json_feed(reports: Iterable[Report], about: Feed) -> str:
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


def entry_id(report: Report, archive: str) -> str:
    """Return the id of a revision for good: a tag URI.

    The time that the edit was first seen names the revision, not its number: a rebuild may count versions anew.
    """
    if isinstance(report, Happening):
        return tag_of(archive, f"article/{report.article.id}/{report.at.astimezone(UTC):%Y%m%dT%H%M%SZ}/{report.event}")
    seen_at = report.revision.seen_at
    when = f"{seen_at.astimezone(UTC):%Y%m%dT%H%M%SZ}" if seen_at else f"version-{report.revision.new}"
    return tag_of(archive, f"article/{report.article.id}/{when}")


def tag_of(archive: str, name: str) -> str:
    """Return the tag URI of something in an archive. The authority lies in a domain that nobody can own (RFC 2606)."""
    owner = _UNSAFE.sub("-", archive.lower().removeprefix("revtrack/")).strip("-") or "archive"
    return f"tag:{owner}.revtrack.invalid,2024:{name}"


def _add_entry(feed: etree._Element, told: Entry) -> None:
    entry = _add(feed, "entry")
    _add(entry, "title", told.title)
    _add(entry, "id", told.id)
    _add(entry, "updated", iso(told.updated))
    if told.seen_at:
        _add(entry, "published", iso(told.seen_at))
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
    address = entry.page or entry.article
    return {
        "id": entry.id,
        **({"url": address} if address else {}),
        **({"external_url": entry.article} if entry.page and entry.article else {}),
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        **({"date_published": iso(entry.seen_at)} if entry.seen_at else {}),
        "date_modified": iso(entry.updated),
        "tags": list(entry.terms),
        "_revtrack": {
            "schema": 1,
            "article": entry.report.article.id,
            **_for_programs(entry.report),
            "origin": visible(entry.report.origin),
        },
    }


def _for_programs(report: Report) -> dict[str, object]:
    if isinstance(report, Happening):
        return {"events": [report.event.value]}
    revision, verdict = report.revision, report.revision.verdict
    return {
        "old": revision.old,
        "new": revision.new,
        "significance": verdict.significance.value,
        "disclosure": verdict.disclosure.value,
        "events": list(verdict.events),
    }


def _terms(report: Report) -> tuple[str, ...]:
    """Return what a reader may filter by: level, disclosure, the kinds of new notes, what happened."""
    if isinstance(report, Happening):
        return (report.event.value,)
    verdict = report.revision.verdict
    kinds = (note.kind.value for note in report.revision.notes if note.is_revising)
    return tuple(dict.fromkeys((verdict.significance.value, verdict.disclosure.value, *kinds, *verdict.events)))


def _updated(entries: Sequence[Entry], about: Feed) -> datetime:
    return max((entry.updated for entry in entries), default=about.updated or _NEVER)
