"""Read a page by the rules that a person wrote for its site. Knows CSS selectors, not what an article looks like.

BeautifulSoup serves here, whose selectors are what people know from their browser; pages without rules never meet it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from revtrack.config import SiteRules
from revtrack.errors import ConfigError
from revtrack.extraction.blocks import Block, Box, Page
from revtrack.extraction.ticking import check_counters

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person's rules chose on one page: boxes of the body, of the headline and of notes; () for no choice."""

    body: tuple[Box, ...] = ()
    headline: tuple[Box, ...] = ()
    notes: tuple[Box, ...] = ()


def rules_for(url: str | None, sites: Iterable[SiteRules]) -> SiteRules | None:
    """Return the rules of a URL's site, those of the longest host that fits; None where there are none.

    >>> rules_for("https://www.example.org/a", [SiteRules("example.org")])
    SiteRules(host='example.org', body=(), drop=(), headline=(), note=(), counter=())
    """
    try:
        host = (urlsplit(url or "").hostname or "").lower()
    except ValueError:  # a broken IPv6 address
        return None
    fitting = [rules for rules in sites if f".{host}".endswith(f".{rules.host.lower()}")]
    return max(fitting, key=lambda rules: len(rules.host), default=None)


def check_selectors(sites: Iterable[SiteRules]) -> None:
    """Raise ConfigError for the first selector that is no valid CSS, or counter that cannot be used."""
    from soupsieve import SelectorSyntaxError, compile  # noqa: A004, PLC0415 - costly, and few people write rules

    for rules in sites:
        for name, selectors in selectors_of(rules):
            for selector in selectors:
                try:
                    compile(selector)
                except (SelectorSyntaxError, ValueError) as error:
                    why = str(error).splitlines()[0].rstrip(":.")
                    raise ConfigError(f"site {rules.host}: {name} = {selector!r} is no CSS selector: {why}") from error
        try:
            check_counters(rules.counter)
        except ValueError as error:
            raise ConfigError(f"site {rules.host}: counter = {error}", key="site.counter") from error


def has_selectors(rules: SiteRules) -> bool:
    """Say whether rules choose anything of a page."""
    return any(selectors_of(rules))


def selectors_of(rules: SiteRules) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each part that rules speak of, with its selectors: ("body", ("div.text",))."""
    for name in ("body", "drop", "headline", "note"):
        if selectors := getattr(rules, name):
            yield name, selectors


def read_by_rules(source: str, rules: SiteRules) -> tuple[Page, Chosen]:
    """Return the page without what is to be dropped, and the boxes that the rules chose in it."""
    from revtrack.extraction.soup import walk_soup  # noqa: PLC0415 - costly, and few sites need rules

    soup = _soup(source)
    for selector in rules.drop:
        for tag in soup.select(selector):
            tag.extract()
    chosen = [_select(soup, selectors) for selectors in (rules.body, rules.headline, rules.note)]
    page, boxes = walk_soup(soup, [tag for tags in chosen for tag in tags])
    return page, Chosen(*(tuple(boxes[id(tag)] for tag in tags if id(tag) in boxes) for tags in chosen))


def count_matches(source: str, rules: SiteRules) -> dict[tuple[str, str], int]:
    """Return how many elements of a page each selector finds, by (part, selector)."""
    soup = _soup(source)
    return {
        (name, selector): len(soup.select(selector))
        for name, selectors in selectors_of(rules)
        for selector in selectors
    }


def common_box(boxes: Sequence[Box]) -> Box:
    """Return the innermost box that is, or holds, all of the given ones."""
    shared = set(boxes[0].upward()).intersection(*(box.upward() for box in boxes[1:]))
    return next(box for box in boxes[0].upward() if box in shared)


def blocks_in(page: Page, boxes: Collection[Box]) -> list[Block]:
    """Return the blocks that stand in any of the boxes, in reading order."""
    return [block for block in page.blocks if not set(block.box.upward()).isdisjoint(boxes)] if boxes else []


def _soup(source: str) -> "BeautifulSoup":
    from bs4 import BeautifulSoup  # noqa: PLC0415 - as above

    return BeautifulSoup(source, "lxml", multi_valued_attributes=None)


def _select(soup: "BeautifulSoup", selectors: Iterable[str]) -> list["Tag"]:
    return [tag for selector in selectors for tag in soup.select(selector)]
