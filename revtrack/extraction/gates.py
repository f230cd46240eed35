"""Signs that a page keeps its text from this reader, by comparison with the page that showed it. Pure.

What a page asked for before too (a log-in in its header, a newsletter) is no sign: what came with the loss is.
"""

import re
from collections.abc import Container, Iterator
from urllib.parse import urlsplit

from revtrack.extraction.blocks import Block, Box, Page
from revtrack.extraction.parsing import parse
from revtrack.extraction.structured import read_structured
from revtrack.extraction.vocabulary import stable_names, words_in, words_of
from revtrack.extraction.walls import sells
from revtrack.model import Story
from revtrack.text import fold

_GATE_WORDS = words_in(
    """
    paywall regwall registerwall registrationwall loginwall wall gate gated metered meter premium locked lock barrier
    unlock subscriber subscribers subscription subscribe login signin register registration truncated truncate obscured
    blurred upsell entitlement captcha hcaptcha recaptcha turnstile challenge consent piano tinypass poool zephr
    """,
)
_VENDOR = re.compile(
    r"(?:piano|tinypass|poool|zephr|hcaptcha|recaptcha|turnstile|arkoselabs|geetest|datadome|captcha-delivery|perimeterx)"
)
_NAMES = re.compile(r"\s(?:class|id)\s*+=\s*+(?:\"([^\"]{0,400})\"|'([^']{0,400})'|([^\s\"'>]{1,400}))", re.IGNORECASE)
_SOURCES = re.compile(r"<(?:iframe|script)\s[^<>]{0,500}?src\s*+=\s*+[\"']?([^\s\"'>]{1,500})", re.IGNORECASE)
_DIALOG = re.compile(r"<dialog\b|\srole\s*+=\s*+[\"']?(?:alert)?dialog|aria-modal", re.IGNORECASE)
_DRAWN = re.compile(r"<template\s[^<>]{0,200}?shadowroot", re.IGNORECASE)
_FURNITURE = frozenset(("header", "footer", "nav"))
"""What stands at the edge of a site. Its buttons (menus, sign-ups, share bars) come and go, and hide no text."""
_TEXT_TAGS = frozenset(("article", "main"))
_PAGE_TAGS = frozenset(("html", "body"))
_AROUND = 3  # boxes around the text within which what stands above it is its own: share bars, a player
_TIER = "article:content_tier"
_BELOW = 15  # blocks below the end of the text that are looked at
_LONGEST = 1_500  # characters of a box that asks for something
_LONGEST_OFFER = 600  # characters of all text that came in the place of what is missing

_AUTHORITY = re.compile(r"^(?:https?:)?//[^/?#]*", re.IGNORECASE)
_NUMBER_BELOW = re.compile(r"(?:/[a-z]{1,10})?/\d{1,3}$")

_Form = tuple[str, str]


def find_gates(before: str, now: str, story: Story) -> tuple[str, ...]:
    """Return in words what a page does to keep its text back that it did not do when it was seen before.

    `before` and `now` are the sources of both pages, `story` is what was read out of the one now.
    """
    return (*_signs_in_source(before, now), *_signs_in_page(parse(before), parse(now), story)) if before else ()


def _signs_in_source(before: str, now: str) -> Iterator[str]:
    """Yield what shows in the markup alone, empty boxes and what a script will fill included."""
    named = _named(now) - _named(before)
    if named:
        yield f"a box of the page is called {min(named)!r}"
    vendors = _vendors(now) - _vendors(before)
    if vendors:
        yield f"the page fetches something of {min(vendors)!r}"
    if len(_DIALOG.findall(now)) > len(_DIALOG.findall(before)):
        yield "the page opens a dialog"
    if len(_DRAWN.findall(now)) > len(_DRAWN.findall(before)):
        yield "the page has a box that a script draws"


def _named(source: str) -> set[str]:
    names = {given for found in set(_NAMES.findall(source)) for given in found if given}
    return {word for name in names for word in words_of(name) if word in _GATE_WORDS}


def _vendors(source: str) -> set[str]:
    return {vendor for address in _SOURCES.findall(source) for vendor in _VENDOR.findall(address.lower())}


