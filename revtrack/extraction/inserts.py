"""Find what a site puts in between the paragraphs of an article: appeals, cards, players, polls. Knows boxes first.

An insert has a box of its own, of a form that no other text of the body has, and in it something that no paragraph
has: a line that is nothing but a link, a button, a counter, an invitation. It is there at one look and not at the next,
so all that it says is beside the article. A note in such a box is still found: its blocks are periphery.
"""

from collections.abc import Iterator
from enum import Enum
from itertools import islice, takewhile

from revtrack.extraction.blocks import Block, Box
from revtrack.extraction.counters import is_counter, tells_its_age
from revtrack.extraction.phrases import is_invitation, is_machine_made, is_service
from revtrack.extraction.role import Role
from revtrack.extraction.vocabulary import HEADING_TAGS, stable_names, words_in

_TEXT_TAGS = HEADING_TAGS | words_in("p ul ol li blockquote table tbody tr td th dl dt dd pre figure")
_MOST_PROSE = 900  # bytes
_MOST_BLOCKS = 12
_DEEPEST = 12  # boxes around a block that are looked at
_ROW = 3  # boxes of one form: they are the article's own units
_LONGEST_SIGN = 420  # characters: longer blocks are no invitation
_LINE = 120  # characters of a line that is a link
_POINTER = 200  # characters


Form = tuple[str, str]


class Sign(Enum):
    """What a block says of the box around it."""

    NONE = "none"
    HEADING = "heading"
    COUNTER = "counter"
    ASKS = "asks"  # it leads elsewhere, invites, or says that a machine wrote this


def set_inserts_apart(blocks: list[Block], roles: list[Role], container: Box) -> None:
    """Turn the roles of all blocks in inserts from body to periphery, in place."""
    body = {index for index, role in enumerate(roles) if role in (Role.BODY, Role.CAPTION)}
    inserts = {index for index in body if _is_pointer(blocks[index]) or tells_its_age(blocks[index].text)}
    for forms in _find_forms(blocks, body, container).values():
        if len(forms) < _ROW:
            inserts.update(index for indices in forms for index in indices if index in body)
    if any(blocks[index].is_prose for index in body - inserts):
        for index in inserts:
            roles[index] = Role.PERIPHERY


def _find_forms(blocks: list[Block], body: set[int], container: Box) -> dict[Form, list[list[int]]]:
    """Return the forms of boxes that only inserts have, each with the blocks in each of its boxes."""
    inside: dict[Box, list[int]] = {}
    signs: dict[int, Sign] = {}
    for index in range(min(body), max(body) + 1) if body else ():
        signs[index] = _sign_of(blocks[index])
        for box in _boxes_around(blocks[index].box, container):
            indices = inside.setdefault(box, [])
            if len(indices) <= _MOST_BLOCKS:
                indices.append(index)
    telling: dict[Form, list[list[int]]] = {}
    plain: set[Form] = set()
    for box, indices in inside.items():
        told = box.mass <= _MOST_PROSE and len(indices) <= _MOST_BLOCKS
        if told and _tells(box, [signs[index] for index in indices]):
            telling.setdefault(_form(box), []).append(indices)
        elif box.mass:
            plain.add(_form(box))
    return {form: boxes for form, boxes in telling.items() if form not in plain}


def _boxes_around(box: Box, container: Box) -> Iterator[Box]:
    """Yield the boxes around a block that may hold more than one, up to the container."""
    inner = takewhile(lambda around: around is not container, box.upward())
    return (around for around in islice(inner, _DEEPEST) if around.tag not in _TEXT_TAGS)


def _form(box: Box) -> Form:
    return box.tag, stable_names(box.names)


def _tells(box: Box, signs: list[Sign]) -> bool:
    """Whether something in a box tells that it is an insert."""
    if any(child.tag in ("blockquote", "figure", "table") for child in box.children):
        return False
    # A heading with a time or a button, and nothing else, is the head of a section.
    headed = all(sign in (Sign.COUNTER, Sign.HEADING) for sign in signs)
    return Sign.ASKS in signs or (not headed and (box.controls > 0 or Sign.COUNTER in signs))


def _sign_of(block: Block) -> Sign:
    if len(block.text) > _LONGEST_SIGN:
        return Sign.NONE
    if block.link_share > 0.9 and len(block.text) <= _LINE:
        return Sign.ASKS
    if is_counter(block.text):
        return Sign.COUNTER
    if is_invitation(block.text) or is_machine_made(block.text):
        return Sign.ASKS
    return Sign.HEADING if block.heading else Sign.NONE


def _is_pointer(block: Block) -> bool:
    """Whether a short block leads to nothing but networks on which the site is to be followed, in any language."""
    return len(block.links) > 1 and len(block.text) < _POINTER and all(is_service(text) for _, text in block.links)
