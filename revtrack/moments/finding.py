"""Dates and times of day as articles and their notes write them, in the languages of the notes. Pure.

Date libraries fail on this phrasing ("Updated at 5:30 p.m. ET, Nov. 20", "am 24.6 um 11:22 Uhr", "11月20日 18時"), so
this is a grammar of our own: small parts (a day, a time, a weekday, an "ago") that merge where they stand together.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import regex

from revtrack.moments.moment import AMERICAN, Moment
from revtrack.moments.names import MONTHS, WEEKDAYS, ZONES
from revtrack.moments.signs import DOTTED, LETTERED, signs_in, signs_of

_MORNING = "午前|上午|早上|清晨|凌晨|오전|새벽|아침"
_AFTERNOON = frozenset(("午後", "夜", "下午", "傍晚", "晚上", "晚间", "오후", "저녁", "밤"))
_PART_OF_DAY = f"{_MORNING}|{'|'.join(sorted(_AFTERNOON))}"
_SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 604800, "s": 3600, "t": 86400, "j": 86400}

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_LETTERS = r"(?P<month>\p{L}[\p{L}\p{M}]{2,13})"
_MONTH_WORDS = signs_of(MONTHS)
_DATES = tuple(
    (frozenset(signs), pattern)
    for signs, pattern in (
        ((DOTTED,), rf"(?<![\d.,:/]){_YEAR}(?P<dash>[-/.])(?P<month>\d{{1,2}})(?P=dash)(?P<day>\d{{1,2}})(?!\d)"),
        (
            ("月", "월"),
            rf"(?<!\d)(?:{_YEAR}\s*[年년]\s*)?(?P<month>\d{{1,2}})\s*[月월]\s*(?P<day>\d{{1,2}})\s*[日号號일]",
        ),
        (
            (DOTTED,),
            r"(?<![\d.,:/-])(?P<day>\d{1,2})(?P<dash>[./-])\s?(?P<month>\d{1,2})(?P=dash)\s?(?P<year>(?:19|20)\d\d|\d\d)(?![\d/])",
        ),
        ((DOTTED,), r"(?<![\d.,:/])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?!\s?\d{4}|\d)"),
        ((DOTTED,), r"\b(?:am|vom|den|dem|ab)\s+(?P<day>\d{1,2})\.(?P<month>\d{1,2})(?![\d.])(?!\s*uhr)"),
        (_MONTH_WORDS, rf"(?<![\d.,:/])(?P<day>\d{{1,2}})\.(?P<month>\p{{L}}{{3,4}})\.{_YEAR}"),
        (("日",), r"(?<![\d.,:/月월\s])(?P<day>\d{1,2})日(?=\s?(?:午前|午後|\d|朝|夜|に))"),
        (
            _MONTH_WORDS,
            rf"(?:(?<![\d.,:/])|(?<=\d\./)|(?<=\d/))(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|[.ºª°])?\s?(?:(?:of|de|di)\s)?{_LETTERS}\b\.?(?:,?\s(?:del?\s|of\s)?{_YEAR})?",
        ),
        (
            _MONTH_WORDS,
            rf"\b{_LETTERS}\b\.?,?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%]|[.:,]\d|\s?[ap]\.?m)(?:,?\s{_YEAR})?",
        ),
        (_MONTH_WORDS, rf"\b{_LETTERS}\s(?:del?\s)?{_YEAR}"),
    )
)
"""Patterns, each with the signs one of which a text must hold: compiled when one does (`_found`)."""
_HOUR, _MINUTE = r"(?P<hour>[01]?\d|2[0-4])", r"(?P<minute>[0-5]\d)"
_ZONE = (
    r"(?:\s*\(?(?P<zone>(?:[ECMP]\.?[SD]?\.?T\b(?:\.(?!\s(?-i:\p{Lu})))?|GMT|UTC|WES?T|BST|CES?T|MES?Z|EES?T|SAST|MSK|МСК|TRT|IST|PKT|WIB|JST|KST"
    r"|A[EW][SD]T|HKT|SGT|eastern|central|pacific|(?:بتوقيت\s)?غرينتش|(?:по\s)?Гринвичу)(?![\p{Ll}]))(?P<shift>\s?[+-]\d{1,2}(?::?\d\d)?)?)?"
)
_CLOCK_WORDS = ("kl", "klokken", "klockan", "klo", "kello", "ore", "godz", "pukul", "pkl", "las", "às")
_ZONE_WORDS = "gmt utc hrs hkt sgt ist cet cest et est edt ct cst cdt mt mst mdt pt pst pdt".split()  # noqa: SIM905
_TIMES = tuple(
    (frozenset(signs), pattern + _ZONE)
    for signs, pattern in (
        (
            ("am", "pm", LETTERED),
            rf"(?<![\d.,:])(?P<hour>\d{{1,2}})(?:[:.]{_MINUTE})?(?::\d\d)?\s?(?P<half>[ap])(?:\.\s?m\.?|m\b)",
        ),
        (("uhr", "uur"), rf"(?<![\d.,:]){_HOUR}(?:[.:]\s?{_MINUTE})?\s?(?:uhr|uur)\b"),
        (
            (":",),
            rf"(?:(?P<half>{_PART_OF_DAY})\s?)?(?<![\d.,:]){_HOUR}:{_MINUTE}(?::\d\d)?(?!\d|:\d)(?:\s?(?:hs?|uur)\b)?",
        ),
        (("h", "heure", "heures"), rf"(?<![\d.,:]){_HOUR}\s?(?:h|heures?)(?:\s?{_MINUTE})?\b"),
        (
            ("tarde", "noche", "noite"),
            rf"\b(?:a\slas|às)\s?{_HOUR}(?::{_MINUTE})?\s(?P<half>de\sla\s(?:tarde|noche)|da\s(?:tarde|noite))\b",
        ),
        (("alle",), rf"\balle\s{_HOUR}(?=\s(?:di|del|dell|la|il|lo|le|con|per)\b|[,.;:)]|$)"),
        (
            (DOTTED,),
            rf"\b(?:kl\.?|klo|kello|um|alle|delle|ore|godz\.|saat|pukul|pkl\.?|at|a\slas|às|klokken|klockan|om)\s?{_HOUR}\.{_MINUTE}(?!\d|\.\d|\s?[ap]\.?\s?m\b)(?:\s?(?:uhr|uur|h)\b)?",
        ),
        (
            _CLOCK_WORDS,
            rf"\b(?:kl\.?|klokken|klockan|klo|kello|(?:alle\s)?ore|godz\.|pukul|pkl\.?|a\slas|às)\s?{_HOUR}(?!\d|[.:,]\d|h\d)(?:\s?h\b)?",
        ),
        (
            _ZONE_WORDS,
            rf"(?<!\d)(?P<hour>[01]\d|2[0-3]){_MINUTE}(?:\s?hrs)?(?=\s?(?:GMT|UTC|hrs|HKT|SGT|IST|CES?T|[ECMP][SD]?T)\b)",
        ),
    )
)
_HOUR_SIGNS = frozenset("時时点點시")
_SIGNED_TIME = (
    rf"(?P<half>{_PART_OF_DAY})?\s?(?<!\d){_HOUR}\s?[時时点點시](?![間间])\s?(?:(?P<minute>[0-5]?\d)\s?[分분])?" + _ZONE
)
_LOOSE_TIME = regex.compile(rf"(?<![\d.,:]){_HOUR}\.{_MINUTE}(?![\d.])(?:\s?h(?:s|rs|oras)?\b\.?)?" + _ZONE)
_LOOSE_DATE = regex.compile(r"(?<![\d.,:])(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?![\d.])")
_NOON = r"\b(?:12\s)?(?P<name>noon|midnight|midi|minuit|mediodía|medianoche)\b" + _ZONE
_AGO = (
    r"\b(?P<count>\d{1,3}|an?|one|two|three|four|five|six)\s?(?P<unit>min(?:ute)?s?|hours?|hrs?|days?|weeks?)\sago\b"
    r"|\b(?:vor|il\sy\sa|hace|há)\s(?P<count>\d{1,3})\s(?P<unit>Min|Std|Stund|Tag|min|heure|hora|h\b|jour|d[ií]a)\p{L}*"
)
_NEAR = (
    r"\b(?:(?P<back>yesterday|gestern|hier|ayer|ontem|ieri|gisteren|igår|i\sgår|eilen|wczoraj|včera|вчера|вчора|dün|أمس|kemarin)"
    r"|(?:today|heute|aujourd'hui|hoy|hoje|oggi|vandaag|idag|i\sdag|tänään|dzisiaj|dziś|dnes|сегодня|сьогодні|bugün|اليوم|hari\sini))\b"
    r"|(?P<past>昨日|昨天|어제)|今日|今天|오늘"
)
_DAYNAME = r"\b(?P<name>" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\b"
_GLUE = regex.compile(
    r"[\s,،.;|•·()-]{0,4}(?:(?:t|at|on|de|del|di|do|do\sdia|om|klokken|klockan|года?,?\sв|г\.,?\sв|року\sо|الساعة|um|kl\.?|klo|kello|à|a\slas|às|alle|ore|o|godz\.|v|в|о|saat|den|am|pukul|as\sof)\s?)?[\s,(]{0,2}",
    regex.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_DIGIT = re.compile(r"\d")
_DAY_WORDS = signs_of(WEEKDAYS)
_AGO_WORDS = frozenset(("ago", "vor", "y", "hace", "há"))


def find_moments(text: str, *, language: str = "", loose: bool = False) -> tuple[Moment, ...]:
    """Return the dates and times in a text, those that stand together as one.

    `language` decides what 3/4 means: month first in "en" and "en-us", day first elsewhere. `loose` also takes a bare
    "18.30" for a time, "29.05" for a date, and reads "yesterday" and "noon", as behind the label of a note.

    >>> [(m.month, m.day, m.hour, m.minute) for m in find_moments("Updated at 5:30 p.m. ET, Nov. 20")]
    [(11, 20, 17, 30)]
    """
    signs, has_digit = signs_in(text), _DIGIT.search(text) is not None
    found: list[Moment] = []
    if not _DAY_WORDS.isdisjoint(signs):
        found += [day for match in _found(_DAYNAME, text) if (day := _weekday(match))]
    if loose:
        is_here = language[:2] not in {"", "fr"}  # what "hier" says in other languages
        found += [_near(match) for match in _found(_NEAR, text) if not (is_here and match[0].lower() == "hier")]
        found += [_noon(match) for match in _found(_NOON, text)]
    if has_digit:
        dates = (pattern for told_by, pattern in _DATES if not told_by.isdisjoint(signs))
        times = (pattern for told_by, pattern in _TIMES if not told_by.isdisjoint(signs))
        found += [m for pattern in dates for match in _found(pattern, text) if (m := _date(match, language))]
        found += [_time(match) for pattern in times for match in _found(pattern, text)]
        if not _HOUR_SIGNS.isdisjoint(text):
            found += [_time(match) for match in _found(_SIGNED_TIME, text)]
        if loose:
            found += [_time(match) for match in _LOOSE_TIME.finditer(text)]
            found += [m for match in _LOOSE_DATE.finditer(text) if (m := _date(match, language))]
    if not _AGO_WORDS.isdisjoint(signs):
        found += [_ago(match) for match in _found(_AGO, text)]
    return _merged(_apart(found), text)


def _found(pattern: str, text: str) -> Iterator[regex.Match[str]]:
    return _compiled(pattern).finditer(text)


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    """Compile a pattern when a text first may hold it: most pages ask a few, and to compile all takes 40 ms."""
    return regex.compile(pattern, regex.IGNORECASE)


def mask_moments(text: str, moments: tuple[Moment, ...], *, filler: str = "\ue000") -> str:
    """Return the text with every character of the given moments replaced: same length, no dot left in a date."""
    parts, at = [], 0
    for moment in moments:
        parts += [text[at : moment.start], filler * (moment.end - moment.start)]
        at = moment.end
    return "".join([*parts, text[at:]])


def _weekday(match: regex.Match[str]) -> Moment | None:
    """Read the name of a day, None for a look-alike: to the pattern the Turkish dotless i is an i, as in "SALI"."""
    number = WEEKDAYS.get(match["name"].lower())
    return Moment(match.start(), match.end(), weekday=number) if number else None


def _date(match: regex.Match[str], language: str) -> Moment | None:
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    if year is not None and year < 100:
        year += 2000
    word, day = groups.get("month") or "", int(groups["day"]) if groups.get("day") else None
    if not word:  # "19日": of this month
        return Moment(match.start(), match.end(), day=day) if day and day <= 31 else None
    month = int(word) if word.isdigit() else MONTHS.get(word.lower(), 0)
    is_whole = year is not None and day is not None
    if word in {"may", "march", "mar", "set", "sen"} and language[:2] in {"", "en"} and not is_whole:  # "12 may leave"
        return None
    american = groups.get("dash") == "/" and language.lower() in {"en", "en-us"} and year and len(match[0]) < 11
    if american and day is not None and match.string[match.start() : match.start() + 4].isdigit() is False:
        day, month = (month, day) if day <= 12 else (day, month)
    if day is not None and month > 12 >= day:
        day, month = month, day
    valid = 1 <= month <= 12 and (day is None or 1 <= day <= 31)
    return Moment(match.start(), match.end(), year=year, month=month, day=day) if valid else None


def _near(match: regex.Match[str]) -> Moment:
    return Moment(match.start(), match.end(), back=1 if match["back"] or match["past"] else 0)


def _noon(match: regex.Match[str]) -> Moment:
    zone = (match["zone"] or "").upper().replace(".", "")
    hour = 0 if match["name"].lower() in {"midnight", "minuit", "medianoche"} else 12
    american = zone if zone in AMERICAN else ""
    return Moment(match.start(), match.end(), hour=hour, minute=0, offset=ZONES.get(zone), zone=american)


def _time(match: regex.Match[str]) -> Moment:
    groups = match.groupdict()
    hour, half = int(groups["hour"]), groups.get("half")
    if half:
        hour = hour % 12 + (12 if half[0] in "pPdD" or half in _AFTERNOON else 0)
    zone = (groups.get("zone") or "").upper().replace(".", "").split(" ")[-1]
    offset = ZONES.get(zone)
    shift = (groups.get("shift") or "").replace(":", "").strip()
    if offset is not None and shift:
        sign, digits = (-1 if shift[0] == "-" else 1), shift[1:]
        offset += sign * (int(digits[:-2]) + int(digits[-2:]) / 60 if len(digits) > 2 else int(digits))
    minute = int(groups.get("minute") or 0)
    american = zone if zone in AMERICAN else ""
    return Moment(match.start(), match.end(), hour=hour % 24, minute=minute, offset=offset, zone=american)


def _ago(match: regex.Match[str]) -> Moment:
    count = int(match["count"]) if match["count"].isdigit() else _COUNTS.get(match["count"].lower(), 1)
    return Moment(match.start(), match.end(), ago=count * _SECONDS[match["unit"][0].lower()])


def _apart(found: list[Moment]) -> list[Moment]:
    """Keep, of overlapping readings, the one that begins first, and the longest of these."""
    apart: list[Moment] = []
    for moment in sorted(found, key=lambda m: (m.start, -m.end)):
        if not apart or moment.start >= apart[-1].end:
            apart.append(moment)
    return apart


def _merged(moments: list[Moment], text: str) -> tuple[Moment, ...]:
    merged: list[Moment] = []
    for moment in moments:
        if merged and _GLUE.fullmatch(text, merged[-1].end, moment.start):
            merged[-1] = _together(merged[-1], moment)
        else:
            merged.append(moment)
    return tuple(merged)


def _together(first: Moment, second: Moment) -> Moment:
    """Join two moments; what the first one states stands."""
    stated = {
        name: getattr(first, name) if getattr(first, name) is not None else getattr(second, name)
        for name in ("year", "month", "day", "hour", "minute", "weekday", "ago", "back")
    }
    giver = first if first.hour is not None else second
    return replace(first, end=second.end, offset=giver.offset, zone=giver.zone, **stated)
