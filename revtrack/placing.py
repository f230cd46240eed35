"""Put a file in its place when it is whole; what was there before stays until then. Knows nothing of what is in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from revtrack.errors import UnwritableError


@contextmanager
def placed(file: Path) -> Iterator[Path]:
    """Give a path to write to; at the end it takes its name, once it is on the disk. Raises UnwritableError."""
    if not file.name or file.is_dir():
        raise UnwritableError(str(file), "it is a folder; name a file")
    if str(file) == "-":
        raise UnwritableError("-", "it stands for no file here; name one")
    beginning = file.with_name(f"{file.name}.partial")
    try:
        beginning.unlink(missing_ok=True)
        yield beginning
        with beginning.open("rb+") as written:
            os.fsync(written.fileno())
        beginning.replace(file)
    except OSError as error:
        raise UnwritableError(str(file), error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            beginning.unlink(missing_ok=True)
