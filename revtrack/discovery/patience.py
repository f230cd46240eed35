"""When a source is read again, and whether it may be read now. Pure: no clock, no network, no store.

A source that fails is left alone for longer each time, as an article is; one that asks for time (Retry-After) gets it,
also from a person who wants everything now, and from the process that comes after a restart.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from revtrack.model import Source
from revtrack.schedule import JITTER, spread

_LONGEST = timedelta(days=1)
"""Between two readings of a source in trouble: a paper that mends its feed is followed again the next day."""


def next_reading(source: Source, at: datetime, *, usual: timedelta, failed: bool, asked: datetime | None) -> datetime:
    """Return when a source that was read at a time is due again.

    `usual` is the wait after a good reading, `failed` tells that this one gave nothing, `asked` is when the server
    wants to be asked again. Each failed reading in a row doubles the last wait, up to a day, and ±10 % keep sources
    that failed together from coming back together.
    """
    if not failed:
        return at + usual
    last = source.due_at - source.checked_at if source.reason and source.due_at and source.checked_at else timedelta()
    wait = max(usual, min(_LONGEST, 2 * max(usual, last)))
    return max(at + wait * (1 + JITTER * spread(source.id, at)), asked or at)


def may_be_read(source: Source, at: datetime, manners: Mapping[str, str], *, everything: bool) -> bool:
    """Say whether a source may be read: when it is due or everything is wanted, but not before its server allows.

    `manners` is what politeness has kept, as written by `asked_to_wait`.
    """
    is_due = everything or source.due_at is None or source.due_at <= at
    return is_due and not _is_asked_to_wait(manners.get(_key(source), ""), at)


def asked_to_wait(source: Source, until: datetime | None) -> dict[str, str]:
    """Return what is to be kept of a server's wish to be left alone, {} if it has none."""
    return {_key(source): until.isoformat()} if until else {}


def _key(source: Source) -> str:
    return f"later {source.url}"


def _is_asked_to_wait(until: str, at: datetime) -> bool:
    try:
        moment = datetime.fromisoformat(until)
    except ValueError:
        return False
    return at < (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) <= at + _LONGEST
