"""What an archive takes and gives: the protocol every store fulfils. Knows no database.

One class, as whoever writes a store answers all of it: what is tracked and due, looks, what they show, what proves it.
Any call may raise ArchiveError (`revtrack.errors`); said below is what a caller's own values can bring about.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from revtrack.archive.values import (
    Derivation,
    Habits,
    Health,
    Leaf,
    Lease,
    LetGo,
    Lifetime,
    LogEntry,
    Look,
    NoteEntry,
    Observation,
    OpenedLeaf,
    Order,
    Reach,
    Recorded,
    Rederived,
    Selection,
    Standing,
)
from revtrack.model import (
    Article,
    Redaction,
    Revision,
    Snapshot,
    Source,
    Validators,
    Version,
)
from revtrack.schedule import Prior, Watched

if TYPE_CHECKING:
    from revtrack.archive.outbox import Outbox


class Archive(Protocol):
    """A store of articles and everything seen of them. A context manager; one thread at a time."""

    location: str

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None:
        """Let go of the store. Whatever was recorded is already safe."""

    def transaction(self) -> AbstractContextManager[None]:
        """Make one transaction of all that is written within: it is kept whole, or not at all when an error leaves."""
        ...

    # --- what is tracked ---------------------------------------------------------------------------------------------

    def add_article(self, url: str, *, now: datetime, source: str = "") -> tuple[Article, bool]:
        """Track a canonical URL; return its article and whether it is new.

        One that had retired comes back when a person adds it again (`source` is empty).
        """
        ...

    def add_source(self, url: str, kind: str, *, now: datetime, parent: str = "") -> tuple[Source, bool]:
        """Follow a source; return it and whether it is new."""
        ...

    def sources(self) -> Iterator[Source]:
        """Yield every source that is followed, oldest first."""
        ...

    def titles(self) -> dict[str, str]:
        """Return what sources call themselves, by their URLs, those included that are not followed any more."""
        ...

    def checked_source(
        self,
        source: Source,
        *,
        now: datetime,
        due_at: datetime,
        reason: str = "",
        validators: Validators | None = None,
        title: str = "",
    ) -> None:
        """Note that a source was read, when to read it next, and what was wrong if anything was.

        `validators` are kept for the next reading; None leaves those that are kept, and so does a `title` of "".
        """

    def articles(self) -> Iterator[Article]:
        """Yield every article, oldest first, those without versions that turned out to be another left out."""
        ...

    def joined(self) -> dict[int, tuple[int, ...]]:
        """Return the ids of articles with versions that turned out to be another, by the id of that other one."""
        ...

    def find(self, name: str) -> Article:
        """Return the article meant by an id, a URL, or any unambiguous part of URL or headline.

        Raises UnknownArticleError or AmbiguousArticleError.
        """
        ...

    def owner(self, url: str) -> int | None:
        """Return the id of the article that a URL is known to lead to, None if none is."""
        ...

    def article_of(self, snapshot_id: int) -> Article:
        """Return the article that a look was recorded with; InputError when there is no such look."""
        ...

    def drop(self, dropped: Iterable[Article | Source], *, now: datetime) -> None:
        """Stop looking at articles and following sources, until they are added again. What was seen stays."""

    # --- what is due -------------------------------------------------------------------------------------------------

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

    # --- a look, before and after it ---------------------------------------------------------------------------------

    def requests(self, articles: Sequence[int], *, since: datetime | None = None) -> list[tuple[int, str, Validators]]:
        """Return of each article its id, the URL to ask for, and what to ask "has it changed?" with.

        What a server gave before `since` is not asked with. Raises UnknownArticleError.
        """
        ...

    def standings(
        self, articles: Sequence[int], *, prior: Callable[[Article], Prior] = lambda _: Prior()
    ) -> dict[int, Standing]:
        """Return what is known of articles before the next look, by their ids, without what the two beside tell.

        `prior` tells what is expected of an article's source. Raises UnknownArticleError.
        """
        ...

    def last_body(self, article_id: int) -> str:
        """Return the SHA-256 of the body of the newest look that read a story, "" if none did."""
        ...

    def standing(self, article_id: int) -> Standing:
        """Return what is known of an article before the next look. Raises UnknownArticleError."""
        ...

    def record(self, observation: Observation) -> Recorded:
        """Record a look and all that came of it in one transaction.

        Raises OutdatedError, recording nothing, when another look added a version since `basis`.
        """
        ...

    def record_all(
        self, observations: Sequence[Observation], *, known: Mapping[int, Article] | None = None
    ) -> list[Recorded | None]:
        """Record looks and all that came of them in one transaction, as one `record` after the other would.

        None stands for one that was not recorded, since another look added a version since its `basis`. `known` are
        the articles as they stood before: they need not be read again where looks found nothing new.
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

    # --- what was seen -----------------------------------------------------------------------------------------------

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

    def revisions(self, article: Article, versions: Sequence[Version] = ()) -> Iterator[Revision]:
        """Yield an article's revisions, first to newest, each with the verdict as it stands now.

        `versions` are all of the article, where the caller has read them already.
        """
        ...

    def revision(self, article: Article, old: int, new: int) -> Revision:
        """Return the step between any two versions, the older first; InputError when there is none, or not in order.

        For neighbours the verdict is the recorded one, which may know of later notes.
        """
        ...

    # --- what changed ------------------------------------------------------------------------------------------------

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

    def happenings(self, selection: Selection) -> list[LogEntry]:
        """Return when articles that had been read went and came back, of those that a selection holds, newest first.

        None are of any kind of change (`Selection.only`).
        """
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

    def notes(self, *, article: Article | None = None) -> Iterator[NoteEntry]:
        """Yield the ledger of notes, oldest first."""
        ...

    def search(self, words: str, *, limit: int = 20) -> list[Lifetime]:
        """Return the articles of which a version, the newest or any before, holds all the words, best first.

        Of each article, the newest stretch of versions that hold them.
        """
        ...

    def trace(self, phrase: str, *, article: Article | None = None, limit: int = 20) -> list[Lifetime]:
        """Return every stretch of versions that hold a phrase, of one article or of so many at most."""
        ...

    def habits(self) -> list[Habits]:
        """Return how the articles of each source are edited, those with the most articles first."""
        ...

    def reach(self, selection: Selection) -> Reach:
        """Return how many of a selection's articles were looked at and read, and which could not be read last."""
        ...

    def health(self, *, since: datetime, overdue: datetime) -> Health:
        """Return how every site fares in the looks since then, what was due before `overdue`, what sources brought."""
        ...

    @property
    def outbox(self) -> "Outbox":
        """What is to be told of what was recorded, and whether it was."""
        ...

    # --- what others saw, and what is derived again ------------------------------------------------------------------

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

    def unwoven(self) -> list[int]:
        """Return the ids of articles with looks that were brought in and of which no version knows yet."""
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

    # --- what is taken out -------------------------------------------------------------------------------------------

    def redactions(self, article: Article) -> list[Redaction]:
        """Return what was taken out of an article, the first first."""
        ...

    def redact(self, article: Article, looks: Iterable[int], *, now: datetime, reason: str) -> str:
        """Take out the contents of looks and of all that shows them, in one transaction; say in words what it was.

        All looks with the same bytes and the versions that were read from any of them go with them. That they were
        there, and the proof of it, stays.
        """
        ...

    def let_go(self, before: datetime) -> LetGo:
        """Let go of pages received before then that only showed a version once more; hashes and proofs stay."""
        ...

    # --- what can be proven ------------------------------------------------------------------------------------------

    def leaf_hashes(self) -> Iterator[bytes]:
        """Yield the hash of every leaf of the Merkle tree over all that a report shows, in their order."""
        ...

    def leaf_count(self) -> int:
        """Return how many leaves there are."""
        ...

    def leaf_hash(self, position: int) -> bytes:
        """Return the hash of the leaf at a position (the first is 0), b"" where there is none."""
        ...

    def leaves(self) -> Iterator[Leaf]:
        """Yield every leaf, in their order, each held against the row that it stands for."""
        ...

    def opened_leaves(self, article: Article) -> Iterator[OpenedLeaf]:
        """Yield the newest leaf of every row of an article with what it stands for, in their order."""
        ...

    def touched(self, since: int) -> dict[int, set[int]]:
        """Return by id the articles of which anything was recorded, and the numbers of versions read or judged anew.

        `since` is the position of the first leaf that counts. An article that was only looked at comes with no version.
        """
        ...

    def is_rederived(self, since: int) -> bool:
        """Say whether versions were derived again, or contents taken out, from the leaf at that position on."""
        ...

    def body_hashes(self) -> Iterator[tuple[str, str]]:
        """Yield the name of every body, which is its SHA-256, and the SHA-256 of the bytes that are there."""
        ...

    def damage(self) -> Iterator[str]:
        """Yield what is wrong with the store itself, or with rows that say what other rows say."""
        ...

    # --- copies ------------------------------------------------------------------------------------------------------

    def fill(self, other: "Archive", *, tell: Callable[[str, int], None]) -> dict[str, int]:
        """Carry all of another archive into this one in one transaction; return how many rows of each table.

        `tell` is given the name of a table and how many rows are there. Raises InputError unless this one is empty.
        """
        ...

    def back_up(self, file: Path) -> None:
        """Copy all that is recorded to a file, in the place of what was there. Raises UnwritableError."""
