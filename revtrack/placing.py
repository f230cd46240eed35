"""Put a file in its place when it is whole; what was there before stays until then, and an archive stays for good."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from revtrack.errors import UnwritableError

APPLICATION_ID = 0x72767472
"""Stands at byte 68 of the file ("rvtr"), so that file(1) and we tell an archive from other SQLite files."""
_ARCHIVE = (b"SQLite format 3\0", APPLICATION_ID.to_bytes(4, "big"))


@contextmanager
def placed(file: Path) -> Iterator[Path]:
    """Give a path to write to; at the end it takes its name, once it is on the disk. Raises UnwritableError.

    A link stays one: the file that it leads to is replaced. An archive is replaced by an archive alone: what was seen
    is never lost to a mistyped name.
    """
    place = _place_of(file)
    beginning = place.with_name(f"{place.name}.partial")
    try:
        beginning.unlink(missing_ok=True)
        yield beginning
        if _is_archive(place) and not _is_archive(beginning):
            raise UnwritableError(str(file), "it is an archive, which nothing else may replace; name another file")
        with beginning.open("rb+") as written:
            os.fsync(written.fileno())
        beginning.replace(place)
    except OSError as error:
        raise UnwritableError(str(file), error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            beginning.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder, if there is none, to put files into. Raises UnwritableError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise UnwritableError(str(folder), "it is a file; name a folder") from error
    except OSError as error:
        raise UnwritableError(str(folder), error.strerror or str(error)) from error


def _place_of(file: Path) -> Path:
    """Return where a file is to stand. Raises UnwritableError where anything but a file stands there."""
    if str(file) == "-":
        raise UnwritableError("-", "it stands for no file here; name one")
    place = Path(os.path.realpath(file))
    if place.is_dir():
        raise UnwritableError(str(file), "it is a folder; name a file")
    if place.exists() and not place.is_file():
        raise UnwritableError(str(file), "it is a device or a pipe, which a file would replace; name a file")
    return place


def _is_archive(file: Path) -> bool:
    if not file.exists():
        return False
    with file.open("rb") as opened:
        header = opened.read(72)
    return (header[:16], header[68:]) == _ARCHIVE
