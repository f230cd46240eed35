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
from revtrack.extraction.counters import is_counter, names_an_advert, tells_its_age
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
_LONGEST_CALL = 50  # characters
_STOPS = '.!?…:;,)]"”»。！？।'
_ENDED = re.compile(r"(?:[^\W\d_]{3,}[.!?…][\"”»)]?|[。！？।])\s*$")  # not behind "U.S."
_WORD = re.compile(r"[^\W\d_]")
_ANSWERED = re.compile(r"[^.!?:\"“”„«»‘’'\n]{6,60}[?？؟]\s?\w")
_TITLE = 3  # words of a link
_MOST_CALLING = 6  # words of a link
_LONGEST_LABEL = 60  # characters
_NUMERAL = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|^\W*\d{1,3}[.)]")  # a year, or the number of a section
_DIGIT = re.compile(r"\d")
_SECONDS = re.compile(r"(?<![\d:])\d{1,2}:\d{2}:\d{2}(?![\d:])")
_MORE = 3  # times the prose of an insert: what holds as much is no part of it
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
    FIGURE = "figure"  # one of both that holds a number, or ends in the dots of what is loading
    PROSE = "prose"
    CAPTION = "caption"
    ASKS = "asks"  # it leads elsewhere, invites, or says that a machine wrote this


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
    inserts = {index for index in body if _is_pointer(blocks[index]) or tells_its_age(blocks[index].text)}
    calls = {index for index in body if blocks[index].kind is ParagraphKind.TEXT and _ends_in_a_call(blocks[index])}
    inserts |= calls if len(calls) < _ROW else set()
    inserts |= {index for index in body if _ticks(blocks[index]) or _labels_an_advert(blocks[index])}
    most = _MOST_ASKING * _prose_in(blocks, body)
    inserts |= body & _only(boxes, lambda one: _asks(one) and not (_is_flow(one) and one.box.mass > most))
    headed = body & _only(boxes, lambda one: _asks(one) or _is_headed(one))
    captions = {index for index in body if roles[index] is Role.CAPTION}
    shown = [one for one in boxes if captions.isdisjoint(one.indices)]
    headed |= body & _only(shown, lambda one: _is_marked(one) or _is_labels(one))
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
        if one.tag not in _TEXT_TAGS:
            around.append(one)
    return around if one.parent is not None else []


def _form(box: Box) -> Form:
    return box.tag, stable_names(box.names)


def _asks(boxed: _Boxed) -> bool:
    """Whether something in a box asks, leads elsewhere or ticks."""
    if boxed.shows_more:
        if boxed.box.tag == "aside" and Sign.ASKS in boxed.signs:  # a reader's word that invites others
            return True
        return boxed.controls > 0 and Sign.FIGURE in boxed.signs  # a quotation that is to be liked
    # A heading with a time or a button, and nothing else, is the head of a section.
    heads = all(sign in (Sign.COUNTER, Sign.HEADING) for sign in boxed.signs)
    return Sign.ASKS in boxed.signs or (not heads and (boxed.controls > 0 or Sign.COUNTER in boxed.signs))


def _is_flow(boxed: _Boxed) -> bool:
    """Whether a box holds paragraph after paragraph, as a brief does."""
    return boxed.signs.count(Sign.PROSE) + boxed.signs.count(Sign.NONE) >= _FLOW


def _is_headed(boxed: _Boxed) -> bool:
    """Whether a box has a heading and a line or two of prose: the flow of an article is not boxed with its headings."""
    if len(boxed.indices) > _MOST_HEADED or boxed.shows_more:
        return False
    labels = boxed.signs.count(Sign.LABEL) + boxed.signs.count(Sign.FIGURE)
    return Sign.PROSE in boxed.signs and (boxed.signs[0] is Sign.HEADING or labels > 1)


def _is_marked(boxed: _Boxed) -> bool:
    """Whether a box bears an icon, and no picture with its line: a badge, a bar of tools, a player."""
    box = boxed.box
    return box.icons > 0 and not box.images and Sign.CAPTION not in boxed.signs and not boxed.shows_more


def _is_labels(boxed: _Boxed) -> bool:
    """Whether a box holds a few lines, none of them a sentence: a match and its minute, a programme and its hour."""
    signs = boxed.signs
    if Sign.PROSE in signs or Sign.CAPTION in signs or Sign.NONE in signs or boxed.shows_more:
        return False
    return Sign.FIGURE in signs or signs.count(Sign.LABEL) > 1


