"""Find an article's paragraphs in the source of its page, and splice changes into that source. Knows no extractor.

Pages are never parsed and written again: what a change does not touch stays as the server sent it, to the byte.
"""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul
    """.split(),  # noqa: SIM905
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
_TABLE = frozenset("html body table tbody thead tr td th ul ol dl".split())  # noqa: SIM905
_TOKEN = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style|noscript|template|iframe|svg|textarea|title|select|button)\b.*?</(?P=raw)\s*>"
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z][^\s/>]*)(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>|<[!?][^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_MARKUP = re.compile(r"<[^>]*>")
_LANGUAGE = re.compile(r"<html[^>]*?\slang\s*=\s*[\"']?([a-zA-Z]{2})", re.IGNORECASE)
_LEAST = 50  # bytes of a paragraph that stands nowhere else by chance

Splice = tuple[int, int, str]
"""From, to, and what to put there instead."""


@dataclass(slots=True, eq=False)
class Element:
    """An element's place in the source: its start tag at `start`, its content from `inner` to `close`, its `end`."""

    tag: str
    start: int
    inner: int
    parent: "Element | None"
    close: int = -1
    end: int = -1


@dataclass(slots=True, eq=False)
class Run:
    """A run of text between two edges of blocks, `inner` to `close`; with what wraps it alone, `start` to `end`."""

    inner: int
    close: int
    owner: Element
    text: str
    start: int = -1
    end: int = -1


@dataclass(eq=False)
class Article:
    """The body's paragraphs as they stand in a page's source, and the innermost element that holds most of them."""

    source: str
    paragraphs: list[Run]
    container: Element
    outline: "Outline"

    @cached_property
    def language(self) -> str:
        """The two letters by which the page names its language; English where it names none."""
        named = _LANGUAGE.search(self.source[:5000])
        return named[1].lower() if named else "en"

    @property
    def first(self) -> Run:
        """The first paragraph."""
        return self.paragraphs[0]

    @property
    def middle(self) -> Run:
        """The paragraph in the middle."""
        return self.paragraphs[(len(self.paragraphs) - 1) // 2]

    @property
    def last(self) -> Run:
        """The last paragraph."""
        return self.paragraphs[-1]

    @property
    def neighbours(self) -> list[tuple[Run, Run]]:
        """The pairs of paragraphs that follow each other."""
        return list(pairwise(self.paragraphs))

    @cached_property
    def places(self) -> dict[str, int]:
        """Where things can be put in: `top` and `bottom` of the page, `above` and `below` the article, and inside."""
        opened = re.search(r"<body\b[^>]*>", self.source, re.IGNORECASE)
        closed = self.source.lower().rfind("</body")
        container = self.container
        inside = container.tag in _TABLE
        return {
            "top": opened.end() if opened else 0,
            "above": container.inner if inside else container.start,
            "before": self.first.start,
            "second": self.first.end,
            "middle": self.middle.end,
            "after": self.last.end,
            "below": container.close if inside else container.end,
            "bottom": closed if closed >= 0 else len(self.source),
        }


@dataclass(slots=True)
class Outline:
    """The elements and the runs of text of a page, in the order of the source."""

    source: str
    elements: list[Element] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)


def splice(source: str, splices: Iterable[Splice]) -> str:
    """Return the source with all splices made; of two that overlap the later is left out."""
    pieces, at = [], 0
    for start, end, text in sorted(splices, key=lambda one: (one[0], one[1])):
        if start < at:
            continue
        pieces += [source[at:start], text]
        at = end
    return "".join((*pieces, source[at:]))


