"""What `check` says where there is nothing to look at, and that a file of settings is enough to begin with."""

import pytest

from revtrack.archive import open_archive
from revtrack.cli.running import run


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REVTRACK_ARCHIVE", "a.db")
    return tmp_path


def test_sources_in_the_settings_are_enough_to_begin_with(folder, newsroom, capsys):
    newsroom.publish("/f.xml", "<rss version='2.0'><channel><title>a</title></channel></rss>")
    settings = f'[fetch]\nallow = ["127.0.0.1"]\ngap = 0.0\n[[source]]\nurl = "{newsroom.url("/f.xml")}"\n'
    (folder / "revtrack.toml").write_text(settings, encoding="utf-8")
    assert run(["check"]) == 0
    with open_archive("a.db", create=False) as archive:
        assert [source.url for source in archive.sources()] == [newsroom.url("/f.xml")]
    assert "nothing is tracked yet; 'revtrack add URL' begins" in capsys.readouterr().err


def test_without_any_settings_a_missing_archive_is_not_made(folder, capsys):
    assert run(["check"]) == 2
    assert "revtrack add URL" in capsys.readouterr().err
    assert not (folder / "a.db").exists()


def test_when_nothing_is_due_it_says_when_something_is(newsroom, folder, capsys):
    newsroom.publish("/a", "<p>Text</p>")
    (folder / "revtrack.toml").write_text('[fetch]\nallow = ["127.0.0.1"]\ngap = 0.0\n', encoding="utf-8")
    run(["add", newsroom.url("/a")])
    run(["check"])
    capsys.readouterr()
    assert run(["check"]) == 0
    assert "nothing is due until 2" in capsys.readouterr().err
