"""Links whose address was swapped while their words stayed, and links that went from words that stayed.

A story knows its links by their words alone, so those are judged whose every occurrence in the text was kept. What a
system does to addresses is no edit: what leads to the same page in another spelling, through a redirector or after a
site has moved its pages, is the same link; and what befalls several links of one host is a rule, no decision.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from revtrack.errors import BadURLError
from revtrack.model import Block, Link, Op, Story
from revtrack.text import fold
from revtrack.urls import article_key

_MOST_LINKS = 100  # that are read of a page; which of more went is not known
_MOST_OCCURRENCES = 10  # of words in a text; more often they are no words of one link
_MANY = 3  # links that went from one host, or to one, at once
_UNIQUE = 12  # digits of a number that no two sites give to different pages
_KEPT = 20  # characters kept in a row, the words of the link among them: a lone word may be kept by chance
_WITHIN = re.compile(r"https?(?:://|%3A%2F%2F|%253A%252F%252F)", re.IGNORECASE)
_QUERY = re.compile("[?#]")
_SHORT = re.compile(r"[^/]{4,12}/(?=[^/]*[\dA-Z])(?=[^/]*[A-Za-z])[\w-]{4,12}")
_COUNTRY = 2  # letters of the ending of a country
_GENERIC = frozenset(
    ["ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "gv", "mil", "ne", "net", "nhs", "or", "org", "police"]
)
_DATE = re.compile(r"(?:19|20)\d{6}")
_PART = re.compile(r"[a-z0-9]{6,}")


@dataclass(frozen=True, slots=True)
class Relinked:
    """A link that leads elsewhere, or nowhere where `after` is "", and its words.

    `is_outward` is whether one of its two addresses is known to be of another site than the article is.
    """

    words: str
    before: str
    after: str
    is_outward: bool


def find_relinked(old: Story, new: Story, blocks: Sequence[Block]) -> tuple[Relinked, ...]:
    """Return the links of words that stayed which lead elsewhere, then those that led to another site and went."""
    if old.reader != new.reader or old.links == new.links:
        return ()
    found = list(_changed(old, new))
    if not found:
        return ()
    kept = _Kept(old, new, blocks)
    sites = {_host(side.canonical_url) for side in (old, new)} - {""}
    told = []
    for words, before, after in _without_rules(found):
        own = [_is_own(address, sites) for address in (before, after) if address]
        inward = all(own) if sites else _site(_host(before)) == _site(_host(after))
        if kept.has(words, inline=inward) and (after or (sites and not inward)):
            told.append(Relinked(words, before, after, not inward))
    return tuple(sorted(told, key=lambda one: not one.after))


def _changed(old: Story, new: Story) -> Iterator[tuple[str, str, str]]:
    """Yield words, the address that they led to and the one they lead to now, "" where they are no link any more."""
    was, now = _by_words(old.links), _by_words(new.links)
    homes = frozenset(_host(side.canonical_url) for side in (old, new))
    for folded, links in was.items():
        current = now.get(folded, [])
        gone = [link for link in links if not _leads_there(link.url, current, homes)]
        come = [link for link in current if not _leads_there(link.url, links, homes)]
        if len(gone) == len(come) == 1 and not (_is_short(gone[0].url) or _is_short(come[0].url)):
            yield gone[0].text, gone[0].url, come[0].url
        elif len(gone) == 1 and _is_bare(folded, now) and not _leads_there(gone[0].url, new.links, homes):
            yield gone[0].text, gone[0].url, ""


def _is_bare(words: str, links: dict[str, list[Link]]) -> bool:
    """Whether folded words are no link, nor part of one or longer than one, among all the links of a page."""
    is_whole = sum(map(len, links.values())) < _MOST_LINKS
    return is_whole and not any(words in other or other in words for other in links)


def _by_words(links: Iterable[Link]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.text and _key(link.url):
            found[fold(link.text).casefold()].append(link)
    return found


def _without_rules(found: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield what is not one of many: several links that left a host, or came to one or to nothing, followed a rule."""
    left = Counter(_site(_host(before)) for _, before, _ in found)
    came = Counter(_site(_host(after)) for _, _, after in found)
    for words, before, after in found:
        if max(left[_site(_host(before))], came[_site(_host(after))]) < _MANY:
            yield words, before, after


