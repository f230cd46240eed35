"""What a new user meets first: names guessed wrong, settings mended, examples, progress, a notebook's prompt."""

import json
import os
import pickle
import pty
import shlex
import subprocess
import sys
from contextlib import suppress

import click
import pytest

import revtrack as package
from revtrack.cli.running import _WORDS_OF_OTHERS, COMMANDS, cli, hoisted
from revtrack.cli.session import Session
from revtrack.clock import utc_now
from tests.cli.conftest import environment
from tests.test_tracker import page


def test_a_name_that_is_no_command_is_answered_with_the_nearest(complaint):
    assert "did you mean 'check'" in complaint("chek")
    assert "'revtrack add URL' tracks one" in complaint("https://example.org/story")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("remove", "drop"),
        ("site", "report --site"),
        ("status", "list"),
        ("history", "log"),
        ("rss", "report --form atom"),
    ],
)
def test_the_words_of_other_tools_lead_to_the_command_that_does_it(complaint, word, meant):
    assert f"'revtrack {meant}" in complaint(word)


def test_every_word_of_other_tools_leads_to_a_command_and_is_none():
    for words, advice in _WORDS_OF_OTHERS:
        assert not words & COMMANDS.keys()
        assert advice.split()[1].rstrip("'") in COMMANDS


def test_versions_written_before_their_article_are_told_to_come_behind_it(complaint, home):
    assert complaint("diff", "3", "2", "library").endswith("the ARTICLE comes first: revtrack diff library 3 2")
    assert complaint("diff", "2", "lib rary").endswith("the ARTICLE comes first: revtrack diff 'lib rary' 2")
    (home / "2").write_text("Title\n\nA paragraph that reads like one, with a few words more.")
    assert "there is no such file" in complaint("diff", "2", "library")


def test_a_command_of_notes_written_wrong_is_named_with_the_help_that_exists(complaint, revtrack):
    revtrack("add", "https://a.test/story")
    assert "did you mean 'revtrack notes check'?" in complaint("notes", "chek")
    assert complaint("notes", "chek", "rules/").endswith("did you mean 'check'; see 'revtrack notes --help'")
    assert complaint("notes", "story", "--al").endswith("see 'revtrack notes --help'")


def test_a_moment_may_be_written_as_people_say_it(revtrack, complaint, newsroom):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    newsroom.publish("/story", page(headline="Another headline"))
    revtrack("check", "--all")
    for since in ("yesterday", "1day", "2 days ago", "36 hours", "1 week", "90min"):
        assert "Another headline" in revtrack("log", "--since", since).stdout
    for until in ("today", f"{utc_now():%F}"):
        assert "Another headline" in revtrack("log", "--until", until).stdout
    for until in ("yesterday", "1h"):
        assert revtrack("log", "--until", until).stdout == revtrack("log", "1", "--until", until).stdout == ""
    assert "is no time" in complaint("log", "--since", "1 month")


def test_two_versions_of_an_article_may_be_named_as_lists_name_them(revtrack, complaint, newsroom):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    newsroom.publish("/story", page(headline="Another headline"))
    revtrack("check", "--all")
    assert revtrack("diff", "1@1", "1@2", code=1).stdout == revtrack("diff", "1", "1", "2", code=1).stdout
    assert "are not of one article" in complaint("diff", "1@1", "2@1")
    assert "there is no version 9: this article has versions 1 to 2" in complaint("diff", "1@1", "1@9")


def test_what_was_redacted_is_not_called_the_same(revtrack, newsroom):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    newsroom.publish("/story", page(headline="Another headline"))
    revtrack("check", "--all")
    revtrack("redact", "1@1", "--reason", "a court's order")
    done = revtrack("diff", "1")
    assert "nothing to compare: redacted" in done.stderr
    assert "a court's order" in done.stderr


