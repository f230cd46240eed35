"""What is known of articles before they are looked at, of some by one query each. Knows the tables."""

from collections.abc import Iterator, Sequence

from revtrack.archive import articles, rows
from revtrack.archive.connection import Ask, among
from revtrack.archive.values import Standing
from revtrack.errors import UnknownArticleError
from revtrack.model import Validators

# What others saw gives no validators; and where they saw a newer version, our last look says nothing of that one.
_LAST_READ = """
    SELECT s.id FROM snapshots AS s LEFT JOIN sightings AS g ON g.snapshot_id = s.id
    WHERE s.article_id = a.id AND s.outcome = 'ok'
      AND coalesce(g.version, s.version) = (SELECT max(number) FROM versions WHERE article_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM origins AS o WHERE o.snapshot_id = s.id)
    ORDER BY s.id DESC LIMIT 1
"""
_ANSWERS = f"""
    SELECT a.id AS article_id, {{}} FROM articles AS a
    JOIN snapshots AS s ON s.id = ({_LAST_READ}) LEFT JOIN bodies AS b ON b.id = s.body WHERE a.id IN ({{}})
"""  # noqa: S608 - texts of ours
_HEAD = "s.id, s.head, b.sha256 AS body_sha256"
_NEWEST = """
    SELECT v.article_id, v.number, v.snapshot_id, v.first_seen, v.last_seen, v.looks, v.revert_of, v.flapping,
           v.modified, coalesce(nullif(v.story, ''), w.story, '') AS story
    FROM articles AS a
    JOIN versions AS v ON v.article_id = a.id AND v.number = (SELECT max(number) FROM versions WHERE article_id = a.id)
    LEFT JOIN whole_stories AS w ON w.article_id = v.article_id AND w.number = v.number WHERE a.id IN ({})
"""


def requests(ask: Ask, numbers: Sequence[int]) -> Iterator[tuple[int, str, Validators]]:
    """Yield the ids of articles, what URL to ask for, and what the server gave to be asked "has it changed?" with."""
    marks, values = among(numbers)
    addresses = {row["id"]: row["url"] for row in ask(f"SELECT id, url FROM articles WHERE id IN ({marks})", *values)}  # noqa: S608
    given = {row["article_id"]: rows.validators_from(row) for row in ask(_ANSWERS.format(_HEAD, marks), *values)}
    for number in numbers:
        if number not in addresses:
            raise UnknownArticleError(str(number))
        yield number, addresses[number], given.get(number, Validators())


def last_body(ask: Ask, article_id: int) -> str:
    """Return the SHA-256 of the body of the newest look that read a story, "" if none did or it was taken out."""
    found = ask(_ANSWERS.format("b.sha256", "?"), article_id)
    return found[0]["sha256"].hex() if found and found[0]["sha256"] else ""


def standings(ask: Ask, numbers: Sequence[int]) -> dict[int, Standing]:
    """Return what is known of articles, by their ids; what only `requests` and `last_body` tell is left out."""
    marks, values = among(numbers)
    newest = {row["article_id"]: rows.version_from(row) for row in ask(_NEWEST.format(marks), *values)}
    return {
        number: Standing(
            article=rows.article_from(state),
            latest=newest.get(number),
            is_gone=bool(state["gone"]),
            troubles=state["troubles"],
            suspect=state["suspect"],
            region=state["region"],
        )
        for number, state in articles.rows_of(ask, numbers).items()
    }
