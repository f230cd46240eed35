"""The source of a page → its boxes and blocks, by lxml. Knows no HTML but what would make the parser slow.

The parser tells the walk what it meets and builds no tree: so nesting has no limit, no text is lost in silence, and a
page costs little more memory than its source.
"""

import re
from typing import Any, cast

from lxml import etree

from revtrack.extraction.blocks import Page
from revtrack.extraction.walk import Walk

# A start tag as the HTML standard reads it: a quote opens a value only after "=". Linear, unclosed quotes included.
_VALUE = r"=\s*+(?:\"[^\"]*+\"|'[^']*+')?+"
_START_TAG = re.compile(rf"<[a-zA-Z](?:[^>=]++|{_VALUE})*+")
_QUOTED = re.compile(_VALUE)
_TAG_NAME = re.compile(r"<[a-zA-Z][^\s/>]{0,60}")
_LONG_TAG = 8_000  # characters outside of quotes: some 4,000 attributes, over which lxml takes 0.1 s
_IS_QUADRATIC = etree.LIBXML_VERSION < (2, 14)  # in the attributes of one tag


def parse(source: str | bytes) -> Page:
    """Return the page of an HTML source, in UTF-8 if it is given in bytes; an empty one gives a page without blocks."""
    if not source or source.isspace():
        return Walk().close()
    if _IS_QUADRATIC:
        source = _without_huge_tags(source.decode("utf-8", "replace") if isinstance(source, bytes) else source)
    walk: Any = Walk()
    parser = etree.HTMLParser(target=walk, encoding="utf-8", huge_tree=True, no_network=True)
    encoded = source.encode("utf-8", "replace") if isinstance(source, str) else source
    return cast("Page", etree.fromstring(encoded.replace(b"\0", b"") or b" ", parser))


def _without_huge_tags(source: str) -> str:
    """Take the attributes off tags that hold absurdly many: they are no text."""
    if max(map(len, _START_TAG.findall(source)), default=0) < _LONG_TAG:
        return source

    def shorten(match: re.Match[str]) -> str:
        tag = match.group()
        name = _TAG_NAME.match(tag)
        if name is None or len(tag) < _LONG_TAG or len(_QUOTED.sub("", tag)) < _LONG_TAG:
            return tag
        return name.group()

    return _START_TAG.sub(shorten, source)
