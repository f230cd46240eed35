import pytest

from revtrack.model import NoteFamily
from revtrack.notes import Passage, find_notes
from revtrack.notes.checking import check_rules
from revtrack.notes.phrases import DATE, Phrase
from revtrack.notes.rules import LANGUAGES, load_rules, read_rules

WORDS = {"article": ("article", "story"), "was": ("was", "has been")}


def found(says, text, **options):
    return Phrase(says, WORDS, **options).search(text, text.lower())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_file_keeps_its_own_examples(language):
    assert check_rules(load_rules(language)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_that_stands_alone_has_examples(language):
    assert all(pattern.examples for pattern in load_rules(language).patterns if pattern.alone)


def test_a_failing_example_is_complained_about():
    table = {
        "language": "en",
        "stems": ["story", "song"],
        "stamp": ["updated"],
        "labels": {"update": ["update"]},
        "targets": {},
        "pattern": [
            {
                "name": "p",
                "kind": "update",
                "says": "the story grew",
                "examples": ["The tale grew."],
                "not": ["The story grew."],
            },
            {"name": "q", "kind": "update", "says": "the song grew"},
        ],
    }
    complaints = check_rules(read_rules(table))
    assert len(complaints) == 3
    assert "does not find 'The tale grew.'" in complaints[0]
    assert "is no note" in complaints[1]
    assert "has no example" in complaints[2]


def test_a_word_list_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        Phrase("this {thing}", WORDS)


def test_a_name_stands_for_any_word_of_its_list():
    assert found("this {article} {was} moved", "this story has been moved")
    assert not found("this {article} {was} moved", "this letter has been moved")


def test_what_is_in_square_brackets_may_be_missing():
    assert found("was [since] moved", "it was moved")
    assert found("was [since] moved", "it was since moved")


def test_a_star_takes_any_ending_and_its_absence_none():
    assert found("correct*", "corrections")
    assert not found("correct", "corrections")


def test_a_gap_skips_words_but_not_a_sentence():
    assert found("moved ... north", "moved by two miles north")
    assert not found("moved ... north", "moved. Two miles north")


def test_a_date_stands_for_all_its_characters():
    assert found("was moved <date> to", f"was moved {DATE * 7} to")


def test_a_phrase_without_one_of_its_words_is_never_compiled():
    phrase = Phrase("this {article} {was} moved", WORDS)
    assert phrase.search("nothing here", "nothing here") is None
    assert "_compiled" not in vars(phrase)


@pytest.mark.parametrize(
    "hostile",
    [
        "correction " * 5000,
        "(" * 60_000 + "correction:",
        "*" * 60_000 + "Correction: x",
        "this story was " * 8000,
        "1.1." * 30_000 + " updated",
        "in einer früheren version " * 5000,
        '"' * 50_000 + "update:",
    ],
)
def test_a_hostile_block_is_read_in_bounded_time(hostile):
    import time

    find_notes(Passage("Update: warm up the rules."))
    began = time.process_time()
    find_notes(Passage(hostile))
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "text",
    [
        "Adam said the update of the map was correct.",
        "An earlier version of the bill was tougher.",
        "The Gazette posted a correction last week.",
        "Die Bank korrigierte ihre Prognose.",
        "La ley fue actualizada en mayo.",
        "Le texte de loi a été corrigé.",
        "政府更新了名单。",
    ],
)
def test_news_about_edits_is_no_note(text):
    assert not [note for note in find_notes(Passage(text)) if note.family is NoteFamily.REVISION]
