"""Rule files of one's own are checked for what is silently not used, and begun from a template."""

import tomllib

import pytest

from revtrack.cli.running import run
from revtrack.errors import ConfigError
from revtrack.notes import check_own, count_own_examples, find_notes, read_grammar, template_of
from revtrack.notes.beginning import asked_lists

CORRECTED = """
stems = ["cywir"]
[words]
has_corrected = ["wedi'i chywiro"]
itself = ["yr erthygl hon"]
[examples]
correction = ["Mae yr erthygl hon wedi'i chywiro."]
none = ["Cywirodd yr athro y gwaith."]
"""


@pytest.fixture
def own(tmp_path):
    def read(name, text):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return read_grammar(tmp_path)

    return read


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("cy", CORRECTED, []),
        ("de", 'stems = ["neu"]', []),
        (
            "welsh",
            CORRECTED,
            ["welsh.toml: 'welsh' is no code of a language, of two letters: name the file like cy.toml"],
        ),
        ("cy", 'stems = ["x"]', ["cy.toml: has no example: write some in [examples], or as examples of a [[pattern]]"]),
        (
            "de",
            '[words]\nhas_corected = ["x"]',
            ["de.toml: nothing asks for the list 'has_corected': did you mean has_corrected?"],
        ),
        ("de", '[words]\nmine = ["x"]\nstated = ["{mine}"]', []),
    ],
)
def test_what_a_file_does_not_do_is_complained_about(own, name, text, says):
    assert list(check_own(own(name, text))) == says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[labels]\napology = ['x']", "'apology' is no kind of note: choose one of correction, clarification, update"),
        ("[labels]\ncorrection = ['x']", r"'stems' is missing: write stems = \[\"…\"\] at the head of the file"),
        ("stems = ['x']\n[[pattern]]\nname = 'x'\nsays = 'y'", r"'kind' is missing: each \[\[pattern\]\] has"),
    ],
)
def test_what_is_wrong_or_missing_is_told_with_where_it_belongs(own, text, says):
    with pytest.raises(ConfigError, match=says):
        own("cy", text)


def test_the_check_tells_how_many_examples_of_ones_own_were_tried(own, tmp_path, capsys):
    assert count_own_examples(own("welsh", CORRECTED)) == 2
    assert run(["notes", "check", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "in 23 languages, 2 examples of your own: " in told.err
    assert "'welsh' is no code of a language" in told.out


def test_a_template_holds_every_list_that_is_asked_for_and_works_once_it_is_filled(own, capsys):
    assert run(["notes", "template", "cy"]) == 0
    text = capsys.readouterr().out
    assert text == template_of("cy")
    whole = tomllib.loads("\n".join(line.removeprefix("# ") if " = []" in line else line for line in text.splitlines()))
    assert set(whole["words"]) == set(asked_lists())
    filled = text.replace("# has_corrected = []", 'has_corrected = ["wedi\'i chywiro"]')
    filled = filled.replace("# itself = []", 'itself = ["yr erthygl hon"]')
    (note,) = find_notes("Mae yr erthygl hon wedi'i chywiro.", language="cy", grammar=own("cy", filled))
    assert note.kind == "correction"
    assert run(["notes", "template", "Welsh"]) == 2
