"""Make a file of an archive, whole or not at all: a copy of its file while it is written, or of another store."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from revtrack.errors import UnwritableError
from revtrack.placing import placed


def copy_to(source: sqlite3.Connection, file: Path) -> None:
    """Write all that is recorded at this moment to a file of its own, in the place of what was there.

    Writers are not held up, and what they write meanwhile is not in it. Raises UnwritableError.
    """
    with written_beside(file) as beginning:
        target = sqlite3.connect(beginning)
        try:
            source.backup(target)  # in one step: as slow steps begin anew whenever another process writes
            target.execute("PRAGMA journal_mode = DELETE")  # one file; the archive sets it again when it writes
        finally:
            target.close()


@contextmanager
def written_beside(file: Path) -> Iterator[Path]:
    """Give the name of a file to write, and move that to its place when it is whole and on the disk.

    A copy of yesterday stays until that of today is one; any other archive stays for good. Raises UnwritableError.
    """
    with placed(file) as beginning:
        try:
            yield beginning
            if file.is_file() and not _holds_all_of(file, beginning):
                raise UnwritableError(str(file), "it holds records that this archive has not; name another file")
        except sqlite3.Error as error:
            raise UnwritableError(str(file), str(error)) from error
        finally:
            for part in ("wal", "shm"):
                with suppress(OSError):
                    beginning.with_name(f"{beginning.name}-{part}").unlink(missing_ok=True)


def _holds_all_of(earlier: Path, copy: Path) -> bool:
    """Say whether a copy holds what an earlier one does, by its last leaf; what is no archive holds nothing."""
    last = _leaf(earlier, "ORDER BY position DESC LIMIT 1")
    return last is None or last == _leaf(copy, f"WHERE position = {last[0]:d}")


def _leaf(file: Path, which: str) -> tuple[int, bytes] | None:
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        try:
            found: tuple[int, bytes] | None = opened.execute(f"SELECT position, hash FROM leaves {which}").fetchone()  # noqa: S608 - ours
        except sqlite3.Error:  # no archive
            return None
    return found
