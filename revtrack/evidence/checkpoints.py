"""Checkpoints: one hash that stands for all that an archive has recorded so far, in a form that can be sent away.

The form is that of transparency logs (C2SP tlog-checkpoint, a signed note): origin, number of leaves, root in Base64,
one line more with the time, and an empty line, behind which signatures may stand.
"""

import binascii
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from errno import ENOSPC
from functools import partial
from itertools import chain, takewhile
from pathlib import Path
from secrets import randbits

from revtrack.archive import Archive
from revtrack.archive.locating import is_server
from revtrack.config import EvidenceSettings
from revtrack.errors import SigningError, UnreadableError, UnwritableError
from revtrack.evidence.calendars import Post, ask_calendars
from revtrack.evidence.signing import Signature, read_signature, sign
from revtrack.evidence.stamping import ask_for_stamp
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
    signatures: tuple[Signature, ...] = ()

    @property
    def text(self) -> str:
        """What is signed and stamped: four lines."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n{iso(self.at)}\n"

    def __str__(self) -> str:
        """Return the checkpoint as it is written down, its signatures behind an empty line."""
        signed = "".join(f"{signature}\n" for signature in self.signatures)
        return f"{self.text}\n{signed}" + ("\n" if signed else "")


def take_checkpoint(archive: Archive, now: datetime) -> Checkpoint | None:
    """Return the checkpoint of all that is recorded, None while that is nothing."""
    leaves = archive.leaf_hashes()
    first = next(leaves, None)
    if first is None:
        return None
    counted = list(chain([first], leaves))
    return Checkpoint(origin_of(first), len(counted), root(counted), now)


def keep_checkpoint(
    archive: Archive,
    now: datetime,
    settings: EvidenceSettings | None = None,
    *,
    post: Post | None = None,
    complain: Callable[[str], object] = lambda _: None,
) -> Path | None:
    """Append a checkpoint to the file beside the archive if anything was recorded since the last one.

    It is signed and stamped as the settings say, calendars being asked through `post`; where that cannot be done it is
    kept without, and `complain` is told why. Return the file, None where there was nothing to add. Raises
    UnwritableError.
    """
    taken, file = take_checkpoint(archive, now), beside(archive)
    last = kept_checkpoints(archive)[-1:]
    if taken is None or (last and (last[0].size, last[0].root) == (taken.size, taken.root)):
        return None
    settings = settings or EvidenceSettings()
    try:
        if settings.key:
            taken = replace(taken, signatures=(sign_with(settings, taken.text),))
    except SigningError as error:
        complain(f"the checkpoint is not signed: {error}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _append(file, str(taken).encode())
    except OSError as error:
        raise UnwritableError(str(file), error.strerror or str(error)) from error
    _keep_stamps(archive, taken, settings, post, complain)
    return file


def _append(file: Path, lines: bytes) -> None:
    """Write lines at the end of a file, all or none: of a disk that is full there may be room for a part of them."""
    written = 0
    with file.open("ab", buffering=0) as opened:
        end = opened.seek(0, os.SEEK_END)
        try:
            written = opened.write(lines)
        finally:
            if written < len(lines):
                opened.truncate(end)
    if written < len(lines):
        raise OSError(ENOSPC, os.strerror(ENOSPC))


def sign_with(settings: EvidenceSettings, text: str) -> Signature:
    """Return the signature that the settings ask for. Raises SigningError."""
    return sign(text.encode(), key=Path(settings.key), signer=settings.signer)


def read_checkpoints(file: Path) -> list[Checkpoint]:
    """Read the checkpoints of a file, one or many, with the signatures below each. Raises UnreadableError."""
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


def kept_checkpoints(archive: Archive) -> list[Checkpoint]:
    """Return the checkpoints that are kept beside an archive, oldest first. Raises UnreadableError."""
    file = beside(archive)
    return read_checkpoints(file) if file.exists() and file.stat().st_size else []


def beside(archive: Archive) -> Path:
    """Return where checkpoints are kept: beside the archive's file; of one on a server, in the user's data folder."""
    return Path(f"{_name(archive)}.checkpoints")


def stamp_of(archive: Archive, checkpoint: Checkpoint, *, ending: str = "tsr") -> Path:
    """Return where the time stamp of a checkpoint is kept, if it has one; `ending` is "ots" for that of calendars."""
    return Path(f"{_name(archive)}.stamps") / f"{checkpoint.size}-{checkpoint.root.hex()[:16]}.{ending}"


def witnesses_of(archive: Archive) -> Path:
    """Return where it is kept which captures other archives were asked for."""
    return Path(f"{_name(archive)}.witnesses")


def origin_of(first: bytes) -> str:
    """Return the name of the archive whose first leaf has this hash."""
    return f"{_ORIGIN}{first.hex()[:16]}"


def _name(archive: Archive) -> str:
    if not is_server(archive.location):
        return archive.location
    from platformdirs import user_data_path  # noqa: PLC0415 - only for an archive that is no file

    place = re.sub(r"[^\w.-]+", "-", archive.location.partition("://")[2])
    return str(user_data_path("revtrack", appauthor=False) / place)


def _keep_stamps(
    archive: Archive,
    checkpoint: Checkpoint,
    settings: EvidenceSettings,
    post: Post | None,
    complain: Callable[[str], object],
) -> None:
    """Keep what attests the time of a checkpoint, each way by itself."""
    text, ways = checkpoint.text.encode(), dict[str, Callable[[], bytes]]()
    if settings.timestamp:
        ways["tsr"] = partial(ask_for_stamp, text, command=settings.timestamp, nonce=randbits(63))
    if settings.calendars and post:
        ways["ots"] = partial(ask_calendars, text, settings.calendars, post=post)
    for ending, ask in ways.items():
        try:
            stamp, file = ask(), stamp_of(archive, checkpoint, ending=ending)
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(stamp)
        except (SigningError, OSError) as error:
            complain(f"the checkpoint is not stamped: {error}")


def _parse(lines: list[str]) -> Iterator[Checkpoint]:
    for start, line in enumerate(lines):
        if line.startswith(_ORIGIN):
            origin, size, whole, at = (*lines[start : start + _LINES], *[""] * _LINES)[:_LINES]
            below = takewhile(bool, lines[start + _LINES + 1 :])
            signatures = tuple(filter(None, map(read_signature, below)))
            yield Checkpoint(origin, int(size), b64decode(whole, validate=True), moment(at), signatures)
