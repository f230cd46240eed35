"""The page of one article: its life as a picture, which paragraph is fought over, and its history. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from revtrack.model import Article, Revision, Story, Version
from revtrack.rendering.absences import Look, absence
from revtrack.rendering.lines import UNTITLED, RevisionLine, revision_line
from revtrack.rendering.links import Links
from revtrack.rendering.provenance import FIRST_PAGE
from revtrack.rendering.strip import strip
from revtrack.rendering.templating import fill
from revtrack.rendering.timeline import HEIGHT, timeline
from revtrack.rendering.unread import failures_told
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import clock, count, span

_OURS = "live"  # what `Version.seen_by` calls looks of our own
_MOST_PAIRED = 16  # versions of which every pair is offered where no form can be answered


@dataclass(frozen=True)
class ArticlePage:
    """What the page of an article shows: its versions and revisions in rising order, and its looks with outcomes.

    `joined` are the ids of articles with versions of their own that turned out to be this one.
    """

    article: Article
    versions: tuple[Version, ...]
    revisions: tuple[Revision, ...] = ()
    looks: tuple[Look, ...] = ()
    joined: tuple[int, ...] = ()


class Entry(NamedTuple):
    """One version in the history, and what brought it: None for the first."""

    version: Version
    line: RevisionLine | None
    origin: str = ""

    @property
    def seen_by(self) -> list[str]:
        """Who saw it, as a reader names it."""
        return ["looks of our own" if kind == _OURS else kind for kind in self.version.seen_by]


class Pairing(NamedTuple):
    """A row of the triangle of pairs: the later version, and the address of its comparison with each earlier one."""

    new: int
    addresses: tuple[tuple[int, str], ...]


def article_page(page: ArticlePage, links: Links) -> str:
    """Return the page as HTML; it needs no script."""
    article = page.article
    newest = _newest(page)
    origins = {version.number: origin_of(version) for version in page.versions}
    lines = {
        revision.new: revision_line(article.id, revision, origin=origins.get(revision.new or 0, ""))
        for revision in page.revisions
    }
    compare = links.compare(article.id) if len(page.versions) > 1 else ""
    return fill(
        "article.html",
        links,
        page=page,
        article=article,
        story=newest,
        language=newest.language if newest else "",
        title=visible(newest.headline if newest else article.headline) or UNTITLED,
        observed=_observed(page),
        timeline=timeline(page.revisions, page.looks),
        height=HEIGHT,
        strip=strip(page.revisions),
        history=[
            Entry(version, lines.get(version.number), origins[version.number]) for version in reversed(page.versions)
        ],
        compare=compare,
        pairs=() if compare else _pairs(page.versions, article.id, links),
    )


def origin_of(version: Version) -> str:
    """Return what brought a version in where no look of our own saw it first, "" elsewhere."""
    return version.seen_by[0] if version.seen_by and version.seen_by[0] != _OURS else ""


def _newest(page: ArticlePage) -> Story | None:
    """Return the newest story: that of the last step where there is one, which is built already."""
    if page.revisions and not page.revisions[-1].redaction:
        return page.revisions[-1].diff.new
    return page.versions[-1].story if page.versions else None


def _observed(page: ArticlePage) -> tuple[str, ...]:
    """Return what was seen of the article, a sentence each."""
    if not page.versions:
        return tuple(filter(None, ("No version has been read of it yet.", failures_told(page.looks))))
    first, last = page.versions[0].first_seen, page.versions[-1].last_seen
    looks = sum(version.looks for version in page.versions)
    life = f"{count(len(page.versions), 'version')} over {span(last - first)}, from {count(looks, 'look')}"
    told = [f"{life}: first seen {clock(first)}, last {clock(last)}."]
    if (newest := _newest(page)) and newest.next_page:
        told.append(f"What is read is {FIRST_PAGE}.")
    if gone := absence(page.looks):
        told.append(gone)
    if failed := failures_told(page.looks):
        told.append(failed)
    if page.article.retired_at:
        told.append(f"It is not looked at any more since {clock(page.article.retired_at)}.")
    return tuple(told)


def _pairs(versions: Sequence[Version], article_id: int, links: Links) -> tuple[Pairing, ...]:
    """Return the triangle of the pairs that have a page; nothing where only neighbours have one."""
    numbers = [version.number for version in versions][-_MOST_PAIRED:]
    rows = tuple(
        Pairing(new, tuple((old, links.revision(article_id, old, new)) for old in numbers if old < new))
        for new in numbers[1:]
    )
    far = any(address for row in rows for old, address in row.addresses if old + 1 < row.new)
    return rows if far else ()
