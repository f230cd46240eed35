"""Take out of a body what other articles of the same site show too. Knows what is remembered, not what words say.

Newsrooms repeat a paragraph of background in many articles: that a text is repeated is not enough. It must stand at an
end of the body, or in another kind of box than the paragraphs around it; and what the last story held stays in it, as
else an article would lose a paragraph on the day on which a third one brings it. What one of its paragraphs became
stays as well: a figure of the background put right, after which it reads as in the other articles.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from revtrack.extraction.blocks import Block
from revtrack.extraction.memory import Memory
from revtrack.extraction.recall import MOST_GONE, is_edited, texts_as_told
from revtrack.extraction.role import Role
from revtrack.extraction.vocabulary import stable_names
from revtrack.text import fold, fold_glyphs

ARTICLES = 3
"""How many other articles of a site must show a text before it is taken for the site's own."""
_MOST_KNOWN = 400  # stories whose texts are kept in memory in compared form
_MOST = 1 / 3  # of a body: where more of it is repeated, the whole article is, under several addresses


def boilerplate_of(stories: Iterable[Iterable[str]]) -> frozenset[str]:
    """Return in compared form the texts that enough of a site's stories show, each given by those in and beside it."""
    shown = Counter(chain.from_iterable(_compared(tuple(story)) for story in stories))
    return frozenset(text for text, articles in shown.items() if articles >= ARTICLES)


@lru_cache(maxsize=_MOST_KNOWN)
def _compared(story: tuple[str, ...]) -> frozenset[str]:
    """Return the texts of a story in compared form; it is a neighbour of each article of its site that is read."""
    return frozenset(map(fold_glyphs, story))


def set_boilerplate_apart(blocks: list[Block], roles: list[Role], memory: Memory) -> None:
    """Turn the roles of repeated blocks from body to periphery, in place; what was beside the body stays beside."""
    beside = memory.story.beside if memory.story else ()
    if not memory.boilerplate and not beside:
        return
    held = {fold(paragraph.text) for paragraph in memory.story.paragraphs} if memory.story else set()
    body = [index for index, role in enumerate(roles) if role in (Role.BODY, Role.CAPTION)]
    new = memory.boilerplate.union(map(fold, beside)) - held
    texts = texts_as_told(blocks, memory.story) if memory.story else [block.folded for block in blocks]
    gone = sorted(held.difference(texts))[:MOST_GONE]
    repeated = {
        index for index in body if texts[index] in new and not any(is_edited(old, texts[index]) for old in gone)
    }
    size = sum(len(blocks[index].text) for index in repeated)
    if not repeated or size > _MOST * sum(len(blocks[index].text) for index in body):
        return
    kinds = Counter(_box_kind(blocks[index]) for index in body)
    usual, _ = kinds.most_common(1)[0]
    apart = {index for index in repeated if _box_kind(blocks[index]) != usual}
    for index in apart | _run(body, repeated) | _run(body[::-1], repeated):
        roles[index] = Role.PERIPHERY


def _box_kind(block: Block) -> tuple[str, ...]:
    """Return the tags and names of the box of a block, and of the one around it."""
    box, around = block.box, block.box.parent
    own = (box.tag, stable_names(box.names))
    return (*own, around.tag, stable_names(around.names)) if around else own


def _run(body: list[int], repeated: set[int]) -> set[int]:
    """Return the repeated blocks that one end of the body begins with."""
    run = set()
    for index in body:
        if index not in repeated:
            break
        run.add(index)
    return run
