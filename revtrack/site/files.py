"""Put files in place whole: a reader, or a writer that is killed, never leaves half of one. Knows no page."""

import os
from collections.abc import Iterable
from pathlib import Path

from revtrack.errors import UnwritableError
from revtrack.placing import placed


def put(folder: Path, name: str, text: str) -> bool:
    """Write a file of a folder, unless it says the same already; return whether it did not. Raises UnwritableError."""
    file, content = f"{folder}/{name}", text.encode("utf-8", "backslashreplace")  # `Path` costs as much as the writing
    try:
        if _read(file) == content:
            return False
        half = f"{file}.{os.getpid()}.half"
        try:
            _write(half, content)
        except FileNotFoundError:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            _write(half, content)
        os.replace(half, file)  # noqa: PTH105 - as above
    except OSError as error:
        raise UnwritableError(file, error.strerror or str(error)) from error
    return True


def put_pieces(file: Path, pieces: Iterable[str]) -> None:
    """Write a file piece by piece, and put it in place when it is whole. Raises UnwritableError."""
    _put(file, (piece.encode("utf-8", "backslashreplace") for piece in pieces))


def put_bytes(file: Path, content: bytes) -> None:
    """Write a file, and put it in place when it is whole. Raises UnwritableError."""
    _put(file, [content])


def _put(file: Path, pieces: Iterable[bytes]) -> None:
    with placed(file) as path, path.open("wb") as opened:
        opened.writelines(pieces)


def remove(folder: Path, name: str) -> bool:
    """Remove a file of a folder; return whether it was there."""
    try:
        (folder / name).unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise UnwritableError(str(folder / name), error.strerror or str(error)) from error
    return True


def _read(file: str) -> bytes | None:
    try:
        with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - as above
            return opened.read()
    except FileNotFoundError:
        return None


def _write(file: str, content: bytes) -> None:
    with open(file, "wb") as opened:  # noqa: PTH123 - as above
        opened.write(content)
