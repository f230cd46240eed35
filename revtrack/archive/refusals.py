"""What a PostgreSQL server says when it refuses, in words that say what to do. Knows psycopg; opens nothing."""

import psycopg
from psycopg import errors

from revtrack.errors import ArchiveError, ArchiveLockedError, ArchiveWriteError

_CAUSES: tuple[tuple[type[psycopg.Error], type[ArchiveError], str], ...] = (
    (
        errors.LockNotAvailable,
        ArchiveLockedError,
        "is being written by another program for longer than we wait; nothing was changed: try again",
    ),
    (
        errors.InsufficientPrivilege,
        ArchiveWriteError,
        "may not be written by this user; whoever owns the database can say GRANT CREATE ON DATABASE … TO …",
    ),
    (
        errors.ReadOnlySqlTransaction,
        ArchiveWriteError,
        "cannot be written (a standby, or a database for reading); nothing was changed",
    ),
    (errors.DiskFull, ArchiveWriteError, "has no space left on its disk; what was recorded before is safe"),
    (errors.DataCorrupted, ArchiveError, "is damaged; keep a copy of the server's files before trying anything"),
    (errors.IndexCorrupted, ArchiveError, "has a damaged index: REINDEX DATABASE makes it anew"),
    (
        errors.ProgramLimitExceeded,
        ArchiveWriteError,
        "cannot keep an address or text as long as that (PostgreSQL finds nothing by more than 2,700 bytes)",
    ),
    (
        errors.DeadlockDetected,
        ArchiveLockedError,
        "is being changed by another program in the same place; nothing was changed: try again",
    ),
)
_CONNECTING = (
    (("password authentication failed", "no password supplied"), "refuses the user or the password: see ~/.pgpass"),
    (("does not exist",), "has no such database or user: 'createdb NAME' makes a database"),
    (("starting up", "shutting down", "recovery mode"), "is starting or stopping: try again in a moment"),
    (("too many clients", "remaining connection slots"), "has no connection left: see its max_connections"),
    (("no pg_hba.conf entry",), "lets nobody in from here by that user: see its pg_hba.conf"),
    (("server does not support SSL", "SSL"), "and we do not agree on a secure connection: see sslmode"),
)
"""A server that lets nobody in has no code for it that reaches us, only words."""


def plain(error: psycopg.Error, location: str) -> ArchiveError:
    """Return what an error means to a user. No text of the URL is repeated, which may hold a password."""
    for cls, kind, what in _CAUSES:
        if isinstance(error, cls):
            return kind(location, what)
    if error.sqlstate is None and isinstance(error, psycopg.OperationalError):
        return ArchiveError(location, _connecting(str(error)))
    if error.sqlstate is None and isinstance(error, psycopg.DataError):
        return ArchiveError(location, "cannot keep a text with a NUL character in it")
    if error.sqlstate is None and isinstance(error, psycopg.ProgrammingError):
        return ArchiveError(location, "is no address of a server; write postgresql://USER@HOST/DATABASE")
    return ArchiveError(location, " ".join(str(error.diag.message_primary or type(error).__name__).split()))


def _connecting(said: str) -> str:
    for words, what in _CONNECTING:
        if any(word in said for word in words):
            return what
    return "cannot be reached; check host and port, and that the server is running"
