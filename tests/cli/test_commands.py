"""The commands as a user types them: a real server, a real archive; processes where signals and pipes matter."""

import contextlib
import itertools
import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from urllib.parse import urlsplit

import pytest

from tests.cli.conftest import environment
from tests.newsroom import Newsroom, answer
from tests.test_tracker import SENTENCES, boxed, page


def start(home, *arguments):
    """Start a command line in a process of its own, for what signals and pipes do to it."""
    return subprocess.Popen(
        [sys.executable, "-m", "revtrack", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=home, env=environment(home),
    )  # fmt: skip


def test_an_article_is_added_checked_listed_and_shown(revtrack, home, newsroom):
    assert "article  1  http" in revtrack("add", newsroom.url("/story")).stdout
    assert "first version" in revtrack("check").stdout
    assert "nothing is due" in revtrack("check").stderr
    assert "Bridge closed after divers find crack" in revtrack("list").stdout
    shown = revtrack("show", "1").stdout
    assert SENTENCES[3] in shown
    assert "at 1 look" in shown
    assert (home / "snapshots" / "revtrack.db").exists()


def test_an_edit_is_reported_ranked_and_shown(revtrack, newsroom):
    newsroom.publish("/other", page(headline="Second story"))
    revtrack("add", newsroom.url("/story"), newsroom.url("/other"))
    revtrack("check")
    newsroom.publish("/story", page([s.replace("3,400", "4,300") for s in SENTENCES]))
    newsroom.publish(
        "/other",
        page(headline="Second story", sentences=[*SENTENCES[:5], SENTENCES[5].replace("less than", "less  than")]),
    )
    done = revtrack("check", "--all", "--exit-code", code=1)
    assert "substantive, undisclosed" in done.stdout
    assert "3,400 → 4,300" in done.stdout
    assert "2 looked at: 1 revised, 1 unchanged" in done.stderr
    assert "3,400 → 4,300" in revtrack("log").stdout
    assert "3,400 → 4,300" in revtrack("log", "--only", "undisclosed", "--since", "1h").stdout
    assert revtrack("log", "--only", "reverts").stdout == ""
    diffed = revtrack("diff", "Bridge", code=1).stdout
    assert "[-3,400-]{+4,300+}" in diffed
    assert diffed == revtrack("diff", "1", "1", "2", code=1).stdout == revtrack("diff", "1", "2", code=1).stdout


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["check"],
        ["check", "--all"],
        ["log"],
        ["show", "1"],
        ["show", "1", "--all"],
        ["notes"],
        ["search", "bridge"],
    ],
)
def test_every_command_answers_as_json(revtrack, newsroom, command):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    form = json.loads(revtrack(*command, "--json").stdout)
    for item in form if isinstance(form, list) else [form]:
        assert item["schema"] == 1


def test_add_and_diff_answer_as_json(revtrack, home, newsroom):
    (added,) = json.loads(revtrack("add", newsroom.url("/story"), "--json").stdout)
    assert added["url"] == newsroom.url("/story")
    (home / "a.txt").write_text("Title\n\n" + SENTENCES[0])
    (home / "b.txt").write_text("Title\n\n" + SENTENCES[0].replace("Wednesday", "Thursday"))
    form = json.loads(revtrack("diff", "a.txt", "b.txt", "--json", code=1).stdout)
    assert form["diff"]["changes"][0]["old"] == "Wednesday"


def test_show_all_is_a_list_of_versions_with_their_stories(revtrack, newsroom):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    newsroom.publish("/story", page([*SENTENCES, "One more sentence is added at the end of the story here."]))
    revtrack("check", "--all")
    versions = json.loads(revtrack("show", newsroom.url("/story"), "--all", "--json").stdout)
    assert [v["number"] for v in versions] == [1, 2]
    assert {"first_seen", "last_seen", "story"} <= set(versions[0])
    assert {"headline", "paragraphs", "notes"} <= set(versions[0]["story"])
    assert versions[1]["story"]["paragraphs"][-1] == {
        "text": "One more sentence is added at the end of the story here.",
        "kind": "text",
    }
    assert json.loads(revtrack("show", "1@1", "--json").stdout)["number"] == 1


