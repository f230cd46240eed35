"""What a page says about its article: headline, names, times, address, language. Knows no body text.

Three witnesses are heard, the visible page, its `<meta>` tags and its JSON-LD; where two agree they are believed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from revtrack.extraction.blocks import Block, Page
from revtrack.extraction.dates import read_time
from revtrack.extraction.structured import Structured
from revtrack.extraction.vocabulary import words_in
from revtrack.model import ParagraphKind, Stamp
from revtrack.text import clean, fold

_PUBLISHED = words_in(
    "article:published_time og:published_time datepublished date pubdate publishdate publish-date publish_date dc.date "
    "dc.date.issued dcterms.created dcterms.issued sailthru.date parsely-pub-date cxenseparse:recs:publishtime "
    "article.published datecreated rnews:datepublished og:article:published_time bt:pubdate"
)
_MODIFIED = words_in(
    "article:modified_time og:updated_time datemodified lastmod last-modified dcterms.modified dc.date.modified "
    "article.updated og:article:modified_time modified revised rnews:datemodified bt:moddate"
)
_AUTHOR = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl", "article.author")
_SITE_CUT = re.compile(r"\s+[|–—•·»:-]\s+|\s*\|\s*")
_BY = re.compile(
    r"^(?:by|von|par|por|di|da|door|af|av|text|autor(?:in|en)?|words by|written by)\b[:\s]+", re.IGNORECASE
)
_DATE_WORDS = re.compile(r"^[^\d]{0,40}?(?=\d{4}-\d\d-\d\d)")
_FULL_NAME = re.compile(r"[^\W\d_a-zß-ÿ][^\s]*(?:\s[^\s]+){1,5}$")
_AND = re.compile(r"\s*(?:,|;|&|\s(?:and|und|et|y|e|og|och|en)(?=\s))\s*")
_ASIDE = re.compile(r"\s*\([^)]{0,60}\)$")
_BY_CUT = re.compile(
    r"\s*(?:\||•|·|,\s(?=\S+\s(?:staff|correspondent|reporter|editor)\b)|\bupdated\b|\bpublished\b|\bposted\b).*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page states of its article, each "" or () where it states nothing."""

    headline: str = ""
    deck: str = ""
    byline: str = ""
    language: str = ""
    canonical_url: str = ""
    site: str = ""
    section: str = ""
    stamps: tuple[Stamp, ...] = ()


def read_metadata(page: Page, structured: Structured, url: str | None) -> Metadata:
    """Return what the page states; `url` is where it was had from, to resolve a relative canonical address."""
    metas = _first_of_each(page.head.metas)
    site = metas.get("og:site_name", "") or structured.site
    headline = read_headline(page, metas, structured)
    language = _read_language(page, metas, structured)
    return Metadata(
        headline=headline,
        deck=_read_deck(page, metas, structured, headline),
        byline=", ".join(_read_authors(page, metas, structured, site)),
        language=language,
        canonical_url=_read_address(page, metas, structured, url),
        site=site,
        section=metas.get("article:section", "") or structured.section,
        stamps=tuple(_read_stamps(page, structured, headline, language)),
    )


def read_headline(page: Page, metas: dict[str, str], structured: Structured) -> str:
    """Return the headline as the page shows it: the `<h1>` that agrees with what is stated, else a likely one."""
    shown = [block.text for block in page.blocks if block.heading == 1]
    stated = [text for text in (structured.headline, metas.get("og:title", ""), metas.get("twitter:title", "")) if text]
    stated_folded = [fold(text).lower() for text in (*stated, page.head.title)]
    for text in shown:
        folded = fold(text).lower()
        if len(folded) > 3 and any(
            folded == other or (len(folded) > 15 and folded in other) for other in stated_folded
        ):
            return text
    likely = [text for text in shown if len(text) > 20]
    if likely and not stated:
        return likely[0]
    named = (stated or [page.head.title])[0]
    if named:
        return _shown_as(page, _without_site(named, metas.get("og:site_name", "") or structured.site))
    return (likely or shown or [""])[0]


def _shown_as(page: Page, text: str) -> str:
    """Return the spelling of a stated headline that the page shows, whichever element shows it."""
    wanted = fold(text).lower()
    return next((block.text for block in page.blocks if fold(block.text).lower() == wanted), text)


def _without_site(title: str, site: str) -> str:
    """Take the site's name off the end of a title: "Storm hits coast | The Herald"."""
    parts = _SITE_CUT.split(title)
    if len(parts) > 1 and (
        not site or fold(parts[-1]).lower() in fold(site).lower() or fold(site).lower() in fold(parts[-1]).lower()
    ):
        end = title.rfind(parts[-1])
        shortened = _SITE_CUT.sub(" ", title[end - 4 : end]).strip()
        return (title[: end - 4] + shortened).strip() if len(title[:end]) > 15 else title
    return title


