"""Find what is wrong with an archive's file, and rows that contradict others. Knows the tables; repairs nothing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from revtrack.archive.leaves import count_uncovered

if TYPE_CHECKING:
    from sqlite_utils import Database

_CONTRADICTIONS = {
    "counts other looks than there are": """
        SELECT article_id, number FROM versions AS v WHERE looks !=
        (SELECT count(*) FROM snapshots AS s WHERE s.article_id = v.article_id AND s.version = v.number)""",
    "was last seen at another time than its looks say": """
        SELECT article_id, number FROM versions AS v WHERE last_seen !=
        (SELECT max(fetched_at) FROM snapshots AS s WHERE s.article_id = v.article_id AND s.version = v.number)""",
    "has none before it": """
        SELECT article_id, number FROM versions AS v WHERE number > 1 AND NOT EXISTS
        (SELECT 1 FROM versions AS b WHERE b.article_id = v.article_id AND b.number = v.number - 1)""",
    "is not what its article's headline or time of change says": """
        SELECT v.article_id, v.number FROM versions AS v JOIN articles AS a ON a.id = v.article_id
        WHERE v.number = (SELECT max(number) FROM versions WHERE article_id = a.id)
        AND (a.headline != json_extract(nullif(v.story, ''), '$.headline') OR a.changed_at != v.first_seen)""",
}
"""What must never be found of a version, with the query that finds it."""


def find_damage(db: "Database") -> Iterator[str]:
    """Yield a sentence for everything that is wrong, what SQLite itself finds first."""
    for (line,) in db.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield f"SQLite says: {line}"
    for table, *_ in db.execute("PRAGMA foreign_key_check").fetchall():
        yield f"a row of {table} points to a row that is not there"
    for says, query in _CONTRADICTIONS.items():
        for article, number in db.execute(query).fetchall():
            yield f"version {article}@{number} {says}"
    if uncovered := count_uncovered(db):
        yield f"{uncovered} rows were not written by revtrack"
