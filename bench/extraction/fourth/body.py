"""A fourth set of edits of the body: each must show, and nothing else with it. Knows pages only."""

import re
from copy import deepcopy
from random import Random

from lxml import etree

from bench.extraction.shapes import Turn
from bench.extraction.tree import Node, Page

_NEW = {
    "en": "The ferry company said on Monday that the boiler would be inspected before the end of the season.",
    "de": "Die Reederei teilte am Montag mit, der Kessel werde noch vor dem Ende der Saison geprüft.",
    "fr": "La compagnie a indiqué lundi que la chaudière serait inspectée avant la fin de la saison.",
    "es": "La naviera dijo el lunes que la caldera se revisará antes del final de la temporada.",
}
_QUOTE = {
    "en": "“I have never seen it so full,” the stoker said.",
    "de": "„So voll habe ich sie noch nie gesehen“, sagte der Heizer.",
    "fr": "« Je ne l'ai jamais vu si plein », dit le chauffeur.",
    "es": "«Nunca lo vi tan lleno», dijo el fogonero.",
}
_HEADS = {"en": "What happens next", "de": "Wie es weitergeht", "fr": "Et maintenant", "es": "Lo que viene"}


def _said(words: dict[str, str], page: Page) -> str:
    return words.get(page.language, words["en"])


def _like(page: Page, number: int, text: str) -> Node:
    """Return a new element like a paragraph of the page, with other text."""
    model = page.paragraphs[number]
    made = page.tree.makeelement(
        model.tag, {name: value for name, value in model.attrib.items() if name in ("class", "dir")}
    )
    made.text = text
    return made


def _plain(page: Page, least: int) -> list[Node]:
    """Return the paragraphs of text alone that are long enough."""
    return [one for one in page.paragraphs if len(one) == 0 and len(one.text_content().split()) >= least]


def sentence_at_end(page: Page, random: Random) -> tuple[str, str] | None:
    """A sentence more at the end of a paragraph."""
    found = _plain(page, 8)
    if not found:
        return None
    one, new = random.choice(found), _said(_NEW, page)
    one.text = f"{(one.text or '').rstrip()} {new}"
    return new, ""


def sentence_gone(page: Page, random: Random) -> tuple[str, str] | None:
    """The last sentence of a paragraph is taken out."""
    for one in random.sample(page.paragraphs, len(page.paragraphs)):
        found = (
            re.search(r"(?<=[a-zäöüé][.!?]) ([A-ZÄÖÜ][^.!?]{25,}[.!?])\s*$", one.text or "") if len(one) == 0 else None
        )
        if found:
            one.text = (one.text or "")[: found.start()]
            return "", found[1]
    return None


def paragraph_more(page: Page, _random: Random) -> tuple[str, str] | None:
    """A paragraph more in the middle."""
    number, new = len(page.paragraphs) // 2, _said(_NEW, page)
    return (new, "") if _behind(page, number, _like(page, number, new)) else None


def short_quote_more(page: Page, _random: Random) -> tuple[str, str] | None:
    """A quote of one line more, as a paragraph."""
    number, new = len(page.paragraphs) // 2, _said(_QUOTE, page)
    return (new, "") if _behind(page, number, _like(page, number, new)) else None


def last_paragraph_more(page: Page, _random: Random) -> tuple[str, str] | None:
    """A paragraph more at the end."""
    new = _said(_NEW, page)
    return (new, "") if _behind(page, len(page.paragraphs) - 1, _like(page, -1, new)) else None


def first_paragraph_more(page: Page, _random: Random) -> tuple[str, str] | None:
    """A new first paragraph."""
    new = _said(_NEW, page)
    page.paragraphs[0].addprevious(_like(page, 0, new))
    return new, ""


def paragraph_gone(page: Page, _random: Random) -> tuple[str, str] | None:
    """A paragraph in the middle is taken out."""
    one = page.paragraphs[len(page.paragraphs) // 2]
    text = " ".join(one.text_content().split())
    if len(text.split()) < 8 or (one.tail and one.tail.strip()):
        return None
    one.getparent().remove(one)
    return "", text


def figure_changed(page: Page, _random: Random) -> tuple[str, str] | None:
    """One number is another."""
    for one in page.paragraphs:
        found = re.search(r"\b[1-9]\d{1,3}\b", one.text or "")
        if found:
            new = str(int(found[0]) + 1)
            one.text = one.text[: found.start()] + new + one.text[found.end() :]
            return "", ""
    return None


def name_changed(page: Page, random: Random) -> tuple[str, str] | None:
    """One word is another."""
    found = _plain(page, 10)
    if not found:
        return None
    one = random.choice(found)
    words = (one.text or "").split(" ")
    number = next((n for n in range(3, len(words)) if re.fullmatch(r"\w{5,}", words[n])), None)
    if number is None:
        return None
    words[number] = "Ostrowfalk"
    one.text = " ".join(words)
    return "Ostrowfalk", ""


def subheading_more(page: Page, _random: Random) -> tuple[str, str] | None:
    """A subheading more."""
    made = page.tree.makeelement("h2")
    made.text = _said(_HEADS, page)
    page.paragraphs[len(page.paragraphs) // 2].addprevious(made)
    return made.text, ""


def block_quote_more(page: Page, _random: Random) -> tuple[str, str] | None:
    """A quotation in a block of its own."""
    quote = page.tree.makeelement("blockquote")
    etree.SubElement(quote, "p").text = new = _said(_NEW, page)
    return (new, "") if _behind(page, len(page.paragraphs) // 2, quote) else None


def headline_changed(page: Page, _random: Random) -> tuple[str, str] | None:
    """A word more in the headline, in the heading alone."""
    if page.headline is None or len(page.headline) or not page.headline.text:
        return None
    before = deepcopy(page.headline.text)
    page.headline.text = f"{before.rstrip()} Ostrowfalk"
    return "Ostrowfalk", ""


def _behind(page: Page, number: int, element: Node) -> bool:
    """Put an element behind a paragraph; False where text stands there that is in no element."""
    one = page.paragraphs[number]
    if one.tail and one.tail.strip():
        return False
    one.addnext(element)
    return True


TURNS: tuple[Turn, ...] = (
    sentence_at_end,
    sentence_gone,
    paragraph_more,
    short_quote_more,
    last_paragraph_more,
    first_paragraph_more,
    paragraph_gone,
    figure_changed,
    name_changed,
    subheading_more,
    block_quote_more,
    headline_changed,
)
