"""What sources bring: those that the settings name are followed, and what a reading of one shows is tracked."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from functools import partial
from urllib.parse import unquote, urlsplit

from revtrack.archive import Archive
from revtrack.config import SourceSettings
from revtrack.discovery import Kind, asked_to_wait, next_reading, read_source, recognise
from revtrack.errors import ConfigError
from revtrack.fetching import retry_after
from revtrack.model import Article, Outcome, Snapshot, Source, Validators
from revtrack.schedule import are_believable
from revtrack.urls import canonical


def follow(archive: Archive, sources: Iterable[SourceSettings], at: datetime) -> None:
    """Follow the sources that the settings name; those that are followed already stay as they are.

    Raises ConfigError for a kind of source that is none, BadURLError for a URL that is none.
    """
    for source in sources:
        url = canonical(source.url)
        kind = source.kind or recognise(url)
        if kind not in list(Kind):
            raise ConfigError(f"source.kind is one of {', '.join(Kind)}, not {kind!r}", key="source.kind")
        archive.add_source(url, Kind.FEED if kind == Kind.ARTICLE else kind, now=at)


def wanted_of(sources: Iterable[SourceSettings]) -> Callable[[Source, str], bool]:
    """Return what says whether the settings want an article of a source, or of one that it lists, by its URL."""
    named = {canonical(source.url): source for source in sources if source.only or source.skip}

    def is_wanted(source: Source, url: str) -> bool:
        chosen = named.get(source.url) or named.get(source.parent)
        if chosen is None:
            return True
        path = unquote(urlsplit(url).path)
        fits = partial(fnmatchcase, path)
        return (not chosen.only or any(map(fits, chosen.only))) and not any(map(fits, chosen.skip))

    return is_wanted


def take_from(
    archive: Archive,
    source: Source,
    snapshot: Snapshot,
    *,
    at: datetime,
    usual: timedelta,
    is_wanted: Callable[[Source, str], bool] = lambda _source, _url: True,
) -> list[Article]:
    """Track what a reading of a source shows, and plan the next one; return the articles that are new.

    `usual` is the time between two readings of a source that is well and asks for nothing else; `is_wanted` says which
    of its articles are to be tracked.
    """
    asked = retry_after(snapshot)
    archive.keep_manners({}, asked_to_wait(source, asked))
    next_at = partial(next_reading, source, at, usual=usual, asked=asked)
    if snapshot.outcome is Outcome.NOT_MODIFIED:
        archive.checked_source(source, now=at, due_at=next_at(failed=False))
        return []
    listing = read_source(source, snapshot)
    due_at = next_at(failed=not (listing.articles or listing.sources))
    _hasten(archive, {one.url: one.modified for one in listing.articles if one.modified}, at)
    wanted = [one for one in listing.articles if is_wanted(source, one.url)]
    added = [archive.add_article(one.url, now=at, source=source.url) for one in wanted]
    for url in listing.sources:
        archive.add_source(url, listing.inner, now=at, parent=source.url)
    validators = Validators() if listing.reason else snapshot.validators  # what went wrong is asked for whole again
    archive.checked_source(
        source, now=at, due_at=due_at, reason=listing.reason, validators=validators, title=listing.title
    )
    return [article for article, is_new in added if is_new]


def _hasten(archive: Archive, changes: Mapping[str, datetime], at: datetime) -> None:
    """Look at once at what a source says has changed since our last look, if its times can be believed."""
    outdated = archive.outdated({url: changed for url, changed in changes.items() if changed <= at})
    if are_believable(len(outdated), len(changes)):
        archive.hasten(outdated, now=at)
