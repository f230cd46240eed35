"""report, when, search and log on the command line: what they choose, where they write, and what they refuse."""

import csv
import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from bench.site.stories import lives, record
from revtrack.archive import open_archive
from revtrack.archive.values import Only, Selection
from revtrack.cli.running import run


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """An archive of a few articles."""
    path = tmp_path_factory.mktemp("report") / "a.db"
    with open_archive(path) as archive:
        record(archive, lives(6, 4), 6)
    return path


@pytest.fixture
def revtrack(file, capfd):
    def call(*arguments, code=0):
        assert run(["--archive", str(file), *arguments]) == code, capfd.readouterr()
        return capfd.readouterr()

    return call


def numbers(file, **chosen):
    with open_archive(file) as archive:
        return [(e.article.id, e.version) for e in archive.changes(Selection(**chosen))]


@pytest.mark.parametrize("only", list(Only))
def test_every_form_and_the_log_choose_the_same(revtrack, file, only):
    expected = numbers(file, only=only)
    log = json.loads(revtrack("log", "--only", only.value, "--json").out)
    assert [(entry["article"]["id"], entry["version"]) for entry in log] == expected
    listed = json.loads(revtrack("report", "--form", "json", "--only", only.value).out)
    assert [(one["article"]["id"], one["new"]) for one in listed] == expected
    rows = list(csv.DictReader(revtrack("report", "--form", "csv", "--only", only.value).out.splitlines()))
    assert [(int(row["article"]), int(row["new"])) for row in rows] == expected
    entries = json.loads(revtrack("report", "--form", "jsonfeed", "--only", only.value).out).get("items", [])
    assert len(entries) == len(expected)


def test_filters_go_together(revtrack, file):
    chosen = {"source": "https://www.valley-times.test/feed.xml", "since": datetime(2024, 3, 1, tzinfo=UTC)}
    log = json.loads(revtrack("log", "--source", "valley-times", "--since", "2024-03-01", "--json").out)
    assert [(entry["article"]["id"], entry["version"]) for entry in log] == numbers(file, **chosen)
    assert json.loads(revtrack("log", "--language", "xx", "--json").out) == []
    named = json.loads(revtrack("report", "2", "3", "--form", "json").out)
    assert {one["article"]["id"] for one in named} == {2, 3}


def test_what_fits_no_source_or_many_is_refused_in_a_line(revtrack):
    for source, why in (("nowhere", "no source"), (".test", "fits")):
        complaint = revtrack("log", "--source", source, code=2).err
        assert why in complaint
        assert complaint.count("\n") == 1
    assert "no time" in revtrack("report", "--since", "tomorrow", code=2).err
    assert "leave them out" in revtrack("log", "--since", "", code=2).err
    assert "--site goes with" in revtrack("report", "--site", "x", "--only", "notes", code=2).err
    assert "no address" in revtrack("report", "--form", "atom", "--home", "javascript:alert(1)", code=2).err


def test_a_file_is_whole_or_not_there(revtrack, tmp_path):
    revtrack("report", "--form", "html", "--output", str(tmp_path / "r.html"))
    assert (tmp_path / "r.html").read_text().startswith("<!doctype html>")
    assert "cannot write" in revtrack("report", "--output", str(tmp_path / "no" / "r.md"), code=2).err
    assert [path.name for path in tmp_path.iterdir()] == ["r.html"]


def test_a_card_is_of_one_revision(revtrack, tmp_path):
    assert revtrack("report", "1@2", "--card", str(tmp_path / "c.svg")).out.strip()
    assert (tmp_path / "c.svg").read_text().lstrip().startswith("<svg")
    assert "first version" in revtrack("report", "1@1", "--card", str(tmp_path / "d.svg"), code=2).err
    assert "one revision" in revtrack("report", "--card", str(tmp_path / "d.svg"), code=2).err


