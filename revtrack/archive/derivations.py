"""Keep what was derived anew from an article's looks, in the place of what stood. Knows the tables; decides nothing."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from revtrack.archive import listing, stories, writing
from revtrack.archive.comparing import IDENTITY, SEEN, Difference, Given, Told, compare, row_of, verdicts_of
from revtrack.archive.connection import Ask, Connection
from revtrack.archive.leaves import add_if_changed, add_leaf, has_leaf, newest_leaf
from revtrack.archive.values import Derivation, DerivedVersion, OutdatedError, Rederived
from revtrack.forms import from_form, iso
from revtrack.model import Article, Event, Story

TABLE = """
-- Each time that what stood of an article was replaced. Rows are added, never changed.
CREATE TABLE derivations (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    at         TEXT NOT NULL,
    stamp      TEXT NOT NULL,                -- of the rules
    looks      INTEGER NOT NULL,             -- from which it was derived
    versions   INTEGER NOT NULL,
    sightings  TEXT NOT NULL                 -- SHA-256 of the article's rows in that table
) STRICT;
CREATE INDEX derivations_article ON derivations (article_id, id);

-- Which version a look found by today's numbers, where `snapshots` says another: that is the number of its day.
CREATE TABLE sightings (
    snapshot_id INTEGER PRIMARY KEY REFERENCES snapshots (id),
    article_id  INTEGER NOT NULL REFERENCES articles (id),
    version     INTEGER NOT NULL             -- 0: none
) STRICT;
CREATE INDEX sightings_article ON sightings (article_id);

-- What stood before, without the text of stories. Rows are added, never changed.
CREATE TABLE superseded (
    id            INTEGER PRIMARY KEY,
    article_id    INTEGER NOT NULL REFERENCES articles (id),
    derivation_id INTEGER NOT NULL REFERENCES derivations (id),  -- that replaced it
    leaf          INTEGER NOT NULL,          -- position of the leaf that it had
    kind          TEXT NOT NULL,             -- of archive.kinds.KINDS
    number        INTEGER NOT NULL,          -- of the version, 0 for an event
    form          TEXT NOT NULL              -- JSON
) STRICT;
CREATE INDEX superseded_leaf ON superseded (leaf);

