"""Decide what each block is: body, caption, periphery that may carry a note, or chrome. Knows boxes, then words.

Structure comes first (the names and shape of the boxes around a block), what is remembered second, words last.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from revtrack.extraction.blocks import HEADING_TAGS, Block, Box, Page
from revtrack.extraction.phrases import is_counter, is_credit, is_invitation
from revtrack.extraction.vocabulary import Chrome, words_in, words_of
from revtrack.model import ParagraphKind
from revtrack.text import fold


class Role(StrEnum):
    """What a block is to the story."""

    BODY = "body"
    CAPTION = "caption"
    PERIPHERY = "periphery"  # no body, but a note may stand here
    CHROME = "chrome"  # neither


@dataclass(slots=True)
class Setting:
    """What the roles of single blocks are judged against: the container, its prose, the headline, the boilerplate."""

    container: Box
    mass: int
    headline: str
    boilerplate: frozenset[str]
    articles_alien: bool
    cache: dict[Box, Role]


_LONG = 80  # characters
_MOST_PULLED = 100  # quotations that are looked for in the whole text: each look costs the length of the page
_SMALL_SHARE = 0.35  # of the container's prose
_NOTE_WORDS = words_in(
    """
    correction corrections correctiontext erratum errata clarification clarifications editorsnote addendum
    """,
)
_DECK_WORDS = words_in("deck dek standfirst subtitle subheadline subhead summary excerpt teaser")
_NOTE_PAIRS = (("editor", "note"), ("editors", "note"), ("update", "notice"), ("update", "note"))
_NOT_NOTE_WORDS = words_in("suggest report form btn button link submit request policy")


def assign_roles(page: Page, container: Box, *, headline: str, boilerplate: frozenset[str] = frozenset()) -> list[Role]:
    """Return the role of each block of the page, in its order."""
    setting = Setting(
        container,
        max(1, container.mass),
        fold(headline),
        boilerplate,
        _has_prose_beside_articles(container),
        _known_roles(container),
    )
    roles = [_role_of(block, setting) for block in page.blocks]
    _drop_repetitions(page.blocks, roles)
    _set_deck_apart(page.blocks, roles)
    _trim_ends(page.blocks, roles)
    _drop_headings_of_nothing(page.blocks, roles)
    return roles


def _known_roles(container: Box) -> dict[Box, Role]:
    """Return the roles that need no judging: the container is the body, and so the boxes around it are no chrome."""
    known = {container: Role.BODY}
    box = container.parent
    while box is not None:
        known[box] = Role.PERIPHERY
        box = box.parent
    return known


def _has_prose_beside_articles(container: Box) -> bool:
    """Whether most prose stands outside of inner `<article>`s: these are then other stories, no entries of this."""
    inner, pending = 0, list(container.children)
    while pending:
        box = pending.pop()
        if box.tag == "article":
            inner += box.mass
        else:
            pending.extend(child for child in box.children if child.mass)
    return inner < 0.5 * container.mass


def _role_of(block: Block, setting: Setting) -> Role:
    around = _role_in(block.box, setting)
    if around is not Role.BODY:
        return around
    text = fold(block.text)
    if is_counter(block.text):
        return Role.CHROME
    if text == setting.headline or text in setting.boilerplate or block.heading == 1:
        return Role.PERIPHERY
    if block.kind is ParagraphKind.CAPTION or is_credit(block.text):
        return Role.CAPTION
    if block.link_share > 0.7 and len(block.text) < 250:
        return Role.CHROME
    return Role.PERIPHERY if is_invitation(block.text) and not block.heading else Role.BODY


def _role_in(box: Box, setting: Setting) -> Role:
    """Return what a block may be at best inside a box, from the box and those around it up to the container."""
    path: list[Box] = []
    current: Box | None = box
    while current is not None and current not in setting.cache:
        path.append(current)
        current = current.parent
    role = setting.cache[current] if current is not None else Role.PERIPHERY
    for inner in reversed(path):
        role = _narrow(role, inner, setting)
        setting.cache[inner] = role
    return role


def _narrow(role: Role, box: Box, setting: Setting) -> Role:
    """Return what a block may be at best in a box, given what it may be in the box around it."""
    if role is Role.CHROME or _is_note_box(box):
        return role
    small = box.mass < _SMALL_SHARE * setting.mass
    if box.chrome is Chrome.ALIEN and (small or role is not Role.BODY):
        return Role.CHROME
    if role is not Role.BODY:
        alien = box.tag == "article" or _is_form(box) or _is_link_box(box)
        return Role.CHROME if alien else role
    if box.tag == "article" and setting.articles_alien:
        return Role.CHROME
    return _narrow_body(box) if small else role


def _narrow_body(box: Box) -> Role:
    if box.tag in ("figure", "figcaption") or _is_picture_box(box):
        return Role.CAPTION
    if _is_form(box):
        return Role.CHROME
    if box.chrome is Chrome.YES or _is_link_box(box):
        return Role.PERIPHERY if box.link_share < 0.5 else Role.CHROME
    return Role.PERIPHERY if box.chrome is Chrome.MAYBE and _is_weak(box) else Role.BODY


def _is_picture_box(box: Box) -> bool:
    """Whether a box holds a picture and what is said of it."""
    if not box.images or box.tag not in ("div", "section", "span") or box.length > 350:
        return False
    return len(box.children) + len(box.blocks) <= 4 and not (box.headings and box.mass)


def _is_form(box: Box) -> bool:
    """Whether a box is a form with the words that go with it; one with prose beside the form is not."""
    if not box.controls or box.length > 1500 or box.mass > 800 or box.tag in ("blockquote", "p"):
        return False
    return not any(child.controls == box.controls and child.mass for child in box.children)


def _is_link_box(box: Box) -> bool:
    """Whether a box is a list of links or a card: several blocks, mostly links."""
    if box.tag in HEADING_TAGS or box.tag == "p":
        return False
    return box.link_share > 0.55 and box.length > 0


def _is_weak(box: Box) -> bool:
    if box.tag in HEADING_TAGS or box.tag in ("p", "li", "blockquote"):
        return box.link_share > 0.3
    return not box.mass or box.link_share > 0.3 or box.tag == "aside"


def _is_note_box(box: Box) -> bool:
    words = words_of(box.names)
    if _NOTE_WORDS.isdisjoint(words) and not any(pair in pairwise(words) for pair in _NOTE_PAIRS):
        return False
    return _NOT_NOTE_WORDS.isdisjoint(words)


def _drop_repetitions(blocks: list[Block], roles: list[Role]) -> None:
    """Take out what stands in the body twice: pull quotes, and long paragraphs that a script has put there again."""
    body = [(index, fold(blocks[index].text)) for index, role in enumerate(roles) if role is Role.BODY]
    whole = "\n".join(text for index, text in body if blocks[index].kind is not ParagraphKind.QUOTE)
    short = [index for index, text in body if blocks[index].kind is ParagraphKind.QUOTE and len(text) < 400]
    pulled = set(short[:_MOST_PULLED])
    seen: set[str] = set()
    for index, text in body:
        repeated = text in seen and len(text) > _LONG
        if repeated or (index in pulled and text.strip("\"' ") in whole):
            roles[index] = Role.CHROME
        seen.add(text)


def _set_deck_apart(blocks: list[Block], roles: list[Role]) -> None:
    """Take a deck off the top of the body, by its name or its heading as long as a sentence; never by what it says."""
    body = [index for index, role in enumerate(roles) if role is Role.BODY]
    for index in body[:2]:
        block = blocks[index]
        names = words_of(" ".join((block.box.names, block.box.itemprop, *block.marks)))
        if _DECK_WORDS.isdisjoint(names) and not (block.heading and len(block.text) > _LONG):
            break
        roles[index] = Role.PERIPHERY


def _trim_ends(blocks: list[Block], roles: list[Role]) -> None:
    """Take short lines off the two ends of the body that are no sentences: a kicker, a date line, a row of labels."""
    body = [index for index, role in enumerate(roles) if role is Role.BODY]
    for ordered in (body, body[::-1]):
        for index in ordered:
            if not _is_label(blocks[index]):
                break
            roles[index] = Role.PERIPHERY


def _is_label(block: Block) -> bool:
    if block.heading or block.box.tag in ("p", "li", "blockquote"):
        return False
    return not block.is_prose and block.text[-1] not in '.!?…”"»。！？।'


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


def _heads_links(blocks: list[Block], roles: list[Role], index: int) -> bool:
    """Whether a list of links, and nothing else, comes before the next block of the body."""
    after = []
    for block, role in zip(blocks[index + 1 : index + 9], roles[index + 1 : index + 9], strict=True):
        if role is Role.BODY:
            break
        after.append(block)
    linked = [block for block in after if block.link_share > 0.5]
    return len(linked) * 2 > len(after) and (len(linked) > 1 or linked[0].kind is ParagraphKind.LIST_ITEM)
