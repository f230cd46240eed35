"""A day of the week or a month put for another is another date, in whatever form a language puts it."""

import pytest

from revtrack.model import Paragraph, Significance, Story
from revtrack.verdicts import compare
from revtrack.verdicts.days import weekdays

DAYS = {
    "en": ("The talks resume on Friday in Dorn.", "The talks resume on Monday in Dorn."),
    "de": ("Die Arbeiten beginnen am Montag in Dorn.", "Die Arbeiten beginnen am Dienstag in Dorn."),
    "fr": ("Les travaux commencent lundi à Dorne.", "Les travaux commencent mardi à Dorne."),
    "es": ("Las obras empiezan el lunes en Dorna.", "Las obras empiezan el martes en Dorna."),
    "pt": ("As obras começam na segunda-feira em Dorna.", "As obras começam na terça-feira em Dorna."),
    "it": ("I lavori iniziano lunedì a Dorna.", "I lavori iniziano martedì a Dorna."),
    "nl": ("Het werk begint maandag in Dorn.", "Het werk begint dinsdag in Dorn."),
    "sv": ("Arbetet börjar på måndag i Dorn.", "Arbetet börjar på tisdag i Dorn."),
    "da": ("Arbejdet begynder mandag i Dorn.", "Arbejdet begynder tirsdag i Dorn."),
    "no": ("Arbeidet begynner mandag i Dorn.", "Arbeidet begynner tirsdag i Dorn."),
    "fi": ("Työt alkavat maanantaina Dornissa.", "Työt alkavat tiistaina Dornissa."),
    "pl": ("Prace rozpoczną się w poniedziałek w Dornie.", "Prace rozpoczną się we wtorek w Dornie."),
    "cs": ("Práce začnou v pondělí v Dorně.", "Práce začnou v úterý v Dorně."),
    "ru": ("Работы начнутся в среду в Дорне.", "Работы начнутся в пятницу в Дорне."),
    "uk": ("Роботи почнуться в середу у Дорні.", "Роботи почнуться в п'ятницю у Дорні."),
    "tr": ("Çalışmalar pazartesi günü başlıyor.", "Çalışmalar salı günü başlıyor."),
    "ar": ("تبدأ الأعمال يوم الاثنين في دورن.", "تبدأ الأعمال يوم الثلاثاء في دورن."),
    "hi": ("काम सोमवार को शुरू होगा।", "काम मंगलवार को शुरू होगा।"),
    "id": ("Pekerjaan dimulai Senin di Dorn.", "Pekerjaan dimulai Selasa di Dorn."),
    "ja": ("工事は月曜日に始まる。", "工事は火曜日に始まる。"),
    "ko": ("공사는 월요일에 시작된다.", "공사는 화요일에 시작된다."),
    "zh": ("工程星期一开始。", "工程星期二开始。"),
}
MONTHS = {
    "fr": ("Les travaux commencent en juin.", "Les travaux commencent en juillet."),
    "sv": ("Arbetet börjar i juni.", "Arbetet börjar i juli."),
    "fi": ("Työt alkavat kesäkuussa.", "Työt alkavat heinäkuussa."),
    "pl": ("Prace zaczną się w czerwcu.", "Prace zaczną się w lipcu."),
    "cs": ("Práce začnou v červnu.", "Práce začnou v září."),
    "ru": ("Работы начнутся в июне.", "Работы начнутся в июле."),
    "uk": ("Роботи почнуться у червні.", "Роботи почнуться у липні."),
    "tr": ("Çalışmalar haziranda başlıyor.", "Çalışmalar temmuzda başlıyor."),
    "ar": ("تبدأ الأعمال في حزيران.", "تبدأ الأعمال في تموز."),
    "hi": ("काम जून में शुरू होगा।", "काम जुलाई में शुरू होगा।"),
}
POLISHED = ("Lorem ipsum dolor sit.", "Lorem ipsum dolor sit amet consectetur.")  # beside it a lone word counts no more


def reasons(language, old, new):
    sides = (
        Story(headline="News", language=language, paragraphs=(Paragraph(side), Paragraph(aside)))
        for side, aside in zip((old, new), POLISHED, strict=True)
    )
    found = compare(*sides).verdict.reasons
    return [reason for reason in found if reason.where == "paragraph 1"]


@pytest.mark.parametrize(("language", "sides"), [*DAYS.items(), *MONTHS.items()])
def test_another_day_or_month_is_another_date_beside_other_edits(language, sides):
    found = [(reason.feature, reason.significance) for reason in reasons(language, *sides)]
    assert found == [("date", Significance.SUBSTANTIVE)]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "The act was signed on Wednesday.", "The act was signed on Sept. 7."),
        ("ru", "Работы начнутся 5 июня.", "Работы начнутся в июне, 5-го."),
        ("zh", "他们一周一次开会。", "他们每周一次开会。"),
        ("zh", "此事令周一鸣十分意外。", "此事令周一鸣颇为意外。"),
        ("id", "Rapat itu berlangsung dua minggu.", "Rapat itu berlangsung dua pekan."),
        ("tr", "Semt pazarı bugün kuruldu.", "Semt pazarı bu sabah kuruldu."),
    ],
)
def test_a_day_told_otherwise_and_words_that_look_like_days_are_no_other_date(language, old, new):
    assert not [r for r in reasons(language, old, new) if r.feature == "date" and r.significance.level >= 3]


def test_days_are_read_in_the_order_of_the_sentence():
    assert weekdays("от понедельника до пятницы") == weekdays("星期一到星期五") == (1, 5)
