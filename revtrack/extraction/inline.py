"""What of a block stands inside inline elements: links, bold, small print, named spans. Knows no boxes, no parser."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from revtrack.extraction.blocks import Block
from revtrack.extraction.vocabulary import is_unseen
from revtrack.text import clean

Attributes = Mapping[str, str]

_BOLD_TAGS = frozenset(("b", "strong"))
_EMPHASIS_TAGS = _BOLD_TAGS | {"em", "i", "small"}
_MOST_MARKS = 6
_UNSEEN = "unseen"
PAID = "sponsored"
"""What marks a link that is paid for: the word that its `rel` holds."""
_PERMALINKS = frozenset("¶#§🔗∞⚓")
_OUT_OF_SIGHT = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|text-indent)\s*:\s*-\d{3,}", re.IGNORECASE
)
_LINE = 60  # bytes
_MOST_HIDDEN = 250  # characters: what hides more waits for a click, as the rest of a paragraph does


class Inline:
    """Follows the inline elements around the `pieces` of text of the block that is open, a list that others fill."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces = pieces
        self._linked, self._stressed, self._bold = _Run(), _Run(), _Run()
        self._hrefs: list[str] = []  # of the open `<a>`s, "" for one that only names a place and links nowhere
        self._links: list[tuple[str, str]] = []
        self.marks: list[str] = []  # the names of the elements met since the last block
        self._hidden: _Hidden | None = None  # the outermost open element that hides what is in it
        self._has_hidden = False
        self._unlinked = 0  # characters in links that are hidden
        self._lead = ""  # the tag of the element that the block begins with, while it is open
        self._led = 0  # characters in it
        self.unseen: list[tuple[int, int]] = []  # the pieces that no reader sees, from and to

    def open(self, tag: str, attributes: Attributes) -> None:
        """Open an element that is no link."""
        if self._hidden is not None:
            self._hidden.depth += tag == self._hidden.tag
        elif attributes and _hides(attributes):
            self._hidden = _Hidden(tag, len(self._pieces), self._linked.size)
            self.marks.append(_UNSEEN)
        if not self._pieces:
            self._lead = tag
        if tag in _EMPHASIS_TAGS:
            self._stress(tag)
        if attributes and len(self.marks) < _MOST_MARKS:
            mark = attributes.get("class") or attributes.get("itemprop")
            if mark:
                self.marks.append(mark)

    def open_link(self, attributes: Attributes) -> None:
        """Open an `<a>`; one that is only heard is told by leading elsewhere."""
        href = attributes.get("href") or ""
        self._hrefs.append(href)
        if href:
            self._linked.open(self._pieces)
        if attributes and len(self.marks) < _MOST_MARKS:
            mark = attributes.get("class") or attributes.get("itemprop")
            if mark:
                self.marks.append(mark)
            if PAID in (attributes.get("rel") or ""):
                self.marks.append(PAID)

    def close(self, tag: str) -> None:
        """Close an element that is no link."""
        if tag in _EMPHASIS_TAGS:
            self._stressed.close(self._pieces)
            if tag in _BOLD_TAGS:
                self._bold.close(self._pieces)
        if self._lead == tag:
            self._lead = ""
            if len(self._pieces) == 1:
                self._led = len(self._pieces[0].strip())
        if self._hidden is not None and self._hidden.tag == tag:
            self._close_hidden(self._hidden)

    def _stress(self, tag: str) -> None:
        self._stressed.open(self._pieces)
        if tag in _BOLD_TAGS:
            self._bold.open(self._pieces)

    def close_link(self) -> None:
        """Close an `<a>`."""
        href = self._hrefs.pop() if self._hrefs else ""
        first = self._linked.first
        if not href or not (text := self._linked.close(self._pieces)):
            return
        if text in _PERMALINKS and href[0] == "#":
            self._linked.size -= len(text)
            self._pass_over(first)
        else:
            self._links.append((href, text))

    def _close_hidden(self, hidden: "_Hidden") -> None:
        hidden.depth -= 1
        if hidden.depth:
            return
        self._hidden = None
        text = "".join(self._pieces[hidden.first :])
        if len(text) <= _MOST_HIDDEN:
            linked = self._linked.size - hidden.linked + len(clean(text)) * (self._linked.depth > 0)
            self._linked.size -= linked
            self._unlinked += linked
            self._has_hidden = True
            self._pass_over(hidden.first)

    def _pass_over(self, first: int) -> None:
        """Let the pieces from the given one on be none of the text."""
        self.unseen.append((first, len(self._pieces)))
        self.marks.append(_UNSEEN)

    def forget(self) -> None:
        """Let the marks met so far, and what is hidden, say nothing of the next block."""
        self.marks.clear()
        self.unseen.clear()
        self._has_hidden = False
        self._unlinked = 0
        self._hidden = None  # what hides several blocks may be the article, until a script has asked who reads

    def seen(self, text: str, *, whole: bool) -> str:
        """Return what a reader sees of the text of the pieces, where some of them are unseen.

        Of a line, as a date has, it is what is only heard too; and where `whole` is asked for, as of a headline.
        """
        pieces = list(self._pieces)
        for first, last in self.unseen:
            pieces[first:last] = [""] * (last - first)
        rest = clean("".join(pieces))
        if self._has_hidden and (whole or 0 < len(rest.encode()) < _LINE):
            self._linked.size += self._unlinked
            return text
        return rest

    def describe(self, block: Block) -> None:
        """Tell a block, made of the pieces, what of it stands in which elements."""
        if self._linked.is_met:
            block.linked, inside = self._linked.cut(self._pieces, block.text)
            if inside and self._hrefs and self._hrefs[-1]:
                self._links.append((self._hrefs[-1], inside))
        if self._stressed.is_met:
            block.stressed, _ = self._stressed.cut(self._pieces, block.text)
            block.bold, _ = self._bold.cut(self._pieces, block.text)
        if self._led:
            block.lead = self._led if self._led < len(block.text) else 0
            self._led = 0
        self._lead = ""
        if self._links:
            block.links = tuple(self._links)
            self._links.clear()
        if self.marks:
            block.marks = tuple(self.marks)


