"""What a URL or some bytes are: an article, or a source of article URLs. Pure; it fetches nothing.

Servers call feeds text/html and files have any name, so where there are bytes they decide by their first tag, and the
content type only helps. The name is a hint as long as there are none.
"""

import re
from enum import StrEnum

from revtrack.fetching.decoding import DecodingError, decode_body


class Kind(StrEnum):
    """What can be tracked. The URLs in an OPML file or a sitemap index are sources themselves.

    A section page is known as one only if a person says so, or by its address: that of a site's front page.
    """

    ARTICLE = "article"
    FEED = "feed"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap index"
    OPML = "opml"
    URL_LIST = "url list"
    SECTION = "section"

    @property
    def lists_sources(self) -> bool:
        """Whether the URLs found in it are sources rather than articles."""
        return self in (Kind.OPML, Kind.SITEMAP_INDEX)


MAX_BYTES = 16 << 20

_HEAD = 64 << 10
_FIRST_TAG = re.compile(rb"<(?:[\w-]+:)?([A-Za-z][\w-]*)")
_PROLOGUE = re.compile(rb"\s+|<\?[^>]*>|<!--.*?-->|<!DOCTYPE\b[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_KINDS = {
    b"rss": Kind.FEED,
    b"feed": Kind.FEED,
    b"rdf": Kind.FEED,
    b"urlset": Kind.SITEMAP,
    b"sitemapindex": Kind.SITEMAP_INDEX,
    b"opml": Kind.OPML,
}
_NAMES = (
    (re.compile(r"\.opml$"), Kind.OPML),
    (re.compile(r"/[\w-]*sitemap[\w-]*\.xml(?:\.gz)?$|/sitemap$"), Kind.SITEMAP),
    (
        re.compile(r"/(?:feed|rss2?|atom|rdf)(?:\.\w+)?$|[\w-]*(?:feed|rss|atom)\.(?:xml|json)$|\.(?:rss|atom|rdf)$"),
        Kind.FEED,
    ),
)
_FRONT = re.compile(r"https?://[^/?#]+/?")
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org')
_URL_LINE = re.compile(rb"https?://\S+\s*(?:#.*)?")


def recognise(name: str, *, content_type: str = "", content: bytes = b"") -> Kind:
    """Return what a URL or file is, by its content, or by its name as long as there is none.

    Whatever is no known source counts as an article.

    >>> recognise("https://example.org/rss.xml").value, recognise("x", content=b"<opml version='2.0'></opml>").value
    ('feed', 'opml')
    """
    if not content:
        if _FRONT.fullmatch(name):
            return Kind.SECTION
        path = name.partition("?")[0].rstrip("/").lower()
        return next((kind for pattern, kind in _NAMES if pattern.search(path)), Kind.ARTICLE)
    text = plain(content).lstrip(b"\xef\xbb\xbf")
    head = text[:_HEAD].lstrip()
    if head.startswith(b"{"):
        return Kind.FEED if "feed+json" in content_type.lower() or _JSON_FEED.search(head) else Kind.ARTICLE
    if head.startswith(b"<"):
        tag = _FIRST_TAG.match(head, _after_prologue(head))
        return _KINDS.get(tag[1].lower(), Kind.ARTICLE) if tag else Kind.ARTICLE
    return Kind.URL_LIST if _is_url_list(head, is_whole=len(text) <= _HEAD) else Kind.ARTICLE


def plain(content: bytes) -> bytes:
    """Return a source's bytes, unpacked if they are a gzip file, as sitemaps often are; b"" if that cannot be done."""
    if not content.startswith(b"\x1f\x8b"):
        return content[:MAX_BYTES]
    try:
        return decode_body(content, "gzip", limit=MAX_BYTES)
    except DecodingError:
        return b""


def _after_prologue(head: bytes) -> int:
    at = 0
    while found := _PROLOGUE.match(head, at):
        at = found.end()
    return at


def _is_url_list(head: bytes, *, is_whole: bool) -> bool:
    lines = head.splitlines() if is_whole else head.splitlines()[:-1]
    meant = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith(b"#")]
    return bool(meant) and sum(_URL_LINE.fullmatch(line) is not None for line in meant) >= 0.8 * len(meant)
