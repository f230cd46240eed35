"""What a page states of its article in JSON-LD. Knows schema.org's names, not the page's markup."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from revtrack.surrogates import without_lone_surrogates
from revtrack.text import clean, fold

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Story|NewsItem|ClaimReview)$", re.IGNORECASE)
_PERIPHERAL = frozenset(  # what these hold are other pages, or parts that are no article of their own
    (
        "itemListElement",
        "hasPart",
        "isPartOf",
        "mentions",
        "citation",
        "comment",
        "relatedLink",
        "itemReviewed",
        "video",
    )
)
_CONTROL = re.compile(r"[\x00-\x1f]+")
_STATED = re.compile(r'"(headline|datePublished|dateModified|inLanguage|articleSection)"\s*+:\s*+"([^"\\\n]{1,500}+)"')
_MOST_NODES = 20_000
_MOST_NAMES = 60
_LONGEST = 4 * 2**20  # characters of one script; longer ones are state, not metadata

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Structured:
    """The article as JSON-LD states it; "" and () where it does not. Times are as written.

    `subtitle` is the alternative headline, `authors` are persons and organisations in the order stated. `body` is the
    text as written, line breaks and markup included. `kind` is the schema.org type of the article, `live` whether it
    is a live blog, `free` its `isAccessibleForFree`, None where that is not stated. `pictures` are addresses of images.
    """

    headline: str = ""
    subtitle: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    section: str = ""
    language: str = ""
    site: str = ""
    url: str = ""
    corrections: tuple[str, ...] = ()
    body: str = ""
    kind: str = ""
    live: bool = False
    free: bool | None = None
    pictures: tuple[str, ...] = ()


def read_structured(sources: list[str], *, title: str = "") -> Structured:
    """Return what the JSON-LD scripts of a page say of its article.

    Of several articles the one is meant whose headline is in the page's `title`, else the first that has a headline.
    A script that is no JSON, mostly for want of an escaped quotation mark, still gives its headline and its times.
    """
    nodes = [node for source in sources for node in _nodes(_load(source))]
    articles = [node for node in nodes if _is_article(node)]
    if not articles:
        return _salvage(sources) or _of_page(nodes)
    named = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    node = _choose(articles, fold(title).casefold())
    return Structured(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        subtitle=_text(node.get("alternativeHeadline")),
        description=_text(node.get("description")),
        authors=_names(node.get("author"), named) or _names(node.get("creator"), named),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        section=_text(node.get("articleSection")),
        language=_text(node.get("inLanguage")),
        site=next(iter(_names(node.get("publisher"), named)), ""),
        url=_url(node.get("mainEntityOfPage")) or _url(node.get("url")),
        corrections=tuple(_corrections(node.get("correction"))),
        body=_body(node.get("articleBody")),
        kind=_kind(node),
        live=any("LiveBlogPosting" in _kinds(article) for article in articles),
        free=_truth(node.get("isAccessibleForFree")),
        pictures=tuple(_pictures(node.get("image"))),
    )


def _load(source: str) -> object:
    """Parse one script; pages write line breaks into strings and comments around them."""
    source = source.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    if not source or len(source) > _LONGEST:
        return None
    source = without_lone_surrogates(source)
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(_CONTROL.sub(" ", source), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object) -> Iterator[Node]:
    """Walk all objects of a JSON value, outer ones first, but for what is peripheral to them."""
    level, seen = [value], 0
    while level and seen < _MOST_NODES:
        below: list[object] = []
        for item in level[: _MOST_NODES - seen]:
            seen += 1
            if isinstance(item, dict):
                yield item
                below += [v for k, v in item.items() if isinstance(v, dict | list) and k not in _PERIPHERAL]
            elif isinstance(item, list):
                below += item
        level = below


def _is_article(node: Node) -> bool:
    return any(_ARTICLE.search(name) for name in _kinds(node))


def _kinds(node: Node) -> list[str]:
    kind = node.get("@type")
    return [name for name in (kind if isinstance(kind, list) else [kind]) if isinstance(name, str)]


def _kind(node: Node) -> str:
    named = next((name for name in _kinds(node) if _ARTICLE.search(name)), "")
    return named.rpartition("/")[2].rpartition(":")[2][:60]


def _choose(articles: list[Node], title: str) -> Node:
    headed = [(node, fold(_text(node.get("headline"))).casefold()) for node in articles[:50]]
    headed = [(node, headline) for node, headline in headed if headline]
    meant = (node for node, headline in headed if headline in title)
    return next(meant, headed[0][0] if headed else articles[0])


def _salvage(sources: list[str]) -> Structured | None:
    """Read the plain statements out of a script that says that it is an article and is no JSON."""
    for source in sources:
        if len(source) < _LONGEST and '"datePublished"' in source and _load(source) is None:
            stated = {name: _unescaped(text) for name, text in reversed(_STATED.findall(source))}
            return Structured(
                headline=clean(stated.get("headline", "")),
                published=stated.get("datePublished", ""),
                modified=stated.get("dateModified", ""),
                section=clean(stated.get("articleSection", "")),
                language=stated.get("inLanguage", ""),
            )
    return None


def _of_page(nodes: Iterable[Node]) -> Structured:
    """Return what is stated of the page where nothing is stated of an article: its times are the article's."""
    node = next((node for node in nodes if "WebPage" in _kinds(node) and "datePublished" in node), None)
    if node is None:
        return Structured()
    return Structured(
        description=_text(node.get("description")),
        published=_text(node.get("datePublished")),
        modified=_text(node.get("dateModified")),
        language=_text(node.get("inLanguage")),
        url=_url(node.get("url")),
    )


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


def _names(value: object, named: dict[str, Node]) -> tuple[str, ...]:
    """Return the names of persons or organisations, each once; `named` are the nodes that an `@id` may refer to."""
    names: list[str] = []
    for person in (value if isinstance(value, list) else [value])[:_MOST_NAMES]:
        stated = person
        if isinstance(person, dict):
            stated = person.get("name") or named.get(str(person.get("@id")), {}).get("name")
        names += [_text(name) for name in (stated if isinstance(stated, list) else [stated])[:_MOST_NAMES]]
    return tuple(dict.fromkeys(name for name in names if name and not name.startswith(("http:", "https:"))))


def _url(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) and value.startswith(("http:", "https:")) else ""


def _body(value: object) -> str:
    """Return the text with its line breaks and whatever markup it holds."""
    return value if isinstance(value, str) else ""


def _pictures(value: object) -> Iterator[str]:
    for item in (value if isinstance(value, list) else [value])[:20]:
        address = item.get("url") or item.get("contentUrl") if isinstance(item, dict) else item
        if isinstance(address, str):
            yield address


def _truth(value: object) -> bool | None:
    """Read a boolean, which pages also write as a string in any case, or as schema.org's URL."""
    if isinstance(value, bool):
        return value
    said = value.rpartition("/")[2].lower() if isinstance(value, str) else ""
    return {"true": True, "false": False}.get(said)


def _corrections(value: object) -> Iterator[str]:
    """Yield what `correction` says: a string, or CorrectionComment objects; empty ones mean that there is none."""
    for item in value if isinstance(value, list) else [value]:
        text = _text(item)
        if text:
            yield text
