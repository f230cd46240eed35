"""How the articles of each source are edited: counts over the findings. Asks the tables."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from revtrack.archive.findings import source_of
from revtrack.archive.values import Habits
from revtrack.model import Disclosure, Significance

Ask = Callable[..., list[dict[str, Any]]]

_ARTICLES = "SELECT source, url, changed_at FROM articles WHERE same_as IS NULL"
_COUNTS = f"""
    SELECT source, count(*) AS revisions, count(DISTINCT article_id) AS edited, sum(retitled) AS retitled,
           sum(CASE WHEN level >= {Significance.SUBSTANTIVE.level} THEN 1 ELSE 0 END) AS substantive,
           sum(CASE WHEN level >= {Significance.SUBSTANTIVE.level}
                     AND disclosure IN ('{Disclosure.UNDISCLOSED}', '{Disclosure.STAMPED}') THEN 1 ELSE 0 END) AS silent
    FROM findings WHERE number > 1 GROUP BY source
"""  # noqa: S608 - constants of ours
_GONE = """
    SELECT f.source, count(DISTINCT e.article_id) AS gone
    FROM events AS e JOIN findings AS f ON f.article_id = e.article_id AND f.number = 1
    WHERE e.event = 'gone' GROUP BY f.source
"""
_LAGS = "SELECT source, lag FROM findings WHERE lag IS NOT NULL ORDER BY lag"
_HOURS = """
    SELECT source, substr(seen_at, 1, 13) AS hour, count(*) AS revisions FROM findings WHERE number > 1
    GROUP BY source, substr(seen_at, 1, 13)
"""


def habits(ask: Ask) -> list[Habits]:
    """Return what is known of how each source edits, those with the most articles first."""
    followed, read = Counter[str](), Counter[str]()
    for row in ask(_ARTICLES):
        source = source_of(row["source"], row["url"])
        followed[source] += 1
        read[source] += row["changed_at"] is not None
    counts = {row.pop("source"): row for row in ask(_COUNTS)}
    gone = {row["source"]: row["gone"] for row in ask(_GONE)}
    lags, weeks = _lags(ask), _weeks(ask)
    names = followed.keys() | counts.keys()
    found = (
        Habits(
            source=source,
            articles=followed[source],
            read=read[source],
            gone=gone.get(source, 0),
            lags=tuple(lags.get(source, ())),
            week=tuple(weeks[source][hour] for hour in range(7 * 24)),
            **counts.get(source, {}),
        )
        for source in names
    )
    return sorted(found, key=lambda one: (-one.articles, one.source))


def _lags(ask: Ask) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for row in ask(_LAGS):
        found[row["source"]].append(row["lag"])
    return found


def _weeks(ask: Ask) -> dict[str, Counter[int]]:
    """Return, by source, how many revisions were found in each hour of the week, counted from Monday midnight, UTC."""
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for row in ask(_HOURS):
        day, _, hour = row["hour"].partition("T")
        found[row["source"]][date.fromisoformat(day).weekday() * 24 + int(hour)] += row["revisions"]
    return found
