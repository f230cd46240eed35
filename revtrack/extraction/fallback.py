"""Find an article's text where the page's markup does not hold it: in its JSON-LD, or in the state of its scripts.

Only asked where the page itself cannot be read, as a page that a script builds in the browser. Which one served is
kept with the story and asked first at the next look: to change from one to another would look like an edit.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice

from revtrack.surrogates import without_lone_surrogates
from revtrack.text import fold

_SCRIPT = re.compile(r"<script\b([^>]{0,2000})>", re.IGNORECASE)
_END = re.compile(r"</script", re.IGNORECASE)
_START = re.compile(r"(?:^|=|JSON\.parse\()\s*([{\[\"])")
_MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|blockquote)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SENTENCE = re.compile(r"[.!?。！？।۔](?:[\"'”’»)]|\s|$)")
_TEXT_KEYS = ("content", "text", "html", "value", "paragraph", "body", "copy")
_MOST_SCRIPTS = 40
_MOST_NODES = 200_000
_LEAST = 400  # bytes: two sentences, so that a description is never taken for the article
_PIECE = 40  # bytes of one paragraph among several


def stated_body(body: str) -> str:
    """Return an `articleBody` as HTML, "" where it is too short to be one."""
    return _as_html([body]) if len(body.encode()) >= _LEAST else ""


def body_in_scripts(source: str, headline: str) -> str:
    """Return as HTML the longest run of prose in the state that a page's scripts carry; "" where there is none.

    Prose that stands with the page's own headline is preferred: a state may carry the next articles too.
    """
    wanted = fold(headline)
    found: list[tuple[bool, int, list[str]]] = []
    for attributes, text in islice(_state_scripts(source), _MOST_SCRIPTS):
        state = _load(text, is_json="json" in attributes.lower())
        found += [(named, sum(map(len, pieces)), pieces) for named, pieces in _runs(state, wanted)]
    best = max(found, key=lambda run: run[:2], default=None)
    return _as_html(best[2]) if best else ""


def _state_scripts(source: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes and the text of scripts that may carry a state, in one pass over the page."""
    at = 0
    while (start := _SCRIPT.search(source, at)) and (end := _END.search(source, start.end())):
        at = end.end()
        if end.start() - start.end() >= _LEAST and "ld+json" not in start[1].lower():
            yield start[1], source[start.end() : end.start()]


def _load(text: str, *, is_json: bool) -> object:
    """Parse the first JSON value of a script: the whole of it, or what it assigns to a variable."""
    start = _START.search(text) if not is_json else re.search(r"[{\[]", text)
    if start is None:
        return None
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(without_lone_surrogates(text[start.end() - 1 :]))
        return json.loads(without_lone_surrogates(value), strict=False) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return None


def _runs(state: object, headline: str) -> Iterator[tuple[bool, list[str]]]:
    """Yield runs of prose in a tree of JSON, and whether each stands with the headline in one object."""
    pending: list[tuple[object, bool]] = [(state, False)]
    seen = 0
    while pending and seen < _MOST_NODES:
        node, named = pending.pop()
        seen += 1
        if isinstance(node, dict):
            named = named or any(isinstance(value, str) and fold(value[:500]) == headline for value in node.values())
            pending.extend((value, named) for value in node.values())
        elif isinstance(node, list):
            pending.extend((item, named) for item in node)
            pieces = [piece for item in node if (piece := _piece(item))]
            if len(pieces) > 1 and sum(len(piece.encode()) for piece in pieces) >= _LEAST:
                yield named, pieces
        elif isinstance(node, str) and len(node.encode()) >= _LEAST and _is_prose(node):
            yield named, [node]


def _piece(item: object) -> str:
    """Return the paragraph that one member of a list holds, "" if it holds none."""
    if isinstance(item, dict):
        item = next((item[key] for key in _TEXT_KEYS if isinstance(item.get(key), str)), "")
    return item if isinstance(item, str) and len(item.encode()) >= _PIECE and _SENTENCE.search(item) else ""


def _is_prose(text: str) -> bool:
    """Whether a long string is running text, by its sentences; code and style sheets have none."""
    bare = _TAG.sub(" ", text[:20_000])
    return len(_SENTENCE.findall(bare)) * 400 >= len(bare) and bare.count("{") + bare.count(";") < len(bare) / 100


def _as_html(pieces: Iterable[str]) -> str:
    return f"<article>{''.join(map(_paragraphs, pieces))}</article>"


def _paragraphs(text: str) -> str:
    """Return one piece of text as HTML: as it is where it is markup, else a paragraph a line."""
    if _MARKUP.search(text):
        return text
    inline = "</" in text or "&" in text
    return "".join(f"<p>{line if inline else escape(line)}</p>" for line in text.splitlines() if line.strip())
