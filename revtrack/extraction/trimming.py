"""Go once more over the roles of a page's blocks, in reading order. Knows what stands beside what, not the boxes.

What a block is often shows only from its neighbours: a heading with no text below it, a deck above the first paragraph,
a label at an end, a text that stands there twice.
"""

import re
from itertools import takewhile

from revtrack.extraction.authors import names_writers
from revtrack.extraction.blocks import Block
from revtrack.extraction.decks import find_deck, read_below_headline
from revtrack.extraction.headlines import shows_headline
from revtrack.extraction.phrases import is_invitation
from revtrack.extraction.remains import STOPS, drop_remains
from revtrack.extraction.role import Role
from revtrack.model import ParagraphKind

_LINKED = 0.25  # of a block's text
_LAST = 4  # blocks
_LONGEST_LINE = 400  # characters
_REACH = re.compile(
    r"[\w.+-]@[\w-]{1,60}\.\w|(?<!\w)@\w{3}|^mailto:"
    r"|//(?:\w{1,6}\.)?(?:twitter|x|facebook|instagram|tiktok|linkedin|threads|youtube|bsky|whatsapp|snapchat)\.\w",
    re.IGNORECASE,
)
_WRITTEN_OUT = re.compile(r"https?://\S+$")
_FIRST = 2  # blocks of the body
_BOXES = frozenset(("div", "article", "section", "main", "body"))
_PARAGRAPHS = 5  # in one box: text that stands beside them in no paragraph is none of theirs
_MOST_ABOVE = 0.2  # of the body's prose, above the headline
_LONG = 80  # characters
_LONGEST_TOOL = 30  # characters
_NUMBERED = re.compile(r"(?<!\d)[.!?…”\"»。！？।]\s?(\d{1,6}(?:[.,]\d)?[KkMm]?)$")
_QUOTED = re.compile(r"[.!?…”\"»。！？।]\s?([A-Z][A-Z.:]{1,9}\s?[+−-]\s?\d{1,3}(?:[.,]\d{1,2})?\s?%)$")
_FOLDED = re.compile(r"(?<=\w)\s?\(\d{1,3}\)$")
_SENTENCES = re.compile(r"[.!?…]\s")
_NEAR = 4  # boxes around a block
_MOST_PULLED = 100  # quotations that are looked for in the whole text: each look costs the length of the page


def trim(blocks: list[Block], roles: list[Role], headline: str) -> None:
    """Correct the roles of a page's blocks, in place, by what stands before and after each.

    `headline` is folded, as the blocks' texts are before they are compared with it.
    """
    _take_off_numbers(blocks)
    read_below_headline(blocks, roles, headline)
    _drop_kickers(blocks, roles, headline)
    _drop_repetitions(blocks, roles)
    _drop_bare_lines(blocks, roles)
    _drop_lists_of_invitations(blocks, roles)
    _trim_ends(blocks, roles)
    find_deck(blocks, roles, headline)
    _drop_bylines(blocks, roles)
    _drop_signature(blocks, roles)
    _trim_ends(blocks, roles)
    drop_remains(blocks, roles)


def _take_off_numbers(blocks: list[Block]) -> None:
    """Take off what ticks at an end: a button's number in a paragraph, the price of a share, what is folded away."""
    for block in blocks:
        if block.box.tag == "summary" and (folded := _FOLDED.search(block.text)):
            block.shorten(folded.start())
        ticking = _NUMBERED if block.box.controls else _QUOTED if block.text[-1] == "%" and block.links else None
        if ticking and block.prose and (found := ticking.search(block.text)):
            block.shorten(found.start(1))


def _drop_bylines(blocks: list[Block], roles: list[Role]) -> None:
    """Take the line that says who wrote this off the two ends of the body."""
    body = [index for index, role in enumerate(roles) if role is Role.BODY]
    for index in (*body[:_FIRST], *body[-_FIRST:]) if len(body) > 2 * _FIRST else ():
        if names_writers(blocks[index]):
            roles[index] = Role.PERIPHERY


