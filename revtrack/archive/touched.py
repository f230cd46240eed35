"""What was recorded since some moment, by the leaves, which are numbered in the order of writing. Asks the tables."""

from collections.abc import Callable
from typing import Any

Ask = Callable[..., list[dict[str, Any]]]

_TOUCHED = """
    SELECT l.row AS article_id, l.number FROM leaves AS l WHERE l.kind IN ('reading', 'stated') AND l.position >= ?
    UNION SELECT j.article_id, j.number FROM leaves AS l JOIN verdicts AS j ON j.id = l.row
    WHERE l.kind = 'verdict' AND l.position >= ?
    UNION SELECT s.article_id, 0 FROM leaves AS l JOIN snapshots AS s ON s.id = l.row
    WHERE l.kind = 'look' AND l.position >= ?
    UNION SELECT e.article_id, 0 FROM leaves AS l JOIN events AS e ON e.id = l.row
    WHERE l.kind = 'event' AND l.position >= ?
    UNION SELECT l.row, 0 FROM leaves AS l WHERE l.kind IN ('article', 'ended') AND l.position >= ?
"""


def touched(ask: Ask, since: int) -> dict[int, set[int]]:
    """Return the articles of which anything was recorded from that leaf on, each with its versions read or judged anew.

    An article that was only looked at comes with no version.
    """
    found: dict[int, set[int]] = {}
    for row in ask(_TOUCHED, *[since] * 5):
        numbers = found.setdefault(row["article_id"], set())
        if row["number"]:
            numbers.add(row["number"])
    return found


def is_rederived(ask: Ask, since: int) -> bool:
    """Whether versions were derived again or contents taken out from that leaf on: then any number may mean another."""
    return bool(
        ask("SELECT 1 AS found FROM leaves WHERE position >= ? AND kind IN ('derivation', 'redaction') LIMIT 1", since)
    )


def leaf_count(ask: Ask) -> int:
    """Return how many leaves there are."""
    return int(ask("SELECT coalesce(max(position) + 1, 0) AS size FROM leaves")[0]["size"])


def leaf_hash(ask: Ask, position: int) -> bytes:
    """Return the hash of one leaf, b"" where there is none."""
    found = ask("SELECT hash FROM leaves WHERE position = ?", position)
    return bytes(found[0]["hash"]) if found else b""
