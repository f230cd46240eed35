"""The command: what it says, what it keeps, and what it makes of trouble."""

import csv
import json
import os

import pytest

from revtrack.cli.running import run
from tests.backfill.pages import EDITED, SENTENCES, URL, History, hours, page
from tests.backfill.test_memento import Wayback, captured
from tests.newsroom import answer


@pytest.fixture
def revtrack(tmp_path, monkeypatch, capfdbinary):
    """Run a command line with an archive of its own; return what it printed, and its complaints."""
    for name in os.environ:
        if name.startswith(("REVTRACK", "FORCE_COLOR", "NO_COLOR")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def revtrack(*arguments, code=0):
        assert run(["--archive", "a.db", *arguments]) == code, capfdbinary.readouterr()
        out, err = (stream.decode() for stream in capfdbinary.readouterr())
        assert "Traceback" not in err
        return out, err

    return revtrack


@pytest.fixture
def history(tmp_path):
    made = History(tmp_path / "history")
    for number, sentences in enumerate((SENTENCES, SENTENCES, EDITED)):
        made.commit(hours(number), {"a.html": page(sentences, chrome=number), "b\x1b[31m.html": page(url="")})
    return made


@pytest.mark.usefixtures("history")
def test_a_history_comes_in_and_is_told_with_its_provenance(revtrack):
    out, err = revtrack("backfill", "git", "history")
    assert out == f"1  3 looks  0 → 2 versions  {URL}\n"
    assert "left out 1: nothing says which article it is" in err
    assert "\x1b" not in err
    assert "3 looks at 1 article came in" in err
    shown = json.loads(revtrack("show", URL, "--all", "--json")[0])
    assert [version["seen_by"] for version in shown] == [["git"], ["git"]]
    assert "  imported   none       " in revtrack("list")[0]
    shown, plan = revtrack("show", "1")
    assert "publication not stated" in shown
    assert "None" not in shown
    assert plan == f"brought in, and not looked at; 'revtrack add {URL}' begins\n"
    assert revtrack("verify")[1]


@pytest.mark.usefixtures("history")
def test_a_second_run_brings_in_nothing(revtrack):
    revtrack("backfill", "git", "history")
    before = revtrack("log", "--json")
    out, err = revtrack("backfill", "git", "history")
    assert out == ""
    assert "0 looks at 0 articles came in; 3 were there" in err
    assert revtrack("log", "--json") == before


@pytest.mark.usefixtures("history")
def test_a_dry_run_says_what_would_come_and_writes_nothing(revtrack, tmp_path):
    out, _ = revtrack("backfill", "git", "history", "--dry-run")
    assert out == f"new  3 looks    {URL}\n"
    assert not (tmp_path / "a.db").exists()
    told = json.loads(revtrack("backfill", "git", "history", "--dry-run", "--since", "2024-05-01T09:30", "--json")[0])
    assert (told["looks"], told["new"], told["dry_run"]) == (1, 1, True)
    assert [(a["url"], a["new"]) for a in told["articles"]] == [(URL, 1)]


def test_where_nothing_can_be_brought_in_the_exit_code_says_so(revtrack, tmp_path):
    (tmp_path / "empty").mkdir()
    _, err = revtrack("backfill", "git", "empty", code=2)
    assert "no git repository" in err
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "story.html").write_text(page())
    _, err = revtrack("backfill", "folder", "saved", code=2)
    assert "neither its name nor a folder's says when" in err
    _, err = revtrack("backfill", "git", "saved", "--files", "(", code=2)
    assert "--files is no regular expression" in err
    _, err = revtrack("backfill", "wayback", "https://example.org:bad/", code=2)
    assert "example.org:bad" in err
    assert not (tmp_path / "a.db").exists(), "an archive is made when there is something to keep in it"


def test_what_came_to_nothing_is_counted_by_reason_and_listed(revtrack, tmp_path):
    (saved := tmp_path / "saved").mkdir()
    pages = {
        "=20240501": page(),
        "20240502": page(EDITED),
        "20240503": "",
        "20240504": "<html><body><h1>Before you continue</h1><p>We use cookies. Accept them to go on.</p></body></html>",
        "20240505": page()[:480],
        "20990101": page(),
    }
    for name, content in pages.items():
        (saved / f"{name}.html").write_text(content)
    (saved / "=cmd.pdf").write_text("%PDF")
    listed = ("--article", URL, "--refused")
    _, err = revtrack("backfill", "folder", "saved", *listed, "refused.csv")
    assert "5 looks at 1 article came in; 3 of them made no version" in err
    for reason in ("the page breaks off", "a consent page: it says …", "it is empty"):
        assert any(line.startswith("no version from 1: ") and reason in line for line in err.splitlines()), reason
    assert "left out 1: it is dated in the future (such as 20990101.html)" in err
    with (tmp_path / "refused.csv").open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["what"] for row in rows] == ["left out"] * 2 + ["no version"] * 3
    assert {row["place"] for row in rows if row["what"] == "left out"} == {"20990101.html", "'=cmd.pdf"}
    told = json.loads(revtrack("backfill", "folder", "saved", *listed, "again.jsonl", "--json")[0])
    assert (told["looks"], told["new"], len(told["skipped"]), told["no_version"]) == (5, 0, 2, [])
    assert [json.loads(line)["what"] for line in (tmp_path / "again.jsonl").read_text().splitlines()] == [
        "left out"
    ] * 2


def test_nothing_brought_in_is_no_success(revtrack, tmp_path):
    (tmp_path / "none.csv").write_text("url,time,text\n")
    (tmp_path / "none.warc.gz").write_bytes(b"")
    for kind, name in (("table", "none.csv"), ("warc", "none.warc.gz")):
        assert "nothing came in" in revtrack("backfill", kind, name, code=2)[1]
    assert "did you mean 'table'" in revtrack("backfill", "csv", "none.csv", code=2)[1]


def test_a_wayback_machine_is_asked_and_its_refusal_keeps_what_came(revtrack, newsroom, tmp_path):
    (tmp_path / "revtrack.toml").write_text(
        f'[fetch]\nallow = ["{newsroom.host}"]\ngap = 0\n[backfill]\nwayback = "{newsroom.url("")}"\n'
    )
    wayback = Wayback(newsroom)
    wayback.has(hours(0), captured(page(), hours(0)))
    wayback.has(hours(1), captured(page(EDITED), hours(1)))
    wayback.has(hours(2), answer("later", 429, headers={"Retry-After": "3600"}))
    out, _ = revtrack("backfill", "wayback", URL, "--dry-run")
    assert out == f"new  3 looks    {URL}\n"
    assert len(newsroom.requests) == 2  # robots.txt and the list: no capture
    out, err = revtrack("backfill", "wayback", URL, code=2)
    assert out == f"1  2 looks  0 → 2 versions  {URL}\n"
    assert "run the same again then" in err.splitlines()[-1]
    asked = len(newsroom.requests)
    revtrack("backfill", "wayback", URL, code=2)
    assert len(newsroom.requests) == asked
