"""What an archive takes and gives: the protocol every store fulfils, and the values that pass. Knows no database."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
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
from revtrack.schedule import Prior, Watched


class OutdatedError(Exception):
    """The article gained a version since the observation was derived: derive it again from what stands now."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an article before we look again.

    `latest` is its newest version; `validators` and `body_sha256` are those of the newest look that read a story.
    `prior` is what is expected of its source's articles, which the archive does not say: `companions` tell.
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
    prior: Prior = field(default_factory=Prior)


@dataclass(frozen=True, slots=True)
class Observation:
    """One look and all that came of it, recorded in one transaction or not at all.

    `basis` is the number of the version that it was derived against, 0 for none. `story` is set when it makes a new
    version, `revision` with it when there was one before. `reread` brings, by number, the stories of versions as
    today's extractor reads them, where another had read them: they replace the earlier readings, so that a change of
    extractor never shows as an edit. `rejudged` brings new verdicts of earlier revisions, by the number of the version
    each made. `addresses` are URLs that lead to the same article, `moved_to` the one to ask for from now on ("": as
    before); `same` brings the ids of other articles that turned out to be this one. `modified` is the time of change
    the page stated. `due_at` is None for an article that retires. `eventful` is False for what the log has said already
    (still gone, still in trouble).
    """

    article_id: int
    snapshot: Snapshot
    event: Event
    basis: int
    due_at: datetime | None
    story: Story | None = None
    revision: Revision | None = None
    reread: tuple[tuple[int, Story], ...] = ()
    rejudged: tuple[tuple[int, Verdict], ...] = ()
    addresses: tuple[str, ...] = ()
    moved_to: str = ""
    same: tuple[int, ...] = ()
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


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to look: `what` is done with it, by which process of which host, since when and until when."""

    what: str
    host: str
    process: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf of the Merkle tree over all that a report shows: what it is `about`, and its hash as it was kept.

    `found` is its hash by the row as it stands, b"" where the row is gone, None for a leaf that a newer one replaced.
    """

    position: int
    about: str
    hash: bytes
    found: bytes | None


class Archive(Protocol):
    """A store of articles and everything seen of them. A context manager; one thread at a time."""

    location: str

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None:
        """Let go of the store. Whatever was recorded is already safe."""

    def add_article(self, url: str, *, now: datetime, source: str = "") -> tuple[Article, bool]:
        """Track a canonical URL; return its article and whether it is new.

        One that had retired comes back when a person adds it again (`source` is empty).
        """
        ...

    def add_source(self, url: str, kind: str, *, now: datetime, parent: str = "") -> tuple[Source, bool]:
        """Follow a source; return it and whether it is new."""
        ...

    def sources(self) -> Iterator[Source]:
        """Yield every source, oldest first."""
        ...

    def checked_source(
        self, source: Source, *, now: datetime, due_at: datetime, reason: str = "", validators: Validators | None = None
    ) -> None:
        """Note that a source was read, when to read it next, and what was wrong if anything was.

        `validators` are kept for the next reading; None leaves those that are kept.
        """

    def articles(self) -> Iterator[Article]:
        """Yield every article, oldest first, those without versions that turned out to be another left out."""
        ...

    def find(self, name: str) -> Article:
        """Return the article meant by an id, a URL, or any unambiguous part of URL or headline.

        Raises UnknownArticleError or AmbiguousArticleError.
        """
        ...

    def owner(self, url: str) -> int | None:
        """Return the id of the article that a URL is known to lead to, None if none is."""
        ...

    def due(self, now: datetime, *, limit: int | None = None) -> list[Article]:
        """Return the articles whose next look is due, most overdue first; none that have retired."""
        ...

    def companions(self, article: Article) -> list[Watched]:
        """Return what was seen of other articles of its source, or of its host where a person added it."""
        ...

    def spent(self, since: datetime) -> dict[str, int]:
        """Return the looks made since then, by host and by URL of the source that brought the article."""
        ...

    def outdated(self, changes: Mapping[str, datetime]) -> list[int]:
        """Return the ids of the articles, by URL, that changed, as their source says, after our last look."""
        ...

    def hasten(self, articles: Iterable[int], *, now: datetime) -> None:
        """Make articles due now; those that had retired come back."""

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

    def take_lease(self, lease: Lease, *, now: datetime) -> Lease:
        """Hold the archive for a pass, unless another does; return the lease that holds now."""
        ...

    def drop_lease(self, process: int, host: str) -> None:
        """Give up the lease of a process, if it has it."""

    def snapshots(self, article: Article) -> Iterator[Snapshot]:
        """Yield every look at an article, in the order of recording."""
        ...

    def snapshot(self, snapshot_id: int) -> Snapshot:
        """Return one look with its body; InputError when there is none of that number."""
        ...

    def versions(self, article: Article) -> Iterator[Version]:
        """Yield an article's versions, first to newest."""
        ...

    def neighbours(self, article: Article, *, limit: int = 40) -> Iterator[tuple[str, ...]]:
        """Yield the texts in and beside the newest stories of other articles on the host, newest change first."""
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

    def leaf_hashes(self) -> Iterator[bytes]:
        """Yield the hash of every leaf of the Merkle tree over all that a report shows, in their order."""
        ...

    def leaves(self) -> Iterator[Leaf]:
        """Yield every leaf, in their order, each held against the row that it stands for."""
        ...

    def body_hashes(self) -> Iterator[tuple[str, str]]:
        """Yield the name of every body, which is its SHA-256, and the SHA-256 of the bytes that are there."""
        ...

    def damage(self) -> Iterator[str]:
        """Yield what is wrong with the store itself, or with rows that say what other rows say."""
        ...

    def back_up(self, file: Path) -> None:
        """Copy all that is recorded to a file, in the place of what was there. Raises UnwritableError."""

    def search(self, words: str, *, limit: int = 20) -> list[tuple[Article, str]]:
        """Return the articles whose newest version holds all the words, best first, each with an excerpt."""
        ...
