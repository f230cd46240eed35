"""What is changed in an archive is found: by its leaves, by a checkpoint kept elsewhere; and what is not, is said."""

import random
import shutil
import sqlite3
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from revtrack.archive import open_archive
from revtrack.archive.kinds import KINDS
from revtrack.archive.packing import pack_alike
from revtrack.errors import RevtrackError, UnreadableError, UnwritableError
from revtrack.evidence import Checkpoint, State, beside, keep_checkpoint, kept_checkpoints, read_checkpoints, verify
from revtrack.forms import publish
from revtrack.model import Note, NoteKind
from tests.archive.test_sqlite import NOW, seen, story

FORGED = pack_alike(b'["https://a.test/story","","[]","[]","[[\\"Content-Type\\",\\"text/plain\\"]]","",null]')
NOTE = Note("Correction: It killed 21 people.", NoteKind.CORRECTION)


@contextmanager
def room_for(size):
    """Let files grow to so many bytes, as on a disk that is full then."""
    resource = pytest.importorskip("resource", reason="no limits of files here")
    most, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))


@pytest.fixture
def archive(tmp_path):
    """An archive of two articles with looks, versions, verdicts and a checkpoint beside it."""
    with open_archive(tmp_path / "a.db") as opened:
        first, _ = opened.add_article("https://a.test/story", now=NOW)
        second, _ = opened.add_article("https://a.test/other", now=NOW)
        for hours, told in enumerate((story(12), story(12), story(21), story(21, NOTE))):
            seen(opened, first, told, at=NOW + timedelta(hours=hours))
        seen(opened, second, story(7), at=NOW)
        keep_checkpoint(opened, NOW + timedelta(hours=5))
        yield opened


def found(archive, checkpoints=None):
    kept = read_checkpoints(beside(archive)) if checkpoints is None else checkpoints
    damaged = (finding for finding in verify(archive, kept) if finding.state is State.DAMAGED)
    return [f"{finding.about}: {finding.says}" for finding in damaged]


def change(archive, *statements):
    """Change the file with other means than revtrack's."""
    database = sqlite3.connect(archive.location)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def shown(archive):
    """Everything that a report is made of."""
    articles = list(archive.articles())
    told = [(a.id, a.url, a.headline, a.changed_at) for a in articles]  # when to look next is a plan, no finding
    told += [publish([replace(e, article=None) for e in archive.log()]), publish([n.note for n in archive.notes()])]
    for article in articles:
        told += [publish(list(archive.versions(article))), publish(list(archive.snapshots(article)))]
        told += [snapshot.body or b"" for snapshot in archive.snapshots(article)]
    return told


def test_an_untouched_archive_has_nothing_wrong(archive):
    assert found(archive) == []
    kinds = {leaf.about.split()[0] for leaf in archive.leaves()}
    assert kinds == {"article", "look", "reading", "verdict"} <= set(KINDS)


@pytest.mark.parametrize(
    ("statement", "about", "version"),
    [
        ("UPDATE snapshots SET elapsed = 9 WHERE id = 3", "article 1, version 2: look 3", 2),
        (
            "UPDATE versions SET extractor = 'other' WHERE number = 3",
            "article 1, version 3: the story that was read",
            3,
        ),
        ("UPDATE bodies SET bytes = x'00' WHERE id = 1", "article 1, version 1: look 1 of 2024-11-20 09:00:00 UTC", 1),
        ("DELETE FROM verdicts WHERE id = 1", "verdict 1", None),
    ],
)
def test_what_is_wrong_is_told_by_article_and_version(archive, statement, about, version):
    change(archive, "PRAGMA foreign_keys = OFF", statement)
    (finding,) = [one for one in verify(archive, read_checkpoints(beside(archive))) if one.about == about]
    assert (finding.version, finding.state) == (version, "damaged")


def test_what_no_checkpoint_stands_for_is_unprovable_and_not_wrong(archive):
    (alone,) = verify(archive)
    seen(archive, archive.find("1"), story(22), at=NOW + timedelta(hours=6))
    (newer,) = verify(archive, read_checkpoints(beside(archive)))
    assert (alone.state, newer.state) == ("unprovable", "unprovable")
    assert alone.about == "13 records"
    assert newer.about == "3 records"


def test_bytes_that_were_let_go_are_unprovable_and_not_wrong(archive):
    seen(
        archive,
        archive.find("1"),
        story(21, NOTE),
        at=NOW + timedelta(hours=4),
        body=b"<p>the same story, other bytes</p>",
    )
    archive.let_go(NOW + timedelta(hours=9))
    (gone, _) = verify(archive, read_checkpoints(beside(archive)))
    assert (gone.about, gone.state, gone.article) == ("article 1: 1 look", "unprovable", 1)


def test_the_file_of_checkpoints_grows_only_with_the_record(archive):
    assert keep_checkpoint(archive, NOW) is None
    seen(archive, archive.find("1"), story(22), at=NOW + timedelta(hours=6))
    assert keep_checkpoint(archive, NOW) == beside(archive)
    one, two = read_checkpoints(beside(archive))
    assert one.size < two.size
    assert one.origin == two.origin
    assert found(archive) == []


@pytest.mark.parametrize("room", [0, 20])
def test_a_checkpoint_that_does_not_fit_on_the_disk_leaves_those_before_it(archive, room):
    kept = beside(archive).read_bytes()
    seen(archive, archive.find("1"), story(30), at=NOW + timedelta(hours=6))
    with room_for(len(kept) + room), pytest.raises(UnwritableError):
        keep_checkpoint(archive, NOW + timedelta(hours=7))
    assert beside(archive).read_bytes() == kept
    keep_checkpoint(archive, NOW + timedelta(hours=8))
    assert len(kept_checkpoints(archive)) == 2


