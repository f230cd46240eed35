"""Sum up what stands in each box, and see which names of boxes tell of chrome on this page. Knows no parser."""

from collections import Counter

from revtrack.extraction.blocks import Box
from revtrack.extraction.vocabulary import Chrome, chrome_of, telling_names

_LARGE = 0.55  # of the prose of the page: a box that holds as much is no chrome


def weigh(root: Box) -> None:
    """Sum prose, text, links and controls up the tree; no recursion, as hostile pages nest deeper than the stack."""
    order, pending = [], [root]
    while pending:
        box = pending.pop()
        order.append(box)
        pending.extend(box.children)
    for box in reversed(order):
        for block in box.blocks:
            box.length += len(block.text)
            box.linked += block.linked
            box.mass += len(block.text.encode()) if block.is_prose else 0
            box.headings += block.heading > 0
        if box.parent is not None:
            box.parent.length += box.length
            box.parent.linked += box.linked
            box.parent.mass += box.mass
            box.parent.controls += box.controls
            box.parent.images += box.images
            box.parent.headings += box.headings


def clear_innocent(root: Box) -> None:
    """Let names that the boxes of most of the page's prose bear, and names made from them, tell of chrome no longer.

    A site whose layout is called `sidebar-grid` has its articles in `sidebar-grid__content`.
    """
    borne: Counter[str] = Counter()
    pending = [root]
    while pending:
        box = pending.pop()
        pending.extend(child for child in box.children if child.mass)
        if box.chrome is Chrome.YES and box.tag != "body":
            above = box.parent.names if box.parent else ""
            borne.update({name: box.mass for name in telling_names(box.names) if name not in above})
    innocent = tuple(sorted(name for name, mass in borne.items() if mass > _LARGE * root.mass))
    if not innocent:
        return
    pending = [root]
    while pending:
        box = pending.pop()
        pending.extend(box.children)
        if box.names and box.chrome >= Chrome.YES and not box.hidden:
            box.chrome = chrome_of(box.tag, box.names, box.role, innocent)
