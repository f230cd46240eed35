"""What months, days of the week and zones of time are called, in the languages of the notes. Knows no sentence."""

_MONTHS = """
january jan january janvier janv enero ene gennaio gen janeiro januari januar jänner tammikuuta tammikuun stycznia sty ledna января янв січня січ ocak oca يناير جनवरी जनवरी
february feb februar februari février févr fév febrero febbraio fevereiro fev helmikuuta helmikuun lutego lut února февраля фев лютого şubat şub فبراير फ़रवरी फरवरी
march mar marts märz mars marzo março maart mrt maaliskuuta maaliskuun marca března марта мар березня mart maret مارس मार्च
april apr avril avr abril abr aprile huhtikuuta huhtikuun kwietnia kwi dubna апреля апр квітня nisan nis أبريل ابريل अप्रैल
may mai mayo maggio mag maio mei maj toukokuuta toukokuun maja května мая травня mayıs مايو मई
june jun juni juin junio giugno giu junho kesäkuuta kesäkuun czerwca cze června июня июн червня haziran haz يونيو जून
july jul juli juillet juil julio luglio lug julho heinäkuuta heinäkuun lipca lip července июля июл липня temmuz tem يوليو जुलाई
august aug août agosto ago augusti augustus elokuuta elokuun sierpnia sie srpna августа авг серпня ağustos ağu agustus أغسطس अगस्त
september sep sept septembre septiembre settembre set setembro syyskuuta syyskuun września wrz září сентября сен вересня eylül eyl سبتمبر सितंबर
october oct okt oktober octobre octubre ottobre ott outubro out lokakuuta lokakuun października paź října октября окт жовтня ekim eki أكتوبر अक्टूबर
november nov novembre noviembre novembro marraskuuta marraskuun listopada lis listopadu ноября ноя листопада kasım kas nopember نوفمبر नवंबर
december dec dez dezember décembre déc diciembre dic dicembre dezembro joulukuuta joulukuun grudnia gru prosince декабря дек грудня aralık ara desember des ديسمبر दिसंबर
"""  # noqa: E501 - one line a month reads best
_WEEKDAYS = """
monday montag lundi lunes lunedì segunda-feira maandag måndag mandag maanantai poniedziałek pondělí понедельник понеділок pazartesi
tuesday dienstag mardi martes martedì terça-feira dinsdag tisdag tirsdag tiistai wtorek úterý вторник вівторок salı selasa
wednesday mittwoch mercredi miércoles mercoledì quarta-feira woensdag onsdag keskiviikko środa středa среда середа çarşamba rabu
thursday donnerstag jeudi jueves giovedì quinta-feira donderdag torsdag torstai czwartek čtvrtek четверг четвер perşembe kamis
friday freitag vendredi viernes venerdì sexta-feira vrijdag fredag perjantai piątek pátek пятница пятниця jumat
saturday samstag sonnabend samedi sábado sabato zaterdag lördag lørdag lauantai sobota суббота cumartesi sabtu
sunday sonntag dimanche domingo domenica zondag söndag søndag sunnuntai niedziela neděle воскресенье неділя
"""  # noqa: E501 - and one line a day


def _table(lines: str) -> dict[str, int]:
    return {name: number for number, line in enumerate(lines.split("\n")[1:-1], 1) for name in line.split()}


MONTHS = _table(_MONTHS)
_FULL = 3  # letters below which a month's short name is more often another word
WEEKDAYS = _table(_WEEKDAYS)
# Hours from UTC. The bare "ET" family stands for standard or daylight time, as the date has it.
ZONES = {
    **dict.fromkeys(("GMT", "UTC", "WET", "ГРИНВИЧУ", "غرينتش"), 0.0),
    **dict.fromkeys(("BST", "CET", "MEZ", "WEST"), 1.0),
    **dict.fromkeys(("CEST", "MESZ", "EET", "SAST"), 2.0),
    **dict.fromkeys(("EEST", "MSK", "TRT", "МСК"), 3.0),
    "IST": 5.5,
    "PKT": 5.0,
    "WIB": 7.0,
    "JST": 9.0,
    "KST": 9.0,
    "AEST": 10.0,
    "AEDT": 11.0,
    **dict.fromkeys(("HKT", "SGT", "AWST"), 8.0),
    "EST": -5.0,
    "EDT": -4.0,
    "CST": -6.0,
    "CDT": -5.0,
    "MST": -7.0,
    "MDT": -6.0,
    "PST": -8.0,
    "PDT": -7.0,
}


def month_named(word: str) -> int | None:
    """Return the number of the month that a word names in any language known here, None if it names none."""
    return MONTHS.get(word.casefold()) if len(word) > _FULL else None
