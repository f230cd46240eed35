"""Read a page's body: its paragraphs, the notes lifted out of them, and what stands beside. Knows no metadata.

Notes come first: a block that may carry one is offered wherever it stands, and what is left of it is the text.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, takewhile

from revtrack.extraction.blocks import Block, Box, Page
from revtrack.extraction.boilerplate import set_boilerplate_apart
from revtrack.extraction.captions import find_silent, is_caption, without_source
from revtrack.extraction.container import find_container, keep_container
from revtrack.extraction.counters import is_counter
from revtrack.extraction.entries import find_entries
from revtrack.extraction.inserts import set_inserts_apart
from revtrack.extraction.memory import Memory
from revtrack.extraction.phrases import without_credit
from revtrack.extraction.recall import recall
from revtrack.extraction.refusal import refuse
from revtrack.extraction.role import Role
from revtrack.extraction.roles import assign_roles
from revtrack.extraction.sites import Chosen, blocks_in, common_box
from revtrack.model import Entry, Note, NoteFamily, NoteKind, Paragraph, ParagraphKind, Place
from revtrack.notes import Passage, lift_notes
from revtrack.text import fold

Lift = Callable[[list[Passage]], tuple[tuple[Note, ...], tuple[str, ...]]]

_LEAD = 40  # blocks above the text, chrome not counted, among which are the headline and its picture
_NEAR = 4  # boxes around a block whose names speak for it
_WHOLLY = 0.95  # of a block is a link: the colon behind it may not be
_BESIDE = 8  # blocks above and below the body
_MOST_BESIDE = 20
_BY_RULE = "site rule"
_MOST_STATED = 20
_STATED = "stated in the metadata"
_LABEL = 60  # characters
_STEPS = 3  # from a block to the box that it shares with the next
_SMALL_BOX = 1500  # characters
_STUB = 300  # bytes of a story that may be all that a broken page still showed
_OUTGROWN = 6  # times as much prose: the article is back


@dataclass(frozen=True, slots=True)
class Body:
    """What was read of a body; `refusal` says in words why it is none, "" where it is one.

    `shown` holds the block that each paragraph was read from; `deck` is what stands above the text in a form of its
    own; `beside` is running text near the body that is no part of it.
    """

    paragraphs: tuple[Paragraph, ...]
    shown: tuple[Block, ...]
    notes: tuple[Note, ...]
    deck: str
    entries: tuple[Entry, ...]
    beside: tuple[str, ...]
    refusal: str


def read_body(
    page: Page,
    *,
    headline: str,
    language: str,
    corrections: Sequence[str] = (),
    chosen: Chosen | None = None,
    live: bool = False,
    memory: Memory,
) -> Body:
    """Read the body of a page.

    `headline` is not repeated in it; `language` is that of its notes; `corrections` are what the page's metadata
    states; `chosen` is what the site's rules chose in it; `live` says that the page calls itself a live blog.
    """
    chosen = chosen or Chosen()
    found = common_box(chosen.body) if chosen.body else find_container(page)
    if _is_outgrown(memory, found):
        memory = replace(memory, story=None)
    # Captions may stand above the body: they do not tell where it is.
    texts = (told.text for told in _known(memory) if told.kind is not ParagraphKind.CAPTION)
    container = found if chosen.body else keep_container(page, found, texts)
    roles = assign_roles(page, container, headline=headline, chosen=chosen.body)
    set_inserts_apart(page.blocks, roles, container)
    recall(page.blocks, roles, container, memory)
    set_boilerplate_apart(page.blocks, roles, memory)
    lift = partial(_lift, language=language, memory=memory)
    ruled = {block.order for block in blocks_in(page, chosen.notes)}
    offered: Offered = [
        (block, role)
        for block, role in zip(page.blocks, roles, strict=True)
        if role is not Role.CHROME or block.order in ruled
    ]
    offered = _without_silent_captions(_with_lead_captions(offered, headline, memory), page)
    told, notes, deck = _tell(
        offered, container, ruled, [Passage(c, place=Place.METADATA) for c in corrections[:_MOST_STATED]], lift
    )
    return Body(
        paragraphs=tuple(paragraph for paragraph, _ in told),
        shown=tuple(block for _, block in told),
        notes=notes,
        deck=deck,
        entries=find_entries(page, [block.order for _, block in told], language=language, live=live),
        beside=_beside(offered, headline, notes),
        refusal=refuse(page, roles, tuple(paragraph for paragraph, _ in told), notes, known=_known(memory)),
    )


def _known(memory: Memory) -> tuple[Paragraph, ...]:
    return memory.story.paragraphs if memory.story else ()


def _is_outgrown(memory: Memory, found: Box) -> bool:
    """Whether the page holds an article where the last story was a line or two: a stub says nothing of what is text."""
    size = sum(len(told.text.encode()) for told in _known(memory))
    return 0 < size < _STUB and found.mass > _OUTGROWN * size


Offered = Sequence[tuple[Block, Role]]


def _with_lead_captions(offered: Offered, headline: str, memory: Memory) -> Offered:
    """Let the captions above the text be captions that stand near it, below the headline, or that are known as such."""
    first, _ = _ends(offered)
    above = [block for block, _ in offered if block.order < first][-_LEAD:]
    headed = [block.order for block in above if block.heading == 1 or block.folded == fold(headline)]
    start = headed[-1] if headed else first
    told = _known(memory)
    known = {fold(paragraph.text) for paragraph in told if paragraph.kind is ParagraphKind.CAPTION}
    near = [block for block in above if start < block.order and is_caption(block)]
    within = [block for block, role in offered if block.order >= first and role is Role.CAPTION]
    known -= {fold(without_source(block)) for block in (*near, *within)}

    def role_of(block: Block, role: Role) -> Role:
        if block.order >= first:
            return role
        if (start < block.order and is_caption(block)) or (known and fold(without_source(block)) in known):
            return Role.CAPTION
        return Role.PERIPHERY if role is Role.CAPTION and block.order < start else role

    return [(block, role_of(block, role)) for block, role in offered]


def _without_silent_captions(offered: Offered, page: Page) -> Offered:
    """Let the captions that tell nothing be no text; a note in one is found."""
    captions = [block for block, role in offered if role is Role.CAPTION]
    silent = find_silent(captions, frozenset(time.order for time in page.head.time_elements)) if captions else ()
    return [(block, Role.CHROME if block.order in silent else role) for block, role in offered] if silent else offered


def _tell(
    offered: Offered, container: Box, ruled: Collection[int], stated: list[Passage], lift: Lift
) -> tuple[list[tuple[Paragraph, Block]], tuple[Note, ...], str]:
    """Return the paragraphs, each with its block, the notes, and the deck.

    What stands above and below the body is searched apart from it: a time stamp there is the page's date line, which
    metadata reads, and no note.
    """
    first, last = _ends(offered)

    def passage(block: Block, role: Role) -> Passage:
        if block.box not in names:
            names[block.box] = _marks(block.box, container)
        own = tuple(name for mark in block.marks for name in mark.lower().split())
        marks = (_BY_RULE,) if block.order in ruled else own + names[block.box]
        position = min(1.0, max(0.0, (block.order - first) / max(1, last - first)))
        place = Place.CAPTION if role is Role.CAPTION else None
        heads = block.order + 1 in following and _heads(block, following[block.order + 1], container)
        set_off = block.bold or block.lead
        linked = block.link_share >= _WHOLLY
        return Passage(_parted(block), block.kind, position, marks, place, block.emphasis, set_off, heads, linked)

    names: dict[Box, tuple[str, ...]] = {}
    following = {block.order: block for block, _ in offered}
    inside = [
        (block, role)
        for block, role in offered
        if first <= block.order <= last or (role is Role.CAPTION and block.order < first)
    ]
    within = {block.order for block, _ in inside}
    above = [(block, role) for block, role in offered if block.order < first and block.order not in within]
    below = [(block, role) for block, role in offered if block.order > last]
    before, above_rests = lift([passage(block, role) for block, role in above])
    notes, rests = lift([passage(block, role) for block, role in inside])
    after, _ = lift([passage(block, role) for block, role in below])
    told = [
        (paragraph, block)
        for (block, role), rest in zip(inside, rests, strict=True)
        if (paragraph := _paragraph(block, role, block.text if rest == _parted(block) else rest)).text
    ]
    decks = [
        rest
        for (_, role), rest in zip((*above, *inside), (*above_rests, *rests), strict=True)
        if role is Role.DECK and not is_counter(rest)
    ]
    shown = (*_without_stamps(before), *notes, *_without_stamps(after))
    unshown = [passage for passage in stated if not any(passage.text in note.text for note in shown)]
    return told, (*shown, *lift(unshown)[0]), " ".join(filter(None, decks))


def _parted(block: Block) -> str:
    """Return a block's text with a blank behind a label in an element of its own, which only its style sets apart."""
    text, end = block.text, block.lead
    return f"{text[:end]} {text[end:]}" if text[end - 1 : end].islower() and text[end].isupper() else text


