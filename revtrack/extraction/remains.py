"""Take out what is left of boxes that are no text: a heading of nothing, a term, the last item of a list of links.

Knows what stands beside what, not what it says.
"""

import re
from collections.abc import Iterator

from revtrack.extraction.blocks import Block, Box
from revtrack.extraction.phrases import is_invitation
from revtrack.extraction.role import Role
from revtrack.extraction.vocabulary import Chrome
from revtrack.model import ParagraphKind

_LONG = 80  # characters
STOPS = '.!?…”"»。！？।'
"""The signs that a sentence ends with."""
_LABEL = 3  # words
_ALL = 0.9  # of a line
_NEAR = 4  # boxes around a block
_STEPS = 4  # items of a list that are looked at
_RATE = re.compile(r"\w{1,12}:?\s[+-]?\d[\d.,]*[.,]\d+\s?%?")  # a result of a match has no fraction
_MOST_RATES = 8


def drop_remains(blocks: list[Block], roles: list[Role]) -> None:
    """Turn the roles of blocks that belong to what went before or behind them from body to periphery, in place."""
    _drop_headings_of_nothing(blocks, roles)
    for index, role in enumerate(roles):
        if role is Role.BODY and (
            _has_no_meaning(blocks, roles, index) or _ends_a_way(blocks, index) or _is_a_rate(blocks[index])
        ):
            roles[index] = Role.PERIPHERY


def _drop_headings_of_nothing(blocks: list[Block], roles: list[Role]) -> None:
    """Take out headings that no text of the body follows, or that stand over a list of links."""
    text_follows = False
    for index in range(len(blocks) - 1, -1, -1):
        if roles[index] is not Role.BODY:
            continue
        if not blocks[index].heading:
            text_follows = True
        elif not text_follows or _heads_links(blocks, roles, index):
            roles[index] = Role.PERIPHERY
    for index, role in enumerate(roles):
        if role is Role.BODY and _labels_links(blocks, roles, index):
            roles[index] = Role.PERIPHERY


def _heads_links(blocks: list[Block], roles: list[Role], index: int) -> bool:
    """Whether a list of links, and nothing else, comes before the next block of the body."""
    after = []
    for block, role in zip(blocks[index + 1 : index + 9], roles[index + 1 : index + 9], strict=True):
        if role is Role.BODY:
            break
        after.append(block)
    if after and not after[0].linked and (after[0].heading or is_invitation(after[0].text)):
        return False  # the list has a heading of its own
    if len(blocks[index].text.split()) > _LABEL and (
        any(box.chrome >= Chrome.MAYBE for box in _near(after)) or _is_labelled_apart(blocks[index], after)
    ):
        return False  # nor does a sentence stand over what its own names or a label tell to be something else
    linked = [block for block in after if block.link_share > 0.5 and block.kind is not ParagraphKind.QUOTE]
    return len(linked) * 2 > len(after) and (len(linked) > 1 or linked[0].kind is ParagraphKind.LIST_ITEM)


def _is_labelled_apart(heading: Block, after: list[Block]) -> bool:
    """Whether the blocks behind a heading begin with a line that is no link, in a box with the links alone."""
    if len(after) < 2 or after[0].linked or len(after[0].text) >= _LONG:
        return False
    around = {*heading.box.upward()}
    shared = [box for box in _near(after) if box not in around]
    return any(box in shared for box in after[1].box.upward(_NEAR))


def _labels_links(blocks: list[Block], roles: list[Role], index: int) -> bool:
    """Whether a line in bold stands right above a list of nothing but links, in the same box."""
    block, below = blocks[index], blocks[index + 1 : index + 3]
    is_line = block.bold >= _ALL * len(block.text) and len(block.text) < _LONG and block.text[-1] not in STOPS
    if not is_line or block.box.tag != "p" or len(below) < 2:
        return False
    listed = all(one.kind is ParagraphKind.LIST_ITEM and one.link_share > _ALL for one in below)
    return (
        listed
        and roles[index + 1] is not Role.BODY
        and any(box is block.box.parent for box in below[0].box.upward(_NEAR))
    )


def _has_no_meaning(blocks: list[Block], roles: list[Role], index: int) -> bool:
    """Whether a block is a term of which the meaning is a number that ticks."""
    if blocks[index].box.tag != "dt" or index + 1 == len(blocks):
        return False
    return blocks[index + 1].box.tag == "dd" and roles[index + 1] is Role.CHROME


def _ends_a_way(blocks: list[Block], index: int) -> bool:
    """Whether an item that is no sentence stands behind others of its list that are all links."""
    block = blocks[index]
    if block.box.tag != "li" or block.linked or len(block.text) >= _LONG or block.text[-1] in STOPS:
        return False
    steps = [step for step in blocks[max(0, index - _STEPS) : index] if step.box.parent is block.box.parent]
    return len(steps) > 1 and all(step.link_share > _ALL for step in steps)


def _is_a_rate(block: Block) -> bool:
    """Whether an item is a word and a fraction, as others of its list are, and the last a link: a rate of money."""
    if block.box.tag != "li" or block.box.parent is None or not _RATE.fullmatch(block.text):
        return False
    *items, last = block.box.parent.children
    rates = 1 < len(items) <= _MOST_RATES and all(
        len(one.blocks) == 1 and _RATE.fullmatch(one.blocks[0].text) for one in items
    )
    return rates and last.link_share > _ALL


def _near(after: list[Block]) -> Iterator[Box]:
    """Yield the boxes around the first of some blocks, the innermost first."""
    return after[0].box.upward(_NEAR) if after else iter(())
