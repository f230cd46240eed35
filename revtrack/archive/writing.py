"""Write one look and all that came of it, within the caller's transaction. Knows the tables; decides nothing."""

from collections.abc import Sequence
from typing import Any

from revtrack.archive import bodies, heads, listing, rows, stories
from revtrack.archive.connection import Connection, among
from revtrack.archive.leaves import add_if_changed, add_leaf, add_looks
from revtrack.archive.sites import site_of
from revtrack.archive.values import Observation, OutdatedError
from revtrack.forms import iso
from revtrack.model import Event, Story, Verdict, alternates
from revtrack.urls import article_key

_FOUND = frozenset({Event.UNCHANGED, Event.BACK})


def record(db: Connection, observation: Observation) -> tuple[int, int | None]:
    """Store an observation; return its snapshot's id and the number of the version it made, None if it made none.

    Raises OutdatedError when the article has gained a version since `observation.basis`.
    """
    newest, has_ended = stands(db, [observation.article_id])[observation.article_id]
    if newest != observation.basis:
        raise OutdatedError
    made = newest + 1 if observation.story else None
    found = made or seen_version(observation)
    snapshot_id = _store_snapshot(db, observation, found)
    if observation.reread:
        _replace_readings(db, observation, newest)
    if made:
        _store_version(db, observation, made, snapshot_id)
    elif found:
        _see_again(db, observation, found)
    verdicts = [(made, observation.revision.verdict)] if made and observation.revision else []
    for number, verdict in (*verdicts, *observation.rejudged):
        store_verdict(db, observation.article_id, number, snapshot_id, verdict)
    db.execute(UPDATE_ARTICLE, of_article(observation))
    if has_ended or observation.due_at is None:
        add_if_changed(db, "ended", observation.article_id)
    _store_identity(db, observation, snapshot_id)
    listing.keep(db, observation, made)
    if observation.happening:
        store_event(db, observation.article_id, snapshot_id, observation.happening, observation.why)
    return snapshot_id, made


_STANDS = """
    SELECT a.id, (SELECT max(number) FROM versions WHERE article_id = a.id), a.retired_at, a.same_as
    FROM articles AS a WHERE a.id IN ({})
"""


def stands(db: Connection, articles: Sequence[int]) -> dict[int, tuple[int, bool]]:
    """Return the number of each article's newest version, 0 for none, and whether it is retired or another's."""
    marks, values = among(articles)
    return {
        article: (newest or 0, retired_at is not None or same_as is not None)
        for article, newest, retired_at, same_as in db.execute(_STANDS.format(marks), values).fetchall()
    }


def seen_version(observation: Observation) -> int | None:
    """Return the number of the known version that a look found again, None if it found none."""
    return (observation.basis or None) if observation.event in _FOUND else None


def _store_snapshot(db: Connection, observation: Observation, found: int | None) -> int:
    snapshot = observation.snapshot
    body = bodies.store(db, snapshot, observation.article_id, later=observation.later)
    row = rows.snapshot_row(snapshot, observation.article_id, body, found)
    snapshot_id = db.insert("snapshots", heads.packed(db, row))
    add_looks(db, [(snapshot_id, row, snapshot.body_sha256)])
    return snapshot_id


def _store_version(db: Connection, observation: Observation, made: int, snapshot_id: int) -> None:
    story, article_id, at = observation.story, observation.article_id, iso(observation.snapshot.fetched_at)
    assert story is not None
    revert_of = db.execute(
        "SELECT max(number) FROM versions WHERE article_id = ? AND fingerprint = ?", (article_id, story.fingerprint)
    ).fetchone()[0]
    before = db.execute(
        "SELECT revert_of FROM versions WHERE article_id = ? AND number = ?", (article_id, made - 1)
    ).fetchone()
    db.insert(
        "versions",
        {
            "article_id": article_id,
            "number": made,
            "snapshot_id": snapshot_id,
            "fingerprint": story.fingerprint,
            "extractor": story.extractor,
            "story": "",
            "first_seen": at,
            "last_seen": at,
            "revert_of": revert_of,
            "flapping": int(alternates(revert_of, before[0] if before else None)),
            "modified": iso(observation.modified) if observation.modified else None,
        },
        key="number",
    )
    stories.put(db, article_id, made, rows.dump(story))
    if made > 1:
        stories.shrink(db, article_id, made - 1)
    _show_newest(db, article_id, story)
    db.execute("UPDATE articles SET changed_at = ? WHERE id = ?", (at, article_id))
    add_leaf(db, "reading", article_id, made)
    add_if_changed(db, "stated", article_id, made)


def _show_newest(db: Connection, article_id: int, story: Story) -> None:
    db.execute("UPDATE articles SET headline = ? WHERE id = ?", (story.headline, article_id))


def _replace_readings(db: Connection, observation: Observation, newest: int) -> None:
    stories.expand(db, observation.article_id)
    for number, story in observation.reread:
        _replace_reading(db, observation.article_id, number, story, is_newest=number == newest)
    for number in range(1, newest):
        stories.shrink(db, observation.article_id, number)


