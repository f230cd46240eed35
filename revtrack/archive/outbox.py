"""What is to be told, to whom, and whether it was: kept with what it tells of. Knows the tables; sends nothing.

A message is kept together with the place up to which its rule has weighed what was recorded, in one transaction: after
a crash, whatever was recorded is either kept here already, or weighed again. A message is kept once, by its key. What
was handed to a channel is marked so afterwards; a crash between the two sends it again, under the same `batch`.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from revtrack.archive import news
from revtrack.archive.connection import Ask, Connection, Row
from revtrack.archive.values import Delivery, Message, News
from revtrack.forms import iso, moment
from revtrack.urls import keys_of_host

TABLE = """
-- Up to which look each rule has weighed what was recorded.
CREATE TABLE alerts (
    name TEXT PRIMARY KEY,
    look INTEGER NOT NULL
) STRICT;

-- What was to be told: a row a finding and rule. Those of one batch go out as one.
CREATE TABLE messages (
    id      INTEGER PRIMARY KEY,
    key     TEXT NOT NULL UNIQUE,
    alert   TEXT NOT NULL,
    batch   TEXT NOT NULL,
    subject TEXT NOT NULL,                   -- what it is about, whatever became of it since
    look    INTEGER NOT NULL,                -- that led to it, 0: none did
    made_at TEXT NOT NULL,
    body    TEXT NOT NULL                    -- JSON
) STRICT;
CREATE INDEX messages_batch ON messages (batch, id);
CREATE INDEX messages_subject ON messages (alert, subject);

-- To whom a batch goes, and whether it went.
CREATE TABLE deliveries (
    id          INTEGER PRIMARY KEY,
    batch       TEXT NOT NULL,
    channel     TEXT NOT NULL,               -- its name, which holds no secret
    alert       TEXT NOT NULL,
    due_at      TEXT NOT NULL,               -- not before
    tries       INTEGER NOT NULL DEFAULT 0,  -- that failed
    sent_at     TEXT,                        -- NULL: not yet
    given_up_at TEXT,                        -- NULL: it is tried again
    trouble     TEXT NOT NULL DEFAULT '',    -- of the last try
    UNIQUE (batch, channel)
) STRICT;
CREATE INDEX deliveries_due ON deliveries (due_at);

-- What is wrong with the tracking itself, as long as it is.
CREATE TABLE ailments (
    about TEXT PRIMARY KEY,
    says  TEXT NOT NULL,
    since TEXT NOT NULL
) STRICT;

-- When all that was recorded was verified, and how much was wrong.
CREATE TABLE verifications (
    id    INTEGER PRIMARY KEY,
    at    TEXT NOT NULL,
    wrong INTEGER NOT NULL
) STRICT;
"""

KEPT = timedelta(days=90)
"""How long what was sent or given up is kept."""
_OPEN = "SELECT * FROM deliveries WHERE sent_at IS NULL AND given_up_at IS NULL ORDER BY id"
_STATES = """
    SELECT alert, channel, count(*) AS n, sum(CASE WHEN sent_at IS NOT NULL THEN 1 ELSE 0 END) AS sent,
           sum(CASE WHEN given_up_at IS NOT NULL THEN 1 ELSE 0 END) AS given_up
    FROM deliveries GROUP BY alert, channel ORDER BY alert, channel
"""
_OF_HOST = """
    SELECT count(*) AS n FROM articles WHERE same_as IS NULL AND retired_at IS NULL AND outcome IS NOT NULL
    AND outcome NOT IN ('blocked', 'failed') AND id IN (SELECT article_id FROM addresses WHERE key >= ? AND key < ?)
"""
_LATE = """
    SELECT min(due_at) AS due_at, (SELECT max(checked_at) FROM articles) AS checked_at FROM articles
    WHERE same_as IS NULL AND retired_at IS NULL AND (not_before IS NULL OR not_before <= ?)
