"""A page as boxes and the leaf blocks of text in them. Knows no parser and no rule of what they mean.

A *box* is a block element; a *block* is a run of text that a browser shows as one paragraph.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from revtrack.extraction.vocabulary import Chrome, chrome_of
from revtrack.model import ParagraphKind
from revtrack.text import fold_glyphs

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORTEST = 15  # characters, which are no more than 60 bytes
_STOPS = re.compile(r"[.!?…。！？۔।:;,،、，]")


class Box:
    """One block element. `mass` is the prose under it in UTF-8 bytes, so that scripts without spaces weigh alike."""

    __slots__ = (
        *("tag", "parent", "depth", "names", "itemprop", "role", "hidden", "innocent", "mass", "length", "linked"),
        *("controls", "fields", "images", "icons", "headings", "children", "blocks", "_chrome"),
    )

    def __init__(self, tag: str, parent: "Box | None") -> None:
        self.tag = tag
        self.parent = parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.names = self.itemprop = self.role = ""
        self.hidden = False
        self.innocent: tuple[str, ...] = ()  # names that tell nothing of chrome on this page
        self.mass = 0
        self.length = 0  # characters of text under it
        self.linked = 0  # those of them inside links
        self.controls = 0  # input fields and buttons under it
        self.fields = 0  # those of them that are written into
        self.images = 0
        self.icons = 0  # small drawings under it
        self.headings = 0
        self.children: list[Box] = []
        self.blocks: list[Block] = []  # its own, not those of its children
        self._chrome: Chrome | None = None

    @property
    def chrome(self) -> Chrome:
        """How surely it is page chrome, by its tag, names and role. Judged when first asked: most boxes never are."""
        if self._chrome is None:
            told = chrome_of(self.tag, self.names, self.role, self.innocent)
            self._chrome = max(told, Chrome.YES) if self.hidden else told
        return self._chrome

    def upward(self, most: int | None = None) -> "Iterator[Box]":
        """Yield this box and those around it, the innermost first; `most` so many of them."""
        around: Box | None = self
        while around is not None and most != 0:
            yield around
            around = around.parent
            most = None if most is None else most - 1

    def acquit(self, names: tuple[str, ...]) -> None:
        """Let names that begin with any of the given ones tell nothing."""
        self.innocent = names
        self._chrome = None

    @property
    def link_share(self) -> float:
        """The share of its text that stands in links, 0.0 to 1.0."""
        return self.linked / self.length if self.length else 0.0


@dataclass(slots=True, eq=False)
class Block:
    """One paragraph as the page shows it; `order` counts blocks from the top of the page.

    `marks` are the class names, ids and itemprops of inline elements in it, and that a link is paid for. `linked`
    and `stressed` count the characters in links and in bold, italic or small print, `bold` those in bold, `lead`
    those in an element that it begins with and that does not hold all of it. `links` are the addresses in it, as
    written, each with the text that leads there; a link around several blocks is in each of them.
    """

    text: str
    box: Box
    order: int
    kind: ParagraphKind = ParagraphKind.TEXT
    heading: int = 0
    linked: int = 0
    stressed: int = 0
    bold: int = 0
    lead: int = 0
    prose: int = 0  # bytes of it, if it reads like a paragraph
    marks: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()  # (href, text)
    _folded: str = ""

    @property
    def folded(self) -> str:
        """Its text in the form in which texts are compared. Made when first asked, as several rules compare it."""
        self._folded = self._folded or fold_glyphs(self.text)
        return self._folded

    @property
    def link_share(self) -> float:
        """The share of its text that stands in links, 0.0 to 1.0."""
        return min(1.0, self.linked / len(self.text))

    @property
    def emphasis(self) -> bool:
        """Whether the whole of it is bold, italic or small."""
        return self.stressed >= 0.9 * len(self.text)

    @property
    def is_prose(self) -> bool:
        """Whether it reads like a paragraph: long, few links, punctuated."""
        return self.prose > 0

    def shorten(self, end: int) -> None:
        """Let it end earlier."""
        self.text, self._folded = self.text[:end].rstrip(), ""

    def weigh(self) -> None:
        """Measure its prose, once all else of it is known."""
        if len(self.text) < _SHORTEST:
            return
        size = len(self.text) if self.text.isascii() else len(self.text.encode())
        reads = size >= 60 and not self.heading and self.link_share < 0.5 and (size >= 140 or _STOPS.search(self.text))
        self.prose = size if reads else 0


class Image(NamedTuple):
    """A picture of the page: `order` is that of the next block; `source` and `alt` are as written, "" if absent."""

    order: int
    source: str
    alt: str


class Time(NamedTuple):
    """A `<time>` element: `order` is that of the next block.

    `stated` is its `datetime` attribute, or the text that it shows where it has none. `names` are its class names,
    itemprop and "pubdate" if it has that attribute, in lower case.
    """

    order: int
    stated: str
    names: str
    is_shown: bool


@dataclass(slots=True)
class Head:
    """What the page says of itself to machines."""

    language: str = ""
    title: str = ""
    metas: list[tuple[str, str]] = field(default_factory=list)  # (name or property or itemprop, content)
    links: list[tuple[str, str]] = field(default_factory=list)  # (rel, href), also of `<a rel=next>`
    structured: list[str] = field(default_factory=list)  # JSON-LD source
    time_elements: list[Time] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """One page as read: its boxes in document order, the root first, its blocks in reading order, its head."""

    boxes: list[Box]
    blocks: list[Block]
    head: Head
    cards: frozenset[Box] | None = field(default=None, init=False)  # once they are looked for

    @property
    def root(self) -> Box:
        """The box around all others."""
        return self.boxes[0]

    def close(self) -> None:
        """Let go of what stands in the boxes, so that all of it dies with the page and needs no collector.

        Boxes and what stands in them name each other: left as they are, to find and free them takes a twelfth of
        reading a page.
        """
        for box in self.boxes:
            del box.children, box.blocks
