"""Read the times that pages state: ISO 8601 and RFC 2822 as machines write them, or a date in words. Knows no page.

Every result is aware and UTC. A time without a zone is taken as UTC: nothing better is known, and it never changes.
Digits of all scripts are read, years of the Buddhist era and of Japan's eras, and the Levant's names of months.
"""

import re
import unicodedata
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from revtrack.moments import find_moments, resolve

_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AGO = re.compile(r"\bago\b|\b(?:vor|il y a|hace|há)\s\d", re.IGNORECASE)
_AMBIGUOUS = re.compile(r"(?<![\d/])(?:0?[1-9]|1[0-2])/(?:0?[1-9]|1[0-2])/(?:\d\d)?\d\d(?![\d/])")
_PARTED = re.compile(r"\s[/@|•·–—-]\s?|(?<=\d)•|(?<=\d{4})-(?=\d\d?:)")  # between the day and the hour of a date line
_SPACED = re.compile(r"\b((?:19|20)\d\d)\.\s(\d{1,2})\.\s(\d{1,2})\b\.?")  # Korean: 2024. 11. 20.
_YEAR_FIRST = re.compile(r"\b((?:19|20)\d\d)\.?,?\s([^\W\d_]{3,12})\.?\s(\d{1,2})\b(?!:)")  # Hungarian, Lithuanian
_VIETNAMESE = re.compile(r"(\d{1,2})\s(?:tháng|th)\s(\d{1,2}),?\s(?:năm\s)?(\d{4})", re.IGNORECASE)
_ERA = re.compile(r"(令和|平成|昭和)\s?(\d{1,2}|元)年")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_THAI = re.compile("[\u0e01-\u0e5b]")
_BUDDHIST = re.compile(r"(?<!\d)(2[45]\d\d)(?!\d)")
_THAI_NAMES = """
มกราคม ม.ค. กุมภาพันธ์ ก.พ. มีนาคม มี.ค. เมษายน เม.ย. พฤษภาคม พ.ค. มิถุนายน มิ.ย.
กรกฎาคม ก.ค. สิงหาคม ส.ค. กันยายน ก.ย. ตุลาคม ต.ค. พฤศจิกายน พ.ย. ธันวาคม ธ.ค.
"""
_THAI_MONTHS = {name: index // 2 + 1 for index, name in enumerate(_THAI_NAMES.split())}
_THAI_DATE = re.compile(r"(\d{1,2})\s?(" + "|".join(map(re.escape, _THAI_MONTHS)) + r")\s?(\d{4})")
_LEVANTINE = {  # in two words, or too short for the reader of dates
    "كانون الثاني": "يناير",
    "شباط": "فبراير",
    "آذار": "مارس",
    "نيسان": "أبريل",
    "أيار": "مايو",
    "حزيران": "يونيو",
    "تموز": "يوليو",
    "آب": "أغسطس",
    "أيلول": "سبتمبر",
    "تشرين الأول": "أكتوبر",
    "تشرين الاول": "أكتوبر",
    "تشرين الثاني": "نوفمبر",
    "كانون الأول": "ديسمبر",
    "كانون الاول": "ديسمبر",
}
_LEVANTINE_MONTH = re.compile(r"(?<!\w)(?:" + "|".join(_LEVANTINE) + r")(?!\w)(?:\s?/\s?\w+)?")
_ARABIC = re.compile("[\u0620-\u064a]")
_SHORT_YEAR = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d\d)")  # all that a line says
_LONGEST = 200


def read_time(text: str, *, language: str = "", seen_at: datetime | None = None) -> tuple[datetime, bool] | None:
    """Return the time that a text states and whether it is more precise than a day; None if it states no whole date.

    `language` is that of the page, best with its region: in "en", "en-us" and where it is not known, 1/2/2024 is in
    January. "3 hours ago" is read where `seen_at` tells when that was written.

    >>> read_time("Posted on 11/20/2024")
    (datetime.datetime(2024, 11, 20, 0, 0, tzinfo=datetime.timezone.utc), False)
    """
    text = text[:_LONGEST].strip()
    if short := _SHORT_YEAR.fullmatch(text):
        text = f"20{short[3]}-{short[2]:0>2}-{short[1]:0>2}"
    if not text.isascii():
        text = _in_common_terms(text)
    try:
        return _read_iso(text) or _read_rfc(text) or _read_words(text, language or "en", seen_at)
    except (ValueError, OverflowError):  # a 31st of February, an offset of 99 hours
        return None


def is_ambiguous(text: str) -> bool:
    """Whether a text holds a day that may be read month first or day first."""
    return len(text) < _LONGEST and _AMBIGUOUS.search(text) is not None


def _in_common_terms(text: str) -> str:
    """Write digits in ASCII and foreign eras and months in those that the reader of dates knows."""
    text = "".join(str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in text)
    text = _ERA.sub(lambda era: f"{_ERAS[era[1]] + (1 if era[2] == '元' else int(era[2]))}年", text)
    text = _VIETNAMESE.sub(r"\3-\2-\1", text)
    if _THAI.search(text):
        text = _THAI_DATE.sub(lambda date: f"{date[3]}-{_THAI_MONTHS[date[2]]}-{date[1]}", text)
        text = _BUDDHIST.sub(lambda year: str(int(year[1]) - 543), text)
    if _ARABIC.search(text):
        text = _LEVANTINE_MONTH.sub(lambda month: _LEVANTINE[re.split(r"\s?/", month[0])[0]], text)
    return text


def _read_iso(text: str) -> tuple[datetime, bool] | None:
    found = _ISO.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    if hour is None:
        return datetime(int(year), int(month), int(day), tzinfo=UTC), False
    zone = "+00:00" if zone in (None, "Z", "UTC", "GMT") else zone
    zone = zone if len(zone) > 3 else f"{zone}:00"
    zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    stated = datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}")
    return stated.astimezone(UTC), True


def _read_rfc(text: str) -> tuple[datetime, bool] | None:
    if "," not in text[:4]:
        return None
    try:
        stated = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return (stated if stated.tzinfo else stated.replace(tzinfo=UTC)).astimezone(UTC), True


def _read_words(text: str, language: str, seen_at: datetime | None) -> tuple[datetime, bool] | None:
    relative = seen_at is not None and _AGO.search(text) is not None
    if not relative and not _YEAR.search(text):  # the search for dates costs more than all else here
        return None
    text = _YEAR_FIRST.sub(r"\3 \2 \1", _SPACED.sub(r"\1-\2-\3", _PARTED.sub(", ", text)))
    for moment in find_moments(text, language=language, loose=True):
        if (moment.year and moment.month and moment.day) or (relative and moment.ago is not None):
            stated = resolve(moment, seen_at=seen_at)
            return None if stated is None else (stated, moment.hour is not None or moment.ago is not None)
    return None