def test_two_files_are_compared_without_any_archive(revtrack, home):
    (home / "old.txt").write_text(
        "Bridge closed\nBridge closed\n  Posted on 11/20/2024\n" + "\n\n".join(SENTENCES) + "\nComments( 0 )\nAI Chat"
    )
    (home / "new.txt").write_text(
        "Bridge closed\nBridge closed\n  Posted on 11/20/2024\n"
        + "\n\n".join(SENTENCES)
        + "\n\nThis story has been updated with additional reporting.\nComments( 3 )\nAI Chat"
    )
    out = revtrack("diff", "old.txt", "new.txt", code=1).stdout
    assert "▌ update, at the bottom: “This story has been updated with additional reporting.”" in out
    assert "Comments" not in out
    assert "AI Chat" not in out
    assert revtrack("diff", "old.txt", "old.txt").stderr == "the same story\n"
    assert not list((home / "snapshots").iterdir())


def test_standard_input_and_html_files_are_read(home):
    (home / "old.html").write_text(page())
    new = page([s.replace("nine weeks", "ten weeks") for s in SENTENCES])
    process = subprocess.run(
        [sys.executable, "-m", "revtrack", "diff", "old.html", "-"],
        input=new, capture_output=True, text=True, cwd=home, env=environment(home), check=False,
    )  # fmt: skip
    assert process.returncode == 1
    assert "[-nine-]{+ten+}" in process.stdout


def test_two_pages_are_read_as_two_looks_at_one_article(revtrack, home):
    """The box among the text has another name now, and says what it said: nothing was edited."""
    for name in ("related-stories", "x1"):
        (home / f"{name}.html").write_text(boxed(name))
    assert revtrack("diff", "related-stories.html", "x1.html").stderr == "the same story\n"


def test_urls_are_compared(revtrack, newsroom):
    newsroom.publish("/new", page([s.replace("nine weeks", "ten weeks") for s in SENTENCES]))
    assert "[-nine-]{+ten+}" in revtrack("diff", newsroom.url("/story"), newsroom.url("/new"), code=1).stdout


def test_a_diff_is_written_to_a_file_in_any_form(revtrack, home):
    (home / "a.txt").write_text("Title\n\n" + SENTENCES[0])
    (home / "b.txt").write_text("Title\n\n" + SENTENCES[0].replace("Wednesday", "Thursday"))
    revtrack("diff", "a.txt", "b.txt", "--form", "html", "-o", "out.html", code=1)
    assert (home / "out.html").read_text().startswith("<!doctype html>")


def test_a_file_of_urls_is_added_with_what_it_lists(revtrack, home, newsroom):
    (home / "urls.txt").write_text(
        f"# ours\n{newsroom.url('/story')}\n\n{newsroom.url('/b')}?utm_source=x\n{newsroom.url('/story')}\n"
    )
    out = revtrack("add", "urls.txt").stdout
    assert newsroom.url("/b") + "\n" in out
    assert len(json.loads(revtrack("list", "--json").stdout)) == 2


def test_colour_is_asked_for_or_left_off(revtrack, home):
    (home / "a.txt").write_text("Title\n\n" + SENTENCES[0])
    (home / "b.txt").write_text("Title\n\n" + SENTENCES[0].replace("Wednesday", "Thursday"))
    assert "\x1b[9;38;5;166m" in revtrack("--color", "always", "diff", "a.txt", "b.txt", code=1).stdout
    assert "\x1b" not in revtrack("diff", "a.txt", "b.txt", code=1).stdout


# --- bad input ----------------------------------------------------------------------------------------------------


