from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.moments import find_moments, mask_moments, resolve

SEEN = datetime(2026, 3, 5, 9, tzinfo=UTC)


def read(text, language="en"):
    moments = find_moments(text, language=language, loose=True)
    return f"{resolve(moments[0], seen_at=SEEN):%Y-%m-%d %H:%M}" if moments else None


@pytest.mark.parametrize(
    ("language", "text", "stated"),
    [
        ("en", "Updated at 5:30 p.m. ET, Nov. 20", "2025-11-20 22:30"),
        ("en", "This story was updated Friday, March 6, at 9 a.m. PST", "2026-03-06 17:00"),
        ("en", "Update (4 March 2026, 18:05 GMT):", "2026-03-04 18:05"),
        ("en", "UPDATED: 07:15 BST, 2 July 2025", "2025-07-02 06:15"),
        ("en", "Updated 3 hours ago", "2026-03-05 06:00"),
        ("en", "Last updated on 1/22/2021", "2021-01-22 00:00"),
        ("en-gb", "Amended 02/11/2025", "2025-11-02 00:00"),
        ("en", "Update: Tuesday 11 a.m.", "2026-03-03 11:00"),
        ("en", "Updated 12:15 a.m. EDT July 4, 2025", "2025-07-04 04:15"),
        ("en", "Updated 9 a.m. ET, July 4, 2025", "2025-07-04 13:00"),
        ("de", "Korrektur am 3. Februar um 8.05 Uhr", "2026-02-03 08:05"),
        ("de", "am 24.2 um 11:22 Uhr", "2026-02-24 11:22"),
        ("de", "vom 23./24. November 2024", "2024-11-24 00:00"),
        ("fr", "Mise à jour du 1er mars à 18 h 30", "2026-03-01 18:30"),
        ("es", "Actualización del 3 de marzo de 2026 a las 10:15", "2026-03-03 10:15"),
        ("pt", "Atualizada às 19h45", "2026-03-05 19:45"),
        ("it", "Aggiornato il 2 marzo 2026 alle 17.40", "2026-03-02 17:40"),
        ("nl", "Update 20 februari, 18.30 uur:", "2026-02-20 18:30"),
        ("da", "Rettet den 3. marts kl. 9.15", "2026-03-03 09:15"),
        ("fi", "Oikaisu 1. maaliskuuta kello 9:", "2026-03-01 09:00"),
        ("cs", "Oprava 2. března 2026 v 14:30", "2026-03-02 14:30"),
        ("en", "Updated two hours ago", "2026-03-05 07:00"),
        ("en", "Updated at 2026-03-04T18:05:00Z", "2026-03-04 18:05"),
        ("de", "Aktualisiert um 7.45 Uhr am 3. Februar", "2026-02-03 07:45"),
        ("fr", "Actualisé à 8 heures 30", "2026-03-05 08:30"),
        ("es", "Añadido a las 7 de la tarde", "2026-03-05 19:00"),
        ("it", "Aggiornato alle 19 di martedì 3 marzo", "2026-03-03 19:00"),
        ("nl", "Aangevuld maandag om 9 uur", "2026-03-02 09:00"),
        ("tr", "Güncelleme: 3 Mart 2026 Salı, 08.40", "2026-03-03 08:40"),
        ("ru", "Обновлено 4 марта 2026 в 18:05", "2026-03-04 18:05"),
        ("tr", "Güncelleme (4 Mart, 18.57):", "2026-03-04 18:57"),
        ("id", "Diperbarui 4 Maret 2026 pukul 14.10 WIB", "2026-03-04 07:10"),
        ("ja", "2026年3月4日 午後6時05分 更新", "2026-03-04 18:05"),
        ("ko", "3월 4일 오전 9시 30분 수정", "2026-03-04 09:30"),
        ("ar", "آخر تحديث 4 مارس 2026 14:00 (GMT+0400)", "2026-03-04 10:00"),
    ],
)
def test_dates_are_read_as_notes_write_them(language, text, stated):
    assert read(text, language) == stated


@pytest.mark.parametrize(
    ("language", "text", "day", "hour"),
    [
        ("en", "Corrected yesterday to show", 1, None),
        ("en", "Update (12 noon ET): The quay", None, 12),
        ("es", "Nota actualizada ayer a las 7.45 con", 1, 7),
        ("sv", "Uppdaterad igår 21:14 med", 1, 21),
        ("pt", "Atualizado às 9h de 12/10/2024 para", None, 9),
        ("no", "Oppdatert 3. mai 2023 klokken 14:", None, 14),
    ],
)
def test_near_days_and_noon_are_read_behind_a_label(language, text, day, hour):
    (moment,) = find_moments(text, language=language, loose=True)
    assert (moment.back, moment.hour) == (day, hour)


def test_a_day_without_its_month_is_the_latest_of_that_number():
    (moment,) = find_moments("（28日午後5時訂正）", language="ja", loose=True)
    stated = resolve(moment, seen_at=SEEN)
    assert stated.day == 28
    assert timedelta() <= SEEN - stated < timedelta(days=32)


def test_hier_is_yesterday_in_french_and_here_in_other_languages():
    assert find_moments("Corrigé hier", language="fr", loose=True)
    assert not find_moments("Hier steht nichts", language="de", loose=True)
    assert not find_moments("Hier stond een andere datum", language="nl", loose=True)


@pytest.mark.parametrize(
    "text", ["They won 2–1.", "It cost 3.50 euros.", "the 12 may leave", "Feb. 31, 2026 was no day", "3時間かかった"]
)
def test_other_numbers_are_no_dates(text):
    moments = find_moments(text)
    assert [resolve(moment, seen_at=SEEN) for moment in moments] in ([], [None])


def test_a_masked_text_keeps_its_length():
    text = "Updated Nov. 20, 5 p.m., and again."
    masked = mask_moments(text, find_moments(text, language="en"))
    assert len(masked) == len(text)
    assert masked.startswith("Updated \ue000")


@given(st.text(max_size=300))
def test_moments_stand_in_order_and_apart(text):
    moments = find_moments(text, loose=True)
    assert all(0 <= moment.start < moment.end <= len(text) for moment in moments)
    assert all(first.end <= second.start for first, second in pairwise(moments))
    assert len(mask_moments(text, moments)) == len(text)


def test_a_name_that_looks_like_a_turkish_weekday_is_none():
    assert [moment.weekday for moment in find_moments("SALI BERISHA, FRIDAY")] == [5]


def test_half_of_the_day_behind_a_dot_belongs_to_the_time():
    (moment,) = find_moments("Updated at 4.20pm. The firm has replied.", loose=True)
    assert (moment.hour, moment.minute, moment.end) == (16, 20, len("Updated at 4.20pm"))