def test_an_empty_file_of_checkpoints_holds_none(archive):
    beside(archive).write_bytes(b"")
    assert kept_checkpoints(archive) == []
    keep_checkpoint(archive, NOW + timedelta(hours=6))
    assert len(kept_checkpoints(archive)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE snapshots SET fetched_at = fetched_at - 3600 WHERE id = 2",
        f"UPDATE snapshots SET base = NULL, head = x'{FORGED.hex()}' WHERE id = 1",
        "UPDATE snapshots SET head = x'00' WHERE id = 1",
        "UPDATE snapshots SET outcome = 'gone' WHERE id = 3",
        "UPDATE snapshots SET body = (SELECT body FROM snapshots WHERE id = 1) WHERE id = 3",
        "UPDATE versions SET story = replace(story, '21', '12') WHERE number = 2",
        "UPDATE versions SET extractor = 'other' WHERE number = 1",
        "UPDATE versions SET last_seen = '2025-01-01T00:00:00Z' WHERE number = 1",
        "UPDATE versions SET looks = 9 WHERE number = 1",
        "UPDATE verdicts SET disclosure = 'disclosed'",
        "UPDATE verdicts SET verdict = CAST('{}' AS BLOB)",
        "UPDATE verdicts SET verdict = x'00'",
        "UPDATE articles SET url = 'https://b.test/story' WHERE id = 1",
        "UPDATE articles SET headline = 'Other' WHERE id = 1",
        "DROP INDEX findings_time",
        "ALTER TABLE derived RENAME COLUMN newest TO latest",
        "DELETE FROM verdicts WHERE id = 1",
        "DELETE FROM versions WHERE number = 3",
        "UPDATE bodies SET bytes = x'00' WHERE rowid = 1",
        "INSERT INTO events (article_id, snapshot_id, event, why) VALUES (1, 1, 'gone', 'they took it down')",
        "DELETE FROM leaves WHERE position = 3",
        "UPDATE leaves SET hash = x'00' WHERE position = 3",
        "UPDATE leaves SET salt = x'00' WHERE position = 3",
        "UPDATE leaves SET kind = 'other' WHERE position = 3",
    ],
)
def test_rows_that_were_changed_are_found_without_any_checkpoint(archive, statement):
    change(archive, statement)
    assert found(archive, checkpoints=[])


def test_a_forger_who_writes_the_leaves_anew_is_found_by_the_checkpoint_alone(archive):
    change(archive, "UPDATE versions SET story = replace(story, '21', '12') WHERE number = 2", "DELETE FROM leaves")
    from revtrack.archive.leaves import add_missing
    from revtrack.archive.listing import relist_all

    add_missing(archive._db)
    relist_all(archive._db)
    assert found(archive, checkpoints=[]) == []
    assert found(archive)


def test_an_older_copy_put_back_is_found(archive, tmp_path):
    archive._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(tmp_path / "a.db", tmp_path / "b.db")
    seen(archive, archive.find("1"), story(30), at=NOW + timedelta(hours=9))
    keep_checkpoint(archive, NOW + timedelta(hours=10))
    with open_archive(tmp_path / "b.db") as old:
        (damage,) = found(old, read_checkpoints(beside(archive)))
    assert "the end was cut off" in damage


def test_a_checkpoint_of_another_archive_is_told(archive):
    (own,) = read_checkpoints(beside(archive))
    assert "another archive" in found(archive, [Checkpoint("revtrack/0", own.size, own.root, own.at)])[0]


def test_a_single_bit_that_changes_a_report_is_found(archive, tmp_path):
    before, kept = shown(archive), read_checkpoints(beside(archive))
    archive._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole, rng, copy = (tmp_path / "a.db").read_bytes(), random.Random(7), tmp_path / "flipped.db"
    places, telling = [place for place, byte in enumerate(whole) if byte], 0  # most of a file this small is empty
    for _ in range(250):
        flipped = bytearray(whole)
        flipped[rng.choice(places)] ^= 1 << rng.randrange(8)
        copy.write_bytes(flipped)
        try:
            with open_archive(copy) as opened:
                told = shown(opened)
                if told != before:
                    telling += 1
                    assert found(opened, kept)
        except (
            RevtrackError,
            ValueError,
            KeyError,
            TypeError,
            sqlite3.Error,
        ):  # what cannot be read is no silent change
            continue
        finally:
            for file in tmp_path.glob("flipped.db*"):
                file.unlink()
    assert telling > 1


@pytest.mark.parametrize("text", ["", "nothing", "revtrack/1\nx\n", "revtrack/1\n3\n!!\n2024-01-01T00:00:00Z\n"])
def test_a_file_that_holds_no_whole_checkpoint_is_refused(tmp_path, text):
    (tmp_path / "kept").write_text(text)
    with pytest.raises(UnreadableError):
        read_checkpoints(tmp_path / "kept")


def test_what_is_signed_or_quoted_around_a_checkpoint_is_passed_over(archive, tmp_path):
    text = beside(archive).read_text()
    (tmp_path / "kept").write_text(f"Dear colleague,\n\n{text}— desk abcd1234==\n")
    assert read_checkpoints(tmp_path / "kept") == read_checkpoints(beside(archive))
