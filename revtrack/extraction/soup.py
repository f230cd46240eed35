"""Walk a page that BeautifulSoup has parsed. Knows its tree, not what is read out of it.

Slow (10 times lxml's parser alone), but people write CSS selectors for it.
"""

from collections.abc import Iterable
from typing import Any, cast

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from revtrack.extraction.blocks import Box, Page
from revtrack.extraction.walk import BLOCK_TAGS, Walk


def walk_soup(soup: BeautifulSoup, chosen: Iterable[Tag] = ()) -> tuple[Page, dict[int, Box]]:
    """Return the page, and the boxes of the tags chosen, by the tag's `id()`; a chosen inline tag is made a block.

    No recursion: the stack would end before the nesting does.
    """
    walk, wanted, boxes = Walk(), {id(tag) for tag in chosen}, {}
    names: list[str] = [soup.name]
    open_tags: list[tuple[Tag, Any]] = [(soup, iter(soup.contents))]
    while open_tags:
        node = next(open_tags[-1][1], None)
        if node is None:
            open_tags.pop()
            walk.end(names.pop())
        elif isinstance(node, Tag):
            name = "div" if id(node) in wanted and node.name not in BLOCK_TAGS else node.name
            walk.start(name, cast("dict[str, str]", node.attrs))
            open_tags.append((node, iter(node.contents)))
            names.append(name)
            if id(node) in wanted and not walk.is_passing_over:
                boxes[id(node)] = walk.box
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            walk.data(str(node))
    return walk.close(), boxes
