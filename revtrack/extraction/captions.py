"""Which captions a story tells, and what of each: who took a picture is not told. Knows blocks and boxes, no body.

What stands in a `<figure>` is not all said of the picture: there are the photographer's name on a line of its own, the
day and the author of a page that opens with its picture, a word of the player's, and the caption again for a wider
screen.
"""

import re
from collections.abc import Iterable
from itertools import islice

from revtrack.extraction.blocks import Block, Box
from revtrack.extraction.phrases import without_credit
from revtrack.extraction.vocabulary import words_in, words_of
from revtrack.model import ParagraphKind

_CAPTION_WORDS = words_in("caption captions captiontext cutline legend bildunterschrift bildtext legende")
_CREDIT_WORDS = words_in(
    """
    credit credits copyright photographer attribution agency source rights author authors byline autor auteur urheber
    fotograf bildquelle quelle fuente crédit crédits
    """,
)
WRAPPER_TAGS = frozenset(("div", "section", "span"))
_LONGEST_CAPTION = 350  # characters, with all that stands beside it
_ALL = 0.9  # of a line
_NEAR = 3  # boxes around a line in a figure
_LONGEST_LINE = 80  # characters
_TELLING = 30  # characters of a caption that no two pictures have by chance
_STOPS = ".!?…:。！？।"
_LENGTH = re.compile(r"[.!?…。！？।][”\"»)]?\s\d{1,2}:\d\d(?::\d\d)?$")  # of a film, behind what it shows
# "Ana Kroll/Agency", "Ana Kroll | Agency via Wire": names and no other word.
_SIGNED = re.compile(r"(?:(?:[^\W\d_a-zà-öø-ÿ][\w.'’&-]*|via|for|of|the|de|von|van|/|\||,)\s?)+")
_PARTED = re.compile(r"[/|]")
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]*/[^()\[\]]*[)\]]")
# Where a sentence ends and the next letter follows without a blank, another element begins: the credit.
_GLUED = re.compile(r"(?<=[^\W\d_A-Z][.!?)”\"»])(?=(?:[^\W\d_a-zà-öø-ÿ]|©)[^.!?]{2,80}$)")


def is_picture_box(box: Box) -> bool:
    """Whether a box holds a picture and what is said of it: a paragraph beside a `<figure>` or a card is not."""
    if not box.images or box.length > _LONGEST_CAPTION:
        return False
    if len(box.children) + len(box.blocks) > 4 or (box.headings and box.mass) or _leads_first(box):
        return False
    if any(_holds_all_of(box, child) for child in box.children):
        return False  # a wrapper: what is in it is judged by itself
    if sum(child.tag == "p" and child.mass > 0 for child in box.children) > 1:
        return False
    own = box.images - sum(child.images for child in box.children if child.tag == "figure" or child.length)
    return own > 0 or not any(child.tag == "p" and child.mass for child in box.children)


def _leads_first(box: Box) -> bool:
    """Whether the first line in a box is a link as a whole: a card, or who wrote this."""
    if not box.linked:
        return False
    while not box.blocks:
        box = next(child for child in box.children if child.length)
    return box.blocks[0].link_share > _ALL


def _holds_all_of(box: Box, child: Box) -> bool:
    return child.tag in WRAPPER_TAGS and child.mass > 0 and (child.images, child.length) == (box.images, box.length)


def is_caption(block: Block) -> bool:
    """Whether a block is a caption by its element or by the name of its box; a picture beside it is not enough."""
    return block.kind is ParagraphKind.CAPTION or not _CAPTION_WORDS.isdisjoint(words_of(block.box.names))


def without_source(block: Block) -> str:
    """Return the text of a caption without the name of who took the picture, "" where that is all it says."""
    text, credit = block.text, block.text[block.lead :]
    named = block.lead > 0 and len(credit) < _LONGEST_LINE and not credit[0].islower()
    if named and any(_names(mark) in _CREDIT_WORDS for mark in block.marks):
        text = text[: block.lead]
    elif glued := _GLUED.search(text, len(text) // 4):
        text = text[: glued.start()]
    return without_credit(text.rstrip())


def find_silent(captions: Iterable[Block], timed: frozenset[int]) -> frozenset[int]:
    """Return the orders of the captions that say nothing of a picture, or again what one above says.

    `timed` are the orders of the blocks that hold a time in an element of its own.
    """
    known: set[str] = set()
    silent: set[int] = set()
    for block in captions:
        text = block.folded
        if text in known or _is_line_of_names(block, timed) or _is_of_a_film(block):
            silent.add(block.order)
        elif len(text) > _TELLING:
            known.add(text)
    return frozenset(silent)


def _is_line_of_names(block: Block, timed: frozenset[int]) -> bool:
    """Whether a line in a figure tells who made the picture or the page, when, or what the player can do."""
    text = block.text
    if len(text) > _LONGEST_LINE or text[-1] in _STOPS:
        return False
    if block.order in timed or text[0] == "©" or _IN_BRACKETS.fullmatch(text):
        return True
    if _PARTED.search(text) and _SIGNED.fullmatch(text):
        return True
    return _is_named_as_credit(block) or (" " not in text and text.isascii() and not _is_in_caption(block.box))


def _is_of_a_film(block: Block) -> bool:
    """Whether a caption ends in a length, and there is no picture that it could be said of."""
    if not block.text[-1].isdigit() or not _LENGTH.search(block.text):
        return False
    figure = next((box for box in block.box.upward(_NEAR) if box.tag == "figure"), None)
    return figure is not None and not figure.images


def _is_named_as_credit(block: Block) -> bool:
    """Whether the box of a line is named as that of a credit, or an element in it that has a line of its own."""
    for box in islice(block.box.upward(), _NEAR):
        if (said := _names(box.names)) or box.tag == "address":
            return said not in _CAPTION_WORDS
        if box.tag in ("figure", "figcaption"):
            break
    said_inside = {_names(mark) for mark in block.marks} - {""}
    stands_alone = len(block.box.blocks) + len(block.box.children) > 1
    return stands_alone and bool(said_inside) and said_inside <= _CREDIT_WORDS


def _is_in_caption(box: Box) -> bool:
    near = islice(box.upward(), _NEAR)
    return any(around.tag == "figcaption" or _names(around.names) in _CAPTION_WORDS for around in near)


def _names(names: str) -> str:
    """Return the word of an element's names that tells a caption or a credit: the last of a name, "" where none does.

    Where one name tells a caption and another a credit, it is a caption.
    """
    if not names:
        return ""
    told = [
        next((word for word in reversed(words_of(name)) if word in _CREDIT_WORDS or word in _CAPTION_WORDS), "")
        for name in names.split()
    ]
    return min(filter(None, told), key=lambda word: word in _CREDIT_WORDS, default="")
