"""The archive on a PostgreSQL server, for more than one machine. Knows psycopg and what a server does to a connection.

All tables are in the schema `revtrack`. One writer at a time, as in SQLite: who writes holds an advisory lock until its
transaction ends, so that numbers and leaves are in the order of commits.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from psycopg import errors

from revtrack.archive import fulltext_postgres
from revtrack.archive.connection import Connection
from revtrack.archive.locating import shown
from revtrack.archive.postgres_schema import SCHEMA, prepare
from revtrack.archive.refusals import plain
from revtrack.archive.store import SQLArchive
from revtrack.errors import ArchiveLostError

T = TypeVar("T")

_LOCK = 0x72767472
_PATIENCE = 60.0
"""Seconds that a server is waited for which was there before: it may be starting again."""
_PAUSES = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
_BEGIN = f"BEGIN; SELECT pg_advisory_xact_lock({_LOCK}); SELECT pg_current_xact_id()::text"
_FAREWELLS = (errors.AdminShutdown, errors.CrashShutdown, errors.IdleInTransactionSessionTimeout)
"""What a server says last: the connection is of no more use, though it may not show yet."""
_SCRUBBED = (
    "bodies",
    "snapshots",
    "versions",
    "whole_stories",
    "verdicts",
    "events",
    "leaves",
    "seeds",
    "findings",
    "sentences",
    "sentence_words",
)
_NUMBERED = """
    SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = ? AND is_identity = 'YES'
