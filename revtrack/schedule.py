"""Say when to look at an article again. Pure: the clock, the history and the settings come in as values.

Most edits fall in an article's first day, and an edited article is likely to be edited again soon. So we wait a share
of the time since its last change (or its publication): often while young or just changed, rarely when old and quiet.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from revtrack.config import ScheduleSettings

JITTER = 0.1
_MOST_DOUBLINGS = 8


@dataclass(frozen=True, slots=True)
class History:
    """What the schedule needs to know of an article.

    `since` is its last change, or publication, or when it was added. `troubles` counts the failed looks since the
    last good one. `not_before` is what the server asked for (Retry-After). `unsure` asks for a second look soon.
    """

    article_id: int
    since: datetime
    troubles: int = 0
    not_before: datetime | None = None
    unsure: bool = False
    gone: bool = False


def next_look(history: History, now: datetime, settings: ScheduleSettings) -> datetime:
    """Return when to look next: never before the server allows, spread by ±10 % so that looks do not bunch.

    The spread comes from the article and the time, not from chance: the same history gives the same plan.
    """
    wait = now + interval(history, now, settings) * (1 + JITTER * spread(history.article_id, now))
    return max(wait, history.not_before) if history.not_before else wait


def interval(history: History, now: datetime, settings: ScheduleSettings) -> timedelta:
    """Return the wait before spreading: a share of the quiet time, doubled for each failed look, within bounds."""
    shortest, longest = timedelta(seconds=settings.shortest), timedelta(seconds=settings.longest)
    if history.unsure:
        return shortest
    if history.gone:
        return longest
    quiet = max(now - history.since, timedelta())
    doublings = min(history.troubles, _MOST_DOUBLINGS)
    return min(max(shortest, quiet * settings.share) * (1 << doublings), longest)


def spread(article_id: int, now: datetime) -> float:
    """Return a number from -1 to 1 that looks random over articles and looks."""
    digest = hashlib.blake2b(f"{article_id} {now.timestamp():.0f}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 0xFFFFFFFF * 2 - 1
