"""Take contents out of an archive, and say so where they were. Knows the tables; the proof stays whole.

Of what is redacted, the salted hash of its contents is kept and the salt is not: the leaves still fit, and nobody can
try whether a guess at the contents is right.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from revtrack.archive import bodies, leaves, listing, outbox, stories
from revtrack.archive.connection import Ask, Connection
from revtrack.archive.leaves import add_leaf
from revtrack.archive.rows import redaction_from
from revtrack.forms import iso
from revtrack.model import Redaction

TABLE = """
-- What was taken out, when and why. Rows are added, never changed.
CREATE TABLE redactions (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    at         TEXT NOT NULL,
    what       TEXT NOT NULL,              -- in words
    reason     TEXT NOT NULL,
    taken      TEXT NOT NULL               -- SHA-256 of its rows in `redacted`
) STRICT;

-- The rows that lost their contents.
CREATE TABLE redacted (
    kind         TEXT NOT NULL,            -- of archive.kinds.KINDS
    row          INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    redaction_id INTEGER NOT NULL REFERENCES redactions (id),
    contents     TEXT NOT NULL,            -- SHA-256 of the salt and the contents there were
    PRIMARY KEY (kind, row, number)
) STRICT;
"""

Redacted = tuple[str, int, int, str]
"""A row without its contents: kind, row, number, and the salted hash of what there was."""
_OF_VERSIONS = """
    SELECT x.number, n.reason AS redaction_reason, n.at AS redacted_at FROM redacted AS x
    JOIN redactions AS n ON n.id = x.redaction_id WHERE x.kind = 'reading' AND x.row = ?
"""


def of_article(ask: Ask, article_id: int) -> list[Redaction]:
    """Return what was taken out of an article, the first first."""
    query = "SELECT reason AS redaction_reason, at AS redacted_at FROM redactions WHERE article_id = ? ORDER BY id"
    return [redaction_from(row) for row in ask(query, article_id)]


def of_versions(ask: Ask, article_id: int) -> dict[int, Redaction]:
    """Return what is said of the versions of an article whose text was taken out."""
    return {row["number"]: redaction_from(row) for row in ask(_OF_VERSIONS, article_id)}


_TAKEN = "SELECT kind, row, number, contents FROM redacted WHERE redaction_id = ?"


def find_damage(db: Connection) -> Iterator[str]:
    """Yield a sentence for every redaction that is not what was recorded to be taken out."""
    for number, taken in db.execute("SELECT id, taken FROM redactions ORDER BY id").fetchall():
        if digest(tuple(row) for row in db.execute(_TAKEN, (number,)).fetchall()) != taken:
            yield f"what redaction {number} took out is not what it says"
    astray = "SELECT count(*) FROM redacted WHERE redaction_id NOT IN (SELECT id FROM redactions)"
    if db.execute(astray).fetchone()[0]:
        yield "contents were taken out without a redaction that says so"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a redaction takes the contents of: numbers of looks, and versions as (article, number)."""

    looks: tuple[int, ...]
    versions: tuple[tuple[int, int], ...]

    @property
    def says(self) -> str:
        """What it is, in words."""
        versions = ", ".join(f"{article}@{number}" for article, number in self.versions)
        return f"{len(self.looks)} snapshots" + (f", versions {versions}" if versions else "")


def choose(ask: Ask, looks: Iterable[int]) -> Taken:
    """Return all that shows what the looks of these numbers brought.

    That are all looks that brought the same bytes, the versions that were read from any of them, and all that is wanted
    for these in turn.
    """
    chosen = set(looks)
    rows = [(row["id"], row["article_id"], row["body"]) for row in ask(_BODIES)]
    taken = {body for number, _, body in rows if number in chosen}
    chosen.update(number for number, _, body in rows if body in taken)
    articles = {article for number, article, _ in rows if number in chosen}
    read = [row for article in articles for row in ask(_READ_FROM, article)]
    versions = sorted((row["article_id"], row["number"]) for row in read if row["snapshot_id"] in chosen)
    return Taken(tuple(sorted(chosen)), tuple(versions))


_BODIES = "SELECT id, article_id, body FROM snapshots WHERE body IS NOT NULL"
_READ_FROM = "SELECT article_id, number, snapshot_id FROM versions WHERE article_id = ?"


def redact(db: Connection, article_id: int, taken: Taken, *, now: datetime, reason: str) -> None:
    """Take out the contents of looks and versions, and of what was derived of them, within the caller's transaction.

    What is left says that it was there and when. An article whose newest version is taken is not looked at any more.
    """
    touched = _articles_of(db, taken.looks)
    rows = [*_empty_looks(db, taken.looks)]
    for one in touched:
        numbers = [number for article, number in taken.versions if article == one]
        rows += _empty_versions(db, one, numbers) if numbers else ()
        rows += _empty_superseded(db, one, taken.looks)  # it may quote a look that makes no version by today's rules
        _hide(db, one, numbers, now)
    told = {"article_id": article_id, "at": iso(now), "what": taken.says, "reason": reason, "taken": digest(rows)}
    number = db.insert("redactions", told)
    for row in rows:
        db.execute(_KEEP, (*row[:3], number, row[3]))
    add_leaf(db, "redaction", number)
    for one in touched:
        listing.relist(db, one)
        outbox.redact(db, one)


