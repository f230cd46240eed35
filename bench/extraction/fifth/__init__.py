"""A fifth set: shapes of chrome, of notes and of edits as lists to read. Written blind. Knows no extractor."""

import re
from itertools import pairwise
from pathlib import Path
from random import Random

from lxml import etree, html

from bench.extraction.shapes import read_set
from bench.extraction.tree import Page, put_behind

__all__ = ["FIFTH"]


def permalinks(page: Page, _random: Random) -> bool:
    """Each paragraph ends in a sign that links to itself."""
    for number, one in enumerate(page.paragraphs):
        link = etree.SubElement(one, "a", {"class": "permalink", "href": f"#p{number}", "aria-hidden": "true"})
        link.text = "¶"
    return True


def narrow_blanks(page: Page, _random: Random) -> bool:
    """Blanks that do not break, where a typesetter wants them."""
    plain = [one for one in page.paragraphs if one.text and " " in one.text]
    for one in plain:
        head, _, tail = (one.text or "").partition(" ")
        one.text = f"{head}\u00a0{tail}"
    return bool(plain)


def links_counted(page: Page, random: Random) -> bool:
    """Links in the text bear the mark of a campaign."""
    links = [link for one in page.paragraphs for link in one.iter("a") if link.get("href", "").startswith("http")]
    for link in links:
        link.set(
            "href", f"{link.get('href')}{'&' if '?' in link.get('href', '') else '?'}utm_term={random.randrange(999)}"
        )
    return bool(links)


def paragraphs_as_boxes(page: Page, _random: Random) -> bool:
    """Paragraphs become boxes in the role of paragraphs."""
    found = [one for one in page.paragraphs if one.tag == "p"]
    for one in found:
        one.tag = "div"
        one.set("role", "paragraph")
    return bool(found)


def parts_of_text(page: Page, _random: Random) -> bool:
    """The text in two parts, each a section, as a lazy renderer sends it."""
    row = [one for one in page.paragraphs if one.getparent() is page.paragraphs[0].getparent()]
    if len(row) < 6 or any(one.getnext() is not other for one, other in pairwise(row)):
        return False
    for part in (row[: len(row) // 2], row[len(row) // 2 :]):
        section = page.tree.makeelement("section", {"data-part": str(len(part))})
        part[0].addprevious(section)
        section.extend(part)
    return True


def tracked_pixels(page: Page, random: Random) -> bool:
    """Invisible pictures that count readers between the paragraphs."""
    for one in page.paragraphs[::3]:
        pixel = html.fragment_fromstring(f'<img src="/px/{random.randrange(10**6)}.gif" width="1" height="1" alt="">')
        put_behind(one, pixel)
    return True


def sign_changed(page: Page, _random: Random) -> tuple[str, str] | None:
    """A full stop becomes a question mark."""
    for one in page.plain:
        if (one.text or "").rstrip().endswith("."):
            one.text = (one.text or "").rstrip()[:-1] + "?"
            return "", ""
    return None


def word_before(page: Page, random: Random) -> tuple[str, str] | None:
    """One small word comes in between two words."""
    found = [one for one in page.plain if len((one.text or "").split()) > 9]
    if not found:
        return None
    one = random.choice(found)
    words = (one.text or "").split(" ")
    one.text = " ".join((*words[:5], "not", *words[5:]))
    return "", ""


def first_sentence_gone(page: Page, _random: Random) -> tuple[str, str] | None:
    """The first sentence of a paragraph of several goes."""
    for one in page.plain:
        found = re.match(r"([A-ZÄÖÜ][^.!?]{30,}[a-z][.!?]) (?=[A-ZÄÖÜ])", (one.text or "").lstrip())
        if found:
            one.text = (one.text or "").lstrip()[found.end() :]
            return "", found[1]
    return None


def word_in_bold_changed(page: Page, _random: Random) -> tuple[str, str] | None:
    """The words of a link in the text change, and where it leads does not."""
    for one in page.paragraphs:
        for inner in one.iter("a", "b", "strong", "em", "i"):
            if len(inner) == 0 and len((inner.text or "").split()) > 1 and inner.getparent() is one and one.text:
                inner.text = f"{inner.text} Ostrowfalk"
                return "Ostrowfalk", ""
    return None


def two_paragraphs_change_places(page: Page, _random: Random) -> tuple[str, str] | None:
    """Two long paragraphs beside each other change places."""
    for one in page.paragraphs[1:-1]:
        other = one.getnext()
        if other is not None and other in page.paragraphs and not (one.tail or "").strip():
            other.addnext(one)
            return "", ""
    return None


FIFTH = read_set(
    Path(__file__).parent,
    moves=(links_counted, tracked_pixels),
    comes=(permalinks, narrow_blanks, paragraphs_as_boxes, parts_of_text),
    turns=(sign_changed, word_before, first_sentence_gone, word_in_bold_changed, two_paragraphs_change_places),
)
