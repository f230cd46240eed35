"""Let the last story speak for a page's blocks: what it held is text, what it never saw is doubted. Knows no words.

A page that is read again differs in what the site puts around and between the paragraphs. A paragraph that the last
story held is text still, whatever stands beside it now. A new text is one where it stands as the known ones do; in a
small box of a form that none of them has, it is something put in between, and is reported as standing beside.
"""

from collections import Counter
from itertools import takewhile
from operator import eq

from revtrack.extraction.blocks import Block, Box
from revtrack.extraction.captions import without_source
from revtrack.extraction.memory import Memory
from revtrack.extraction.role import Role
from revtrack.extraction.vocabulary import HEADING_TAGS, stable_names, words_in
from revtrack.model import ParagraphKind, Story
from revtrack.text import fold

_TEXT_TAGS = HEADING_TAGS | words_in("p ul ol li blockquote table tbody tr td th dl dt dd pre figure")
_TELLING = 40  # bytes of a paragraph that stands nowhere else by chance
_MOST = 0.6  # of the known paragraphs must be there: else this is another page
_MOST_PROSE = 900  # bytes in a box that is put in between
_HIGHEST = 60  # boxes around a block that are looked at
_NEAR = 8  # blocks below a heading, inserts among them
_ALIKE = 0.5  # of the longer of two texts, the same at both ends
_ROW = 2  # boxes side by side of one new form: more are units of the article, such as the entries of a live blog
_MOST_GONE = 100  # known paragraphs that the page no longer shows: what may have been edited
_APART = (Role.CHROME, Role.PERIPHERY)


def recall(blocks: list[Block], roles: list[Role], container: Box, memory: Memory) -> None:
    """Correct the roles of a page's blocks, in place, by what the last story held; without one, do nothing."""
    if memory.story is None or not memory.story.paragraphs:
        return
    known = {fold(paragraph.text) for paragraph in memory.story.paragraphs}
    texts = texts_as_told(blocks, memory.story)
    _restore(blocks, roles, container, known - _above(roles, texts, memory.story), texts)
    held = [index for index, role in enumerate(roles) if role is Role.BODY and texts[index] in known]
    if len({texts[index] for index in held}) < _MOST * len(known):
        return
    doubt = _Doubt([blocks[index].box for index in held], container)
    gone = sorted(known.difference(texts))[:_MOST_GONE]
    doubted: dict[int, Box] = {}
    for index, role in enumerate(roles):
        if role is Role.BODY and texts[index] not in known and (box := doubt.falls_on(blocks[index].box)):
            doubted[index] = box
    rows = Counter((box.parent, _form(box)) for box in set(doubted.values()))
    for index, box in doubted.items():
        if rows[box.parent, _form(box)] <= _ROW and not any(_is_edited(old, texts[index]) for old in gone):
            roles[index] = Role.PERIPHERY


def texts_as_told(blocks: list[Block], story: Story) -> list[str]:
    """Return the texts of blocks as a story would hold them, folded: its captions without who took the picture."""
    captions = tuple(_captions_of(story))
    return [
        fold(without_source(block)) if captions and block.folded.startswith(captions) else block.folded
        for block in blocks
    ]


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


class _Doubt:
    """Which boxes hold something new that does not stand as the known paragraphs do."""

    def __init__(self, boxes: list[Box], container: Box) -> None:
        """Take the boxes of the known paragraphs, one for each, and the box that is around them all."""
        ways = [set(takewhile(lambda box: box is not container, box.upward(_HIGHEST))) for box in boxes]
        self._around = set().union(*ways) | {container}
        self._forms = {_form(box) for box in self._around}
        shared = set.intersection(*ways) | {container}
        common = (box for box in boxes[0].upward(_HIGHEST) if box in shared and box.tag not in _TEXT_TAGS)
        inmost = next(common, container)
        self._outer = shared - set(inmost.children) - {inmost}

    def falls_on(self, box: Box) -> Box | None:
        """Return the box, or a small one around it, that has a form of no known paragraph or is out of their box."""
        for inner in box.upward(_HIGHEST):
            if inner in self._around:
                return box if inner in self._outer and _form(box) not in self._forms else None
            if inner.tag not in _TEXT_TAGS and _form(inner) not in self._forms and inner.mass <= _MOST_PROSE:
                return inner
        return None


def _is_edited(old: str, new: str) -> bool:
    """Whether one text begins and ends as the other does: a known paragraph with a word changed is no new one."""
    shared = _shared_start(old, new) + _shared_start(old[::-1], new[::-1])
    return shared >= _ALIKE * max(len(old), len(new))


def _shared_start(one: str, other: str) -> int:
    return sum(takewhile(bool, map(eq, one, other)))


def _form(box: Box) -> tuple[str, str]:
    return box.tag, stable_names(box.names)
