"""A fifth set of edits of the body: paragraphs that look like something else, and small turns. Knows pages only."""

import re
from collections.abc import Callable
from random import Random

from lxml import html

from bench.extraction.edits import Edit, Editing
from bench.extraction.fifth.filling import Filling
from bench.extraction.fourth.body import editing_by
from bench.extraction.fourth.tree import Node, Page, page_of, written
from bench.extraction.splicing import Article

# New paragraphs: where, and as what; {…} are words of the set. What is text must show, though it looks like chrome.
_SHAPES = {
    "very short paragraph": ("middle", "<p>{brief}</p>"),
    "paragraph of a question": ("middle", "<p>{why}</p>"),
    "paragraph that speaks of subscribing": ("middle", "<p>{subscribed}</p>"),
    "paragraph that is half a link": ("second", '<p>{half} <a href="{to}">{linked}</a>.</p>'),
    "question in bold and answer": ("middle", "<p><strong>{why}</strong></p><p>{brief}</p>"),
    "list of two": ("middle", "<ul><li>{item}</li><li>{item2}</li></ul>"),
    "numbered list": ("late", "<ol><li>{item}</li><li>{item2}</li></ol>"),
    "paragraph that ends in a colon": ("middle", "<p>{colon}</p>"),
    "paragraph with a time": ("middle", "<p>{timed}</p>"),
    "line of a poem": ("middle", "<p><em>{verse}</em></p>"),
    "last line of speech": ("after", "<p>{speech}</p>"),
    "subheading and paragraph": ("late", "<h3>{chart}</h3><p>{subscribed}</p>"),
}
FIFTH_BODY: dict[str, Editing] = {}
Change = Callable[[Page, Random], tuple[str, str] | None]


def _shaped(place: str, shape: str) -> Editing:
    def editing(article: Article, random: Random) -> Edit | None:
        page, filling = page_of(article), Filling(article.language, random)
        markup = shape.format_map(filling)
        added = " ".join(html.fragment_fromstring(f"<div>{markup.replace('><', '> <')}</div>").text_content().split())
        if page is None or any(one.tail and one.tail.strip() for one in page.paragraphs):
            return None
        return Edit(article.source, written(page.tree), added=added) if page.put(place, markup) else None

    return editing


def _turn(change: Change) -> Change:
    """Enter an edit under its name."""
    FIFTH_BODY[change.__name__] = editing_by(change)
    return change


@_turn
def sign_changed(page: Page, _random: Random) -> tuple[str, str] | None:
    """A full stop becomes a question mark."""
    for one in _plain(page):
        if (one.text or "").rstrip().endswith("."):
            one.text = (one.text or "").rstrip()[:-1] + "?"
            return "", ""
    return None


@_turn
def word_before(page: Page, random: Random) -> tuple[str, str] | None:
    """One small word comes in between two words."""
    found = [one for one in _plain(page) if len((one.text or "").split()) > 9]
    if not found:
        return None
    one = random.choice(found)
    words = (one.text or "").split(" ")
    one.text = " ".join((*words[:5], "not", *words[5:]))
    return "", ""


@_turn
def first_sentence_gone(page: Page, _random: Random) -> tuple[str, str] | None:
    """The first sentence of a paragraph of several goes."""
    for one in _plain(page):
        found = re.match(r"([A-ZÄÖÜ][^.!?]{30,}[a-z][.!?]) (?=[A-ZÄÖÜ])", (one.text or "").lstrip())
        if found:
            one.text = (one.text or "").lstrip()[found.end() :]
            return "", found[1]
    return None


@_turn
def word_in_bold_changed(page: Page, _random: Random) -> tuple[str, str] | None:
    """The words of a link in the text change, and where it leads does not."""
    for one in page.paragraphs:
        for inner in one.iter("a", "b", "strong", "em", "i"):
            if len(inner) == 0 and len((inner.text or "").split()) > 1 and inner.getparent() is one and one.text:
                inner.text = f"{inner.text} Ostrowfalk"
                return "Ostrowfalk", ""
    return None


@_turn
def two_paragraphs_change_places(page: Page, _random: Random) -> tuple[str, str] | None:
    """Two long paragraphs beside each other change places."""
    for one in page.paragraphs[1:-1]:
        other = one.getnext()
        if other is not None and other in page.paragraphs and not (one.tail or "").strip():
            other.addnext(one)
            return "", ""
    return None


def _plain(page: Page) -> list[Node]:
    return [one for one in page.paragraphs if len(one) == 0 and one.text]


FIFTH_BODY |= {name: _shaped(place, shape) for name, (place, shape) in _SHAPES.items()}
