"""When something was captured, read from a file's name, a field or a fourteen-digit time stamp. Pure."""

import re
from datetime import UTC, datetime
from pathlib import PurePath

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)
# The parts of a time as names write them: 20241121100500, 2024-11-21T10-05-00Z, 2024-11-21 10:05, 20241121_1005.
_WRITTEN = re.compile(
    r"(?<!\d)((?:19|20|21)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)"
    r"(?:[-_.T ]?([0-2]\d)[-_.:h]?([0-5]\d)(?:[-_.:]?([0-5]\d)(?:[.,]\d{1,9})?)?)?(?:Z|[+-]00:?00)?(?!\d)"
)
_EPOCH = re.compile(r"(?<!\d)(\d{10}|\d{13})(?:\.\d{1,9})?(?!\d)")


def read_time(text: str) -> datetime | None:
    """Return the time that a text states, in UTC where it names no zone; None if it states none.

    ISO 8601, fourteen digits and seconds (or milliseconds) since 1970 are read, in names also with other marks.

    >>> read_time("20241121100500").isoformat(), read_time("story_2024-11-21T10-05Z.html").isoformat()
    ('2024-11-21T10:05:00+00:00', '2024-11-21T10:05:00+00:00')
    """
    text = text[:500].strip()
    try:
        return _plausible(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        pass
    found = _WRITTEN.search(text)
    if found:
        return _from_parts(*(int(part or 0) for part in found.groups()))
    epoch = _EPOCH.search(text)
    return from_epoch(int(epoch[1]) / (1000 if len(epoch[1]) == 13 else 1)) if epoch else None


def from_epoch(seconds: float) -> datetime | None:
    """Return the time so many seconds after the beginning of 1970, None if it cannot be when a page was captured."""
    try:
        return _plausible(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def time_of_file(path: PurePath) -> datetime | None:
    """Return the time that a file's name states, or that of a folder above it; None if none does."""
    return next((at for part in reversed(path.parts) if (at := read_time(part))), None)


def without_time(path: PurePath) -> PurePath:
    """Return a path without the part that states the time: what the saved looks at one article have in common."""
    parts = [_EPOCH.sub("", _WRITTEN.sub("", part)).strip("-_. ") for part in path.with_suffix("").parts]
    return PurePath(*filter(None, parts))


def _from_parts(*parts: int) -> datetime | None:
    year, month, day, hour, minute, second = parts
    try:
        return _plausible(datetime(year, month, day, hour, minute, second, tzinfo=UTC))
    except ValueError:
        return None


def _plausible(moment: datetime) -> datetime | None:
    moment = (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)).replace(microsecond=0)
    return moment if _EARLIEST <= moment < _LATEST else None
