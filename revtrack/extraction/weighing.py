"""Sum up what stands in each box, and see which names of boxes tell of chrome on this page. Knows no parser."""

from collections import Counter

from revtrack.extraction.blocks import Box
from revtrack.extraction.vocabulary import Chrome, telling_names

_LARGE = 0.55  # of the prose of the page: a box that holds as much is no chrome


def weigh(boxes: list[Box]) -> None:
    """Sum prose, text, links and controls up the tree of a page's boxes, which are given in document order."""
    for box in reversed(boxes):
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


def clear_innocent(boxes: list[Box]) -> None:
    """Let names that the boxes of most of the page's prose bear, and names made from them, tell of chrome no longer.

    A site whose layout is called `sidebar-grid` has its articles in `sidebar-grid__content`.
    """
    borne: Counter[str] = Counter()
    for box in boxes:
        if box.mass and box.chrome is Chrome.YES and box.tag != "body":
            above = box.parent.names if box.parent else ""
            for name in set(telling_names(box.names)):
                if name not in above:
                    borne[name] += box.mass
    most = _LARGE * boxes[0].mass
    innocent = tuple(sorted(name for name, mass in borne.items() if mass > most))
    for box in boxes if innocent else ():
        box.acquit(innocent)
