"""What is put in the place of something: never an archive, a device or a folder; a link stays one."""

import os
from datetime import UTC, datetime

import pytest

from revtrack.archive import open_archive
from revtrack.cli.running import run
from revtrack.errors import UnwritableError
from revtrack.placing import make_folder, placed


def put(file, content=b"rows"):
    with placed(file) as path:
        path.write_bytes(content)


@pytest.mark.parametrize("form", ["--sqlite", "--jsonl", "--warc", "--csv"])
def test_no_export_takes_the_place_of_an_archive_its_own_least_of_all(tmp_path, monkeypatch, capsys, form):
    monkeypatch.chdir(tmp_path)
    for name in ("a.db", "other.db"):
        open_archive(name).close()
    for name in ("a.db", "other.db"):
        before = (tmp_path / name).read_bytes()
        assert run(["--archive", "a.db", "export", form, name]) == 2
        assert "name a" in capsys.readouterr().err
        assert (tmp_path / name).read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.db", "other.db"]


def test_a_report_takes_the_place_of_any_file_but_an_archive(tmp_path, capsys):
    archive, table = tmp_path / "a.db", tmp_path / "table.csv"
    open_archive(archive).close()
    table.write_text("of yesterday")
    for file, code in ((table, 0), (archive, 2)):
        assert run(["--archive", str(archive), "report", "--form", "csv", "-o", str(file)]) == code
    assert table.read_text().startswith('"article",')
    assert "it is an archive" in capsys.readouterr().err
    open_archive(archive, create=False).close()


def test_a_copy_of_an_archive_takes_the_place_of_yesterday_s(tmp_path):
    for name in ("a.db", "b.db"):
        open_archive(tmp_path / name).close()
    assert run(["--archive", str(tmp_path / "a.db"), "export", "--backup", str(tmp_path / "b.db")]) == 0


def test_a_copy_never_takes_the_place_of_what_it_does_not_hold(tmp_path, capsys):
    for name in ("a.db", "b.db"):
        with open_archive(tmp_path / name) as archive:
            archive.add_article(f"https://example.org/{name}", now=datetime(2024, 11, 20, tzinfo=UTC))
    before = (tmp_path / "b.db").read_bytes()
    backup = ["--archive", str(tmp_path / "a.db"), "export", "--backup"]
    assert run([*backup, str(tmp_path / "b.db")]) == 2
    assert "records that this archive has not" in capsys.readouterr().err
    assert (tmp_path / "b.db").read_bytes() == before
    assert run([*backup, str(tmp_path / "c.db")]) == 0
    with open_archive(tmp_path / "a.db") as archive:
        archive.add_article("https://example.org/later", now=datetime(2024, 11, 21, tzinfo=UTC))
    assert run([*backup, str(tmp_path / "c.db")]) == 0


def test_a_pipe_or_a_device_is_never_replaced_by_a_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    for name in ("pipe", "link"):
        with pytest.raises(UnwritableError, match="a device or a pipe"):
            put(tmp_path / name)
    assert (tmp_path / "pipe").is_fifo()


def test_a_link_stays_one(tmp_path):
    (tmp_path / "public").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "public" / "report")
    put(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "public" / "report").read_bytes() == b"rows"
    (tmp_path / "round").symlink_to("round")
    with pytest.raises(UnwritableError):
        put(tmp_path / "round" / "report")


def test_a_file_where_a_folder_is_wanted_is_said(tmp_path, capsys):
    archive, file = tmp_path / "a.db", tmp_path / "notes.txt"
    open_archive(archive).close()
    file.write_text("mine")
    for arguments in (["export", "--csv"], ["report", "--site"]):
        assert run(["--archive", str(archive), *arguments, str(file)]) == 2
        assert "it is a file; name a folder" in capsys.readouterr().err
    with pytest.raises(UnwritableError, match="Not a directory"):
        make_folder(file / "deeper")
    assert file.read_text() == "mine"
