from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revtrack.model import NoteFamily, NoteKind, Paragraph, ParagraphKind, Place, Story
from revtrack.notes import Passage, find_notes, lift_notes

SEEN = datetime(2026, 3, 5, 9, tzinfo=UTC)


def lift(*texts, **options):
    last = max(len(texts) - 1, 1)
    passages = [Passage(text, position=index / last) for index, text in enumerate(texts)]
    return lift_notes(passages, language="en", **options)


def one(text, language="en", **options):
    notes = find_notes(Passage(text, position=options.pop("position", 1.0), **options), language=language)
    return notes[0] if notes else None


def test_the_note_at_the_end_is_an_update_and_leaves_nothing():
    notes, rests = lift("The ferry sank on Monday.", "This story has been updated with additional reporting.")
    assert [(note.kind, note.family, note.place) for note in notes] == [
        (NoteKind.UPDATE, NoteFamily.REVISION, Place.BOTTOM)
    ]
    assert rests == ("The ferry sank on Monday.", "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Correction: The dam is 40 metres high, not 14.", "correction"),
        ("Clarification: The fee is paid by visitors alone.", "clarification"),
        ("Correction: This article has been updated to clarify who pays.", "correction"),
        ("Update: This article was edited to make clear that the fee is a proposal.", "clarification"),
        ("Update (Nov. 3): The mayor has since resigned.", "update"),
        ("Editor’s note: This piece has been updated to fix the name of the bridge.", "correction"),
        ("This piece was amended on 3 June 2021 after publication.", "amendment"),
        ("This article was amended on 3 June 2021 to remove a picture.", "removal"),
        ("This article has been retracted.", "retraction"),
        ("An earlier version of this headline misstated the score.", "correction"),
        ("(Adds minister's comment, background)", "update"),
        ("(Corrects paragraph 3 to show that nine ships sailed)", "correction"),
        ("UPDATE 3-Harbour closes after the storm", "update"),
        ("CORRECTED-Harbour to open on Friday, not Thursday", "correction"),
        ("Updated to clarify the role of the council.", "clarification"),
        ("Amended at 16:10 GMT to add a response from the port.", "update"),
    ],
)
def test_the_kind_follows_what_the_note_says(text, kind):
    assert one(text).kind == kind


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "Anmerkung der Redaktion: In einer früheren Version hieß es, der Damm sei 14 Meter hoch.", "correction"),
        ("de", "Der Text wurde um eine Stellungnahme der Stadt ergänzt.", "update"),
        ("fr", "Rectificatif : le pont mesure 40 mètres et non 14.", "correction"),
        ("es", "Una versión anterior de este artículo daba otra altura.", "correction"),
        ("pt", "Errata: a ponte tem 40 metros.", "correction"),
        ("it", "Rettifica: il ponte misura 40 metri.", "correction"),
        ("nl", "Dit bericht is bijgewerkt met een reactie van de haven.", "update"),
        ("sv", "Rättelse: Bron är 40 meter lång.", "correction"),
        ("no", "Rettelse: Broen er 40 meter lang.", "correction"),
        ("da", "Præcisering: Aftalen gælder kun nye kunder.", "clarification"),
        ("fi", "Oikaisu 4.3. kello 12: Silta on 40 metriä pitkä.", "correction"),
        ("pl", "Sprostowanie: most ma 40 metrów.", "correction"),
        ("cs", "Oprava: Most měří 40 metrů.", "correction"),
        ("ru", "Текст дополнен комментарием порта.", "update"),
        ("uk", "Виправлено: міст має 40 метрів.", "correction"),
        ("tr", "Düzeltme: Köprü 40 metredir.", "correction"),
        ("ar", "تصحيح: طول الجسر أربعون مترا.", "correction"),
        ("hi", "भूल सुधार: पुल चालीस मीटर लंबा है।", "correction"),
        ("id", "Ralat: Jembatan itu panjangnya 40 meter.", "correction"),
        ("zh", "更正：大桥全长四十米。", "correction"),
        ("ja", "訂正：橋の長さは40メートルです。", "correction"),
        ("ko", "정정: 다리의 길이는 40미터입니다.", "correction"),
    ],
)
def test_notes_are_found_in_every_language(language, text, kind):
    assert one(text, language).kind == kind
    assert one(text, "").kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "Updated 2:40 p.m.",
        "Published: 3 March 2026 | Updated: 4 March 2026, 10:05 GMT",
        "Last updated 3 hours ago",
        "Aktualisiert am 04.03.2026 - 18:50 Uhr",
        "Обновлено: 04.03.2026. Время чтения: 4 мин.",
    ],
)
def test_a_line_that_says_only_when_is_a_stamp_and_no_revision_note(text):
    notes, rests = lift_notes([Passage(text)], seen_at=SEEN)
    assert [note.family for note in notes] == [NoteFamily.TIMESTAMP]
    assert notes[0].stated_at is not None
    assert rests == ("",)


