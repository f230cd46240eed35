"""A seventh set: what systems put between the paragraphs in these years, with its own small print. Written blind."""

import re
from itertools import pairwise
from pathlib import Path
from random import Random

from lxml import etree, html

from bench.extraction.shapes import read_set
from bench.extraction.tree import Page, put_behind, scrambled, wrap

__all__ = ["SEVENTH"]


def classes_of_a_release(page: Page, random: Random) -> bool:
    """Paragraphs and the boxes around them bear another hashed class after each release."""
    boxes = {one.getparent() for one in page.paragraphs} - {page.body}
    for element in (*page.paragraphs, *boxes):
        element.set("class", f"{element.get('class', '')} {scrambled(random)}".strip())
    return True


def pictures_that_wait(page: Page, random: Random) -> bool:
    """Pictures are loaded when they are seen: another source, a picture of nothing until then."""
    pictures = [one for one in page.tree.iter("img") if one.get("src")]
    for one in pictures:
        one.set("data-src", f"{one.get('src')}?w={random.randrange(300, 900)}")
        one.set("src", "data:image/gif;base64,R0lGODlhAQABAAAAACw=")
        one.set("loading", "lazy")
    return bool(pictures)


def blocks_of_a_system(page: Page, _random: Random) -> bool:
    """Each paragraph in a block of its own, and that in another."""
    for number, one in enumerate(page.paragraphs):
        outer = etree.Element("div", {"data-component": "text-block", "data-n": str(number)})
        inner = etree.SubElement(outer, "div", {"class": f"ssr-{number:x}a9"})
        wrap(one, outer, inner)
    return True


def empty_places(page: Page, random: Random) -> bool:
    """Between the paragraphs places for what is loaded later."""
    for one in page.paragraphs[::2]:
        place = html.fragment_fromstring(f'<div class="{scrambled(random)}" data-lazy="1"><div></div></div>')
        put_behind(one, place)
    return True


def number_changed(page: Page, _random: Random) -> tuple[str, str] | None:
    """The last number of the text."""
    for one in reversed(page.plain):
        found = re.search(r"(?<![\w.,])\d{1,4}(?![\w.,])", one.text or "")
        if found:
            new = str(int(found[0]) + 7117)
            one.text = f"{(one.text or '')[: found.start()]}{new}{(one.text or '')[found.end() :]}"
            return new, ""
    return None


def paragraph_gone(page: Page, _random: Random) -> tuple[str, str] | None:
    """The paragraph before the last goes."""
    if len(page.paragraphs) < 5 or (page.paragraphs[-2].tail or "").strip():
        return None
    one = page.paragraphs[-2]
    gone = " ".join(one.text_content().split())
    one.drop_tree()
    return "", gone


def short_added(page: Page, _random: Random) -> tuple[str, str] | None:
    """A paragraph of three words in the markup of its neighbours."""
    for one, other in pairwise(page.plain):
        if one.getnext() is other and not (one.tail or "").strip():
            new = page.empty_like(one)
            new.text = "Ostrowfalk kept silent."
            one.addnext(new)
            return "Ostrowfalk kept silent.", ""
    return None


SEVENTH = read_set(
    Path(__file__).parent,
    moves=(classes_of_a_release, pictures_that_wait),
    comes=(blocks_of_a_system, empty_places),
    turns=(number_changed, paragraph_gone, short_added),
)
