"""Whoever calls a public function with the wrong thing is told what it takes, and settings hold as they do in commands."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import revtrack
from revtrack import compare, extract, find_notes, open_archive, read_config, read_text, render
from revtrack.cli.running import run
from revtrack.errors import ConfigError, InputError, NotAnArticleError, WrongTypeError
from revtrack.model import Diff, Disclosure, Note, NoteKind, Reason, Significance, Story, Verdict

OLD, NEW = (
    read_text(f"Mill to close\n\nThe mill employs {number} people, its owner said on Monday in the town.")
    for number in (140, 410)
)
REVISION = compare(OLD, NEW)
PAGE = """<html lang="cy"><head><link rel="canonical" href="https://newyddion.test/melin"></head><body><article>
<h1>Y felin i gau</h1><p>Mae'r felin yn cyflogi {number} o bobl, meddai ei pherchennog ddydd Llun.</p>
<p class="aside">Darllenwch ragor am y felin yn ein cylchlythyr wythnosol, bob dydd {number}.</p>{note}</article></body></html>"""
PAGES = (
    PAGE.format(number=140, note=""),
    PAGE.format(number=410, note="<p>Cywirwyd yr erthygl hon: mae 410 yn gweithio yno, nid 140.</p>"),
)
RULES = """stems = ["cywir"]

[[pattern]]
name = "was corrected"
kind = "correction"
says = "cywirwyd yr erthygl"
examples = ["Cywirwyd yr erthygl hon."]
"""
SETTINGS = """note_rules = "rules"

