import time

import pytest

from revtrack.errors import ConfigError
from revtrack.model import NoteFamily, NoteKind
from revtrack.notes import Passage, find_notes
from revtrack.notes.checking import check_rules
from revtrack.notes.expressions import DATE
from revtrack.notes.grammar import LANGUAGES, load_rules, with_shared
from revtrack.notes.phrases import Phrase, Words
from revtrack.notes.rules import read_rules

WORDS = Words({"article": ("article", "story"), "was": ("was", "has been")})


def found(says, text, words=WORDS):
    return Phrase(says, words).search(text, text.lower())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_file_keeps_its_own_examples(language):
    assert check_rules(load_rules(language)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_of_its_own_that_stands_alone_has_examples(language):
    own = [pattern for pattern in load_rules(language).patterns if not pattern.shared]
    assert all(pattern.examples for pattern in own if pattern.alone)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fills_the_shared_patterns_and_tries_them(language):
    rules = load_rules(language)
    kinds = {kind for _, kind in rules.examples}
    assert len([pattern for pattern in rules.patterns if pattern.shared]) >= 16
    assert {
        NoteKind.CORRECTION,
        NoteKind.UPDATE,
        NoteKind.AMENDMENT,
        NoteKind.REMOVAL,
        NoteKind.RETRACTION,
        None,
    } <= kinds


def test_a_and_b_stand_in_any_order_in_one_sentence():
    assert found("{article} & moved", "what was moved is a story")
    assert found("{article} & moved", "the story has moved")
    assert not found("{article} & moved", "the story stands")


@pytest.mark.parametrize(
    ("text", "is_page"), [("page 9", True), ("page A8", True), ("page C-5.", True), ("page 1996", False)]
)
def test_a_page_is_numbered_as_papers_do(text, is_page):
    assert bool(found("page <page>", text)) is is_page


def test_the_end_is_a_short_last_sentence():
    assert found("said nine <end>", "It said nine. There were ten.")
    assert not found("said nine <end>", "It said nine. There were, as far as anybody in the town could tell, ten.")
    assert not found("said nine <end>", "It said nine. There were ten. Nobody else was hurt.")


def test_a_pattern_that_goes_across_takes_two_sentences_to_say_it():
    wrong = "An article on Monday about the ferries said that the fare is four pounds."
    (note,) = find_notes([Passage(f"{wrong} In fact, it is five.", position=1.0)], language="en")
    assert note.kind is NoteKind.CORRECTION
    assert not find_notes([Passage(wrong, position=1.0)], language="en")
    assert not find_notes([Passage(f"{wrong} In fact, it is five.", position=0.5)], language="en")


def test_a_line_of_where_the_article_stood_in_print_is_no_note():
    line = "A version of this article appears in print on May 3, 2024, on Page A1 of the city edition."
    assert not [n for n in find_notes(Passage(line, position=1.0), language="en") if n.family is NoteFamily.REVISION]


def test_an_exception_keeps_a_pattern_from_fitting():
    entry = {
        "name": "p",
        "kind": "update",
        "says": "story grew",
        "unless": ["in the bill"],
        "examples": ["The story grew."],
    }
    (pattern,) = read_rules("en", {"stems": ["story"], "pattern": [entry]}).patterns
    assert pattern.search("story grew", "story grew")
    assert not pattern.search("story grew in the bill", "story grew in the bill")


def test_the_words_that_tell_of_an_edit_are_stems_unless_they_are_common():
    table = {
        "stems": ["grew"],
        "common": ["made"],
        "words": {"has_added": ["was (enlarged|made)"], "regret": ["we regret"]},
    }
    assert read_rules("en", table).stems == ("grew", "regret")
    assert "enlarged" in read_rules("en", table | {"words": {"has_added": ["was (enlarged|widened)"]}}).stems


def test_a_language_without_a_list_goes_without_the_phrases_that_need_it():
    table = with_shared({"stems": ["x"], "words": {"itself": ["this tale"], "has_added": ["has grown"]}})
    (pattern,) = (entry for entry in table["pattern"] if entry["name"] == "this was added to")
    assert pattern["says"] == ["{itself} & {added_it}"]
    assert table["words"]["added_it"] == ["{has_added}"]
    assert not [entry for entry in table["pattern"] if entry["name"] == "this was withdrawn"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[6.20pm Update: The quay is open again, the harbour says.]", NoteKind.UPDATE),
        ("**CORRECTION** 4 May: The quay is 40 metres long.", NoteKind.CORRECTION),
        ("CORRECTION The quay is 40 metres long, and not 400.", NoteKind.CORRECTION),
        ("UPDATE: Adds comment from the harbour", NoteKind.UPDATE),
        ("(Refiles to fix spelling in paragraph 2)", NoteKind.CORRECTION),
        ("(Writes through with quotes, background)", NoteKind.UPDATE),
    ],
)
def test_labels_and_agency_lines_in_their_many_dresses(text, kind):
    (note,) = find_notes(Passage(text, position=0.0), language="en")
    assert (note.family, note.kind) == (NoteFamily.REVISION, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Updated 4 May 2024, 6.20pm - Lagos",
        "Updated - May 4, 2024 06:20 pm IST - CHENNAI",
        "Aktualisiert am 4. Mai 2024 um 18:20 Uhr",
    ],
)
def test_a_stamp_with_its_town_is_no_note(text):
    assert not [note for note in find_notes(Passage(text, position=0.0)) if note.family is NoteFamily.REVISION]