def _replace_reading(db: Connection, article_id: int, number: int, story: Story, *, is_newest: bool) -> None:
    stories.put(db, article_id, number, rows.dump(story))
    db.execute(
        "UPDATE versions SET fingerprint = ?, extractor = ? WHERE article_id = ? AND number = ?",
        (story.fingerprint, story.extractor, article_id, number),
    )
    add_leaf(db, "reading", article_id, number)
    if is_newest:
        _show_newest(db, article_id, story)


SEE_AGAIN = """
    UPDATE versions SET last_seen = CASE WHEN last_seen > ? THEN last_seen ELSE ? END, looks = looks + 1,
    modified = coalesce(?, modified) WHERE article_id = ? AND number = ?
"""


def seen_again(observation: Observation, number: int) -> tuple[Any, ...]:
    """Return the values of `SEE_AGAIN` for a look that found a version again."""
    at, modified = iso(observation.snapshot.fetched_at), iso(observation.modified) if observation.modified else None
    return (at, at, modified, observation.article_id, number)


def _see_again(db: Connection, observation: Observation, number: int) -> None:
    db.execute(SEE_AGAIN, seen_again(observation, number))
    if observation.modified:
        add_if_changed(db, "stated", observation.article_id, number)


def store_verdict(db: Connection, article_id: int, number: int, snapshot_id: int, verdict: Verdict) -> None:
    """Write down a verdict on the revision that made a version, with the look that led to it."""
    verdict_id = db.insert(
        "verdicts",
        {
            "article_id": article_id,
            "number": number,
            "snapshot_id": snapshot_id,
            "significance": verdict.significance.value,
            "disclosure": verdict.disclosure.value,
            "verdict": rows.pack_verdict(rows.dump(verdict)),
        },
    )
    add_leaf(db, "verdict", verdict_id)


UPDATE_ARTICLE = """
    UPDATE articles SET checked_at = ?, due_at = coalesce(?, due_at), not_before = ?, outcome = ?, suspect = ?,
    region = coalesce(?, region), retired_at = CASE WHEN ? THEN coalesce(retired_at, ?) END,
    troubles = CASE WHEN ? THEN troubles + 1 ELSE 0 END, gone = CASE WHEN ? THEN gone ELSE ? END WHERE id = ?
"""


def of_article(observation: Observation) -> tuple[Any, ...]:
    """Return the values of `UPDATE_ARTICLE` for a look."""
    troubled, at = observation.event is Event.TROUBLE, iso(observation.snapshot.fetched_at)
    return (
        at,
        iso(observation.due_at) if observation.due_at else None,
        iso(observation.not_before) if observation.not_before else None,
        observation.snapshot.outcome.value,
        observation.suspect,
        observation.region,
        observation.due_at is None,
        at,
        troubled,
        troubled,
        int(observation.event is Event.GONE),
        observation.article_id,
    )


def _store_identity(db: Connection, observation: Observation, snapshot_id: int) -> None:
    """Write down which addresses lead to the article, and what else turned out to be it; the log tells what is new."""
    article_id = observation.article_id
    fresh = [url for url in observation.addresses if _is_new_address(db, url, article_id)]
    for other in observation.same:
        db.execute("UPDATE addresses SET article_id = ? WHERE article_id = ?", (article_id, other))
        db.execute("UPDATE articles SET same_as = ? WHERE id = ? OR same_as = ?", (article_id, other, other))
        for (joined,) in db.execute("SELECT id FROM articles WHERE same_as = ?", (article_id,)).fetchall():
            add_if_changed(db, "ended", joined)
        store_event(db, observation.article_id, snapshot_id, Event.MOVED, f"article {other} turned out to be this one")
    if observation.moved_to and _move(db, article_id, observation.moved_to):
        add_leaf(db, "article", article_id)
        store_event(db, observation.article_id, snapshot_id, Event.MOVED, f"it has moved to {observation.moved_to}")
    elif fresh and observation.event is not Event.FIRST:
        store_event(db, observation.article_id, snapshot_id, Event.MOVED, f"it is found at {', '.join(fresh)} too")
    if fresh or observation.same or observation.moved_to:
        for one in (article_id, *observation.same):
            add_if_changed(db, "known", one)


def _is_new_address(db: Connection, url: str, article_id: int) -> bool:
    """Write down an address, unless one of its key is known; say whether none was."""
    row = (article_key(url), url, article_id)
    query = "INSERT INTO addresses (key, url, article_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    return db.execute(query, row).rowcount == 1


def _move(db: Connection, article_id: int, url: str) -> bool:
    """Give an article a new address, unless that is another's."""
    owner = db.execute("SELECT article_id FROM addresses WHERE key = ?", (article_key(url),)).fetchone()
    if owner is None or owner[0] != article_id:
        return False
    query = "UPDATE articles SET url = ?, site = ? WHERE id = ? AND NOT EXISTS (SELECT 1 FROM articles WHERE url = ?)"
    return db.execute(query, (url, site_of(url), article_id, url)).rowcount == 1


def store_event(db: Connection, article_id: int, snapshot_id: int, event: Event, why: str) -> None:
    """Write down what happened to an article besides its versions."""
    row = {"article_id": article_id, "snapshot_id": snapshot_id, "event": event.value, "why": why}
    add_leaf(db, "event", db.insert("events", row))
