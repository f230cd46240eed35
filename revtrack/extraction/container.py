"""Choose the box that holds the article's body. Knows boxes and their prose, not what the prose says.

From the root down, always into the child that holds nearly all of the prose, until paragraphs stand side by side.
Chrome names count only where the box is small: a body in `<div class="main-sidebar-wrapper">` is a body.
"""

from collections.abc import Iterable, Iterator

from revtrack.extraction.blocks import Box, Page
from revtrack.extraction.vocabulary import Chrome
from revtrack.text import fold

_DOMINANT = 0.72  # of the prose of a box: the child that holds it is the box to look into
_CHROME_LIMIT = 0.55  # of the prose of the page: a box named like chrome that holds more is no chrome
_ALIEN_LIMIT = 0.8
_HEADED_SHARE = 0.2
_OWN_PROSE = 0.12  # of the prose of a box, standing in paragraphs of its own: the body begins here
_NAMED_SHARE = 0.25  # enough for a child that is an <article>, <main> or articleBody
_TELLING = 40  # characters of a paragraph that stands nowhere else by chance
_MOST = 0.6  # of the known paragraphs
_COMPARED = 200  # of them: enough to tell the box
_ARTICLE_MASS = 300


def find_container(page: Page) -> Box:
    """Return the box whose blocks hold the body; the root where no prose is to be found."""
    prose = _weigh_prose(page)
    box, passed, outermost = page.root, 0, page.root
    while (inner := _step(box, prose)) is not None:
        beside = _beside(box, prose)
        outermost = outermost if passed else box
        passed += beside
        # Tags left open nest one paragraph in the other: what is passed by on the way in adds up to the body.
        if passed > _OWN_PROSE * prose[outermost]:
            return outermost
        box = inner
    return box


def keep_container(page: Page, found: Box, known: Iterable[str]) -> Box:
    """Return the box to read, given the texts of the paragraphs read last time.

    It is the found one while that holds most of them; else, where one box does, that box. An edit or a new sidebar that
    tips the scales between two boxes so never swaps the article for something else.
    """
    wanted = {fold(text) for text in known if len(text) > _TELLING}
    holders = [block.box for block in page.blocks if fold(block.text) in wanted] if wanted else []
    if len(holders) < _MOST * len(wanted) or sum(found in _upward(box) for box in holders) >= _MOST * len(holders):
        return found
    shared = set.intersection(*(set(_upward(box)) for box in holders[:_COMPARED]))
    return next((box for box in _upward(holders[0]) if box in shared), found)


def _upward(box: Box) -> Iterator[Box]:
    """Yield a box and those around it, the innermost first."""
    around: Box | None = box
    while around is not None:
        yield around
        around = around.parent


def _beside(box: Box, prose: dict[Box, int]) -> int:
    """Return the prose in the paragraphs of a box itself."""
    inside = [child for child in box.children if prose.get(child, 0)]
    own = prose[box] - sum(prose[child] for child in inside)
    return own + sum(prose[child] for child in inside if _is_leaf(child, prose))


def _weigh_prose(page: Page) -> dict[Box, int]:
    """Return the prose of each box without that of small boxes named like chrome; boxes with none are left out."""
    total = page.root.mass
    headed = {box for block in page.blocks if block.heading == 1 for box in _upward(block.box)}
    order, pending = [], [page.root]
    while pending:
        box = pending.pop()
        # What holds the headline and much of the prose is no chrome, whatever its names.
        if not box.mass or (_is_chrome(box, total) and not (box in headed and box.mass > _HEADED_SHARE * total)):
            continue
        order.append(box)
        pending.extend(box.children)
    prose: dict[Box, int] = {}
    for box in reversed(order):
        own = sum(len(block.text.encode()) for block in box.blocks if block.is_prose)
        prose[box] = own + sum(prose.get(child, 0) for child in box.children)
    return prose


def _is_chrome(box: Box, total: int) -> bool:
    if box.chrome is Chrome.ALIEN:
        return box.mass < _ALIEN_LIMIT * total
    return box.chrome is Chrome.YES and box.mass < _CHROME_LIMIT * total


def _step(box: Box, prose: dict[Box, int]) -> Box | None:
    """Return the child to go into, None where the body begins in this box."""
    mass = prose.get(box, 0)
    children = [child for child in box.children if prose.get(child, 0)]
    if not mass or not children:
        return None
    first = _first_article(children, prose)
    if first is not None:
        return first
    best = max(children, key=lambda child: prose[child])
    if _is_leaf(best, prose) or _beside(box, prose) > _OWN_PROSE * mass:
        return None
    twins = sum(1 for child in children if child.tag == best.tag and child.names == best.names)
    if prose[best] >= _DOMINANT * mass and (twins == 1 or not best.names):
        return best
    return _named_body(children, prose, mass)


def _named_body(children: list[Box], prose: dict[Box, int], mass: int) -> Box | None:
    """Return the only child that calls itself the article, where no child holds nearly all of the prose."""
    named = [child for child in children if child.tag in ("main", "article") or child.itemprop == "articleBody"]
    if len(named) != 1 or prose[named[0]] < _NAMED_SHARE * mass:
        return None
    before = children[: children.index(named[0])]  # an <article> that follows more prose is the next story
    return None if any(prose[child] > prose[named[0]] for child in before) else named[0]


def _is_leaf(box: Box, prose: dict[Box, int]) -> bool:
    """Whether the prose of this box stands in it directly, as in a paragraph."""
    return not any(prose.get(child, 0) for child in box.children)


def _first_article(children: list[Box], prose: dict[Box, int]) -> Box | None:
    """Return the first of several articles that stand side by side (infinite scroll), None if there are not several."""
    articles = [child for child in children if child.tag == "article" and prose[child] >= _ARTICLE_MASS]
    if len(articles) < 2 or sum(prose[child] for child in articles) < _DOMINANT * sum(
        prose[child] for child in children
    ):
        return None
    return articles[0]