def test_bad_input_ends_in_one_clear_line(complaint, revtrack, home, newsroom):
    revtrack("add", newsroom.url("/story"), newsroom.url("/stories/other"))
    revtrack("check")
    (home / "empty.txt").write_text("  \n")
    (home / "binary").write_bytes(b"\x7fELF\x00\x00\x00\x01" * 40)
    (home / "blank.html").write_text("<html><body></body></html>")
    for arguments, words in [
        (["show", "nothing-of-the-kind"], "no tracked article fits"),
        (["show", "stor"], "fits 2 articles"),
        (["show", "1@7"], "there is no version 7"),
        (["diff", "1"], "this article has 1 version so far"),
        (["diff", "1", "2", "3", "4"], "two files or URLs"),
        (["add", "not a url"], "is not a URL"),
        (["add", "javascript:alert(1)"], "is not a URL"),
        (["add", "ftp://a.test/x"], "is not a URL"),
        (["diff", "empty.txt", "empty.txt"], "empty.txt: it is empty"),
        (["diff", "binary", "binary"], "binary file"),
        (["diff", "blank.html", "blank.html"], "no article found in blank.html"),
        (["diff", "none.txt", "empty.txt"], "there is no such file"),
        (["diff", ".", "empty.txt"], "cannot read ."),
        (["diff", "http://127.0.0.1:9/a", "http://127.0.0.1:9/b"], "cannot fetch http://127.0.0.1:9/a"),
        (["log", "--since", "yesterdayish"], "is no time"),
        (["log", "--only", "gossip"], "log --help"),
        (["nonsense"], "nonsense"),
        (["--config", "none.toml", "list"], "none.toml"),
        (["--archive", "revtrack.toml", "list"], "left untouched"),
        (["--archive", "missing.db", "list"], "there is no archive yet"),
        (["--archive", "/proc/nowhere/a.db", "add", "https://a.test/x"], "/proc/nowhere/a.db"),
        (["check", "nothing-of-the-kind"], "no tracked article fits"),
    ]:
        assert words in complaint(*arguments), arguments


def test_a_page_that_cannot_be_had_is_one_line_and_trouble(revtrack, newsroom):
    newsroom.script("/binary", answer(b"\x89PNG\r\n\x1a\n" * 20, headers={"Content-Type": "image/png"}))
    newsroom.publish("/empty", "<html><body></body></html>")
    for url in ("http://127.0.0.1:9/a", newsroom.url("/binary"), newsroom.url("/empty")):
        revtrack("add", url)
        done = revtrack("check", url, code=2)
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 1
        assert done.stderr.startswith(url)


def test_an_article_named_twice_is_looked_at_once(revtrack, newsroom):
    revtrack("add", newsroom.url("/story"))
    revtrack("check", "1", newsroom.url("/story"))
    assert [r.target for r in newsroom.requests].count("/story") == 1


def test_servers_that_asked_to_wait_are_counted_when_they_are_many(revtrack, home, newsroom):
    revtrack("add", *(newsroom.url(f"/late/{i}") for i in range(12)))
    with contextlib.closing(sqlite3.connect(home / "snapshots" / "revtrack.db")) as database, database:
        database.execute("UPDATE articles SET not_before = '2999-01-01T00:00:00Z'")
    told = revtrack("check", "--all").stderr
    assert told.count("not looked at: the server of") == 10
    assert "… and 2 more" in told
    assert not newsroom.requests


def test_what_cannot_be_written_is_said_so(complaint, home):
    for name, word in (("a", "Wednesday"), ("b", "Thursday")):
        (home / f"{name}.txt").write_text("Title\n\n" + SENTENCES[0].replace("Wednesday", word))
    (home / "file").write_text("")
    assert "cannot write file/x" in complaint("diff", "a.txt", "b.txt", "-o", "file/x")
    assert "cannot write file/y" in complaint("demo", "--folder", "file/y")


def test_one_wrong_url_among_good_ones_adds_nothing(complaint, revtrack, home):
    revtrack("add", "https://a.test/first")
    complaint("add", "https://a.test/good", "not a url")
    (home / "urls.txt").write_text("https://a.test/good\njust some words\n")
    assert "urls.txt, line 2" in complaint("add", "urls.txt")
    assert [a["url"] for a in json.loads(revtrack("list", "--json").stdout)] == ["https://a.test/first"]


def test_global_options_may_stand_anywhere(revtrack, newsroom):
    revtrack("add", newsroom.url("/story"), "--archive", "mine.db")
    assert "first version" in revtrack("check", "-q", "--archive=mine.db").stdout
    assert "unchanged" in revtrack("check", "--all", "-v", "--archive", "mine.db").stdout


