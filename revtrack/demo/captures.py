"""The captures on disk: an HTML page each, and a JSON file with its URL, time, status and headers."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from revtrack.errors import UnreadableError
from revtrack.forms import moment

_HOMES = (Path(__file__).parent / "captures", Path(__file__).parents[2] / "snapshots" / "demo")


@dataclass(frozen=True, slots=True)
class Capture:
    """One page as it was served from `time` on."""

    name: str
    url: str
    time: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def load_captures(folder: Path | None = None) -> tuple[Capture, ...]:
    """Return the captures of a folder in order of time; those that ship with revtrack unless one is given.

    They lie within an installed package, and beside the package in a checkout.
    """
    home = folder or next((home for home in _HOMES if home.is_dir()), _HOMES[0])
    found = [_load(path) for path in home.glob("*.json")]
    if not found:
        raise UnreadableError(str(home), "there are no captures in it; reinstall revtrack")
    return tuple(sorted(found, key=lambda capture: capture.time))


def _load(path: Path) -> Capture:
    facts = json.loads(path.read_text(encoding="utf-8"))
    return Capture(
        name=path.stem,
        url=facts["url"],
        time=moment(facts["time"]),
        status=facts["status"],
        headers=tuple(facts["headers"].items()),
        body=path.with_suffix(".html").read_bytes(),
    )
