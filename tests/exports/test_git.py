"""A git history has one commit a version, dated when it was first seen, and nothing in it that a page could steer."""

import sqlite3
import subprocess
from contextlib import closing

import pytest

from revtrack.cli.running import run
from tests.exports.seeing import page, see


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    return see(tmp_path_factory.mktemp("seen") / "a.db")


def write(seen, folder, *options):
    return run(["--archive", str(seen), "-q", "export", "--git", str(folder), *options])


def git(folder, *arguments):
    return subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True).stdout


def test_each_version_is_a_commit_at_the_time_it_was_first_seen(seen, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))  # as within a hook of another repository
    assert write(seen, tmp_path / "history") == 0
    monkeypatch.delenv("GIT_DIR")
    log = git(tmp_path / "history", "log", "--reverse", "--date=iso-strict", "--format=%ad %s").splitlines()
    assert [line[:16] for line in log] == [
        "2024-11-20T10:00",
        "2024-11-20T12:00",
        "2024-11-20T14:00",
        "2024-11-20T17:00",
    ]
    assert [line.split()[2][0] for line in log] == ["1", "2", "3", "1"]
    git(tmp_path / "history", "fsck", "--strict")


def test_a_step_between_versions_is_a_diff_of_their_texts(seen, tmp_path):
    write(seen, tmp_path / "history", "1")
    (name,) = (path for path in (tmp_path / "history").rglob("*.txt"))
    assert name.relative_to(tmp_path / "history").as_posix() == "127.0.0.1/1-story.txt"
    words = git(tmp_path / "history", "log", "-p", "--word-diff=plain", "-1", "HEAD~1")
    assert "[-12-]{+21+}" in words
    assert "Disclosure: late" in words


def test_pages_are_kept_as_they_came_on_demand(seen, tmp_path):
    write(seen, tmp_path / "history", "1", "--html")
    (name,) = (path for path in (tmp_path / "history").rglob("*.html"))
    assert git(
        tmp_path / "history", "show", f"HEAD~2:{name.relative_to(tmp_path / 'history').as_posix()}"
    ).encode() == page(12)


def test_a_folder_that_holds_something_is_left_alone(seen, tmp_path, capsys):
    (tmp_path / "mine").write_text("mine")
    assert write(seen, tmp_path) == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_history_that_fails_midway_leaves_nothing(seen, tmp_path, capsys):
    copied = tmp_path / "kept" / "a.db"
    copied.parent.mkdir()
    copied.write_bytes(seen.read_bytes())
    with closing(sqlite3.connect(copied)) as archive, archive:
        archive.execute("UPDATE versions SET story = 'no JSON', packed = NULL WHERE article_id = 2")
    assert write(copied, tmp_path / "history") == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
