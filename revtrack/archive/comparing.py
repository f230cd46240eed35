"""Hold a derivation against what stands of an article, row by row. Knows the tables; changes nothing."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from revtrack.archive import stories
from revtrack.archive.connection import Connection
from revtrack.archive.packing import PackingError
from revtrack.archive.rows import unpack_verdict
from revtrack.archive.values import Derivation, DerivedVersion, Rederived
from revtrack.forms import from_form, iso
from revtrack.model import Article, Story, Verdict

IDENTITY = ("snapshot_id", "fingerprint", "first_seen", "revert_of", "flapping")
"""What a version is proven by, beside its story and the stamp on it."""
SEEN = ("last_seen", "looks", "modified")
"""What later looks at a version change of it."""

Given = tuple[int, int, str]
"""A verdict as it stands: its id, the look that led to it, its form."""
Told = tuple[int, int, str, str]
"""An event as it stands: its id, its look, what it is, why."""


@dataclass
class Difference:
    """What of a derivation is not what stands.

    `read`, `stamped`, `seen` and `judged` are numbers of versions that are read otherwise, by another stamp alone, were
    seen otherwise, are judged otherwise. `sightings` are all that should be kept, `looks` counts those that are others.
    """

    read: list[int]
    seen: list[int]
    stamped: list[int]
    judged: list[int]
    lost_events: list[Told]
    new_events: list[tuple[int, str, str]]
    sightings: dict[int, int]
    looks: int
    before: int

    def told(self, article: Article, after: int) -> Rederived:
        """Return it as the archive tells it."""
        return Rederived(
            article=article,
            before=self.before,
            after=after,
            read=tuple(self.read),
            judged=tuple(self.judged),
            events=len(self.lost_events) + len(self.new_events),
            looks=self.looks,
            stamped=len(self.stamped),
        )


def compare(db: Connection, derivation: Derivation) -> Difference:
    """Return what of a derivation is not what stands."""
    standing = db.execute(_VERSIONS, (derivation.article_id,)).fetchall()
    now = {version.number: version for version in derivation.versions}
    read = [row[0] for row in standing if row[0] not in now]
    read += [number for number in now if number > len(standing)]
    seen: list[int] = []
    stamped: list[int] = []
    for number, *row in standing:
        if number in now:
            wrong = _differs(db, derivation.article_id, now[number], tuple(row))
            {"read": read, "stamped": stamped, "seen": seen}.get(wrong, []).append(number)
    lost, new = _compare_events(db, derivation)
    sightings, looks = _compare_sightings(db, derivation)
    return Difference(
        sorted(read), seen, stamped, _compare_verdicts(db, derivation), lost, new, sightings, looks, len(standing)
    )


_VERSIONS = """
    SELECT number, snapshot_id, fingerprint, first_seen, revert_of, flapping, extractor, last_seen, looks, modified
    FROM versions WHERE article_id = ? ORDER BY number
"""


def _differs(db: Connection, article_id: int, version: DerivedVersion, row: tuple[Any, ...]) -> str:
    """Say in what a version is not what stands: how it is `read`, only its stamp, only when it was `seen`; or ""."""
    derived = row_of(version)
    identity, rest = tuple(derived[name] for name in IDENTITY), tuple(derived[name] for name in SEEN)
    if identity != row[: len(IDENTITY)] or not _has_story(db, article_id, version):
        return "read"
    if version.extractor != row[len(IDENTITY)]:
        return "stamped"
    return "" if rest == row[len(IDENTITY) + 1 :] else "seen"


def row_of(version: DerivedVersion) -> dict[str, Any]:
    """Return the row of a version, but for its article."""
    return {
        "number": version.number,
        "snapshot_id": version.snapshot_id,
        "fingerprint": version.fingerprint,
        "extractor": version.extractor,
        "story": version.story,
        "first_seen": iso(version.first_seen),
        "last_seen": iso(version.last_seen),
        "looks": version.looks,
        "revert_of": version.revert_of,
        "flapping": int(version.flapping),
        "modified": iso(version.modified) if version.modified else None,
    }


def _has_story(db: Connection, article_id: int, version: DerivedVersion) -> bool:
    """Say whether a story stands as it was derived, apart from its stamp."""
    try:
        before, now = json.loads(stories.read(db, article_id, version.number)), json.loads(version.story)
    except (PackingError, ValueError):  # damaged: it is written anew
        return False
    before["extractor"] = now["extractor"] = ""
    return before == now or from_form(Story, before) == from_form(Story, now)


def _compare_verdicts(db: Connection, derivation: Derivation) -> list[int]:
    """Return the numbers of the versions whose verdicts, one after the other, are not those that stand."""
    standing = verdicts_of(db, derivation.article_id)
    numbers = sorted({*standing, *derivation.verdicts})
    return [number for number in numbers if not _agree(standing.get(number, []), derivation.verdicts.get(number, ()))]


def verdicts_of(db: Connection, article_id: int) -> dict[int, list[Given]]:
    """Return every verdict that stands, by number of version, the first first."""
    query = "SELECT number, id, snapshot_id, verdict FROM verdicts WHERE article_id = ? ORDER BY id"
    found: dict[int, list[Given]] = {}
    for number, verdict_id, look, kept in db.execute(query, (article_id,)).fetchall():
        found.setdefault(number, []).append((verdict_id, look, unpack_verdict(kept)))
    return found


def _agree(standing: Sequence[Given], derived: Sequence[tuple[int, Verdict]]) -> bool:
    kept = [(snapshot_id, _rounded(from_form(Verdict, json.loads(form)))) for _, snapshot_id, form in standing]
    return kept == [(snapshot_id, _rounded(verdict)) for snapshot_id, verdict in derived]


def _rounded(verdict: Verdict) -> Verdict:
    """Return a verdict with its times to the second: a look is kept to that, and was judged by a finer clock."""
    lag, age = (None if value is None else value // 1 for value in (verdict.lag, verdict.age))
    return replace(verdict, lag=lag, age=age)


def _compare_events(db: Connection, derivation: Derivation) -> tuple[list[Told], list[tuple[int, str, str]]]:
    """Return the events that are told and did not happen, and those that did and are not told.

    That an article moved, or is another, is no event of its own looks alone: it stays.
    """
    query = "SELECT id, snapshot_id, event, why FROM events WHERE article_id = ? AND event != 'moved' ORDER BY id"
    standing = [tuple(row) for row in db.execute(query, (derivation.article_id,)).fetchall()]
    derived = Counter((snapshot_id, event.value, why) for snapshot_id, event, why in derivation.events)
    lost = []
    for row in standing:
        if derived[row[1:]]:
            derived[row[1:]] -= 1
        else:
            lost.append(row)
    return lost, list(derived.elements())


def _compare_sightings(db: Connection, derivation: Derivation) -> tuple[dict[int, int], int]:
    """Return the sightings that should be kept, and how many looks found another version than stands."""
    query = (
        "SELECT s.id, coalesce(s.version, 0), coalesce(g.version, s.version, 0)"
        " FROM snapshots AS s LEFT JOIN sightings AS g ON g.snapshot_id = s.id WHERE s.article_id = ?"
    )
    kept, others = {}, 0
    for snapshot_id, recorded, stands in db.execute(query, (derivation.article_id,)).fetchall():
        found = derivation.found.get(snapshot_id) or 0
        others += found != stands
        if found != recorded:
            kept[snapshot_id] = found
    return kept, others
