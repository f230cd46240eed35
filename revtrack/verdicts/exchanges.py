"""One word of a closed class put for another: a month, a season, a unit, a currency. Pure; knows no notes."""

from collections.abc import Mapping
from functools import lru_cache

from revtrack.model import Change, Reason, Significance
from revtrack.verdicts.days import day_named, month_in, weekdays
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.figures import lasting, same_numbers
from revtrack.verdicts.terms import terms
from revtrack.vocabulary import CURRENCIES, words_of

_LONGEST = 5  # words of an edit that is an exchange: "an hour and a half"

Member = tuple[str, str, object]
"""What a word of a class is: the feature that its exchange shows, the class, and which of the class."""


def judge_exchange(edit: Edit, change: Change) -> Reason | None:
    """Return the reason of an edit that puts one such word for another, None if it is none."""
    sides = [_named(side, edit.language) for side in (change.old, change.new)]
    if not any(sides):
        sides = _days_within(edit, change)
    if len(sides[0]) != 1 or len(sides[1]) != 1:
        return None
    (old,), (new,) = sides
    if old[:2] != new[:2] or old == new:
        return None
    length = lasting(change.old, edit.language)
    same = length is not None and length == lasting(change.new, edit.language)
    if same or same_numbers(change.old, change.new, language=edit.language):
        return edit.reason("number_style", Significance.MINOR, change.old, change.new, change=change)
    return edit.reason(old[0], Significance.SUBSTANTIVE, change.old, change.new, change=change)


def _named(text: str, language: str) -> set[Member]:
    words = terms(text)
    if len(words) > _LONGEST:
        return set()
    dates: set[Member] = {("date", "month", month) for word in words if (month := month_in(word))}
    dates |= {("date", "day", day) for word in words if (day := day_named(word))}
    members = _members(language)
    if words_of(language).spaced:
        return dates | {members[word] for word in words if word in members}
    return dates | {member for word, member in members.items() if word in text and not word.isascii()}


def _days_within(edit: Edit, change: Change) -> list[set[Member]]:
    """Return the days that an edit gives up and brings where it touches but one sign of their names: "月曜", "火曜"."""
    old, new = set(weekdays(edit.old)), set(weekdays(edit.new))
    if words_of(edit.language).spaced or max(len(change.old), len(change.new)) > _DAY_SIGNS:
        return [set(), set()]
    return [{("date", "day", day) for day in side} for side in (old - new, new - old)]


_DAY_SIGNS = 3  # signs of the name of a day in scripts without blanks: "星期一"


@lru_cache(maxsize=32)
def _members(language: str) -> Mapping[str, Member]:
    """Return the words of the classes of a language, of English too: "km" and "euro" are written everywhere."""
    found: dict[str, Member] = {}
    for known in ("en", language):
        for feature, kind, name in _LISTS:
            for place, group in enumerate(words_of(known).listed(name)):
                found |= dict.fromkeys(group.split("/"), (feature, kind, (name, known, place)))
    return {word: ("money", "currency", code) for word, code in CURRENCIES.items()} | found


_LISTS = (("date", "season", "seasons"), ("unit", "measure", "units"), ("unit", "measure", "spans"))
