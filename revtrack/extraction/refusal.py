"""Say why a page holds no article: empty, binary, an error or a wall in an article's place, a page of links.

Conservative: a brief of two sentences is an article, and so is a text about an error.
"""

import re
from collections.abc import Sequence

from revtrack.extraction.absences import ABSENT, tells_absence
from revtrack.extraction.blocks import Block, Box, Page
from revtrack.extraction.cards import find_cards
from revtrack.extraction.role import Role
from revtrack.extraction.walls import CLOSED, wall_said_in
from revtrack.model import Note, Paragraph
from revtrack.text import fold, sentences

_BINARY = re.compile("[\x01-\x08\x0e-\x1f\ufffd]")
_LOOKED_AT = 20_000  # characters
_SHORT_PAGE = 1_500  # characters of all text, or
_LITTLE_PROSE = 900  # bytes beside menus and lists: walls and error pages say little
_LEAST_PROSE = 40  # bytes: a sentence
_STUB = 3  # sentences
_HEADINGS_AMONG = 200  # blocks
_FEWEST_CARDS = 8
_IN_CARDS = 0.6  # of the body's text
_FEWEST_HEADINGS = 8
_LEADING = 0.8  # of a heading's text is a link
_HEADED = 0.6  # as many headings as lines below them
_SECTION_WORDS = 3  # a headline has more
_LEAST_BESIDE_CARDS = 200  # characters
_HIGHEST = 8  # boxes between a paragraph and its card

_TITLE_CUT = re.compile(r"\s+[|–—·•»-]\s+|\s*\|\s*")
_STATED_ARTICLE = re.compile(r'"@type"\s*:\s*\[?\s*"(?:\w*Article|\w*Posting|Report\w*)"')


def refuse(
    page: Page,
    roles: Sequence[Role],
    paragraphs: Sequence[Paragraph],
    notes: Sequence[Note],
    *,
    known: Sequence[Paragraph] = (),
) -> str:
    """Return in words why there is no article in the page, "" where there is one.

    `known` are the article's paragraphs as they were read last time: a page that shows them is no wall, whatever its
    headline says, and one with a note on what became of them is for the comparison with them to judge.
    """
    if not page.blocks:
        return wall_of(page) or "it is empty, or its text is only made by a script"
    text = " ".join(block.text for block in page.blocks[:400])[:_LOOKED_AT]
    if len(_BINARY.findall(text)) > 0.02 * len(text):
        return "it is binary, or in an encoding that it does not state"
    wall = wall_of(page) or _stub_of(paragraphs)
    is_told_removed = bool(known and notes) and ABSENT in wall  # the publisher's own word on what was seen
    if wall and not is_told_removed and not _shows(page, known):
        return wall
    if not notes and sum(len(paragraph.text.encode()) for paragraph in paragraphs) < _LEAST_PROSE:
        return "it holds no text that reads like an article"
    if _is_list_of_links(page, roles):
        return "it seems to be a page of links to articles"
    return ""


def _shows(page: Page, known: Sequence[Paragraph]) -> bool:
    texts = {fold(paragraph.text) for paragraph in known}
    return bool(texts) and 2 * len(texts & {block.folded for block in page.blocks}) > len(texts)


def wall_of(page: Page) -> str:
    """Return in words what a page is that holds little text and says itself that it is no article, "" for others."""
    if page.root.length >= _SHORT_PAGE and page.root.mass >= _LITTLE_PROSE:
        return ""
    headings = [block for block in page.blocks[:_HEADINGS_AMONG] if block.heading]
    titles = [block.text for block in headings if block.heading == 1] or [block.text for block in headings[:1]]
    prose = [block.text for block in page.blocks if block.prose]
    said = [*_TITLE_CUT.split(page.head.title), *titles, *(prose if len(prose) == 1 and not headings else ())]
    first = next((block.order for block in page.blocks if block.prose), len(page.blocks))
    walls = [(kind, text) for text in said if (kind := wall_said_in(text))]
    if len(prose) > 1 and _says_article(page):  # "Consent" may be a headline; behind a wall, too, stands an article
        walls = [(kind, text) for kind, text in walls if kind == CLOSED]
    walls += [(CLOSED, block.text) for block in headings if block.order < first and wall_said_in(block.text) == CLOSED]
    return _in_words(*walls[0]) if walls else ""


def _stub_of(paragraphs: Sequence[Paragraph]) -> str:
    """Return in words what a text of a few sentences is whose first says that there is none, whatever its headline."""
    text = " ".join(paragraph.text for paragraph in paragraphs[: _STUB + 1])
    told = sentences(text)
    first = text[: told[0][1]]
    return _in_words(ABSENT, first) if len(told) <= _STUB and tells_absence(first) else ""


def _in_words(kind: str, said: str) -> str:
    return f"it seems to be {kind}: it says {said.strip()[:80]!r}"


def _is_list_of_links(page: Page, roles: Sequence[Role]) -> bool:
    """Whether a page that does not say that it is an article is a section page: cards, and little else."""
    cards = find_cards(page)
    body = [block for block, role in zip(page.blocks, roles, strict=True) if role is Role.BODY and not block.heading]
    if not body or _says_article(page):
        return False
    titles = [block.text for block in page.blocks if block.heading == 1]
    is_headed = len(titles) == 1 and len(titles[0].split()) > _SECTION_WORDS
    if not is_headed and _is_headed_by_links(page, body):
        return True
    if len(cards) < _FEWEST_CARDS or (is_headed and not _is_in(body[0].box, cards)):
        return False
    announced = sum(len(block.text) for block in body if _is_in(block.box, cards))
    rest = sum(len(block.text) for block in body) - announced
    return announced > _IN_CARDS * (announced + rest) or rest < _LEAST_BESIDE_CARDS


def _is_headed_by_links(page: Page, body: Sequence[Block]) -> bool:
    """Whether most lines of a body stand below a headline that leads elsewhere: cards without boxes.

    The links of a list article lead from names, which are short.
    """
    within = page.blocks[body[0].order : body[-1].order]
    headings = [block for block in within if block.heading and block.link_share > _LEADING]
    leading = [block for block in headings if len(block.text.split()) > _SECTION_WORDS]
    return len(leading) >= _FEWEST_HEADINGS and len(leading) > _HEADED * len(body)


def _says_article(page: Page) -> bool:
    stated = ("og:type", "article") in page.head.metas or any(
        name == "article:published_time" for name, _ in page.head.metas
    )
    return stated or any(_STATED_ARTICLE.search(source) for source in page.head.structured)


def _is_in(box: Box, cards: frozenset[Box]) -> bool:
    return not cards.isdisjoint(box.upward(_HIGHEST))