def _without_stamps(notes: Sequence[Note]) -> list[Note]:
    return [note for note in notes if note.family is not NoteFamily.TIMESTAMP]


def _heads(block: Block, follower: Block, container: Box) -> bool:
    """Whether a short block stands in one small box with the block behind it, as a label does with its text."""
    if len(block.text) > _LABEL:
        return False
    around = list(islice(follower.box.upward(), _STEPS))
    shared = next((box for box in islice(block.box.upward(), _STEPS) if box in around), container)
    return shared is not container and shared.length <= _SMALL_BOX


def _ends(offered: Offered) -> tuple[int, int]:
    """Return the places of the body's first and last block, captions below it included; a gallery is all captions.

    They are past the end of the page where there is neither.
    """
    body = [block.order for block, role in offered if role is Role.BODY]
    captions = [block.order for block, role in offered if _is_told(block, role)]
    if not body and not captions:
        return 1_000_000_000, 1_000_000_000
    return (body or captions)[0], max((*body[-1:], *captions[-1:]))


def _lift(passages: list[Passage], *, language: str, memory: Memory) -> tuple[tuple[Note, ...], tuple[str, ...]]:
    """Lift the notes; what a site's rules or the page's metadata call a note is one, whatever its words."""
    notes, rests = lift_notes(passages, language=language, seen_at=memory.seen_at, grammar=memory.grammar)
    more = {}
    for index, passage in enumerate(passages):
        if _BY_RULE in passage.marks and rests[index]:
            more[index] = Note(rests[index], NoteKind.AMENDMENT, place=passage.place or Place.MIDDLE, rule=_BY_RULE)
        elif passage.place is Place.METADATA and rests[index] == passage.text:
            more[index] = Note(passage.text, NoteKind.CORRECTION, place=passage.place, rule=_STATED)
    return (*notes, *more.values()), tuple("" if index in more else rest for index, rest in enumerate(rests))


