"""Find what a site puts in between the paragraphs of an article: appeals, cards, players, polls. Knows boxes first.

An insert has a box of its own, of a form that no other text of the body has, and in it something that no paragraph
has: a line that is nothing but a link, a button, a counter, an invitation, a heading of its own. It is there at one
look and not at the next, so all that it says is beside the article. A note in such a box is still found: its blocks are
periphery.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from revtrack.extraction.blocks import Block, Box
from revtrack.extraction.counters import is_counter, labels_an_advert
from revtrack.extraction.lines import (
    STOPS,
    TEXT_TAGS,
    asks,
    calls_to_a_link,
    counts_what_it_leads_to,
    holds_a_quotation,
    is_bare_line,
    leads_to_remarks,
    speaks_for_the_house,
    speaks_to_the_reader,
    stands_apart,
)
from revtrack.extraction.phrases import is_machine_made
from revtrack.extraction.role import Role
from revtrack.extraction.vocabulary import stable_names
from revtrack.model import ParagraphKind

_MOST_PROSE = 900  # bytes
_MOST_BLOCKS = 12
_DEEPEST = 12  # boxes around a block that are looked at
_ROW = 3  # boxes of one form: they are the article's own units
_LONGEST_SIGN = 420  # characters: longer blocks are no invitation
_LONGEST_LABEL = 60  # characters
_NUMERAL = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|^\W*\d{1,3}[.)]")  # a year, or the number of a section
_DIGIT = re.compile(r"\d")
_PARTED = re.compile(r"^[^.·•|]{0,40}\d[^.·•|]{0,20}[·•|]")  # "Episode 12 · 34 min. The last ferry"
_MORE = 3  # times the prose of an insert: what holds as much is no part of it
_DOTS = ("…", "...")
_SENTENCE = 6  # words
_ASKED = "?？؟"
_LONGEST_QUESTION = 120  # characters
_LONGEST_TITLE = 120
_MOST_ADDRESSED = 2  # blocks
_MOST_HEADED = 4  # blocks in a box with a heading of its own: more are a section
_MOST_ASKING = 0.5  # of the body's prose, in one box with paragraph after paragraph
_FLOW = 4  # blocks
_MOST_APART = 0.35  # of the body's prose, in boxes that have nothing but a heading to tell them


Form = tuple[str, str]


class Sign(Enum):
    """What a block says of the box around it."""

    NONE = "none"
    HEADING = "heading"
    COUNTER = "counter"
    LABEL = "label"  # a line in no paragraph, and no sentence
    LINE = "line"  # a short line in a paragraph, that does not end as a sentence does
    TITLE = "title"  # a longer one, which may be prose
    QUESTION = "question"  # a short one in a paragraph
    FIGURE = "figure"  # one of both that holds a number, or ends in the dots of what is loading
    PROSE = "prose"
    HOUSE = "house"  # prose in which the house speaks of itself
    ADDRESS = "address"  # prose in which it speaks to the reader
    CAPTION = "caption"
    ASKS = "asks"  # it leads elsewhere, invites, or says that a machine wrote this
    COUNTS = "counts"  # it leads to what others say, or elsewhere and says to how many
    ADVERT = "advert"  # it says that an advert begins or ends


_PROSE = frozenset((Sign.PROSE, Sign.TITLE, Sign.HOUSE, Sign.ADDRESS))
_SAYING = frozenset((Sign.PROSE, Sign.HOUSE, Sign.ADDRESS, Sign.CAPTION, Sign.NONE))


@dataclass(slots=True)
class _Boxed:
    """A box of a form, the indices of the blocks in it, what each says of it, and how many controls are its own.

    `shows_more` says that it holds more than text: a quotation, a picture, a table.
    """

    box: Box
    indices: list[int]
    signs: list[Sign]
    controls: int
    form: Form
    shows_more: bool


def set_inserts_apart(blocks: list[Block], roles: list[Role], container: Box) -> None:
    """Turn the roles of all blocks in inserts from body to periphery, in place."""
    body = {index for index, role in enumerate(roles) if role in (Role.BODY, Role.CAPTION)}
    boxes = _find_boxes(blocks, body, container)
    forms = Counter(_form(blocks[index].box) for index in body)
    own = {index for index in body if forms[_form(blocks[index].box)] < _ROW}
    inserts = {index for index in body if stands_apart(blocks[index], is_own=index in own)}
    calls = {index for index in body if calls_to_a_link(blocks[index], is_own=index in own)}
    inserts |= calls if len(calls) < _ROW else set()
    most = _MOST_ASKING * _prose_in(blocks, body)
    inserts |= body & _only(boxes, lambda one: _asks(one) and not (_is_flow(one) and one.box.mass > most))
    last = max((index for index in body if blocks[index].prose), default=0)
    headed = body & _only(boxes, lambda one: _asks(one) or _is_headed(one, last))
    captions = {index for index in body if roles[index] is Role.CAPTION}
    shown = [one for one in boxes if captions.isdisjoint(one.indices)]
    headed |= body & _only(shown, lambda one: _is_marked(one) or _is_labels(one))
    if _prose_in(blocks, headed) <= _MOST_APART * _prose_in(blocks, body):
        inserts |= headed
    if any(blocks[index].is_prose for index in body - inserts):
        for index in inserts:
            is_said_of_points = index - 1 in inserts and blocks[index - 1].kind is ParagraphKind.LIST_ITEM
            is_alien = is_said_of_points and is_machine_made(blocks[index].text)  # it says nothing of the article
            roles[index] = Role.CHROME if is_alien else Role.PERIPHERY


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
                inside[box] = _Boxed(box, [], [], box.controls, _form(box), _shows_more_than_text(box))
            boxed = inside[box]
            if len(boxed.indices) <= _MOST_BLOCKS:
                boxed.indices.append(index)
                boxed.signs.append(sign)
    boxes = sorted(inside.values(), key=lambda one: one.box.depth, reverse=True)
    rows = Counter(one.form for one in boxes)
    for boxed in boxes:
        if boxed.box.mass and rows[boxed.form] < _ROW and _is_small(boxed) and _asks(boxed):
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
            telling.setdefault(one.form, []).append(one)
        elif one.box.mass:
            plain.add(one.form)
    rare = [found for form, found in telling.items() if form not in plain and len(found) < _ROW]
    return {index for found in rare for one in found for index in one.indices}


def _boxes_around(box: Box, container: Box) -> list[Box]:
    """Return the boxes around a block, up to the container, that may hold more than one; none outside of that."""
    around: list[Box] = []
    for one in box.upward(_DEEPEST):
        if one is container:
            return around
        if one.tag not in TEXT_TAGS or one.tag == "blockquote" or (one.tag == "figure" and holds_a_quotation(one)):
            around.append(one)
    return around if one.parent is not None else []


def _form(box: Box) -> Form:
    return box.tag, stable_names(box.names)


def _asks(boxed: _Boxed) -> bool:
    """Whether something in a box asks, leads elsewhere or ticks."""
    signs = boxed.signs
    if boxed.shows_more:
        if Sign.COUNTS in signs or (boxed.box.tag == "aside" and Sign.ASKS in signs):  # a reader's word, with others'
            return True
        return boxed.controls > 0 and Sign.FIGURE in signs  # a quotation that is to be liked
    # A heading with a time or a button, and nothing else, is the head of a section.
    heads = all(sign in (Sign.COUNTER, Sign.HEADING) for sign in signs)
    leads = Sign.ASKS in signs or Sign.COUNTS in signs or (Sign.ADDRESS in signs and len(signs) <= _MOST_ADDRESSED)
    return leads or (not heads and (boxed.controls > 0 or Sign.COUNTER in signs))


def _is_flow(boxed: _Boxed) -> bool:
    """Whether a box holds paragraph after paragraph, as a brief does."""
    return sum(sign in _PROSE or sign in (Sign.NONE, Sign.QUESTION) for sign in boxed.signs) >= _FLOW


def _is_headed(boxed: _Boxed, last: int) -> bool:
    """Whether a box has a heading and a line or two of prose, and what a box of facts among the paragraphs has not.

    That is a picture, a line with a number, the house that speaks of itself, or nothing behind it: `last` is the last
    of all prose. The flow of an article is not boxed with its headings.
    """
    signs = boxed.signs
    if len(boxed.indices) > _MOST_HEADED or boxed.shows_more or _PROSE.isdisjoint(signs):
        return False
    labels = signs.count(Sign.LABEL) + signs.count(Sign.FIGURE)
    if signs[0] is not Sign.HEADING:
        return labels > 1
    pictured = boxed.box.images > 0 and Sign.CAPTION not in signs
    speaks = Sign.HOUSE in signs or Sign.ADDRESS in signs
    return labels > 0 or pictured or speaks or boxed.indices[-1] >= last


def _is_marked(boxed: _Boxed) -> bool:
    """Whether a box bears an icon, and no picture with its line: a badge, a bar of tools, a player."""
    box = boxed.box
    return box.icons > 0 and not box.images and Sign.CAPTION not in boxed.signs and not boxed.shows_more


def _is_labels(boxed: _Boxed) -> bool:
    """Whether a box holds a few lines, none of them a sentence: a match and its minute, a question and its answers."""
    signs = boxed.signs
    if signs.count(Sign.ADVERT) == len(signs) > 1:  # where an advert begins and where it ends
        return True
    if not _SAYING.isdisjoint(signs) or boxed.shows_more:
        return False
    if Sign.QUESTION in signs:
        return signs.count(Sign.FIGURE) + signs.count(Sign.LABEL) > 1
    return Sign.FIGURE in signs or signs.count(Sign.LABEL) > 1


def _shows_more_than_text(box: Box) -> bool:
    return box.tag == "blockquote" or any(child.tag in ("blockquote", "figure", "table") for child in box.children)


def _sign_of(block: Block) -> Sign:
    if block.kind is ParagraphKind.CAPTION and not (is_counter(block.text) or leads_to_remarks(block)):
        return Sign.CAPTION
    if len(block.text) > _LONGEST_SIGN:
        return Sign.NONE
    if is_counter(block.text):
        return Sign.COUNTER
    if counts_what_it_leads_to(block) or leads_to_remarks(block):
        return Sign.COUNTS
    if asks(block):
        return Sign.ASKS
    return Sign.HEADING if block.heading else _sign_of_text(block)


def _sign_of_text(block: Block) -> Sign:
    if labels_an_advert(block.text):
        return Sign.ADVERT
    parted = block.text[-1] not in STOPS and _PARTED.match(block.text) is not None
    if block.prose and block.kind is ParagraphKind.TEXT and not (parted or is_bare_line(block)):
        return _sign_of_prose(block)
    in_paragraph = block.box.tag in TEXT_TAGS
    if in_paragraph and block.box.tag != "p":
        return Sign.NONE
    if parted or _is_figure(block):
        return Sign.FIGURE
    if in_paragraph and block.text[-1] in STOPS:
        return _sign_of_sentence(block)
    return Sign.LINE if in_paragraph else Sign.LABEL


def _is_figure(block: Block) -> bool:
    """Whether a short line holds a number, or ends in the dots of what is loading, and is no sentence."""
    if len(block.text) > _LONGEST_LABEL or block.text.endswith(_DOTS):
        return len(block.text) <= _LONGEST_LABEL
    is_sentence = block.text[-1] in STOPS and (block.box.tag == "p" or len(block.text.split()) >= _SENTENCE)
    return not is_sentence and _DIGIT.search(_NUMERAL.sub("", block.text)) is not None


def _sign_of_sentence(block: Block) -> Sign:
    if speaks_to_the_reader(block):
        return Sign.ADDRESS
    return Sign.QUESTION if block.text[-1] in _ASKED and len(block.text) <= _LONGEST_QUESTION else Sign.NONE


def _sign_of_prose(block: Block) -> Sign:
    if speaks_to_the_reader(block):
        return Sign.ADDRESS
    if speaks_for_the_house(block):
        return Sign.HOUSE
    return Sign.PROSE if block.text[-1] in STOPS or len(block.text) > _LONGEST_TITLE else Sign.TITLE
