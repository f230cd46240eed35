"""Choose the box that holds the article's body. Knows boxes and their prose, not what the prose says.

From the root down, always into the child that holds nearly all of the prose, until paragraphs stand side by side.
Chrome names count only where the box is small: a body in `<div class="main-sidebar-wrapper">` is a body.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from revtrack.extraction.blocks import Box, Page
from revtrack.extraction.cards import find_cards
from revtrack.extraction.innocence import acquit
from revtrack.extraction.vocabulary import Chrome, stable_names
from revtrack.text import fold

Form = tuple[str, str]  # tag and names of a box, without what differs from one of its like to the next

_DOMINANT = 0.72  # of the prose of a box: the child that holds it is the box to look into
_CHROME_LIMIT = 0.55  # of the prose of the page: a box named like chrome that holds more is no chrome
_ALIEN_LIMIT = 0.8
_HEADED_SHARE = 0.2
_OWN_PROSE = 0.12  # of the prose of a box, standing in paragraphs of its own: the body begins here
_MOST_ENTERED = 0.5  # of the prose of the page
_NAMED_SHARE = 0.25  # enough for a child that is an <article>, <main> or articleBody
_LEAST_BESIDE_CARDS = 0.25  # of the prose: where cards hold more, they are the article's own entries
_TELLING = 40  # bytes, as a Han sign weighs three letters, of a paragraph that stands nowhere else by chance
_MOST = 0.6  # of the known paragraphs
_COMPARED = 200  # of them: enough to tell the box
_ARTICLE_MASS = 300
_MOST_ABOVE = 0.2  # of the page's prose, above the headline


def find_container(page: Page) -> Box:
    """Return the box whose blocks hold the body; the root where no prose is to be found.

    What its names say of each box is first corrected in place by `acquit`.
    """
    acquit(page)
    headed = {box for block in page.blocks if block.heading == 1 for box in block.box.upward()}
    prose = _weigh_prose(page, headed)
    box = outermost = _enter(page, prose, headed)
    passed = 0
    while (inner := _step(box, prose, headed)) is not None:
        beside = _beside(box, prose)
        outermost = outermost if passed else box
        passed += beside
        # Tags left open nest one paragraph in the other: what is passed by on the way in adds up to the body.
        if passed > _OWN_PROSE * prose[outermost]:
            return outermost
        box = inner
    return _with_parts(box, prose, headed)


def _enter(page: Page, prose: dict[Box, int], headed: set[Box]) -> Box:
    """Go from the page into its child with the headline and most of the prose: what stands beside that is the site's.

    Banners, consent and legal texts are put there in paragraphs of their own, and come and go.
    """
    box = page.root
    while box.tag in ("html", "body"):
        large = [child for child in box.children if prose.get(child, 0) >= _MOST_ENTERED * prose.get(box, 0) > 0]
        inner = next((child for child in large if child in headed or child.tag in ("main", "article", "body")), None)
        if inner is None:
            break
        box = inner
    return box


def _with_parts(box: Box, prose: dict[Box, int], headed: set[Box]) -> Box:
    """Return the box around a body if other parts of it stand beside it: above a picture, or below "continue reading".

    A part is a paragraph that stands there by itself, a box of the same name, or paragraphs with the same class name.
    What has a headline of its own and stands below is no part, but the next story.
    """
    inner, around = box, box.parent
    while around is not None and prose[around] == prose[box]:  # a wrapper, which no reader sees
        inner, around = around, around.parent
    if around is None:
        return box
    form = _form_of_prose(box, prose)
    forms = {form} | ({_form(box)} if box.names else set())
    below = False
    for part in around.children:
        below = below or part is inner
        if part is inner or not prose.get(part) or (below and part in headed):
            continue
        if _form(part) in forms or (form[1] and all(_has_form(within, form) for within in _within(part, prose))):
            return around
    return box


def _form(box: Box) -> Form:
    return box.tag, stable_names(box.names)


def _form_of_prose(box: Box, prose: dict[Box, int]) -> Form:
    """Return tag and name of the boxes that hold most of the prose directly, two empty strings if none do."""
    forms: Counter[Form] = Counter()
    for inner in _within(box, prose):
        forms[_form(inner)] += sum(block.prose for block in inner.blocks)
    form, mass = forms.most_common(1)[0]
    return form if mass > _MOST * prose[box] else ("", "")


def _has_form(box: Box, form: Form) -> bool:
    return _form(box) == form or not any(block.prose for block in box.blocks)


def _within(box: Box, prose: dict[Box, int]) -> Iterator[Box]:
    """Yield a box and those in it that hold prose."""
    pending = [box]
    while pending:
        inner = pending.pop()
        yield inner
        pending.extend(child for child in inner.children if prose.get(child))


def keep_container(page: Page, found: Box, known: Iterable[str]) -> Box:
    """Return the box to read, given the texts of the paragraphs read last time.

    It is the found one while that holds most of them; else, where one box does, that box. An edit or a new sidebar that
    tips the scales between two boxes so never swaps the article for something else.
    """
    wanted = {fold(text) for text in known if len(text.encode()) > _TELLING}
    holders: dict[str, list[Box]] = {}  # of each text; a page may hold some of them twice, for another screen
    for block in page.blocks if wanted else ():
        if block.folded in wanted:
            holders.setdefault(block.folded, []).append(block.box)
    inside = sum(any(found in box.upward() for box in boxes) for boxes in holders.values())
    if len(holders) < _MOST * len(wanted) or inside >= _MOST * len(holders):
        return found
    first = [boxes[0] for boxes in holders.values()][:_COMPARED]
    shared = set.intersection(*(set(box.upward()) for box in first))
    return next((box for box in first[0].upward() if box in shared), found)


def _beside(box: Box, prose: dict[Box, int]) -> int:
    """Return the prose in the paragraphs of a box itself."""
    inside = [child for child in box.children if prose.get(child, 0)]
    own = prose[box] - sum(prose[child] for child in inside)
    return own + sum(prose[child] for child in inside if _is_leaf(child, prose))


def _weigh_prose(page: Page, headed: set[Box]) -> dict[Box, int]:
    """Return the prose of each box without that of small boxes named like chrome; boxes with none are left out.

    `headed` are the boxes that hold an `<h1>`, here and below.
    """
    total = page.root.mass
    cards = find_cards(page)
    if total - sum(card.mass for card in cards) < _LEAST_BESIDE_CARDS * total and not _is_led(page, cards):
        cards = frozenset()
    order, pending = [], [page.root]
    while pending:
        box = pending.pop()
        # What holds the headline and much of the prose is no chrome, whatever its names.
        if (
            not box.mass
            or box in cards
            or (_is_chrome(box, total) and not (box in headed and box.mass > _HEADED_SHARE * total))
        ):
            continue
        order.append(box)
        pending.extend(box.children)
    prose: dict[Box, int] = {}
    start = _headline_order(page)
    for box in reversed(order):
        own = sum(block.prose for block in box.blocks if block.order >= start)
        prose[box] = own + sum(prose.get(child, 0) for child in box.children)
    return prose


def _headline_order(page: Page) -> int:
    """Return where the first `<h1>` stands, 0 where much prose comes before it: what is said above it is no body's."""
    first = next((block.order for block in page.blocks if block.heading == 1), 0)
    above = sum(block.prose for block in page.blocks[:first])
    return first if above < _MOST_ABOVE * page.root.mass else 0


