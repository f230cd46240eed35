"""From the bytes of a source to article URLs: feeds, sitemaps, OPML, section pages, lists. Pure: it fetches nothing.

>>> from revtrack.discovery import article_urls, recognise
>>> content = b"<rss><channel><item><link>/2024/storm</link></item></channel></rss>"
>>> kind = recognise("https://example.org/feed", content=content, content_type="text/html")
>>> kind.value, article_urls(content, kind=kind, base_url="https://example.org/feed")
('feed', ('https://example.org/2024/storm',))
"""

from typing import TYPE_CHECKING

from revtrack.lazy import load_from

if TYPE_CHECKING:
    from revtrack.discovery.kinds import Kind, recognise
    from revtrack.discovery.links import Listed, article_urls, listed, source_urls
    from revtrack.discovery.listing import Listing, read_source
    from revtrack.discovery.patience import asked_to_wait, may_be_read, next_reading

__all__ = [
    "Kind",
    "Listed",
    "Listing",
    "article_urls",
    "asked_to_wait",
    "listed",
    "may_be_read",
    "next_reading",
    "read_source",
    "recognise",
    "source_urls",
]

_HOME = {
    **dict.fromkeys(("Listing", "read_source"), "listing"),
    **dict.fromkeys(("Kind", "recognise"), "kinds"),
    **dict.fromkeys(("asked_to_wait", "may_be_read", "next_reading"), "patience"),
    **dict.fromkeys(("Listed", "article_urls", "listed", "source_urls"), "links"),
}


__getattr__ = load_from(__name__, _HOME)
