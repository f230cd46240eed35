"""Days of the week and months as sentences name them, in the forms that their languages have. Knows no edits."""

from functools import lru_cache

import regex

from revtrack.moments import month_named
from revtrack.moments.names import WEEKDAYS
from revtrack.verdicts.terms import terms

# One language a line, Monday first; a slash parts the forms of one day. What heads a date is known to `WEEKDAYS`.
_WEEKDAYS = """
montags dienstags mittwochs donnerstags freitags samstags sonntags
måndagen/måndags tisdagen/tisdags onsdagen/onsdags torsdagen/torsdags fredagen/fredags lördagen/lördags söndagen/söndags
mandagens tirsdagens onsdagens torsdagens fredagens lørdagens søndagens
maanantaina/maanantain/maanantaista/maanantaihin tiistaina/tiistain/tiistaista/tiistaihin keskiviikkona/keskiviikon/keskiviikosta/keskiviikkoon torstaina/torstain/torstaista/torstaihin perjantaina/perjantain/perjantaista/perjantaihin lauantaina/lauantain/lauantaista/lauantaihin sunnuntaina/sunnuntain/sunnuntaista/sunnuntaihin
poniedziałku/poniedziałkiem wtorku/wtorkiem środę/środy czwartku/czwartkiem piątku/piątkiem sobotę/soboty niedzielę/niedzieli
- - středu/středy čtvrtka/čtvrtku pátku sobotu/soboty neděli
понедельника/понедельнику вторника/вторнику среду/среды четверга/четвергу пятницу/пятницы/пятнице субботу/субботы/субботе воскресенья/воскресенью
понеділка вівторка середу/середи четверга п'ятниця/п'ятницю/п'ятниці субота/суботу/суботи неділю/неділі
- - - - cuma - pazar
senin - - - - - minggu
الاثنين/الإثنين الثلاثاء الأربعاء/الاربعاء الخميس الجمعة السبت الأحد/الاحد
सोमवार मंगलवार बुधवार गुरुवार/बृहस्पतिवार/वीरवार शुक्रवार शनिवार रविवार/इतवार
월요일/월요일에/월요일은/월요일부터/월요일까지 화요일/화요일에/화요일은/화요일부터/화요일까지 수요일/수요일에/수요일은/수요일부터/수요일까지 목요일/목요일에/목요일은/목요일부터/목요일까지 금요일/금요일에/금요일은/금요일부터/금요일까지 토요일/토요일에/토요일은/토요일부터/토요일까지 일요일/일요일에/일요일은/일요일부터/일요일까지
"""  # noqa: E501 - one line a language
# January first; what follows numerals in a date is known to `month_named`.
_MONTHS = """
январь/январе/январю февраль/феврале/февралю март/марте/марту апрель/апреле/апрелю май/мае/маю июнь/июне/июню июль/июле/июлю август/августе/августу сентябрь/сентябре/сентябрю октябрь/октябре/октябрю ноябрь/ноябре/ноябрю декабрь/декабре/декабрю
січень/січні лютий/лютому березень/березні квітень/квітні травень/травні червень/червні липень/липні серпень/серпні вересень/вересні жовтень/жовтні листопад/листопаді грудень/грудні
styczeń/styczniu luty/lutym marzec/marcu kwiecień/kwietniu maj/maju czerwiec/czerwcu lipiec/lipcu sierpień/sierpniu wrzesień/wrześniu październik/październiku listopad/listopadzie grudzień/grudniu
leden/lednu únor/únoru březen/březnu duben/dubnu květen/květnu červen/červnu červenec/července/červenci srpen/srpnu září říjen/říjnu listopad/listopadu prosinec/prosinci
tammikuu/tammikuussa/tammikuusta/tammikuuhun helmikuu/helmikuussa/helmikuusta/helmikuuhun maaliskuu/maaliskuussa/maaliskuusta/maaliskuuhun huhtikuu/huhtikuussa/huhtikuusta/huhtikuuhun toukokuu/toukokuussa/toukokuusta/toukokuuhun kesäkuu/kesäkuussa/kesäkuusta/kesäkuuhun heinäkuu/heinäkuussa/heinäkuusta/heinäkuuhun elokuu/elokuussa/elokuusta/elokuuhun syyskuu/syyskuussa/syyskuusta/syyskuuhun lokakuu/lokakuussa/lokakuusta/lokakuuhun marraskuu/marraskuussa/marraskuusta/marraskuuhun joulukuu/joulukuussa/joulukuusta/joulukuuhun
ocakta/ocak'ta şubatta/şubat'ta martta/mart'ta nisanda/nisan'da mayısta/mayıs'ta haziranda/haziran'da temmuzda/temmuz'da ağustosta/ağustos'ta eylülde/eylül'de ekimde/ekim'de kasımda/kasım'da aralıkta/aralık'ta
जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर
- شباط آذار نيسان أيار حزيران تموز آب أيلول - - -
"""  # noqa: E501 - one line a language


def _numbers(lines: str) -> dict[str, int]:
    """Return of each form the place of its group in its line, from 1."""
    groups = (group for line in lines.split("\n") for group in enumerate(line.split(), 1))
    return {form: number for number, forms in groups for form in forms.split("/") if form != "-"}


_DAYS, _FORMS = WEEKDAYS | _numbers(_WEEKDAYS), _numbers(_MONTHS)
_WRITTEN = regex.compile("([月火水木金土日])曜|(?:星期|礼拜|禮拜|周|週)([一二三四五六日天])")
_SIGNS = {sign: number for signs in ("月火水木金土日", "一二三四五六天") for number, sign in enumerate(signs, 1)}


def day_named(term: str) -> int | None:
    """Return which day of the week a term names, Monday the first, None if it names none."""
    return _DAYS.get(term)


def month_in(term: str) -> int | None:
    """Return which month a term names, in whatever form, None if it names none."""
    return _FORMS.get(term) or month_named(term)


@lru_cache(maxsize=256)
def weekdays(sentence: str) -> tuple[int, ...]:
    """Return the days of the week that a sentence names, in its order.

    >>> weekdays("From Monday to Friday"), weekdays("月曜日から金曜日まで")
    ((1, 5), (1, 5))
    """
    if not sentence.isascii() and (written := _WRITTEN.findall(sentence)):
        return tuple(_SIGNS[japanese or chinese] for japanese, chinese in written)
    return tuple(_DAYS[term] for term in terms(sentence) if term in _DAYS)
