"""Sum up what stands in each box, and see which names of boxes tell of chrome on this page. Knows no parser."""

from collections import Counter

from revtrack.extraction.blocks import Box
from revtrack.extraction.vocabulary import Chrome, telling_names

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
            block.weigh()
            box.length += len(block.text)
            box.linked += block.linked
            box.mass += block.prose
            box.headings += block.heading > 0
        above = box.parent
        if above is None:
            continue
        if box.length:
            above.length += box.length
            above.linked += box.linked
            above.mass += box.mass
            above.headings += box.headings
        if box.controls:
            above.controls += box.controls
            above.fields += box.fields
        if box.images or box.icons:
            above.images += box.images
            above.icons += box.icons


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
            for name in set(telling_names(box.names)):
                if name not in above:
                    borne[name] += box.mass
    innocent = tuple(sorted(name for name, mass in borne.items() if mass > _LARGE * root.mass))
    if not innocent:
        return
    pending = [root]
    while pending:
        box = pending.pop()
        pending.extend(box.children)
        box.acquit(innocent)
