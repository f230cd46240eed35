"""What a source lists, in its order, each address once. Pure, and bounded whatever the source holds.

Only http and https URLs that we would also fetch are returned. No entity is expanded, no external file is read.
"""

import io
import itertools
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from lxml import etree

from revtrack import urls
from revtrack.discovery.kinds import Kind, plain, recognise
from revtrack.discovery.sections import announced_feeds, section_links
from revtrack.errors import BadURLError

_MOST_ENTRIES = 50_000  # what one sitemap may hold (sitemaps.org)
_MOST_SITEMAPS = 100
_MOST_BYTES = 4 << 20
_MOST_TAGS = 60_000
_HUGE_TAG = re.compile(rb"<([\w:.-]{1,100})\s[^<>]{20000,}+>")
_ITEM = re.compile(rb"<(?:[\w-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
Link = tuple[str, str]
"""An address as it stands in a source, and when that says that it changed, as it is written there."""
_ROOT = re.compile(rb"<((?:[\w-]+:)?(?:rss|feed|rdf))[\s>]", re.IGNORECASE)


class Listed(NamedTuple):
    """One article that a source lists: its canonical URL, and when it changed last as the source says (aware, UTC)."""

    url: str
    modified: datetime | None = None


def article_urls(content: bytes, *, kind: str, base_url: str = "", limit: int = 1000) -> tuple[str, ...]:
    """Return the URLs of what `listed` finds."""
    return tuple(one.url for one in listed(content, kind=kind, base_url=base_url, limit=limit))


def listed(content: bytes, *, kind: str, base_url: str = "", limit: int = 1000) -> tuple[Listed, ...]:
    """Return at most `limit` articles that a source lists, in its order; of a longer sitemap, the newest.

    `base_url` is where the source was found, for relative links. The content decides how it is read where it differs
    from the `kind` it is known as: an error page lists nothing, and a page is read as a section page only if it is
    known as one. An OPML file lists feeds; a sitemap index lists no article (see `source_urls`).
    """
    text = _tame(plain(content))
    found = recognise("", content=text) if text else Kind.ARTICLE
    if found is Kind.ARTICLE and kind in (Kind.URL_LIST, Kind.SECTION):
        found = Kind(kind)
    readers: dict[Kind, Callable[[bytes, int], Iterable[Link]]] = {
        Kind.FEED: _feed_links,
        Kind.SITEMAP: _sitemap_links,
        Kind.OPML: _outline_links,
        Kind.URL_LIST: _listed_links,
        Kind.SECTION: lambda page, limit: ((url, "") for url in section_links(page, base_url=base_url, limit=limit)),
    }
    return _usable(readers[found](text, limit), base_url, limit) if found in readers else ()


def source_urls(content: bytes, *, base_url: str = "", limit: int = 1000) -> tuple[str, ...]:
    """Return at most `limit` sources that a sitemap index, an OPML file or a page lists: sitemaps or feeds.

    A site speaks for itself: of an index at `base_url` only sitemaps on the same host count ("www." makes no other
    one), and no more than 100, the newest. Without `base_url` any host does.
    """
    text = _tame(plain(content))
    kind = recognise("", content=text) if text else Kind.ARTICLE
    links: Iterable[Link] = ()
    if kind is Kind.SITEMAP_INDEX:
        limit = min(limit, _MOST_SITEMAPS)
        links = _sitemap_links(text, limit, on_site_of=base_url)
    elif kind is Kind.OPML:
        links = _outline_links(text, limit)
    elif kind is Kind.ARTICLE:
        links = ((url, "") for url in announced_feeds(text))
    return tuple(one.url for one in _usable(links, base_url, limit))


def _tame(content: bytes) -> bytes:
    """Take the attributes off tags that hold absurdly many of them: they cost parsers the square of their number."""
    return _HUGE_TAG.sub(rb"<\1>", content)


def _usable(links: Iterable[Link], base_url: str, limit: int) -> tuple[Listed, ...]:
    found: dict[str, Listed] = {}
    for link, changed in links:
        if len(found) == limit:
            break
        if not link.strip():
            continue
        try:
            url = urls.canonical(urls.resolve(base_url, link) if base_url else link)
        except BadURLError:
            continue
        found.setdefault(url, Listed(url, _moment(changed)))
    return tuple(found.values())


def _moment(stated: str) -> datetime | None:
    """Read a time as feeds and sitemaps write it: RFC 3339 (feedparser's too), with a zone; None for anything else."""
    try:
        moment = datetime.fromisoformat(stated.strip()[:40])
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _feed_links(content: bytes, limit: int) -> Iterator[Link]:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from _json_links(content)
        return
    for entry in _entries(_cut(content[:_MOST_BYTES], limit)):
        link = entry.get("feedburner_origlink") or entry.get("link") or ""
        if isinstance(link, str) and link:
            stated = "updated_parsed" if "updated_parsed" in entry else "published_parsed"
            yield link, _rfc3339(entry.get(stated))


def _rfc3339(parsed: object) -> str:
    """Return what feedparser made of a time, which is in UTC, as text; "" if it made nothing of it."""
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", parsed) if isinstance(parsed, time.struct_time) else ""


def _entries(content: bytes) -> list[dict[str, Any]]:
    """Return the entries of a feed in XML, none of one that the parser cannot bear."""
    import feedparser  # noqa: PLC0415 - costs three interpreters, and most passes read no feed

    try:
        # A file object, because feedparser would take bytes for a file's name.
        feed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # noqa: BLE001 - hostile input raises whatever its parsers happen to; they promise nothing
        return []
    entries: list[dict[str, Any]] = feed.entries
    return entries


def _json_links(content: bytes) -> Iterator[Link]:
    try:
        items = json.loads(content.decode("utf-8-sig", "replace"))["items"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    for item in items if isinstance(items, list) else []:
        link = item.get("url") or item.get("external_url") if isinstance(item, dict) else None
        if isinstance(link, str):
            yield link, str(item.get("date_modified") or "")


def _cut(content: bytes, limit: int) -> bytes:
    """Return a feed with no more than `limit` entries and a bounded number of tags, closed again.

    An entry costs the parser 0.4 ms.
    """
    marks = itertools.chain(
        itertools.islice((found.start() for found in _ITEM.finditer(content)), limit, limit + 1),
        itertools.islice((found.start() for found in re.finditer(b"<", content)), _MOST_TAGS, _MOST_TAGS + 1),
    )
    last = min(marks, default=len(content))
    root = _ROOT.search(content)
    if root is None or last == len(content):
        return content[:last]
    channel = b"</channel>" if root[1].lower().endswith(b"rss") else b""
    return content[:last] + channel + b"</" + root[1] + b">"


def _sitemap_links(content: bytes, limit: int, *, on_site_of: str = "") -> list[Link]:
    """Return the addresses of a sitemap, the newest `limit` if it holds more, in its order."""
    found: list[tuple[str, str]] = []
    for element in _elements(content, ("url", "sitemap")):
        date, link = _sitemap_entry(element)
        if link and (not on_site_of or _is_on_site_of(on_site_of, link)):
            found.append((date, link))
    if len(found) > limit:
        newest = sorted(range(len(found)), key=lambda place: found[place][0], reverse=True)[:limit]
        found = [found[place] for place in sorted(newest)]
    return [(link, date) for date, link in found]


def _sitemap_entry(element: etree._Element) -> tuple[str, str]:
    """Return when an entry of a sitemap changed and where it leads, each "" if it does not say."""
    try:
        dates = [child.text for child in element.iter() if _name(child) in ("lastmod", "publication_date")]
        link = next((child.text for child in element if _name(child) == "loc"), None)
    except UnicodeDecodeError:  # half of a surrogate pair, written as a character reference
        return "", ""
    return next(filter(None, dates), ""), link or ""


def _is_on_site_of(url: str, link: str) -> bool:
    try:
        hosts = {urls.host_of(address).removeprefix("www.") for address in (url, urls.resolve(url, link))}
    except BadURLError:
        return False
    return len(hosts) == 1


def _outline_links(content: bytes, limit: int) -> list[Link]:  # noqa: ARG001 - one shape for all readers
    return [(_outline_link(element), "") for element in _elements(content, ("outline",))]


def _outline_link(element: etree._Element) -> str:
    try:
        return element.get("xmlUrl") or element.get("xmlurl") or ""
    except UnicodeDecodeError:  # as in a sitemap
        return ""


def _listed_links(content: bytes, limit: int) -> list[Link]:  # noqa: ARG001 - one shape for all readers
    lines = content.decode("utf-8-sig", "replace").splitlines()
    return [(line.split()[0], "") for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _elements(content: bytes, names: tuple[str, ...]) -> Iterator[etree._Element]:
    """Yield the elements of these names, as far as the XML can be read, and forget each after use."""
    events = etree.iterparse(
        io.BytesIO(content),
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
    )
    try:
        for count, (_, element) in enumerate(events):
            if count == _MOST_ENTRIES:
                return
            yield element
            element.clear()
            while element.getprevious() is not None:
                parent = element.getparent()
                if parent is None:
                    break
                del parent[0]
    except etree.XMLSyntaxError:
        return


def _name(element: etree._Element) -> str:
    """Return an element's name without its namespace; a comment has none."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
