"""Which article a saved file is, and what in it is the page. Pure: paths and bytes in, pages out.

What a person says comes first (one article for all, or a template over the path), then what the file itself states:
a field of its JSON, the page's canonical link, a text's front matter. Then what the files beside it state. Last comes
a path that is spelled like a URL.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from revtrack.backfill.captures import HTML, PLAIN
from revtrack.errors import ConfigError

_TYPES = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), HTML),
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), PLAIN),
    ".json": "application/json",
}
ENDINGS = tuple(_TYPES)
"""How the names of pages end."""
_HEAD = 200_000  # bytes that are searched for what a page says of itself
_LINK = re.compile(rb"<link\b[^<>]{0,4000}>", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^<>]{0,4000}>", re.IGNORECASE)
_IS_CANONICAL = re.compile(rb"""\brel\s*=\s*["']?canonical\b""", re.IGNORECASE)
_IS_ADDRESS = re.compile(rb"""\bproperty\s*=\s*["']?og:url\b""", re.IGNORECASE)
_VALUE = re.compile(
    rb"""\b(?:href|content)\s*=\s*(?:"([^"<>]{0,3000})"|'([^'<>]{0,3000})'|([^\s"'<>]{1,3000}))""", re.IGNORECASE
)
_FRONT_MATTER = re.compile(
    rb"\A---[ \t]*\r?\n.{0,8000}?^(?:url|canonical):[ \t]*[\"']?(https?://\S{1,3000}?)[\"']?[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}")
_MARKUP = re.compile(r"<(?:p|div|html|body|article|h[1-6])\b", re.IGNORECASE)
_URL_FIELDS = ("url", "link", "canonical_url", "canonicalUrl", "permalink", "webUrl", "web_url", "href")
_HEADLINE_FIELDS = ("title", "headline", "name")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Page:
    """One article's page in a file; `url` is "" where nothing says which it is, `part` names a record among several.

    `guessed` says in words how the URL was told where the file itself does not state it, else "".
    """

    url: str
    body: bytes
    content_type: str
    part: str = ""
    guessed: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a person says of the files: all are `article`; or `template` tells the URL of each, from its path.

    In the template `{path}` stands for the path without its ending, `{file}` for all of it, `{folder}`, `{stem}` and
    the groups of the pattern `files` ({1}, {2}, or by name) for parts of it. `files` also says which are looked at.
    `field` leads to the text in files of JSON ("article.body"), through every item of a list.
    """

    article: str = ""
    template: str = ""
    files: str = ""
    field: str = ""

    def __post_init__(self) -> None:
        try:
            re.compile(self.files)
        except re.error as error:
            raise ConfigError(f"--files is no regular expression: {error}", key="files") from error
        if self.template:
            try:
                groups = re.compile(self.files)
                for mark in _MARK.findall(self.template):
                    _check(mark, groups)
            except ValueError as error:
                why = "its marks are {path}, {file}, {folder}, {stem} and the groups of --files"
                raise ConfigError(f"--url-from cannot be filled: {why}", key="url_from") from error

    def selects(self, path: str) -> bool:
        """Say whether a file is looked at: as `files` says, else if its name is that of a page."""
        if self.files:
            return re.search(self.files, path[:4096]) is not None
        return PurePosixPath(path).suffix.lower() in _TYPES

    def pages(self, path: str, content: bytes, *, told: str = "", beside: Callable[[], str] = str) -> Iterator[Page]:
        """Yield the pages in a file: one, or those of the records of JSON that have the field.

        `told` is the URL that whoever wrote the file said of it beside it, "" for none; `beside` gives the one that
        other files state for it, and is asked only for a page that states none.

        Raises ValueError, with what is wrong, where it is JSON without what is asked for.
        """
        kind = _type_of(path, content)
        found = _records(content, self.field) if kind == "application/json" else (_page(content, kind),)
        for page in found:
            url = self.article or (self._url_of(path) if self.template else "") or told or page.url
            guesses = () if url else ((beside(), _BESIDE), (_spelled(path), _BY_PATH))
            url, guessed = next((guess for guess in guesses if guess[0]), (url, ""))
            yield Page(url, page.body, page.content_type, page.part, guessed)

    def _url_of(self, path: str) -> str:
        groups, parts = re.search(self.files, path[:4096]), PurePosixPath(path)
        if groups is None:
            return ""
        known = {"path": str(parts.with_suffix("")), "file": path, "folder": str(parts.parent), "stem": parts.stem}
        values = [
            known[mark] if mark in known else groups[int(mark) if mark.isdecimal() else mark]
            for mark in _MARK.findall(self.template)
        ]
        if None in values:  # a group that this path has no part for
            return ""
        filling = iter(values)
        return _MARK.sub(lambda _: next(filling), self.template)


_BESIDE = "it states no URL, and was taken for the article that the files beside it agree on"
_BY_PATH = "it states no URL, and was named by its path, which is spelled like one"


def _check(mark: str, groups: re.Pattern[str]) -> None:
    """Raise ValueError for a mark of a template that nothing fills."""
    if mark not in {"path", "file", "folder", "stem"} | set(groups.groupindex) and not (
        mark.isdecimal() and int(mark) <= groups.groups
    ):
        raise ValueError(mark)


_MARK = re.compile(r"\{(\w{1,40})\}")


def _looks_like_html(content: bytes) -> bool:
    return content[:2000].lstrip()[:1] == b"<"


def _page(content: bytes, kind: str) -> Page:
    return Page(stated_address(content) if kind == HTML else _front_address(content), content, kind)


def stated_in(name: str, head: bytes) -> str:
    """Return the URL that a page or text states for itself in its beginning, "" if it states none, and for JSON."""
    kind = _type_of(name, head)
    return "" if kind == _TYPES[".json"] else _page(head, kind).url


def _type_of(path: str, content: bytes) -> str:
    return _TYPES.get(PurePosixPath(path).suffix.lower()) or (HTML if _looks_like_html(content) else PLAIN)


def stated_address(page: bytes) -> str:
    """Return the URL that a page's head states for itself, "" if it states none: its canonical link, else og:url."""
    head = page[:_HEAD]
    for tags, is_one in ((_LINK, _IS_CANONICAL), (_META, _IS_ADDRESS)):
        for tag in tags.finditer(head):
            value = _VALUE.search(tag[0]) if is_one.search(tag[0]) else None
            text = html.unescape((value[1] or value[2] or value[3] or b"").decode("utf-8", "replace")) if value else ""
            if text.strip().startswith(("http://", "https://")):
                return text.strip()
    return ""


