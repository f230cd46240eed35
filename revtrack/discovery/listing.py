"""What one reading of a source came to: articles, further sources, or what was wrong. Pure: it fetches nothing."""

import logging
from typing import NamedTuple
from urllib.parse import urlsplit

from revtrack.discovery.kinds import Kind, recognise
from revtrack.discovery.links import Listed, listed, source_urls
from revtrack.discovery.titles import title_of
from revtrack.model import Outcome, Snapshot, Source

MOST_ARTICLES = 1000
"""What is taken from one reading; of a sitemap the newest, of a feed the first."""

log = logging.getLogger(__name__)


class Listing(NamedTuple):
    """What a source lists: articles, or `sources` of the kind `inner`. `reason` says what was wrong, if anything.

    `title` is what a feed calls itself.
    """

    articles: tuple[Listed, ...] = ()
    sources: tuple[str, ...] = ()
    inner: Kind = Kind.FEED
    reason: str = ""
    title: str = ""


def read_source(source: Source, snapshot: Snapshot) -> Listing:
    """Read what was fetched for a source. Raises nothing that it may hold: what cannot be read is a reason.

    Of a front page the feeds count that it announces, where it announces any: they tell of every article, and when it
    changed. An index within an index is refused, as it would have no end.
    """
    if snapshot.outcome is not Outcome.OK:
        return Listing(reason=snapshot.reason)
    try:
        return _read(source, snapshot)
    except Exception as error:  # a source that trips a bug of ours must cost neither the others nor the pass
        log.debug("could not read %s", source.url, exc_info=True)
        return Listing(reason=f"it could not be read ({type(error).__name__})")


def _read(source: Source, snapshot: Snapshot) -> Listing:
    content, base = snapshot.decoded or b"", snapshot.final_url or source.url
    kind = _kind(source, snapshot)
    if kind.lists_sources or (kind is Kind.SECTION and urlsplit(base).path in ("", "/") and not source.parent):
        found = source_urls(content, base_url=base)
        if source.parent:
            return Listing(reason="it is listed by another source and lists sources itself: add the one you want")
        if found or kind.lists_sources:
            inner = Kind.SITEMAP if kind is Kind.SITEMAP_INDEX else Kind.FEED
            return Listing(sources=found, inner=inner, reason="" if found else "it lists no sources")
    articles = listed(content, kind=kind, base_url=base, limit=MOST_ARTICLES + 1)
    title = title_of(content) if kind is Kind.FEED else ""
    return Listing(articles[:MOST_ARTICLES], reason=_why(kind, len(articles)), title=title)


def _kind(source: Source, snapshot: Snapshot) -> Kind:
    content_type = snapshot.header("content-type")
    found = recognise(source.url, content=snapshot.decoded or b"", content_type=content_type)
    return Kind.SECTION if found is Kind.ARTICLE and source.kind == Kind.SECTION else found


def _why(kind: Kind, count: int) -> str:
    if not count:
        is_page = kind is Kind.ARTICLE
        return "it lists no articles" + ("; a page of a site is followed as kind section" if is_page else "")
    is_cut = count > MOST_ARTICLES and kind is not Kind.SITEMAP
    return f"it lists more than {MOST_ARTICLES} articles; the first {MOST_ARTICLES} were taken" if is_cut else ""
