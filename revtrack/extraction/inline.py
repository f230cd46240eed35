"""What of a block stands inside inline elements: links, bold, small print, named spans. Knows no boxes, no parser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from revtrack.extraction.blocks import Block
from revtrack.text import clean

Attributes = Mapping[str, str]

_BOLD_TAGS = frozenset(("b", "strong"))
_EMPHASIS_TAGS = _BOLD_TAGS | {"em", "i", "small"}
_MOST_MARKS = 6


class Inline:
    """Follows the inline elements around the `pieces` of text of the block that is open, a list that others fill."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces = pieces
        self._linked, self._stressed, self._bold = _Run(), _Run(), _Run()
        self._hrefs: list[str] = []  # of the open `<a>`s, "" for one that only names a place and links nowhere
        self._links: list[tuple[str, str]] = []
        self.marks: list[str] = []  # the names of the elements met since the last block

    def open(self, tag: str, attributes: Attributes) -> None:
        """Open an element."""
        if tag == "a":
            self._hrefs.append(attributes.get("href") or "")
            if self._hrefs[-1]:
                self._linked.open(self._pieces)
        elif tag in _EMPHASIS_TAGS:
            self._stressed.open(self._pieces)
            if tag in _BOLD_TAGS:
                self._bold.open(self._pieces)
        if attributes and len(self.marks) < _MOST_MARKS:
            mark = attributes.get("class") or attributes.get("itemprop")
            if mark:
                self.marks.append(mark)

    def close(self, tag: str) -> None:
        """Close an element."""
        if tag == "a":
            href = self._hrefs.pop() if self._hrefs else ""
            if href and (text := self._linked.close(self._pieces)):
                self._links.append((href, text))
        elif tag in _EMPHASIS_TAGS:
            self._stressed.close(self._pieces)
            if tag in _BOLD_TAGS:
                self._bold.close(self._pieces)

    def describe(self, block: Block) -> None:
        """Tell a block, made of the pieces, what of it stands in which elements."""
        if self._linked.is_met:
            block.linked, inside = self._linked.cut(self._pieces, block.text)
            if inside and self._hrefs and self._hrefs[-1]:
                self._links.append((self._hrefs[-1], inside))
        if self._stressed.is_met:
            block.stressed, _ = self._stressed.cut(self._pieces, block.text)
            block.bold, _ = self._bold.cut(self._pieces, block.text)
        if self._links:
            block.links = tuple(self._links)
            self._links.clear()
        if self.marks:
            block.marks = tuple(self.marks)


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
