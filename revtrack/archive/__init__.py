"""Where snapshots and what was read out of them are kept: one protocol, and the embedded SQLite store behind it.

The only room that talks to a database. Snapshots are facts and are only ever added; versions and verdicts are derived
and carry what is needed to derive them again.
"""

from pathlib import Path

from revtrack.archive.locating import FILE_NAME, locate, shown
from revtrack.archive.protocol import Archive
from revtrack.archive.values import (
    Delivery,
    LogEntry,
    Message,
    News,
    NoteEntry,
    Observation,
    OutdatedError,
    Recorded,
    Standing,
)
from revtrack.errors import ArchiveError

__all__ = [
    "FILE_NAME",
    "Archive",
    "Delivery",
    "LogEntry",
    "Message",
    "News",
    "NoteEntry",
    "Observation",
    "OutdatedError",
    "Recorded",
    "Standing",
    "locate",
    "open_archive",
]


def open_archive(location: str | Path | None = None, *, create: bool = True, wait: float = 10.0) -> Archive:
    """Open an archive, making it first where there is none.

    `location` is a file, a folder (its `revtrack.db` is meant), "postgresql://USER@HOST/DATABASE", or None for the
    default of `locate`. With `create=False` a missing archive is an error. `wait` is how long in seconds to wait for
    another program's lock.

    Raises NotAnArchiveError, NewerArchiveError, ArchiveLockedError, ArchiveWriteError, or ArchiveError.
    """
    path = locate(location)
    if isinstance(path, str):
        return _open_server(path, create=create, wait=wait)
    from revtrack.archive.sqlite import SQLiteArchive  # noqa: PLC0415 - importing sqlite-utils costs 12 interpreters

    if not create and not (path.exists() and path.stat().st_size):
        raise ArchiveError(str(path), "there is no archive yet; 'revtrack add URL' makes one")
    return SQLiteArchive(path, wait=wait)


def _open_server(url: str, *, create: bool, wait: float) -> Archive:
    try:
        from revtrack.archive.postgres import PostgresArchive  # noqa: PLC0415 - psycopg is an extra
    except ImportError as error:
        what = f"needs psycopg: pip install 'revtrack[postgres]' ({error})"
        raise ArchiveError(shown(url), what) from error
    return PostgresArchive(url, create=create, wait=wait)