"""
_ROWS = 500


class PostgresArchive(SQLArchive):
    """An archive on a PostgreSQL server."""

    _db: "Postgres"

    def __init__(self, url: str, *, create: bool = True, wait: float = 10.0) -> None:
        super().__init__(Postgres(url, create=create, wait=wait))

    def back_up(self, file: Path) -> None:
        """Copy all that is recorded to an archive in a file, in the place of what was there, while others write."""
        from revtrack.archive.copying import written_beside  # noqa: PLC0415 - the other store is another's import
        from revtrack.archive.sqlite import SQLiteArchive  # noqa: PLC0415 - as above

        with written_beside(file) as beginning, SQLiteArchive(beginning) as target:
            target.fill(self, tell=lambda _table, _rows: None)
            target.settle()


class Postgres(Connection):
    """A connection to a server that has all the tables, made again where it is lost.

    What is read outside of a transaction is read again, what `write` does is done again unless it was committed. Only a
    transaction that the caller opened is lost with the connection: ArchiveLostError.
    """

    words = fulltext_postgres

    def __init__(self, url: str, *, create: bool = True, wait: float = 10.0) -> None:
        self.location = shown(url)
        self._url, self._wait = url, wait
        self._is_writing, self._readers, self._transaction = False, 0, ""
        self._numbers = count(1)
        with self.plain_errors():
            self.connection = self._connect()
            try:
                prepare(self, self.connection.info.server_version, create=create)
            except BaseException:
                self.connection.close()
                raise

    def execute(self, query: str, values: Sequence[object] = (), /) -> "psycopg.Cursor[Any]":
        """Run a query with its values and return what it finds."""
        asked = _translated(query), tuple(map(_storable, values))
        return self._reached(lambda: self.connection.execute(*asked))

    def execute_many(self, query: str, rows: Iterable[Sequence[object]], /) -> None:
        """Run a query once for the values of each row, without waiting for one before the next."""
        with self.connection.cursor() as cursor:
            cursor.executemany(_translated(query), (tuple(map(_storable, row)) for row in rows))

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], /) -> None:
        """Add many rows at once by COPY, within the caller's transaction."""
        query = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        with self.connection.cursor() as cursor, cursor.copy(query) as copy:
            for row in rows:
                copy.write_row(row)

    def count_on(self) -> None:
        """See to it that new rows get numbers behind those that are there."""
        for table, column in self.execute(_NUMBERED, (SCHEMA,)).fetchall():
            last = f"SELECT coalesce(max({column}), 0) + 1 FROM {table}"  # noqa: S608 - names of ours
            query = f"SELECT setval(pg_get_serial_sequence(?, ?), ({last}), false)"
            self.execute(query, (f"{SCHEMA}.{table}", column))

    @contextmanager
    def stream(self, query: str, values: Sequence[object] = (), /) -> Iterator["psycopg.ServerCursor[Any]"]:
        """Run a query; its rows come from the server some hundred at a time."""
        asked = _translated(query), tuple(map(_storable, values))
        name, is_open = f"stream_{next(self._numbers)}", self._is_writing or self._readers > 0
        with self._reached(lambda: self.connection.cursor(name, withhold=not is_open).execute(*asked)) as cursor:
            cursor.itersize = _ROWS
            yield cursor

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make one transaction of what is done within, while nobody else writes; join one that is open."""
        if self._is_writing:
            yield
            return
        self._begin()
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException as error:
            if self._is_lost(error):
                raise ArchiveLostError(self.location) from error
            with suppress(psycopg.Error):  # without a connection there is nothing to take back
                self.connection.execute("ROLLBACK")
            raise
        finally:
            self._is_writing = False

    def write(self, change: Callable[[], T]) -> T:
        """Make a change in one transaction; where it was lost with the connection, again, unless it was committed."""
        if self._is_writing:
            return change()
        while True:
            done: list[T] = []
            try:
                with self.writing():
                    done.append(change())
            except ArchiveLostError:
                self._reconnect()
                if not (done and self._was_committed()):
                    continue
            return done[0]

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let all that is read within be of one moment."""
        if self._is_writing:
            yield
            return
        if not self._readers:
            self.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._readers += 1
        try:
            yield
        finally:
            self._readers -= 1
            if not self._readers:
                with suppress(psycopg.Error):  # nothing is lost with it
                    self.connection.execute("ROLLBACK")

    @contextmanager
    def plain_errors(self) -> Iterator[None]:
        """Raise an ArchiveError that says what to do for any error of the server or on the way to it."""
        try:
            yield
        except psycopg.Error as error:
            if (self._is_writing or self._readers) and self._is_lost(error):
                raise ArchiveLostError(self.location) from error
            raise plain(error, self.location) from error

    def damage(self) -> Iterator[str]:
        """Yield nothing: a server finds what is wrong with its files itself, where it keeps checksums."""
        yield from ()

    def scrub(self) -> None:
        """Write the tables anew: freed space still holds what was deleted. The server's own logs are its keeper's."""
        for table in _SCRUBBED:
            self.execute(f"VACUUM FULL {table}")

    def close(self) -> None:
        """Let go of the server."""
        self.connection.close()

    # --- the connection ------------------------------------------------------------------------------------------

    def _connect(self) -> "psycopg.Connection[Any]":
        seconds = max(2, round(self._wait))
        connection = psycopg.connect(
            self._url, autocommit=True, client_encoding="utf8", connect_timeout=seconds, application_name="revtrack"
        )
        settings = "SELECT set_config('search_path', %s, false), set_config('lock_timeout', %s, false)"
        connection.execute(settings, (SCHEMA, f"{round(1000 * self._wait)}ms"))
        return connection

    def _reached(self, ask: Callable[[], T]) -> T:
        """Ask the server; again by a new connection where that was lost, and no transaction with it."""
        try:
            return ask()
        except psycopg.OperationalError as error:
            if self._is_writing or self._readers or not self._is_lost(error):
                raise
        self._reconnect()
        return ask()

    def _is_lost(self, error: BaseException) -> bool:
        if isinstance(error, _FAREWELLS):
            self.connection.close()
        return self.connection.closed

    def _reconnect(self) -> None:
        until = time.monotonic() + _PATIENCE
        for pause in _PAUSES + _PAUSES[-1:] * 99:
            try:
                self.connection = self._connect()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(pause)
            else:
                return

    def _begin(self) -> None:
        try:
            found = self._reached(lambda: self.connection.execute(_BEGIN))
        except errors.LockNotAvailable:
            self.connection.execute("ROLLBACK")
            raise
        while found.nextset():
            pass
        (self._transaction,) = found.fetchall()[0]
        self._is_writing = True

    def _was_committed(self) -> bool:
        """Say whether the last transaction was committed whose end was not heard."""
        while True:
            found = self.connection.execute("SELECT pg_xact_status(%s::xid8)", (self._transaction,)).fetchone()
            if found != ("in progress",):
                return found == ("committed",)
            time.sleep(_PAUSES[0])


@lru_cache(maxsize=1024)
def _translated(query: str) -> str:
    return query.replace("%", "%%").replace("?", "%s").replace("group_concat(", "string_agg(")


def _storable(value: object) -> object:
    """Return a value without the one character that PostgreSQL keeps in no text."""
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) and "\0" in value else value
