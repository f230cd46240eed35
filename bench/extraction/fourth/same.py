"""The same text in other markup, as releases, scripts and readers' machines leave it. Knows pages only."""

import re
from random import Random
from zlib import crc32

from lxml import etree, html

from bench.extraction.shapes import Rewrite
from bench.extraction.tree import Page, scrambled, wrap


def names_hashed(page: Page, random: Random) -> bool:
    """Each class of the page has another name after a release."""
    salt = random.randrange(10**9)
    for element in page.body.iter(etree.Element):
        if classes := element.get("class"):
            element.set("class", " ".join(f"c{crc32(name.encode(), salt):08x}" for name in classes.split()))
    return True


def boxes_around(page: Page, random: Random) -> bool:
    """Each paragraph in a box of its own, as a grid of components draws it."""
    for paragraph in page.paragraphs:
        box = page.tree.makeelement("div", {"class": scrambled(random), "data-block": "text"})
        wrap(paragraph, box)
    return True


def box_around_all(page: Page, random: Random) -> bool:
    """Everything in the page's body in three more boxes."""
    for _ in range(3):
        box = page.tree.makeelement("div", {"class": scrambled(random), "id": f"app{random.randrange(99)}"})
        box.text, page.body.text = page.body.text, None
        box.extend(list(page.body))
        page.body.append(box)
    return True


def pictures_late(page: Page, _random: Random) -> bool:
    """Pictures wait for the reader, with a copy for those without scripts."""
    found = [image for image in page.body.iter("img") if image.get("src")]
    for image in found:
        copy = etree.SubElement(page.tree.makeelement("noscript"), "img", dict(image.attrib))
        image.set("data-src", image.get("src"))
        image.set("src", "data:image/gif;base64,R0lGODlhAQABAAAAACw=")
        image.set("loading", "lazy")
        tail, image.tail = image.tail, None
        image.addnext(copy.getparent())
        copy.getparent().tail = tail
    return bool(found)


def accelerated(page: Page, _random: Random) -> bool:
    """The elements of accelerated pages in place of those of the language."""
    page.tree.set("amp", "")
    names = {"img": "amp-img", "iframe": "amp-iframe", "video": "amp-video"}
    for element in list(page.body.iter(*names)):
        element.tag = names[element.tag]
        element.set("layout", "responsive")
    return True


def marks_everywhere(page: Page, random: Random) -> bool:
    """Ids, data attributes and handlers on all elements, new at each look."""
    for number, element in enumerate(page.body.iter(etree.Element)):
        element.set("data-k", f"{random.randrange(16**6):x}-{number}")
        if not element.get("id") and number % 3 == 0:
            element.set("id", f"ember{random.randrange(10**6)}")
    return True


def remarks(page: Page, random: Random) -> bool:
    """Comments of a renderer between and inside the paragraphs."""
    for paragraph in page.paragraphs:
        paragraph.addprevious(etree.Comment(f" node {random.randrange(10**6)} "))
        inner = etree.Comment("/text")
        inner.tail, paragraph.text = paragraph.text, None
        paragraph.insert(0, inner)
    return True


def told_links(page: Page, _random: Random) -> bool:
    """Each link in the text tells those who listen that it opens elsewhere."""
    found = [link for paragraph in page.paragraphs for link in paragraph.iter("a") if link.text_content().strip()]
    for link in found:
        told = etree.SubElement(link, "span", {"class": "sr-only"})
        told.text = f" {'(öffnet in neuem Tab)' if page.language == 'de' else '(opens in a new tab)'}"
    return bool(found)


def words_linked(page: Page, random: Random) -> bool:
    """A script makes a word of some paragraphs a link to its subject."""
    done = 0
    for paragraph in page.paragraphs:
        found = re.search(r"\b[A-ZÄÖÜ]\w{5,}", paragraph.text or "")
        if found and random.random() < 0.5:
            link = html.fromstring(f'<a href="/topic/{random.randrange(999)}" data-auto="1"></a>')
            link.text, link.tail = found[0], paragraph.text[found.end() :]
            paragraph.text = paragraph.text[: found.start()]
            paragraph.insert(0, link)
            done += 1
    return done > 0


def soft_hyphens(page: Page, _random: Random) -> bool:
    """A script lets long words break."""
    done = False
    for paragraph in page.paragraphs:
        for element in paragraph.iter(etree.Element):
            if element.text and re.search(r"\w{11}", element.text):
                element.text, done = re.sub(r"(\w{6})(?=\w{5})", "\\1\u00ad", element.text), True
    return done


MOVES: tuple[Rewrite, ...] = (names_hashed, marks_everywhere, remarks)
COMES: tuple[Rewrite, ...] = (
    boxes_around,
    box_around_all,
    pictures_late,
    accelerated,
    told_links,
    words_linked,
    soft_hyphens,
)