@pytest.mark.parametrize(
    "text",
    [
        "This is a developing story and will be updated.",
        "Corrections Policy",
        "An earlier version of the app lost messages.",
        '"Correction: An earlier version of this story named the wrong town."',
        "The rival paper wrote: “An earlier version of this article named the wrong man.”",
        "Update: How Ten Famous Harbours Lost Their Ships",
        "Some names have been changed. This interview was edited for length.",
        "The minister corrected his statement on Monday.",
    ],
)
def test_talk_about_updates_is_no_revision_note(text):
    assert one(text, position=0.4) is None


def test_a_note_glued_to_the_last_sentence_is_cut_out():
    notes, rests = lift("Nobody was hurt. (agency)Correction: An earlier version of this article gave the wrong day.")
    assert notes[0].text == "Correction: An earlier version of this article gave the wrong day."
    assert rests == ("Nobody was hurt. (agency)",)


def test_in_mid_article_a_note_begins_with_what_would_be_one_at_the_foot():
    told = "Contrary to what was reported in this article, the ferry carried 40 people. The text has been corrected."
    for before in ("", "The ferry was built in 1962. "):
        _, rests = lift(
            "The ferry sank.", "It was late.", before + told, "Divers came.", "They found it.", "It was cold."
        )
        assert rests[2] == before.strip()


def test_a_note_in_brackets_inside_a_paragraph_leaves_both_its_sides():
    text = "The bridge is old. (Editor's note: An earlier version of this article gave its age as 90.) It will close."
    notes, rests = lift(text)
    assert notes[0].kind is NoteKind.CORRECTION
    assert rests == ("The bridge is old. It will close.",)


@pytest.mark.parametrize(
    ("language", "before", "note"),
    [
        ("en", "Work is to end in March.", "(An earlier date was given here in error.)"),
        ("en", "The pier is 91 metres long", "(earlier in this story we wrongly put it at 19)"),
        ("en", "He ran the garage.", "(A sentence about his father was taken out at the family's request.)"),
        ("de", "Der Anbau wird im März fertig.*", "*Hier stand zunächst irrtümlich der 12. Juni."),
        ("it", "La mostra chiude a settembre", "(nella versione precedente avevamo indicato giugno)"),
        ("no", "Ferga går hver halvtime.", "(NB! Her hadde vi opprinnelig skrevet «hver time».)"),
        ("zh", "该隧道全长7.6公里", "（初稿误作6.7公里）"),
    ],
)
def test_brackets_and_asterisks_of_its_own_set_a_note_apart_in_mid_article(language, before, note):
    found, rests = lift_notes([Passage(f"{before} {note}")], language=language)
    assert [one.text for one in found] == [note]
    assert rests == (before,)


