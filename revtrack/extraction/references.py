"""The pictures and links of an article, as absolute addresses. Knows which blocks are its text, not what they say.

Both are bounded in number and length: a page may hold a million of them.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import urljoin, urlsplit

from revtrack.extraction.blocks import Block, Page
from revtrack.model import Image, Link, ParagraphKind
from revtrack.text import clean

_MOST_LINKS, _MOST_IMAGES = 100, 30
_LONGEST_URL, _LONGEST_TEXT = 1_000, 300
_ABOVE = 12  # blocks above the text in which its first picture stands
_BESIDE = 2  # blocks below a picture in which its caption stands
_TRACKER = ("pixel", "spacer", "blank.gif", "1x1", "/logo", "avatar", "sprite", "/icon")


def read_links(shown: Sequence[Block], url: str | None) -> tuple[Link, ...]:
    """Return the links in the blocks that make up the text, in order, each address and wording once."""
    base = url or ""
    found: dict[Link, None] = {}
    for block in shown:
        for href, text in block.links:
            address = _absolute(href, base)
            if address and not _is_same_page(address, base):
                found.setdefault(Link(address, clean(text)[:_LONGEST_TEXT]))
                if len(found) == _MOST_LINKS:
                    return tuple(found)
    return tuple(found)


def read_images(page: Page, shown: Sequence[Block], stated: Iterable[str], url: str | None) -> tuple[Image, ...]:
    """Return the pictures of an article: those that stand in or just above its text, then those `stated` of it."""
    base = url or ""
    found: dict[str, Image] = {}
    if shown:
        first, last = shown[0].order - _ABOVE, shown[-1].order
        captions = {block.order: block.text for block in shown if block.kind is ParagraphKind.CAPTION}
        for order, source, alt in page.head.images:
            address = _absolute(source, base) if first <= order <= last else ""
            if address and not any(sign in address.lower() for sign in _TRACKER):
                caption = next((captions[at] for at in range(order, order + _BESIDE) if at in captions), "")
                found.setdefault(address, Image(address, caption[:_LONGEST_TEXT], clean(alt)[:_LONGEST_TEXT]))
    for source in stated:
        address = _absolute(source, base)
        if address:
            found.setdefault(address, Image(address))
    return tuple(found.values())[:_MOST_IMAGES]


def _absolute(href: str, base: str) -> str:
    """Return an address over http(s), "" where it is none."""
    href = href.strip()
    if not href or len(href) > _LONGEST_URL or href.startswith("#"):
        return ""
    if href.startswith(("https://", "http://")):
        return href if "[" not in href else ""  # an IPv6 address, mostly broken, names no picture or article
    try:
        resolved = urljoin(base, href)
    except ValueError:  # a broken IPv6 address
        return ""
    return resolved if resolved.startswith(("http://", "https://")) and len(resolved) <= _LONGEST_URL else ""


def _is_same_page(address: str, base: str) -> bool:
    """Whether an address leads only to another place of the page."""
    return (
        bool(base)
        and "#" in address
        and urlsplit(address)._replace(fragment="") == urlsplit(base)._replace(fragment="")
    )