"""


class Outbox:
    """The outbox of an open archive; `ask` reads, `write` makes a change in one transaction."""

    def __init__(self, ask: Ask, write: Callable[..., object]) -> None:
        self._ask = ask
        self._write = write

    # --- what there is to tell of --------------------------------------------------------------------------------

    def newest_look(self) -> int:
        """Return the number of the look recorded last, 0 before the first."""
        return news.newest_look(self._ask)

    def look_before(self, at: datetime) -> int:
        """Return the number of the last look made before a time, 0 if there was none."""
        return news.look_before(self._ask, at)

    def news(self, after: int, until: int) -> list[News]:
        """Return what the looks from `after` (excluded) to `until` brought, in the order of recording."""
        return news.news(self._ask, after, until)

    def positions(self) -> dict[str, int]:
        """Return up to which look each rule has weighed what was recorded."""
        return {row["name"]: row["look"] for row in self._ask("SELECT name, look FROM alerts")}

    def was_told(self, alert: str, subject: str) -> bool:
        """Say whether a rule has told of something."""
        return bool(self._ask("SELECT 1 AS told FROM messages WHERE alert = ? AND subject = ? LIMIT 1", alert, subject))

    # --- what is to be told --------------------------------------------------------------------------------------

    def begin(self, names: Iterable[str]) -> None:
        """Let rules that are new weigh what is recorded from now on."""
        if set(names) - self.positions().keys():
            self._write(_begin, tuple(names))

    def keep(self, messages: Iterable[Message], positions: Mapping[str, int], *, now: datetime) -> None:
        """Keep messages, those that are kept already left as they are, and how far the rules have come."""
        self._write(_keep, tuple(messages), positions, now)

    def waiting(self) -> list[Delivery]:
        """Return what has not been sent and is not given up, in the order of keeping."""
        return [_delivery(row) for row in self._ask(_OPEN)]

    def wait_until(self, alert: str, due_at: datetime, *, now: datetime) -> None:
        """Let what a rule has waiting, and no channel was given yet, wait until this time instead."""
        if any(d.alert == alert and d.due_at > now and d.due_at != due_at and not d.tries for d in self.waiting()):
            query = (
                "UPDATE deliveries SET due_at = ? WHERE alert = ? AND due_at > ? AND tries = 0"
                " AND sent_at IS NULL AND given_up_at IS NULL"
            )
            self._write(_run, query, iso(due_at), alert, iso(now))

    def given_up(self) -> list[Delivery]:
        """Return what could not be sent and is not tried any more."""
        return [
            _delivery(row) for row in self._ask("SELECT * FROM deliveries WHERE given_up_at IS NOT NULL ORDER BY id")
        ]

    def bodies(self, batch: str) -> list[str]:
        """Return the messages of a batch as they were kept, in the order of keeping."""
        found = self._ask("SELECT body FROM messages WHERE batch = ? ORDER BY id", batch)
        return [row["body"] for row in found]

    def states(self) -> list[Row]:
        """Return, for each rule and channel, how many batches there are (`n`), were `sent`, and were `given_up`."""
        return self._ask(_STATES)

    # --- what became of it ---------------------------------------------------------------------------------------

    def sent(self, delivery: Delivery, *, now: datetime) -> None:
        """Note that a channel took a batch."""
        query = "UPDATE deliveries SET sent_at = ?, trouble = '' WHERE batch = ? AND channel = ?"
        self._write(_run, query, iso(now), delivery.batch, delivery.channel)

    def failed(self, delivery: Delivery, trouble: str, *, again_at: datetime | None, now: datetime) -> None:
        """Note that a channel did not take a batch, and when it is tried again (None: never)."""
        query = (
            "UPDATE deliveries SET tries = tries + 1, trouble = ?, due_at = coalesce(?, due_at), given_up_at = ?"
            " WHERE batch = ? AND channel = ?"
        )
        given_up_at = None if again_at else iso(now)
        again = iso(again_at) if again_at else None
        self._write(_run, query, trouble, again, given_up_at, delivery.batch, delivery.channel)

    def give_up(self, delivery: Delivery, *, due_before: datetime, now: datetime) -> None:
        """Give up what waits behind a delivery to the same channel and was due before a time."""
        query = (
            "UPDATE deliveries SET given_up_at = ?, trouble = ? WHERE alert = ? AND channel = ? AND due_at < ?"
            " AND sent_at IS NULL AND given_up_at IS NULL"
        )
        self._write(
            _run, query, iso(now), "waited behind others in vain", delivery.alert, delivery.channel, iso(due_before)
        )

    def revive(self, *, now: datetime) -> None:
        """Let what was given up be tried again."""
        query = "UPDATE deliveries SET given_up_at = NULL, tries = 0, due_at = ? WHERE given_up_at IS NOT NULL"
        self._write(_run, query, iso(now))

    def forget(self, *, now: datetime) -> None:
        """Drop what was sent or given up long ago."""
        self._write(_forget, iso(now - KEPT))

    # --- the tracker's own health --------------------------------------------------------------------------------

    def ailments(self) -> dict[str, datetime]:
        """Return since when each thing is wrong that was found wrong last time."""
        return {row["about"]: moment(row["since"]) for row in self._ask("SELECT about, since FROM ailments")}

    def keep_ailments(self, found: Mapping[str, str], *, now: datetime) -> None:
        """Keep what is wrong; what was wrong before keeps its time, what is not wrong any more is dropped."""
        self._write(_keep_ailments, dict(found), iso(now))

    def refusing(self) -> list[Row]:
        """Return `url` and `outcome` of the articles whose last look was blocked or failed."""
        return self._ask(
            "SELECT url, outcome FROM articles WHERE outcome IN ('blocked', 'failed') AND same_as IS NULL"
            " AND retired_at IS NULL ORDER BY id"
        )

    def answers(self, url: str) -> bool:
        """Say whether any article on the host of a URL was read at its last look."""
        return bool(self._ask(_OF_HOST, *keys_of_host(url))[0]["n"])

    def overdue(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """Return since when an article waits for its look, and when the last look at any was made."""
        row = self._ask(_LATE, iso(now))[0]
        due_at, checked_at = row["due_at"], row["checked_at"]
        return moment(due_at) if due_at else None, moment(checked_at) if checked_at else None

    def note_verified(self, *, now: datetime, wrong: int) -> None:
        """Note that all that was recorded was verified, and how much was found wrong."""
        self._write(_run, "INSERT INTO verifications (at, wrong) VALUES (?, ?)", iso(now), wrong)

    def verified(self) -> tuple[datetime, int] | None:
        """Return when all that was recorded was verified last, and how much was wrong; None if it never was."""
        found = self._ask("SELECT at, wrong FROM verifications ORDER BY id DESC LIMIT 1")
        return (moment(found[0]["at"]), found[0]["wrong"]) if found else None


def redact(db: Connection, article_id: int) -> None:
    """Take the words of an article out of the messages about it; that they were kept, and their keys, stay."""
    values = {"event": "redacted", "article": article_id, "headline": "", "at": "", "says": "taken out", "facts": []}
    query = "UPDATE messages SET body = ? WHERE subject LIKE ?"
    db.execute(query, (json.dumps(values), f"{article_id}/%"))


def _begin(db: Connection, names: tuple[str, ...]) -> None:
    newest = db.execute("SELECT coalesce(max(id), 0) FROM snapshots").fetchone()[0]
    for name in names:
        db.execute("INSERT INTO alerts (name, look) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", (name, newest))


def _keep(db: Connection, messages: tuple[Message, ...], positions: Mapping[str, int], now: datetime) -> None:
    for message in messages:
        values = (message.key, message.alert, message.batch, message.subject, message.look, iso(now), message.body)
        kept = db.execute(
            "INSERT INTO messages (key, alert, batch, subject, look, made_at, body) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (key) DO NOTHING",
            values,
        )
        for channel in message.channels if kept.rowcount == 1 else ():
            db.execute(
                "INSERT INTO deliveries (batch, channel, alert, due_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (batch, channel) DO NOTHING",
                (message.batch, channel, message.alert, iso(message.due_at)),
            )
    for name, look in positions.items():
        db.execute("UPDATE alerts SET look = ? WHERE name = ? AND look < ?", (look, name, look))


def _keep_ailments(db: Connection, found: dict[str, str], now: str) -> None:
    known = [row[0] for row in db.execute("SELECT about FROM ailments").fetchall()]
    for about in set(known) - found.keys():
        db.execute("DELETE FROM ailments WHERE about = ?", (about,))
    for about, says in found.items():
        query = "INSERT INTO ailments (about, says, since) VALUES (?, ?, ?) ON CONFLICT (about) DO UPDATE SET says = ?"
        db.execute(query, (about, says, now, says))


def _forget(db: Connection, before: str) -> None:
    db.execute("DELETE FROM deliveries WHERE sent_at < ? OR given_up_at < ?", (before, before))
    db.execute(
        "DELETE FROM messages WHERE made_at < ? AND NOT EXISTS (SELECT 1 FROM deliveries AS d"
        " WHERE d.batch = messages.batch)",
        (before,),
    )


def _run(db: Connection, query: str, *values: object) -> None:
    db.execute(query, values)


def _delivery(row: Row) -> Delivery:
    return Delivery(
        batch=row["batch"],
        channel=row["channel"],
        alert=row["alert"],
        due_at=moment(row["due_at"]),
        tries=row["tries"],
        trouble=row["trouble"],
    )
