"""The source of a page → its boxes and blocks, by lxml where it can, by BeautifulSoup where it must.

lxml is the fast parser. It gives up where elements nest deeper than about two thousand (only its error log tells) and
takes minutes over a tag with tens of thousands of attributes. So tags are shortened that hold absurdly many, towers of
start tags with nothing between them are lowered, and what is still too deep is read by BeautifulSoup over the standard
library's parser, which is slow and patient. No text of a page is lost in silence.
"""

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from revtrack.errors import NotAnArticleError
from revtrack.extraction.blocks import Page
from revtrack.extraction.walk import Walk

if TYPE_CHECKING:
    from bs4 import Tag

# A start tag as the HTML standard reads it: a quote opens a value only after "=". Linear, unclosed quotes included.
_VALUE = r"=\s*+(?:\"[^\"]*+\"|'[^']*+')?+"
_START_TAG = re.compile(rf"<[a-zA-Z](?:[^>=]++|{_VALUE})*+")
_QUOTED = re.compile(_VALUE)
_TAG_NAME = re.compile(r"<[a-zA-Z][^\s/>]{0,60}")
_LONG_TAG = 8_000  # characters outside of quotes: some 4,000 attributes, over which lxml takes 0.1 s
_TOWER = re.compile(r"((?:<[a-zA-Z][^<>]*+>\s*+){16})(?:<[a-zA-Z][^<>]*+>\s*+){16,}+")
_PATIENT_LIMIT = 4 * 2**20  # characters; BeautifulSoup takes some 20 µs and 1 KB an element


def parse(source: str) -> Page:
    """Return the page of an HTML source; an empty one gives a page without blocks.

    Raises NotAnArticleError for a page of megabytes that nests deeper than any parser reads in bounded time.
    """
    source = _without_huge_tags(source.replace("\0", ""))
    if not source.strip():
        return Walk().page()
    return _parse_fast(source) or _parse_fast(_TOWER.sub(r"\1", source)) or _parse_patiently(source)


def _without_huge_tags(source: str) -> str:
    """Take the attributes off tags that hold absurdly many: they are no text, and no parser is linear in them."""
    if max(map(len, _START_TAG.findall(source)), default=0) < _LONG_TAG:
        return source

    def shorten(match: re.Match[str]) -> str:
        tag = match.group()
        name = _TAG_NAME.match(tag)
        if name is None or len(tag) < _LONG_TAG or len(_QUOTED.sub("", tag)) < _LONG_TAG:
            return tag
        return name.group()

    return _START_TAG.sub(shorten, source)


def _parse_fast(source: str) -> Page | None:
    """Read by lxml; None where it says that it gave up."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if root is None or any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log.filter_from_fatals()):
        return None
    return _walk_lxml(root)


def _walk_lxml(root: etree._Element) -> Page:
    walk = Walk()
    events: Any = etree.iterwalk(root, events=("start", "end"))
    passed_over = None
    for event, element in events:
        if event == "start":
            if not walk.enter(element.tag, element, element.text or ""):
                passed_over = element
                events.skip_subtree()
            elif element.text:
                walk.say(element.text)
            continue
        if element is not passed_over:
            walk.leave(element.tag)
        if element.tail:
            walk.say(element.tail)
    return walk.page()


def _parse_patiently(source: str) -> Page:
    """Read by BeautifulSoup, which neither nesting nor broken markup stops. No recursion: the stack would end first."""
    if len(source) > _PATIENT_LIMIT:
        raise NotAnArticleError("the page", "it nests too deep for its size to be read")
    from bs4 import BeautifulSoup, NavigableString, Tag  # noqa: PLC0415 - costly, and one page in thousands needs it
    from bs4.element import PreformattedString  # noqa: PLC0415

    walk = Walk()
    soup = BeautifulSoup(source, "html.parser", multi_valued_attributes=None)
    open_tags: list[tuple[Tag, Any]] = [(soup, iter(soup.contents))]
    while open_tags:
        tag, rest = open_tags[-1]
        node = next(rest, None)
        if node is None:
            open_tags.pop()
            walk.leave(tag.name)
        elif isinstance(node, Tag):
            if walk.enter(node.name, _Attributes(node), _own_text(node)):
                open_tags.append((node, iter(node.contents)))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            walk.say(str(node))
    return walk.page()


def _own_text(tag: "Tag") -> str:
    return "".join(str(piece) for piece in tag.contents[:1] if isinstance(piece, str))


class _Attributes:
    """The attributes of a BeautifulSoup tag, each as one string, as `Walk` asks for them."""

    def __init__(self, tag: "Tag") -> None:
        self._tag = tag

    def get(self, name: str, /) -> str | None:
        value = self._tag.get(name)
        return None if value is None else str(value)