def _paragraph(block: Block, role: Role, text: str) -> Paragraph:
    """Return what a block adds to the story; a text of "" is nothing."""
    if role is Role.BODY:
        return Paragraph(text, block.kind)
    if not _is_told(block, role):
        return Paragraph("", ParagraphKind.CAPTION)
    return Paragraph(without_source(block) if text == block.text else without_credit(text), ParagraphKind.CAPTION)


def _is_told(block: Block, role: Role) -> bool:
    """Whether a caption tells something: a credit alone does not."""
    return role is Role.CAPTION and is_caption(block) and without_source(block) != ""


def _marks(box: Box, container: Box) -> tuple[str, ...]:
    """Return the names of a box and those near it, up to the article: what is around that says nothing of it."""
    near = list(takewhile(lambda around: around is not container, box.upward(_NEAR)))
    inside = len(near) == _NEAR or (near[-1].parent if near else box) is container
    marks: list[str] = []
    for around in near:
        # An article's own footer is where its notes stand; the site's footer is where none does.
        if not inside or around.tag != "footer":
            marks.append(around.tag)
        marks += around.names.lower().split()
        if around.itemprop:
            marks.append(around.itemprop.lower())
    return tuple(marks)


def _beside(offered: Offered, headline: str, notes: Sequence[Note]) -> tuple[str, ...]:
    """Return the running text near the body: a note in words that no rule knows would stand here."""
    first, last = _ends(offered)
    headline = fold(headline)
    noted = " ".join(note.text for note in notes)
    near = [
        block.text
        for block, role in offered
        if role is Role.PERIPHERY
        and first - _BESIDE <= block.order <= last + _BESIDE
        and block.is_prose
        and block.link_share < 0.2
        and block.folded != headline
        and _parted(block) not in noted
    ]
    return tuple(near[:_MOST_BESIDE])
