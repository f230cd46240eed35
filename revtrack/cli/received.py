"""The page that a version was read from, as a file: what was received, its codings undone. Never onto a terminal."""

from pathlib import Path
from typing import TYPE_CHECKING

from revtrack.errors import InputError, UnwritableError
from revtrack.fetching.decoding import DecodingError, decode_body

if TYPE_CHECKING:
    from revtrack.model import Snapshot, Version


def write_page(version: "Version", look: "Snapshot | None", file: Path, *, limit: int) -> int:
    """Write the body of the look that a version was read from; return how many bytes it has, at most `limit`.

    Raises InputError where the archive has no body or its codings cannot be undone, UnwritableError where the file
    cannot be written.
    """
    if look is None or look.body is None:
        is_redacted = version.redaction or (look and look.redaction)
        why = "its bytes were taken out" if is_redacted else "its bytes were let go, or nothing but its text was had"
        raise InputError(f"there is no page of this version: {why}")
    try:
        body = decode_body(look.body, look.header("content-encoding"), limit=limit)
    except DecodingError as error:
        raise InputError(f"the page of this version cannot be unpacked: {error}") from error
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    except OSError as error:
        raise UnwritableError(str(file), error.strerror or str(error)) from error
    return len(body)
