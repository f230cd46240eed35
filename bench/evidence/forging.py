"""Ways to change an archive behind revtrack's back, and how often a report changed by it and that was found."""

import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.evidence.recording import shown
from revtrack.archive import heads, open_archive
from revtrack.archive.packing import pack_alike
from revtrack.archive.rows import unpack_verdict
from revtrack.errors import RevtrackError
from revtrack.evidence import Checkpoint, State, verify

EDITS = (
    "UPDATE snapshots SET fetched_at = fetched_at - 3600 WHERE id = {n}",
    "UPDATE snapshots SET base = NULL, head = forged({n}) WHERE id = {n}",
    "UPDATE snapshots SET outcome = 'gone' WHERE id = {n}",
    "UPDATE snapshots SET status = 404 WHERE id = {n}",
    "UPDATE versions SET story = replace(story, 'people', 'pupils') WHERE article_id = {n} AND packed IS NULL",
    "UPDATE versions SET extractor = 'other' WHERE article_id = {n}",
    "UPDATE versions SET last_seen = '2025-01-01T00:00:00Z' WHERE article_id = {n}",
    "UPDATE versions SET looks = 9 WHERE article_id = {n}",
    "UPDATE versions SET modified = '2024-11-20T08:00:00Z' WHERE article_id = {n}",
    "UPDATE versions SET modified = NULL WHERE article_id = {n}",
    "UPDATE verdicts SET disclosure = 'disclosed' WHERE id = {n}",
    "UPDATE verdicts SET verdict = other(verdict) WHERE id = {n}",
    "UPDATE articles SET url = 'https://b.test/story' WHERE id = {n}",
    "UPDATE addresses SET url = 'https://b.test/story' WHERE article_id = {n}",
    "DELETE FROM addresses WHERE article_id = {n}",
    "UPDATE sources SET url = 'https://b.test/feed' WHERE id = {n}",
    "UPDATE articles SET headline = 'Other' WHERE id = {n}",
    "UPDATE articles SET retired_at = '2024-11-20T08:00:00Z' WHERE id = {n}",
    "UPDATE articles SET retired_at = NULL WHERE id = {n}",
    "UPDATE findings SET headline = 'Other' WHERE article_id = {n}",
    "DELETE FROM verdicts WHERE id = {n}",
    "DELETE FROM versions WHERE article_id = {n}",
    "DELETE FROM snapshots WHERE id = {n}",
    "UPDATE bodies SET bytes = x'00' WHERE id = {n}",
    "INSERT INTO events (article_id, snapshot_id, event, why) VALUES ({n}, {n}, 'gone', 'they took it down')",
)
_UNREADABLE = (RevtrackError, ValueError, KeyError, TypeError, AttributeError, sqlite3.Error)


@dataclass(slots=True)
class Tally:
    """How often something was tried, could not be read then, changed a report; was found alone, or by a checkpoint."""

    tried: int = 0
    unreadable: int = 0
    changed: int = 0
    alone: int = 0
    held: int = 0

    def __str__(self) -> str:
        return f"{self.tried:>8}{self.unreadable:>12}{self.changed:>9}{self.alone:>8}{self.held:>18}"


@dataclass(frozen=True, slots=True)
class Target:
    """An archive that nobody changed, the checkpoints that were kept elsewhere, and what a report shows of it."""

    file: Path
    checkpoints: list[Checkpoint]
    before: list[object]


def flips(target: Target, tally: Tally, *, wanted: int, chance: random.Random) -> None:
    """Change single bits until so many have altered a report."""
    whole, copy = target.file.read_bytes(), target.file.with_name("changed.db")
    places = [place for place, byte in enumerate(whole) if byte]
    while tally.changed < wanted:
        changed = bytearray(whole)
        changed[chance.choice(places)] ^= 1 << chance.randrange(8)
        copy.write_bytes(changed)
        _judge(target, copy, tally)


def edits(target: Target, tally: Tally, *, chance: random.Random) -> None:
    """Run each of the statements at some rows."""
    for statement in EDITS:
        for number in chance.sample(range(1, 9), 4):
            _forge(target, tally, [statement.format(n=number)])


def tails(target: Target, tally: Tally) -> None:
    """Cut the newest records off, rows and leaves alike, so that nothing within contradicts anything."""
    with closing(sqlite3.connect(target.file)) as database:
        (last,) = database.execute("SELECT max(id) FROM snapshots").fetchone()
    for count in range(1, 9):
        _forge(target, tally, list(_cutting(last - count)))


