"""What looks brought that may be told of: verdicts and events, by the look that led to them. Knows the tables.

The order is that of recording. Looks that others made are history and no news; so are verdicts that were derived anew
from earlier looks, because they keep the number of the look that led to them.
"""

import json
from datetime import datetime

from revtrack.archive.connection import Ask, Row
from revtrack.archive.seconds import seconds, time_of
from revtrack.archive.values import News
from revtrack.forms import from_form
from revtrack.model import Event, Verdict

INDEXES = """
CREATE INDEX verdicts_look ON verdicts (snapshot_id);   -- what is news
CREATE INDEX events_look ON events (snapshot_id);
CREATE INDEX versions_look ON versions (snapshot_id);
"""
INDEXES_OF_SQLITE = """
DROP INDEX events_article;
CREATE INDEX events_article ON events (article_id);
DROP INDEX verdicts_revision;
CREATE INDEX verdicts_revision ON verdicts (article_id, number);
DROP INDEX derivations_article;
CREATE INDEX derivations_article ON derivations (article_id);
"""
"""Each index of SQLite holds the number of its row besides: to name that too was to keep it twice."""

_OURS = "NOT EXISTS (SELECT 1 FROM origins AS o WHERE o.snapshot_id = s.id)"
_VERDICTS = f"""
    SELECT j.snapshot_id AS look, s.fetched_at, j.article_id, j.number, v.snapshot_id AS made_by,
           j.significance, j.disclosure,
           (SELECT n.verdict FROM verdicts AS n WHERE n.article_id = j.article_id AND n.number = j.number
            ORDER BY n.id DESC LIMIT 1) AS verdict,
           (SELECT b.significance || ' ' || b.disclosure FROM verdicts AS b
            WHERE b.article_id = j.article_id AND b.number = j.number AND b.id < j.id
            ORDER BY b.id DESC LIMIT 1) AS before
    FROM verdicts AS j JOIN snapshots AS s ON s.id = j.snapshot_id
    JOIN versions AS v ON v.article_id = j.article_id AND v.number = j.number
    WHERE j.snapshot_id > ? AND j.snapshot_id <= ? AND {_OURS} ORDER BY j.snapshot_id, j.number
"""  # noqa: S608 - texts of ours
_EVENTS = f"""
    SELECT e.snapshot_id AS look, s.fetched_at, e.article_id, e.event, e.why
    FROM events AS e JOIN snapshots AS s ON s.id = e.snapshot_id
    WHERE e.snapshot_id > ? AND e.snapshot_id <= ? AND {_OURS} ORDER BY e.id
"""  # noqa: S608
_FIRSTS = f"""
    SELECT v.snapshot_id AS look, s.fetched_at, v.article_id, 'first' AS event, '' AS why
    FROM versions AS v JOIN snapshots AS s ON s.id = v.snapshot_id
    WHERE v.snapshot_id > ? AND v.snapshot_id <= ? AND v.number = 1 AND {_OURS} ORDER BY v.snapshot_id
"""  # noqa: S608


def newest_look(ask: Ask) -> int:
    """Return the number of the look recorded last, 0 before the first."""
    return int(ask("SELECT coalesce(max(id), 0) AS newest FROM snapshots")[0]["newest"])


def look_before(ask: Ask, at: datetime) -> int:
    """Return the number of the last look made before a time, 0 if there was none."""
    found = ask("SELECT id FROM snapshots WHERE fetched_at < ? ORDER BY id DESC LIMIT 1", seconds(at))
    return int(found[0]["id"]) if found else 0


def news(ask: Ask, after: int, until: int) -> list[News]:
    """Return what the looks from `after` (excluded) to `until` brought, in the order of recording."""
    found = [_judged(row) for row in ask(_VERDICTS, after, until)]
    found += [_happened(row) for query in (_EVENTS, _FIRSTS) for row in ask(query, after, until)]
    return sorted((one for one in found if one is not None), key=lambda one: one.look)


def _judged(row: Row) -> News | None:
    """Return the news of a verdict, None for one that was given anew and says the same."""
    rejudged = row["made_by"] != row["look"]
    if rejudged and row["before"] == f"{row['significance']} {row['disclosure']}":
        return None
    return News(
        look=row["look"],
        at=time_of(row["fetched_at"]),
        article=row["article_id"],
        event=Event.REVISED,
        version=row["number"],
        made_by=row["made_by"],
        verdict=from_form(Verdict, json.loads(row["verdict"])),
        rejudged=rejudged,
    )


def _happened(row: Row) -> News:
    at = time_of(row["fetched_at"])
    return News(look=row["look"], at=at, article=row["article_id"], event=Event(row["event"]), why=row["why"])
