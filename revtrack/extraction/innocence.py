"""Acquit boxes whose names speak of chrome although most of the page's prose bears them. Knows no tags, no words.

A site that sells its articles calls every paragraph `paywall`, or hides all that only subscribers see until a script
has asked who reads. What hides a copy for another screen, or a window that waits, never holds most of the prose.
"""

from collections import Counter

from revtrack.extraction.blocks import Box, Page
from revtrack.extraction.vocabulary import Chrome

_MOST = 0.5  # of the prose of the page


def acquit(page: Page) -> None:
    """Correct, in place, what boxes are told to be by names that are borne by most of the page's prose.

    A block's prose speaks for its own box, or for the hidden one right around that.
    """
    telling: dict[Box, int] = {}
    for block in page.blocks:
        if not block.prose:
            continue
        box = block.box.parent if block.box.parent and block.box.parent.hidden else block.box
        if box.names and Chrome.NO < box.chrome < Chrome.ALIEN:
            telling[box] = telling.get(box, 0) + block.prose
    borne: Counter[str] = Counter()
    for box, mass in telling.items():
        for name in set(box.names.split()):
            borne[name] += mass
    innocent = tuple(sorted(name for name, mass in borne.items() if mass > _MOST * page.root.mass))
    if innocent:
        _clear(page.root, innocent)


def _clear(root: Box, innocent: tuple[str, ...]) -> None:
    known, pending = set(innocent), [root]
    while pending:
        box = pending.pop()
        pending.extend(box.children)
        if box.names and not known.isdisjoint(box.names.split()):
            box.hidden = False
            box.acquit((*box.innocent, *innocent))
