"""The next page of an article in several. Knows addresses and where a link stands, and no word but "page".

Whatever a link calls itself, it leads to the next page only if its address is this page's with the number 2 put to it:
"next" is mostly another article. So that no page of readers' comments, of pictures or of a section is taken for one,
the link has to stand by the text, and in no box and under no address that speaks of these. What is unsure is not told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from revtrack.errors import BadURLError
from revtrack.extraction.blocks import Block, Page
from revtrack.extraction.vocabulary import words_of
from revtrack.urls import canonical

_ABOVE, _BELOW = 12, 12  # blocks above the text and below it among which its pager stands
_LONGEST = 40  # characters of a link in a pager
_MOST = 100  # links that are looked at: a page may hold a million
_PAGE = (
    r"page|pages|pg|p|pag|pagina|página|pagine|page_?num|page_?no|paged|seite|sida|side|sivu|strona|strana|stranka"
    r"|stránka|oldal|sayfa|halaman|trang|blad|страница|σελίδα|صفحة"
)
_PARAMETER = re.compile(_PAGE)
_NUMBERED = re.compile(rf"/(?:(?:{_PAGE})[/_=-]?)?2|[-_.,](?:{_PAGE})[-_=]?2")
_NUMBER_ALONE = re.compile(r"[-_.,]2")  # may also be another article of that name, unless the link says "2"
_FILE = re.compile(r"(.+?)(\.(?:[sp]?html?|php|aspx?|jsp))?")
_TWO = re.compile(r"(?<!\d)[2٢۲२২２](?!\d)")
_LONG_NAME = re.compile(r"\d|[-_].*[-_]|\.[a-z]{3,5}$|[^\x00-\x7f]")
_OTHERS = re.compile(
    r"comm?ent|komment|koment|reacti|reaktion|discuss|diskuss|forum|repl|respon|yorum|feedback|thread|disqus|leserbrief"
    r"|gall?er|slide|carousel|photo|foto|imag|bild|picture|diaporama|lightbox|swiper|album"
    r"|related|recommend|archive|listing|latest|more|teaser|recent|popular|trending"
)  # how words begin
_LISTS = re.compile(
    r"tags?|topics?|categor\w*|kategor\w*|authors?|autor\w*|sections?|archiv\w*|search|themas?|themen|themes?|rubri\w*"
    r"|etiquet\w*|keywords?|labels?"
)
_TYPE_OF_LISTS = re.compile(r'"@type"\s*:\s*\[?\s*"(?:\w+Gallery|CollectionPage|SearchResultsPage)"')


class _Address(NamedTuple):
    """An address in the parts that are compared."""

    host: str
    path: str
    query: frozenset[tuple[str, str]]


def find_next_page(page: Page, shown: Sequence[Block], own: Iterable[str]) -> str:
    """Return the address of the second page of an article of which the first was read, "" where none is sure.

    `shown` are the blocks of its text, `own` the addresses of the page.
    """
    if not shown or any(map(_TYPE_OF_LISTS.search, page.head.structured)):
        return ""
    stated = [href for rel, href in page.head.links if "next" in rel.split()]
    leading = _leading_on(page, stated)
    addresses = [url for url in own if url] if leading else []
    firsts = [first for first in map(_address, addresses) if first and _is_of_an_article(first)]
    for href, places in leading.items():
        texts = [text for _, text in places]
        second = _resolved(href, addresses)
        if any(_is_second(second, first, texts) for first in firsts) and (
            not places or any(_is_by(block, shown, page) for block, _ in places)
        ):
            return second
    return ""


def _leading_on(page: Page, stated: Sequence[str]) -> dict[str, list[tuple[Block, str]]]:
    """Return the addresses that may be of a second page, each with the links that lead there."""
    found: dict[str, list[tuple[Block, str]]] = {href: [] for href in stated[:_MOST]}
    links = ((block, href, text) for block in page.blocks for href, text in block.links)
    telling = (link for link in links if link[1] in found or (len(link[2]) <= _LONGEST and _TWO.search(link[2])))
    for block, href, text in islice(telling, _MOST):
        found.setdefault(href, []).append((block, text))
    return found


def _resolved(href: str, addresses: Sequence[str]) -> str:
    try:
        return urljoin(addresses[0], href.strip()) if addresses else ""
    except ValueError:  # a broken IPv6 address
        return ""


def _address(url: str) -> _Address | None:
    try:
        parts = urlsplit(canonical(url))
    except (BadURLError, ValueError):
        return None
    host = parts.netloc.removeprefix("www.")
    return _Address(host, unquote(parts.path).rstrip("/"), frozenset(parse_qsl(parts.query, keep_blank_values=True)))


def _is_of_an_article(address: _Address) -> bool:
    """Whether an address may be that of one article: its last part is more than a section's name."""
    *folders, last = address.path.lower().split("/")
    if any(_LISTS.fullmatch(folder) for folder in folders) or _is_of_others(address.path):
        return False
    return _LONG_NAME.search(last) is not None or any(value.isdigit() for _, value in address.query)


def _is_second(url: str, first: _Address, texts: Sequence[str]) -> bool:
    """Whether an address is that of the first page with the number of the second put to it."""
    second = _address(url)
    if second is None or second.host != first.host or any(map(_is_of_others, (*texts, url.partition("#")[2]))):
        return False
    more = second.query - first.query
    less = {pair for pair in first.query - second.query if not _is_number(pair, "0", "1")}
    if second.path == first.path:
        return not less and len(more) == 1 and any(_is_number(pair, "1", "2") for pair in more)
    return not less and not more and _is_put_to(second.path, first.path, texts)


def _is_number(pair: tuple[str, str], *numbers: str) -> bool:
    """Whether a parameter gives one of these numbers of a page; some sites call their second page 1."""
    return pair[1] in numbers and _PARAMETER.fullmatch(pair[0].lower()) is not None


def _is_put_to(path: str, first: str, texts: Sequence[str]) -> bool:
    file = _FILE.fullmatch(first)
    if file is None or not path.startswith(file[1]):
        return False
    ending = file[2] or ""
    put = path.removeprefix(file[1]).removeprefix(ending).removesuffix(ending)
    alone = any(_TWO.fullmatch(text.strip()) for text in texts)
    return bool(_NUMBERED.fullmatch(put) or (alone and _NUMBER_ALONE.fullmatch(put)))


def _is_by(block: Block, shown: Sequence[Block], page: Page) -> bool:
    """Whether a link stands by the text: nothing but lines between the two, and in no box of something else's."""
    first, last = shown[0].order, shown[-1].order
    if not first - _ABOVE <= block.order <= last + _BELOW:
        return False
    between = (other for other in page.blocks if last < other.order < block.order)
    return not any(other.is_prose or other.heading for other in between) and not any(
        map(_is_of_others, _names_around(block, shown[-1]))
    )


def _names_around(block: Block, text: Block) -> Iterator[str]:
    """Yield the names of the boxes that a link stands in and the text does not."""
    shared = set(text.box.upward())
    return (box.names for box in takewhile(lambda box: box not in shared, block.box.upward()))


def _is_of_others(names: str) -> bool:
    """Whether class names, an address or the words of a link speak of comments, pictures or other articles."""
    return any(map(_OTHERS.match, words_of(names.lower())))
