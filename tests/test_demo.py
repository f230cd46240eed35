"""The demo is the product's promise, so its findings are pinned."""

import json
import os
import subprocess
import sys

import pytest

from revtrack.demo import load_captures


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


def run_demo(home, *arguments):
    env = {k: v for k, v in os.environ.items() if not k.startswith("REVTRACK")} | {"XDG_DATA_HOME": str(home / "data")}
    return subprocess.run(
        [sys.executable, "-m", "revtrack", *arguments], capture_output=True, text=True, cwd=home, env=env, check=True
    )


@pytest.fixture(scope="module")
def results(home):
    return json.loads(run_demo(home, "demo", "--folder", "run", "--json").stdout)


def test_the_demo_says_what_to_type_next_and_begins_anew_each_time(home):
    done = run_demo(home, "demo", "--folder", "out")
    assert "Now try:" in done.stdout
    assert "Not covered by the note: " in done.stdout
    assert done.stderr == ""
    assert (home / "out" / "demo.html").read_text().startswith("<!doctype html>")
    again = run_demo(home, "demo", "--folder", "out")
    assert again.stdout == done.stdout


def test_the_demo_touches_no_archive_of_the_users(home):
    (home / "own").mkdir()
    (home / "own" / "revtrack.db").write_text("mine")
    run_demo(home, "demo", "--folder", "own")
    assert (home / "own" / "revtrack.db").read_text() == "mine"


def test_each_capture_is_found_to_be_what_it_is(results):
    events = ["first", "unchanged", "unchanged", "revised", "revised", "revised", "suspect", "gone"]
    assert [r["event"] for r in results] == events
    assert [r["why"] for r in results][1:3] == ["304", "same story"]


def test_the_silent_edit_is_substantive_and_undisclosed(results):
    verdict = results[3]["revision"]["verdict"]
    assert (verdict["significance"], verdict["disclosure"]) == ("substantive", "undisclosed")
    assert any("12" in r["before"] and "21" in r["after"] for r in verdict["reasons"])


def test_the_noted_update_is_disclosed_in_part_and_shows_what_happened(results):
    revision = results[4]["revision"]
    assert revision["verdict"]["disclosure"] in {"disclosed", "partly"}
    assert [(n["kind"], n["place"]) for n in revision["notes"]] == [("update", "bottom")]
    ops = {block["op"] for block in revision["diff"]["blocks"]}
    assert {"move", "add", "edit", "keep"} <= ops
    assert [f["field"] for f in revision["diff"]["fields"]] == ["headline"]


def test_the_correction_is_linked_to_the_figure_it_names(results):
    revision = results[5]["revision"]
    assert revision["verdict"]["disclosure"] == "disclosed"
    notes = revision["diff"]["new"]["notes"]
    linked = [
        r for r in revision["verdict"]["reasons"] if r["note"] is not None and notes[r["note"]]["kind"] == "correction"
    ]
    assert any("4.1" in r["before"] and "4.7" in r["after"] for r in linked)


def test_the_404_is_an_event_once_it_is_seen_twice_and_no_error(results):
    gone = results[7]
    assert (gone["event"], gone["snapshot"]["status"], gone["version"]) == ("gone", 404, None)


def test_no_chrome_is_part_of_the_story(results):
    for result in results:
        if result["version"]:
            story = result["version"]["story"]
            words = json.dumps([story["headline"], story["deck"], story["paragraphs"], story["notes"]])
            for chrome in (
                "Comments(",
                "AI Chat",
                "views",
                "Most read",
                "Sign up",
                "Share",
                "Posted on",
                "Herring quota",
            ):
                assert chrome not in words


def test_the_captures_are_what_the_folder_says():
    captures = load_captures()
    assert len(captures) >= 6
    assert all(c.url.split("/")[2].endswith(".test") for c in captures)
    assert [c.time for c in captures] == sorted(c.time for c in captures)
