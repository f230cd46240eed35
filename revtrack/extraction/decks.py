"""Find the deck: the line or two below a headline that says more of the story. Knows names and places, not words.

A deck is no paragraph: it is set in another form, and what it says stands in the text again.
"""

from collections.abc import Iterable
from itertools import islice

from revtrack.extraction.blocks import Block
from revtrack.extraction.counters import tells_its_age
from revtrack.extraction.headlines import shows_headline
from revtrack.extraction.inline import PAID
from revtrack.extraction.phrases import is_invitation, is_machine_made
from revtrack.extraction.role import Role
from revtrack.extraction.vocabulary import Chrome, words_in, words_of
from revtrack.model import ParagraphKind

_DECK_WORDS = words_in(
    """
    deck dek standfirst subtitle subheadline subheading subhead subhed summary excerpt teaser preface
    einleitung vorspann chapo chapeau ingress entradilla
    """,
)
_LONG = 80  # characters of a heading that is a sentence
_SHORTEST, _LONGEST = 30, 400  # characters
_LOOKED_AT = 60  # blocks above the body
_NEXT = 2  # blocks below the headline
_AROUND = 2  # boxes
_BELOW = 4  # blocks below the headline, and boxes around it
_LISTS = frozenset(("nav", "ul", "ol", "li"))
_FIRST = 3  # blocks of the body: a note that is put above a deck must not bring it back


def read_below_headline(blocks: list[Block], roles: list[Role], headline: str) -> None:
    """Let what stands right below the headline be a deck or a note, whatever the names of their box tell."""
    shown = (n for n, block in enumerate(blocks) if block.heading == 1 and shows_headline(block, headline))
    place = next(shown, -1)
    if place < 0 or roles[place] is not Role.CHROME:
        return
    around = list(blocks[place].box.upward(_BELOW))
    if len(around) == 1 or any(box.tag in _LISTS for box in around):  # a breadcrumb says the headline too
        return
    for index in range(place + 1, min(len(blocks), place + 1 + _BELOW)):
        block = blocks[index]
        if roles[index] is Role.CHROME and not block.linked and around[1] in block.box.upward(_BELOW):
            roles[index] = Role.PERIPHERY


def find_deck(blocks: list[Block], roles: list[Role], headline: str) -> None:
    """Give the blocks of a deck their role, in place: at the top of the body, or between it and the folded headline."""
    _take_off(blocks, roles)
    _find_above(blocks, roles, headline)


def _take_off(blocks: list[Block], roles: list[Role]) -> None:
    """Take a deck off the top of the body, by its name or its heading as long as a sentence; never by what it says."""
    body = [index for index, role in enumerate(roles) if role is Role.BODY]
    for index in body[:_FIRST]:
        block = blocks[index]
        named = _is_named_deck(block) and len(block.text) < _LONGEST
        if (named and not block.heading) or (index == body[0] and block.heading and (named or len(block.text) > _LONG)):
            roles[index] = Role.DECK


def _find_above(blocks: list[Block], roles: list[Role], headline: str) -> None:
    """Find a deck that stands below the headline, outside of the body's box: by its name, or as the next thing said."""
    if Role.DECK in roles or Role.BODY not in roles:
        return
    first = roles.index(Role.BODY)
    above = range(first - 1, max(-1, first - _LOOKED_AT), -1)
    start = next((index for index in above if shows_headline(blocks[index], headline)), first)
    for index in range(start + 1, first):
        block = blocks[index]
        near = index <= start + _NEXT and _is_beside(block, (blocks[start], blocks[first]))
        if roles[index] is Role.PERIPHERY and (near or _is_named_deck(block)) and _reads_like_a_deck(block):
            roles[index] = Role.DECK
            return


def _is_beside(block: Block, near: Iterable[Block]) -> bool:
    """Whether a paragraph or heading stands in a box around one of the blocks, or in a box beside them there."""
    if block.box.tag != "p" and not block.heading:
        return False
    around = {box for one in near for box in islice(one.box.upward(_AROUND + 1), 1, None)}
    return block.box.parent in around or (block.box.parent is not None and block.box.parent.parent in around)


def _reads_like_a_deck(block: Block) -> bool:
    if block.kind is ParagraphKind.CAPTION or block.box.chrome >= Chrome.YES:
        return False
    if PAID in block.marks or tells_its_age(block.text) or _is_said_of_a_badge(block):
        return False
    if is_machine_made(block.text) or _is_rest_of_a_list(block):
        return False
    size_fits = _SHORTEST < len(block.text) < _LONGEST
    return size_fits and block.link_share < 0.2 and not is_invitation(block.text)


def _is_said_of_a_badge(block: Block) -> bool:
    """Whether a paragraph stands below a picture and a label in bold that is none, in one box with them."""
    box = block.box.parent
    if box is None or block.box.tag != "p" or not box.images or len(box.blocks) != 1:
        return False
    label = box.blocks[0]
    return label.order + 1 == block.order and label.bold >= len(label.text)


def _is_rest_of_a_list(block: Block) -> bool:
    """Whether a line stands loose in a box beside a list: it speaks of the points, and they are no deck."""
    return any(child.tag in _LISTS and child.length for child in block.box.children)


def _is_named_deck(block: Block) -> bool:
    words = words_of(" ".join((block.box.names, block.box.itemprop, *block.marks)))
    return not _DECK_WORDS.isdisjoint(words) and "speakable" not in words  # what is to be read aloud is the text
