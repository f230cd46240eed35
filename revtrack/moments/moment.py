"""A date or time as a text states it, and the time that is meant, given when the page was seen. Pure; reads no text."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

AMERICAN = {"ET": -5.0, "CT": -6.0, "MT": -7.0, "PT": -8.0, "EASTERN": -5.0, "CENTRAL": -6.0, "PACIFIC": -8.0}
"""Hours from UTC in winter of American zones whose clocks go forward in summer."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, a time of day, or both together, at characters `start` to `end` of the text it was read in.

    What is not stated is None. `weekday` runs from 1, Monday, to 7. `offset` is in hours from UTC; `zone` holds an
    American zone whose offset hangs on the date ("ET"). `ago` is in seconds before the page was seen, `back` in whole
    days before that day: 1 for "yesterday".
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    weekday: int | None = None
    offset: float | None = None
    zone: str = ""
    ago: int | None = None
    back: int | None = None


def resolve(moment: Moment, *, seen_at: datetime | None = None) -> datetime | None:
    """Return the time that is meant, in UTC, or None where it cannot be told.

    A missing year is the latest that does not lie more than a day after `seen_at`, a missing day that of `seen_at`, a
    weekday the last of its name, a missing time midnight. Without a stated zone the clock is taken for UTC.
    """
    if moment.ago is not None:
        return seen_at - timedelta(seconds=moment.ago) if seen_at else None
    day = _day(moment, seen_at)
    if day is None:
        return None
    offset = moment.offset
    if moment.zone:
        offset = AMERICAN[moment.zone] + (1 if _daylight_saving(day) else 0)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return midnight + timedelta(hours=(moment.hour or 0) - (offset or 0), minutes=moment.minute or 0)


def _day(moment: Moment, seen_at: datetime | None) -> date | None:
    if moment.month is None and seen_at is None:
        return None
    if moment.month is not None:
        return _calendar_day(moment, seen_at)
    today = (seen_at or datetime.min.replace(tzinfo=UTC)).date()
    if moment.back is not None:
        return today - timedelta(days=moment.back)
    if moment.day is not None:
        return _day_of_month(moment.day, today)
    if moment.weekday is not None:
        return today - timedelta(days=(today.isoweekday() - moment.weekday) % 7)
    return today if moment.hour is not None else None


def _day_of_month(day: int, today: date) -> date | None:
    """Return the latest day of that number up to today, None where the month has none."""
    month = today if day <= today.day else today.replace(day=1) - timedelta(days=1)
    try:
        return month.replace(day=day)
    except ValueError:
        return None


def _calendar_day(moment: Moment, seen_at: datetime | None) -> date | None:
    year = moment.year
    if year is None and seen_at is None:
        return None
    try:
        if year is not None:
            return date(year, moment.month or 1, moment.day or 1)
        newest = (seen_at or datetime.min.replace(tzinfo=UTC)).date() + timedelta(days=1)
        this_year = date(newest.year, moment.month or 1, moment.day or 1)
        return this_year if this_year <= newest else this_year.replace(year=newest.year - 1)
    except ValueError:
        return None


def _daylight_saving(day: date) -> bool:
    """Whether American clocks are forward: second Sunday of March to first of November (Energy Policy Act of 2005)."""
    spring, autumn = date(day.year, 3, 8), date(day.year, 11, 1)
    return spring + timedelta(days=-spring.isoweekday() % 7) <= day < autumn + timedelta(days=-autumn.isoweekday() % 7)
