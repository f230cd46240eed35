"""When digests are due: "daily 07:00 Europe/Berlin". Pure: no clock; the zones are those of the system or of tzdata."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from revtrack.errors import ConfigError

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FORM = re.compile(
    rf"(?:(hourly)|(?:(daily)|(?:weekly\s+)?({'|'.join(_DAYS)}))\s+(\d{{1,2}}):(\d\d)(?:\s+(\S+))?)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Period:
    """A time that comes again: `at` on the clocks of `zone`, on `weekday` (0: Monday) alone or on every day.

    `at` is None for every full hour.
    """

    at: time | None
    weekday: int | None = None
    zone: str = "UTC"


def read_period(text: str) -> Period:
    """Read "hourly", "daily 07:00 Europe/Berlin" or "weekly monday 07:00"; without a zone UTC. Raises ConfigError."""
    found = _FORM.fullmatch(text.strip())
    if not found:
        raise ConfigError(
            f'{text!r} is no period: write "hourly", "daily 07:00 Europe/Berlin" or "weekly monday 07:00"'
        )
    if found[1]:
        return Period(None)
    try:
        at = time(int(found[4]), int(found[5]))
    except ValueError:
        raise ConfigError(f"{text!r}: there is no time {found[4]}:{found[5]}") from None
    period = Period(at, _DAYS.index(found[3].lower()) if found[3] else None, found[6] or "UTC")
    _zone(period.zone)
    return period


def next_after(period: Period, moment: datetime) -> datetime:
    """Return the first time of a period after a moment, both UTC.

    A time that the clocks leap over in spring comes by as much later; one that comes twice in autumn counts the first
    time. So every day has one, 23 to 25 hours from the one before.
    """
    if period.at is None:
        return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    zone = _zone(period.zone)
    day = moment.astimezone(zone).date() - timedelta(days=1)  # a zone may have left a day out
    while (found := _on(day, period.at, zone)) <= moment or period.weekday not in (None, day.weekday()):
        day += timedelta(days=1)
    return found


def _on(day: date, at: time, zone: ZoneInfo) -> datetime:
    # Without a fold, Python takes the offset from before a leap: a time that does not exist comes later by the leap,
    # and of two that read the same it is the first (PEP 495).
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError
        advice = "write one such as Europe/Berlin; where the system has none (Windows), 'pip install tzdata'"
        raise ConfigError(f"there is no time zone {name!r}: {advice}") from error
