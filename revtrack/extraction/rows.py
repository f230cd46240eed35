"""Tell blocks that are links in a row: where else to go, in which languages, under which topics. Knows no page."""

from revtrack.extraction.blocks import Block
from revtrack.model import ParagraphKind

_SHORT = 250  # characters
_LINKS = 0.7  # of a block's text
_ROW = 2  # links; a label without a colon is shorter in words
_LONGEST_LABEL = 60  # characters
_LABEL, _TITLE = 4, 3  # words
_ARROWS = frozenset("›»>→/❯▸")
_STOPS = ".!?。！？।"


def is_row_of_links(block: Block) -> bool:
    """Whether a short block is links and little else, or links in a row behind a label."""
    if not block.linked or len(block.text) >= _SHORT or _is_anchor(block):
        return False
    if _is_trail(block):
        return True
    says = block.box.tag == "p" and block.text[-1] in _STOPS and (len(block.links) > 1 or _goes_on_into(block))
    return (block.link_share > _LINKS and not says) or (block.kind is ParagraphKind.TEXT and _is_labelled_row(block))


def _is_trail(block: Block) -> bool:
    """Whether a line is a way through the site: links with an arrow or a slash between them, and where it ends."""
    if len(block.links) < _ROW or block.text[-1] in _STOPS:
        return False
    before, *between, _ = _around_links(block)
    return not before and all(gap.strip() in _ARROWS for gap in between)


def _goes_on_into(block: Block) -> bool:
    """Whether a sentence goes on into the one link of a block: no title begins in small letters behind two words."""
    before, *_ = _around_links(block)
    return block.links[0][1][:1].islower() and len(before.split()) >= _ROW


def _is_labelled_row(block: Block) -> bool:
    """Whether no word stands between the links of a block or behind them, and before them a label and a colon."""
    label, *between = _around_links(block)
    if len(block.links) == 1:
        return _is_labelled_title(block, label, between[0])
    if (
        len(between) < _ROW
        or len(label) > _LONGEST_LABEL
        or any(sign.isalnum() or sign in _STOPS for gap in between for sign in gap)
    ):
        return False
    return label.rstrip().endswith((":", "：")) or len(label.split()) < _ROW


def _is_labelled_title(block: Block, label: str, behind: str) -> bool:
    """Whether a block is a short label with a colon and the title of another page."""
    href, title = block.links[0]
    is_title = len(title.split()) >= _TITLE or (len(title) > _TITLE and not title.isascii() and " " not in title)
    is_label = label.rstrip().endswith((":", "：")) and len(label.split()) <= _LABEL
    return is_label and is_title and not href.startswith("#") and not any(map(str.isalnum, behind))


def _around_links(block: Block) -> list[str]:
    """Return what stands before, between and behind the links of a block."""
    pieces, rest = [], block.text
    for _, text in block.links:
        before, found, behind = rest.partition(text)
        pieces.append(before)
        rest = behind if found else rest
    return [*pieces, rest]


def _is_anchor(block: Block) -> bool:
    """Whether a heading links only to itself or to a place on its page."""
    return block.heading > 0 and all(href.startswith("#") for href, _ in block.links)