def _signs_in_page(old: Page, new: Page, story: Story) -> Iterator[str]:
    if _is_closed(new) and not _is_closed(old):
        yield "the page states that it is not free"
    shown = [fold(paragraph.text) for paragraph in story.paragraphs]
    if _free_controls(new, frozenset(shown)) > _free_controls(old, frozenset(shown)):
        yield "the page has a button or field that was not there"
    known_texts, known_forms = {block.folded for block in old.blocks}, set(map(_form, _boxes(old.root)))
    fresh = [block for block in _below(new, frozenset(shown)) if block.folded not in known_texts]
    here = urlsplit(story.canonical_url).path.rstrip("/")
    if any(_asks(block, known_forms, here) for block in fresh):
        yield "the page asks for something where its text ends"
    # In the place of a long text a few words that sell one. Words alone would not do: articles are about this, too.
    offer = [text for text in [*shown, *(block.folded for block in fresh)] if text not in known_texts]
    if sum(map(len, offer)) < _LONGEST_OFFER and any(map(sells, offer)):
        yield "the page sells the rest of its text"


def _is_closed(page: Page) -> bool:
    tier = next((content for name, content in page.head.metas if name == _TIER), "free")
    return read_structured(page.head.structured, title=page.head.title).free is False or tier != "free"


def _free_controls(page: Page, shown: Container[str]) -> int:
    """Return how many buttons and fields stand neither at the edges of the site nor above the text in its own box."""
    passed_over = set(_above_text(page, shown))
    count, waiting = 0, [page.root]
    while waiting:
        box = waiting.pop()
        if box in passed_over or (box.tag in _FURNITURE and not _is_in_text(box)):
            continue
        count += box.controls - sum(child.controls for child in box.children)
        waiting += box.children
    return count


def _is_in_text(box: Box) -> bool:
    return any(around.tag in _TEXT_TAGS for around in box.upward())


def _above_text(page: Page, shown: Container[str]) -> Iterator[Box]:
    """Yield the boxes before the first paragraph, in the boxes that are closest around it."""
    inner = next((block.box for block in page.blocks if block.prose and block.folded in shown), page.root)
    for around in inner.parent.upward(_AROUND) if inner.parent else ():
        if around.tag in _PAGE_TAGS:
            return
        yield from around.children[: around.children.index(inner)]
        inner = around


def _below(page: Page, shown: frozenset[str]) -> list[Block]:
    """Return the blocks that follow the last of the text."""
    last = max((block.order for block in page.blocks if block.folded in shown), default=-1)
    return page.blocks[last + 1 : last + 1 + _BELOW]


def _asks(block: Block, known: set[_Form], here: str) -> bool:
    """Say whether a block is in a small box, of a form that was not there, which has a button, field or link.

    `here` is the path of the page: a link to another part of the same article is no offer.
    """
    around = [box for box in block.box.upward(3) if box.length < _LONGEST]
    new = max((place for place, box in enumerate(around) if _form(box) not in known), default=-1)
    return any(box.controls or _offers(box, here) for box in around[: new + 1])


def _offers(box: Box, here: str) -> bool:
    """Say whether a box has a link that leads not merely to the next part of the article."""
    links = [link for one in _boxes(box) for block in one.blocks for link in block.links] if box.linked else []
    parts = {href for href, text in links if text.strip().isdecimal()}
    return any(href not in parts and not _is_part(href, text, here) for href, text in links)


def _is_part(href: str, text: str, here: str) -> bool:
    """Say whether a link is to the page's own path, or to a number below it, and does not sell."""
    if href.startswith(("#", "javascript:")) or sells(text):  # it opens something in the page
        return False
    path = _AUTHORITY.sub("", href).partition("#")[0].partition("?")[0].rstrip("/")
    return (not path and "?" in href) or (here != "" and _NUMBER_BELOW.sub("", path) == here)


def _form(box: Box) -> _Form:
    return box.tag, stable_names(box.names)


def _boxes(root: Box) -> Iterator[Box]:
    waiting = [root]
    while waiting:
        box = waiting.pop()
        yield box
        waiting += box.children