def _front_address(content: bytes) -> str:
    found = _FRONT_MATTER.match(content[:_HEAD])
    return found[1].decode("utf-8", "replace") if found else ""


def _spelled(path: str) -> str:
    """Return the URL that a path spells, host first, as mirrors save pages; "" if its first part is no host."""
    host, slash, rest = path.removeprefix("https:/").removeprefix("http:/").lstrip("/").partition("/")
    return f"https://{host}/{rest}" if slash and rest and _HOST.fullmatch(host) else ""


def _records(content: bytes, field: str) -> Iterator[Page]:
    if not field:
        raise ValueError("it is JSON; --field says where the text stands in it")
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError):
        raise ValueError("it is no JSON that can be read") from None
    found = False
    for part, record, text in _texts(tree, field.split("."), "", {}):
        found = True
        url = next((record[name] for name in _URL_FIELDS if isinstance(record.get(name), str)), "")
        if _MARKUP.search(text):
            yield Page(url, _as_html(record, text), f"{HTML}; charset=utf-8", part)
        else:
            yield Page(url, _with_headline(record, text), PLAIN, part)
    if not found:
        raise ValueError(f"its JSON has no text at {field}")


def _texts(
    tree: Any,  # noqa: ANN401 - JSON has no better type
    names: list[str],
    part: str,
    record: dict[str, Any],
) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the texts that a chain of names leads to: where each is, what is stated beside or above it, the text."""
    if isinstance(tree, list):
        for number, item in enumerate(tree):
            yield from _texts(item, names, f"{part}[{number}]", record)
    elif isinstance(tree, dict) and names and len(names) <= _DEEPEST:
        inner = {**record, **{name: tree[name] for name in (*_URL_FIELDS, *_HEADLINE_FIELDS) if name in tree}}
        if names[0] in tree:
            yield from _texts(tree[names[0]], names[1:], f"{part}.{names[0]}".lstrip("."), inner)
    elif isinstance(tree, str) and not names and tree.strip():
        yield part, record, tree


def _headline(record: dict[str, Any]) -> str:
    return next((record[name].strip() for name in _HEADLINE_FIELDS if isinstance(record.get(name), str)), "")


def _with_headline(record: dict[str, Any], text: str) -> bytes:
    headline = _headline(record)
    return (f"{headline}\n\n{text}" if headline else text).encode("utf-8", "replace")


def _as_html(record: dict[str, Any], text: str) -> bytes:
    """Return the markup of a field as a page, with the record's headline above it."""
    headline = _headline(record)
    if "<html" in text[:1000].lower():
        return text.encode("utf-8", "replace")
    above = f"<h1>{html.escape(headline)}</h1>" if headline else ""
    page = f"<!DOCTYPE html><html><head><title>{html.escape(headline)}</title></head>"
    return f"{page}<body><article>{above}{text}</article></body></html>".encode("utf-8", "replace")
