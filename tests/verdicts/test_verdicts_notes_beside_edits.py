"""Of several edits beside a note, those it is about are disclosed and no others."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from revtrack.model import Disclosure, Note, NoteKind, Paragraph, ParagraphKind, Significance, Story
from revtrack.notes import Passage, find_notes, lift_notes
from revtrack.verdicts import compare

CASES = tomllib.loads(Path(__file__).with_name("notes_beside_edits.toml").read_text(encoding="utf-8"))["case"]
NINE = datetime(2024, 3, 5, 9, tzinfo=UTC)
REST = "The council met on Thursday to hear the report of the fire service."


def story(*texts, language="en", headline="Headline of the story", **fields):
    """A story as a reader makes it: notes lifted out of the paragraphs."""
    rows = [(ParagraphKind.CAPTION if text.startswith("! ") else ParagraphKind.TEXT, text) for text in texts]
    given = [Passage(text.removeprefix("! "), kind, at / len(rows)) for at, (kind, text) in enumerate(rows)]
    notes, rests = lift_notes(given, language=language)
    kept = tuple(Paragraph(rest, passage.kind) for passage, rest in zip(given, rests, strict=True) if rest)
    return Story(headline=headline, language=language, paragraphs=kept, notes=notes, **fields)


def side(case, mark):
    """One side of the page of a case; `mark` stands before the lines that only it has."""
    lines = [line[2:] for line in case["page"].splitlines() if line.startswith((f"{mark} ", "  "))]
    headline = next((line[2:] for line in lines if line.startswith("# ")), "Headline of the story")
    modified = NINE + timedelta(hours=1) if mark == "+" and case.get("stamp_moved") else NINE
    texts = (line for line in lines if not line.startswith("# "))
    return story(*texts, language=case["language"], headline=headline, modified=modified)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['language']}-{n}" for n, case in enumerate(CASES)])
def test_a_note_discloses_what_it_is_about_and_nothing_else(case):
    old, new = side(case, "-"), side(case, "+")
    verdict = compare(old, new).verdict
    assert (verdict.significance.level in case["levels"], verdict.disclosure) == (True, case["disclosure"])
    for words, expected in case.get("of", {}).items():
        numbered = {
            f"paragraph {n}" for sides in (old, new) for n, p in enumerate(sides.paragraphs, 1) if words in p.text
        }
        places = {"headline"} if words == "# " else numbered
        told = {r.disclosure for r in verdict.reasons if r.where in places and r.significance.level >= 2}
        assert told == {expected}


VAGUE = {
    "en": "This piece has been tweaked for accuracy.",
    "de": "Wir haben einige Stellen in diesem Text verändert.",
    "fr": "Certains passages de cet article ont été modifiés.",
    "es": "Se han introducido cambios en este artículo.",
    "pt": "Foram feitas alterações neste artigo.",
    "it": "Alcune parti dell'articolo sono state riscritte.",
    "nl": "Er zijn wijzigingen aangebracht in dit artikel.",
    "sv": "Ändringar har gjorts i texten.",
    "da": "Dele af artiklen er skrevet om.",
    "no": "Det er gjort endringer i artikkelen.",
    "fi": "Juttuun on tehty muutoksia.",
    "pl": "W tekście wprowadzono zmiany.",
    "cs": "V textu byly provedeny změny.",
    "ru": "В материал внесены изменения.",
    "uk": "До матеріалу внесено зміни.",
    "tr": "Haberdeki bir hata düzeltildi.",
    "ar": "جرى تعديل هذا الخبر.",
    "hi": "इस लेख की एक गलती सुधारी गई है।",
    "id": "Beberapa perubahan telah dilakukan pada artikel ini.",
    "ja": "本文の表現を改めました。",
    "ko": "기사 내용 일부를 수정했습니다.",
    "zh": "文章已作更正。",
}


@pytest.mark.parametrize("language", sorted(VAGUE))
def test_a_note_made_of_words_that_all_notes_have_names_nothing(language):
    old, new = (story(f"A 12 B {n} C.", REST, language=language) for n in (40, 70))
    notes = find_notes(VAGUE[language], language=language)
    assert notes
    told = Story(headline=new.headline, language=language, paragraphs=new.paragraphs, notes=notes)
    assert compare(old, told).verdict.disclosure is Disclosure.VAGUE


LATER = ("The crowd was put at 12,400, the police said.", "With 14,200 people in it, the square was full.", REST)
FOLLOWED = (LATER[0], "With 12,400 people in it, the square was full.", REST)
CORRECTED = "Correction: An earlier version of this article said 14,200 people came. The number is 12,400."


def test_a_note_that_stood_before_discloses_that_the_rest_of_the_article_follows_it():
    assert compare(story(*LATER, CORRECTED), story(*FOLLOWED, CORRECTED)).verdict.disclosure is Disclosure.DISCLOSED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (FOLLOWED, LATER),  # back to what the note calls wrong
        (LATER, (LATER[0], "With 13,200 people in it, the square was full.", REST)),
    ],
)
def test_a_note_that_stood_before_discloses_no_other_value(old, new):
    old, new = (old[1], old[2]), (new[1], new[2])
    assert compare(story(*old, CORRECTED), story(*new, CORRECTED)).verdict.disclosure is Disclosure.UNDISCLOSED


def test_a_change_to_what_a_standing_note_calls_wrong_is_not_disclosed_by_it():
    (note,) = find_notes("Correction: The number of people who came was 12,400, not 14,200.")
    old, new = (story(f"The crowd was put at {n}, the police said.", LATER[1], note.text) for n in ("12,400", "14,200"))
    assert compare(old, new).verdict.disclosure is Disclosure.UNDISCLOSED


def test_a_correction_that_named_nothing_and_now_does_is_reworded_and_not_withdrawn():
    old = story(
        "The mast stood north of Carrick.", REST, "Correction: This story has been changed since it was published."
    )
    new = story(
        "The mast stood south of Carrick.", REST, "Correction: The mast stood south of Carrick, not north of it."
    )
    verdict = compare(old, new).verdict
    assert (verdict.disclosure, verdict.events) == (Disclosure.DISCLOSED, ("note_reworded",))


def test_a_note_where_all_of_the_text_stood_takes_it_back_and_discloses_that():
    old = story(
        "A priest sold six statues.", "The diocese made no comment.", REST, headline="The priest who sold statues"
    )
    note = Note("This article has been taken down: the statues are in their place.", NoteKind.REMOVAL)
    verdict = compare(old, Story(headline="Article removed", language="en", notes=(note,))).verdict
    assert (verdict.significance, verdict.disclosure) == (Significance.MAJOR, Disclosure.DISCLOSED)
    assert not [r for r in verdict.reasons if r.disclosure is Disclosure.PARTLY]


def test_what_is_reworded_around_a_disclosed_fact_of_a_headline_is_disclosed_with_it():
    note = (
        "Clarification: This article has been amended to make clear that the nurse has been questioned but not charged."
    )
    old = story("A nurse has been charged with theft.", REST, headline="Nurse accused of stealing painkillers")
    new = story(
        "A nurse has been questioned about theft.", REST, note, headline="Nurse questioned over missing painkillers"
    )
    assert compare(old, new).verdict.disclosure is Disclosure.DISCLOSED


def test_what_a_correction_calls_an_error_is_no_sign_that_the_news_moved_on():
    correction = "Correction: The firm cut 500 jobs, not 300 jobs."
    old = story("The firm cut 300 jobs, it said.", "The talks began on Monday.", REST)
    new = story("The firm cut 500 jobs, it said.", "The talks began on Wednesday.", REST, correction)
    told = {r.before: (r.significance, r.disclosure) for r in compare(old, new).verdict.reasons if r.change is not None}
    assert told["300"] == (Significance.SUBSTANTIVE, Disclosure.DISCLOSED)
    assert told["Monday"] == (Significance.SUBSTANTIVE, Disclosure.PARTLY)


def test_a_clarification_of_words_is_about_them_and_not_about_a_sum_beside_them():
    note = "Clarification: This article has been changed: the agency did not find that waste entered the river."
    old = story("The company dumped waste in the river, the agency found.", "It was fined $40,000.", REST)
    new = story("The company stored waste near the river, the agency found.", "It was fined $60,000.", REST, note)
    told = {r.where: r.disclosure for r in compare(old, new).verdict.reasons if r.change is not None}
    assert told == {"paragraph 1": Disclosure.DISCLOSED, "paragraph 2": Disclosure.PARTLY}


def test_a_note_about_a_sentence_that_was_added_makes_no_error_of_polish_around_it():
    note = "Clarification: This story was updated to clarify the type of testing data published by the tracker."
    tracker = "The tracker shows testing data for the {} week. Officials send it every night."
    added = "This type of data stands for people and not for samples."
    old = story(tracker.format("past"), "It is published daily.", REST)
    new = story(f"{tracker.format('last')} {added}", "It is published each day.", REST, note)
    told = {r.before: r.significance for r in compare(old, new).verdict.reasons if r.before}
    assert told["past"] is Significance.MINOR


def test_a_removal_note_discloses_the_details_that_went():
    note = "Editor's note: The ages of the boys have been removed for legal reasons."
    old, new = (
        story("Two boys, 14 and 15, were arrested in Colney.", REST),
        story("Two boys were arrested in Colney.", REST, note),
    )
    assert compare(old, new).verdict.disclosure is Disclosure.DISCLOSED


def test_a_correction_of_dates_discloses_the_other_day_of_their_span():
    note = "This story has been corrected to fix the dates of the festival."
    old, new = (story(f"The festival runs {span} in Colney.", REST) for span in ("July 10 to 12", "July 17 to 19"))
    told = compare(old, story("The festival runs July 17 to 19 in Colney.", REST, note)).verdict
    assert compare(old, new).verdict.disclosure is Disclosure.UNDISCLOSED
    assert {r.disclosure for r in told.reasons if r.change is not None} == {Disclosure.DISCLOSED}
