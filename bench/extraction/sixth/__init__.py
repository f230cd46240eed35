"""A sixth set: shapes of sites of these years, elements of their own, machines' summaries, walls. Written blind."""

import re
from itertools import pairwise
from pathlib import Path
from random import Random

from lxml import etree

from bench.extraction.shapes import read_set
from bench.extraction.tree import Page, wrap

__all__ = ["SIXTH"]


def paragraphs_as_elements(page: Page, _random: Random) -> bool:
    """Each paragraph in an element of the site's own."""
    for one in page.paragraphs:
        wrap(one, etree.Element("story-paragraph"))
    return True


def sentences_for_a_voice(page: Page, random: Random) -> bool:
    """The sentences of the text in spans that a voice marks as it reads."""
    for one in page.paragraphs:
        sentences = re.findall(r".+?(?:[.!?。]\s+|\s*$)", one.text or "", re.DOTALL)
        if len(sentences) > 1:
            one.text = None
            for number, sentence in enumerate(reversed(sentences)):
                span = page.tree.makeelement("span", {"data-tts": f"{random.randrange(10**6)}-{number}"})
                span.text = sentence
                one.insert(0, span)
    return True


def first_letter_large(page: Page, _random: Random) -> bool:
    """The first letter of the text in an element of its own, large."""
    first = page.paragraphs[0]
    text = (first.text or "").lstrip()
    if not text[:1].isalpha():
        return False
    letter = page.tree.makeelement("span", {"class": "drop-cap"})
    first.text, letter.text, letter.tail = None, text[0], text[1:]
    first.insert(0, letter)
    return True


def languages_of_names(page: Page, random: Random) -> bool:
    """Paragraphs bear their language, their direction and the number of a renderer."""
    for number, one in enumerate(page.paragraphs):
        one.set("dir", "auto")
        one.set("lang", page.language)
        one.set("data-node", f"{random.randrange(16**6):x}{number}")
    return True


def paragraph_split(page: Page, _random: Random) -> tuple[str, str] | None:
    """A paragraph of two sentences becomes two; the words stay."""
    for one in page.plain:
        found = re.match(r"(.{40,}?[a-zäöüé][.!?])\s+(?=[A-ZÄÖÜÉ].{40})", one.text or "", re.DOTALL)
        if found:
            other = page.empty_like(one)
            other.text, other.tail = (one.text or "")[found.end() :], one.tail
            one.text, one.tail = found[1], None
            one.addnext(other)
            return "", ""
    return None


def paragraphs_joined(page: Page, _random: Random) -> tuple[str, str] | None:
    """Two paragraphs become one; the words stay."""
    for one, other in pairwise(page.plain):
        if one.getnext() is other and not (one.tail or "").strip():
            one.text, one.tail = f"{(one.text or '').rstrip()} {(other.text or '').lstrip()}", other.tail
            other.getparent().remove(other)
            return "", ""
    return None


def last_word_changed(page: Page, _random: Random) -> tuple[str, str] | None:
    """The last word of the text."""
    found = re.search(r"\w+(?=[.!?”\"]*\s*$)", page.paragraphs[-1].text or "") if not len(page.paragraphs[-1]) else None
    if found is None:
        return None
    text = page.paragraphs[-1].text or ""
    page.paragraphs[-1].text = f"{text[: found.start()]}Ostrowfalk{text[found.end() :]}"
    return "Ostrowfalk", ""


def first_word_changed(page: Page, _random: Random) -> tuple[str, str] | None:
    """The first word of the text."""
    found = re.match(r"\s*(\w+) ", page.paragraphs[0].text or "")
    if found is None:
        return None
    page.paragraphs[0].text = f"Ostrowfalk {(page.paragraphs[0].text or '')[found.end() :]}"
    return "Ostrowfalk", ""


SIXTH = read_set(
    Path(__file__).parent,
    moves=(languages_of_names,),
    comes=(paragraphs_as_elements, sentences_for_a_voice, first_letter_large),
    turns=(paragraph_split, paragraphs_joined, last_word_changed, first_word_changed),
)
