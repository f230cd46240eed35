"""What a terminal of 80 columns shows: nothing that changed is cut away, and no line is broken by the terminal."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from revtrack.cli.session import Session
from tests.newsroom import answer
from tests.test_tracker import SENTENCES, page

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(autouse=True)
def narrow(monkeypatch):
    """Let answers go to a terminal of 80 columns."""
    monkeypatch.setattr(Session, "width", 80)


def test_what_changed_stands_beneath_the_line_where_it_has_no_room_on_it(revtrack, newsroom, monkeypatch):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    newsroom.publish("/story", page([s.replace("3,400", "4,300") for s in SENTENCES]))
    checked = revtrack("check", "--all").stdout
    newsroom.script("/story", answer("gone", 410))
    revtrack("check", "--all")
    gone = revtrack("check", "--all").stdout
    logged = revtrack("log").stdout
    assert gone.splitlines()[1].strip() == "the server answered 410 Gone"
    for shown in (checked, logged):
        head, facts, *_ = shown.splitlines()
        assert "substantive, undisclosed" in head
        assert facts.startswith(" " * 19 + "3,400 → 4,300")
    assert all(cell_len(line) <= 80 for line in (checked + gone + logged).splitlines())
    monkeypatch.setattr(Session, "width", None)
    (line,) = [line for line in revtrack("log").stdout.splitlines() if "substantive" in line]
    assert line.endswith("3,400 → 4,300")


@pytest.mark.parametrize("command", [["blame", "1"], ["search", "bridge", "authority"], ["when", "authority"]])
def test_no_sentence_is_cut(revtrack, newsroom, command):
    sentence = f"{SENTENCES[0][:-1]} as the port authority of the town said in the evening."
    newsroom.publish("/story", page([sentence, *SENTENCES[1:]]))
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    shown = revtrack(*command).stdout
    assert sentence in " ".join(shown.split())
    assert all(cell_len(line) <= 80 for line in shown.splitlines())


@pytest.mark.parametrize("width", [40, 60, 77])
def test_a_line_too_narrow_for_its_article_names_it_beneath(revtrack, newsroom, monkeypatch, width):
    monkeypatch.setattr(Session, "width", width)
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    newsroom.publish("/story", page([s.replace("3,400", "4,300") for s in SENTENCES]))
    for shown in (revtrack("check", "--all").stdout, revtrack("log").stdout):
        first, *beneath = shown.splitlines()
        assert " substantive, undiscl" in first
        assert "".join(beneath).lstrip().startswith("1@2    Bridge closed")
        assert "3,400 → 4,300" in " ".join(" ".join(beneath).split())
        assert all(cell_len(line) <= width for line in shown.splitlines())


def test_a_list_names_its_articles_beneath_where_its_columns_leave_no_room(revtrack, newsroom, monkeypatch):
    long = "/".join(["a-folder"] * 20)
    revtrack("add", newsroom.url("/story"), newsroom.url(f"/{long}"))
    revtrack("check")
    _, _, story, headline, other, address = revtrack("list").stdout.splitlines()
    assert story.startswith("1   1")
    assert headline.startswith("    Bridge closed")
    assert other.startswith("2   0")
    assert address.startswith("    http://127.0.0.1:")
    assert cell_len(address) == 80
    monkeypatch.setattr(Session, "width", 200)
    assert len(revtrack("list").stdout.splitlines()) == 3


def test_a_table_without_rows_is_nothing(capfdbinary):
    Session().table([])
    assert capfdbinary.readouterr().out == b""


def test_what_is_wrong_is_told_whole(revtrack, newsroom):
    newsroom.script("/story", answer(b"GIF89a", headers={"Content-Type": f"image/{'x' * 60}"}))
    revtrack("add", newsroom.url("/story"))
    revtrack("check", code=2)
    shown = revtrack("doctor", code=1).stdout
    assert "…" not in shown
    assert all(cell_len(line) <= 80 for line in shown.splitlines())


def test_the_readme_shows_a_change_as_a_terminal_of_80_columns_does(revtrack):
    shown = README.read_text(encoding="utf-8").partition("$ revtrack check\n")[2].partition("\n$ ")[0]
    assert shown in revtrack("demo", "--folder", "out").stdout
