"""What a feed calls itself. Pure, and bounded whatever the feed holds."""

import html
import io
import json
import unicodedata

from lxml import etree

from revtrack.discovery.kinds import plain
from revtrack.surrogates import without_lone_surrogates

_HEAD = 64 << 10
"""Bytes of a feed in which its title is looked for: it stands before the first entry."""
_LONGEST = 120


def title_of(content: bytes) -> str:
    """Return the title of a feed in RSS, RDF, Atom or JSON, on one line; "" where it says none."""
    text = plain(content)
    is_json = text.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    found = _in_json(text) if is_json else _in_xml(text[:_HEAD])
    title = " ".join(unicodedata.normalize("NFC", html.unescape(found)).split())
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"


def _in_json(content: bytes) -> str:
    try:
        title = json.loads(without_lone_surrogates(content.decode("utf-8-sig", "replace")))["title"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return title if isinstance(title, str) else ""


def _in_xml(head: bytes) -> str:
    """Return the first title that is the feed's own: those of its picture and its entries stand deeper."""
    events = etree.iterparse(
        io.BytesIO(head),
        events=("start", "end"),
        tag=("{*}title", "{*}item", "{*}entry"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
    )
    try:
        for event, element in events:
            name, parent = etree.QName(element).localname, element.getparent()
            if name != "title":
                return ""
            if event == "end" and parent is not None and etree.QName(parent).localname in {"channel", "feed"}:
                return "".join(str(part) for part in element.itertext())
    except (etree.XMLSyntaxError, UnicodeDecodeError, ValueError):
        pass
    return ""