def test_a_mended_setting_helps_at_once(revtrack, complaint, home, newsroom):
    settings = (home / "revtrack.toml").read_text()
    (home / "revtrack.toml").write_text("")
    revtrack("add", newsroom.url("/story"))
    refused = revtrack("check", code=2).stderr
    assert f'allow = ["{newsroom.host}"] under [fetch] in revtrack.toml' in refused
    assert "its last look came to failed; 'revtrack log 1' says why" in complaint("show", "1")
    assert "failed: refused: " in revtrack("doctor", code=1).stdout
    (home / "revtrack.toml").write_text(settings)
    assert "1 looked at: 1 first" in revtrack("check", "--all").stderr


def commands():
    for name in COMMANDS:
        found = cli.get_command(click.Context(cli), name)
        yield [name], found
        if isinstance(found, click.Group):
            yield from (([name, sub], command) for sub, command in found.commands.items())


def named(line):
    """Return the command and its arguments in a line of help, global options left out."""
    words = shlex.split(line.partition("   ")[0].partition(" || ")[0].partition(" >> ")[0])[1:]
    given = hoisted(words)
    return given[next(at for at, word in enumerate(given) if word in COMMANDS) :]


@pytest.mark.parametrize(
    ("words", "command"), list(commands()), ids=lambda value: "-".join(value) if type(value) is list else ""
)
def test_examples_in_the_help_are_commands_that_exist(words, command):
    lines = [line.strip() for line in (command.help or "").splitlines() if line.strip().startswith("revtrack ")]
    for line in lines:
        name, *rest = named(line)
        called = cli.get_command(click.Context(cli), name)
        if isinstance(called, click.Group) and rest and rest[0] in called.commands:
            called, rest = called.commands[rest[0]], rest[1:]
        with suppress(click.BadParameter):  # a file that is not there; what is no option is another error
            called.make_context(name, rest)
    shown = lines or len(words) == 2 or words in (["archive"], ["fleet"])
    assert shown, f"no example in the help of {words}"


def test_progress_is_told_on_a_terminal_and_never_leads_an_answer_astray(revtrack, home, newsroom):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    screen, ours = pty.openpty()
    code = "import sys; from revtrack.cli.running import run; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "rebuild", "--again", "--json"]
    env = environment(home) | {"TERM": "xterm"}
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=ours, env=env, cwd=home, check=True)
    os.close(ours)
    shown = os.read(screen, 65536).decode()
    os.close(screen)
    assert type(json.loads(done.stdout)) is list
    assert "deriving" in shown
    assert "1 article derived again" in shown


def test_another_process_is_given_the_options_and_the_settings(home, monkeypatch):
    monkeypatch.chdir(home)
    session = Session(archive="elsewhere.db")
    assert session.settings.fetch.gap == 0
    copy = pickle.loads(pickle.dumps(session))
    assert (copy.archive, copy.settings) == (session.archive, session.settings)


def test_a_notebook_shows_a_revision_and_a_prompt_stays_short():
    old = package.extract("<h1>Mill to close</h1><p>The mill employs 140 people, its owner said.</p>")
    new = package.extract("<h1>Mill to close</h1><p>The mill employs 410 &lt;script&gt; people, its owner said.</p>")
    revision = package.compare(old, new)
    assert repr(old) == "<Story 'Mill to close', paragraphs=1, notes=0>"
    assert repr(revision) == "<Revision of 'Mill to close': substantive, undisclosed, notes=0>"
    headline = package.compare(old, package.Story.from_paragraphs("Mill stays", ["It stays open, its owner said."]))
    assert repr(headline.diff).endswith(", headline>")
    assert "<ins " in revision._repr_html_()
    assert "<script" not in revision._repr_html_()


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["report", "--site"], "Option '--site' requires an argument; see 'revtrack report --help'"),
        (["alerts", "check", "--since"], "see 'revtrack alerts --help'"),
        (["--archive"], "see 'revtrack --help'"),
        (["when", " "], "write the words to look for"),
        (["search", ""], "write the words to look for"),
        (["show", " "], "no tracked article fits ''"),
    ],
)
def test_what_is_missing_is_said_with_the_help_that_names_it(revtrack, complaint, newsroom, command, says):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    assert says in complaint(*command)


def test_a_name_that_was_copied_with_blanks_around_it_is_found(revtrack, newsroom):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    assert "Bridge closed" in revtrack("show", " 1 ").stdout
