"""What a page states of its article in JSON-LD. Knows schema.org's names, not the page's markup."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from revtrack.text import clean

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Story|NewsItem)$", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f]+")
_MOST_NODES = 20_000
_LONGEST = 4 * 2**20  # characters of one script; longer ones are state, not metadata


@dataclass(frozen=True, slots=True)
class Structured:
    """The article as JSON-LD states it; "" and () where it does not. Times are as written."""

    headline: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    section: str = ""
    language: str = ""
    site: str = ""
    url: str = ""
    corrections: tuple[str, ...] = ()


def read_structured(sources: list[str]) -> Structured:
    """Return what the JSON-LD scripts of a page say of its article; of several articles the first with a headline."""
    articles = [node for source in sources for node in _nodes(_load(source)) if _is_article(node)]
    if not articles:
        return Structured()
    node = next((node for node in articles if _text(node.get("headline"))), articles[0])
    return Structured(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        description=_text(node.get("description")),
        authors=_names(node.get("author")) or _names(node.get("creator")),
        published=_text(node.get("datePublished")),
        modified=_text(node.get("dateModified")),
        section=_text(node.get("articleSection")),
        language=_text(node.get("inLanguage")),
        site=next(iter(_names(node.get("publisher"))), ""),
        url=_url(node.get("mainEntityOfPage")) or _url(node.get("url")),
        corrections=tuple(_corrections(node.get("correction"))),
    )


def _load(source: str) -> object:
    """Parse one script; pages write line breaks into strings and comments around them."""
    source = source.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    if not source or len(source) > _LONGEST:
        return None
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(_CONTROL.sub(" ", source), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    """Walk all objects of a JSON value, outer ones first."""
    pending, seen = [value], 0
    while pending and seen < _MOST_NODES:
        value = pending.pop(0) if len(pending) < 50 else pending.pop()
        seen += 1
        if isinstance(value, dict):
            yield value
            pending.extend(child for child in value.values() if isinstance(child, dict | list))
        elif isinstance(value, list):
            pending.extend(value)


def _is_article(node: dict[str, Any]) -> bool:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and _ARTICLE.search(name) for name in kinds)


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("text") or ""
    if not isinstance(value, str):
        return ""
    return clean(_unescaped(value))


def _unescaped(text: str) -> str:
    """Resolve entities that a template escaped into JSON, where nothing but JSON's own escapes belongs."""
    if "&" not in text:
        return text
    return unescape(text)


def _names(value: object) -> tuple[str, ...]:
    """Return the names of persons or organisations, each once."""
    people = value if isinstance(value, list) else [value]
    names = [_text(person.get("name") if isinstance(person, dict) else person) for person in people]
    return tuple(dict.fromkeys(name for name in names if name and not name.startswith(("http:", "https:"))))


def _url(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) and value.startswith(("http:", "https:")) else ""


def _corrections(value: object) -> Iterator[str]:
    """Yield what `correction` says: a string, or CorrectionComment objects; empty ones mean that there is none."""
    for item in value if isinstance(value, list) else [value]:
        text = _text(item)
        if text:
            yield text
