import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from revtrack.archive import Observation, OutdatedError, locate, open_archive
from revtrack.config import ArchiveSettings
from revtrack.errors import (
    AmbiguousArticleError,
    ArchiveError,
    ArchiveLockedError,
    ArchiveWriteError,
    InputError,
    NewerArchiveError,
    NotAnArchiveError,
    UnknownArticleError,
)
from revtrack.model import Disclosure, Event, Note, NoteKind, Outcome, Paragraph, Snapshot, Story, Validators
from revtrack.placing import APPLICATION_ID
from revtrack.verdicts import compare

NOW = datetime(2024, 11, 20, 9, tzinfo=UTC)
URL = "https://a.test/story"


def story(number, *notes):
    text = f"The storm killed {number} people on the coast on Monday, officials said."
    return Story(headline="Storm hits coast", paragraphs=(Paragraph(text),), notes=notes, extractor="test 1")


def look(body=b"<p>page</p>", *, at=NOW, outcome=Outcome.OK, **more):
    import hashlib

    return Snapshot(
        URL,
        at,
        outcome,
        status=200,
        headers=(("ETag", '"1"'), ("Content-Type", "text/html")),
        body=body,
        body_sha256=hashlib.sha256(body).hexdigest() if body else "",
        **more,
    )


def seen(archive, article, told, *, at=NOW, body=None):
    """Record a look that read this story, as the tracker would."""
    latest = archive.standing(article.id).latest
    same = latest is not None and latest.story.fingerprint == told.fingerprint
    observation = Observation(
        article.id,
        look(body or told.text.encode(), at=at),
        Event.UNCHANGED if same else Event.REVISED if latest else Event.FIRST,
        basis=latest.number if latest else 0,
        due_at=at + timedelta(hours=1),
        story=None if same else told,
        revision=compare(latest.story, told) if latest and not same else None,
    )
    return archive.record(observation)


def query(archive, sql):
    """The rows of a query on the archive's tables."""
    return archive._db.execute(sql).fetchall()


def damage(archive):
    """What is not as it was recorded."""
    from revtrack.evidence import State, verify

    return [f"{found.about}: {found.says}" for found in verify(archive) if found.state is State.DAMAGED]


@pytest.fixture
def article(archive):
    return archive.add_article(URL, now=NOW)[0]


def test_an_article_is_tracked_once(archive, article):
    again, new = archive.add_article(URL, now=NOW)
    assert (again, new) == (article, False)
    assert [a.url for a in archive.articles()] == [URL]


def test_a_source_is_followed_once(archive):
    first, new = archive.add_source("https://a.test/feed", "feed", now=NOW)
    assert new
    assert archive.add_source("https://a.test/feed", "feed", now=NOW) == (first, False)
    archive.checked_source(first, now=NOW, due_at=NOW + timedelta(hours=1), reason="404")
    assert [(s.reason, s.due_at) for s in archive.sources()] == [("404", NOW + timedelta(hours=1))]


def test_a_snapshot_comes_back_as_it_was(archive, article):
    given = look(b"\x00\xff" * 5000, at=NOW)
    archive.record(Observation(article.id, given, Event.FIRST, 0, NOW, story=story(12)))
    (back,) = archive.snapshots(article)
    assert replace(back, id=None) == given
    assert back.body == given.body


def test_a_body_is_kept_once_however_often_it_is_seen(archive, article):
    for hour in range(3):
        seen(archive, article, story(12), at=NOW + timedelta(hours=hour), body=b"the same page " * 50)
    rows = query(archive, "SELECT codec, size, length(bytes) FROM bodies")
    assert len(rows) == 1
    assert rows[0][0] == "zstd"
    assert rows[0][2] < rows[0][1] / 5


def test_a_compressed_body_is_not_compressed_again(archive, article):
    import os

    seen(archive, article, story(12), body=os.urandom(2000))
    assert query(archive, "SELECT codec FROM bodies") == [("raw",)]


def test_versions_are_numbered_and_looks_counted(archive, article):
    for hour, number in enumerate([12, 12, 21, 21, 21]):
        seen(archive, article, story(number), at=NOW + timedelta(hours=hour))
    versions = list(archive.versions(article))
    assert [(v.number, v.looks, v.first_seen.hour, v.last_seen.hour) for v in versions] == [
        (1, 2, 9, 10),
        (2, 3, 11, 13),
    ]
    assert versions[1].story == story(21)
    assert len(list(archive.snapshots(article))) == 5


def test_a_return_to_an_earlier_text_is_a_revert_and_alternation_is_flapping(archive, article):
    for hour, number in enumerate([1, 2, 1, 2, 3, 1]):
        seen(archive, article, story(number), at=NOW + timedelta(hours=hour))
    marks = [(v.revert_of, v.flapping) for v in archive.versions(article)]
    assert marks == [(None, False), (None, False), (1, False), (2, True), (None, False), (3, False)]