@pytest.mark.parametrize(
    "text",
    [
        "(He was at first wrongly named as the driver.)",
        "(The post has since been deleted.)",
        "(An earlier version of the bill set the fine at 19 pounds.)",
        "(The agency later corrected the figure.)",
        "(We left at nine, not eight.)",
    ],
)
def test_news_in_brackets_is_no_note(text):
    assert find_notes(Passage(text, position=0.5), language="en") == ()


@pytest.mark.parametrize(
    "text",
    [
        "The ferry leaves at nine, not eight, as we originally wrote.",
        "The wrong figure was given here for the pier by mistake.",
        "We confused the two piers. We apologise for the mistake.",
    ],
)
def test_in_mid_article_a_note_needs_more_to_tell_it(text):
    assert one(text, position=0.5).kind is NoteKind.CORRECTION


def test_a_bare_label_takes_the_block_behind_it():
    notes, rests = lift("The bridge is old.", "Correction:", "The bridge was built in 1931, not 1913.")
    assert [(note.kind, note.text) for note in notes] == [
        (NoteKind.CORRECTION, "Correction: The bridge was built in 1931, not 1913.")
    ]
    assert rests == ("The bridge is old.", "", "")


def test_a_bare_label_passes_over_a_date_to_the_text_behind_it():
    notes, rests = lift("The bridge is old.", "Correction:", "4 March 2026", "It opened in 1931. We first wrote 1913.")
    assert notes[0].text == "Correction: It opened in 1931. We first wrote 1913."
    assert notes[0].stated_at == datetime(2026, 3, 4, tzinfo=UTC)
    assert rests == ("The bridge is old.", "", "", "")


def test_a_line_of_one_strong_label_at_the_foot_announces_the_block_behind_it():
    paragraphs = [f"The ferry sank on day {number}." for number in range(9)]
    notes, _ = lift(*paragraphs, "Correction", "The ferry carried 200 cars.")
    assert notes[0].text == "Correction The ferry carried 200 cars."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The harbour master is Ada Holm, not Home, as we had it in a report (Ships in fog, 3 May, page 9)."),
        ("en", "In a May 3 Night Desk, Ida Berg misspelled the name of the pilot."),
        ("de", "In „Alte Mühle“ vom 3. Mai war von zwölf Rädern die Rede. Es sind zehn."),
        ("nl", "In de krant van dinsdag 3 mei (Schip vergaan, pagina 3) is bericht dat het schip in 1913 is gebouwd."),
        ("es", "En contra de lo que publicamos el martes, el puente no es de la ciudad."),
        ("fi", "Toisin kuin tiistaina kirjoitimme, silta ei ole kaupungin."),
        ("sv", "Namnet på lotsen var först felstavat här men är nu rättat."),
    ],
)
def test_a_correction_without_a_label_names_the_day_the_page_or_what_we_wrote(language, text):
    assert one(text, language).kind is NoteKind.CORRECTION


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Reply of the harbour board added on 3 March at 6.20 p.m."),
        ("fr", "Ajout à 19 heures de la réaction du port."),
        ("fi", "Sataman vastaus lisätty kello 19."),
    ],
)
def test_a_reply_with_the_hour_at_which_it_was_added_is_an_update(language, text):
    assert one(text, language).kind is NoteKind.UPDATE


def test_a_caption_may_carry_a_note_wherever_it_stands():
    text = "The pilot. An earlier caption wrongly gave his name as Heller."
    assert one(text, position=0.5, place=Place.CAPTION).place is Place.CAPTION


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Harbour Times corrected the report on Friday after the board said the figure was wrong."),
        ("ja", "港湾省は資料に誤りがあったとして、3月分を訂正した。"),
        ("ko", "그는 발언이 잘못 보도됐다며 신문사에 정정보도를 요구했다."),
        ("cs", "Server se za chybu omluvil a článek stáhl, uvedl mluvčí přístavu."),
    ],
)
def test_a_report_of_what_others_corrected_is_no_note_even_at_the_foot(language, text):
    assert one(text, language) is None