def _drop_kickers(blocks: list[Block], roles: list[Role], headline: str) -> None:
    """Take out what little stands above the headline: the section, a date, labels, a word on the browser."""
    body = [index for index, role in enumerate(roles) if role is Role.BODY]
    shown = (block.order for block in blocks if block.heading == 1 and shows_headline(block, headline))
    start = next(shown, 0)
    above = [index for index in body if index < start]
    if sum(blocks[index].prose for index in above) <= _MOST_ABOVE * sum(blocks[index].prose for index in body):
        for index in above:
            roles[index] = Role.PERIPHERY


def _drop_repetitions(blocks: list[Block], roles: list[Role]) -> None:
    """Take out what stands in the body twice: pull quotes, and what a script has put there again for another screen."""
    body = [(index, blocks[index].folded) for index, role in enumerate(roles) if role is Role.BODY]
    whole = "\n".join(text for index, text in body if blocks[index].kind is not ParagraphKind.QUOTE)
    short = [index for index, text in body if blocks[index].kind is ParagraphKind.QUOTE and len(text) < 400]
    pulled = set(short[:_MOST_PULLED])
    said: Block | None = None  # the last quotation that was taken out: who is named below it goes with it
    for index, text in body:
        block = blocks[index]
        named = said is not None and (
            (text[0] in "-–—" and said.box.parent in (block.box, block.box.parent)) or _are_quoted(said, block)
        )
        if index in pulled and (named or all(part in whole for part in _SENTENCES.split(text.strip("\"' .")))):
            roles[index] = Role.CHROME
            said = block
    # Of what is left: a paragraph is no copy of a pull quote above it.
    for index in _find_copies([(index, text) for index, text in body if roles[index] is Role.BODY]):
        roles[index] = Role.CHROME


def _are_quoted(said: Block, named: Block) -> bool:
    """Whether a line in the footer of a quotation names who said what stands above it there."""
    quotes = [next((box for box in one.box.upward(_NEAR) if box.tag == "blockquote"), None) for one in (said, named)]
    is_footer = any(box.tag == "footer" for box in named.box.upward(_NEAR))
    return is_footer and quotes[0] is not None and quotes[0] is quotes[1]


def _find_copies(body: list[tuple[int, str]]) -> set[int]:
    """Return the indices of blocks that say again what stands above: long ones, and short ones in a row with those."""
    first: dict[str, int] = {}
    origins = [first.setdefault(text, place) for place, (_, text) in enumerate(body)]
    copied = {place for place, (_, text) in enumerate(body) if origins[place] < place and len(text) > _LONG}
    for places, step in ((range(1, len(body)), -1), (range(len(body) - 2, -1, -1), 1)):
        for place in places:
            beside = place + step
            if beside in copied and origins[place] < place and origins[place] - origins[beside] == -step:
                copied.add(place)
    return {body[place][0] for place in copied}


def _drop_bare_lines(blocks: list[Block], roles: list[Role]) -> None:
    """Take out a short line that stands in no element of its own among many paragraphs, and is no sentence."""
    for index, role in enumerate(roles):
        if role is Role.BODY and blocks[index].box.tag in _BOXES and _is_bare_line(blocks[index]):
            roles[index] = Role.PERIPHERY


def _is_bare_line(block: Block) -> bool:
    if block.prose or block.stressed or len(block.text) > _LONG or block.text[-1] in STOPS + ":：":
        return False
    return sum(child.tag == "p" and child.mass > 0 for child in block.box.children) >= _PARAGRAPHS


def _drop_lists_of_invitations(blocks: list[Block], roles: list[Role]) -> None:
    """Take out the list below a heading that invites to read something else, each item of which leads there."""
    inviting = False
    for index, role in enumerate(roles):
        block = blocks[index]
        if role is not Role.BODY:
            if role is Role.PERIPHERY and _may_head_a_list(blocks, roles, index):
                inviting = is_invitation(block.text)
            continue
        if block.heading or block.text.endswith(":"):
            inviting = is_invitation(block.text)
        else:
            inviting = inviting and block.kind is ParagraphKind.LIST_ITEM and block.linked > 0
        if inviting:
            roles[index] = Role.PERIPHERY


