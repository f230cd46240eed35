"""Read the times that pages state: ISO 8601 and RFC 2822 as machines write them, or a date in words. Knows no page.

Every result is aware and UTC. A time without a zone is taken as UTC: nothing better is known, and it never changes.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from revtrack.moments import find_moments, resolve

_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PARTED = re.compile(r"\s[/@]\s?")  # between the day and the hour of a date line: "Nov. 20, 2024 / 3:15 PM"
_LONGEST = 200


def read_time(text: str, *, language: str = "") -> tuple[datetime, bool] | None:
    """Return the time that a text states and whether it is more precise than a day; None if it states no whole date.

    `language` is that of the page: in English and where it is not known, 1/2/2024 is in January.

    >>> read_time("Posted on 11/20/2024")
    (datetime.datetime(2024, 11, 20, 0, 0, tzinfo=datetime.timezone.utc), False)
    """
    text = text[:_LONGEST].strip()
    try:
        return _read_iso(text) or _read_rfc(text) or _read_words(text, language or "en")
    except (ValueError, OverflowError):  # a 31st of February, an offset of 99 hours
        return None


def _read_iso(text: str) -> tuple[datetime, bool] | None:
    found = _ISO.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    if hour is None:
        return datetime(int(year), int(month), int(day), tzinfo=UTC), False
    zone = "+00:00" if zone in (None, "Z", "UTC", "GMT") else zone
    zone = zone if len(zone) > 3 else f"{zone}:00"
    zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    stated = datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}")
    return stated.astimezone(UTC), True


def _read_rfc(text: str) -> tuple[datetime, bool] | None:
    if "," not in text[:4]:
        return None
    try:
        stated = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return (stated if stated.tzinfo else stated.replace(tzinfo=UTC)).astimezone(UTC), True


def _read_words(text: str, language: str) -> tuple[datetime, bool] | None:
    if not _YEAR.search(text):  # the search for dates costs more than all else here
        return None
    for moment in find_moments(_PARTED.sub(", ", text), language=language, loose=True):
        if moment.year and moment.month and moment.day:
            stated = resolve(moment)
            return None if stated is None else (stated, moment.hour is not None)
    return None
