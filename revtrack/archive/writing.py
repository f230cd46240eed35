"""Write one look and all that came of it, within the caller's transaction. Knows the tables; decides nothing."""

from typing import TYPE_CHECKING

from revtrack.archive import rows
from revtrack.archive.protocol import Observation, OutdatedError
from revtrack.forms import iso
from revtrack.model import Event, Story, Verdict
from revtrack.urls import article_key

if TYPE_CHECKING:
    from sqlite_utils import Database

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
    for number, story in observation.reread:
        _replace_reading(db, observation.article_id, number, story, is_newest=number == newest)
    if made:
        _store_version(db, observation, made, snapshot_id)
    elif found:
        _see_again(db, observation, found)
    verdicts = [(made, observation.revision.verdict)] if made and observation.revision else []
    for number, verdict in (*verdicts, *observation.rejudged):
        _store_verdict(db, observation.article_id, number, snapshot_id, verdict)
    _update_article(db, observation)
    if observation.eventful and observation.event not in _QUIET:
        row = {"article_id": observation.article_id, "snapshot_id": snapshot_id}
        db.table("events").insert(row | {"event": observation.event.value, "why": observation.why})
    return snapshot_id, made


def _newest(db: "Database", article_id: int) -> int:
    found = db.execute("SELECT max(number) FROM versions WHERE article_id = ?", (article_id,)).fetchone()[0]
    return found or 0


def _store_snapshot(db: "Database", observation: Observation, found: int | None) -> int:
    snapshot = observation.snapshot
    if snapshot.body is not None:
        codec, packed = rows.pack(snapshot.body)
        row = {"sha256": snapshot.body_sha256, "size": len(snapshot.body), "codec": codec, "bytes": packed}
        db.table("bodies").insert(row, pk="sha256", ignore=True)
    table = db.table("snapshots").insert(rows.snapshot_row(snapshot, observation.article_id, found))
    return int(table.last_pk)  # type: ignore[arg-type]  # an INTEGER PRIMARY KEY


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
    _show_newest(db, article_id, story)
    db.table("articles").update(article_id, {"changed_at": at})


def _show_newest(db: "Database", article_id: int, story: Story) -> None:
    db.execute("DELETE FROM newest WHERE rowid = ?", (article_id,))
    row = (article_id, story.headline, story.text)
    db.execute("INSERT INTO newest (rowid, headline, body) VALUES (?, ?, ?)", row)
    db.table("articles").update(article_id, {"headline": story.headline})


def _replace_reading(db: "Database", article_id: int, number: int, story: Story, *, is_newest: bool) -> None:
    reading = {"story": rows.dump(story), "fingerprint": story.fingerprint, "extractor": story.extractor}
    db.table("versions").update((article_id, number), reading)
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
    db.table("verdicts").insert(
        {
            "article_id": article_id,
            "number": number,
            "snapshot_id": snapshot_id,
            "significance": verdict.significance.value,
            "disclosure": verdict.disclosure.value,
            "verdict": rows.dump(verdict),
        },
    )


def _update_article(db: "Database", observation: Observation) -> None:
    troubled, gone = observation.event is Event.TROUBLE, observation.event is Event.GONE
    db.execute(
        "UPDATE articles SET checked_at = ?, due_at = ?, not_before = ?, outcome = ?, suspect = ?,"
        " troubles = CASE WHEN ? THEN troubles + 1 ELSE 0 END, gone = CASE WHEN ? THEN gone ELSE ? END WHERE id = ?",
        (
            iso(observation.snapshot.fetched_at),
            iso(observation.due_at),
            iso(observation.not_before) if observation.not_before else None,
            observation.snapshot.outcome.value,
            observation.suspect,
            troubled,
            troubled,
            gone,
            observation.article_id,
        ),
    )
    for url in observation.addresses:
        row = {"key": article_key(url), "url": url, "article_id": observation.article_id}
        db.table("addresses").insert(row, pk="key", ignore=True)
