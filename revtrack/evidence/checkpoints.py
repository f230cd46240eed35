"""Checkpoints: one hash that stands for all that an archive has recorded so far, in a form that can be sent away.

The form is that of transparency logs (C2SP tlog-checkpoint, a signed note): origin, number of leaves, root in Base64,
one line more with the time, and an empty line, behind which signatures may stand.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from revtrack.archive import Archive
from revtrack.errors import UnreadableError, UnwritableError
from revtrack.forms import iso, moment
from revtrack.merkle import root

_ORIGIN = "revtrack/"
_LINES = 4


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What an archive recorded up to a moment: `size` leaves, whose tree has this `root` (32 bytes).

    `origin` names the archive, by the hash of its first leaf.
    """

    origin: str
    size: int
    root: bytes
    at: datetime

    def __str__(self) -> str:
        """Return the checkpoint as it is written down."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n{iso(self.at)}\n\n"


def take_checkpoint(archive: Archive, now: datetime) -> Checkpoint | None:
    """Return the checkpoint of all that is recorded, None while that is nothing."""
    leaves = archive.leaf_hashes()
    first = next(leaves, None)
    if first is None:
        return None
    counted = list(chain([first], leaves))
    return Checkpoint(origin_of(first), len(counted), root(counted), now)


def keep_checkpoint(archive: Archive, now: datetime) -> Path | None:
    """Append a checkpoint to the file beside the archive if anything was recorded since the last one.

    Return the file, None where there was nothing to add. Raises UnwritableError.
    """
    taken, file = take_checkpoint(archive, now), beside(archive)
    last = read_checkpoints(file)[-1:] if file.exists() else []
    if taken is None or (last and (last[0].size, last[0].root) == (taken.size, taken.root)):
        return None
    try:
        with file.open("a", encoding="ascii") as lines:
            lines.write(str(taken))
    except OSError as error:
        raise UnwritableError(str(file), error.strerror or str(error)) from error
    return file


def read_checkpoints(file: Path) -> list[Checkpoint]:
    """Read the checkpoints of a file, one or many, whatever was signed below each. Raises UnreadableError."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(str(file), getattr(error, "strerror", None) or "it is no text") from error
    try:
        found = list(_parse(text.splitlines()))
    except (ValueError, binascii.Error) as error:
        raise UnreadableError(str(file), f"it holds a checkpoint that is not whole ({error})") from error
    if not found:
        raise UnreadableError(str(file), "it holds no checkpoint")
    return found


def beside(archive: Archive) -> Path:
    """Return where the checkpoints of an archive are kept."""
    return Path(f"{archive.location}.checkpoints")


def origin_of(first: bytes) -> str:
    """Return the name of the archive whose first leaf has this hash."""
    return f"{_ORIGIN}{first.hex()[:16]}"


def _parse(lines: list[str]) -> Iterator[Checkpoint]:
    for start, line in enumerate(lines):
        if line.startswith(_ORIGIN):
            origin, size, whole, at = (*lines[start : start + _LINES], *[""] * _LINES)[:_LINES]
            yield Checkpoint(origin, int(size), b64decode(whole, validate=True), moment(at))
