"""A person's own rule files, laid over those that ship."""

import pytest

from revtrack.errors import ConfigError
from revtrack.extraction import Memory, extract, read_text, stamp_with
from revtrack.model import NoteKind
from revtrack.notes import SHIPPED, check_rules, find_notes, read_grammar
from revtrack.notes.grammar import LANGUAGES, lay_over

OURS = "The desk has gone over this piece anew."
PATTERN = f"""
stems = ["gone over"]
[[pattern]]
name = "gone over"
kind = "amendment"
says = "{{the}} desk has gone over {{this}} {{article}}"
examples = ["{OURS}"]
not = ["The desk has gone over the bill."]
"""
BASQUE = """
stems = ["zuzenketa"]
stamp = ["eguneratua"]
[labels]
correction = ["zuzenketa"]
[words]
article = ["artikulu honek"]
[[pattern]]
name = "had said"
kind = "correction"
says = "{article} oker zioen"
needs = "label"
"""


@pytest.fixture
def folder(tmp_path):
    def write(**files):
        for language, text in files.items():
            (tmp_path / f"{language}.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_a_pattern_of_ones_own_uses_the_shipped_word_lists_and_finds_more(folder):
    grammar = read_grammar(folder(en=PATTERN))
    assert find_notes(OURS) == ()
    (note,) = find_notes(OURS, grammar=grammar)
    assert (note.kind, note.rule) == (NoteKind.AMENDMENT, "gone over")
    assert find_notes("Correction: It was Tuesday.", grammar=grammar)[0].kind is NoteKind.CORRECTION


def test_own_examples_are_tried_with_those_that_ship(folder):
    grammar = read_grammar(folder(en=PATTERN))
    assert check_rules(grammar.rules("en")) == ()
    grammar = read_grammar(folder(en=PATTERN.replace('stems = ["gone over"]', "")))
    (complaint,) = check_rules(grammar.rules("en"))
    assert "holds none of the stems" in complaint


def test_a_pattern_that_bears_a_shipped_name_takes_its_place():
    shipped = {"pattern": [{"name": "a", "says": "1"}, {"name": "b", "says": "2"}]}
    assert lay_over(shipped, {"pattern": [{"name": "b", "says": "3"}]})["pattern"] == [
        {"name": "b", "says": "3"},
        {"name": "a", "says": "1"},
    ]


def test_a_language_that_does_not_ship_stands_alone(folder):
    grammar = read_grammar(folder(eu=BASQUE))
    assert grammar.languages == (*LANGUAGES, "eu")
    text = "Zuzenketa: artikulu honek oker zioen urtea 2019 zela."
    assert find_notes(text, language="eu", grammar=grammar)[0].language == "eu"
    assert find_notes(text, language="eu") == ()


def test_a_story_is_stamped_with_the_rules_it_was_read_by(folder):
    own = Memory(grammar=read_grammar(folder(en=PATTERN)))
    page = f"<h1>Harbour opens</h1><p>{'The harbour opened on Monday. ' * 9}</p><p>{OURS}</p>"
    assert [note.text for note in extract(page, memory=own).notes] == [OURS]
    assert extract(page, memory=own).extractor == stamp_with(own) != extract(page).extractor
    text = f"Harbour opens\n\nThe harbour opened on Monday.\n\n{OURS}"
    assert [note.text for note in read_text(text, memory=own).notes] == [OURS]
    assert read_text(text, memory=own).extractor == stamp_with(own)


def test_no_folder_is_what_ships():
    assert read_grammar("") is SHIPPED
    assert SHIPPED.digest == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("stems = [", "not valid TOML"),
        ('stem = ["x"]', "did you mean stems"),
        ('[[pattern]]\nname = "x"\nkind = "correction"\nsays = "{nothing} was"', "'nothing' is missing"),
        ('[[pattern]]\nname = "x"\nkind = "corection"\nsays = "it was"', "corection"),
        ('[[pattern]]\nname = "x"\nkind = "correction"\nsays = "(it was"', "do not match"),
        (
            '[[pattern]]\nname = "x"\nkind = "correction"\nsays = "it was"\nexample = ["x"]',
            "did you mean pattern.examples",
        ),
        ('[[pattern]]\nkind = "correction"\nsays = "it was"', "'name' is missing"),
        ('[[pattern]]\nname = "x"\nkind = "correction"\nsays = "it was"\nneeds = "foot"', "'foot' is none of"),
        ("stems = 5", "list of texts"),
        ('words = ["x"]', "a table of lists"),
        ("pattern = 7", "list of tables"),
        ('[words]\na = ["x {b}"]\nb = ["{a} y"]', "holds itself"),
        ('[words]\na = ["(x"]', "the brackets of '(x' do not match"),
    ],
)
def test_a_file_that_cannot_be_understood_is_named(folder, text, says):
    with pytest.raises(ConfigError, match=r"en\.toml") as caught:
        read_grammar(folder(en=text))
    assert says in str(caught.value)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match="no folder"):
        read_grammar(tmp_path / "missing")