def test_versions_are_named_as_the_log_names_them(complaint, revtrack, newsroom):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    newsroom.publish("/story", page([s.replace("3,400", "4,300") for s in SENTENCES]))
    revtrack("check", "--all")
    assert " 1@2 " in revtrack("log").stdout
    assert revtrack("diff", "1@2", code=1).stdout == revtrack("diff", "1", "1", "2", code=1).stdout
    assert revtrack("log", "1@2").stdout
    assert "older version first: 1 2" in complaint("diff", "1", "2", "1")
    assert "version 1 is the first" in complaint("diff", "1@1")


def test_a_note_that_came_and_went_counts_in_a_step_over_both(revtrack, newsroom):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    edited = [s.replace("4.1", "4.7") for s in SENTENCES]
    note = (
        "<p>Correction: An earlier version of this story misstated the cost. It is $4.7 million, not $4.1 million.</p>"
    )
    for version in (page(edited, note=note), page(edited)):
        newsroom.publish("/story", version)
        revtrack("check", "--all")
    form = json.loads(revtrack("diff", "1", "1", "3", "--json", code=1).stdout)
    assert form["verdict"]["disclosure"] == "disclosed"
    assert "No note" not in revtrack("diff", "1", "1", "3", code=1).stdout


def test_reading_needs_no_right_to_write(revtrack, home, newsroom):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    archive = home / "snapshots" / "revtrack.db"
    archive.chmod(0o444)
    archive.parent.chmod(0o555)
    try:
        assert "Bridge closed" in revtrack("list").stdout
        assert "first version" in revtrack("log", "1").stdout
    finally:
        archive.parent.chmod(0o755)


def test_an_unknown_setting_is_named_with_the_nearest_known_one(complaint, home):
    (home / "revtrack.toml").write_text("[fetch]\ngpa = 1\n")
    assert "unknown setting fetch.gpa: did you mean fetch.gap?" in complaint("list")


def test_hostile_text_of_a_page_reaches_no_terminal(revtrack, newsroom):
    newsroom.publish(
        "/story", page(headline="Owned \x1b]0;x\x07 by \u202e them", note="<p>Correction: \x1b[31m it was 4.</p>")
    )
    revtrack("add", newsroom.url("/story"))
    for command in (["check"], ["list"], ["log"], ["show", "1"], ["notes"], ["log", "1"]):
        done = revtrack(*command)
        assert "\x1b" not in done.stdout + done.stderr
        assert "\u202e" not in done.stdout + done.stderr


def test_interrupting_a_check_keeps_what_was_recorded(revtrack, home, newsroom):
    def slow(_request):
        time.sleep(0.2)
        return answer(page())

    for i in range(12):
        newsroom.script(f"/s/{i}", slow)
    revtrack("add", *(newsroom.url(f"/s/{i}") for i in range(12)))
    process = start(home, "check")
    while sum(r.target.startswith("/s/") for r in newsroom.requests) < 4:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in stderr
    assert stderr.splitlines()[-1] == "revtrack: stopped; what was recorded is safe, the rest is still due"
    recorded = sum(a["versions"] for a in json.loads(revtrack("list", "--json").stdout))
    assert 0 < recorded < 12
    assert f"{12 - recorded} looked at" in revtrack("check").stderr


def test_a_request_to_end_is_obeyed_as_ctrl_c_is(revtrack, home, newsroom):
    newsroom.script("/slow", lambda _: time.sleep(1.0) or answer(page()))
    revtrack("add", newsroom.url("/story"), newsroom.url("/slow"))
    process = start(home, "check")
    while not any(r.target == "/slow" for r in newsroom.requests):
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    stdout, stderr = process.communicate(timeout=20)
    assert process.returncode == 130
    assert stderr.splitlines()[-1].startswith("revtrack: stopped")
    recorded = sum(a["versions"] for a in json.loads(revtrack("list", "--json").stdout))
    assert stdout.count("first version") == recorded


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_watch_reports_and_stops_cleanly(revtrack, home, newsroom, how):
    revtrack("add", newsroom.url("/story"))
    process = start(home, "watch")
    assert "first version" in process.stdout.readline()
    process.send_signal(how)
    _, stderr = process.communicate(timeout=20)
    assert process.returncode == 0
    assert stderr.endswith("stopped; everything seen is recorded\n")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_server_bounds_what_it_is_sent_and_stops_cleanly(revtrack, home, newsroom, how):
    revtrack("add", newsroom.url("/story"))
    process = start(home, "serve", "--port", "0")
    address = process.stdout.readline().strip()
    with urllib.request.urlopen(address, timeout=10) as page_of_changes:
        assert page_of_changes.status == 200
    with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port), timeout=10) as flood:
        flood.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + b"a" * 100_000)
        assert flood.recv(100).startswith(b"HTTP/1.1 400 ")
    process.send_signal(how)
    _, stderr = process.communicate(timeout=20)
    assert process.returncode == 0
    assert stderr.endswith("stopped\n")