def _hides(attributes: Attributes) -> bool:
    """Whether an element is in the page for those who hear it, for what is copied, or for a script to show."""
    if "hidden" in attributes or attributes.get("role") == "tooltip":
        return True
    style, names = attributes.get("style"), attributes.get("class")
    return (style is not None and _OUT_OF_SIGHT.search(style) is not None) or (names is not None and is_unseen(names))


@dataclass(slots=True)
class _Hidden:
    """The outermost open element that hides what is in it: how many of its tag are open, and where it began."""

    tag: str
    first: int  # index of a piece
    linked: int  # characters in links before it
    depth: int = 1


@dataclass(slots=True)
class _Run:
    """What of the open block stands inside elements of one sort. They may nest, and may hold several blocks."""

    depth: int = 0
    first: int = 0  # index of the first piece inside the outermost one that is open
    size: int = 0  # characters in those that have ended
    is_met: bool = False  # whether any was open since the last block

    def open(self, pieces: Sequence[str]) -> None:
        if not self.depth:
            self.first = len(pieces)
        self.depth += 1
        self.is_met = True

    def close(self, pieces: Sequence[str]) -> str:
        """End one; return the text that stood in the outermost, "" inside of another."""
        self.depth = max(0, self.depth - 1)
        text = "" if self.depth else clean("".join(pieces[self.first :]))
        self.size += len(text)
        return text

    def cut(self, pieces: Sequence[str], text: str) -> tuple[int, str]:
        """End the block, whose text is given: return the characters in such elements, and the text of an open one."""
        inside = ""
        if self.depth:
            inside = clean("".join(pieces[self.first :])) if self.first else text
            self.first = 0
        size, self.size = self.size + len(inside), 0
        self.is_met = self.depth > 0
        return size, inside