def _is_led(page: Page, cards: frozenset[Box]) -> bool:
    """Whether prose stands below the headline before the first card: a brief, with teasers below it."""
    headed = False
    for block in page.blocks:
        if not cards.isdisjoint(block.box.upward()):
            return False
        if headed and block.prose:
            return True
        headed = headed or block.heading == 1
    return False


def _is_chrome(box: Box, total: int) -> bool:
    if box.chrome is Chrome.ALIEN:
        return box.mass < _ALIEN_LIMIT * total
    return box.chrome is Chrome.YES and box.mass < _CHROME_LIMIT * total


def _step(box: Box, prose: dict[Box, int], headed: set[Box]) -> Box | None:
    """Return the child to go into, None where the body begins in this box."""
    mass = prose.get(box, 0)
    children = [child for child in box.children if prose.get(child, 0)]
    if not mass or not children:
        return None
    first = _first_story(children, prose, headed)
    if first is not None:
        return first
    best = max(children, key=lambda child: prose[child])
    if _is_leaf(best, prose) or _beside(box, prose) > _OWN_PROSE * mass:
        return None
    twins = [child for child in children if child is not best and child not in headed and _form(child) == _form(best)]
    if prose[best] >= _DOMINANT * mass and not (twins and best.names):
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


def _first_story(children: list[Box], prose: dict[Box, int], headed: set[Box]) -> Box | None:
    """Return the first of several stories that stand side by side (infinite scroll), None if there are not several.

    They are `<article>`s, or boxes with an `<h1>` each.
    """
    large = [child for child in children if prose[child] >= _ARTICLE_MASS]
    articles = [child for child in large if child.tag == "article"]
    stories = articles if len(articles) > 1 else [child for child in large if child in headed and child.tag != "header"]
    if len(stories) < 2 or sum(prose[child] for child in stories) < _DOMINANT * sum(prose[child] for child in children):
        return None
    return stories[0]
