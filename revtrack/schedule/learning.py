"""Learn from what was seen of a source's articles what to expect of the next one. Pure.

Little was seen of most sources, so what was seen is weighed against what holds for articles at large: it counts as if
some edits and some hours of an average source had been seen before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from revtrack.schedule.expecting import EVEN, HOUR, Prior, share_by

EDITS = 0.5
"""What an average article shows of its edits in the end."""
WEIGHT = 8.0
"""The edits of an average source that what was seen is weighed against: those of 16 articles."""
HOURLY = 3.0
"""Arrivals and edits in each hour of the day that the hours seen are weighed against."""
_MOST = 6
"""Of one article, so many edits count: a live blog says little about its source's other articles."""
_QUIETEST, _LIVELIEST = 1 / 8, 8.0


@dataclass(frozen=True, slots=True)
class Watched:
    """What was seen of one article: when it came, was looked at last and changed last (None: not yet), how often."""

    added: datetime
    checked: datetime | None = None
    changed: datetime | None = None
    changes: int = 0


def learn(seen: Sequence[Watched]) -> Prior:
    """Return what to expect of a source's next article by what was seen of others of it."""
    expected = WEIGHT + sum(_expected(one) for one in seen)
    found = WEIGHT + sum(min(one.changes, _MOST) for one in seen)
    return Prior(min(max(found / expected, _QUIETEST), _LIVELIEST), _hours(seen))


def _expected(one: Watched) -> float:
    """Return the edits that an average article would have shown while this one was watched."""
    if one.checked is None:
        return 0.0
    return EDITS * share_by((one.checked - one.added).total_seconds())


def _hours(seen: Iterable[Watched]) -> tuple[float, ...]:
    """Return how lively each hour is (UTC), smoothed over its neighbours; each hour of each day counts once.

    A source is lively when its articles come and when they change. Many that were added at once are one occasion.
    """
    hours = {at.timestamp() // HOUR for one in seen for at in (one.added, one.changed) if at}
    if not hours:
        return EVEN
    counts = [0.0] * 24
    for hour in hours:
        for away, share in ((-1, 0.25), (0, 0.5), (1, 0.25)):
            counts[int(hour + away) % 24] += share
    mean = HOURLY + sum(counts) / 24
    return tuple((HOURLY + count) / mean for count in counts)
