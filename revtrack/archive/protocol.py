"""What an archive takes and gives: the protocol every store fulfils, and the values that pass. Knows no database."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from revtrack.model import (
    Article,
    Event,
    Note,
    Redaction,
    Revision,
    Snapshot,
    Source,
    Story,
    Validators,
    Verdict,
    Version,
)
from revtrack.schedule import Prior, Watched

if TYPE_CHECKING:
    from revtrack.archive.outbox import Outbox


class OutdatedError(Exception):
    """The article gained a version since the observation was derived: derive it again from what stands now."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an article before we look again.

    `latest` is its newest version; `validators` and `body_sha256` are those of the newest look that read a story.
    `prior` is what is expected of its source's articles, which the archive does not say: `companions` tell.
    `troubles` counts the failed looks since the last good one; `is_gone` says that none was good since it was found
    gone. `suspect` is the fingerprint of a surprising story that waits for a second look, "" if none does. `region`
    names the page that the newest version was read from at the last look that read any, "" if that is not known.
    """

    article: Article
    latest: Version | None = None
    validators: Validators = field(default_factory=Validators)
    body_sha256: str = ""
    is_gone: bool = False
    troubles: int = 0
    suspect: str = ""
    prior: Prior = field(default_factory=Prior)
    region: str = ""


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
    (still gone, still in trouble). `region` names the page that a story was read from, None leaves what is kept.
    `later` says that its body may be made small when there is time (`pack_bodies`).
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
    region: str | None = None
    later: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of an observation: the article as it now is, its snapshot with an id, the version if it made one."""

    article: Article
    snapshot: Snapshot
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of an article's history: a version with its verdict, or an event (gone, back, suspect, trouble).

    `judged_at` is the time of the look that led to the verdict as it stands.
    """

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
    headline_before: str = ""
    language: str = ""
    judged_at: datetime | None = None


class Only(StrEnum):
    """A kind of change that a list may be of alone: it was not disclosed, it brought notes, and so on."""

    UNDISCLOSED = "undisclosed"
    NOTES = "notes"
    HEADLINE = "headline"
    REMOVED = "removed"
    REVERTS = "reverts"


class Order(StrEnum):
    """How a list of changes is ordered: the weightiest first (then the newest), or by when they were first seen."""

    WEIGHT = "weight"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which changes a list shows; what is empty or None does not select.

    `source` is the URL of a source, or the host of articles that a person added. `language` is like "en". `since` and
    `until` bound when a change was first seen, `until` itself excluded. `firsts` takes first versions in, which no
    list of changes shows.
    """

    only: Only | None = None
    source: str = ""
    language: str = ""
    articles: tuple[int, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    firsts: bool = False


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A stretch of an article's versions that hold certain words, from `first` to `last` (None: to the newest).

    `text` is a sentence that holds them and `place` where it stands: "headline", "deck", "text" or "note". They were
    first seen at `first_seen`, last at `last_seen`, and found gone at `gone_at`, None while they stand.
    """

    article: Article
    place: str
    text: str
    first: int
    last: int | None
    first_seen: datetime
    last_seen: datetime
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """How the articles of one source (see `Selection`) are edited, as far as it was seen.

    `articles` are followed, `read` those of which a version was read, `edited` those of them with a revision.
    `substantive` counts revisions of level 3 or more, `silent` those of them without a note (undisclosed, or only a
    time stamp moved), `retitled` those that touched a headline. `lags` are the seconds that late notes took, in rising
    order. `week` counts revisions by the hour of the week in which they were found, from Monday midnight, UTC.
    """

    source: str
    articles: int = 0
    read: int = 0
    edited: int = 0
    revisions: int = 0
    substantive: int = 0
    silent: int = 0
    retitled: int = 0
    lags: tuple[float, ...] = ()
    week: tuple[int, ...] = (0,) * 168


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
    `kind`, `row` and `number` name the row, `article` and `version` what it belongs to (None where it says none).
    `redacted` says why and when contents were taken out, "" where none were.
    """

    position: int
    about: str
    hash: bytes
    found: bytes | None
    kind: str = ""
    row: int = 0
    number: int = 0
    article: int | None = None
    version: int | None = None
    redacted: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One look as it stands in an article's timeline: the snapshot without its body, and the version it found.

    `version` counts by today's numbers; None where no story was read or believed.
    """

    snapshot: Snapshot
    version: int | None = None


@dataclass(frozen=True, slots=True)
class DerivedVersion:
    """A version as it was derived: a `Version` whose story is in its JSON form, to be kept as it is."""

    number: int
    snapshot_id: int
    fingerprint: str
    extractor: str
    story: str = field(repr=False)
    first_seen: datetime
    last_seen: datetime
    looks: int = 1
    revert_of: int | None = None
    flapping: bool = False
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """How one host fares: counts of its articles, and the bytes that its pages take in the archive.

    `read` were read at least once; `looked_at` lately, of which `answered` with a page or that nothing changed, and
    `blocked` not; `gone` are not there any more, and of `shrunk` the newest page is less than half of what pages were.
    `answered_at` is when an article of it last answered, None if none did.
    """

    host: str
    articles: int
    read: int
    looked_at: int
    answered: int
    blocked: int
    gone: int
    shrunk: int
    size: int
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """How what is tracked fares: every site, how many looks are overdue and since when, what sources brought last."""

    sites: tuple[SiteHealth, ...]
    overdue: int
    overdue_since: datetime | None
    brought: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class LetGo:
    """How many pages were let go, and how many bytes they were as they were received."""

    bodies: int
    size: int


@dataclass(frozen=True, slots=True)
class Derivation:
    """All that was derived from the looks at an article, up to the one numbered `newest`, in order of its timeline.

    `verdicts` brings, by number of version, every verdict that was given, each with the look that led to it; `events`
    what happened beside; `found` the version that each look found. `gone`, `troubles` and `suspect` are where the
    article stands after the last look.
    """

    article_id: int
    newest: int
    versions: tuple[DerivedVersion, ...]
    verdicts: Mapping[int, tuple[tuple[int, Verdict], ...]]
    events: tuple[tuple[int, Event, str], ...]
    found: Mapping[int, int | None]
    gone: bool = False
    troubles: int = 0
    suspect: str = ""


@dataclass(frozen=True, slots=True)
class Rederived:
    """What became of an article when it was derived again: how many versions there were and are, and what differs.

    `read` are the numbers of versions that are new, gone, or read otherwise; `judged` those whose verdicts differ;
    `events` and `looks` count what happened otherwise, and the looks that found another version. `stamped` counts the
    versions of which only the stamp is another. `kept` says why the article was left as it was, "" where it was not.
    """

    article: Article
    before: int
    after: int
    read: tuple[int, ...] = ()
    judged: tuple[int, ...] = ()
    events: int = 0
    looks: int = 0
    stamped: int = 0
    kept: str = ""

    @property
    def differs(self) -> bool:
        """Whether anything is not as it stood."""
        return bool(self.read or self.judged or self.events or self.looks)


@dataclass(frozen=True, slots=True)
class OpenedLeaf:
    """A leaf and what it is the hash of, so that anybody can make it again.

    `entry` is the JSON that is hashed: the row's facts and, as `contents`, the SHA-256 of `salt` and the JSON
    `contents`, which is None where the contents were taken out.
    """

    position: int
    kind: str
    hash: bytes
    salt: bytes
    entry: str
    contents: str | None


@dataclass(frozen=True, slots=True)
class News:
    """What a look (`look`, its number) brought to an article: a verdict on a revision, or another event.

    `verdict` is set for a revision alone, as it stands now; `version` is the one that the revision made, `made_by` the
    number of the look that did. `rejudged` is set where an earlier revision was judged otherwise by what this look saw.
    """

    look: int
    at: datetime
    article: int
    event: Event
    version: int | None = None
    made_by: int | None = None
    verdict: Verdict | None = None
    rejudged: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be told by a rule (`alert`) to `channels`, not before `due_at`; `body` is JSON.

    `key` names it for good: what is kept already is not kept again. All of one `batch` go out as one. `subject` is what
    it is about, whatever is told of that later, `look` the look that led to it, 0 where none did.
    """

    key: str
    alert: str
    batch: str
    subject: str
    look: int
    due_at: datetime
    channels: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A batch on its way to a channel: `tries` that failed, and the `trouble` of the last."""

    batch: str
    channel: str
    alert: str
    due_at: datetime
    tries: int = 0
    trouble: str = ""


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

    def due(self, now: datetime, *, limit: int | None = None, site: str = "") -> list[Article]:
        """Return the articles, of one site or of all, whose next look is due, most overdue first; none that retired."""
        ...

    def waiting(self, now: datetime) -> Iterator[Article]:
        """Yield the articles whose next look is due, in any order, bare: what is needed to choose among them."""
        ...

    def next_due(self, after: datetime) -> datetime | None:
        """Return when the next article falls due after a time, None if none does."""
        ...

    def due_sites(self, now: datetime, *, limit: int | None = None) -> dict[str, datetime]:
        """Return the sites with articles that are due, and since when the first of each is; longest first."""
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

    def add_brought(self, url: str, *, now: datetime) -> Article:
        """Return the article at a canonical URL; one that nobody tracks is not looked at until somebody adds it."""
        ...

    def bring(self, article: Article, snapshot: Snapshot) -> tuple[int, bool]:
        """Keep a look that is not our own, which has an `origin`; return its number and whether it is new.

        No version knows of it until the article is derived again.
        """
        ...

    def find_look(self, article: Article, snapshot: Snapshot) -> int | None:
        """Return the number of a look of the same second, answer and body, None if there is none."""
        ...

    def redactions(self, article: Article) -> list[Redaction]:
        """Return what was taken out of an article, the first first."""
        ...

    def redact(self, article: Article, looks: Iterable[int], *, now: datetime, reason: str) -> str:
        """Take out the contents of looks and of all that shows them, in one transaction; say in words what it was.

        All looks with the same bytes and the versions that were read from any of them go with them. That they were
        there, and the proof of it, stays.
        """
        ...

    def health(self, *, since: datetime, overdue: datetime) -> Health:
        """Return how every site fares in the looks since then, what was due before `overdue`, what sources brought."""
        ...

    def let_go(self, before: datetime) -> LetGo:
        """Let go of pages received before then that only showed a version once more; hashes and proofs stay."""
        ...

    def article_of(self, snapshot_id: int) -> Article:
        """Return the article that a look was recorded with; InputError when there is no such look."""
        ...

    def unwoven(self) -> list[int]:
        """Return the articles with looks that were brought in and of which no version knows yet."""
        ...

    def is_derived(self, article: Article, stamp: str) -> bool:
        """Say whether an article stands derived by the rules of this stamp, up to its newest look."""
        ...

    def weigh_derivation(self, article: Article, derivation: Derivation) -> Rederived:
        """Return what would become of an article if a derivation took the place of what stands."""
        ...

    def put_derivation(self, article: Article, derivation: Derivation, *, now: datetime, stamp: str) -> Rederived:
        """Put a derivation in the place of what stands, in one transaction; write nothing that stands so.

        The proof of what was recorded stays, and what was replaced is kept but for its text. Raises OutdatedError,
        changing nothing, when the article was looked at since.
        """
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Make one transaction of all that is written within: it is kept whole, or not at all when an error leaves."""
        ...

    def record(self, observation: Observation) -> Recorded:
        """Record a look and all that came of it in one transaction.

        Raises OutdatedError, recording nothing, when another look added a version since `basis`.
        """
        ...

    def pack_bodies(self, *, waiting: int = 0) -> int:
        """Pack some of the bodies that were kept as they came, if more than so many wait; return how many were."""
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
        """Yield every look at an article with its body, in the order of its timeline.

        Our own stand in the order of recording, those that were brought in among them by their times.
        """
        ...

    def looks(self, article: Article) -> Iterator[Look]:
        """Yield every look at an article without its body, in the order of its timeline, and the version it found."""
        ...

    def snapshot(self, snapshot_id: int) -> Snapshot:
        """Return one look with its body; InputError when there is none of that number."""
        ...

    def versions(self, article: Article) -> Iterator[Version]:
        """Yield an article's versions, first to newest."""
        ...

    def neighbours(self, article: Article, *, limit: int = 40, before: int | None = None) -> Iterator[tuple[str, ...]]:
        """Yield the texts in and beside the newest stories of other articles on the host, newest change first.

        With `before`, as they were before the look of that number.
        """
        ...

    def revisions(self, article: Article) -> Iterator[Revision]:
        """Yield an article's revisions, first to newest, each with the verdict as it stands now."""
        ...

    def revision(self, article: Article, old: int, new: int) -> Revision:
        """Return the step between any two versions; InputError when there is no such version.

        For neighbours the verdict is the recorded one, which may know of later notes.
        """
        ...

    def log(
        self, *, article: Article | None = None, since: datetime | None = None, versions: bool = True
    ) -> Iterator[LogEntry]:
        """Yield what happened to one article or to all, oldest first; without versions only what else happened."""
        ...

    def changes(
        self, selection: Selection, *, order: Order = Order.WEIGHT, limit: int | None = None, offset: int = 0
    ) -> Iterator[LogEntry]:
        """Yield the versions that fit a selection, however many there are at little memory."""
        ...

    def count_changes(self, selection: Selection) -> int:
        """Return how many versions fit a selection."""
        ...

    def months(self, selection: Selection) -> list[tuple[str, int]]:
        """Return the months ("2024-11", newest first) in which versions were first seen that fit, and how many."""
        ...

    def languages(self) -> list[tuple[str, int]]:
        """Return the languages of revisions ("en"), those with the most first, and how many each has."""
        ...

    def habits(self) -> list[Habits]:
        """Return how the articles of each source are edited, those with the most articles first."""
        ...

    def touched(self, since: int) -> dict[int, set[int]]:
        """Return the articles of which anything was recorded from a leaf on, with versions read or judged anew."""
        ...

    def is_rederived(self, since: int) -> bool:
        """Whether versions were derived again, or contents taken out, from a leaf on."""
        ...

    def leaf_count(self) -> int:
        """Return how many leaves there are."""
        ...

    def leaf_hash(self, position: int) -> bytes:
        """Return the hash of one leaf, b"" where there is none."""
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

    def opened_leaves(self, article: Article) -> Iterator[OpenedLeaf]:
        """Yield the newest leaf of every row of an article with what it stands for, in their order."""
        ...

    @property
    def outbox(self) -> "Outbox":
        """What is to be told of what was recorded, and whether it was."""
        ...

    def body_hashes(self) -> Iterator[tuple[str, str]]:
        """Yield the name of every body, which is its SHA-256, and the SHA-256 of the bytes that are there."""
        ...

    def damage(self) -> Iterator[str]:
        """Yield what is wrong with the store itself, or with rows that say what other rows say."""
        ...

    def fill(self, other: "Archive", *, tell: Callable[[str, int], None]) -> dict[str, int]:
        """Carry all of another archive into this one in one transaction; return how many rows of each table.

        `tell` is given the name of a table and how many rows are there. Raises InputError unless this one is empty.
        """
        ...

    def back_up(self, file: Path) -> None:
        """Copy all that is recorded to a file, in the place of what was there. Raises UnwritableError."""

    def search(self, words: str, *, limit: int = 20) -> list[Lifetime]:
        """Return the articles of which a version, the newest or any before, holds all the words, best first.

        Of each article, the newest stretch of versions that hold them.
        """
        ...

    def trace(self, phrase: str, *, article: Article | None = None, limit: int = 20) -> list[Lifetime]:
        """Return every stretch of versions that hold a phrase, of one article or of so many at most."""
        ...