-- By which rules an article stands derived, up to which look; '': looks were brought in that no version knows yet.
CREATE TABLE derived (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id),
    stamp      TEXT NOT NULL,
    newest     INTEGER NOT NULL
) STRICT;
"""


def weigh(db: Connection, article: Article, derivation: Derivation) -> Rederived:
    """Return what would become of an article if a derivation took the place of what stands."""
    return compare(db, derivation).told(article, len(derivation.versions))


def put(db: Connection, article: Article, derivation: Derivation, *, now: datetime, stamp: str) -> Rederived:
    """Put a derivation in the place of what stands, within the caller's transaction; write nothing that stands so.

    Raises OutdatedError when the article was looked at since.
    """
    newest = db.execute("SELECT max(id) FROM snapshots WHERE article_id = ?", (article.id,)).fetchone()[0]
    if (newest or 0) != derivation.newest:
        raise OutdatedError
    difference = compare(db, derivation)
    told = difference.told(article, len(derivation.versions))
    if told.differs or difference.stamped or difference.seen:
        _write(db, derivation, difference, now, stamp)
    db.execute(
        "INSERT INTO derived (article_id, stamp, newest) VALUES (?, ?, ?)"
        " ON CONFLICT (article_id) DO UPDATE SET stamp = excluded.stamp, newest = excluded.newest",
        (article.id, stamp, derivation.newest),
    )
    return told


def is_current(ask: Ask, article_id: int, stamp: str) -> bool:
    """Say whether an article stands derived by the rules of this stamp, up to its newest look."""
    query = (
        "SELECT 1 AS yes FROM derived AS d WHERE article_id = ? AND stamp = ?"
        " AND newest = (SELECT coalesce(max(id), 0) FROM snapshots WHERE article_id = d.article_id)"
    )
    return bool(ask(query, article_id, stamp))


def unwoven(ask: Ask) -> list[int]:
    """Return the articles with looks that were brought in and of which no version knows yet."""
    return [row["article_id"] for row in ask("SELECT article_id FROM derived WHERE stamp = '' ORDER BY article_id")]


def _write(db: Connection, derivation: Derivation, difference: Difference, now: datetime, stamp: str) -> None:
    article_id = derivation.article_id
    row = {"article_id": article_id, "at": iso(now), "stamp": stamp, "looks": len(derivation.found)}
    row |= {"versions": len(derivation.versions), "sightings": digest(difference.sightings)}
    replaced = _Replaced(db, article_id, db.insert("derivations", row))
    add_leaf(db, "derivation", replaced.derivation_id)
    db.execute("DELETE FROM sightings WHERE article_id = ?", (article_id,))
    for snapshot_id, version in difference.sightings.items():
        values = (snapshot_id, article_id, version)
        db.execute("INSERT INTO sightings (snapshot_id, article_id, version) VALUES (?, ?, ?)", values)
    standing = verdicts_of(db, article_id)
    for number in difference.judged:
        replaced.verdicts(number, standing.get(number, []))
    _write_versions(derivation, difference, replaced)
    for number in difference.judged:
        for snapshot_id, verdict in derivation.verdicts.get(number, ()):
            writing.store_verdict(db, article_id, number, snapshot_id, verdict)
    replaced.events(difference.lost_events)
    for snapshot_id, event, why in difference.new_events:
        writing.store_event(db, article_id, snapshot_id, Event(event), why)
    _write_article(db, derivation)
    listing.relist(db, article_id)


def _write_versions(derivation: Derivation, difference: Difference, replaced: "_Replaced") -> None:
    """Write the versions that differ; stories are unpacked before and packed after, where any of them is another."""
    db, article_id = replaced.db, derivation.article_id
    others = {*difference.read, *difference.stamped}
    if others:
        stories.expand(db, article_id)
    for number in sorted(others, reverse=True):
        if number <= difference.before:
            replaced.reading(number)
        if number > len(derivation.versions):
            replaced.stated(number)
            stories.drop(db, article_id, number)
            db.execute("DELETE FROM versions WHERE article_id = ? AND number = ?", (article_id, number))
    for number in sorted({*others, *difference.seen}):
        if number <= len(derivation.versions):
            _write_version(db, article_id, derivation.versions[number - 1], is_read=number in others)
    for number in range(1, len(derivation.versions)) if others else ():
        stories.shrink(db, article_id, number)


def _write_version(db: Connection, article_id: int, version: DerivedVersion, *, is_read: bool) -> None:
    row = row_of(version)
    if not is_read:
        row = {name: row[name] for name in ("number", *SEEN)}
        changes = ", ".join(f"{name} = ?" for name in SEEN)
        values = (*(row[name] for name in SEEN), article_id, version.number)
        db.execute(f"UPDATE versions SET {changes} WHERE article_id = ? AND number = ?", values)  # noqa: S608 - ours
        add_if_changed(db, "stated", article_id, version.number)
        return
    story = row.pop("story")
    row["story"] = ""
    columns = ("article_id", *row)
    marks = ", ".join("?" * len(columns))
    changes = ", ".join(f"{name} = excluded.{name}" for name in row if name != "number")
    db.execute(
        f"INSERT INTO versions ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of ours
        f" ON CONFLICT (article_id, number) DO UPDATE SET {changes}, packed = NULL",
        (article_id, *row.values()),
    )
    stories.put(db, article_id, version.number, story)
    add_leaf(db, "reading", article_id, version.number)
    add_if_changed(db, "stated", article_id, version.number)


def _write_article(db: Connection, derivation: Derivation) -> None:
    newest = derivation.versions[-1] if derivation.versions else None
    headline = from_form(Story, json.loads(newest.story)).headline if newest else ""
    changed_at = iso(newest.first_seen) if newest else None
    state = (int(derivation.gone), derivation.troubles, derivation.suspect)
    db.execute(
        "UPDATE articles SET headline = ?, changed_at = ?, gone = ?, troubles = ?, suspect = ?, region = ''"
        " WHERE id = ?",
        (headline, changed_at, *state, derivation.article_id),
    )


def digest(sightings: Mapping[int, int]) -> str:
    """Return what stands for all sightings of an article: a SHA-256 in hex."""
    return sha256(json.dumps(sorted(sightings.items())).encode()).hexdigest()


def find_damage(db: Connection) -> Iterator[str]:
    """Yield a sentence for every article whose looks are not sorted into versions as they were derived."""
    newest = (
        "SELECT article_id, sightings FROM derivations"
        " WHERE id IN (SELECT max(id) FROM derivations GROUP BY article_id)"
    )
    digests = dict(db.execute(newest).fetchall())
    sightings: dict[int, dict[int, int]] = {article_id: {} for article_id in digests}
    for article_id, *sighting in db.execute("SELECT article_id, snapshot_id, version FROM sightings").fetchall():
        sightings.setdefault(article_id, {}).update([sighting])
    for article_id, found in sightings.items():
        if digests.get(article_id) != digest(found):
            yield f"the looks at article {article_id} are not sorted into versions as they were"


@dataclass(frozen=True)
class _Replaced:
    """What a derivation took the place of, written down."""

    db: Connection
    article_id: int
    derivation_id: int

    def reading(self, number: int) -> None:
        """Write down how a version was read, but for its text."""
        columns = (*IDENTITY, "extractor", *SEEN)
        query = f"SELECT {', '.join(columns)} FROM versions WHERE article_id = ? AND number = ?"  # noqa: S608 - ours
        row = self.db.execute(query, (self.article_id, number)).fetchone()
        self._keep("reading", self.article_id, number, dict(zip(columns, row, strict=True)), leaf_number=number)

    def stated(self, number: int) -> None:
        """Write down what its pages stated of a version that is no more, if they stated anything."""
        if has_leaf(self.db, "stated", self.article_id, number):
            query = "SELECT modified FROM versions WHERE article_id = ? AND number = ?"
            (modified,) = self.db.execute(query, (self.article_id, number)).fetchone()
            self._keep("stated", self.article_id, number, {"modified": modified}, leaf_number=number)

    def verdicts(self, number: int, given: Iterable[Given]) -> None:
        """Write down the verdicts on a revision, and take them out of those that count."""
        for verdict_id, snapshot_id, form in given:
            said = {"id": verdict_id, "snapshot_id": snapshot_id, "verdict": json.loads(form)}
            self._keep("verdict", verdict_id, number, said)
            self.db.execute("DELETE FROM verdicts WHERE id = ?", (verdict_id,))

    def events(self, told: Iterable[Told]) -> None:
        """Write down events that did not happen by today's rules, and take them out of the log."""
        for event_id, snapshot_id, event, why in told:
            said = {"id": event_id, "snapshot_id": snapshot_id, "event": event, "why": why}
            self._keep("event", event_id, 0, said)
            self.db.execute("DELETE FROM events WHERE id = ?", (event_id,))

    def _keep(self, kind: str, row: int, number: int, said: Mapping[str, object], *, leaf_number: int = 0) -> None:
        values = {"article_id": self.article_id, "derivation_id": self.derivation_id, "kind": kind, "number": number}
        leaf = newest_leaf(self.db, kind, row, leaf_number)
        form = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        add_leaf(self.db, "superseded", self.db.insert("superseded", {**values, "leaf": leaf, "form": form}))