def test_a_checkpoint_that_cannot_be_kept_is_told_and_holds_nothing_up(revtrack, home, newsroom):
    (home / "snapshots" / "revtrack.db.checkpoints").mkdir()
    for name in ("/a", "/b"):
        newsroom.publish(name, page())
    revtrack("add", newsroom.url("/a"), newsroom.url("/b"))
    done = revtrack("--quiet", "check", code=2)
    assert done.stdout.count("first version") == 2
    assert done.stderr.startswith("revtrack: no checkpoint is kept: cannot read ")
    revtrack("add", newsroom.url("/story"))
    process = start(home, "watch")
    assert "first version" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "revtrack: no checkpoint is kept" in stderr


def test_a_second_check_is_told_who_is_looking(complaint, revtrack, home, newsroom):
    revtrack("add", newsroom.url("/story"))
    process = start(home, "watch")
    assert "first version" in process.stdout.readline()
    assert f"'watch' of process {process.pid}" in complaint("check")
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=20)
    assert "1 looked at" in revtrack("check", "--all").stderr


def test_the_servers_log_shows_the_gap_robots_and_retry_after_also_after_a_restart(revtrack, home, newsroom):
    gap = 0.15
    config = home / "revtrack.toml"
    config.write_text(config.read_text().replace("gap = 0", f"gap = {gap}"))
    newsroom.publish("/robots.txt", "User-agent: *\nDisallow: /private")
    newsroom.publish("/rss", f"<rss><channel><item><link>{newsroom.url('/story')}</link></item></channel></rss>")
    newsroom.script("/late", answer("later", 429, headers={"Retry-After": "3600"}))
    newsroom.script("/moved", answer("moved", 302, headers={"Location": "/story"}))
    revtrack("add", newsroom.url("/rss"), *map(newsroom.url, ("/late", "/private/story", "/moved")))
    for _ in range(2):
        assert start(home, "check", "--all").communicate(timeout=30)
    asked = [request.target for request in newsroom.requests]
    assert asked.count("/robots.txt") == asked.count("/late") == 1
    assert "/private/story" not in asked
    assert asked.count("/story") >= 3
    moments = [request.at for request in newsroom.requests]
    assert all(later - earlier >= gap for earlier, later in itertools.pairwise(moments))


def test_strangers_are_not_watched_without_a_word_of_whom_to_write_to(complaint, revtrack):
    revtrack("add", "https://a.test/story")
    told = complaint("watch")
    assert "a.test" in told
    assert "contact = " in told


def test_a_pass_is_told_host_by_host_with_what_failed_and_why(revtrack, home, newsroom):
    with Newsroom() as other:
        other.script("/closed", answer("no", 503))
        other.script("/shut", answer("no", 503))
        config = home / "revtrack.toml"
        config.write_text(config.read_text().replace("allow = [", f'allow = ["{other.host}", '))
        revtrack("add", newsroom.url("/story"), other.url("/closed"), other.url("/shut"))
        told = revtrack("check").stderr.splitlines()
    assert told[-3:] == [
        "3 looked at: 2 trouble, 1 first",
        f"  {other.host}: 2 due, 0 changed, 2 failed: the server answered 503 Service Unavailable (2×)",
        f"  {newsroom.host}: 1 due, 1 changed, 0 failed",
    ]


