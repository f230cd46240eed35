"""Choose which of the articles that are due are looked at now, within what a host and a source may be asked. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from revtrack.config import ScheduleSettings
from revtrack.model import Article
from revtrack.urls import host_of


def choose(
    due: Iterable[Article],
    now: datetime,
    settings: ScheduleSettings,
    spent: Mapping[str, int],
    limit: int | None = None,
) -> list[Article]:
    """Return the articles to look at, at most `limit`, the most urgent first.

    `spent` counts the looks of the last 24 hours by host and by URL of a source. What is left out stays due.
    """
    used, chosen = Counter(spent), list[Article]()
    for article in sorted(due, key=lambda one: (-urgency(one, now), one.id)):
        if limit is not None and len(chosen) >= limit:
            break
        payers = [name for name in (host_of(article.url), article.source) if name]
        if all(used[name] < settings.daily_of(name) for name in payers):
            used.update(payers)
            chosen.append(article)
    return chosen


def urgency(article: Article, now: datetime) -> float:
    """Return how many times its wait an article has waited; endless for one that was never looked at.

    A wait ends when as many edits are expected as make a look worth while, so who has waited longest by this measure
    is likeliest to have changed.
    """
    if article.checked_at is None or article.due_at is None:
        return float("inf")
    wait = (article.due_at - article.checked_at).total_seconds()
    return (now - article.checked_at).total_seconds() / max(wait, 1.0)


def are_believable(newer: int, stated: int) -> bool:
    """Say whether a source's word can be taken that so many of the articles it dates changed since our last look.

    A source that says so of many at once has stamped them with the time of reading, or of an hour in another zone.
    """
    return newer <= max(_SOME, _SHARE * stated)


_SOME = 3
_SHARE = 0.3
