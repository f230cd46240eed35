"""Read what a reader chose among changes, on a command line or in the address of a page, into a selection."""

import re
from datetime import UTC, datetime, time, timedelta

from revtrack.archive import Archive
from revtrack.archive.values import Only, Selection
from revtrack.errors import InputError

_AGO = re.compile(r"(\d{1,5})\s*([mhdw])(?:in|ins|inutes?|ours?|ays?|eeks?)?(?:\s+ago)?")
_DATE = re.compile(r"\d{4}-?\d\d-?\d\d")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DAYS = {"today": 0, "yesterday": 1}
_SHOWN = 3


def read_selection(
    archive: Archive,
    now: datetime,
    *,
    since: str | None = None,
    until: str | None = None,
    only: str | None = None,
    source: str | None = None,
    language: str | None = None,
    articles: tuple[int, ...] = (),
) -> Selection:
    """Return what was chosen, in words as `revtrack log` takes them; what is None or empty does not choose.

    Raises InputError, which says what can be chosen instead.
    """
    return Selection(
        only=_read_only(only) if only else None,
        source=_find_source(archive, source) if source else "",
        language=language.strip().lower() if language else "",
        articles=articles,
        since=parse_since(since, now) if since else None,
        until=parse_until(until, now) if until else None,
    )


def parse_since(text: str, now: datetime) -> datetime:
    """Read "36h", "2 days ago", "yesterday", a date or an ISO time, UTC where it names no zone. Raises InputError."""
    said = text.strip().lower()
    ago = _AGO.fullmatch(said)
    try:
        if said in _DAYS:
            return datetime.combine(now.astimezone(UTC) - timedelta(days=_DAYS[said]), time(), UTC)
        if ago:
            return now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        found = datetime.fromisoformat(text.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError(f"{text!r} is no time: write a date (2024-11-20), a time, or how long ago (36h, 7d)") from None


def parse_until(text: str, now: datetime) -> datetime:
    """Read the end of a time, itself excluded, as `parse_since` does; a day that is named is meant to its end."""
    end = parse_since(text, now)
    said = text.strip().lower()
    return end + timedelta(days=1) if said in _DAYS or _DATE.fullmatch(said) else end


def _read_only(text: str) -> Only:
    try:
        return Only(text)
    except ValueError:
        raise InputError(f"there is no kind {text!r} of changes: choose one of {', '.join(Only)}") from None


def _find_source(archive: Archive, part: str) -> str:
    """Return the source that is called so, or the only one of whose name this is a part."""
    known = [habits.source for habits in archive.habits()]
    fits = [name for name in known if name == part] or [name for name in known if part.casefold() in name.casefold()]
    if not fits:
        raise InputError(f"no source of a tracked article fits {part!r}: 'revtrack list' shows them")
    if len(fits) > 1:
        shown = "; ".join(fits[:_SHOWN]) + ("; …" if len(fits) > _SHOWN else "")
        raise InputError(f"{part!r} fits {len(fits)} sources ({shown}): give more of it")
    return fits[0]
