"""Revisions as feeds: Atom (RFC 4287) and JSON Feed 1.1, the diff inside. Pure; knows no archive and no site.

An entry's id is a tag URI (RFC 4151) made of what never changes: the archive, the article, and when the edit was first
seen. A verdict that is judged again, or a page that gets another address, moves `updated` and leaves the id.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from revtrack.forms import iso
from revtrack.model import Reported
from revtrack.rendering.fragment import html_fragment
from revtrack.rendering.templating import web_address
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import facts, summary

ATOM_TYPE = "application/atom+xml"
JSON_FEED_TYPE = "application/feed+json"
_ATOM = "http://www.w3.org/2005/Atom"
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


def atom(reports: Iterable[Reported], about: Feed) -> str:
    """Return an Atom feed of the revisions, in the order given (newest first, as readers expect)."""
    entries = tuple(reports)
    root = _element("feed")
    root.append(_element("title", visible(about.title)))
    root.append(_element("id", tag_of(about.archive, about.part or "all")))
    root.append(_element("updated", iso(_updated(entries, about))))
    author = _element("author")
    author.append(_element("name", "revtrack"))
    root.append(author)
    root.append(_element("generator", "revtrack"))
    root.extend(_links(("self", about.address), ("alternate", about.home)))
    root.extend(_entry(report, about) for report in entries)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"


def json_feed(reports: Iterable[Reported], about: Feed) -> str:
    """Return a JSON Feed of the revisions; `_revtrack` in each item holds the verdict in a form for programs."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": visible(about.title),
        **({"home_page_url": about.home} if about.home else {}),
        **({"feed_url": about.address} if about.address else {}),
        "authors": [{"name": "revtrack"}],
        "items": [_item(report, about) for report in reports],
    }
    return json.dumps(feed, ensure_ascii=True, indent=1) + "\n"


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


def _entry(report: Reported, about: Feed) -> etree._Element:
    revision, verdict = report.revision, report.revision.verdict
    page, article = web_address(report.link), web_address(report.article.url)
    entry = _element("entry")
    entry.append(_element("title", _title(report)))
    entry.append(_element("id", entry_id(report, about.archive)))
    entry.append(_element("updated", iso(report.judged_at)))
    if revision.seen_at:
        entry.append(_element("published", iso(revision.seen_at)))
    entry.extend(_links(("alternate", page or article), ("related", article if page else "")))
    entry.extend(_element("category", term=term) for term in _terms(report))
    entry.append(_element("summary", "; ".join((summary(verdict), *facts(verdict)))))
    entry.append(_element("content", html_fragment(revision), type="html"))
    return entry


def _links(*addresses: tuple[str, str]) -> list[etree._Element]:
    return [_element("link", rel=rel, href=address) for rel, address in addresses if address]


def _element(name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.Element(f"{{{_ATOM}}}{name}", attributes, nsmap={None: _ATOM})  # type: ignore[dict-item]
    element.text = text or None
    return element


def _item(report: Reported, about: Feed) -> dict[str, object]:
    revision, verdict = report.revision, report.revision.verdict
    page, article = web_address(report.link), web_address(report.article.url)
    return {
        "id": entry_id(report, about.archive),
        **({"url": page or article} if page or article else {}),
        **({"external_url": article} if page and article else {}),
        "title": _title(report),
        "content_html": html_fragment(revision),
        "summary": "; ".join((summary(verdict), *facts(verdict))),
        **({"date_published": iso(revision.seen_at)} if revision.seen_at else {}),
        "date_modified": iso(report.judged_at),
        "tags": list(_terms(report)),
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


def _updated(entries: Sequence[Reported], about: Feed) -> datetime:
    return max((report.judged_at for report in entries), default=about.updated or _NEVER)
