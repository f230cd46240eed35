"""What a page says about its article: headline, names, times, address, language. Knows no body text.

Several witnesses are heard: the visible page, its `<meta>` tags, its JSON-LD. What they say is kept with its source.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from revtrack.extraction.authors import read_authors
from revtrack.extraction.blocks import Page
from revtrack.extraction.headlines import find_headline, read_headline, state_headlines
from revtrack.extraction.languages import primary_of, read_language
from revtrack.extraction.structured import Structured
from revtrack.extraction.times import MODIFIED, PUBLISHED, read_stamps
from revtrack.model import Stamp, StatedHeadline
from revtrack.text import clean, fold

_HOST = re.compile(r"https?://(?:www\.)?([^/:?#]{1,80}?)(?:\.(?:com?|org|net|gov|edu))?(?:\.([a-z]{2,6}))?(?:[/:?#]|$)")
_DAY_FIRST = frozenset(("uk", "au", "nz", "ie", "za", "in", "sg", "ng", "ke", "gh", "my", "pk", "bd", "lk"))
_LIVE = re.compile(r"live-?(?:blog|ticker|updates?|coverage)|/live/", re.IGNORECASE)
_TIERS = {"free": True, "metered": False, "locked": False}  # what Facebook asks publishers to state
_LONGEST = 1_000  # characters of a stated text


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page states of its article, each "", () or None where it states nothing; named as in `Story`."""

    headline: str = ""
    deck: str = ""
    byline: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    language: str = ""
    canonical_url: str = ""
    site: str = ""
    section: str = ""
    stamps: tuple[Stamp, ...] = ()
    headlines: tuple[StatedHeadline, ...] = ()
    authors: tuple[str, ...] = ()
    free: bool | None = None
    live: bool = False
    schema_type: str = ""


def read_metadata(page: Page, structured: Structured, url: str | None, *, seen_at: datetime | None = None) -> Metadata:
    """Return what the page states.

    `url` is where it was had from, to resolve a relative canonical address; `seen_at` is when, to read "3 hours ago".
    """
    metas = _first_of_each(page.head.metas)
    site = (metas.get("og:site_name", "") or structured.site)[:_LONGEST]
    names = _names_of_site(site, structured.site, url)
    headlines = state_headlines(page, metas, structured, names)
    headline = read_headline(page, headlines)
    place = find_headline(page, headline)
    language = read_language(page, metas, structured)
    address = _read_address(page, metas, structured, url)
    authors = read_authors(page, metas, structured, place=place, names=names)
    stamps = read_stamps(
        page, structured, place=place, language=_with_region(language, url), urls=[address, url or ""], seen_at=seen_at
    )
    return Metadata(
        headline=headline,
        deck=_read_deck(page, metas, structured, headline),
        byline=", ".join(authors),
        published=next((stamp.at for stamp in stamps if stamp.what == PUBLISHED), None),
        modified=next((stamp.at for stamp in stamps if stamp.what == MODIFIED), None),
        language=primary_of(language),
        canonical_url=address,
        site=site,
        section=(metas.get("article:section", "") or structured.section)[:_LONGEST],
        stamps=stamps,
        headlines=headlines,
        authors=authors,
        free=structured.free
        if structured.free is not None
        else _TIERS.get(metas.get("article:content_tier", "").lower()),
        live=structured.live or _LIVE.search(url or address) is not None,
        schema_type=structured.kind,
    )


def _names_of_site(site: str, publisher: str, url: str | None) -> list[str]:
    """Return the names that a page gives its site, and the one in its address: "herald" of www.herald.co.uk."""
    host = _HOST.match(url or "")
    return list(dict.fromkeys(name for name in (site, publisher, host[1] if host else "") if name))


def _with_region(language: str, url: str | None) -> str:
    """Add the region of a site's address to a bare "en": its slashes put the day first everywhere but in America."""
    host = _HOST.match(url or "")
    if language not in ("", "en") or host is None or host[2] not in _DAY_FIRST:
        return language
    return f"en-{host[2]}"


def _read_deck(page: Page, metas: dict[str, str], structured: Structured, headline: str) -> str:
    """Return the stated summary if the page shows it: one that only machines see is no part of the story."""
    stated = {
        fold(text)
        for text in (structured.description, metas.get("og:description", ""), metas.get("description", ""))
        if text
    }
    sizes = {len(text) // 8 for text in stated}
    sizes |= {size + step for size in sizes for step in (-1, 1)}
    after = False
    for block in page.blocks:
        after = after or block.text == headline
        if after and len(block.text) // 8 in sizes and block.text != headline and block.folded in stated:
            return block.text
    return ""


def _read_address(page: Page, metas: dict[str, str], structured: Structured, url: str | None) -> str:
    linked = next((href for rel, href in page.head.links if "canonical" in rel.split() and href.strip()), "")
    stated = linked.strip() or metas.get("og:url", "").strip() or structured.url
    try:
        resolved = urljoin(url or "", stated) if stated else ""
    except ValueError:  # a broken IPv6 address
        return ""
    return resolved if resolved.startswith(("http://", "https://")) else ""


def _first_of_each(metas: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, content in metas:
        if content.strip():
            found.setdefault(name, clean(content))
    return found
