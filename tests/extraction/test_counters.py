"""Lines that tick are known by their shape and by words of many languages; sentences are not taken for them."""

import pytest

from revtrack.extraction.counters import goes_on_behind_an_advert, is_counter, labels_an_advert, tells_its_age


@pytest.mark.parametrize(
    "line",
    [
        *("Comments( 12 )", "4.2K shares", "5 min read", "AI Chat", "3/12", "7:28", "37%", "👍 213"),
        *("vor 3 Stunden", "hace 5 minutos", "il y a 2 heures", "Mis à jour il y a 3 min", "3 ore fa", "há 4 horas"),
        *("5 minuten geleden", "3 timmar sedan", "2 saat önce", "3 часа назад", "3時間前", "5分前に更新"),
        *("منذ 3 ساعات", "3 घंटे पहले", "21 टिप्पणियाँ", "Advertisement", "広告", "FTSE 7,512.30 ▲ 0.4% DAX 18,001 ▼ 1.2%"),
        *("1974 readers online", "2019 Leser sind gerade hier"),
    ],
)
def test_a_line_that_ticks_is_known(line):
    assert is_counter(line)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "2019",
            "2019 in review",
            "7.",
            "He declined.",
            "Nobody was hurt.",
            "12 people died",
            "14 | 15 | 16",
            "* * *",
            "___",
        ),
        *("Posted on 11/20/2024", "Er war 12.", "Le prix a baissé de 3 %.", "The rate rose to 7 percent on Monday"),
    ],
)
def test_a_line_that_says_something_is_not(line):
    assert not is_counter(line)


def test_an_author_with_the_age_of_the_page_tells_its_age():
    assert tells_its_age("Ida Moreau · 3 hours ago")
    assert tells_its_age("Read to you by Ida Moreau · 9 Min.")
    assert not tells_its_age("Two ferries · 9 minutes · and no bridge.")
    assert not tells_its_age("Two ferries · three captains · one quay.")
    assert not tells_its_age("Ida Moreau · Port Lenning")


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement. Scroll to read on.",
        "Werbung. Bitte scrollen.",
        "विज्ञापन। आगे पढ़ें।",
        "Konec reklamy",
        "Reklam. Kaydırın.",
    ],
)
def test_a_line_says_that_an_advert_begins_or_ends(line):
    assert labels_an_advert(line)


@pytest.mark.parametrize(
    "line",
    [
        "The ad was withdrawn.",
        "Werbung ist teuer.",
        "Lenning. The ad is gone.",
        "Ads cost more. Paint does not, they say, and so the bridge.",
    ],
)
def test_a_sentence_on_adverts_does_not(line):
    assert not labels_an_advert(line)


@pytest.mark.parametrize(
    "line",
    [
        "The story continues below",
        "Der Artikel geht nach der Anzeige weiter",
        "La suite après la publicité",
        "記事は広告の後に続きます",
        "Haber reklamdan sonra devam ediyor",
        "Продолжение после рекламы",
    ],
)
def test_a_line_says_that_the_text_goes_on(line):
    assert goes_on_behind_an_advert(line)


@pytest.mark.parametrize(
    "line",
    [
        "Der Artikel geht auf 1931 zurück",
        "The story goes on.",
        "Anzeige gegen den Hafenmeister",
        "The ad and the mayor",
        "Реклама после выборов",
    ],
)
def test_a_heading_does_not(line):
    assert not goes_on_behind_an_advert(line)