def test_a_label_in_brackets_of_its_own_is_found_behind_a_sentence():
    notes = find_notes("선박이 항구를 떠났다.[정정] 선장은 43세가 아니라 34세입니다.", language="ko")
    assert notes[0].text.startswith("[정정]")


def test_a_bare_label_with_only_a_date_behind_it_is_no_note():
    notes, _ = lift("Updated:", "3 March 2026", seen_at=SEEN)
    assert not [note for note in notes if note.family is NoteFamily.REVISION]


def test_wrong_right_and_target_are_taken_where_the_note_says():
    note = one("Correction: The spelling of the captain's name has been corrected. It is Haller, not Heller.")
    assert (note.wrong, note.right, note.target) == ("Heller", "Haller", "name")


def test_an_ordinal_with_a_dot_does_not_end_the_sentence():
    text = "Bu haber, Liman 3. Sulh Ceza Hakimliğinin kararı uyarınca silinmiştir."
    assert one(text, "tr").kind is NoteKind.REMOVAL


def test_dots_in_dates_do_not_break_the_sentence():
    note = one("Dieser Text wurde am 3.2. um 8.05 Uhr aktualisiert.", "de")
    assert note.kind is NoteKind.UPDATE


def test_a_date_without_a_year_is_the_last_before_the_page_was_seen():
    notes, _ = lift("Correction, Nov. 20, 5:30 p.m. ET: The vote was on Monday.", seen_at=SEEN)
    assert notes[0].stated_at == datetime(2025, 11, 20, 22, 30, tzinfo=UTC)


def test_comments_and_forms_carry_no_notes():
    assert one("Correction: The bridge was built in 1931.", marks=("div", "comment-content")) is None


def test_the_agency_slug_is_cut_off_a_headline_that_stays():
    passage = Passage("UPDATE 1-Harbour closes", place=Place.HEADLINE)
    notes, rests = lift_notes([passage], language="en")
    assert notes[0].place is Place.HEADLINE
    assert rests == ("Harbour closes",)


def test_a_story_gives_its_own_notes_first_and_none_twice():
    text = "This story has been updated with a comment from the port."
    known = find_notes(text)
    story = Story(paragraphs=(Paragraph("A ship sank."), Paragraph(text, ParagraphKind.TEXT)), notes=known)
    assert find_notes(story) == known


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=5))
def test_every_passage_has_one_remainder_and_none_grows(texts):
    passages = [Passage(text) for text in texts]
    notes, rests = lift_notes(passages, language="en")
    assert len(rests) == len(passages)
    assert len(notes) <= len(passages)
    assert all(len(rest) <= len(text) for rest, text in zip(rests, texts, strict=True))


def test_look_alike_letters_in_a_label_break_nothing():
    assert lift_notes([Passage("Correctıonſ: a bridge."), Passage("UPDATEſ: Ⓚ İ")], language="en")[1]


@pytest.mark.parametrize(
    "text",
    [
        "This story will be updated.",
        "Editor's note: This essay first appeared in the harbour bulletin.",
        "Interviews were edited for length.",
    ],
)
def test_what_an_article_says_of_itself_is_meta(text):
    assert one(text, emphasis=True).family is NoteFamily.META


def test_a_link_to_the_page_of_corrections_is_no_label_of_what_stands_below_it():
    below = Passage("© 2024 The Sound Courier. All rights reserved.", position=1.0)
    assert lift_notes([Passage("Corrections", position=0.9, linked=True), below], language="en")[0] == ()


def test_a_label_that_is_a_link_stands_over_a_note():
    below = Passage("An earlier version of this article misstated the year of the flood.", position=1.0)
    (note,), rests = lift_notes([Passage("Correction", position=0.9, linked=True), below], language="en")
    assert (note.kind, rests) == (NoteKind.CORRECTION, ("", ""))
