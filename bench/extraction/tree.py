"""A page as a tree that scripts and editors rewrite: its paragraphs, and where things are put. Knows no extractor.

The other sets splice into the source; here a page is parsed, changed as a script in the browser or a content system
changes it, and written again. Both looks are written by the same hand, so that they differ by the change alone.
"""

from copy import deepcopy
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from lxml import etree, html

from bench.extraction.given import Given
from bench.extraction.splicing import BLOCKS, Article, key

Node = html.HtmlElement


@dataclass(slots=True)
class Page:
    """A page of its own to change: its tree, the paragraphs that are elements, the box that holds most of them."""

    tree: Node
    body: Node
    paragraphs: list[Node]
    box: Node
    headline: Node | None
    language: str

    @property
    def plain(self) -> list[Node]:
        """The paragraphs of text alone."""
        return [one for one in self.paragraphs if len(one) == 0 and one.text]

    def empty_like(self, one: Node) -> Node:
        """Return an element as empty as it is like another."""
        return self.tree.makeelement(one.tag, dict(one.attrib))

    def put(self, place: str, markup: str) -> bool:
        """Put markup somewhere; False where the page has no such place."""
        made = html.fragments_fromstring(f"<div>{markup}</div>")[0]
        spot = self._spot(place)
        if spot is None:
            return False
        parent, at = spot
        for number, element in enumerate(made):
            parent.insert(at + number, element)
        return True

    def _spot(self, place: str) -> tuple[Node, int] | None:
        """Return a parent and a number among its children."""
        if place.startswith("in "):
            within = {"in first": 0, "in middle": len(self.paragraphs) // 2, "in last": -1}[place]
            return self.paragraphs[within], len(self.paragraphs[within])
        row, count = self.paragraphs, len(self.paragraphs)
        beside = {
            "before": (row[0], 0),
            "second": (row[min(1, count - 1)], 1),
            "middle": (row[count // 2], 1),
            "late": (row[max(0, count - 2)], 1),
            "after": (row[-1], 1),
            "above": (self.box, 0),
            "below": (self.box, 1),
            "under headline": (self.headline, 1),
        }
        if place in ("top", "bottom"):
            return self.body, 0 if place == "top" else len(self.body)
        element, offset = beside[place]
        if place in ("above", "below") and self.box is self.body:
            return self.body, 0 if place == "above" else len(self.body)
        parent = None if element is None else element.getparent()
        return None if parent is None else (parent, _free_tail(parent, element) + offset)


def _free_tail(parent: Node, element: Node) -> int:
    """Return an element's number; text behind it gets a box of its own, lest an insert come between."""
    if element.tail and element.tail.strip():
        text = parent.makeelement("span")
        text.text, element.tail = element.tail, None
        element.addnext(text)
    return int(parent.index(element))


def rewritten(given: Given) -> Given:
    """Return a page as it is when it was parsed and written again."""
    return replace(given, html=written(parsed(given.html)))


def parsed(source: str) -> Node:
    """Return the tree of a page."""
    return html.document_fromstring(source.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))


def written(tree: Node) -> str:
    """Return the source of a tree."""
    return "<!DOCTYPE html>\n" + str(html.tostring(tree, encoding="unicode"))


def page_of(article: Article) -> Page | None:
    """Return a fresh page to change; None where fewer than three paragraphs are elements of their own in one box."""
    known = tuple(run.text for run in article.paragraphs)
    tree, paths = _located(article.source, known)
    if len(paths) < 3:
        return None
    copy = deepcopy(tree)
    paragraphs = [copy.getroottree().xpath(path)[0] for path in paths]
    body = copy.find("body")
    if body is None or paragraphs[0].getparent() is None:
        return None
    return Page(copy, body, paragraphs, paragraphs[0].getparent(), _headline(copy, paragraphs[0]), article.language)


@lru_cache(maxsize=4)
def _located(source: str, known: tuple[str, ...]) -> tuple[Node, tuple[str, ...]]:
    """Return a page's tree and the paths to those known paragraphs that stand in one box, the fullest."""
    tree = parsed(source)
    wanted = {key(text) for text in known}
    found: dict[str, Node] = {}
    for element in tree.iter(etree.Element):
        if element.tag not in BLOCKS or element.tag in ("script", "style"):
            continue
        text = key("".join(element.itertext()))
        if text in wanted and (text not in found or found[text] in element.iterancestors()):
            found[text] = element
    boxes: dict[Node, list[Node]] = {}
    for element in found.values():
        boxes.setdefault(element.getparent(), []).append(element)
    row = max(boxes.values(), key=len, default=[])
    path = tree.getroottree().getpath
    return tree, tuple(path(element) for element in row)


def _headline(tree: Node, first: Node) -> Node | None:
    """Return the last `<h1>` before the first paragraph."""
    headline = None
    for element in tree.iter("h1", first.tag):
        if element is first:
            break
        if element.tag == "h1" and len(element.text_content().split()) > 2:
            headline = element
    return headline


def wrap(one: Node, box: Node, inner: Node | None = None) -> None:
    """Put an element into a box where it stands, or into one within that box; the text behind it stays behind."""
    one.addprevious(box)
    box.tail, one.tail = one.tail, None
    (box if inner is None else inner).append(one)


def put_behind(one: Node, other: Node) -> None:
    """Put another element behind one, before the text that stands there."""
    other.tail, one.tail = one.tail, None
    one.addnext(other)


def scrambled(random: Random) -> str:
    """Return a class name of a build: it tells nothing and lasts until the next release."""
    letters = "bcdfghjkmnpqrstvwxz"
    form = random.choice(("css-{}", "sc-{} {}", "{}_{}__x", "{}", "jsx-{} {}"))
    return form.format(*("".join(random.choices(letters + "0123456789", k=6)) for _ in range(2)))


def address(random: Random) -> str:
    """Return the path of some page of the site."""
    return f"/{random.choice(('news', 'local', 'culture', 'a'))}/{random.randrange(10**5, 10**6)}.html"
