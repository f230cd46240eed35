"""Let the last story speak for a page's blocks: what it held is text. Knows no words.

A page that is read again differs in what the site puts around and between the paragraphs. A paragraph that the last
story held is text still, whatever stands beside it now. A new text is text as well, but above the first known paragraph
in a small box of a form that no known one has: there it is put before the article, and reported as standing beside. To
doubt such boxes everywhere kept hardly a change of chrome out that the rules of form let in, and took notes and
paragraphs in boxes of their own with it.
"""

from collections import Counter
from collections.abc import Container, Iterator
from itertools import takewhile
from operator import eq

from revtrack.extraction.blocks import Block, Box
from revtrack.extraction.captions import without_source
from revtrack.extraction.lines import TEXT_TAGS
from revtrack.extraction.memory import Memory
from revtrack.extraction.role import Role
from revtrack.extraction.vocabulary import stable_names
from revtrack.model import ParagraphKind, Story
from revtrack.text import fold

_TELLING = 40  # bytes of a paragraph that stands nowhere else by chance
_HIGHEST = 60  # boxes around a block that are looked at
_NEAR = 8  # blocks below a heading, inserts among them
_MOST_PROSE = 900  # bytes in a box that is put in between
_ROW = 2  # boxes of one new form: more are units of the article, such as the entries of a live blog
_ALIKE = 0.5  # of the longer of two texts, the same at both ends
MOST_GONE = 100
"""Known paragraphs that the page no longer shows, at most: what may have been edited."""
_APART = (Role.CHROME, Role.PERIPHERY)

Form = tuple[str, str]


def recall(blocks: list[Block], roles: list[Role], container: Box, memory: Memory) -> None:
    """Correct the roles of a page's blocks, in place, by what the last story held; without one, do nothing."""
    if memory.story is None or not memory.story.paragraphs:
        return
    known = {fold(paragraph.text) for paragraph in memory.story.paragraphs}
    texts = texts_as_told(blocks, memory.story)
    _restore(blocks, roles, container, known - _above(roles, texts, memory.story), texts)
    _set_apart_above(blocks, roles, container, known, texts)


def texts_as_told(blocks: list[Block], story: Story) -> list[str]:
    """Return the texts of blocks as a story would hold them, folded: its captions without who took the picture."""
    captions = tuple(_captions_of(story))
    return [
        fold(without_source(block)) if captions and block.folded.startswith(captions) else block.folded
        for block in blocks
    ]


def is_edited(old: str, new: str) -> bool:
    """Whether one text begins and ends as the other does: a known paragraph with a word changed is no new one."""
    same = _shared_start(old, new) + _shared_start(old[::-1], new[::-1])
    return same >= _ALIKE * max(len(old), len(new))


def _shared_start(one: str, other: str) -> int:
    return sum(takewhile(bool, map(eq, one, other)))


def _captions_of(story: Story) -> set[str]:
    return {fold(paragraph.text) for paragraph in story.paragraphs if paragraph.kind is ParagraphKind.CAPTION}


def _above(roles: list[Role], texts: list[str], story: Story) -> set[str]:
    """Return the known captions that stand above the text: what is a caption there is told by its place, later."""
    above = takewhile(lambda index: roles[index] is not Role.BODY, range(len(roles)))
    return _captions_of(story).intersection(texts[index] for index in above)


def _restore(blocks: list[Block], roles: list[Role], container: Box, known: set[str], texts: list[str]) -> None:
    """Give known paragraphs back that stand in the container and were taken for something else, and their headings."""
    missing = known - {text for text, role in zip(texts, roles, strict=True) if role not in _APART}
    for index in range(len(blocks) - 1, -1, -1):
        if texts[index] not in missing or container not in blocks[index].box.upward(_HIGHEST):
            continue
        heads = blocks[index].heading > 0 and Role.BODY in roles[index + 1 : index + _NEAR]
        if heads or len(texts[index].encode()) > _TELLING:
            roles[index] = Role.BODY
            missing.discard(texts[index])


def _set_apart_above(blocks: list[Block], roles: list[Role], container: Box, known: set[str], texts: list[str]) -> None:
    """Set apart what is new in a strange box above all known text, unless it is what a known paragraph became."""
    body = [index for index, role in enumerate(roles) if role is Role.BODY]
    held = [index for index in body if texts[index] in known]
    if not held:
        return
    gone = sorted(known.difference(texts))[:MOST_GONE]
    familiar = {_form(box) for index in held for box in _around(blocks[index], container)}
    ((usual, _),) = Counter(_form(blocks[index].box) for index in held).most_common(1)
    start = next(index for index in held if _form(blocks[index].box) == usual)  # a deck stands above it
    before = [index for index in body if index < start and texts[index] not in known]
    fresh = [index for index in before if not any(is_edited(old, texts[index]) for old in gone)]
    above = {index: box for index in fresh if (box := _strange(blocks[index], container, familiar))}
    rows = Counter(map(_form, set(above.values())))
    for index, box in above.items():
        if rows[_form(box)] <= _ROW:
            roles[index] = Role.PERIPHERY


def _around(block: Block, container: Box) -> Iterator[Box]:
    return takewhile(lambda box: box is not container, block.box.upward(_HIGHEST))


def _strange(block: Block, container: Box, familiar: Container[Form]) -> Box | None:
    """Return the small box around a block that has a form which is not familiar."""
    boxes = (box for box in _around(block, container) if box.tag not in TEXT_TAGS and box.mass <= _MOST_PROSE)
    return next((box for box in boxes if _form(box) not in familiar), None)


def _form(box: Box) -> Form:
    return box.tag, stable_names(box.names)