def test_three_texts_in_turn_are_flapping_and_one_step_back_after_another_is_not(archive, article):
    for hour, number in enumerate([1, 2, 3, 1, 2, 3, 4, 2, 1]):
        seen(archive, article, story(number), at=NOW + timedelta(hours=hour))
    marks = [(v.revert_of, v.flapping) for v in archive.versions(article)][3:]
    assert marks == [(1, False), (2, True), (3, True), (None, False), (5, False), (4, False)]


def test_a_stale_observation_is_refused_and_leaves_nothing(archive, article):
    seen(archive, article, story(12))
    stale = Observation(article.id, look(b"x"), Event.FIRST, basis=0, due_at=NOW, story=story(13))
    with pytest.raises(OutdatedError):
        archive.record(stale)
    assert len(list(archive.snapshots(article))) == 1
    assert len(list(archive.versions(article))) == 1


def test_validators_are_those_of_the_last_look_that_read_the_story(archive, article):
    seen(archive, article, story(12))
    failed = Snapshot(URL, NOW + timedelta(hours=1), Outcome.FAILED, reason="timed out")
    archive.record(Observation(article.id, failed, Event.TROUBLE, 1, NOW + timedelta(hours=2), why="timed out"))
    standing = archive.standing(article.id)
    assert standing.validators == Validators('"1"', "")
    assert (standing.article.outcome, standing.troubles) == (Outcome.FAILED, 1)
    seen(archive, article, story(12), at=NOW + timedelta(hours=2))
    assert archive.standing(article.id).troubles == 0


def test_revisions_carry_their_verdict_and_what_is_known_of_them(archive, article):
    seen(archive, article, story(12))
    seen(archive, article, story(21), at=NOW + timedelta(hours=3))
    (revision,) = archive.revisions(article)
    assert (revision.old, revision.new, revision.after, revision.seen_at) == (1, 2, NOW, NOW + timedelta(hours=3))
    assert revision.verdict == compare(story(12), story(21)).verdict
    assert archive.revision(article, 1, 2) == revision
    with pytest.raises(InputError, match="versions 1 to 2"):
        archive.revision(article, 1, 9)


def test_a_new_verdict_on_an_earlier_revision_counts_and_the_old_one_is_kept(archive, article):
    seen(archive, article, story(12))
    seen(archive, article, story(21), at=NOW + timedelta(hours=3))
    verdict = next(archive.revisions(article)).verdict
    late = replace(verdict, disclosure=Disclosure.LATE, lag=3600.0)
    observation = Observation(
        article.id, look(b"z"), Event.UNCHANGED, 2, NOW + timedelta(hours=9), rejudged=((2, late),)
    )
    archive.record(observation)
    assert next(archive.revisions(article)).verdict.lag == 3600.0
    assert query(archive, "SELECT count(*) FROM verdicts") == [(2,)]


def test_the_ledger_says_which_version_brought_a_note_and_which_lost_it(archive, article):
    note = Note("This story has been updated.", NoteKind.UPDATE)
    for hour, told in enumerate([story(1), story(2, note), story(3, note), story(4)]):
        seen(archive, article, told, at=NOW + timedelta(hours=hour))
    (entry,) = archive.notes()
    assert (entry.version, entry.withdrawn_in, entry.note) == (2, 4, note)


def test_the_log_tells_versions_and_events_in_order(archive, article):
    seen(archive, article, story(12))
    seen(archive, article, story(21), at=NOW + timedelta(hours=1))
    gone = Snapshot(URL, NOW + timedelta(hours=2), Outcome.GONE, status=404, reason="404 Not Found")
    archive.record(Observation(article.id, gone, Event.GONE, 2, NOW + timedelta(days=1), why="404 Not Found"))
    entries = list(archive.log())
    assert [(e.event, e.version) for e in entries] == [(Event.FIRST, 1), (Event.REVISED, 2), (Event.GONE, None)]
    assert [e.event for e in archive.log(since=NOW + timedelta(hours=2))] == [Event.GONE]


def test_due_articles_come_most_overdue_first(archive):
    for i in range(3):
        archive.add_article(f"https://a.test/{i}", now=NOW - timedelta(hours=i))
    archive.add_article("https://a.test/later", now=NOW + timedelta(hours=1))
    assert [a.url[-1] for a in archive.due(NOW)] == ["2", "1", "0"]
    assert len(archive.due(NOW, limit=2)) == 2


def test_what_waits_is_told_bare_and_when_the_next_falls_due(archive):
    for i in range(3):
        archive.add_article(f"https://a.test/{i}", now=NOW + timedelta(hours=i), source="https://a.test/feed")
    now = NOW + timedelta(hours=1)
    bare = [(a.id, a.url, a.source, a.checked_at, a.due_at) for a in archive.waiting(now)]
    assert sorted(bare) == sorted((a.id, a.url, a.source, a.checked_at, a.due_at) for a in archive.due(now))
    assert archive.next_due(NOW - timedelta(hours=1)) == NOW
    assert archive.next_due(NOW) == now  # what was due then is none that falls due
    assert archive.next_due(NOW + timedelta(hours=2)) is None


