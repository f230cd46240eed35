"""What `check` says where there is nothing to look at, and that a file of settings is enough to begin with."""

from datetime import UTC, datetime, timedelta

import pytest

from revtrack.archive import open_archive
from revtrack.cli.running import run
from revtrack.cli.session import Session
from revtrack.cli.summing import Summary
from revtrack.config import Config, FetchSettings
from revtrack.tracker import Tracker
from tests.newsroom import answer
from tests.test_tracker import page


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


def test_trouble_of_a_source_that_was_not_asked_again_is_told_as_old(newsroom, folder, capsys):
    newsroom.publish("/f.xml", "<rss version='2.0'><channel><item><link>https://a.test/1</link></item></channel></rss>")
    settings = f'[fetch]\ngap = 0.0\n[[source]]\nurl = "{newsroom.url("/f.xml")}"\n'
    (folder / "revtrack.toml").write_text(settings, encoding="utf-8")
    run(["check"])
    fresh = capsys.readouterr().err.splitlines()[0]
    assert "refused" in fresh
    assert "as of" not in fresh
    (folder / "revtrack.toml").write_text(settings.replace("gap", 'allow = ["127.0.0.1"]\ngap'), encoding="utf-8")
    run(["check"])
    (old,) = [line for line in capsys.readouterr().err.splitlines() if "source in trouble" in line]
    assert old.startswith(f"{fresh} (as of 2")
    assert old.endswith("UTC; --all tries now)")
    assert "tried again after 2" in old
    run(["check", "--all", "--limit", "1"])
    assert "in trouble" not in capsys.readouterr().err


def test_that_an_article_is_gone_is_told_once(newsroom, capsys):
    newsroom.publish("/story", page())
    now = datetime(2026, 11, 20, tzinfo=UTC)
    settings = Config(fetch=FetchSettings(allow=("127.0.0.1",), gap=0.0))
    with open_archive("a.db") as archive:
        tracker = Tracker(archive, settings=settings, clock=lambda: now)
        article = tracker.add(newsroom.url("/story"))
        told = []
        for is_verbose in False, False, False, False, True:
            now += timedelta(hours=1)
            summary = Summary(archive, {"127.0.0.1": 1}, is_verbose=is_verbose)
            for result in tracker.check(articles=[article]):
                summary.take(result)
            summary.tell(Session())
            told.append(capsys.readouterr().out.partition("Z  ")[2].partition("  ")[0])
            newsroom.script("/story", answer("gone", 410))
    assert told == ["first version", "suspect, to be confirmed", "gone", "", "gone"]


def test_a_wall_is_no_section_and_what_was_never_there_is_not_gone(newsroom, folder, capsys):
    newsroom.publish("/wall", "<title>Before you continue</title><h1>Before you continue</h1><p>We value your privacy")
    newsroom.publish("/front", "".join(f"<h2><a href=/n/{n}>Ferry number {n} sails again</a></h2>" for n in range(30)))
    newsroom.script("/mistyped", answer("no", 404))
    (folder / "revtrack.toml").write_text('[fetch]\nallow = ["127.0.0.1"]\ngap = 0.0\n', encoding="utf-8")
    run(["add", *map(newsroom.url, ("/wall", "/front", "/mistyped"))])
    capsys.readouterr()
    run(["check"])
    wall, front, counted, *_ = capsys.readouterr().err.splitlines()
    assert wall.endswith("; it is looked at again")
    assert front.endswith("'revtrack add URL --as section'")
    assert counted == "3 looked at: 2 trouble, 1 not found"
    run(["list"])
    assert "never    not found  " in capsys.readouterr().out
