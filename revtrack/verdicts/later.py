"""Whether a sentence now speaks of a later day or hour than it did. Pure; knows no levels and no notes."""

from collections.abc import Sequence
from functools import lru_cache

from revtrack.model import Change
from revtrack.moments import find_moments
from revtrack.verdicts.days import day_named, weekdays
from revtrack.verdicts.terms import terms
from revtrack.vocabulary import words_of


def is_later(change: Change) -> bool:
    """Whether the sentence now speaks of a later day or hour: a count by then does not put the old one right."""
    old, new = weekdays(change.old_sentence), weekdays(change.new_sentence)
    if any(0 < (b - a) % _WEEK <= _SOON for a, b in zip(old, new, strict=False)):
        return True
    dates = zip(_calendar(change.old_sentence), _calendar(change.new_sentence), strict=False)
    if any(0 < b - a <= _EXTENDED for a, b in dates):
        return True
    if _is_next(terms(change.old_sentence), terms(change.new_sentence)):
        return True
    hours = _hours(change.old_sentence), _hours(change.new_sentence)
    return bool(old == new and all(hours)) and all(a < b for a, b in zip(*hours, strict=False))


def _is_next(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether something that was in its third day or week is now in its fourth."""
    order, spans = _order(), _spans()
    return any(
        before in order and order.get(after) == order[before] + 1 and span in spans
        for before, after, span in zip(old, new, new[1:], strict=False)
    )


@lru_cache(maxsize=1)
def _order() -> dict[str, int]:
    return {word: number for number, word in enumerate(words_of("en").listed("ordinals"))}


@lru_cache(maxsize=1)
def _spans() -> frozenset[str]:
    return frozenset(form for forms in words_of("en").listed("spans") for form in forms.split("/"))


def is_dated(change: Change) -> bool:
    """Whether a sentence now gives a day, an hour or a part of the day, and gave none."""
    return any(bool(read(change.new_sentence)) and not read(change.old_sentence) for read in (_hours, weekdays))


def is_timed(text: str) -> bool:
    """Whether words may be of a day or an hour."""
    if any(day_named(term) or term in _PARTS or term in _order() or term[0].isdigit() for term in terms(text)):
        return True
    return not text.isascii() and any(part in text for part in _UNSPACED_PARTS)


@lru_cache(maxsize=256)
def _calendar(sentence: str) -> tuple[int, ...]:
    """Return the dates of a sentence as days of years of twelve months of 31, of one year where it names none."""
    if not any(character.isdigit() for character in sentence):
        return ()
    found = ((m.year or _SOME_YEAR, m.month, m.day) for m in find_moments(sentence) if m.month and m.day)
    return tuple((year * 12 + month) * 31 + day for year, month, day in found)


_SOME_YEAR = 2024
_WEEK = 7
_SOON = 3  # days of the week within which a story moves on
_EXTENDED = 10  # days by which something still to come is put off


@lru_cache(maxsize=256)
def _hours(sentence: str) -> tuple[int, ...]:
    """Return the times of day of a sentence in minutes, parts of the day by the hour they stand for."""
    clock = [(m.start, (m.hour or 0) * 60 + (m.minute or 0)) for m in find_moments(sentence) if m.hour is not None]
    parts = [(place, _PARTS[term] * 60) for place, term in enumerate(terms(sentence)) if term in _PARTS]
    if not (parts or sentence.isascii()):
        parts = sorted((at, _PARTS[part] * 60) for part in _UNSPACED_PARTS if (at := sentence.find(part)) >= 0)
    return tuple(minutes for _, minutes in clock or parts)


_PARTS = {
    part: hour
    for hour, listed in {
        8: "morning dawn sunrise morgen vormittag morgens matin matinée mañana manhã mattina mattinata ochtend "
        "morgonen formiddag aamulla утром утра вранці rano ráno sabah صباح صباحا pagi सुबह 上午 早上 午前 朝 오전 아침",
        12: "noon midday mittag mittags midi mediodía middag полдень दोपहर siang 中午 昼 정오",
        15: "afternoon nachmittag nachmittags tarde pomeriggio eftermiddag eftermiddagen ettermiddag iltapäivällä "
        "popołudnie odpoledne днем вдень öğleden sore 下午 午後 오후",
        20: "evening nightfall dusk sunset abend abends soir soirée noche noite sera serata avond kväll kvällen kveld "
        "kvelden aften illalla вечером вечера увечері wieczorem večer akşam مساء malam शाम 晚上 傍晚 夜 저녁",
        23: "night overnight nacht nachts nuit notte natten ночью вночі nocy gece रात 深夜 밤",
    }.items()
    for part in listed.split()
}


_UNSPACED_PARTS = tuple(part for part in _PARTS if part[0] >= "\u3040")
"""Parts of the day in scripts that part no words by blanks."""