def test_a_failing_example_is_complained_about():
    table = {
        "stems": ["story", "song", "tale"],
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
    complaints = check_rules(read_rules("en", table))
    assert len(complaints) == 3
    assert "does not find 'The tale grew.'" in complaints[0]
    assert "is no note" in complaints[1]
    assert "has no example" in complaints[2]


def test_a_word_list_that_is_not_there_is_refused():
    with pytest.raises(ConfigError, match="'thing' is missing"):
        Phrase("this {thing}", WORDS).compile()


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


def test_a_long_list_is_looked_for_entry_by_entry_and_gives_what_all_of_it_would():
    entries = tuple(f"harbour{number:02} [was] (moved|shut)" for number in range(80))
    words = Words({"long": entries})
    text = "harbour07 shut, and before it harbour30 was moved"
    whole = Phrase("(" + "|".join(entries) + ")", Words({}))
    for says in ("{long}", "and before it {long}", "^ {long} & {long}"):
        assert Phrase(says, words).search(text, text)
    assert Phrase("{long}", words).search(text, text).span() == whole.search(text, text).span()
    made = [words.phrase(entry) for entry in entries]
    assert [phrase.says for phrase in made if "_compiled" in vars(phrase)] == [entries[7], entries[30]]


def test_of_a_list_with_a_date_no_text_is_asked_that_holds_neither_its_words_nor_a_date():
    words = Words({"lately": ("yesterday", "(on|since) <date>")})
    phrase = Phrase("moved {lately}", words)
    assert phrase.search("moved again", "moved again") is None
    assert "_compiled" not in vars(phrase)
    assert phrase.search(f"moved on {DATE * 5}", f"moved on {DATE * 5}")
    assert phrase.search("moved yesterday", "moved yesterday")


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
    find_notes(Passage("Update: warm up the rules."))
    began = time.process_time()
    find_notes(Passage(hostile))
    assert time.process_time() - began < 2


def test_a_text_of_all_words_of_the_rules_is_read_in_bounded_time():
    lists = load_rules("en").words.values()
    said = sorted({word for entries in lists for entry in entries for word in entry.split() if word.isalpha()})
    began = time.process_time()
    find_notes(Passage(" ".join(said * 3)[:6000], position=0.95))
    assert time.process_time() - began < 4  # 18 where each entry that may stand in it is looked for by itself


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
        "Has this article been corrected since it was published?",
        "Wurde dieser Artikel nachträglich korrigiert?",
    ],
)
def test_news_about_edits_is_no_note(text):
    assert not [note for note in find_notes(Passage(text)) if note.family is NoteFamily.REVISION]


def test_a_note_may_end_in_a_headline_that_asks():
    (note,) = find_notes(Passage("This article has been corrected. Its headline was: Who paid for the bridge?"))
    assert note.family is NoteFamily.REVISION
