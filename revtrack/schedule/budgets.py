"""Choose which of the articles that are due are looked at now, within what a host and a source may be asked. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from sys import intern

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
    articles = {article.id: article for article in due}
    return [articles[number] for _, number in islice(in_turn(articles.values(), now, settings, spent), limit)]


def in_turn(
    due: Iterable[Article], now: datetime, settings: ScheduleSettings, spent: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    """Yield the hosts and ids of the articles to look at, the most urgent first, as `choose` does, and hold no article.

    A hundred thousand that are due take some 15 MB while they are sorted.
    """
    used, is_bounded = Counter(spent), settings.is_bounded
    waiting = ((-urgency(one, now), one.id, intern(host_of(one.url)), intern(one.source)) for one in due)
    for _, number, host, source in sorted(waiting):
        if is_bounded:
            payers = [name for name in (host, source) if name]
            if any(used[name] >= settings.daily_of(name) for name in payers):
                continue
            used.update(payers)
        yield host, number


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
