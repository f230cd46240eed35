"""Decide what each block is: body, caption, periphery that may carry a note, or chrome. Knows boxes, then words.

Structure comes first (the names and shape of the boxes around a block), what is remembered second, words last.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import islice, pairwise, takewhile

from revtrack.extraction.blocks import Block, Box, Page
from revtrack.extraction.captions import WRAPPER_TAGS, is_picture_box
from revtrack.extraction.cards import find_cards
from revtrack.extraction.counters import is_counter
from revtrack.extraction.fields import hosts_a_form, is_form
from revtrack.extraction.phrases import is_credit, is_invitation
from revtrack.extraction.role import Role
from revtrack.extraction.rows import is_row_of_links
from revtrack.extraction.trimming import trim
from revtrack.extraction.vocabulary import HEADING_TAGS, Chrome, stable_names, words_in, words_of
from revtrack.model import ParagraphKind
from revtrack.text import fold


@dataclass(slots=True)
class Setting:
    """What the roles of single blocks are judged against: the container, its prose, the headline, what is alien in it.

    `pictured` are the orders of blocks right after a picture; `forms` is the prose in all boxes of one tag and name,
    near the blocks: a short entry of a live blog is told by the long ones.
    """

    container: Box
    mass: int
    headline: str
    pictured: frozenset[int]
    alien: frozenset[Box]
    forms: Counter[tuple[str, str]]
    known: dict[Box, Role]
    quotations: set[Box] = field(default_factory=set)


_TEXT_TAGS = HEADING_TAGS | {"p", "li", "dd", "dt", "blockquote", "tr", "td", "th"}
_SHORT = 250  # characters
_ROW = 2  # inner articles side by side: more are entries
_LONGEST_DATELINE = 80
_STOPS = ".!?。！？।"
_ADDRESS = re.compile(r"https?://\S+")
_NEAR = 3  # boxes around a block
_SENTENCE, _SIGNS = 5, 12  # words, characters
_SMALL_SHARE = 0.35  # of the container's prose
_MOST_OF_BODY = 0.6
_NOTE_WORDS = words_in(
    """
    correction corrections correctiontext erratum errata clarification clarifications editorsnote addendum
    """,
)
_NOTE_PAIRS = (("editor", "note"), ("editors", "note"), ("update", "notice"), ("update", "note"))
_ADVERT_WORDS = words_in("ad ads advert advertisement")
_NOT_NOTE_WORDS = words_in("suggest report form btn button link submit request policy")


def assign_roles(page: Page, container: Box, *, headline: str, chosen: Collection[Box] = ()) -> list[Role]:
    """Return the role of each block of the page, in its order; `chosen` boxes are the body, whatever their names."""
    setting = Setting(
        container,
        max(1, container.mass),
        fold(headline),
        frozenset(image.order for image in page.head.images),
        _find_alien(container, find_cards(page)),
        _weigh_forms(page.blocks),
        _known_roles(container, chosen),
    )
    roles = _judge_boxes(page, setting, skip=not chosen)
    _drop_dateline(page, roles)
    trim(page.blocks, roles, setting.headline)
    return roles


def _drop_dateline(page: Page, roles: list[Role]) -> None:
    """Take out the line above the text that says in an element of its own when, and maybe by whom, it was written."""
    timed = {time.order for time in page.head.time_elements}
    body = [index for index, role in enumerate(roles) if role is Role.BODY]
    above = list(takewhile(lambda index: not page.blocks[index].prose, body))
    for index in above if len(above) < len(body) else ():
        block = page.blocks[index]
        says = block.heading or block.text[-1] in _STOPS or len(block.text) > _LONGEST_DATELINE
        if block.order in timed and not says:
            roles[index] = Role.PERIPHERY


def _known_roles(container: Box, chosen: Collection[Box]) -> dict[Box, Role]:
    """Return the roles that need no judging: the container is the body, and so the boxes around it are no chrome.

    Where all that is left of a page stands in the site's footer, there is no body.
    """
    body = () if any(_is_site_footer(box) for box in container.upward()) else (container,)
    known = {container: Role.PERIPHERY} | dict.fromkeys(chosen or body, Role.BODY)
    box = container.parent
    while box is not None:
        known[box] = Role.PERIPHERY
        box = box.parent
    return known


def _find_alien(container: Box, cards: frozenset[Box]) -> frozenset[Box]:
    """Return the inner `<article>`s and the cards beside which most of the prose stands: they are other stories.

    Where they hold most of it, or stand in a row and lead nowhere, they are this one's entries.
    """
    articles, shown, pending = [], [], list(container.children)
    while pending:
        box = pending.pop()
        if box in cards:
            shown.append(box)
        elif box.tag == "article":
            if not _is_entry(box):
                articles.append(box)
        else:
            pending.extend(child for child in box.children if child.length)
    return frozenset(
        box
        for boxes, most in ((articles, 0.5), (shown, _SMALL_SHARE))
        if sum(box.mass for box in boxes) < most * container.mass
        for box in boxes
    )


def _is_entry(article: Box) -> bool:
    """Whether an article in the article is one of several side by side that hold prose and not a single link."""
    beside = article.parent.children if article.parent else ()
    return not article.linked and sum(box.tag == "article" and box.mass > 0 and not box.linked for box in beside) > _ROW


def _weigh_forms(blocks: list[Block]) -> Counter[tuple[str, str]]:
    forms: Counter[tuple[str, str]] = Counter()
    for block in blocks:
        if block.prose:
            for form in {(box.tag, stable_names(box.names)) for box in islice(block.box.upward(), _NEAR)}:
                forms[form] += block.prose
    return forms


def _judge_boxes(page: Page, setting: Setting, *, skip: bool) -> list[Role]:
    """Return the roles of all blocks, from the outermost box inwards; what stands in chrome is not looked at.

    `skip` is False where a box that is known to be the body may stand within chrome.
    """
    roles = [Role.CHROME] * len(page.blocks)
    pending = [(page.root, Role.PERIPHERY)]
    while pending:
        box, around = pending.pop()
        role = setting.known.get(box) or _narrow(around, box, setting)
        if role is Role.CHROME and skip:
            continue
        for block in box.blocks:
            roles[block.order] = _role_of(block, role, setting)
        pending += [(child, role) for child in box.children if child.length]
    return roles


def _role_of(block: Block, around: Role, setting: Setting) -> Role:
    """Return what a block is, given what it may be at best in its box."""
    if around is not Role.BODY:
        return Role.CHROME if around is Role.CAPTION and is_counter(block.text) else around
    if setting.quotations and not setting.quotations.isdisjoint(islice(block.box.upward(), _NEAR)):
        block.kind = ParagraphKind.QUOTE
    if is_counter(block.text) or _ADDRESS.fullmatch(block.text):
        return Role.CHROME
    if block.folded == setting.headline or block.heading == 1:
        return Role.PERIPHERY
    if _is_below_picture(block, setting):
        block.kind = ParagraphKind.CAPTION
    if block.kind is ParagraphKind.CAPTION or is_credit(block.text):
        return Role.CAPTION
    if is_row_of_links(block):
        return Role.CHROME
    return Role.PERIPHERY if is_invitation(block.text) and not block.heading else Role.BODY


def _is_below_picture(block: Block, setting: Setting) -> bool:
    """Whether a block is a line in italics or small print at a picture."""
    at_picture = block.order in setting.pictured or (block.box.tag == "p" and block.box.images > 0)
    return at_picture and block.emphasis and not block.bold and len(block.text) < _SHORT and not block.heading


def _narrow(role: Role, box: Box, setting: Setting) -> Role:
    """Return what a block may be at best in a box, given what it may be in the box around it."""
    if role is Role.CHROME:
        return role
    small = box.mass < _SMALL_SHARE * setting.mass
    if role is not Role.BODY:
        narrowed = _narrow_beside(role, box)
    elif box in setting.alien or (small and box.chrome is Chrome.ALIEN and not _holds_body(box, setting)):
        narrowed = Role.CHROME
    elif _is_site_footer(box):
        narrowed = Role.PERIPHERY
    else:
        narrowed = _narrow_body(box, setting) if small else role
    return role if narrowed is not role and _is_note_box(box) else narrowed


def _holds_body(box: Box, setting: Setting) -> bool:
    """Whether all prose in a box stands in paragraphs that bear the class of most of the body's."""
    prose, pending = [], [box]
    while pending:
        inner = pending.pop()
        prose += [inner] * any(block.prose for block in inner.blocks)
        pending.extend(child for child in inner.children if child.mass)
    return bool(prose) and all(_is_usual(one, setting) for one in prose)


