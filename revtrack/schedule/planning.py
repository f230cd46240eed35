"""Find the time of the next look, and say when there is none. Pure.

A look is worth most where edits are likely, but not in proportion: the second look within an hour finds less than the
first. So the wait is the shorter the higher the rate of edits, with a power below one, summed up over the wait as the
rate changes (an article's youth passes, a night comes): we look when the sum has reached what the budget allows.
"""

import hashlib
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from math import exp, log

from revtrack.config import ScheduleSettings
from revtrack.schedule.expecting import DAY, EVEN, HOUR, Outlook, Prior, expect
from revtrack.schedule.history import History

JITTER = 0.1
POWER = 0.8
"""1 would catch the most edits and see lonely ones late, 0.5 would see all edits soonest and miss more of a series."""
_PACE = ((10.0, 1.18), (25.0, 0.345), (50.0, 0.155), (97.0, 0.069), (200.0, 0.0271), (600.0, 0.0059))
"""What the sum may reach, by the looks an article is to get in 30 days; between them by powers. From bench/schedule."""
_MOST_DOUBLINGS = 8
_STEP = 240.0


def next_look(
    history: History, now: datetime, settings: ScheduleSettings, prior: Prior | None = None
) -> datetime | None:
    """Return when to look next, None when the article retires.

    Never before the server allows; spread by ±10 % so that looks do not bunch, by the article and the time and not by
    chance: the same history gives the same plan.
    """
    if why_over(history, now, settings):
        return None
    wait = interval(history, now, settings, prior) * (1 + JITTER * spread(history.article_id, now))
    shortest, longest = timedelta(seconds=settings.shortest), timedelta(seconds=settings.longest)
    at = now + min(max(wait, shortest), longest)
    return max(at, history.not_before) if history.not_before else at


def interval(history: History, now: datetime, settings: ScheduleSettings, prior: Prior | None = None) -> timedelta:
    """Return the wait before spreading, within its bounds; doubled for each failed look."""
    if history.unsure:
        return timedelta(seconds=settings.shortest)
    at = now.timestamp()
    wait = DAY if history.gone else time_to(expect(history, at, prior or Prior()), at, settings)
    wait = max(wait, settings.shortest) * (1 << min(history.troubles, _MOST_DOUBLINGS))
    return timedelta(seconds=min(wait, settings.longest))


def time_to(outlook: Outlook, now: float, settings: ScheduleSettings) -> float:
    """Return the seconds until enough edits are expected to make a look worth while, at most the longest wait."""
    left, longest, is_even = pace(settings.looks), settings.longest, outlook.hours is EVEN
    rate = outlook.rates()
    for waited, step in _steps(longest, is_even=is_even):
        if waited >= DAY and not is_even:
            rate, is_even = _by_day(outlook).rates(), True
        worth: float = rate(now + waited + step / 2) ** POWER
        if worth * step >= left:
            return min(waited + left / worth, longest)
        left -= worth * step
    return longest


@lru_cache(maxsize=16)
def _steps(longest: float, *, is_even: bool) -> list[tuple[float, float]]:
    """Return where the steps of a wait begin and how long they are, all in seconds.

    They grow with the wait; where hours differ, none is longer than an hour on the first day.
    """
    steps, waited = list[tuple[float, float]](), 0.0
    while waited < longest:
        step = _STEP + waited / 2
        if not is_even and waited < DAY:
            step = min(step, HOUR)
        steps.append((waited, step))
        waited += step
    return steps


@lru_cache(maxsize=64)
def pace(looks: float) -> float:
    """Return what the sum of rates may reach between two looks, by the looks that an article is to get in 30 days."""
    at = log(max(looks, 1e-3))
    points = [(log(one), log(sum_)) for one, sum_ in _PACE]
    (x0, y0), (x1, y1) = next((pair for pair in pairwise(points) if at <= pair[1][0]), (points[-2], points[-1]))
    return exp(y0 + (at - x0) * (y1 - y0) / (x1 - x0))


def why_over(history: History, now: datetime, settings: ScheduleSettings) -> str:
    """Return why an article retires, "" if it does not: not found for long, or not changed for very long."""
    if history.unsure:
        return ""
    if (history.gone or history.troubles) and now - history.seen >= timedelta(seconds=settings.retire_lost):
        return f"not found since {history.seen:%Y-%m-%d}"
    quiet_since = max(history.watched, history.changed or history.watched)
    if now - quiet_since >= timedelta(seconds=settings.retire_quiet):
        return f"unchanged since {quiet_since:%Y-%m-%d}"
    return ""


def spread(article_id: int, now: datetime) -> float:
    """Return a number from -1 to 1 that looks random over articles and looks."""
    digest = hashlib.blake2b(f"{article_id} {now.timestamp():.0f}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 0xFFFFFFFF * 2 - 1


def _by_day(outlook: Outlook) -> Outlook:
    return Outlook(outlook.strength, outlook.born, outlook.changed, EVEN)