def key(text: str) -> str:
    """Return the letters and digits of a text, and nothing else, for comparing."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def locate(source: str, body: str) -> Article | None:
    """Return where the paragraphs of a known body stand in the source, None where fewer than two are found."""
    outline, known = read_outline(source), key(body)
    found: dict[str, Run] = {}
    for run in outline.runs:
        if len(run.text.encode()) >= _LEAST and (folded := key(run.text)) and folded in known:
            found.setdefault(folded, run)
    holders = Counter(element for run in found.values() for element in upward(run.owner))
    wide = [element for element, held in holders.items() if held >= 0.8 * len(found)]
    if not wide:
        return None
    container = max(wide, key=lambda element: (sum(1 for _ in upward(element)), element.start))
    paragraphs = [run for run in found.values() if container in upward(run.owner)]
    if len(paragraphs) < 2:
        return None
    if len({run.owner for run in paragraphs}) == 1:
        container = paragraphs[0].owner
    for run in paragraphs:
        _widen(run, container, source)
    return Article(source, paragraphs, container, outline)


def upward(element: Element) -> Iterator[Element]:
    """Yield an element and those around it, the innermost first."""
    around: Element | None = element
    while around is not None:
        yield around
        around = around.parent


def _widen(run: Run, container: Element, source: str) -> None:
    """Widen a run to the outermost element that holds nothing but it."""
    run.start, run.end = run.inner, run.close
    for element in upward(run.owner):
        if element is container or key(_shown(source[element.inner : element.close])) != key(run.text):
            return
        run.start, run.end = element.start, element.end


def read_outline(source: str) -> Outline:
    """Return the elements and runs of text of a page. Tolerant: what is never closed ends with what is around it."""
    return _Reader(source).read()


def _shown(markup: str) -> str:
    return " ".join(html.unescape(_MARKUP.sub("", markup)).split())


class _Reader:
    """Reads the outline in one pass over the tags."""

    def __init__(self, source: str) -> None:
        self.outline = Outline(source)
        self.current = self.root = Element("html", 0, 0, None, len(source), len(source))
        self.edge = 0  # where the last block ended or began
        self.broken: tuple[int, int] | None = None  # the last <br>

    def read(self) -> Outline:
        source = self.outline.source
        for token in _TOKEN.finditer(source):
            tag = (token["tag"] or "").lower()
            if tag == "br":
                self._break(token)
            elif token["close"]:
                self._close(tag, token)
            elif tag and tag not in _VOID:
                self._open(tag, token)
            elif tag == "hr":
                self._edge(token.start(), token.end())
        self._edge(len(source), len(source))
        for element in upward(self.current):
            if element is not self.root:
                element.close = element.end = len(source)
        return self.outline

    def _edge(self, before: int, after: int) -> None:
        """End the run of text before a tag; the next begins behind it."""
        source = self.outline.source
        markup = source[self.edge : before]
        text = _shown(_TOKEN.sub(_keep_inline, markup)) if "<" in markup else _shown(markup)
        if text:
            start = self.edge + len(markup) - len(markup.lstrip())
            self.outline.runs.append(Run(start, self.edge + len(markup.rstrip()), self._block(), text))
        self.edge, self.broken = after, None

    def _block(self) -> Element:
        return next(element for element in upward(self.current) if element.tag in BLOCKS)

    def _break(self, token: re.Match[str]) -> None:
        if self.broken and not self.outline.source[self.broken[1] : token.start()].strip():
            self._edge(self.broken[0], token.end())
        self.broken = token.span()

    def _open(self, tag: str, token: re.Match[str]) -> None:
        if tag in BLOCKS:
            self._edge(token.start(), token.end())
            implied = {"li": "li", "tr": "tr", "td": "td", "dt": "dd", "dd": "dt"}.get(tag, "p")
            if self._block().tag in {"p", implied} - ({"p"} if tag in {"body", "html"} else set()):
                self._leave(self._block(), token.start(), token.start())
        self.current = Element(tag, token.start(), token.end(), self.current)
        self.outline.elements.append(self.current)
        if token.group().endswith("/>"):
            self._leave(self.current, token.end(), token.end())

    def _close(self, tag: str, token: re.Match[str]) -> None:
        if tag in BLOCKS:
            self._edge(token.start(), token.end())
        for element in upward(self.current):
            if element.tag == tag and element is not self.root:
                self._leave(element, token.start(), token.end())
                return
            if element.tag in {"td", "table", "body"} and tag not in {"tr", "table", "body", "html", "tbody"}:
                return  # an end tag without a start

    def _leave(self, element: Element, close: int, end: int) -> None:
        for inner in upward(self.current):
            inner.close, inner.end = close, end if inner is element else close
            if inner is element:
                break
        self.current = element.parent or self.root


def _keep_inline(token: re.Match[str]) -> str:
    """Take out scripts and comments whole; of `<br>` leave a blank."""
    return " " if (token["tag"] or "").lower() == "br" else ""
