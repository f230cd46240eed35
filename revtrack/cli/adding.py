"""What `add` was given: recognise it and track it. Also how an ARTICLE named on the command line is found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from revtrack.archive import Archive
from revtrack.discovery import Kind, article_urls, recognise, source_urls
from revtrack.errors import BadURLError, UnknownArticleError, UnreadableError
from revtrack.model import Article, Source
from revtrack.urls import canonical

_LARGEST = 64 << 20
_OF_FILES = {".txt", ".opml", ".xml", ".csv", ".tsv", ".json", ".htm", ".html", ".rss", ".atom"}


@dataclass(frozen=True, slots=True)
class Added:
    """One thing that is tracked now, what it was recognised as, and whether it is new."""

    noun: Article | Source
    kind: Kind
    new: bool


def add_thing(archive: Archive, thing: str, kind: str | None, *, now: datetime) -> Iterator[Added]:
    """Track a URL, or all that a local file lists. Raises BadURLError or UnreadableError, having added nothing."""
    if "://" not in thing and Path(thing).is_file():
        yield from _add_file(archive, Path(thing), kind, now)
        return
    if "/" not in thing and Path(thing).suffix.lower() in _OF_FILES:
        raise UnreadableError(thing, f"there is no such file here; a URL of that name is https://{thing}/")
    url = canonical(thing)
    yield _add(archive, url, Kind(kind) if kind else recognise(url), now)


def find_article(archive: Archive, name: str) -> Article:
    """Return the tracked article that a name means: as it stands, or as the URL that a person would have meant."""
    try:
        return archive.find(name)
    except UnknownArticleError:
        if "." not in name or "/" not in name:
            raise
        return archive.find(canonical(name))


def _add_file(archive: Archive, path: Path, kind: str | None, now: datetime) -> Iterator[Added]:
    if path.stat().st_size > _LARGEST:
        raise UnreadableError(str(path), "it is larger than 64 MiB")
    content = path.read_bytes()
    what = Kind(kind) if kind else recognise(path.name, content=content)
    if what in {Kind.ARTICLE, Kind.URL_LIST}:
        found: Iterable[str] = _lines(path, content)
    else:
        found = source_urls(content) if what.lists_sources else article_urls(content, kind=what)
    inner = Kind.FEED if what is Kind.OPML else Kind.SITEMAP if what.lists_sources else Kind.ARTICLE
    added = [_add(archive, url, inner, now) for url in dict.fromkeys(found)]
    if not added:
        raise UnreadableError(str(path), "there is no URL in it; give one URL a line, a feed, a sitemap or OPML")
    yield from added


def _lines(path: Path, content: bytes) -> Iterator[str]:
    """Yield the URLs of a file of one a line; "#" begins a remark. Raises BadURLError with the line's number."""
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), start=1):
        given = line.partition(" #")[0].strip()
        if given and not given.startswith("#"):
            try:
                yield canonical(given)
            except BadURLError as error:
                raise BadURLError(given, f"{error.why} ({path}, line {number}; nothing of it was added)") from error


def _add(archive: Archive, url: str, kind: Kind, now: datetime) -> Added:
    noun, new = archive.add_article(url, now=now) if kind is Kind.ARTICLE else archive.add_source(url, kind, now=now)
    return Added(noun, kind, new)