def test_a_site_is_written_and_the_second_time_nothing(revtrack, tmp_path, monkeypatch):
    monkeypatch.setattr("revtrack.site.manifest._digest", lambda: "this code")  # not what is edited meanwhile
    first = revtrack("report", "--site", str(tmp_path / "site"))
    assert first.out.strip() == str(tmp_path / "site" / "index.html")
    assert json.loads(revtrack("report", "--site", str(tmp_path / "site"), "--json").out)["files"] == 0
    assert json.loads(revtrack("report", "--site", str(tmp_path / "site"), "--json", "--anew").out)["whole"] is True


def test_when_tells_stretches_of_one_article_or_of_all(revtrack, file):
    with open_archive(file) as archive:
        headline = archive.find("1").headline
    said = revtrack("when", "1", headline).out
    assert "first seen" in said
    assert "in the newest version" in said
    (one,) = json.loads(revtrack("when", "1", headline, "--json").out)
    assert (one["id"], one["last"], one["gone_at"]) == (1, None, None)
    assert {found["id"] for found in json.loads(revtrack("when", "officials", "--json").out)} >= {1}
    assert "no version" in revtrack("when", "zebra crossing").err
    assert "quote the phrase" in revtrack("when", "1", "two", "words", code=2).err


def test_search_tells_which_versions_hold_the_words(revtrack):
    found = json.loads(revtrack("search", "officials", "--json").out)
    assert {"id", "headline", "text", "first", "last", "first_seen", "schema"} <= set(found[0])
    assert "@1" in revtrack("search", "officials").out


def test_a_log_of_nothing_is_an_empty_list(revtrack):
    assert json.loads(revtrack("log", "--since", "2099-01-01", "--json").out) == []
    assert "nothing changed that fits" in revtrack("log", "--since", "2099-01-01").err


def test_a_long_log_begins_at_once(file):
    command = [sys.executable, "-m", "revtrack", "--archive", str(file), "log", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout.readline() == b"[\n"
        process.stdout.close()
        assert process.wait(timeout=20) in {141, 0}


def test_since_counts_back_from_now(revtrack):
    assert json.loads(revtrack("log", "--since", "1h", "--json").out) == []


def test_a_page_leads_to_each_article_and_shows_what_changed_in_it(revtrack):
    page = BeautifulSoup(revtrack("report", "--form", "html", "--limit", "3").out, "lxml")
    entries = json.loads(revtrack("report", "--form", "json", "--limit", "3").out)
    assert [one.h3.a["href"] for one in page.select("li.revision")] == [one["article"]["url"] for one in entries]
    for line, entry in zip(page.select("li.revision"), entries, strict=True):
        shown = " ".join(line.text.split())
        assert all(change["new"] in shown for change in entry["changes"])
    homely = BeautifulSoup(
        revtrack("report", "--form", "html", "--home", "https://h.test/x", "--limit", "1").out, "lxml"
    )
    (first, *_) = entries
    there = f"https://h.test/x/articles/{first['article']['id']}"
    assert [a["href"] for a in homely.select("li a")] == [f"{there}/{first['new']}.html", f"{there}/index.html"]


def test_a_morning_without_a_change_says_so_to_people(revtrack, tmp_path):
    said = "No such change since 2098-12-31 00:00 UTC (0 articles looked at)."
    chosen = ["--since", "2098-12-31", "--only", "notes"]
    assert said in revtrack("report", *chosen).out
    page = BeautifulSoup(revtrack("report", "--form", "html", *chosen).out, "lxml")
    assert said in page.text
    assert revtrack("report", "--form", "csv", *chosen, "-o", str(tmp_path / "r.csv")).err.startswith("nothing changed")


def test_a_card_is_an_svg_or_a_png_and_says_where_it_is(revtrack, tmp_path):
    complaint = revtrack("report", "1@2", "--card", str(tmp_path / "edit.jpg"), code=2).err
    assert ".svg or .png" in complaint
    assert complaint.count("\n") == 1
    assert not list(tmp_path.iterdir())
    assert "written to" in revtrack("report", "1@2", "--card", str(tmp_path / "edit.SVG")).err
