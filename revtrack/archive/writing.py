"""Write one look and all that came of it, within the caller's transaction. Knows the tables; decides nothing."""

from typing import TYPE_CHECKING

from revtrack.archive import bodies, rows, stories
from revtrack.archive.leaves import add_leaf
from revtrack.archive.protocol import Observation, OutdatedError
from revtrack.forms import iso
from revtrack.model import Event, Story, Verdict
from revtrack.urls import article_key

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.db import Table

_FOUND = frozenset({Event.UNCHANGED, Event.BACK})
_QUIET = frozenset({Event.FIRST, Event.UNCHANGED, Event.REVISED})


def record(db: "Database", observation: Observation) -> tuple[int, int | None]:
    """Store an observation; return its snapshot's id and the number of the version it made, None if it made none.

    Raises OutdatedError when the article has gained a version since `observation.basis`.
    """
    newest = _newest(db, observation.article_id)
    if newest != observation.basis:
        raise OutdatedError
    made = newest + 1 if observation.story else None
    found = made or (newest if newest and observation.event in _FOUND else None)
    snapshot_id = _store_snapshot(db, observation, found)
    add_leaf(db, "look", snapshot_id)
    if observation.reread:
        _replace_readings(db, observation, newest)
    if made:
        _store_version(db, observation, made, snapshot_id)
    elif found:
        _see_again(db, observation, found)
    verdicts = [(made, observation.revision.verdict)] if made and observation.revision else []
    for number, verdict in (*verdicts, *observation.rejudged):
        _store_verdict(db, observation.article_id, number, snapshot_id, verdict)
    _update_article(db, observation)
    _store_identity(db, observation, snapshot_id)
    if observation.eventful and observation.event not in _QUIET:
        _store_event(db, observation, snapshot_id, observation.event, observation.why)
    return snapshot_id, made


def _newest(db: "Database", article_id: int) -> int:
    found = db.execute("SELECT max(number) FROM versions WHERE article_id = ?", (article_id,)).fetchone()[0]
    return found or 0


def _store_snapshot(db: "Database", observation: Observation, found: int | None) -> int:
    snapshot = observation.snapshot
    bodies.store(db, snapshot, observation.article_id)
    table = db.table("snapshots").insert(rows.snapshot_row(snapshot, observation.article_id, found))
    return _id(table)


def _store_version(db: "Database", observation: Observation, made: int, snapshot_id: int) -> None:
    story, article_id, at = observation.story, observation.article_id, iso(observation.snapshot.fetched_at)
    assert story is not None
    revert_of = db.execute(
        "SELECT max(number) FROM versions WHERE article_id = ? AND fingerprint = ?", (article_id, story.fingerprint)
    ).fetchone()[0]
    before = db.execute(
        "SELECT revert_of FROM versions WHERE article_id = ? AND number = ?", (article_id, made - 1)
    ).fetchone()
    db.table("versions").insert(
        {
            "article_id": article_id,
            "number": made,
            "snapshot_id": snapshot_id,
            "fingerprint": story.fingerprint,
            "extractor": story.extractor,
            "story": rows.dump(story),
            "first_seen": at,
            "last_seen": at,
            "revert_of": revert_of,
            # A, B, A, B: this version and the one before it each go back two steps.
            "flapping": int(revert_of == made - 2 and before is not None and before[0] == made - 3),
            "modified": iso(observation.modified) if observation.modified else None,
        },
    )
    if made > 1:
        stories.shrink(db, article_id, made - 1)
    _show_newest(db, article_id, story)
    db.table("articles").update(article_id, {"changed_at": at})
    add_leaf(db, "reading", article_id, made)


def _show_newest(db: "Database", article_id: int, story: Story) -> None:
    db.execute("DELETE FROM newest WHERE rowid = ?", (article_id,))
    row = (article_id, story.headline, story.text)
    db.execute("INSERT INTO newest (rowid, headline, body) VALUES (?, ?, ?)", row)
    db.table("articles").update(article_id, {"headline": story.headline})


def _replace_readings(db: "Database", observation: Observation, newest: int) -> None:
    stories.expand(db, observation.article_id)
    for number, story in observation.reread:
        _replace_reading(db, observation.article_id, number, story, is_newest=number == newest)
    for number in range(1, newest):
        stories.shrink(db, observation.article_id, number)


