"""Write feeds beside the pages that show the same: Atom and JSON Feed, the diffs inside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from revtrack.archive import Archive
from revtrack.archive.values import Selection
from revtrack.evidence.checkpoints import origin_of
from revtrack.model import Report
from revtrack.rendering.feeds import Feed, atom_of, entries_of, json_feed_of
from revtrack.rendering.links import Links
from revtrack.site.addresses import article_file, feed_files, revision_file, source_key
from revtrack.site.files import put


@dataclass(frozen=True)
class Publisher:
    """What all feeds and pages of articles of a site have in common.

    `folder` is the site's, `archive` names what it tells of (`evidence.origin_of`). `home` is the address that the
    site will have, with a slash at its end; "" where it has none: then entries link to the articles themselves.
    `updated` stands in feeds without entries. `joined` is `Archive.joined`.
    """

    folder: Path
    archive: str
    home: str = ""
    updated: datetime | None = None
    joined: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def links(self) -> Links | None:
        """Where pages will be, in full; None where the site has no address."""
        return full_links(self.home)

    def publish(self, reports: Sequence[Report], *, inside: str, page: str, title: str, part: str) -> int:
        """Write both feeds of a page, named `page`, into a folder of the site; return how many files were written."""
        entries, written = entries_of(reports, self.archive), 0
        for file, form in zip(feed_files(inside), (atom_of, json_feed_of), strict=True):
            where = {"home": f"{self.home}{page}", "address": f"{self.home}{file}"} if self.home else {}
            about = Feed(title, self.archive, part, updated=self.updated, **where)
            written += put(self.folder, file, form(entries, about))
        return written


def full_links(home: str) -> Links | None:
    """Return the links of a site in full, given its address with a slash at its end; None where it has none."""
    return _Full(home) if home else None


def describe_feed(archive: Archive, selection: Selection, title: str, *, home: str = "") -> Feed:
    """Return what a feed of a selection says of itself: what it selects, times left out, tells it from others."""
    lasting = replace(selection, since=None, until=None)  # the same feed tomorrow
    part = "" if lasting == Selection() else f"selection/{source_key(repr(lasting))}"
    return Feed(title, name_archive(archive), part, home=home)


def name_archive(archive: Archive) -> str:
    """Return what feeds call an archive: its origin, by its first leaf."""
    first = archive.leaf_hash(0)
    return origin_of(first) if first else "revtrack/empty"


class _Full(Links):
    """Addresses of articles and revisions in full."""

    def __init__(self, home: str) -> None:
        self._home = home

    def revision(self, article_id: int, old: int, new: int) -> str:
        """Return the address of the step between two versions that follow each other."""
        return f"{self._home}{revision_file(article_id, new)}" if old == new - 1 else ""

    def article(self, article_id: int) -> str:
        """Return the address of an article's page."""
        return f"{self._home}{article_file(article_id)}"
