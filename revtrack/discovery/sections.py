"""The articles that a section page links to, and the feeds that a page announces. Pure, and bounded by the page.

Which links are articles is read off the site's own pattern: addresses of one shape that lead from headlines. Menus lead
from single words, and to addresses of other shapes.
"""

import re
from collections.abc import Iterator
from statistics import median
from urllib.parse import urlsplit

from revtrack import urls
from revtrack.errors import BadURLError, NotAnArticleError
from revtrack.extraction.charset import decode
from revtrack.extraction.parsing import parse

_MOST_LINKS = 5_000
_FEWEST = 2
"""Addresses of one shape that make a pattern."""
_HEADLINE = 24
"""Bytes of a link's text that make it a headline: four words, or eight characters of a script without spaces."""
_SLUG = 3
"""Words of a segment that make it a headline's."""
_HEAD = 256 << 10
_MOST_FEEDS = 5
_FILE = re.compile(r"\.(?:pdf|jpe?g|png|gif|webp|svg|mp[34]|zip|xml|json|rss|ics|docx?|xlsx?|css|js)$", re.IGNORECASE)
_LINK = re.compile(r"<link\s[^>]{1,1000}>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"type\s*=\s*[\"']?application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_ALTERNATE = re.compile(r"rel\s*=\s*[\"']?[^\"'>]*\balternate\b", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_OF_COMMENTS = re.compile(r"comment", re.IGNORECASE)


def section_links(content: bytes, *, base_url: str, limit: int = 1000) -> tuple[str, ...]:
    """Return at most `limit` addresses on a page at `base_url` that look like articles of its site, in its order."""
    texts = _links_of(content, base_url)
    shapes: dict[tuple[str, ...], list[str]] = {}
    for url in texts:
        shapes.setdefault(_shape(url), []).append(url)
    patterns = {shape for shape, found in shapes.items() if _is_pattern(shape, [texts[url] for url in found])}
    found = (url for url, text in texts.items() if _shape(url) in patterns and _is_headed(url, text))
    return tuple(found)[:limit]


def _links_of(content: bytes, base_url: str) -> dict[str, str]:
    """Return the addresses on a page's own site that may be articles, each with the longest text that leads there."""
    try:
        page = parse(decode(content))
    except NotAnArticleError:  # larger than any page
        return {}
    site, here = _site(base_url), urls.article_key(base_url)
    found: dict[str, str] = {}
    links = [link for block in page.blocks for link in block.links]
    for href, text in links[:_MOST_LINKS]:
        try:
            url = urls.canonical(urls.resolve(base_url, href))
        except BadURLError:
            continue
        if _site(url) == site and urls.article_key(url) != here and _may_be_article(url):
            found[url] = max(found.get(url, ""), text, key=len)
    return found


def _site(url: str) -> str:
    return urls.host_of(url).removeprefix("www.")


def _may_be_article(url: str) -> bool:
    return not (_FILE.search(urlsplit(url).path) or urls.is_front_or_section(url) or urls.is_gate(url))


def _shape(url: str) -> tuple[str, ...]:
    """Return what addresses of one pattern have in common: the kind of each segment, and the names of parameters.

    >>> _shape("https://a.test/sport/2024/11/20/cup-final-goes-to-replay.html")
    ('word', 'number', 'number', 'number', 'slug.html')
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    pairs = (pair.partition("=") for pair in parts.query.split("&") if pair)
    return (*map(_kind, segments), *sorted(f"{_kind(value)} as {name}" for name, _, value in pairs))


def _kind(segment: str) -> str:
    stem, dot, suffix = segment.rpartition(".")
    stem, ending = (stem, dot + suffix) if dot and suffix.isalpha() else (segment, "")
    if stem.isdigit():
        return "number" + ending
    is_slug = len(re.split(r"[-_]|%20", stem)) >= _SLUG or any(character.isdigit() for character in stem)
    return ("slug" if is_slug else "word") + ending


def _is_pattern(shape: tuple[str, ...], texts: list[str]) -> bool:
    telling = any(kind.startswith(("slug", "number")) for kind in shape)
    return telling and len(texts) >= _FEWEST and median(len(text.encode()) for text in texts) >= _HEADLINE


def _is_headed(url: str, text: str) -> bool:
    """Say whether a link of the right shape leads from a headline, or from a picture to one."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return len(text.encode()) >= _HEADLINE or (not text and len(re.split(r"[-_]", last)) > _SLUG)


def announced_feeds(content: bytes) -> Iterator[str]:
    """Yield the addresses, as written, of the feeds that a page announces in its head; those of comments left out."""
    tags = (tag[0] for tag in _LINK.finditer(decode(content[:_HEAD])))
    feeds = [tag for tag in tags if _FEED_TYPE.search(tag) and _ALTERNATE.search(tag) and not _OF_COMMENTS.search(tag)]
    for tag in feeds[:_MOST_FEEDS]:
        if href := _HREF.search(tag):
            yield (href[1] or href[2] or href[3] or "").replace("&amp;", "&")
