"""Where snapshots and what was read out of them are kept: one protocol, and the embedded SQLite store behind it.

The only room that talks to a database. Snapshots are facts and are only ever added; versions and verdicts are derived
and carry what is needed to derive them again.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from revtrack.archive.protocol import Archive, LogEntry, NoteEntry, Observation, OutdatedError, Recorded, Standing
from revtrack.errors import ArchiveError

if TYPE_CHECKING:
    from revtrack.config import ArchiveSettings

__all__ = [
    "FILE_NAME",
    "Archive",
    "LogEntry",
    "NoteEntry",
    "Observation",
    "OutdatedError",
    "Recorded",
    "Standing",
    "locate",
    "open_archive",
]

FILE_NAME = "revtrack.db"


def open_archive(location: str | Path | None = None, *, create: bool = True, wait: float = 10.0) -> Archive:
    """Open an archive, making it first where there is none.

    `location` is a file, a folder (its `revtrack.db` is meant), or None for the default of `locate`. With
    `create=False` a missing archive is an error. `wait` is how long in seconds to wait for another program's lock.

    Raises NotAnArchiveError, NewerArchiveError, ArchiveLockedError, ArchiveWriteError, or ArchiveError.
    """
    from revtrack.archive.sqlite import SQLiteArchive  # noqa: PLC0415 - importing sqlite-utils costs 12 interpreters

    path = locate(location)
    if not create and not path.exists():
        raise ArchiveError(str(path), "there is no archive yet; 'revtrack add URL' makes one")
    return SQLiteArchive(path, wait=wait)


def locate(location: str | Path | None = None, settings: "ArchiveSettings | None" = None) -> Path:
    """Return the file an archive lives in.

    In order: the location given, `REVTRACK_ARCHIVE`, the configuration, `./snapshots/revtrack.db` where there is a
    folder of that name, and the platform's data folder.
    """
    given = location or os.environ.get("REVTRACK_ARCHIVE") or (settings.location if settings else "")
    if given:
        if str(given).startswith(("postgresql://", "postgres://")):
            raise ArchiveError(str(given).split("@")[-1], "this release keeps archives in SQLite files only")
        path = Path(given).expanduser()
        return path / FILE_NAME if path.is_dir() or str(given).endswith(("/", os.sep)) else path
    if Path("snapshots").is_dir():
        return Path("snapshots") / FILE_NAME
    from platformdirs import user_data_path  # noqa: PLC0415 - only where nothing else says

    return user_data_path("revtrack", appauthor=False) / FILE_NAME
