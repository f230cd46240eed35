"""Find what a site puts in between the paragraphs of an article: appeals, cards, players, polls. Knows boxes first.

An insert has a box of its own, of a form that no other text of the body has, and in it something that no paragraph
has: a line that is nothing but a link, a button, a counter, an invitation, a heading of its own. It is there at one
look and not at the next, so all that it says is beside the article. A note in such a box is still found: its blocks are
periphery.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from revtrack.extraction.blocks import Block, Box
from revtrack.extraction.counters import is_counter, tells_its_age
from revtrack.extraction.phrases import is_invitation, is_machine_made, is_service
from revtrack.extraction.role import Role
from revtrack.extraction.vocabulary import HEADING_TAGS, stable_names, words_in
from revtrack.model import ParagraphKind

_TEXT_TAGS = HEADING_TAGS | words_in("p ul ol li blockquote table tbody tr td th dl dt dd pre figure")
_MOST_PROSE = 900  # bytes
_MOST_BLOCKS = 12
_DEEPEST = 12  # boxes around a block that are looked at
_ROW = 3  # boxes of one form: they are the article's own units
_LONGEST_SIGN = 420  # characters: longer blocks are no invitation
_LINE = 120  # characters of a line that is a link
_POINTER = 200  # characters
_MORE = 3  # times the prose of an insert: what holds as much is no part of it
_MOST_HEADED = 4  # blocks in a box with a heading of its own: more are a section
_MOST_APART = 0.35  # of the body's prose, in boxes that have nothing but a heading to tell them


Form = tuple[str, str]


class Sign(Enum):
    """What a block says of the box around it."""

    NONE = "none"
    HEADING = "heading"
    COUNTER = "counter"
    LABEL = "label"  # a line in no paragraph, and no sentence
    PROSE = "prose"
    ASKS = "asks"  # it leads elsewhere, invites, or says that a machine wrote this


@dataclass(slots=True)
class _Boxed:
    """A box, the indices of the blocks in it, what each of those says of it, and how many controls are its own."""

    box: Box
    indices: list[int]
    signs: list[Sign]
    controls: int


def set_inserts_apart(blocks: list[Block], roles: list[Role], container: Box) -> None:
    """Turn the roles of all blocks in inserts from body to periphery, in place."""
    body = {index for index, role in enumerate(roles) if role in (Role.BODY, Role.CAPTION)}
    boxes = _find_boxes(blocks, body, container)
    inserts = {index for index in body if _is_pointer(blocks[index]) or tells_its_age(blocks[index].text)}
    inserts |= body & _only(boxes, _asks)
    headed = body & _only(boxes, lambda one: _asks(one) or _is_headed(one))
    if _prose_in(blocks, headed) <= _MOST_APART * _prose_in(blocks, body):
        inserts |= headed
    if any(blocks[index].is_prose for index in body - inserts):
        for index in inserts:
            roles[index] = Role.PERIPHERY


def _prose_in(blocks: list[Block], indices: set[int]) -> int:
    return sum(blocks[index].prose for index in indices)


def _find_boxes(blocks: list[Block], body: set[int], container: Box) -> list[_Boxed]:
    """Return the boxes in the container that hold what is in or near the body."""
    inside: dict[Box, _Boxed] = {}
    near = range(max(0, min(body) - _MOST_BLOCKS), min(len(blocks), max(body) + _MOST_BLOCKS)) if body else ()
    for index in near:
        around = _boxes_around(blocks[index].box, container)
        sign = _sign_of(blocks[index]) if around else Sign.NONE
        for box in around:
            if box not in inside:
                inside[box] = _Boxed(box, [], [], box.controls)
            boxed = inside[box]
            if len(boxed.indices) <= _MOST_BLOCKS:
                boxed.indices.append(index)
                boxed.signs.append(sign)
    boxes = sorted(inside.values(), key=lambda one: one.box.depth, reverse=True)
    rows = Counter(_form(one.box) for one in boxes)
    for boxed in boxes:
        if boxed.box.mass and rows[_form(boxed.box)] < _ROW and _is_small(boxed) and _asks(boxed):
            _speak_for_itself(boxed, inside)
    return boxes


def _speak_for_itself(insert: _Boxed, inside: dict[Box, _Boxed]) -> None:
    """Let an insert say nothing of the boxes around it that hold more prose than itself."""
    for box in islice(insert.box.upward(), 1, _DEEPEST):
        around = inside.get(box)
        if around is None or box.mass < _MORE * insert.box.mass:
            continue
        own = [place for place, index in enumerate(around.indices) if index not in insert.indices]
        around.indices = [around.indices[place] for place in own]
        around.signs = [around.signs[place] for place in own]
        around.controls -= insert.box.controls


def _is_small(boxed: _Boxed) -> bool:
    return boxed.box.mass <= _MOST_PROSE and len(boxed.indices) <= _MOST_BLOCKS


def _only(boxes: list[_Boxed], tells: Callable[[_Boxed], bool]) -> set[int]:
    """Return what is in the boxes that tell it, of forms that no other boxes have, and few."""
    telling: dict[Form, list[_Boxed]] = {}
    plain: set[Form] = set()
    for one in boxes:
        if one.indices and _is_small(one) and tells(one):
            telling.setdefault(_form(one.box), []).append(one)
        elif one.box.mass:
            plain.add(_form(one.box))
    rare = [found for form, found in telling.items() if form not in plain and len(found) < _ROW]
    return {index for found in rare for one in found for index in one.indices}


def _boxes_around(box: Box, container: Box) -> list[Box]:
    """Return the boxes around a block, up to the container, that may hold more than one; none outside of that."""
    around: list[Box] = []
    for one in box.upward(_DEEPEST):
        if one is container:
            return around
        if one.tag not in _TEXT_TAGS:
            around.append(one)
    return around if one.parent is not None else []


def _form(box: Box) -> Form:
    return box.tag, stable_names(box.names)


def _asks(boxed: _Boxed) -> bool:
    """Whether something in a box asks, leads elsewhere or ticks."""
    if _shows_more_than_text(boxed.box):
        return False
    # A heading with a time or a button, and nothing else, is the head of a section.
    heads = all(sign in (Sign.COUNTER, Sign.HEADING) for sign in boxed.signs)
    return Sign.ASKS in boxed.signs or (not heads and (boxed.controls > 0 or Sign.COUNTER in boxed.signs))


def _is_headed(boxed: _Boxed) -> bool:
    """Whether a box has a heading and a line or two of prose: the flow of an article is not boxed with its headings."""
    if len(boxed.indices) > _MOST_HEADED or _shows_more_than_text(boxed.box):
        return False
    labels = boxed.signs.count(Sign.LABEL)
    return Sign.PROSE in boxed.signs and (boxed.signs[0] is Sign.HEADING or labels > 1)


def _shows_more_than_text(box: Box) -> bool:
    return any(child.tag in ("blockquote", "figure", "table") for child in box.children)


def _sign_of(block: Block) -> Sign:
    if len(block.text) > _LONGEST_SIGN:
        return Sign.NONE
    if is_counter(block.text):
        return Sign.COUNTER
    if _leads(block) or is_invitation(block.text) or is_machine_made(block.text):
        return Sign.ASKS
    if block.heading or (block.prose and block.kind is ParagraphKind.TEXT):
        return Sign.HEADING if block.heading else Sign.PROSE
    return Sign.LABEL if block.box.tag not in _TEXT_TAGS else Sign.NONE


def _leads(block: Block) -> bool:
    """Whether a line is nothing but a link, or short with an address to write to."""
    linked = block.link_share > 0.9 and len(block.text) <= _LINE
    return linked or (len(block.text) < _POINTER and any(href.startswith("mailto:") for href, _ in block.links))


def _is_pointer(block: Block) -> bool:
    """Whether a short block leads to nothing but networks on which the site is to be followed, in any language."""
    return len(block.links) > 1 and len(block.text) < _POINTER and all(is_service(text) for _, text in block.links)