class _Kept:
    """What two texts have in common in the same order, or moved: where words of the old one still stand."""

    def __init__(self, old: Story, new: Story, blocks: Sequence[Block]) -> None:
        self.old, self.new = ("\n".join(p.text for p in side.paragraphs) for side in (old, new))
        segments = (part for block in blocks for part in block.segments if part.op in {Op.KEEP, Op.MOVE})
        self.runs = sorted((part.old_start, part.old_end) for part in segments)

    def has(self, words: str, *, inline: bool) -> bool:
        """Whether words stand in the new text wherever they stood in the old one, and in no more places.

        Those of a link that must be `inline` do not fill their paragraph: what does may be a pointer to other articles.
        """
        count = self.old.count(words)
        if not 0 < count <= _MOST_OCCURRENCES or count != self.new.count(words):
            return False
        places = [found.start() for found in re.finditer(re.escape(words), self.old)]
        return all(self._is_kept(start, start + len(words), inline=inline) for start in places)

    def _is_kept(self, start: int, end: int, *, inline: bool) -> bool:
        at = bisect_right(self.runs, (start, len(self.old))) - 1
        first, last = self.runs[at] if at >= 0 else (0, 0)
        fills = self.old[start - 1 : start] in {"", "\n"} and self.old[end : end + 1] in {"", "\n"}
        return end <= last and last - first >= _KEPT and not (inline and fills)


def _leads_there(address: str, links: Iterable[Link], homes: frozenset[str]) -> bool:
    return any(_is_same(address, link.url, homes) for link in links)


def _is_same(one: str, other: str, homes: frozenset[str]) -> bool:
    """Whether two addresses lead to one page, as far as they tell.

    Queries are not looked at. Within a site, which may have got another name if it is the article's own, a page is
    known by the last part of its path or by a long number in it that is no date; anywhere by a number as long as those
    of social networks.
    """
    shared = _names(_key(one)) & _names(_key(other))
    if _key(one) == _key(other) or any(name.isdecimal() and len(name) >= _UNIQUE for name in shared):
        return True
    is_one_site = _site(_host(one)) == _site(_host(other)) or all(_is_own(address, homes) for address in (one, other))
    return is_one_site and bool(shared)


@lru_cache(maxsize=1024)
def _names(key: str) -> frozenset[str]:
    """Return what a page is known by within its site: the last part of its path, and what looks like its number."""
    path = key.partition("/")[2]
    numbers = (part for part in _PART.findall(path) if not part.isalpha() and not _DATE.fullmatch(part))
    return frozenset((path.rpartition("/")[2], *numbers))


def _is_short(address: str) -> bool:
    """Whether an address looks like one of a service for short addresses: where it leads is not in it."""
    return _SHORT.fullmatch(_unwrapped(address).partition("://")[2].partition("?")[0]) is not None


def _is_own(address: str, homes: Iterable[str]) -> bool:
    return _site(_host(address)) in {_site(home) for home in homes if home}


@lru_cache(maxsize=1024)
def _key(address: str) -> str:
    """Return host and path of the page that an address leads to, without what does not tell pages apart."""
    try:
        return unquote(article_key(_QUERY.split(_unwrapped(address), maxsplit=1)[0].rstrip("/"))).strip().casefold()
    except BadURLError:
        return ""


def _unwrapped(address: str) -> str:
    """Return the address that another one holds, as those of redirectors and of web archives do."""
    last = max((found.start() for found in _WITHIN.finditer(address)), default=0)
    return unquote(unquote(address[last:].partition("&")[0])) if last else address


def _host(address: str) -> str:
    return _key(address).partition("/")[0] if address else ""


def _site(host: str) -> str:
    """Return the name of a site, which it has under every ending: "paper" of "news.paper.co.uk" and "paper.com"."""
    *labels, ending = host.split(".")
    if len(labels) > 1 and len(ending) == _COUNTRY and labels[-1] in _GENERIC:
        labels.pop()
    return labels[-1] if labels else ending
