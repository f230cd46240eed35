"""A label announces a note where its form says so: a colon, bold print, a heading at an end, a box of its own."""

import pytest

from revtrack.model import NoteFamily, NoteKind, ParagraphKind
from revtrack.notes import Passage, lift_notes

TEXT = "The survey was made by the Institute of Tides, not by the Institute of Tiles."


def lifted(*passages, language="en"):
    notes, rests = lift_notes(passages, language=language)
    return [(note.kind, note.text) for note in notes if note.family is NoteFamily.REVISION], rests


def test_a_label_in_one_box_with_the_text_behind_it_announces_it():
    notes, rests = lifted(Passage("Correction", heads=True), Passage(TEXT))
    assert notes == [(NoteKind.CORRECTION, f"Correction {TEXT}")]
    assert rests == ("", "")


@pytest.mark.parametrize(("position", "found"), [(1.0, 1), (0.5, 0)])
def test_a_heading_announces_a_note_at_an_end_of_the_article_only(position, found):
    heading = Passage("Correction", ParagraphKind.SUBHEADING, position)
    assert len(lifted(heading, Passage(TEXT, position=position))[0]) == found


def test_a_label_in_bold_needs_no_colon():
    text = f"Correction {TEXT}"
    assert lifted(Passage(text, bold=len("Correction")))[0] == [(NoteKind.CORRECTION, text)]


@pytest.mark.parametrize(
    ("label", "text", "language"),
    [
        ("Correction, 5 June", "The surname of the pilot is Lunde.", "en"),
        ("Berichtigung vom 5. Juni", "Die Lotsin heißt Lunde.", "de"),
        ("Rectificatif, 5 juin", "La pilote s'appelle Lunde.", "fr"),
        ("Rettelse 5. juni", "Lodsen hedder Lunde.", "da"),
    ],
)
def test_a_label_in_bold_may_have_its_date_in_bold_too(label, text, language):
    block = f"{label} {text}"
    assert lifted(Passage(block, bold=len(label)), language=language)[0] == [(NoteKind.CORRECTION, block)]
    assert not lifted(Passage(block), language=language)[0]


@pytest.mark.parametrize(
    "passage",
    [
        Passage("Correction Officer Ida Moreau was on duty when the bridge closed.", bold=len("Correction Officer")),
        Passage("Correction Officer Ida Moreau was on duty when the bridge closed on Monday."),
        Passage("Update Tuesday brings a new version of the game to all players."),
        Passage("Update", heads=True),
    ],
)
def test_a_word_that_could_be_a_label_is_none_in_a_sentence_or_alone(passage):
    assert lifted(passage)[0] == []


def test_a_vague_label_in_a_box_needs_a_text_that_reads_like_a_note():
    news = Passage("After this article appeared, the board withdrew its plan.")
    other = Passage("Swans have returned to the basin, nine pairs of them in all this spring")
    assert lifted(Passage("Update", heads=True), news)[0] == [(NoteKind.UPDATE, f"Update {news.text}")]
    assert lifted(Passage("Note", heads=True), other)[0] == []


def test_names_in_a_correction_do_not_make_it_a_title():
    text = "Rectificación: La encuesta es del Instituto de Mareas, no del Instituto de Tejas."
    assert lifted(Passage(text), language="es")[0] == [(NoteKind.CORRECTION, text)]


@pytest.mark.parametrize(
    "text",
    [
        "A quote in this article was wrongly attributed to Ida Moreau. It was said by her deputy.",
        "Because of an editing error, this report named the wrong bridge. It is the Alder Bridge.",
        "The photograph at the top of this article was replaced on 4 March; the first one showed another vessel.",
    ],
)
def test_a_note_needs_no_label(text):
    assert [note for _, note in lifted(Passage(text, position=1.0))[0]] == [text]


@pytest.mark.parametrize("label", ["_Correction:_", "4 May 2024Correction:", "14:30Correction:", "(Correction:"])
def test_a_label_is_found_that_a_date_or_an_underline_makes_one_word_with(label):
    text = f"{label} The tower has ninety steps."
    (note,), _ = lift_notes([Passage(text, position=0.95)], language="en")
    assert note.rule == "label correction"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Another update: the quay has been closed to lorries until the spring.", "en"),
        ("Update from the editors: the quay has been closed to lorries until the spring.", "en"),
        ("Update (Monday night): the quay has been closed to lorries until the spring.", "en"),
        ("Update – The harbour board has now closed the quay to lorries until the spring.", "en"),
        ("+++ Update +++ Die Mole ist seit dem Abend wieder frei.", "de"),
    ],
)
def test_a_label_may_have_words_of_its_own_about_it(text, language):
    assert lifted(Passage(text, position=0.95), language=language)[0] == [(NoteKind.UPDATE, text)]


@pytest.mark.parametrize(
    ("behind", "found"), [("The company has answered that the works stay open.", 1), ("By Ida Moreau", 0)]
)
def test_a_heading_with_a_time_announces_a_sentence_and_is_else_a_stamp(behind, found):
    heading = Passage("Updated at 4.20pm", ParagraphKind.SUBHEADING, heads=True)
    notes, rests = lift_notes([heading, Passage(behind)], language="en")
    assert [note.is_revising for note in notes] == [bool(found)]
    assert rests == ("", "" if found else behind)


def test_a_label_in_a_box_announces_a_text_that_is_written_without_spaces():
    notes, _ = lifted(Passage("訂正", heads=True), Passage("市長の名前は山田ではなく山本です。"), language="ja")
    assert [kind for kind, _ in notes] == [NoteKind.CORRECTION]


@pytest.mark.parametrize("before", ["Thursday, November 4, 2021, 6.20 p.m. ET: ", "Another ", ""])
def test_a_label_heads_a_block_behind_a_date_or_words_of_its_own(before):
    ((kind, _),) = lifted(Passage(f"{before}Update: The quay is open again, the harbour says."))[0]
    assert kind is NoteKind.UPDATE


def test_a_small_label_far_down_a_text_is_part_of_a_sentence():
    assert not lifted(Passage(f"{'The quay is long and wide ' * 8}with one update: it is open again."))[0]