def _replace_reading(db: "Database", article_id: int, number: int, story: Story, *, is_newest: bool) -> None:
    reading = {"story": rows.dump(story), "fingerprint": story.fingerprint, "extractor": story.extractor}
    db.table("versions").update((article_id, number), reading)
    add_leaf(db, "reading", article_id, number)
    if is_newest:
        _show_newest(db, article_id, story)


def _see_again(db: "Database", observation: Observation, number: int) -> None:
    modified = iso(observation.modified) if observation.modified else None
    db.execute(
        "UPDATE versions SET last_seen = max(last_seen, ?), looks = looks + 1, modified = coalesce(?, modified)"
        " WHERE article_id = ? AND number = ?",
        (iso(observation.snapshot.fetched_at), modified, observation.article_id, number),
    )


def _store_verdict(db: "Database", article_id: int, number: int, snapshot_id: int, verdict: Verdict) -> None:
    table = db.table("verdicts").insert(
        {
            "article_id": article_id,
            "number": number,
            "snapshot_id": snapshot_id,
            "significance": verdict.significance.value,
            "disclosure": verdict.disclosure.value,
            "verdict": rows.dump(verdict),
        },
    )
    add_leaf(db, "verdict", _id(table))


def _update_article(db: "Database", observation: Observation) -> None:
    troubled, gone = observation.event is Event.TROUBLE, observation.event is Event.GONE
    db.execute(
        "UPDATE articles SET checked_at = ?, due_at = coalesce(?, due_at), not_before = ?, outcome = ?, suspect = ?,"
        " retired_at = CASE WHEN ? THEN coalesce(retired_at, ?) END,"
        " troubles = CASE WHEN ? THEN troubles + 1 ELSE 0 END, gone = CASE WHEN ? THEN gone ELSE ? END WHERE id = ?",
        (
            iso(observation.snapshot.fetched_at),
            iso(observation.due_at) if observation.due_at else None,
            iso(observation.not_before) if observation.not_before else None,
            observation.snapshot.outcome.value,
            observation.suspect,
            observation.due_at is None,
            iso(observation.snapshot.fetched_at),
            troubled,
            troubled,
            gone,
            observation.article_id,
        ),
    )


def _store_identity(db: "Database", observation: Observation, snapshot_id: int) -> None:
    """Write down which addresses lead to the article, and what else turned out to be it; the log tells what is new."""
    article_id = observation.article_id
    fresh = [url for url in observation.addresses if _is_new_address(db, url, article_id)]
    for other in observation.same:
        db.execute("UPDATE addresses SET article_id = ? WHERE article_id = ?", (article_id, other))
        db.execute("UPDATE articles SET same_as = ? WHERE id = ? OR same_as = ?", (article_id, other, other))
        _store_event(db, observation, snapshot_id, Event.MOVED, f"article {other} turned out to be this one")
    if observation.moved_to and _move(db, article_id, observation.moved_to):
        add_leaf(db, "article", article_id)
        _store_event(db, observation, snapshot_id, Event.MOVED, f"it has moved to {observation.moved_to}")
    elif fresh and observation.event is not Event.FIRST:
        _store_event(db, observation, snapshot_id, Event.MOVED, f"it is found at {', '.join(fresh)} too")


def _is_new_address(db: "Database", url: str, article_id: int) -> bool:
    """Write down an address, unless one of its key is known; say whether none was."""
    row = (article_key(url), url, article_id)
    return db.execute("INSERT OR IGNORE INTO addresses (key, url, article_id) VALUES (?, ?, ?)", row).rowcount == 1


def _move(db: "Database", article_id: int, url: str) -> bool:
    """Give an article a new address, unless that is another's."""
    owner = db.execute("SELECT article_id FROM addresses WHERE key = ?", (article_key(url),)).fetchone()
    if owner is None or owner[0] != article_id:
        return False
    return db.execute("UPDATE OR IGNORE articles SET url = ? WHERE id = ?", (url, article_id)).rowcount == 1


def _store_event(db: "Database", observation: Observation, snapshot_id: int, event: Event, why: str) -> None:
    row = {"article_id": observation.article_id, "snapshot_id": snapshot_id, "event": event.value, "why": why}
    add_leaf(db, "event", _id(db.table("events").insert(row)))


def _id(table: "Table") -> int:
    return int(table.last_pk)  # type: ignore[arg-type]  # an INTEGER PRIMARY KEY
