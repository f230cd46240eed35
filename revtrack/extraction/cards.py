"""Find the cards of a page: boxes in a row that each announce another page by a linked heading. Knows no words."""

import re
from collections import defaultdict

from revtrack.extraction.blocks import Block, Box, Page
from revtrack.extraction.vocabulary import stable_names

_LEAST = 3  # cards of one form: a box that stands alone may be anything
_MOST_PROSE = 500  # bytes: a card tells a line or two, an entry of a live blog or a list article tells more
_LINKED = 0.8  # of a heading's text
_TELLING_PATH, _LONGEST_ADDRESS = 8, 2_000  # characters


def find_cards(page: Page) -> frozenset[Box]:
    """Return the boxes that are cards: each of one form with two others, with one heading, which leads elsewhere."""
    if page.cards is None:
        page.cards = _cards_of(page)
    return page.cards


def _cards_of(page: Page) -> frozenset[Box]:
    forms: defaultdict[tuple[str, str, int], set[Box]] = defaultdict(set)
    here = _own_path(page)
    for block in page.blocks:
        if block.heading and block.link_share > _LINKED and _leads_elsewhere(block, here):
            card = _around(block.box)
            if card.headings == 1:
                forms[card.tag, stable_names(card.names), card.depth].add(card)
    return frozenset(card for cards in forms.values() if len(cards) >= _LEAST for card in cards)


def _own_path(page: Page) -> str:
    """Return the path of the page's own address, "" where it states none, or one that says nothing."""
    stated = [href for rel, href in page.head.links if "canonical" in rel.split()]
    stated += [content for name, content in page.head.metas if name == "og:url"]
    path = re.sub(r"^https?://[^/]*|[?#].*", "", stated[0][:_LONGEST_ADDRESS]) if stated else ""
    return path if len(path) > _TELLING_PATH else ""


def _leads_elsewhere(block: Block, here: str) -> bool:
    """Whether a link leads to another page; the entries of a live blog link to themselves."""
    return any(not href.startswith(("#", "javascript:")) and not (here and here in href) for href, _ in block.links)


def _around(heading: Box) -> Box:
    """Return the largest box around a heading that holds no other and little prose."""
    box = heading
    while box.parent is not None and box.parent.headings == 1 and box.parent.mass < _MOST_PROSE:
        box = box.parent
    return box