def _read_deck(page: Page, metas: dict[str, str], structured: Structured, headline: str) -> str:
    """Return the stated summary if the page shows it: one that only machines see is no part of the story."""
    stated = {
        fold(text)
        for text in (structured.description, metas.get("og:description", ""), metas.get("description", ""))
        if text
    }
    after = False
    for block in page.blocks[:200]:
        after = after or block.text == headline
        if after and block.text != headline and fold(block.text) in stated:
            return block.text
    return ""


def _read_authors(page: Page, metas: dict[str, str], structured: Structured, site: str) -> tuple[str, ...]:
    """Return the persons named, JSON-LD's first; a publisher that signs its own article only where nobody else does."""
    stated = _persons(structured.authors)
    if stated and not all(_is_site(name, site) for name in stated):
        return stated
    for name in _AUTHOR:
        named = _persons((metas.get(name, ""),))
        if named and not all(_is_site(one, site) for one in named):
            return named
    shown = tuple(
        name for name in _persons(_bylines(page.blocks)) if _FULL_NAME.match(name) and not _is_site(name, site)
    )
    return shown or stated


def _persons(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the single names in bylines, each once: "Jo Li and Al Wu (Rome)" names two persons."""
    names = [_person(name) for text in texts for name in _AND.split(_BY.sub("", clean(text)))]
    return tuple(dict.fromkeys(name for name in names if name))


def _is_site(name: str, site: str) -> bool:
    return ("." in name.strip(".") and " " not in name) or (bool(site) and fold(name).lower() in fold(site).lower())


def _bylines(blocks: list[Block]) -> Iterator[str]:
    """Yield the first line that stands in a box or element named byline or author."""
    for block in blocks:
        around = (block.box.names, block.box.itemprop, *block.marks)
        named = len(block.text) < 100 and any("byline" in name.lower() or "author" in name.lower() for name in around)
        if named and _person(block.text):
            yield block.text
            return


def _person(text: str) -> str:
    text = _ASIDE.sub("", _BY_CUT.sub("", _BY.sub("", clean(text)))).strip(" ,;")
    return (
        text
        if 2 < len(text) < 80 and "://" not in text and "@" not in text and not any(c.isdigit() for c in text)
        else ""
    )


def _read_language(page: Page, metas: dict[str, str], structured: Structured) -> str:
    """Return the primary language subtag ("en"), lower case."""
    stated = (
        page.head.language or metas.get("og:locale", "") or metas.get("content-language", "") or structured.language
    )
    primary = re.split(r"[-_,;\s]", stated.strip().lower())[0]
    return primary if primary.isalpha() and 2 <= len(primary) <= 3 else ""


def _read_address(page: Page, metas: dict[str, str], structured: Structured, url: str | None) -> str:
    linked = next((href for rel, href in page.head.links if "canonical" in rel.split() and href.strip()), "")
    stated = linked.strip() or metas.get("og:url", "").strip() or structured.url
    try:
        resolved = urljoin(url or "", stated) if stated else ""
    except ValueError:  # a broken IPv6 address
        return ""
    return resolved if resolved.startswith(("http://", "https://")) else ""


def _read_stamps(page: Page, structured: Structured, headline: str, language: str) -> Iterator[Stamp]:
    """Yield every time that the page states, the most trusted source first."""
    stated = [("published", "json-ld", structured.published), ("modified", "json-ld", structured.modified)]
    for name, content in page.head.metas:
        if name in _PUBLISHED or name in _MODIFIED:
            stated.append(("published" if name in _PUBLISHED else "modified", "meta", content))
    stated += [("published", "text", text) for text in _shown_times(page, headline, language)]
    seen = set()
    for what, source, text in stated:
        read = read_time(text, language=language)
        if read is not None and (what, source, read) not in seen:
            seen.add((what, source, read))
            yield Stamp(what, read[0], source, text[:200], precise=read[1])


def _shown_times(page: Page, headline: str, language: str) -> Iterator[str]:
    """Yield the first `<time>` and the first date line near the headline, as they are written."""
    start = next((block.order for block in page.blocks if block.text == headline), 0)
    near = [text for order, text in page.head.times if start - 6 <= order <= start + 14]
    everywhere = {text for _, text in page.head.times}
    yield from near[:1] or (everywhere if len(everywhere) == 1 else ())
    for block in page.blocks[max(0, start - 6) : start + 14]:
        if (
            len(block.text) < 60
            and block.kind is ParagraphKind.TEXT
            and block.text != headline
            and read_time(_DATE_WORDS.sub("", block.text), language=language)
        ):
            yield _DATE_WORDS.sub("", block.text)
            return


def _first_of_each(metas: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, content in metas:
        if content.strip():
            found.setdefault(name, clean(content))
    return found
