"""Stories of earlier versions are packed, come back as they were, and are proven as they were."""

from dataclasses import replace
from datetime import timedelta

import pytest

from revtrack.archive import Observation, open_archive
from revtrack.errors import ArchiveError
from revtrack.model import Event, Paragraph, Story
from tests.archive.test_sqlite import NOW, URL, damage, look, seen

TEXT = tuple(
    Paragraph(f"Paragraph {i} tells that {i * i} of {i * 7 + 3} witnesses were heard in the {i}th hour of the night.")
    for i in range(30)
)


def long_story(number, *, by="test 1"):
    return Story(headline="Storm", paragraphs=(*TEXT, Paragraph(f"It killed {number} people.")), extractor=by)


@pytest.fixture
def archive(location):
    with open_archive(location) as opened:
        article = opened.add_article(URL, now=NOW)[0]
        for number in range(20):
            seen(opened, article, long_story(number), at=NOW + timedelta(hours=number))
        yield opened


def sizes(archive):
    query = (
        "SELECT length(w.story), length(v.packed) FROM versions AS v"
        " LEFT JOIN whole_stories AS w ON w.article_id = v.article_id AND w.number = v.number ORDER BY v.number"
    )
    return list(archive._db.execute(query))


def test_stories_come_back_as_they_were(archive):
    assert [v.story for v in archive.versions(archive.find("1"))] == [long_story(n) for n in range(20)]
    assert [entry.headline for entry in archive.log()] == ["Storm"] * 20
    assert archive.revision(archive.find("1"), 7, 8).diff.old == long_story(6)
    assert damage(archive) == []


def test_only_the_newest_is_whole_and_later_ones_take_little(archive):
    *earlier, newest = sizes(archive)
    assert newest[0] > 3000
    assert newest[1] is None
    assert all(whole is None for whole, _ in earlier)
    assert max(packed for _, packed in earlier[1:]) < 60


def test_versions_that_are_read_anew_replace_those_they_rest_on(archive):
    article = archive.find("1")
    anew = tuple((n + 1, long_story(n + 500, by="test 2")) for n in range(0, 20, 3))
    archive.record(Observation(article.id, look(b"again"), Event.UNCHANGED, 20, NOW + timedelta(days=3), reread=anew))
    told = [version.story for version in archive.versions(article)]
    assert told == [long_story(n + 500, by="test 2") if n % 3 == 0 else long_story(n) for n in range(20)]
    assert max(packed for _, packed in sizes(archive)[1:-1]) < 200
    assert damage(archive) == []


def test_short_stories_stay_as_they_are(location):
    with open_archive(location) as archive:
        for number in range(3):
            told = replace(long_story(number), paragraphs=(Paragraph(f"It killed {number} people."),))
            seen(archive, archive.add_article(URL, now=NOW)[0], told)
        assert all(packed is None for _, packed in sizes(archive))


@pytest.mark.parametrize("packed", [b"\0", None])
def test_a_packed_story_that_was_changed_is_found(archive, packed):
    archive._db.execute("UPDATE versions SET packed = ? WHERE number = 4", (packed,))
    assert any(found.startswith("article 1, version 4") for found in damage(archive))
    with pytest.raises(ArchiveError, match="damaged: 'revtrack verify' says which"):
        list(archive.versions(archive.find("1")))


def test_a_damaged_story_is_never_written_over(archive):
    article = archive.find("1")
    archive._db.execute("UPDATE versions SET packed = ? WHERE number = 6", (b"\0",))
    anew = ((3, long_story(503, by="test 2")),)
    with pytest.raises(ArchiveError, match="damaged"):
        archive.record(
            Observation(article.id, look(b"again"), Event.UNCHANGED, 20, NOW + timedelta(days=3), reread=anew)
        )
    assert archive._db.execute("SELECT packed FROM versions WHERE number = 6").fetchone() == (b"\0",)
