"""Forms of notes, each in every language: who acted, on what, and what was done."""

import tomllib
from pathlib import Path

import pytest

from revtrack.model import NoteFamily
from revtrack.notes import Passage, lift_notes
from revtrack.notes.details import read_details
from revtrack.notes.grammar import LANGUAGES, load_rules
from revtrack.text import clean

FORMS = tomllib.loads((Path(__file__).parent / "forms.toml").read_text("utf-8"))


def kinds(text, language):
    notes, _ = lift_notes([Passage(clean(text), position=0.95)], language=language)
    return [note.kind.value for note in notes if note.family is NoteFamily.REVISION]


@pytest.mark.parametrize("form", FORMS)
def test_what_one_language_can_say_all_can(form):
    kind, sentences = FORMS[form]["kind"], {key: text for key, text in FORMS[form].items() if key != "kind"}
    expected = [] if kind == "none" else [kind]  # "none": news that only sounds like a note
    assert set(sentences) == set(LANGUAGES)
    assert {language: kinds(text, language) for language, text in sentences.items()} == dict.fromkeys(
        LANGUAGES, expected
    )


@pytest.mark.parametrize(
    ("language", "text", "wrong", "right"),
    [
        ("en", 'Where it said "Home" read "Holm".', "Home", "Holm"),
        ("en", "The keeper is called Holm, not Home.", "Home", "Holm"),
        ("de", "Statt „Home“ muss es „Holm“ heißen.", "Home", "Holm"),
        ("fr", "Le gardien s'appelle Holm, et non Home.", "Home", "Holm"),
        ("es", "Donde dice «Home» debe decir «Holm».", "Home", "Holm"),
        ("it", "Leggasi Holm.", "", "Holm"),
        ("pt", "Onde se lê “Home”, leia-se “Holm”.", "Home", "Holm"),
        ("sv", "Rätt är Holm.", "", "Holm"),
        ("cs", "Strážce se jmenuje Holm, nikoli Home.", "Home", "Holm"),
        ("ru", "Вместо «Хоум» следует читать «Холм».", "Хоум", "Холм"),
        ("ar", "الحارس اسمه هولم وليس هوم.", "هوم", "هولم"),
        ("zh", "守塔人的姓应为霍尔姆。", "", "霍尔姆"),
        ("ja", "「ホーム」とあるのは「ホルム」の誤りです。", "ホーム", "ホルム"),
        ("ko", "'홈'은 '홀름'의 잘못입니다.", "홈", "홀름"),
    ],
)
def test_what_stood_and_what_should_stand_are_read_out(language, text, wrong, right):
    assert read_details(clean(text), load_rules(language))[:2] == (wrong, right)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "An earlier version of this article appeared in the harbour weekly."),
        ("en", "As our report on the quay said, the lamp is green."),
        ("en", "The headline inflation figure was revised to 3.1 per cent."),
        ("en", "The book first appeared without a preface."),
        ("en", "In Monday's interview she said the pier was safe, not sound."),
        ("en", "The board withdraws its bid for the port. It was too low."),
        ("de", "Wir haben uns verzählt, sagte der Wahlleiter am Abend."),
        ("fr", "Nous avons confondu vitesse et précipitation, a reconnu le maire."),
        ("de", "Am Gesetz wurden Änderungen vorgenommen."),
        ("ru", "В закон внесены изменения."),
        ("ru", "Ранее мы писали, что в городе открыли мост."),
        ("pl", "Jak pisaliśmy wcześniej, most jest zamknięty."),
        ("en", "We previously reported on the sale of the quay."),
        ("en", "We regret the mistake, the airline said in a statement."),
        ("en", "The video was removed at the request of the family, police said."),
        ("en", "The family no longer appears in public here, at the request of the police."),
        ("en", "For clarity: the law applies to cars only."),
        ("de", "Der Name steht auf Wunsch der Familie nicht mehr auf der Tafel."),
        ("ko", "신문은 ‘바로잡습니다’ 난을 날마다 싣는다."),
        ("zh", "昨日，本报记者从港口方面了解到，码头将于五月开放，报道如下。"),
    ],
)
def test_what_only_sounds_like_such_a_form_is_no_note_even_at_the_foot(language, text):
    assert kinds(text, language) == []


@pytest.mark.parametrize(
    "text",
    [
        'In "Who keeps the light?" (3 May) we named the wrong keeper.',
        "En la pág. 4 de la edición de ayer se publicó un nombre equivocado del farero.",
        "In „Kein Licht“ vom 23./24. November wurde der Wärter fälschlich Home genannt.",
    ],
)
def test_a_title_a_page_and_two_days_do_not_end_the_sentence(text):
    assert kinds(text, {"I": "en", "E": "es"}[text[0]] if "vom" not in text else "de") == ["correction"]
