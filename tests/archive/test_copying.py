import pytest

from revtrack.archive import open_archive
from revtrack.errors import InputError, UnwritableError
from tests.archive.test_sqlite import NOW, URL, damage, seen, story


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "a.db") as opened:
        seen(opened, opened.add_article(URL, now=NOW)[0], story(12))
        yield opened


def test_a_copy_is_an_archive_with_all_that_was_recorded(archive, tmp_path):
    archive.back_up(tmp_path / "copy.db")
    seen(archive, archive.find("1"), story(21))
    with open_archive(tmp_path / "copy.db") as copy:
        assert [v.story for v in copy.versions(copy.find("1"))] == [story(12)]
        assert damage(copy) == []
        seen(copy, copy.find("1"), story(30))
    assert sorted(file.name for file in tmp_path.glob("copy.db*")) == ["copy.db"]


def test_a_copy_is_made_while_another_writes(archive, tmp_path):
    with open_archive(tmp_path / "a.db") as writer, writer.transaction():
        writer.add_article("https://a.test/other", now=NOW)
        archive.back_up(tmp_path / "copy.db")
    with open_archive(tmp_path / "copy.db") as copy:
        assert [article.url for article in copy.articles()] == [URL]


def test_a_new_copy_takes_the_place_of_the_old_one_and_a_failed_one_does_not(archive, tmp_path):
    copy = tmp_path / "copy.db"
    archive.back_up(copy)
    before = copy.read_bytes()
    (tmp_path / "copy.db.partial").mkdir()
    with pytest.raises(UnwritableError):
        archive.back_up(copy)
    assert copy.read_bytes() == before
    (tmp_path / "copy.db.partial").rmdir()
    seen(archive, archive.find("1"), story(21))
    archive.back_up(copy)
    assert copy.read_bytes() != before


def test_the_archive_is_no_place_for_its_own_copy(archive, tmp_path):
    with pytest.raises(InputError, match="archive itself"):
        archive.back_up(tmp_path / "a.db")
    with pytest.raises(UnwritableError, match="cannot write"):
        archive.back_up(tmp_path / "no" / "copy.db")


def test_order_is_that_of_recording_whatever_the_clock_did(archive):
    from datetime import timedelta

    for hours, number in ((-5, 21), (9, 30), (-30, 40)):
        seen(archive, archive.find("1"), story(number), at=NOW + timedelta(hours=hours))
    assert [entry.version for entry in archive.log()] == [1, 2, 3, 4]
    assert [v.number for v in archive.versions(archive.find("1"))] == [1, 2, 3, 4]
    assert [s.id for s in archive.snapshots(archive.find("1"))] == [1, 2, 3, 4]
    assert damage(archive) == []
