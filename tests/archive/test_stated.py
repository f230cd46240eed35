"""What pages stated of a version, that an article is looked at no more, and what was let go are proven as the rest is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from revtrack.archive import Observation
from revtrack.archive.values import Derivation, DerivedVersion
from revtrack.evidence import State, verify
from revtrack.model import Event
from revtrack.verdicts import compare
from tests.archive.test_sqlite import NOW, URL, look, story

STATED = NOW - timedelta(hours=3)


@pytest.fixture
def article(archive):
    """An article of two versions, of which the first stated when it was changed."""
    article = archive.add_article(URL, now=NOW)[0]
    record(archive, article, b"1", Event.FIRST, 0, told=story(12), modified=STATED)
    record(archive, article, b"2", Event.REVISED, 1, told=story(21))
    return article


def record(archive, article, body, event, basis, *, told=None, modified=None, due_at=NOW):
    revision = compare(story(12), told) if told and basis else None
    seen = look(body, at=NOW + timedelta(minutes=len(list(archive.looks(article)))))
    changed = {"story": told, "revision": revision, "modified": modified}
    archive.record(Observation(article.id, seen, event, basis, due_at, **changed))


def change(archive, statement):
    with archive.transaction():
        archive._db.execute(statement)


def found(archive):
    return [f"{one.about}: {one.says}" for one in verify(archive) if one.state is State.DAMAGED]


def kinds(archive):
    return [leaf.kind for leaf in archive.leaves()]


def test_only_a_version_that_stated_a_time_has_a_leaf_for_it_and_a_new_one_where_it_moved(archive, article):
    assert kinds(archive).count("stated") == 1
    for stated in (STATED, STATED, STATED + timedelta(hours=1), None):
        record(archive, article, b"2", Event.UNCHANGED, 2, modified=stated)
    assert kinds(archive).count("stated") == 3
    assert archive.touched(archive.leaf_count() - 1)[article.id] <= {2}
    assert found(archive) == []


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE versions SET modified = '2024-11-20T08:00:00Z' WHERE number = 1",
        "UPDATE versions SET modified = NULL WHERE number = 1",
        "UPDATE versions SET modified = '2024-11-20T08:00:00Z' WHERE number = 2",
        "UPDATE articles SET retired_at = '2024-11-20T08:00:00Z'",
        "UPDATE bodies SET codec = 'gone', bytes = substr(bytes, 1, 0) WHERE id = 2",
    ],
)
def test_what_a_report_shows_of_it_cannot_be_forged(archive, article, forged):
    record(archive, article, b"again", Event.UNCHANGED, 2)
    assert found(archive) == []
    change(archive, forged)
    assert len(found(archive)) >= 1


def test_that_an_article_is_looked_at_no_more_is_proven_until_it_is_again(archive, article):
    record(archive, article, b"2", Event.UNCHANGED, 2, due_at=None)
    assert kinds(archive)[-1] == "ended"
    change(archive, "UPDATE articles SET retired_at = NULL")
    assert found(archive) == [
        "article 1: since when it is not looked at, or that it is another: it is not what was recorded"
    ]
    change(archive, f"UPDATE articles SET retired_at = '{NOW + timedelta(minutes=2):%Y-%m-%dT%H:%M:%SZ}'")
    archive.hasten([article.id], now=NOW)
    assert kinds(archive).count("ended") == 2
    assert found(archive) == []


def derived(archive, article, *versions):
    looks = [one.snapshot.id for one in archive.looks(article)]
    places = {number: version.number for number, version in zip(looks, versions, strict=False)}
    seen = {number: places.get(number) for number in looks}
    archive.put_derivation(article, Derivation(article.id, looks[-1], versions, {}, (), seen), now=NOW, stamp="x")


def test_what_a_derivation_drops_is_superseded_and_proven_anew_when_it_is_back(archive, article):
    record(archive, article, b"2", Event.UNCHANGED, 2, modified=STATED)
    first, second = (
        DerivedVersion(
            number=version.number,
            snapshot_id=version.first_snapshot,
            fingerprint=version.story.fingerprint,
            extractor=version.story.extractor,
            story=row[0],
            first_seen=version.first_seen,
            last_seen=version.first_seen,
            modified=version.modified,
        )
        for version, row in zip(
            archive.versions(article), archive._db.execute("SELECT story FROM versions ORDER BY number"), strict=True
        )
    )
    for versions in ((first,), (first, second), (replace(first, modified=None), second)):
        derived(archive, article, *versions)
        assert found(archive) == []
    change(archive, "UPDATE versions SET modified = '2024-11-20T08:00:00Z' WHERE number = 1")
    assert len(found(archive)) == 1


OTHER = "https://a.test/storm/amp"


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE addresses SET url = 'https://a.test/other' WHERE url = '{other}'",
        "UPDATE addresses SET url = 'https://a.test/other' WHERE url != '{other}'",
        "DELETE FROM addresses WHERE url = '{other}'",
        "INSERT INTO addresses (key, url, article_id) VALUES ('b.test/b', 'https://b.test/b', 1)",
        "UPDATE addresses SET article_id = 2 WHERE url = '{other}'",
        "UPDATE sources SET url = 'https://b.test/feed'",
        "UPDATE sources SET parent = 'https://b.test/feeds.opml'",
        "DELETE FROM sources",
    ],
)
def test_the_addresses_of_an_article_and_the_sources_are_proven(archive, article, forged):
    archive.add_article("https://a.test/another", now=NOW)
    archive.add_source("https://a.test/feed", "feed", now=NOW)
    known = Observation(article.id, look(b"2"), Event.UNCHANGED, 2, NOW, addresses=(OTHER,))
    archive.record(known)
    archive.record(known)
    assert kinds(archive).count("known") == 1
    assert found(archive) == []
    change(archive, forged.format(other=OTHER))
    assert len(found(archive)) >= 1


def test_addresses_go_with_an_article_to_the_one_that_it_turned_out_to_be(archive, article):
    twin = archive.add_article("https://a.test/twin", now=NOW)[0]
    archive.record(Observation(article.id, look(b"2"), Event.UNCHANGED, 2, NOW, same=(twin.id,)))
    assert kinds(archive).count("known") == 1
    assert "https://a.test/twin" in archive.find("1").urls
    assert found(archive) == []
