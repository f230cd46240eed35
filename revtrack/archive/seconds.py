"""Times of looks as they are kept: whole seconds since 1970, in UTC. Pure."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def seconds(at: datetime) -> int:
    """Return how a time is kept."""
    return (at - _EPOCH) // _SECOND


def time_of(kept: int) -> datetime:
    """Return the time that is kept so. Raises ValueError where it is none."""
    try:
        return _EPOCH + kept * _SECOND
    except OverflowError as error:
        raise ValueError(f"{kept} seconds are no time") from error


def maybe_time(kept: int | None) -> datetime | None:
    """Return the time that is kept so, None for NULL."""
    return None if kept is None else time_of(kept)