def _shows_more_than_text(box: Box) -> bool:
    return any(child.tag in ("blockquote", "figure", "table") for child in box.children)


def _sign_of(block: Block) -> Sign:
    if block.kind is ParagraphKind.CAPTION and not is_counter(block.text):
        return Sign.CAPTION
    if len(block.text) > _LONGEST_SIGN:
        return Sign.NONE
    if is_counter(block.text):
        return Sign.COUNTER
    if _asks_or_leads(block):
        return Sign.ASKS
    if block.heading or (block.prose and block.kind is ParagraphKind.TEXT and not _is_bare_line(block)):
        return Sign.HEADING if block.heading else Sign.PROSE
    return _sign_of_line(block)


def _is_bare_line(block: Block) -> bool:
    """Whether a block stands in no paragraph and does not end as a sentence does."""
    return block.box.tag not in _TEXT_TAGS and len(block.text) <= _LINE and block.text[-1] not in _STOPS


def _sign_of_line(block: Block) -> Sign:
    in_paragraph = block.box.tag in _TEXT_TAGS
    if in_paragraph and block.box.tag != "p":
        return Sign.NONE
    if len(block.text) <= _LONGEST_LABEL and block.text.endswith(("…", "...")):
        return Sign.FIGURE
    if in_paragraph and block.text[-1] in _STOPS:
        return Sign.NONE
    if len(block.text) <= _LONGEST_LABEL and _DIGIT.search(_NUMERAL.sub("", block.text)):
        return Sign.FIGURE
    return Sign.LINE if in_paragraph else Sign.LABEL


def _asks_or_leads(block: Block) -> bool:
    if _leads(block) or _ends_in_a_call(block) or _answers_itself(block) or _ends_in_a_title(block):
        return True
    return is_invitation(block.text) or is_machine_made(block.text)


def _leads(block: Block) -> bool:
    """Whether a line is nothing but a link, or short with an address to write to."""
    linked = block.link_share > 0.9 and len(block.text) <= _LINE
    return linked or (len(block.text) < _POINTER and any(href.startswith("mailto:") for href, _ in block.links))


def _ends_in_a_call(block: Block) -> bool:
    """Whether behind the last sentence of a short block stands a link that is no sentence: "You have read 3. Join"."""
    if not block.links or len(block.text) > _POINTER:
        return False
    href, call = block.links[-1]
    if href.startswith("#") or not _WORD.search(call):  # the mark or number of a footnote
        return False
    before, found, behind = block.text.rpartition(call)
    words = len(call.split()) + 3 * (behind != "")  # what ends in a full stop may be a sentence of the text
    is_last = found != "" and not any(map(str.isalnum, behind)) and words <= _MOST_CALLING
    return is_last and len(call) < _LONGEST_CALL and _ENDED.search(before) is not None


def _ends_in_a_title(block: Block) -> bool:
    """Whether a short block ends in a link, of some words if it is a paragraph: "First of our series: Lost at sea"."""
    if not block.links or len(block.text) > _POINTER or block.text[-1] in _STOPS:
        return False
    href, title = block.links[-1]
    is_title = len(title.split()) >= _TITLE or block.box.tag not in _TEXT_TAGS
    return not href.startswith("#") and is_title and block.text.endswith(title)


def _answers_itself(block: Block) -> bool:
    """Whether a short block begins with a short question and goes on, as in "Seen a mistake? Write to us."."""
    return len(block.text) < _POINTER and not block.heading and _ANSWERED.match(block.text) is not None


def _ticks(block: Block) -> bool:
    """Whether a line in no paragraph tells a time to the second, as only a machine does."""
    return len(block.text) <= _LINE and block.box.tag not in _TEXT_TAGS and _SECONDS.search(block.text) is not None


def _labels_an_advert(block: Block) -> bool:
    """Whether a line in no paragraph says that an advert stands there, or where the text goes on behind it."""
    return block.box.tag not in _TEXT_TAGS and names_an_advert(block.text)


def _is_pointer(block: Block) -> bool:
    """Whether a short block leads to nothing but networks on which the site is to be followed, in any language."""
    return len(block.links) > 1 and len(block.text) < _POINTER and all(is_service(text) for _, text in block.links)
