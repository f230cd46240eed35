"""One walk over a page in document order → its boxes and blocks. Knows no parser.

Block elements and `<br><br>` end a block, inline elements never add or drop a space. What the head of the page states
is gathered on the way.
"""

import re

from revtrack.errors import NotAnArticleError
from revtrack.extraction.blocks import Block, Box, Head, Image, Page, Time
from revtrack.extraction.inline import Attributes, Inline
from revtrack.extraction.pictures import is_icon, source_of
from revtrack.extraction.vocabulary import HEADING_TAGS, words_in
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
    button input map noframes datalist meter progress title meta link base
    """,
)
_TEXT_TAGS = words_in("span b strong i em small")  # the commonest: each is told by as few questions as can be
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
_FIELDS = words_in("text email search tel url number password date")  # inputs that are written into
_MOST = 300_000  # boxes and blocks of a page: a hundred times what a long live blog has; they take seconds
_CELL = 200  # characters: a cell that holds more is no cell of a data table
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Walk:
    """Takes the elements and texts of a page in document order and makes a `Page` of them.

    A parser calls `start` and `end` for each element, void ones too, `data` for each text, and `close`: it is a target
    as the parsers of lxml and of the standard library's `xml` know them. `box` is the box that is open.
    """

    def __init__(self) -> None:
        self.head = Head()
        self.blocks: list[Block] = []
        self.box = Box("html", None)
        self._boxes = [self.box]  # in document order
        self._size = 0  # boxes and blocks
        self._passed_over = 0  # open elements that show no text
        self._stated: list[str] | None = None  # the text of one of them that machines read
        self._pieces: list[str] = []
        self._breaks = 0
        self._inline = Inline(self._pieces)
        self._marks = self._inline.marks
        self._time: tuple[int, str] | None = None  # where an open <time> without a date began, and its names

    @property
    def is_passing_over(self) -> bool:
        """Whether an element is open whose text is not shown."""
        return self._passed_over > 0

    def start(self, tag: str, attributes: Attributes) -> None:
        """Open an element."""
        if self._passed_over:
            self._passed_over += 1
        elif tag in BLOCK_TAGS:
            self._open(tag, attributes)
        elif tag == "a":
            self._open_link(attributes)
        elif tag in _TEXT_TAGS:
            self._inline.open(tag, attributes)
        elif tag in SKIPPED_TAGS and not (tag == "button" and self.box.tag in HEADING_TAGS):  # its text is the heading
            self._passed_over = 1
            self._pass_over(tag, attributes)
        elif tag == "br":
            self._break()
        elif "-" in tag and not self._pieces:
            self._open(tag, attributes)
        else:
            self._open_inline(tag, attributes)

    def end(self, tag: str) -> None:
        """Close an element."""
        if self._passed_over:
            self._passed_over -= 1
            if self._stated is not None and not self._passed_over:
                self._keep(tag, "".join(self._stated))
        elif tag in BLOCK_TAGS or ("-" in tag and self.box.tag == tag):
            self._close(tag)
        elif tag == "a":
            self._inline.close_link()
        elif tag == "time":
            self._close_time()
        else:
            self._inline.close(tag)

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._passed_over:
            if self._stated is not None:
                self._stated.append(text)
        elif not text.isspace():
            self._pieces.append(text)
            self._breaks = 0
        elif self._pieces:
            self._pieces.append(" ")

    def close(self) -> Page:
        """Return what has been gathered, and keep nothing of it: a parser that has read waits for the collector."""
        self._end_block()
        weigh(self._boxes)
        clear_innocent(self._boxes)
        page = Page(self._boxes, self.blocks, self.head)
        vars(self).clear()
        return page

    def _pass_over(self, tag: str, attributes: Attributes) -> None:
        head = self.head
        if tag in _CONTROLS:
            kind = attributes.get("type", "text").lower() if tag == "input" else ""
            self.box.controls += kind != "hidden"
            self.box.fields += kind in _FIELDS if tag == "input" else tag != "button"
        elif tag == "svg":
            self.box.icons += is_icon(attributes)
        elif tag == "meta":
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            if name:
                head.metas.append((name.lower(), attributes.get("content") or ""))
        elif tag == "link":
            head.links.append(((attributes.get("rel") or "").lower(), attributes.get("href") or ""))
        elif tag == "title" or (tag == "script" and "ld+json" in (attributes.get("type") or "")):
            self._stated = []

    def _keep(self, tag: str, text: str) -> None:
        self._stated = None
        if tag == "script":
            self.head.structured.append(text)
        else:
            self.head.title = self.head.title or clean(text)

    def _open(self, tag: str, attributes: Attributes) -> None:
        if self._pieces or self._marks or self._breaks:  # at half of all tags nothing is open
            self._end_block()
        if tag == "html":
            self.head.language = attributes.get("lang") or attributes.get("xml:lang") or ""
            return
        self._count()
        above = self.box
        box = self.box = Box(tag, above)
        above.children.append(box)
        self._boxes.append(box)
        if attributes:
            names = attributes.get("class")
            if names:
                box.names = names.strip()
            if names is None or len(attributes) > 1:  # most have nothing but a class
                _describe(box, attributes)

    def _close(self, tag: str) -> None:
        if self._pieces or self._marks or self._breaks:
            self._end_block()
        box = self.box
        above = box.parent
        if box.tag != tag or above is None:
            return
        if tag == "tr":
            self._join_row(box)
        self.box = above
        if not (box.blocks or box.children or box.images or box.controls):
            above.children.pop()  # nothing is in it, and an empty place comes and goes with what fills it
            self._boxes.pop()
            self._size -= 1

    def _count(self) -> None:
        self._size += 1
        if self._size > _MOST:
            raise NotAnArticleError("the page", f"it holds more than {_MOST:,} boxes and paragraphs")

    def _open_link(self, attributes: Attributes) -> None:
        self._inline.open_link(attributes)
        if "next" in (attributes.get("rel") or ""):
            self.head.links.append((attributes["rel"].lower(), attributes.get("href") or ""))

    def _open_inline(self, tag: str, attributes: Attributes) -> None:
        if tag in ("img", "picture"):
            self._see(tag, attributes)
            return
        if tag == "time":
            self._open_time(attributes)
        self._inline.open(tag, attributes)

    def _see(self, tag: str, attributes: Attributes) -> None:
        self.box.images += 1
        if tag == "img":
            self.head.images.append(Image(len(self.blocks), source_of(attributes), attributes.get("alt") or ""))

    def _open_time(self, attributes: Attributes) -> None:
        names = " ".join(filter(None, (attributes.get("class"), attributes.get("itemprop")))).lower()
        if "pubdate" in attributes:
            names = f"{names} pubdate".strip()
        if stated := attributes.get("datetime"):
            self.head.time_elements.append(Time(len(self.blocks), stated, names, is_shown=False))
        else:
            self._time = (len(self._pieces), names)

    def _close_time(self) -> None:
        if self._time is None:
            return
        start, names = self._time
        self._time = None
        if shown := clean("".join(self._pieces[start:])):
            self.head.time_elements.append(Time(len(self.blocks), shown, names, is_shown=True))

    def _break(self) -> None:
        """One `<br>` is a space, a second with nothing between them ends the paragraph."""
        self._breaks += 1
        if self._breaks > 1:
            self._end_block()
        elif self._pieces:
            self._pieces.append(" ")

    def _end_block(self) -> None:
        """End the block that is open, if it has any text."""
        if self._pieces:
            text = clean("".join(self._pieces))
            if text and self._inline.unseen:
                text = self._inline.seen(text, whole=self.box.tag in HEADING_TAGS)
            if text:
                self._add(text)
            self._pieces.clear()
        if self._marks:
            self._inline.forget()
        self._breaks = 0

    def _add(self, text: str) -> None:
        self._count()
        box = self.box
        block = Block(text, box, len(self.blocks), _kind_in(box))
        if box.tag in HEADING_TAGS:
            block.heading = int(box.tag[1])
        self._inline.describe(block)
        box.blocks.append(block)
        self.blocks.append(block)

    def _join_row(self, row: Box) -> None:
        """Make one block of the cells of a table's row; the cells of a layout table hold paragraphs and stay apart."""
        cells = [cell for cell in row.children if cell.tag in ("td", "th")]
        held = [_blocks_in_cell(cell) for cell in cells]
        blocks = [block for inside in held for block in inside]
        is_data = all(len(inside) < 2 for inside in held) and all(len(block.text) <= _CELL for block in blocks)
        if not is_data or len(blocks) < 2 or len(self.blocks) - blocks[0].order != len(blocks):
            return
        del self.blocks[blocks[0].order :]
        del self._boxes[-len(_boxes_in(row)) :]
        for cell in cells:
            cell.blocks.clear()
            cell.children.clear()
        self._boxes += _boxes_in(row)
        joined = Block(" | ".join(block.text for block in blocks), row, len(self.blocks), ParagraphKind.TABLE_ROW)
        joined.linked = sum(block.linked for block in blocks)
        joined.links = tuple(link for block in blocks for link in block.links)
        row.blocks.append(joined)
        self.blocks.append(joined)


def _describe(box: Box, attributes: Attributes) -> None:
    """Tell a box what its attributes say of it beside its class."""
    if own := attributes.get("id"):
        box.names = f"{attributes.get('class') or ''} {own}".strip()
    box.itemprop = attributes.get("itemprop") or ""
    box.role = (attributes.get("role") or "").lower()
    style = attributes.get("style")
    unseen = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    box.hidden = unseen or (style is not None and _HIDDEN.search(style) is not None)


def _boxes_in(box: Box) -> list[Box]:
    """Return a box and those inside of it, in document order."""
    found, pending = [], [box]
    while pending:
        inner = pending.pop()
        found.append(inner)
        pending += reversed(inner.children)
    return found


def _blocks_in_cell(cell: Box) -> list[Block]:
    return [*cell.blocks, *(block for child in cell.children for block in child.blocks)]


def _kind_in(box: Box) -> ParagraphKind:
    """Return the kind of a block from the nearest boxes around it: `<blockquote><p>` is a quote, `<li><p>` an item."""
    around: Box | None = box
    for _ in range(4):
        if around is None:
            break
        if (kind := _KINDS.get(around.tag)) is not None:
            return kind
        around = around.parent
    return ParagraphKind.TEXT
