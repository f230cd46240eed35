"""The archive over a database of any kind: what it tells and proves of what `recording` took.

What the methods promise is said in `protocol`; each is a query or a change that a module beside this one holds.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from revtrack.archive import (
    chains,
    findings,
    habits,
    happenings,
    lifetimes,
    looks,
    reach,
    revising,
    touched,
)
from revtrack.archive.damage import find_damage
from revtrack.archive.history import ledger, read_log
from revtrack.archive.leaves import read_leaves
from revtrack.archive.opening import open_leaves
from revtrack.archive.outbox import Outbox
from revtrack.archive.protocol import Archive
from revtrack.archive.recording import Recording
from revtrack.archive.values import (
    Habits,
    Leaf,
    Lifetime,
    LogEntry,
    Look,
    NoteEntry,
    OpenedLeaf,
    Order,
    Reach,
    Selection,
)
from revtrack.errors import ArchiveError
from revtrack.model import Article, Revision, Snapshot, Version
from revtrack.taking import expect

_FIND = 'archive.find("1") finds one by its id, its URL or a part of its headline'
_HELD = "SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM versions) AS versions"


class SQLArchive(Recording):
    """An archive in a database that is open."""

    def __repr__(self) -> str:
        """Say which archive it is and how much is in it: one that was just made by a slip of the pen is empty."""
        try:
            (held,) = self._ask(_HELD)
        except ArchiveError:
            return f"<Archive {self.location}: closed>"
        return f"<Archive {self.location}: articles={held['articles']}, versions={held['versions']}>"

    # --- what was seen -------------------------------------------------------------------------------------------

    def snapshots(self, article: Article) -> Iterator[Snapshot]:
        """Yield every look at an article, in the order of its timeline."""
        expect(article, Article, "snapshots takes an article", _FIND)
        for row in looks.in_order(self._ask, article.id):
            yield self._with_body(row)

    def looks(self, article: Article) -> Iterator[Look]:
        """Yield every look at an article without its body, in the order of its timeline, and what it found."""
        expect(article, Article, "looks takes an article", _FIND)
        yield from looks.read_looks(self._ask, article.id)

    def snapshot(self, snapshot_id: int) -> Snapshot:
        """Return one look with its body; InputError when there is none of that number."""
        return self._with_body(looks.snapshot(self._ask, snapshot_id, self.location))

    def versions(self, article: Article) -> Iterator[Version]:
        """Yield an article's versions, first to newest."""
        expect(article, Article, "versions takes an article", _FIND)
        yield from looks.versions(self._ask, self._each, article.id)

    def neighbours(self, article: Article, *, limit: int = 40, before: int | None = None) -> Iterator[tuple[str, ...]]:
        """Yield the texts in and beside the newest stories of other articles on the host, newest change first."""
        return looks.neighbours(self._ask, article, limit, before)

    def revisions(self, article: Article, versions: Sequence[Version] = ()) -> Iterator[Revision]:
        """Yield an article's revisions, first to newest, each with the verdict as it stands now.

        `versions` are all of the article, where the caller has read them already.
        """
        expect(article, Article, "revisions takes an article", _FIND)
        return revising.revisions(self._ask, article, versions or self.versions(article))

    def revision(self, article: Article, old: int, new: int) -> Revision:
        """Return the step between two versions, the older first; for neighbours with the verdict as it stands now."""
        expect(article, Article, "revision takes an article", _FIND)
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

    def happenings(self, selection: Selection) -> list[LogEntry]:
        """Return when articles that had been read went and came back, the newest first."""
        return happenings.happenings(self._ask, self._article, selection)

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

    def reach(self, selection: Selection) -> Reach:
        """Return how many of a selection's articles were looked at and read, and which could not be read last."""
        return reach.reach(self._ask, selection)

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
            yield from chains.hashes(self._db)

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
