"""An archive that is carried to the other store, and back, is the same archive."""

from datetime import timedelta

import pytest

from revtrack.archive import open_archive
from revtrack.archive.carrying import TABLES
from revtrack.archive.sqlite import SQLiteArchive
from revtrack.cli.running import run
from revtrack.errors import ArchiveError, InputError
from revtrack.evidence import keep_checkpoint, read_checkpoints, verify
from tests.archive.test_sqlite import NOW, URL, damage, seen, story


def nothing(_table, _rows):
    pass


@pytest.fixture
def source(tmp_path):
    """An archive in a file with a checkpoint beside it."""
    with open_archive(tmp_path / "from.db") as opened:
        opened.add_source("https://a.test/feed", "feed", now=NOW)
        for number, url in enumerate((URL, "https://a.test/other")):
            article, _ = opened.add_article(url, now=NOW)
            for hours in range(6):
                seen(opened, article, story(hours // 2 + number), at=NOW + timedelta(hours=hours))
        keep_checkpoint(opened, NOW + timedelta(hours=9))
        yield opened


def every_row(archive):
    ask = archive._db.execute
    return {table: sorted(map(repr, ask(f"SELECT * FROM {table}").fetchall())) for table in TABLES}


def test_a_copy_there_and_back_has_every_row_and_fits_the_same_checkpoint(source, database, tmp_path):
    with open_archive(database) as there, open_archive(tmp_path / "back.db") as back:
        told = []
        carried = there.fill(source, tell=lambda table, rows: told.append((table, rows)))
        back.fill(there, tell=nothing)
        assert every_row(source) == every_row(there) == every_row(back)
        assert carried["snapshots"] == 12
        assert ("snapshots", 12) in told
        checkpoints = read_checkpoints(tmp_path / "from.db.checkpoints")
        for archive in (there, back):
            assert list(verify(archive, checkpoints)) == []
            assert archive.search("storm") == source.search("storm") != []
            assert seen(archive, archive.find("1"), story(99), at=NOW + timedelta(days=1)).snapshot.id == 13
            assert archive.add_article("https://a.test/new", now=NOW)[0].id == 3
            assert damage(archive) == []


def test_an_archive_that_holds_anything_is_no_target(source, location):
    with open_archive(location) as target:
        target.add_article("https://b.test/mine", now=NOW)
        with pytest.raises(InputError, match="not empty"):
            target.fill(source, tell=nothing)
        assert [article.url for article in target.articles()] == ["https://b.test/mine"]


def test_a_copy_that_fails_leaves_nothing(source, location):
    def fail(table, _rows):
        if table == "versions":
            raise KeyboardInterrupt

    with open_archive(location) as target:
        with pytest.raises(KeyboardInterrupt):
            target.fill(source, tell=fail)
        assert list(target.articles()) == []
        target.fill(source, tell=nothing)
        assert len(list(target.articles())) == 2


def test_what_the_other_store_cannot_keep_is_said_and_nothing_is_carried(source, database):
    source._db.execute("UPDATE snapshots SET reason = ? WHERE id = 3", ("a\0b",))
    with open_archive(database) as target:
        with pytest.raises(ArchiveError, match="NUL"):
            target.fill(source, tell=nothing)
        assert list(target.articles()) == []


def test_damage_is_carried_as_it_is(source, database):
    source._db.execute("UPDATE snapshots SET outcome = 'gone' WHERE id = 3")
    with open_archive(database) as target:
        target.fill(source, tell=nothing)
        assert damage(target) == damage(source) != []


def test_every_table_of_the_file_is_carried_but_who_is_looking(source):
    names = {name for (name,) in source._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    left = {"leases", "_sqlite_migrations"} | {name for name in names if name.startswith("sentence_words")}
    assert names - left == set(TABLES)


def test_a_backup_of_a_server_is_an_archive_in_a_file(source, database, tmp_path):
    with open_archive(database) as there:
        there.fill(source, tell=nothing)
        there.back_up(tmp_path / "backup.db")
    assert sorted(file.name for file in tmp_path.glob("backup*")) == ["backup.db"]
    with SQLiteArchive(tmp_path / "backup.db") as backup:
        assert every_row(backup) == every_row(source)


def test_the_command_carries_and_never_shows_a_password(source, database, tmp_path, capsys):
    url = database.replace("postgres:@", "postgres:secret@")
    assert run(["archive", "copy", source.location, url]) == 0
    assert run(["--archive", url, "list", "--json"]) == 0
    assert run(["archive", "copy", url, str(tmp_path / "back.db"), "--json"]) == 0
    assert run(["archive", "copy", source.location, url]) == 2
    out, err = capsys.readouterr()
    assert "2 articles, 12 looks" in err
    assert '"snapshots": 12' in out
    assert "is not empty" in err
    assert "secret" not in out + err