[[site]]
host = "newyddion.test"
drop = ["p.aside"]
"""


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: compare("a", NEW), r"compare takes two stories: 'a' is a str; extract\(html\) or read_text\(text\)"),
        (lambda: compare(OLD, NEW, seen_at="2024-01-01"), "seen_at is a time: '2024-01-01' is a str; write datetime"),
        (lambda: revtrack.diff(OLD, None), "diff takes two stories: this is None"),
        (lambda: revtrack.judge(REVISION), "judge takes a diff: this is a Revision"),
        (lambda: extract(None), "extract takes a page: this is None"),
        (lambda: extract(Path("a.html")), r"extract takes a page: .*read_bytes\(\)"),
        (lambda: extract(PAGES[0], config="revtrack.toml"), r"config takes settings: .*read_config"),
        (lambda: read_text(b"Mill"), r"read_text takes a text: b'Mill' is a bytes; .*extract\(html\)"),
        (lambda: find_notes("a", grammar="rules"), r"grammar takes rules: 'rules' is a str; .*read_grammar"),
        (lambda: Story.from_paragraphs("Mill", "one text"), "a list of texts: 'one text' is a str"),
        (lambda: Story.from_paragraphs("Mill", [1]), "paragraphs are texts: this is an int"),
        (lambda: Story("Mill", ["one"]), "deck and byline of a story are texts: this is a list; Story.from_paragraphs"),
        (lambda: Story("Mill", paragraphs=("one",)), "Paragraphs: 'one' is a str; Story.from_paragraphs"),
        (lambda: render(NEW, "html"), r"render takes a revision: this is a Story; compare\(old, new\)"),
        (lambda: render(REVISION, "html", color=True), "'html' takes no option 'color'; it takes side_by_side"),
    ],
)
def test_what_a_function_does_not_take_is_told_with_how_that_is_made(call, says):
    with pytest.raises(WrongTypeError, match=says) as told:
        call()
    assert isinstance(told.value, TypeError)
    assert isinstance(told.value, InputError)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("call", [extract, read_text])
def test_the_name_of_a_file_or_page_is_no_page(call):
    for name, what in (("old.html", "the name of a file"), ("https://a.test/mill", "the address of a page")):
        with pytest.raises(NotAnArticleError, match=f"looks like {what}"):
            call(name)


def test_an_archive_says_which_it_is_and_takes_articles(tmp_path):
    with open_archive(tmp_path / "a.db") as archive:
        article, _ = archive.add_article("https://a.test/mill", now=datetime(2024, 1, 1, tzinfo=UTC))
        assert repr(archive) == f"<Archive {tmp_path / 'a.db'}: articles=1, versions=0>"
        assert list(archive.revisions(article)) == []
        for ask in (archive.revisions, archive.versions, archive.looks, archive.snapshots):
            with pytest.raises(WrongTypeError, match=r"takes an article: this is an int; archive\.find"):
                list(ask(1))
    assert repr(archive).endswith("a.db: closed>")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with two versions of a page, settings for its site, and rules of notes in a language that ships none."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "cy.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "revtrack.toml").write_text(SETTINGS, encoding="utf-8")
    for name, page in zip(("old", "new"), PAGES, strict=True):
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_settings_hold_in_python_as_they_do_in_commands(folder, capsys):
    config = read_config("revtrack.toml")
    revision = compare(*(extract(page, config=config) for page in PAGES))
    assert (revision.verdict.disclosure, [note.kind for note in revision.notes]) == ("disclosed", ["correction"])
    assert "cylchlythyr" not in revision.diff.new.text  # a rule of the site that the page says it is of
    assert run(["diff", "old.html", "new.html", "--form", "markdown"]) == 1
    assert capsys.readouterr().out.strip() == render(revision, "markdown").strip()
    assert not compare(*map(extract, PAGES)).notes
    text = "Y felin i gau\n\nMae 410 yn gweithio yn y felin, meddai.\n\nCywirwyd yr erthygl hon: nid 140."
    assert read_text(text, config=config).notes
    (folder / "rules" / "cy.toml").write_text(RULES.replace('kind = "correction"', 'kind = "update"'), encoding="utf-8")
    assert read_text(text, config=config).notes[0].kind == "update"


def test_the_address_that_is_given_chooses_the_rules_of_a_site(folder, capsys):
    config = read_config("revtrack.toml")
    assert "cylchlythyr" in extract(PAGES[0], url="https://other.test/melin", config=config).text
    bare = PAGES[0].replace("canonical", "none")
    assert "cylchlythyr" in extract(bare, config=config).text
    assert "cylchlythyr" not in extract(bare, url="https://www.newyddion.test/1", config=config).text
    (folder / "old.html").write_text(bare, encoding="utf-8")
    assert run(["diff", "old.html", "new.html", "--form", "markdown", "--url", "https://newyddion.test/1"]) == 1
    assert "cylchlythyr" not in capsys.readouterr().out
    assert run(["diff", "1", "--url", "https://newyddion.test/1"]) == 2
    (folder / "revtrack.toml").write_text(SETTINGS.replace("p.aside", "p["), encoding="utf-8")
    with pytest.raises(ConfigError, match="is no CSS selector"):
        extract(PAGES[0], config=read_config("revtrack.toml"))


HOSTILE = '<img src=x onerror=alert(1)>"\u202e</div><style>*{}</style>'


def test_a_notebook_shows_nouns_as_one_element_that_is_safe_and_styles_nothing_else():
    note = Note(HOSTILE, NoteKind.CORRECTION)
    reasons = tuple(
        Reason(HOSTILE, Significance.MAJOR, HOSTILE, HOSTILE, "x", Disclosure.UNDISCLOSED) for _ in range(99)
    )
    story = Story(HOSTILE, deck=HOSTILE, byline=HOSTILE, paragraphs=NEW.paragraphs * 50, notes=(note,))
    edited = compare(OLD, Story.from_paragraphs(HOSTILE, [HOSTILE, *NEW.paragraphs]))
    verdict = Verdict(Significance.MAJOR, Disclosure.UNDISCLOSED, reasons, (HOSTILE,))
    for noun in (note, story, verdict, edited.diff, edited, Story(), Diff(Story(), Story())):
        shown = noun._repr_html_()
        assert shown.count("<div") == shown.count("</div") == 1
        assert shown.startswith("<div")
        assert not any(bad in shown for bad in ("<img", "<style", "<script", "<a ", "\u202e"))
        assert len(shown) < 20_000
        assert len(repr(noun)) < 400
    assert render(REVISION, "fragment").strip() == REVISION._repr_html_()
    assert "<ins style=" in REVISION._repr_html_()
