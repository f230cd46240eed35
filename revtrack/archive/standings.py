"""What is known of articles before they are looked at, of some by one query each. Knows the tables."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from revtrack.archive import articles, heads, rows
from revtrack.archive.connection import Ask, Connection, among
from revtrack.archive.seconds import seconds, time_of
from revtrack.archive.values import Standing
from revtrack.errors import UnknownArticleError
from revtrack.model import Article, Outcome, Validators
from revtrack.schedule import Prior

# What others saw gives no validators; and where they saw a newer version, our last look says nothing of that one.
_LAST_READ = """
    SELECT s.id FROM snapshots AS s LEFT JOIN sightings AS g ON g.snapshot_id = s.id
    WHERE s.article_id = a.id AND s.outcome = 'ok'
      AND coalesce(g.version, s.version) = (SELECT max(number) FROM versions WHERE article_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM origins AS o WHERE o.snapshot_id = s.id)
    ORDER BY s.id DESC LIMIT 1
"""
_TO_ASK = f"""
    SELECT a.id, a.url, s.id FROM articles AS a LEFT JOIN snapshots AS s ON s.id = ({_LAST_READ}) AND s.fetched_at >= ?
    WHERE a.id IN ({{}})
"""  # noqa: S608 - texts of ours
_BODY = f"""
    SELECT b.sha256 FROM articles AS a JOIN snapshots AS s ON s.id = ({_LAST_READ}) JOIN bodies AS b ON b.id = s.body
    WHERE a.id = ?
"""  # noqa: S608 - texts of ours
_NEWEST = """
    SELECT v.article_id, v.number, v.snapshot_id, v.first_seen, v.last_seen, v.looks, v.revert_of, v.flapping,
           v.modified, coalesce(nullif(v.story, ''), w.story, '') AS story
    FROM articles AS a
    JOIN versions AS v ON v.article_id = a.id AND v.number = (SELECT max(number) FROM versions WHERE article_id = a.id)
    LEFT JOIN whole_stories AS w ON w.article_id = v.article_id AND w.number = v.number WHERE a.id IN ({})
"""
_TROUBLE = """
    SELECT a.id, s.outcome, s.fetched_at FROM articles AS a JOIN snapshots AS s ON s.id = (
        SELECT t.id FROM events AS e JOIN snapshots AS t ON t.id = e.snapshot_id
        WHERE e.article_id = a.id AND e.event = 'trouble' ORDER BY t.fetched_at DESC, t.id DESC LIMIT 1
    ) WHERE a.id IN ({})
"""


def requests(
    db: Connection, numbers: Sequence[int], since: datetime | None = None
) -> Iterator[tuple[int, str, Validators]]:
    """Yield the ids of articles, what URL to ask for, and what the server gave to be asked "has it changed?" with.

    What it gave before `since` is not asked with.
    """
    marks, values = among(numbers)
    bound = seconds(since) if since else 0
    found = db.execute(_TO_ASK.format(marks), (bound, *values)).fetchall()
    known = {number: (url, look) for number, url, look in found}
    looks = [look for _, look in known.values() if look is not None]
    given = dict(zip(looks, heads.read_all(db, looks), strict=True))
    for number in numbers:
        if number not in known:
            raise UnknownArticleError(str(number))
        url, look = known[number]
        yield number, url, Validators() if look is None else rows.validators_from(given[look])


def last_body(ask: Ask, article_id: int) -> str:
    """Return the SHA-256 of the body of the newest look that read a story, "" if none did or it was taken out."""
    found = ask(_BODY, article_id)
    return found[0]["sha256"].hex() if found and found[0]["sha256"] else ""


def standings(ask: Ask, numbers: Sequence[int], prior: Callable[[Article], Prior]) -> dict[int, Standing]:
    """Return what is known of articles, by their ids; what only `requests` and `last_body` tell is left out.

    `prior` tells what is expected of an article's source.
    """
    marks, values = among(numbers)
    newest = {row["article_id"]: rows.version_from(row) for row in ask(_NEWEST.format(marks), *values)}
    told = ask(_TROUBLE.format(marks), *values)
    troubles = {row["id"]: (Outcome(row["outcome"]), time_of(row["fetched_at"])) for row in told}
    found: dict[int, Standing] = {}
    for number, state in articles.rows_of(ask, numbers).items():
        article = rows.article_from(state)
        found[number] = Standing(
            article=article,
            latest=newest.get(number),
            is_gone=bool(state["gone"]),
            troubles=state["troubles"],
            suspect=state["suspect"],
            prior=prior(article),
            region=state["region"],
            trouble=troubles.get(number),
        )
    return found