def test_a_section_page_is_followed_by_what_looks_like_its_articles(revtrack, newsroom):
    paths = [f"/2024/11/{word}-quay-opens-again-on-monday" for word in ("north", "south", "old")]
    cards = "".join(f'<h3><a href="{path}">The quay in the harbour opens again on Monday</a></h3>' for path in paths)
    newsroom.publish("/harbour", f"<nav><a href=/sport>Sport</a> <a href=/contact-us-now>Contact us</a></nav>{cards}")
    for path in paths:
        newsroom.publish(path, page())
    revtrack("add", "--as", "section", newsroom.url("/harbour"))
    assert "3 new from" in revtrack("check").stderr
    assert {a["url"] for a in json.loads(revtrack("list", "--json").stdout) if "source" in a} == {
        newsroom.url(path) for path in paths
    }


def test_a_reader_that_leaves_is_no_trouble(revtrack, home, newsroom):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    process = start(home, "show", "1")
    process.stdout.close()
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    assert process.wait(20) == 141


def test_doctor_names_a_rule_that_fits_no_page(revtrack, home, newsroom):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    assert "nothing is wrong" in revtrack("doctor").stderr
    config = home / "revtrack.toml"
    config.write_text(config.read_text() + '[[site]]\nhost = "127.0.0.1"\nbody = [".gone"]\n')
    told = revtrack("doctor", code=1).stdout
    assert "wrong" in told
    assert "'.gone' fits 0 of 1 pages" in told
    assert json.loads(revtrack("doctor", "--json", code=1).stdout)[0]["wrong"] is True


def test_a_selector_that_is_no_css_is_refused_before_anything_is_read(complaint, home):
    config = home / "revtrack.toml"
    config.write_text(config.read_text() + '[[site]]\nhost = "127.0.0.1"\nbody = ["p["]\n')
    assert "is no CSS selector" in complaint("doctor")


def test_own_note_rules_are_checked_and_then_used(revtrack, home):
    rules = home / "note-rules"
    rules.mkdir()
    own = (
        'stems = ["gone over"]\n[[pattern]]\nname = "gone over"\nkind = "amendment"\n'
        'says = "we have gone over {this} {article}"\n'
    )
    (rules / "en.toml").write_text(own + 'examples = ["Our desk went over this story."]\n')
    failed = revtrack("notes", "check", "note-rules", code=1)
    assert "'gone over': 'Our desk went over this story.' holds none of the stems" in failed.stdout
    (rules / "en.toml").write_text(own + 'examples = ["We have gone over this story."]\n')
    (home / "revtrack.toml").write_text('note_rules = "note-rules"\n' + (home / "revtrack.toml").read_text())
    assert "no complaints" in revtrack("notes", "check").stderr
    (home / "old.txt").write_text("Title\n\n" + SENTENCES[0])
    (home / "new.txt").write_text("Title\n\n" + SENTENCES[0] + "\n\nWe have gone over this story.")
    assert "amendment" in revtrack("diff", "old.txt", "new.txt", code=1).stdout


def test_note_rules_that_cannot_be_read_are_told_in_one_line(revtrack, home):
    assert "no folder of note rules" in revtrack("notes", "check", "nowhere", code=2).stderr
    (home / "note-rules").mkdir()
    assert "no rule files in note-rules" in revtrack("notes", "check", "note-rules").stderr
    (home / "note-rules" / "en.toml").write_text("stem = []")
    assert "did you mean stems?" in revtrack("notes", "check", "note-rules", code=2).stderr


def test_verify_holds_the_archive_to_its_checkpoints(revtrack, home, newsroom):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    (home / "kept").write_text((home / "snapshots" / "revtrack.db.checkpoints").read_text())
    assert "held against 1 checkpoint: nothing is wrong" in revtrack("verify").stderr
    with contextlib.closing(sqlite3.connect(home / "snapshots" / "revtrack.db")) as database:
        database.execute("UPDATE whole_stories SET story = replace(story, '3,400', '4,300')")
        database.commit()
    assert (
        "article 1, version 1: the story that was read  it is not what was recorded"
        in revtrack("verify", "--against", "kept", code=1).stdout
    )
    assert "cannot read nowhere" in revtrack("verify", "--against", "nowhere", code=2).stderr
