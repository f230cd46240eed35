"""A page as boxes and the leaf blocks of text in them. Knows no parser and no rule of what they mean.

A *box* is a block element; a *block* is a run of text that a browser shows as one paragraph.
"""

import re
from dataclasses import dataclass, field

from revtrack.extraction.vocabulary import Chrome
from revtrack.model import ParagraphKind

HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_STOPS = re.compile(r"[.!?…。！？۔।:;,،、，]")


@dataclass(slots=True, eq=False)
class Box:
    """One block element. `mass` is the prose under it in UTF-8 bytes, so that scripts without spaces weigh alike."""

    tag: str
    parent: "Box | None"
    names: str = ""
    chrome: Chrome = Chrome.NO
    depth: int = 0
    itemprop: str = ""
    role: str = ""
    hidden: bool = False
    mass: int = 0
    length: int = 0  # characters of text under it
    linked: int = 0  # those of them inside links
    controls: int = 0  # input fields and buttons under it
    images: int = 0
    headings: int = 0
    children: list["Box"] = field(default_factory=list)
    blocks: list["Block"] = field(default_factory=list)  # its own, not those of its children

    @property
    def link_share(self) -> float:
        """The share of its text that stands in links, 0.0 to 1.0."""
        return self.linked / self.length if self.length else 0.0


@dataclass(slots=True, eq=False)
class Block:
    """One paragraph as the page shows it; `order` counts blocks from the top of the page.

    `marks` are the class names, ids and itemprops of inline elements in it. `linked` and `stressed` count the
    characters in links and in bold, italic or small print.
    """

    text: str
    box: Box
    order: int
    kind: ParagraphKind = ParagraphKind.TEXT
    heading: int = 0
    linked: int = 0
    stressed: int = 0
    marks: tuple[str, ...] = ()

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
        size = len(self.text.encode())
        return (
            not self.heading and size >= 60 and self.link_share < 0.5 and bool(size >= 140 or _STOPS.search(self.text))
        )


@dataclass(slots=True)
class Head:
    """What the page says of itself to machines."""

    language: str = ""
    title: str = ""
    metas: list[tuple[str, str]] = field(default_factory=list)  # (name or property or itemprop, content)
    links: list[tuple[str, str]] = field(default_factory=list)  # (rel, href)
    structured: list[str] = field(default_factory=list)  # JSON-LD source
    times: list[tuple[int, str]] = field(default_factory=list)  # (order of the next block, datetime attribute)


@dataclass(slots=True)
class Page:
    """One page as read: its root box, its blocks in reading order, its head."""

    root: Box
    blocks: list[Block]
    head: Head