_KEEP = "INSERT INTO redacted (kind, row, number, redaction_id, contents) VALUES (?, ?, ?, ?, ?)"


def _articles_of(db: Connection, looks: Sequence[int]) -> list[int]:
    """Return the articles that looks are of, each once."""
    found = {db.execute("SELECT article_id FROM snapshots WHERE id = ?", (look,)).fetchone()[0] for look in looks}
    return sorted(found)


def _empty_looks(db: Connection, looks: Sequence[int]) -> Iterator[Redacted]:
    taken = set()
    for number in looks:
        body = db.execute("SELECT body FROM snapshots WHERE id = ?", (number,)).fetchone()[0]
        if body is not None:
            taken.add(body)
            yield ("look", number, 0, leaves.redact(db, "look", number))
            db.execute("UPDATE snapshots SET body = NULL WHERE id = ?", (number,))
    for body in taken:
        bodies.free(db, body)
        db.execute("DELETE FROM bodies WHERE id = ?", (body,))


def _empty_versions(db: Connection, article_id: int, numbers: Sequence[int]) -> Iterator[Redacted]:
    """Take out stories, and the verdicts on the steps to and from them, which quote them."""
    newest = db.execute("SELECT max(number) FROM versions WHERE article_id = ?", (article_id,)).fetchone()[0]
    fresh = [number for number in numbers if not _is_redacted(db, "reading", article_id, number)]
    kept = {number: leaves.redact(db, "reading", article_id, number) for number in fresh}
    stories.expand(db, article_id)
    for number in fresh:
        yield ("reading", article_id, number, kept[number])
        db.execute("UPDATE versions SET fingerprint = '' WHERE article_id = ? AND number = ?", (article_id, number))
        stories.put(db, article_id, number, "{}")
    for number in range(1, newest):
        stories.shrink(db, article_id, number)
    for step in sorted({*numbers, *(number + 1 for number in numbers)}):
        for verdict_id, significance, disclosure in db.execute(_VERDICTS, (article_id, step)).fetchall():
            if not _is_redacted(db, "verdict", verdict_id):
                yield ("verdict", verdict_id, 0, leaves.redact(db, "verdict", verdict_id))
                bare = leaves.canonical({"significance": significance, "disclosure": disclosure})
                db.execute("UPDATE verdicts SET verdict = ? WHERE id = ?", (bare, verdict_id))


_VERDICTS = "SELECT id, significance, disclosure FROM verdicts WHERE article_id = ? AND number = ? ORDER BY id"


def _empty_superseded(db: Connection, article_id: int, looks: Sequence[int]) -> Iterator[Redacted]:
    """Take out what stood before: all verdicts, whose numbers may be others, and readings of the looks."""
    query = (
        "SELECT id, kind, form FROM superseded WHERE article_id = ? AND kind IN ('verdict', 'reading')"
        " AND form != '{}' ORDER BY id"
    )
    for number, kind, form in db.execute(query, (article_id,)).fetchall():
        if kind == "verdict" or json.loads(form)["snapshot_id"] in looks:
            yield ("superseded", number, 0, leaves.redact(db, "superseded", number))
            db.execute("UPDATE superseded SET form = '{}' WHERE id = ?", (number,))


def _hide(db: Connection, article_id: int, numbers: Sequence[int], now: datetime) -> None:
    """Take the newest version out of what is told of its article, which is not looked at any more."""
    newest = db.execute("SELECT max(number) FROM versions WHERE article_id = ?", (article_id,)).fetchone()[0]
    if newest in numbers:
        db.execute(
            "UPDATE articles SET headline = '', suspect = '', region = '', retired_at = coalesce(retired_at, ?)"
            " WHERE id = ?",
            (iso(now), article_id),
        )
        leaves.add_if_changed(db, "ended", article_id)


def _is_redacted(db: Connection, kind: str, row: int, number: int = 0) -> bool:
    query = "SELECT 1 FROM redacted WHERE kind = ? AND row = ? AND number = ?"
    return db.execute(query, (kind, row, number)).fetchone() is not None


def digest(rows: Iterable[Redacted]) -> str:
    """Return what stands for all rows that a redaction took the contents of: a SHA-256 in hex."""
    return sha256(json.dumps(sorted(list(row) for row in rows)).encode()).hexdigest()
