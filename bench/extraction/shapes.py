"""Sets of changes that are lists to read: shapes and words of a folder, put into parsed pages. Knows no extractor."""

import re
import tomllib
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from random import Random
from typing import Any

from lxml import html

from bench.extraction.chrome import Chrome
from bench.extraction.edits import Edit, Editing
from bench.extraction.scoring import Changes
from bench.extraction.splicing import Article, Splice
from bench.extraction.tree import Page, address, page_of, scrambled, written

Words = dict[str, Any]
"""Wordings by what they are for: lists, or lists by language, English standing in for those that are missing."""
Rewrite = Callable[[Page, Random], bool]
"""Changes a page in place; False where the page has no place for it."""
Turn = Callable[[Page, Random], tuple[str, str] | None]
"""Edits a page in place; returns what came and what went, None where it cannot be made."""


def read_set(
    folder: Path, *, moves: Iterable[Rewrite] = (), comes: Iterable[Rewrite] = (), turns: Iterable[Turn] = ()
) -> Changes:
    """Return the shapes of a folder, and changes that are code: chrome that moves or that comes and goes, and edits."""
    shapes, words, notes = (_read(folder, name) for name in ("shapes", "words", "notes"))
    chrome: dict[str, Chrome] = {}
    for name, shape in shapes.get("chrome", {}).items():
        place, _, markup = shape.partition(" | ")
        chrome[name.lstrip("± ")] = _rewriting(
            name.lstrip("± "), _putting(words, place, markup), name[0] == "±", markup
        )
    for toggle, rewrites in ((False, moves), (True, comes)):
        for one in rewrites:
            chrome[one.__name__] = _rewriting(one.__name__, one, toggle, one.__doc__ or "")
    return Changes(
        chrome,
        {name: _noting(words, notes, *shape.split(" | ", 1)) for name, shape in shapes["notes"].items()},
        {turn.__name__: _turning(turn) for turn in turns}
        | {name: _adding(words, *shape.split(" | ", 1)) for name, shape in shapes.get("body", {}).items()},
    )


def _read(folder: Path, name: str) -> Words:
    return tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))


class Filling(dict[str, str]):
    """What a shape is filled with: {x} and {y} names, {n} and {m} numbers, {to} an address, else words by their name.

    A name that ends in a digit is a further wording of the same kind: {title}, {title2}. {letter_2} is the second part
    of a wording that "|" divides, of others the second wording. What is said may itself have blanks.
    """

    def __init__(self, words: Words, language: str, random: Random) -> None:
        """Draw what is drawn for each shape."""
        super().__init__(
            x=scrambled(random),
            y=scrambled(random),
            n=str(random.randrange(2, 60)),
            m=str(random.randrange(100, 9000)),
            to=address(random),
            to2=address(random),
        )
        self._words, self._language, self._random = words, language, random

    def __missing__(self, what: str) -> str:
        """Return some wording, another one than those of its kind drawn before; or a numbered part."""
        kind, _, part = what.rpartition("_")
        if part.isdecimal():
            said = self._said(kind)
            self[what] = (
                self[kind].split("|")[int(part) - 1]
                if "|" in said[0]
                else self._filled(said[(int(part) - 1) % len(said)])
            )
            return self[what]
        said = [self._filled(text) for text in self._said(what.rstrip("23456789"))]
        self[what] = self._random.choice([text for text in said if text not in self.values()] or said)
        return self[what]

    def _said(self, kind: str) -> list[str]:
        said = self._words[kind]
        return said.get(self._language, said["en"]) if isinstance(said, dict) else said

    def _filled(self, text: str) -> str:
        return escape(text, quote=False).format_map(self)


def _rewriting(name: str, rewrite: Rewrite, toggle: bool, why: str) -> Chrome:  # noqa: FBT001 - a line of a list
    def state(article: Article, random: Random) -> list[Splice]:
        page = page_of(article)
        if page is None or not rewrite(page, random):
            return []
        return [(0, len(article.source), written(page.tree))]

    return Chrome(name, state, toggle, why)


def _putting(words: Words, place: str, markup: str) -> Rewrite:
    return lambda page, random: page.put(place, markup.format_map(Filling(words, page.language, random)))


def _noting(words: Words, notes: dict[str, list[str]], place: str, shape: str) -> Editing:
    def editing(article: Article, random: Random) -> Edit | None:
        page, filling = page_of(article), Filling(words, article.language, random)
        found = notes.get(article.language, notes["en"])
        told = [note for note in found if note[0] != "|" or "label}" not in shape.lower()]
        label, _, text = random.choice(told).partition("|")
        filling.update(label=label, LABEL=label.upper(), text=text, note=f"{label}: {text}" if label else text)
        markup = shape.format_map(filling)
        if page is None or not page.put(place, markup):
            return None
        # Within other text a note is one whatever it shows as.
        around = "" if place.startswith("in ") else re.sub(r"<[^>]*>", " ", markup).replace(text, "") or "-"
        return Edit(article.source, written(page.tree), added=text, around=around)

    return editing


def _adding(words: Words, place: str, shape: str) -> Editing:
    def editing(article: Article, random: Random) -> Edit | None:
        page = page_of(article)
        markup = shape.format_map(Filling(words, article.language, random))
        added = " ".join(html.fragment_fromstring(f"<div>{markup.replace('><', '> <')}</div>").text_content().split())
        if page is None or any(one.tail and one.tail.strip() for one in page.paragraphs):
            return None
        return Edit(article.source, written(page.tree), added=added) if page.put(place, markup) else None

    return editing


def _turning(turn: Turn) -> Editing:
    def editing(article: Article, random: Random) -> Edit | None:
        page = page_of(article)
        told = turn(page, random) if page else None
        if page is None or told is None:
            return None
        return Edit(article.source, written(page.tree), added=told[0], removed=told[1])

    return editing
