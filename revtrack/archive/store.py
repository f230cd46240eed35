"""The archive over a database of any kind: each method as a query or a change that a module beside this one holds.

What the methods promise is said in `protocol`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Concatenate, ParamSpec, Self, TypeVar

from revtrack.archive import (
    articles,
    bodies,
    derivations,
    findings,
    habits,
    health,
    lifetimes,
    looks,
    origins,
    passes,
    plans,
    redactions,
    retention,
    revising,
    rows,
    sites,
    stories,
    touched,
    writing,
)
from revtrack.archive.connection import Connection, Cursor, Row
from revtrack.archive.damage import find_damage
from revtrack.archive.history import ledger, read_log
from revtrack.archive.leaves import read_leaves
from revtrack.archive.opening import open_leaves
from revtrack.archive.outbox import Outbox
from revtrack.archive.packing import PackingError
from revtrack.archive.protocol import Archive
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
    Recorded,
    Rederived,
    Selection,
    Standing,
)
from revtrack.errors import ArchiveError
from revtrack.model import Article, Redaction, Revision, Snapshot, Source, Validators, Version
from revtrack.schedule import Watched

_PACKED_AT_ONCE = 50
P = ParamSpec("P")
T = TypeVar("T")


class SQLArchive:
    """An archive in a database that is open."""

    def __init__(self, db: Connection) -> None:
        self.location = db.location
        self._db = db

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database. Whatever was recorded is already safe."""
        self._db.close()

    # --- what is tracked -----------------------------------------------------------------------------------------

    def add_article(self, url: str, *, now: datetime, source: str = "") -> tuple[Article, bool]:
        """Track a canonical URL; return its article and whether it is new."""
        article_id, is_new = self._write(articles.add, url, now=now, source=source)
        return self._article(article_id), is_new

    def add_source(self, url: str, kind: str, *, now: datetime, parent: str = "") -> tuple[Source, bool]:
        """Follow a source; return it and whether it is new."""
        is_new = self._write(articles.add_source, url, kind, now=now, parent=parent)
        return articles.sources(self._ask, url)[0], is_new

    def sources(self) -> Iterator[Source]:
        """Yield every source, oldest first."""
        yield from articles.sources(self._ask)

    def checked_source(
        self, source: Source, *, now: datetime, due_at: datetime, reason: str = "", validators: Validators | None = None
    ) -> None:
        """Note that a source was read, when to read it next, and what was wrong if anything was."""
        self._write(articles.checked_source, source, now=now, due_at=due_at, reason=reason, validators=validators)

    def articles(self) -> Iterator[Article]:
        """Yield every article, oldest first."""
        yield from articles.every(self._ask)

    def owner(self, url: str) -> int | None:
        """Return the id of the article that a URL is known to lead to, None if none is."""
        return articles.owner(self._ask, url)

    def find(self, name: str) -> Article:
        """Return the article meant by an id, a URL, or any unambiguous part of URL or headline."""
        return articles.find(self._ask, name)

    def due(self, now: datetime, *, limit: int | None = None, site: str = "") -> list[Article]:
        """Return the articles, of one site or of all, whose next look is due, most overdue first."""
        return articles.due(self._ask, now, limit, site)

    def waiting(self, now: datetime) -> Iterator[Article]:
        """Yield the articles whose next look is due, in any order, bare: what is needed to choose among them."""
        return articles.waiting(self._each, now)

    def next_due(self, after: datetime) -> datetime | None:
        """Return when the next article falls due after a time, None if none does."""
        return articles.next_due(self._ask, after)

    def due_sites(self, now: datetime, *, limit: int | None = None) -> dict[str, datetime]:
        """Return the sites with articles that are due, and since when the first of each is; longest first."""
        return sites.due_sites(self._ask, now, limit)

    def companions(self, article: Article) -> list[Watched]:
        """Return what was seen of other articles of its source, or of its host where a person added it."""
        return plans.companions(self._ask, article)

    def spent(self, since: datetime) -> dict[str, int]:
        """Return the looks made since then, by host and by URL of the source that brought the article."""
        return plans.spent(self._ask, since)

    def outdated(self, changes: Mapping[str, datetime]) -> list[int]:
        """Return the ids of the articles, by URL, that changed, as their source says, after our last look."""
        return plans.outdated(self._ask, changes)

    def hasten(self, articles: Iterable[int], *, now: datetime) -> None:
        """Make articles due now; those that had retired come back."""
        self._write(plans.hasten, list(articles), now)

    def take_lease(self, lease: Lease, *, now: datetime) -> Lease:
        """Hold the archive for a pass, unless another does; return the lease that holds now."""
        return self._write(passes.take_lease, lease, now)

    def drop_lease(self, process: int, host: str) -> None:
        """Give up the lease of a process, if it has it."""
        self._write(passes.drop_lease, process, host)

    def manners(self) -> dict[str, str]:
        """Return what fetching asked to have kept between passes."""
        return passes.manners(self._ask)

    def keep_manners(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Keep what a pass changed of what it was given, and leave the rest to others."""
        if dict(before) != dict(after):
            self._write(passes.keep_manners, before, after)

    # --- looks ---------------------------------------------------------------------------------------------------

    def standing(self, article_id: int) -> Standing:
        """Return what is known of an article before the next look."""
        return looks.standing(self._ask, article_id)

    def record(self, observation: Observation) -> Recorded:
        """Record a look and all that came of it in one transaction."""
        snapshot_id, made = self._write(writing.record, observation)
        version = looks.version(self._ask, observation.article_id, made) if made else None
        return Recorded(self._article(observation.article_id), replace(observation.snapshot, id=snapshot_id), version)

    def add_brought(self, url: str, *, now: datetime) -> Article:
        """Return the article at a canonical URL; one that nobody tracks is not looked at."""
        return self._article(self._write(origins.add, url, now=now))

    def bring(self, article: Article, snapshot: Snapshot) -> tuple[int, bool]:
        """Keep a look that is not our own; return its number and whether it is new."""
        return self._write(origins.bring, article.id, snapshot)

    def find_look(self, article: Article, snapshot: Snapshot) -> int | None:
        """Return the number of a look of the same second, answer and body, None if there is none."""
        return origins.find_same(self._db, article.id, snapshot)

    def redactions(self, article: Article) -> list[Redaction]:
        """Return what was taken out of an article, the first first."""
        return redactions.of_article(self._ask, article.id)

    def redact(self, article: Article, looks: Iterable[int], *, now: datetime, reason: str) -> str:
        """Take out the contents of looks and of all that shows them, in one transaction; say in words what it was."""
        taken = redactions.choose(self._ask, looks)
        self._write(redactions.redact, article.id, taken, now=now, reason=reason)
        self._scrub()
        return taken.says

    def health(self, *, since: datetime, overdue: datetime) -> Health:
        """Return how every site fares in the looks since then, what was due before `overdue`, what sources brought."""
        with self._reading():
            return health.health(self._ask, since=since, overdue=overdue)

    def pack_bodies(self, *, waiting: int = 0) -> int:
        """Pack bodies that were kept as they came, until so many wait or some were packed; return how many were."""
        left = bodies.count_waiting(self._db) - waiting
        return self._write(bodies.pack_waiting, min(left, _PACKED_AT_ONCE)) if left > 0 else 0

    def let_go(self, before: datetime) -> LetGo:
        """Let go of pages received before then that only showed a version once more, some at a time."""
        gone = LetGo(0, 0)
        while (some := self._write(retention.let_go, before)).bodies:
            gone = LetGo(gone.bodies + some.bodies, gone.size + some.size)
        self._scrub()
        return gone

    def article_of(self, snapshot_id: int) -> Article:
        """Return the article that a look was recorded with; InputError when there is no such look."""
        return self._article(looks.snapshot(self._ask, snapshot_id, self.location)["article_id"])

    def unwoven(self) -> list[int]:
        """Return the articles with looks that were brought in and of which no version knows yet."""
        return derivations.unwoven(self._ask)

    def is_derived(self, article: Article, stamp: str) -> bool:
        """Say whether an article stands derived by the rules of this stamp, up to its newest look."""
        return derivations.is_current(self._ask, article.id, stamp)

    def weigh_derivation(self, article: Article, derivation: Derivation) -> Rederived:
        """Return what would become of an article if a derivation took the place of what stands."""
        with self._reading():
            return derivations.weigh(self._db, article, derivation)

    def put_derivation(self, article: Article, derivation: Derivation, *, now: datetime, stamp: str) -> Rederived:
        """Put a derivation in the place of what stands, in one transaction; write nothing that stands so."""
        return self._write(derivations.put, article, derivation, now=now, stamp=stamp)

    def transaction(self) -> AbstractContextManager[None]:
        """Make one transaction of all that is written within."""
        return self._changing()

    # --- what was seen -------------------------------------------------------------------------------------------

    def snapshots(self, article: Article) -> Iterator[Snapshot]:
        """Yield every look at an article, in the order of its timeline."""
        for row in looks.in_order(self._ask, article.id):
            yield self._with_body(row)

    def looks(self, article: Article) -> Iterator[Look]:
        """Yield every look at an article without its body, in the order of its timeline, and what it found."""
        yield from looks.read_looks(self._ask, article.id)

    def snapshot(self, snapshot_id: int) -> Snapshot:
        """Return one look with its body; InputError when there is none of that number."""
        return self._with_body(looks.snapshot(self._ask, snapshot_id, self.location))

    def versions(self, article: Article) -> Iterator[Version]:
        """Yield an article's versions, first to newest."""
        yield from looks.versions(self._ask, self._each, article.id)

    def neighbours(self, article: Article, *, limit: int = 40, before: int | None = None) -> Iterator[tuple[str, ...]]:
        """Yield the texts in and beside the newest stories of other articles on the host, newest change first."""
        return looks.neighbours(self._ask, article, limit, before)

    def revisions(self, article: Article) -> Iterator[Revision]:
        """Yield an article's revisions, first to newest, each with the verdict as it stands now."""
        return revising.revisions(self._ask, article, self.versions(article))

    def revision(self, article: Article, old: int, new: int) -> Revision:
        """Return the step between two versions, the older first; for neighbours with the verdict as it stands now."""
        revising.check_order(old, new)
        for number in (old, new):
            looks.version(self._ask, article.id, number)  # or an InputError
        first, *between = looks.versions(self._ask, self._each, article.id, old, new)
        return revising.revision(self._ask, article, first, between)

    def log(
        self, *, article: Article | None = None, since: datetime | None = None, versions: bool = True
    ) -> Iterator[LogEntry]:
        """Yield what happened to one article or to all, oldest first; without versions only what else happened."""
        return read_log(self._ask, self._article, article=article, since=since, versions=versions)

    def changes(
        self, selection: Selection, *, order: Order = Order.WEIGHT, limit: int | None = None, offset: int = 0
    ) -> Iterator[LogEntry]:
        """Yield the versions that fit a selection."""
        return findings.read_changes(self._ask, self._article, selection, order=order, limit=limit, offset=offset)

    def count_changes(self, selection: Selection) -> int:
        """Return how many versions fit a selection."""
        return findings.count_changes(self._ask, selection)

    def months(self, selection: Selection) -> list[tuple[str, int]]:
        """Return the months in which versions were first seen that fit a selection, and how many."""
        return findings.months(self._ask, selection)

    def languages(self) -> list[tuple[str, int]]:
        """Return the languages of revisions, those with the most first, and how many each has."""
        return findings.languages(self._ask)

    def habits(self) -> list[Habits]:
        """Return how the articles of each source are edited, those with the most articles first."""
        return habits.habits(self._ask)

    def touched(self, since: int) -> dict[int, set[int]]:
        """Return the articles of which anything was recorded from a leaf on, with versions read or judged anew."""
        return touched.touched(self._ask, since)

    def notes(self, *, article: Article | None = None) -> Iterator[NoteEntry]:
        """Yield the ledger of notes, article by article, oldest first."""
        for one in [article] if article else list(self.articles()):
            yield from ledger(one, self.versions(one))

    def search(self, words: str, *, limit: int = 20) -> list[Lifetime]:
        """Return the articles of which a version holds all the words, best first."""
        return lifetimes.search(self._ask, self._db.words, self._article, words, limit)

    def trace(self, phrase: str, *, article: Article | None = None, limit: int = 20) -> list[Lifetime]:
        """Return every stretch of versions that hold a phrase, of one article or of so many at most."""
        return lifetimes.trace(self._ask, self._db.words, self._article, phrase, article=article, limit=limit)

    @property
    def outbox(self) -> Outbox:
        """What is to be told of what was recorded, and whether it was."""
        return Outbox(self._ask, self._write)

    # --- what can be proven ---------------------------------------------------------------------------------------

    def leaf_hashes(self) -> Iterator[bytes]:
        """Yield the hash of every leaf, in their order."""
        for row in self._each("SELECT hash FROM leaves ORDER BY position"):
            yield row["hash"]

    def is_rederived(self, since: int) -> bool:
        """Whether versions were derived again, or contents taken out, from a leaf on."""
        return touched.is_rederived(self._ask, since)

    def leaf_count(self) -> int:
        """Return how many leaves there are."""
        return touched.leaf_count(self._ask)

    def leaf_hash(self, position: int) -> bytes:
        """Return the hash of one leaf, b"" where there is none."""
        return touched.leaf_hash(self._ask, position)

    def leaves(self) -> Iterator[Leaf]:
        """Yield every leaf, in their order, each held against the row that it stands for."""
        with self._reading():
            yield from read_leaves(self._db)

    def opened_leaves(self, article: Article) -> Iterator[OpenedLeaf]:
        """Yield the newest leaf of every row of an article with what it stands for, in their order."""
        with self._reading():
            yield from open_leaves(self._db, article.id)

    def body_hashes(self) -> Iterator[tuple[str, str]]:
        """Yield the name of every body, which is its SHA-256, and the SHA-256 of the bytes that are there."""
        with self._reading():
            yield from bodies.hashes(self._db)

    def damage(self) -> Iterator[str]:
        """Yield what is wrong with the database itself, or with rows that say what other rows say."""
        with self._reading():
            yield from find_damage(self._db)

    def fill(self, other: Archive, *, tell: Callable[[str, int], None]) -> dict[str, int]:
        """Carry all of another archive into this one, which must be empty; return the rows of each table."""
        from revtrack.archive.carrying import carry  # noqa: PLC0415 - once in an archive's life

        assert isinstance(other, SQLArchive)
        with other._plain_errors(), self._plain_errors():  # noqa: SLF001 - it is one of us
            return carry(other._db, self._db, tell)  # noqa: SLF001 - as above

    # --- within --------------------------------------------------------------------------------------------------

    def _write(self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **named: P.kwargs) -> T:
        """Return what a change returns that was made in one transaction, or within the one that is open."""
        with self._plain_errors():
            return self._db.write(lambda: change(self._db, *args, **named))

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._plain_errors(), self._db.writing():
            yield

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._plain_errors(), self._db.reading():
            yield

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            with self._db.plain_errors():
                yield
        except PackingError as error:
            what = "holds a page or story that is damaged: 'revtrack verify' says which; keep a copy of it as it is"
            raise ArchiveError(self.location, what) from error

    def _ask(self, query: str, *values: object) -> list[Row]:
        with self._plain_errors():
            return list(self._named(self._db.execute(query, values)))

    def _each(self, query: str, *values: object) -> Iterator[Row]:
        with self._plain_errors(), self._db.stream(query, values) as found:
            yield from self._named(found)

    def _named(self, found: Cursor) -> Iterator[Row]:
        names = [column[0] for column in found.description or ()]
        for row in found:
            named = dict(zip(names, row, strict=True))
            if named.get("story") == "":  # it is packed
                named["story"] = stories.read(self._db, named["article_id"], named["number"])
            yield named

    def _scrub(self) -> None:
        """Leave nothing of what was deleted in the files."""
        with self._plain_errors():
            self._db.scrub()

    def _article(self, article_id: int) -> Article:
        return articles.one(self._ask, article_id)

    def _with_body(self, row: Row) -> Snapshot:
        with self._plain_errors():
            body = bodies.read(self._db, row["body_sha256"]) if row["body_sha256"] else None
        return rows.snapshot_from(row, body)