def _is_usual(box: Box, setting: Setting) -> bool:
    """Whether a box bears a class that most of the body's prose does."""
    return box.names != "" and setting.forms[box.tag, stable_names(box.names)] > _MOST_OF_BODY * setting.mass


def _narrow_beside(role: Role, box: Box) -> Role:
    """Return what a block beside the body may be in a box; the look at its names comes last, as it costs most."""
    alien = _is_link_box(box) or box.tag == "article" or is_form(box) or box.chrome is Chrome.ALIEN
    return Role.CHROME if alien else role


def _narrow_body(box: Box, setting: Setting) -> Role:
    if box.tag in ("figure", "figcaption") or (box.tag in WRAPPER_TAGS and is_picture_box(box)):
        return Role.CAPTION
    if is_form(box) and not hosts_a_form(box, lambda child: _is_usual(child, setting)):
        return Role.CHROME
    if _is_quotation(box):
        setting.quotations.add(box)
        return Role.BODY
    if _is_named_chrome(box) or _is_link_box(box):
        return Role.PERIPHERY if box.link_share < 0.5 else Role.CHROME
    if box.chrome is not Chrome.MAYBE or not _is_weak(box):
        return Role.BODY
    alike = setting.forms[box.tag, stable_names(box.names)]
    return Role.BODY if alike > _SMALL_SHARE * setting.mass else Role.PERIPHERY


