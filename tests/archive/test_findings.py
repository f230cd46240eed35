"""Lists of changes are chosen and ranked by the archive, and tell what the stories and verdicts say."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from revtrack.archive import Observation, open_archive
from revtrack.archive.values import Only, Order, Selection
from revtrack.model import Disclosure, Event, Note, NoteFamily, NoteKind, Outcome, Paragraph, Story
from tests.archive.test_sqlite import NOW, look, seen


def told(number, *notes, headline="Storm hits coast", language="en"):
    text = f"The storm killed {number} people on the coast on Monday, officials said."
    rest = Paragraph("The mayor, who was on the coast, thanked the fire brigade.")
    return Story(headline, paragraphs=(Paragraph(text), rest), notes=notes, language=language, extractor="test 1")


NOTE = Note("Correction: an earlier version said 12 people were killed. It was 21.", NoteKind.CORRECTION)
PROMISE = Note('This story will be updated. "family":"revision"', NoteKind.META, NoteFamily.META)
SHORT = replace(told(21, headline="Flood"), paragraphs=told(21).paragraphs[:1])


@pytest.fixture
def archive(archive):
    """Two articles: of a feed, edited under a promise alone and back; and by hand, with a note and a removal under a new headline."""
    one, _ = archive.add_article("https://a.test/1", now=NOW, source="https://a.test/feed")
    two, _ = archive.add_article("https://b.test/2", now=NOW)
    for number, story in enumerate((told(12), told(21, PROMISE), told(12))):
        seen(archive, one, story, at=NOW + timedelta(days=number))
    for number, story in enumerate((told(12, language="de-AT"), told(21, NOTE, language="de"), SHORT)):
        seen(archive, two, story, at=NOW + timedelta(days=40 + number))
    return archive


def names(archive, **chosen):
    return sorted(f"{entry.article.id}@{entry.version}" for entry in archive.changes(Selection(**chosen)))


CHOSEN = (
    ({}, ["1@2", "1@3", "2@2", "2@3"]),
    ({"firsts": True}, ["1@1", "1@2", "1@3", "2@1", "2@2", "2@3"]),
    ({"only": Only.UNDISCLOSED}, ["1@2", "1@3", "2@3"]),
    ({"only": Only.NOTES}, ["2@2"]),
    ({"only": Only.HEADLINE}, ["2@3"]),
    ({"only": Only.REMOVED}, ["2@3"]),
    ({"only": Only.REVERTS}, ["1@3"]),
    ({"source": "https://a.test/feed"}, ["1@2", "1@3"]),
    ({"source": "b.test"}, ["2@2", "2@3"]),
    ({"language": "de"}, ["2@2"]),
    ({"articles": (2,), "only": Only.REMOVED}, ["2@3"]),
    ({"since": NOW + timedelta(days=41)}, ["2@2", "2@3"]),
    ({"until": NOW + timedelta(days=2)}, ["1@2"]),
    ({"source": "' OR 1=1 --"}, []),
)


def test_a_selection_chooses(archive):
    for chosen, expected in CHOSEN:
        assert names(archive, **chosen) == expected, chosen
        assert archive.count_changes(Selection(**chosen)) == len(expected)
        assert sum(number for _, number in archive.months(Selection(**chosen))) == len(expected)


def test_the_weightiest_comes_first_and_pages_are_parts_of_the_whole(archive):
    whole = list(archive.changes(Selection()))
    assert [entry.verdict.weight for entry in whole] == sorted((e.verdict.weight for e in whole), reverse=True)
    parts = [entry for at in range(4) for entry in archive.changes(Selection(), limit=1, offset=at)]
    assert parts == whole
    newest = [entry.at for entry in archive.changes(Selection(), order=Order.NEWEST)]
    assert newest == sorted(newest, reverse=True)


def test_an_entry_tells_what_the_revision_says(archive):
    (entry,) = archive.changes(Selection(only=Only.HEADLINE))
    revision = archive.revision(entry.article, 2, 3)
    assert entry.verdict == revision.verdict
    assert (entry.headline_before, entry.headline) == (revision.diff.old.headline, revision.diff.new.headline)
    (entry,) = archive.changes(Selection(only=Only.NOTES))
    assert entry.notes == archive.revision(entry.article, 1, 2).notes
    assert entry.judged_at == entry.at


def test_a_verdict_given_again_moves_the_change_to_another_list(archive):
    article = archive.find("1")
    verdict = replace(archive.revision(article, 1, 2).verdict, disclosure=Disclosure.LATE, lag=3600.0)
    at = NOW + timedelta(days=5)
    looked = Observation(article.id, look(at=at), Event.UNCHANGED, 3, at, rejudged=((2, verdict),))
    archive.record(looked)
    assert "1@2" not in names(archive, only=Only.UNDISCLOSED)
    (entry,) = archive.changes(Selection(articles=(1,), until=NOW + timedelta(days=2)))
    assert (entry.verdict.disclosure, entry.judged_at) == (Disclosure.LATE, at)
    assert archive.habits()[1].lags == (3600.0,)


def test_habits_are_counted_by_source(archive):
    hand, feed = archive.habits()
    assert (feed.source, feed.articles, feed.read, feed.edited, feed.revisions) == ("https://a.test/feed", 1, 1, 1, 2)
    assert (hand.source, hand.substantive, hand.silent, hand.retitled, hand.gone) == ("b.test", 2, 1, 1, 0)
    at = NOW + timedelta(days=5)
    archive.record(Observation(2, look(outcome=Outcome.GONE, at=at), Event.GONE, 3, at, why="404 Not Found"))
    assert sorted(source.gone for source in archive.habits()) == [0, 1]
    wednesday = 2 * 24 + 9
    assert sum(feed.week) == 2
    assert feed.week[wednesday + 24] == 1


def test_leaves_tell_what_was_touched_since(archive):
    size = archive.leaf_count()
    assert archive.touched(size) == {}
    seen(archive, archive.find("2"), SHORT, at=NOW + timedelta(days=50))
    assert archive.touched(size) == {2: set()}
    seen(archive, archive.find("2"), told(5), at=NOW + timedelta(days=51))
    assert archive.touched(size) == {2: {4}}
    assert archive.touched(0) == {1: {1, 2, 3}, 2: {1, 2, 3, 4}}


def test_the_log_keeps_its_order_over_many_batches(archive, monkeypatch):
    whole = list(archive.log())
    monkeypatch.setattr("revtrack.archive.history._BATCH", 2)
    assert list(archive.log()) == whole
    assert [entry.version for entry in whole] == [1, 2, 3, 1, 2, 3]


def test_an_archive_of_an_earlier_release_gets_its_lists(archive):
    if "://" in archive.location:
        pytest.skip("the first release for PostgreSQL has them")
    expected = list(archive.changes(Selection(firsts=True)))
    with closing(sqlite3.connect(archive.location)) as db, db:
        for table in ("findings", "sentences", "sentence_words"):
            db.execute(f"DROP TABLE {table}")
        db.execute("CREATE VIRTUAL TABLE newest USING fts5 (headline, body)")
        db.execute("DROP INDEX IF EXISTS events_order")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = '0007_listing'")
    db.close()
    with open_archive(archive.location) as opened:
        assert list(opened.changes(Selection(firsts=True))) == expected
        assert [(found.article.id, found.first, found.last) for found in opened.trace("killed 12")][:2] == [
            (1, 1, 1),
            (1, 3, None),
        ]


def test_of_a_selection_it_is_known_which_articles_could_be_read_and_why_not(archive):
    late = NOW + timedelta(days=50)
    one, two = archive.find("1"), archive.find("2")

    def fails(article, at, **came):
        failed = replace(look(b"", at=at), **{"body": None, "outcome": Outcome.FAILED, "status": None, **came})
        basis = archive.standing(article.id).latest.number
        archive.record(Observation(article.id, failed, Event.TROUBLE, basis=basis, due_at=at))

    assert archive.reach(Selection(since=late)).looked_at == 0
    fails(one, late, reason="a.test refuses connections")
    fails(two, late - timedelta(days=1))
    fails(two, late, outcome=Outcome.BLOCKED, status=429, reason="the server answered 429")
    found = archive.reach(Selection())
    assert (found.looked_at, found.read) == (2, 2)
    assert [(it.article, it.outcome, it.is_answered, it.reason) for it in found.unread] == [
        (1, Outcome.FAILED, False, "a.test refuses connections"),
        (2, Outcome.BLOCKED, True, "the server answered 429"),
    ]
    assert found.unread[0].read_at == NOW + timedelta(days=2)
    for chosen, unread in (
        ({"source": "https://a.test/feed"}, [1]),
        ({"source": "b.test", "only": Only.NOTES}, [2]),
        ({"language": "de"}, [2]),
        ({"articles": (1,)}, [1]),
        ({"articles": (1,), "source": "b.test"}, []),
    ):
        some = archive.reach(Selection(since=late, **chosen))
        assert ([it.article for it in some.unread], some.looked_at, some.read) == (unread, len(unread), 0), chosen
    archive.record(Observation(one.id, look(at=late + timedelta(hours=1)), Event.UNCHANGED, basis=3, due_at=late))
    assert [it.article for it in archive.reach(Selection(since=late)).unread] == [2]
    assert archive.reach(Selection(since=late)).read == 1