def test_an_article_is_found_by_id_url_or_any_unambiguous_part(archive, article):
    seen(archive, article, story(12))
    archive.add_article("https://a.test/other", now=NOW)
    for name in ("1", URL, "a.test/story", "STORM HITS"):
        assert archive.find(name).id == article.id
    with pytest.raises(AmbiguousArticleError):
        archive.find("a.test")
    for name in ("nothing", "", "99", "%"):
        with pytest.raises(UnknownArticleError):
            archive.find(name)


# --- opening ------------------------------------------------------------------------------------------------------


def test_a_file_of_another_kind_is_refused_and_left_untouched(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("my diary, not a database. " * 100)
    before = path.read_bytes()
    with pytest.raises(NotAnArchiveError, match="left untouched"):
        open_archive(path)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_untouched(tmp_path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE t (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotAnArchiveError, match="another program"):
        open_archive(path)
    assert path.read_bytes() == before


def test_an_archive_of_a_later_release_is_refused(tmp_path):
    path = tmp_path / "a.db"
    open_archive(path).close()
    with closing(sqlite3.connect(path)) as later, later:
        later.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('revtrack', '9999_later', '')"
        )
    later.close()
    with pytest.raises(NewerArchiveError, match="upgrade revtrack"):
        open_archive(path)


def test_the_file_carries_our_mark_and_is_safe_against_power_loss(tmp_path):
    archive = open_archive(tmp_path / "a.db")
    for pragma, value in (("application_id", APPLICATION_ID), ("journal_mode", "wal"), ("synchronous", 2)):
        assert archive._db.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    archive.close()


def test_a_locked_archive_is_said_to_be_in_use(tmp_path):
    path = tmp_path / "a.db"
    open_archive(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_archive(path, wait=0.05) as archive, pytest.raises(ArchiveLockedError, match="another program"):
        archive.add_article(URL, now=NOW)
    other.execute("ROLLBACK")
    other.close()


def test_a_second_writer_waits_its_turn(tmp_path):
    with open_archive(tmp_path / "a.db") as one, open_archive(tmp_path / "a.db") as other:
        for i in range(20):
            (one, other)[i % 2].add_article(f"https://a.test/{i}", now=NOW)
        assert len(list(one.articles())) == len(list(other.articles())) == 20


def test_a_place_that_cannot_be_written_is_said_so(tmp_path):
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "a.db", "/proc/revtrack/a.db"):
        with pytest.raises(ArchiveWriteError):
            open_archive(place)


def test_a_full_disk_loses_nothing_recorded_before(tmp_path):
    path = tmp_path / "a.db"
    with open_archive(path) as archive:
        article = archive.add_article(URL, now=NOW)[0]
        seen(archive, article, story(12))
        pages = archive._db.execute("PRAGMA page_count").fetchone()[0]
        archive._db.execute(f"PRAGMA max_page_count = {pages}")
        import os

        with pytest.raises(ArchiveWriteError, match="no space left"):
            seen(archive, article, story(13), body=os.urandom(100_000))
    with open_archive(path) as archive:
        assert [v.story for v in archive.versions(article)] == [story(12)]
        assert archive._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_missing_archive_is_not_made_by_reading(tmp_path):
    with pytest.raises(ArchiveError, match="revtrack add URL"):
        open_archive(tmp_path / "none.db", create=False)
    assert not list(tmp_path.iterdir())


def test_the_place_is_the_one_given_then_the_environment_then_snapshots(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REVTRACK_ARCHIVE", raising=False)
    assert locate().name == "revtrack.db"
    assert locate().is_absolute()
    (tmp_path / "snapshots").mkdir()
    assert str(locate()) == "snapshots/revtrack.db"
    assert str(locate(None, ArchiveSettings(location="mine.db"))) == "mine.db"
    monkeypatch.setenv("REVTRACK_ARCHIVE", "env.db")
    assert str(locate()) == "env.db"
    assert str(locate("given.db")) == "given.db"
    assert str(locate("snapshots")) == "snapshots/revtrack.db"
    assert str(locate("new/")) == "new/revtrack.db"
    assert locate("postgresql://u:secret@host/db") == "postgresql://u:secret@host/db"


def test_a_feed_brings_back_what_had_retired_and_not_what_a_person_dropped(archive):
    one, two = (archive.add_article(f"https://a.test/{name}", now=NOW)[0] for name in ("one", "two"))
    for article in (one, two):
        seen(archive, article, story(12), at=NOW)
    archive.drop([archive.find(str(one.id))], now=NOW)
    changed = dict.fromkeys((one.url, two.url), NOW + timedelta(hours=1))
    assert archive.outdated(changed) == [two.id]
    archive.record(Observation(two.id, look(b"2", at=NOW), Event.UNCHANGED, 1, None))
    assert archive.outdated(changed) == [two.id]