def rehash(target: Target, tally: Tally, *, chance: random.Random) -> None:
    """Change a row and write every leaf anew, as revtrack would."""
    for statement in (edit for edit in EDITS if edit.startswith("UPDATE snapshots")):
        number = chance.randrange(1, 9)
        _forge(target, tally, [statement.format(n=number), "DELETE FROM leaves"], then=_write_anew)


def rollback(target: Target, tally: Tally, older: Path) -> None:
    """Put an older copy in the place of the archive."""
    copy = target.file.with_name("changed.db")
    shutil.copy(older, copy)
    _judge(target, copy, tally)


def _cutting(last: int) -> Iterator[str]:
    kinds = {"look": "snapshots", "verdict": "verdicts", "event": "events"}
    yield f"CREATE TEMP TABLE cut AS SELECT article_id, number FROM versions WHERE snapshot_id > {last}"  # noqa: S608
    for kind, table in kinds.items():
        column = "id" if table == "snapshots" else "snapshot_id"
        yield (
            f"DELETE FROM leaves WHERE kind = '{kind}' AND row IN (SELECT id FROM {table} WHERE {column} > {last})"  # noqa: S608
        )
    yield (
        "DELETE FROM leaves WHERE kind = 'reading'"
        " AND EXISTS (SELECT 1 FROM cut WHERE article_id = leaves.row AND cut.number = leaves.number)"
    )
    for table in ("findings", "versions"):
        yield f"DELETE FROM {table} WHERE snapshot_id > {last}"  # noqa: S608
    for table in ("verdicts", "events"):
        yield f"DELETE FROM {table} WHERE snapshot_id > {last}"  # noqa: S608
    yield f"DELETE FROM snapshots WHERE id > {last}"  # noqa: S608


def _forge(
    target: Target, tally: Tally, statements: list[str], *, then: Callable[[Path], None] = lambda _: None
) -> None:
    copy = target.file.with_name("changed.db")
    shutil.copy(target.file, copy)
    forged = _forged_heads(copy)
    with closing(sqlite3.connect(copy)) as database:
        database.create_function("forged", 1, forged.get)
        database.create_function("other", 1, lambda kept: unpack_verdict(kept).replace("undis", "dis").encode())
        for statement in statements:
            database.execute(statement)
        database.commit()
    then(copy)
    _judge(target, copy, tally)


def _forged_heads(file: Path) -> dict[int, bytes]:
    """Return what somebody would write, by the number of the look, who wants another header."""
    with open_archive(file) as archive:
        numbers = [look.id or 0 for article in archive.articles() for look in archive.snapshots(article)]
        fields = {number: list(heads.read(archive._db, number).values()) for number in numbers}  # type: ignore[attr-defined]  # noqa: SLF001
    return {number: pack_alike(json.dumps(told).replace("html", "hmtl").encode()) for number, told in fields.items()}


def _write_anew(file: Path) -> None:
    """Do what a forger would who knows revtrack."""
    from revtrack.archive.kinds import KINDS
    from revtrack.archive.leaves import add_missing
    from revtrack.archive.listing import relist_all

    with open_archive(file) as archive, archive.transaction():
        add_missing(archive._db, KINDS)  # type: ignore[attr-defined]  # noqa: SLF001
        relist_all(archive._db)  # type: ignore[attr-defined]  # noqa: SLF001


def _judge(target: Target, copy: Path, tally: Tally) -> None:
    """Look whether a report changed, and what `verify` says without and with the checkpoints."""
    tally.tried += 1
    try:
        with open_archive(copy) as archive:
            if shown(archive) == target.before:
                return
            tally.changed += 1
            tally.alone += _is_found(archive, [])
            tally.held += _is_found(archive, target.checkpoints)
    except _UNREADABLE:
        tally.unreadable += 1
    finally:
        for file in copy.parent.glob("changed.db*"):
            file.unlink()


def _is_found(archive: object, checkpoints: list[Checkpoint]) -> bool:
    try:
        return any(finding.state is State.DAMAGED for finding in verify(archive, checkpoints))  # type: ignore[arg-type]
    except _UNREADABLE:  # an error is no silence
        return True