def _is_named_chrome(box: Box) -> bool:
    """Whether a box is named as chrome, and is neither who said a quotation nor facts below a heading, called an ad."""
    if box.chrome is not Chrome.YES or (box.tag == "footer" and box.parent and box.parent.tag == "blockquote"):
        return False
    leads = box.linked or box.controls or box.images or not box.headings
    return bool(leads) or box.mass == 0 or _ADVERT_WORDS.isdisjoint(words_of(box.names))


def _is_site_footer(box: Box) -> bool:
    """Whether a box is the footer of the whole page: one within the article may hold much of a brief."""
    return box.tag == "footer" and not any(around.tag in ("article", "main", "blockquote") for around in box.upward())


def _is_link_box(box: Box) -> bool:
    """Whether a box is a list of links or a card: several blocks, mostly links."""
    if box.link_share <= 0.55 or box.tag in HEADING_TAGS or box.tag == "p":
        return False
    return bool(box.blocks) or [one.tag for one in box.children] != ["p"]  # a single paragraph is judged by itself


def _is_quotation(box: Box) -> bool:
    """Whether a box shows a quotation in large: where the text says it too, `trim` takes it out as a repetition."""
    words = words_of(box.names)
    return box.mass > 0 and ("pullquote" in words or ("pull", "quote") in pairwise(words))


def _is_weak(box: Box) -> bool:
    if any(child.tag == "blockquote" for child in box.children):
        return box.link_share > 0.7
    if box.tag in _TEXT_TAGS:
        return box.link_share > 0.3
    if box.tag == "aside":
        return not _is_of_facts(box)
    return box.link_share > 0.3 or not (box.mass or _says_something(box))


def _says_something(box: Box) -> bool:
    """Whether a sentence stands in a box, be it too short for prose, and nothing that leads elsewhere or is shown."""
    if box.linked or box.controls or box.images:
        return False
    said = (block for inner in (box, *box.children) for block in inner.blocks if not block.heading)
    return any(block.text[-1] in _STOPS and _has_words(block.text) for block in said)


def _has_words(text: str) -> bool:
    """Whether a text is as long as a sentence; of a script without blanks its signs are counted."""
    return len(text) >= _SIGNS if text[-1] in "。！？" else len(text.split()) >= _SENTENCE


def _is_of_facts(box: Box) -> bool:
    """Whether a box has a heading, and nothing that leads elsewhere or shows a picture."""
    return box.headings > 0 and not (box.linked or box.controls or box.images or box.icons)


def _is_note_box(box: Box) -> bool:
    if not box.names:
        return False
    words = words_of(box.names)
    if _NOTE_WORDS.isdisjoint(words) and not any(pair in pairwise(words) for pair in _NOTE_PAIRS):
        return False
    return _NOT_NOTE_WORDS.isdisjoint(words)