def _may_head_a_list(blocks: list[Block], roles: list[Role], index: int) -> bool:
    """Whether a line is no link and no sentence, and an item of a list in the body comes next."""
    if index + 1 == len(blocks) or roles[index + 1] is not Role.BODY:
        return False
    block = blocks[index]
    return blocks[index + 1].kind is ParagraphKind.LIST_ITEM and not block.linked and block.text[-1] not in STOPS


def _trim_ends(blocks: list[Block], roles: list[Role]) -> None:
    """Take short lines off the two ends of the body that are no sentences: a kicker, a date line, a row of labels."""
    body = [index for index, role in enumerate(roles) if role is Role.BODY]
    for index in takewhile(lambda index: not _introduces(blocks[index]), body):
        if _is_tool(blocks[index]) or _is_measure(blocks[index]) or _names_its_maker(blocks[index]):
            roles[index] = Role.PERIPHERY
    for ordered in (body, body[::-1]):
        for index in ordered:
            if not _is_label(blocks[index]):
                break
            roles[index] = Role.PERIPHERY


def _introduces(block: Block) -> bool:
    """Whether a list may follow a block: prose, a heading, a line in bold, a question or a colon."""
    return block.is_prose or block.heading > 0 or block.bold > 0 or block.text[-1] in ":?：？"


def _is_tool(block: Block) -> bool:
    """Whether a block is an item of a list of single words: what no article begins with, unless a heading says why."""
    return block.box.tag == "li" and len(block.text) < _LONGEST_TOOL


def _is_measure(block: Block) -> bool:
    """Whether a block is a short line with a number in it and no full stop: how long the text is, or how old."""
    is_line = len(block.text) < _LONG and block.text[-1] not in STOPS and block.kind is ParagraphKind.TEXT
    return is_line and any(map(str.isdigit, block.text))


def _names_its_maker(block: Block) -> bool:
    """Whether a block is a short line that ends in a link and no full stop: who pays, who wrote."""
    is_line = len(block.text) < _LONG and block.text[-1] not in STOPS and block.kind is ParagraphKind.TEXT
    return is_line and bool(block.links) and block.text.endswith(block.links[-1][1])


def _is_label(block: Block) -> bool:
    if block.heading or block.box.tag in ("p", "li", "blockquote"):
        return False
    return not block.is_prose and block.text[-1] not in STOPS


def _drop_signature(blocks: list[Block], roles: list[Role]) -> None:
    """Take off the end what says where the writers are to be reached or followed, or in italics what else to click.

    It need not be the last: a note that is put below it must not bring it back.
    """
    body = [index for index, role in enumerate(roles) if role is Role.BODY]
    slanted = 2 * sum(blocks[index].emphasis for index in body) > len(body)  # then italics tell nothing
    for index in body[1:][-_LAST:]:
        if _is_signature(blocks[index], slanted=slanted):
            roles[index] = Role.PERIPHERY
    ends = [index for index in body[1:] if _ends_in_an_address(blocks[index])]
    for index in ends if len(ends) < _LAST and ends[:1] >= body[-_LAST:][:1] else ():  # else it is a list of addresses
        roles[index] = Role.PERIPHERY


def _is_signature(block: Block, *, slanted: bool) -> bool:
    if block.heading or block.kind is ParagraphKind.QUOTE or len(block.text) > _LONGEST_LINE:
        return False
    linked = block.link_share > _LINKED
    if linked and block.emphasis and not slanted:
        return True
    reaches = _REACH.search(block.text) or any(_REACH.search(href) for href, _ in block.links)
    return bool(reaches) and (block.emphasis or linked)


def _ends_in_an_address(block: Block) -> bool:
    """Whether a short line ends in an address that is written out: where to read more."""
    if len(block.text) > _LONGEST_LINE // 2 or "://" not in block.text:
        return False
    return block.kind is ParagraphKind.TEXT and _WRITTEN_OUT.search(block.text) is not None
