"""Put files in place whole: a reader, or a writer that is killed, never leaves half of one. Knows no page."""

import os
from collections.abc import Iterable
from pathlib import Path

from revtrack.errors import UnwritableError
from revtrack.placing import placed


def put(folder: Path, name: str, text: str) -> bool:
    """Write a file of a folder, unless it says the same already; return whether it did not. Raises UnwritableError."""
    file, content = folder / name, text.encode("utf-8", "backslashreplace")
    try:
        if _read(file) == content:
            return False
        half = file.with_name(f"{file.name}.{os.getpid()}.half")
        try:
            half.write_bytes(content)
        except FileNotFoundError:
            file.parent.mkdir(parents=True, exist_ok=True)
            half.write_bytes(content)
        half.replace(file)
    except OSError as error:
        raise UnwritableError(str(file), error.strerror or str(error)) from error
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


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
