"""What `add` was given: read it, recognise it, track it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from revtrack.archive import Archive
from revtrack.discovery import Kind, article_urls, recognise, source_urls
from revtrack.errors import BadURLError, UnreadableError
from revtrack.model import Article, Source
from revtrack.urls import canonical

_LARGEST = 64 << 20
_MOST = 100_000  # sources in a file that a person gives
_OF_FILES = {".txt", ".opml", ".xml", ".csv", ".tsv", ".json", ".htm", ".html", ".rss", ".atom"}


@dataclass(frozen=True, slots=True)
class Added:
    """One thing that is tracked now, what it was recognised as, and whether it is new."""

    noun: Article | Source
    kind: Kind
    new: bool


def read_things(things: Sequence[str], kind: str | None) -> list[tuple[str, Kind]]:
    """Return the URLs that were given, and all that local files list, each with what it is.

    Raises BadURLError or UnreadableError if one is wrong.
    """
    try:
        return [found for thing in things for found in _read(thing, kind)]
    except BadURLError as error:
        if len(things) == 1:
            raise
        raise BadURLError(error.url, f"{error.why}; nothing was added") from error


def add(archive: Archive, url: str, kind: Kind, *, now: datetime) -> Added:
    """Track an article, or a source of articles."""
    noun, new = archive.add_article(url, now=now) if kind is Kind.ARTICLE else archive.add_source(url, kind, now=now)
    return Added(noun, kind, new)


def _read(thing: str, kind: str | None) -> Iterator[tuple[str, Kind]]:
    if "://" not in thing and Path(thing).is_file():
        yield from _read_file(Path(thing), kind)
        return
    if "/" not in thing and Path(thing).suffix.lower() in _OF_FILES:
        raise UnreadableError(thing, f"there is no such file here; a URL of that name is https://{thing}/")
    url = canonical(thing)
    yield url, Kind(kind) if kind else recognise(url)


def _read_file(path: Path, kind: str | None) -> Iterator[tuple[str, Kind]]:
    if path.stat().st_size > _LARGEST:
        raise UnreadableError(str(path), "it is larger than 64 MiB")
    content = path.read_bytes()
    what = Kind(kind) if kind else recognise(path.name, content=content)
    if what in {Kind.ARTICLE, Kind.URL_LIST}:
        found: Iterable[str] = _lines(path, content)
    else:
        found = source_urls(content, limit=_MOST) if what.lists_sources else article_urls(content, kind=what)
    inner = Kind.FEED if what is Kind.OPML else Kind.SITEMAP if what.lists_sources else Kind.ARTICLE
    urls = dict.fromkeys(found)
    if not urls:
        raise UnreadableError(str(path), "there is no URL in it; give one URL a line, a feed, a sitemap or OPML")
    yield from ((url, inner) for url in urls)


def _lines(path: Path, content: bytes) -> Iterator[str]:
    """Yield the URLs of a file of one a line; "#" begins a remark. Raises BadURLError with the line's number."""
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), start=1):
        given = line.partition(" #")[0].strip()
        if given and not given.startswith("#"):
            try:
                yield canonical(given)
            except BadURLError as error:
                raise BadURLError(given, f"{error.why} ({path}, line {number}; nothing of it was added)") from error
