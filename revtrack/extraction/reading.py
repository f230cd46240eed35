"""One page → one story: parse, choose the body, lift the notes, read the metadata. Pure: no clock, no network."""

from collections.abc import Callable, Sequence
from functools import partial

from revtrack.errors import NotAnArticleError
from revtrack.extraction.blocks import Block, Box, Page
from revtrack.extraction.charset import decode
from revtrack.extraction.container import find_container, keep_container
from revtrack.extraction.memory import Memory
from revtrack.extraction.metadata import Metadata, read_metadata
from revtrack.extraction.parsing import parse
from revtrack.extraction.phrases import is_credit
from revtrack.extraction.refusal import refuse
from revtrack.extraction.roles import Role, assign_roles
from revtrack.extraction.stamp import STAMP
from revtrack.extraction.structured import Structured, read_structured
from revtrack.model import Note, NoteFamily, Paragraph, ParagraphKind, Place, Story
from revtrack.notes import Passage, lift_notes

Lift = Callable[[list[Passage]], tuple[tuple[Note, ...], tuple[str, ...]]]

_NEAR = 4  # boxes around a block whose names speak for it


def extract(
    html: bytes | str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    memory: Memory | None = None,
) -> Story:
    """Read the story out of a page.

    `html` is the page as received, codings of transport removed; `content_type` the HTTP header's value, `url` where
    the page was had from. `memory` is what is known of the article and its site. Raises NotAnArticleError where there
    is no article in the page.
    """
    name = url or "the page"
    source = decode(html, content_type) if isinstance(html, bytes) else html
    page = parse(source)
    structured = read_structured(page.head.structured)
    metadata = read_metadata(page, structured, url)
    container = find_container(page)
    boilerplate = memory.boilerplate if memory else frozenset()
    if memory and memory.story:
        container = keep_container(page, container, (paragraph.text for paragraph in memory.story.paragraphs))
    roles = assign_roles(page, container, headline=metadata.headline, boilerplate=boilerplate)
    lift = partial(lift_notes, language=metadata.language, seen_at=memory.seen_at if memory else None)
    notes, paragraphs = _lift(page, roles, container, structured, lift)
    reason = refuse(page, roles, paragraphs, notes)
    if reason:
        raise NotAnArticleError(name, reason)
    return _story(metadata, paragraphs, notes)


def _story(metadata: Metadata, paragraphs: tuple[Paragraph, ...], notes: tuple[Note, ...]) -> Story:
    published = next((stamp.at for stamp in metadata.stamps if stamp.what == "published"), None)
    modified = next((stamp.at for stamp in metadata.stamps if stamp.what == "modified"), None)
    return Story(
        headline=metadata.headline,
        deck="" if any(paragraph.text == metadata.deck for paragraph in paragraphs) else metadata.deck,
        byline=metadata.byline,
        published=published,
        modified=modified,
        language=metadata.language,
        paragraphs=paragraphs,
        notes=notes,
        canonical_url=metadata.canonical_url,
        site=metadata.site,
        section=metadata.section,
        stamps=metadata.stamps,
        extractor=STAMP,
    )


def _lift(
    page: Page,
    roles: Sequence[Role],
    container: Box,
    structured: Structured,
    lift: Lift,
) -> tuple[tuple[Note, ...], tuple[Paragraph, ...]]:
    """Offer every block that may carry a note; what remains of the body's blocks is the story.

    What stands above and below the body is searched apart from it: a time stamp there is the page's date line, which
    metadata reads, and no note.
    """
    offered = [(block, role) for block, role in zip(page.blocks, roles, strict=True) if role is not Role.CHROME]
    body = [block.order for block, role in offered if role is Role.BODY]
    first, last = (body[0], body[-1]) if body else (len(page.blocks), len(page.blocks))
    above = [_passage(block, role, first, last, container) for block, role in offered if block.order < first]
    below = [_passage(block, role, first, last, container) for block, role in offered if block.order > last]
    below += [Passage(text, place=Place.METADATA) for text in structured.corrections]
    inside = [(block, role) for block, role in offered if first <= block.order <= last]
    notes, rests = lift([_passage(block, role, first, last, container) for block, role in inside])
    paragraphs = tuple(
        Paragraph(rest, block.kind)
        for (block, role), rest in zip(inside, rests, strict=True)
        if rest and (role is Role.BODY or _is_told(block, role))
    )
    around = [
        [note for note in lift(beside)[0] if note.family is not NoteFamily.TIMESTAMP] for beside in (above, below)
    ]
    return (*around[0], *notes, *around[1]), paragraphs


def _is_told(block: Block, role: Role) -> bool:
    """Whether a caption tells something: a credit alone does not."""
    return role is Role.CAPTION and block.kind is ParagraphKind.CAPTION and not is_credit(block.text)


def _passage(block: Block, role: Role, first: int, last: int, container: Box) -> Passage:
    position = min(1.0, max(0.0, (block.order - first) / max(1, last - first)))
    place = Place.CAPTION if role is Role.CAPTION else None
    return Passage(block.text, block.kind, position, tuple(_marks(block, container)), place, block.emphasis)


def _marks(block: Block, container: Box) -> list[str]:
    """Return the names of the boxes near a block, up to the article: what is around that says nothing of the block."""
    marks = [name for mark in block.marks for name in mark.lower().split()]
    box: Box | None = block.box
    near: list[Box] = []
    while box is not None and box is not container and len(near) < _NEAR:
        near.append(box)
        box = box.parent
    inside = box is container or len(near) == _NEAR
    for box in near:
        # An article's own footer is where its notes stand; the site's footer is where none does.
        tags = () if inside and box.tag == "footer" else (box.tag,)
        marks += [*tags, *box.names.lower().split(), box.itemprop.lower()]
    return [mark for mark in marks if mark]
