"""What an archive takes and gives: the protocol every store fulfils, and the values that pass. Knows no database."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, Self

from revtrack.model import (
    Article,
    Event,
    Note,
    Revision,
    Snapshot,
    Source,
    Story,
    Validators,
    Verdict,
    Version,
)


class OutdatedError(Exception):
    """The article gained a version since the observation was derived: derive it again from what stands now."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an article before we look again.

    `latest` is its newest version; `validators` and `body_sha256` are those of the newest look that read a story.
    `troubles` counts the failed looks since the last good one; `is_gone` says that none was good since it was found
    gone. `suspect` is the fingerprint of a surprising story that waits for a second look, "" if none does.
    """

    article: Article
    latest: Version | None = None
    validators: Validators = field(default_factory=Validators)
    body_sha256: str = ""
    is_gone: bool = False
    troubles: int = 0
    suspect: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One look and all that came of it, recorded in one transaction or not at all.

    `basis` is the number of the version that it was derived against, 0 for none. `story` is set when it makes a new
    version, `revision` with it when there was one before. `reread` brings, by number, the stories of versions as
    today's extractor reads them, where another had read them: they replace the earlier readings, so that a change of
    extractor never shows as an edit. `rejudged` brings new verdicts of earlier revisions, by the number of the version
    each made. `addresses` are URLs that lead to the same article. `modified` is the time of change the page stated.
    `eventful` is False for what the log has said already (still gone, still in trouble).
    """

    article_id: int
    snapshot: Snapshot
    event: Event
    basis: int
    due_at: datetime
    story: Story | None = None
    revision: Revision | None = None
    reread: tuple[tuple[int, Story], ...] = ()
    rejudged: tuple[tuple[int, Verdict], ...] = ()
    addresses: tuple[str, ...] = ()
    modified: datetime | None = None
    suspect: str = ""
    why: str = ""
    not_before: datetime | None = None
    eventful: bool = True


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of an observation: the article as it now is, its snapshot with an id, the version if it made one."""

    article: Article
    snapshot: Snapshot
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of an article's history: a version with its verdict, or an event (gone, back, suspect, trouble)."""

    article: Article
    at: datetime
    event: Event
    version: int | None = None
    headline: str = ""
    verdict: Verdict | None = None
    notes: tuple[Note, ...] = ()
    revert_of: int | None = None
    flapping: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """One note in the ledger: the version that brought it, and the one from which it was gone (None: it stands)."""

    article: Article
    version: int
    at: datetime
    note: Note
    withdrawn_in: int | None = None


class Archive(Protocol):
    """A store of articles and everything seen of them. A context manager; one thread at a time."""

    location: str

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None:
        """Let go of the store. Whatever was recorded is already safe."""

    def add_article(self, url: str, *, now: datetime, source: str = "") -> tuple[Article, bool]:
        """Track a canonical URL; return its article and whether it is new."""
        ...

    def add_source(self, url: str, kind: str, *, now: datetime, parent: str = "") -> tuple[Source, bool]:
        """Follow a source; return it and whether it is new."""
        ...

    def sources(self) -> Iterator[Source]:
        """Yield every source, oldest first."""
        ...

    def checked_source(self, source: Source, *, now: datetime, due_at: datetime, reason: str = "") -> None:
        """Note that a source was read, when to read it next, and what was wrong if anything was."""

    def articles(self) -> Iterator[Article]:
        """Yield every article, oldest first."""
        ...

    def find(self, name: str) -> Article:
        """Return the article meant by an id, a URL, or any unambiguous part of URL or headline.

        Raises UnknownArticleError or AmbiguousArticleError.
        """
        ...

    def due(self, now: datetime, *, limit: int | None = None) -> list[Article]:
        """Return the articles whose next look is due, most overdue first."""
        ...

    def standing(self, article_id: int) -> Standing:
        """Return what is known of an article before the next look."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Make one transaction of all that is written within: it is kept whole, or not at all when an error leaves."""
        ...

    def record(self, observation: Observation) -> Recorded:
        """Record a look and all that came of it in one transaction.

        Raises OutdatedError, recording nothing, when another look added a version since `basis`.
        """
        ...

    def manners(self) -> dict[str, str]:
        """Return what fetching asked to have kept between passes (robots.txt, hosts at rest)."""
        ...

    def keep_manners(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Keep what a pass changed of what it was given, and leave the rest to others."""

    def snapshots(self, article: Article) -> Iterator[Snapshot]:
        """Yield every look at an article, in the order of recording."""
        ...

    def snapshot(self, snapshot_id: int) -> Snapshot:
        """Return one look with its body; InputError when there is none of that number."""
        ...

    def versions(self, article: Article) -> Iterator[Version]:
        """Yield an article's versions, first to newest."""
        ...

    def neighbours(self, article: Article, *, limit: int = 40) -> Iterator[Story]:
        """Yield the newest stories of other articles on the same host, those that changed last first."""
        ...

    def revisions(self, article: Article) -> Iterator[Revision]:
        """Yield an article's revisions, first to newest, each with the verdict as it stands now."""
        ...

    def revision(self, article: Article, old: int, new: int) -> Revision:
        """Return the step between any two versions; InputError when there is no such version.

        For neighbours the verdict is the recorded one, which may know of later notes.
        """
        ...

    def log(self, *, article: Article | None = None, since: datetime | None = None) -> Iterator[LogEntry]:
        """Yield what happened to one article or to all, oldest first."""
        ...

    def notes(self, *, article: Article | None = None) -> Iterator[NoteEntry]:
        """Yield the ledger of notes, oldest first."""
        ...

    def search(self, words: str, *, limit: int = 20) -> list[tuple[Article, str]]:
        """Return the articles whose newest version holds all the words, best first, each with an excerpt."""
        ...
