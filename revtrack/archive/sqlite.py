"""The embedded archive: one SQLite file, written by one transaction a look. Knows no network and no clock."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from revtrack.archive import fulltext
from revtrack.archive.connection import Connection
from revtrack.archive.copying import copy_to
from revtrack.archive.schema import STEPS, Step, statements
from revtrack.archive.shape import find_altered
from revtrack.archive.store import SQLArchive
from revtrack.errors import (
    ArchiveError,
    ArchiveLockedError,
    ArchiveWriteError,
    InputError,
    NewerArchiveError,
    NotAnArchiveError,
)
from revtrack.placing import APPLICATION_ID

_HEADER = 100  # bytes at the head of every SQLite file (its file format, 1.3)

T = TypeVar("T")


class SQLiteArchive(SQLArchive):
    """An archive in one SQLite file (or several beside it while it is written: WAL)."""

    _db: "SQLite"

    def __init__(self, path: Path, *, wait: float = 10.0) -> None:
        super().__init__(SQLite(path, wait=wait))

    def back_up(self, file: Path) -> None:
        """Copy all that is recorded to a file, in the place of an earlier copy, while others write."""
        if file.exists() and file.samefile(self.location):
            raise InputError(f"{file} is the archive itself: name another file")
        copy_to(self._db.connection, file)

    def settle(self) -> None:
        """Leave one file, without others beside it, until somebody writes again."""
        self._db.execute("PRAGMA journal_mode = DELETE")


class SQLite(Connection):
    """A file that is open and has all the tables. Raises NotAnArchiveError, NewerArchiveError or ArchiveError."""

    words = fulltext

    def __init__(self, path: Path, *, wait: float = 10.0) -> None:
        self.location = str(path)
        with self.plain_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            name, is_uri = _how_to_open(path)
            self.connection = sqlite3.connect(name, timeout=wait, isolation_level=None, uri=is_uri)
            try:
                self._prepare(Database(self.connection, execute_plugins=False))
            except BaseException:
                self.connection.close()
                raise

    def execute(self, query: str, values: Sequence[object] = (), /) -> sqlite3.Cursor:
        """Run a query with its values and return what it finds."""
        return self.connection.execute(query, values)

    def execute_many(self, query: str, rows: Iterable[Sequence[object]], /) -> None:
        """Run a query once for the values of each row."""
        self.connection.executemany(query, rows)

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], /) -> None:
        """Add many rows at once, within the caller's transaction, whose references are checked at its end."""
        self.execute("PRAGMA defer_foreign_keys = ON")  # until the end of the transaction
        marks = ", ".join("?" * len(columns))
        self.execute_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608 - names of ours

    def count_on(self) -> None:
        """Do nothing: SQLite numbers rows behind the last one there is."""

    @contextmanager
    def stream(self, query: str, values: Sequence[object] = (), /) -> Iterator[sqlite3.Cursor]:
        """Run a query; its rows come as they are asked for."""
        yield self.connection.execute(query, values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make one transaction of what is done within; join one that is open."""
        # A deferred transaction fails at once with "database is locked" when it first writes under a second writer,
        # whatever the time-out; an immediate one waits its turn.
        if self.connection.in_transaction:
            yield
            return
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.execute("ROLLBACK")
            raise

    def write(self, change: Callable[[], T]) -> T:
        """Make a change in one transaction, which is never lost on the way."""
        with self.writing():
            return change()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let all that is read within be of one moment."""
        yield  # a query sees one moment as long as its rows are read

    @contextmanager
    def plain_errors(self) -> Iterator[None]:
        """Raise an ArchiveError that says what to do for any error of SQLite or of the system."""
        try:
            yield
        except sqlite3.Error as error:
            raise _plain(error, self.location) from error
        except OverflowError as error:
            raise InputError("a number is larger than any that is kept") from error
        except OSError as error:
            raise ArchiveWriteError(self.location, f"cannot be made here: {error.strerror or error}") from error

    def damage(self) -> Iterator[str]:
        """Yield what SQLite finds wrong with the file, and what is not made as it makes new ones."""
        for (line,) in self.execute("PRAGMA integrity_check").fetchall():
            if line != "ok":
                yield f"SQLite says: {line}"
        for table, *_ in self.execute("PRAGMA foreign_key_check").fetchall():
            yield f"a row of {table} points to a row that is not there"
        new = SQLite(Path(":memory:"))
        try:
            for table in find_altered(self.connection, new.connection):
                yield f"the table {table} is not made as revtrack makes it"
        finally:
            new.close()

    def scrub(self) -> None:
        """Write the file anew, and empty the log beside it: freed pages still hold what was deleted."""
        self.execute("VACUUM")
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def _prepare(self, database: Database) -> None:
        self.execute("PRAGMA foreign_keys = OFF")  # so that a migration may make a table anew
        self.execute("PRAGMA synchronous = FULL")
        self._refuse_foreign()
        steps = migrations(self)
        if {step.name for step in steps.applied(database)} - {step.name for step in STEPS}:
            what = "was written by a later revtrack and was left untouched; upgrade revtrack to open it"
            raise NewerArchiveError(self.location, what)
        if steps.pending(database):
            # The mark first and outside the write-ahead log, so that a file we began is ours after any crash.
            self.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self.execute("PRAGMA journal_mode = WAL")
            with self.writing():
                steps.apply(database)
        self.execute("PRAGMA foreign_keys = ON")

    def _refuse_foreign(self) -> None:
        mark = self.execute("PRAGMA application_id").fetchone()[0]
        empty = self.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0 and not self._is_scrap()
        if mark != APPLICATION_ID and not (empty and mark == 0):
            raise NotAnArchiveError(
                self.location, "is a file of another program and was left untouched; name another file"
            )

    def _is_scrap(self) -> bool:
        """Whether the file is too short to be any database: SQLite takes a few bytes of anything for an empty one."""
        file = Path(self.location)
        return file.is_file() and 0 < file.stat().st_size < _HEADER


def migrations(db: Connection) -> Migrations:
    """Return the steps of the tables' history as sqlite-utils applies them, each to be run through a connection."""
    found = Migrations("revtrack")

    def add(step: Step) -> None:
        def run(_: Database) -> None:
            for statement in statements(f"{step.script};{step.sqlite}"):
                db.execute(statement)
            if step.change:
                step.change(db)

        found(name=step.name)(run)

    for step in STEPS:
        add(step)
    return found


def _how_to_open(path: Path) -> tuple[str, bool]:
    """Return the name to open a file by, and whether it is a URI: one that may not be written is opened for reading.

    Even a reader makes files beside a database in write-ahead mode, unless it is told that nothing will change.
    """
    if not path.exists() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return str(path), False
    is_settled = not path.with_name(f"{path.name}-wal").exists()
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if is_settled else ''}", True


_CAUSES: tuple[tuple[str, type[ArchiveError], str], ...] = (
    ("locked", ArchiveLockedError, "is in use by another program; nothing was changed: try again when it is done"),
    ("not a database", NotAnArchiveError, "is not a revtrack archive and was left untouched; name another file"),
    ("readonly", ArchiveWriteError, "cannot be written (read-only file or folder); nothing was changed"),
    ("unable to open", ArchiveWriteError, "cannot be opened or made here; check the path and its permissions"),
    ("query_only", ArchiveWriteError, "cannot be written (read-only file or folder); nothing was changed"),
    ("full", ArchiveWriteError, "has no space left on its disk; what was recorded before is safe"),
    ("malformed", ArchiveError, "is damaged; keep a copy of the file as it is before trying anything"),
)


def _plain(error: sqlite3.Error, location: str) -> ArchiveError:
    said = str(error)
    for word, cls, what in _CAUSES:
        if word in said:
            return cls(location, what)
    return ArchiveError(location, said)
