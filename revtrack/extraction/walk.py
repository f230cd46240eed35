"""One walk over a page in document order → its boxes and blocks. Knows no parser.

Block elements and `<br><br>` end a block, inline elements never add or drop a space. What the head of the page states
is gathered on the way.
"""

import re
from typing import Protocol

from revtrack.extraction.blocks import HEADING_TAGS, Block, Box, Head, Page
from revtrack.extraction.vocabulary import Chrome, chrome_of, words_in
from revtrack.extraction.weighing import clear_innocent, weigh
from revtrack.model import ParagraphKind
from revtrack.text import clean

BLOCK_TAGS = words_in(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol
    optgroup p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp
    """,
)
SKIPPED_TAGS = words_in(
    """
    script style noscript template svg iframe object embed applet video audio canvas select option textarea
    button input map noframes datalist meter progress rp title meta link base
    """,
)
_EMPHASIS_TAGS = frozenset(("em", "i", "strong", "b", "small"))
_KINDS = {
    **dict.fromkeys(HEADING_TAGS, ParagraphKind.SUBHEADING),
    **dict.fromkeys(("li", "dd", "dt"), ParagraphKind.LIST_ITEM),
    **dict.fromkeys(("figcaption", "caption", "figure"), ParagraphKind.CAPTION),
    "blockquote": ParagraphKind.QUOTE,
    "tr": ParagraphKind.TABLE_ROW,
    "td": ParagraphKind.TABLE_ROW,
    "th": ParagraphKind.TABLE_ROW,
}
_CONTROLS = frozenset(("input", "button", "textarea", "select"))
_CELL = 200  # characters: a cell that holds more is no cell of a data table
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Element(Protocol):
    """What the walk asks of an element: its attributes. lxml's and BeautifulSoup's elements both have it."""

    def get(self, name: str, /) -> str | None:
        """Return the value of an attribute, None if it is absent."""


class Walk:
    """Takes the elements and texts of a page in document order and makes a `Page` of them.

    A parser's driver calls `enter` and `leave` for each element, `say` for each text; where `enter` answers False the
    driver passes over what is inside and does not call `leave`.
    """

    def __init__(self) -> None:
        self.head = Head()
        self.blocks: list[Block] = []
        self.root = self._box = Box("html", None)
        self._pieces: list[str] = []
        self._marks: list[str] = []
        self._breaks = self._linked = self._stressed = self._in_link = self._in_stress = 0

    def page(self) -> Page:
        """Return what has been gathered."""
        self._flush()
        weigh(self.root)
        clear_innocent(self.root)
        return Page(self.root, self.blocks, self.head)

    def enter(self, tag: str, element: Element, text: str) -> bool:
        """Open an element, whose own first text is given; return whether to go into it."""
        if tag in SKIPPED_TAGS:
            self._pass_over(tag, element, text)
            return False
        if tag == "br":
            self._break()
        elif tag in BLOCK_TAGS or ("-" in tag and not self._in_paragraph()):
            return self._open(tag, element)
        else:
            self._enter_inline(tag, element)
        return True

    def leave(self, tag: str) -> None:
        """Close an element that `enter` went into."""
        if tag in BLOCK_TAGS or ("-" in tag and self._box.tag == tag):
            self._flush()
            if self._box.parent is not None and self._box.tag == tag:
                if tag == "tr":
                    self._join_row(self._box)
                self._box = self._box.parent
        elif tag == "a":
            self._in_link = max(0, self._in_link - 1)
        elif tag in _EMPHASIS_TAGS:
            self._in_stress = max(0, self._in_stress - 1)

    def say(self, text: str) -> None:
        """Take a piece of text."""
        self._pieces.append(text)
        if self._in_link or self._in_stress:
            size = len(" ".join(text.split()))  # as it will be shown: line wraps in the source weigh nothing
            self._linked += size if self._in_link else 0
            self._stressed += size if self._in_stress else 0
        if self._breaks and not text.isspace():
            self._breaks = 0

    def _pass_over(self, tag: str, element: Element, text: str) -> None:
        head = self.head
        if tag in _CONTROLS:
            self._box.controls += element.get("type") != "hidden"
        elif tag == "meta":
            name = element.get("property") or element.get("name") or element.get("itemprop")
            if name:
                head.metas.append((name.lower(), element.get("content") or ""))
        elif tag == "link":
            head.links.append(((element.get("rel") or "").lower(), element.get("href") or ""))
        elif tag == "script" and "ld+json" in (element.get("type") or ""):
            head.structured.append(text)
        elif tag == "title":
            head.title = head.title or clean(text)

    def _open(self, tag: str, element: Element) -> bool:
        self._flush()
        if tag == "html":
            self.head.language = element.get("lang") or element.get("xml:lang") or ""
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
        style = element.get("style")
        role = (element.get("role") or "").lower()
        chrome = chrome_of(tag, names, role)
        hidden = element.get("hidden") is not None or bool(style and _HIDDEN.search(style))
        if hidden:
            chrome = max(chrome, Chrome.YES)
        parent = self._box
        self._box = Box(tag, parent, names, chrome, parent.depth + 1, element.get("itemprop") or "", role, hidden)
        parent.children.append(self._box)
        return True

    def _enter_inline(self, tag: str, element: Element) -> None:
        if tag == "a":
            self._in_link += 1
        elif tag in _EMPHASIS_TAGS:
            self._in_stress += 1
        elif tag == "time" and (stated := element.get("datetime")):
            self.head.times.append((len(self.blocks), stated))
        elif tag in ("img", "picture"):
            self._box.images += 1
            return
        mark = element.get("class") or element.get("itemprop")
        if mark and len(self._marks) < 6:
            self._marks.append(mark)

    def _break(self) -> None:
        """One `<br>` is a space, a second with nothing between them ends the paragraph."""
        self._breaks += 1
        self._pieces.append(" ")
        if self._breaks > 1:
            self._flush()

    def _join_row(self, row: Box) -> None:
        """Make one block of the cells of a table's row; the cells of a layout table hold paragraphs and stay apart."""
        cells = [cell for cell in row.children if cell.tag in ("td", "th")]
        blocks = [block for cell in cells for block in _blocks_in_cell(cell)]
        if (
            len(blocks) < 2
            or len(self.blocks) - blocks[0].order != len(blocks)
            or any(len(b.text) > _CELL for b in blocks)
        ):
            return
        del self.blocks[blocks[0].order :]
        for cell in cells:
            cell.blocks.clear()
            cell.children.clear()
        joined = Block(" | ".join(block.text for block in blocks), row, len(self.blocks), ParagraphKind.TABLE_ROW)
        joined.linked = sum(block.linked for block in blocks)
        row.blocks.append(joined)
        self.blocks.append(joined)

    def _in_paragraph(self) -> bool:
        return any(not piece.isspace() for piece in self._pieces)

    def _flush(self) -> None:
        if not self._pieces:
            return
        text = clean("".join(self._pieces))
        if text:
            self._add(text)
        self._pieces.clear()
        self._marks.clear()
        self._breaks = self._linked = self._stressed = 0

    def _add(self, text: str) -> None:
        box = self._box
        kind = _kind_in(box)
        heading = int(box.tag[1]) if box.tag in HEADING_TAGS else 0
        block = Block(text, box, len(self.blocks), kind, heading, self._linked, self._stressed, tuple(self._marks))
        box.blocks.append(block)
        self.blocks.append(block)


def _blocks_in_cell(cell: Box) -> list[Block]:
    return [*cell.blocks, *(block for child in cell.children for block in child.blocks)]


def _kind_in(box: Box) -> ParagraphKind:
    """Return the kind of a block from the nearest boxes around it: `<blockquote><p>` is a quote, `<li><p>` an item."""
    around: Box | None = box
    for _ in range(4):
        if around is None:
            break
        if around.tag in _KINDS:
            return _KINDS[around.tag]
        around = around.parent
    return ParagraphKind.TEXT
