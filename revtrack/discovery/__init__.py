"""From the bytes of a source to article URLs: feeds, sitemaps, OPML, lists of URLs. Pure: it fetches nothing.

>>> from revtrack.discovery import article_urls, recognise
>>> content = b"<rss><channel><item><link>/2024/storm</link></item></channel></rss>"
>>> kind = recognise("https://example.org/feed", content=content, content_type="text/html")
>>> kind.value, article_urls(content, kind=kind, base_url="https://example.org/feed")
('feed', ('https://example.org/2024/storm',))
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from revtrack.discovery.kinds import Kind, recognise
    from revtrack.discovery.links import article_urls, source_urls

__all__ = ["Kind", "article_urls", "recognise", "source_urls"]

_HOME = {
    **dict.fromkeys(("Kind", "recognise"), "kinds"),
    **dict.fromkeys(("article_urls", "source_urls"), "links"),
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'revtrack.discovery' has no attribute {name!r}")
    value: object = getattr(import_module(f"revtrack.discovery.{_HOME[name]}"), name)
    globals()[name] = value
    return value
