"""Copy an archive's file while it is written, whole or not at all. Knows SQLite and no tables."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from revtrack.errors import UnwritableError


def copy_to(source: sqlite3.Connection, file: Path) -> None:
    """Write all that is recorded at this moment to a file of its own, in the place of what was there.

    It is written beside its place and moved there when it is whole and on the disk: a copy of yesterday stays until
    that of today is one. Writers are not held up, and what they write meanwhile is not in it. Raises UnwritableError.
    """
    beginning = file.with_name(f"{file.name}.partial")
    try:
        beginning.unlink(missing_ok=True)
        target = sqlite3.connect(beginning)
        try:
            source.backup(target)  # in one step: as slow steps begin anew whenever another process writes
            target.execute("PRAGMA journal_mode = DELETE")  # one file; the archive sets it again when it writes
        finally:
            target.close()
        with beginning.open("rb+") as written:
            os.fsync(written.fileno())
        beginning.replace(file)
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):
            beginning.unlink(missing_ok=True)
        raise UnwritableError(str(file), getattr(error, "strerror", None) or str(error)) from error
