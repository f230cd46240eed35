"""When something was captured, read from a file's name, a field or a fourteen-digit time stamp. Pure."""

import re
from datetime import UTC, datetime, timedelta
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


def exact_time(text: str) -> datetime | None:
    """Return the time that a whole text is, in UTC where it names no zone; None for one that says anything else.

    >>> exact_time("2024-11-21 8:05 +02:00").isoformat(), exact_time("2024-11-21 8:05 PM")
    ('2024-11-21T06:05:00+00:00', None)
    """
    text = text.strip()
    if found := _EXACT.fullmatch(text):
        *parts, sign, hours, minutes = found.groups()
        at = _from_parts(*(int(part or 0) for part in parts))
        away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        return at and at + (away if sign == "-" else -away)
    is_known = _WRITTEN.fullmatch(text) if text[:8].isdigit() else None
    return read_time(text) if is_known or _EPOCH.fullmatch(text) else None


_EXACT = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?"
    r"\s?(?:Z|UTC|GMT|([+-])(\d\d):?(\d\d))?"
)


def from_epoch(seconds: float) -> datetime | None:
    """Return the time so many seconds after the beginning of 1970, None if it cannot be when a page was captured."""
    try:
        return _plausible(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def time_of_file(path: PurePath) -> datetime | None:
    """Return the time that a file's name states, or that of a folder above it, or its folders one by one; else None.

    >>> time_of_file(PurePath("2024/11/21/story.html")).isoformat()
    '2024-11-21T00:00:00+00:00'
    """
    if stated := next((at for part in reversed(path.parts) if (at := read_time(part))), None):
        return stated
    found = _FOLDERS.search(path.as_posix())
    return _from_parts(*map(int, found.groups()[1:]), 0, 0, 0) if found else None


def without_time(path: PurePath) -> PurePath:
    """Return a path without the part that states the time: what the saved looks at one article have in common."""
    if not any(map(read_time, path.parts)):
        path = PurePath(_FOLDERS.sub(r"\1", path.as_posix()))
    parts = [_EPOCH.sub("", _WRITTEN.sub("", part)).strip("-_. ") for part in path.with_suffix("").parts]
    return PurePath(*filter(None, parts))


# Folders of a year, a month and a day; below one with a dot, which may be a host, they belong to the page's address.
_FOLDERS = re.compile(r"\A((?:[^/.]{1,255}/){0,20})((?:19|20|21)\d\d)/([01]\d)/([0-3]\d)/")


def _from_parts(*parts: int) -> datetime | None:
    year, month, day, hour, minute, second = parts
    try:
        return _plausible(datetime(year, month, day, hour, minute, second, tzinfo=UTC))
    except ValueError:
        return None


def _plausible(moment: datetime) -> datetime | None:
    moment = (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)).replace(microsecond=0)
    return moment if _EARLIEST <= moment < _LATEST else None
