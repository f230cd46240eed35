"""One word of a closed class put for another: a month, a season, a unit, a currency. Pure; knows no notes."""

from collections.abc import Mapping
from functools import lru_cache

from revtrack.model import Change, Reason, Significance
from revtrack.moments import month_named
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.figures import lasting, same_numbers
from revtrack.verdicts.terms import terms
from revtrack.vocabulary import CURRENCIES, words_of

_LONGEST = 5  # words of an edit that is an exchange: "an hour and a half"

Member = tuple[str, object]
"""What a word of a class is: the feature that its exchange shows, and which of the class."""


def judge_exchange(edit: Edit, change: Change) -> Reason | None:
    """Return the reason of an edit that puts one such word for another, None if it is none."""
    sides = [_named(side, edit.language) for side in (change.old, change.new)]
    if len(sides[0]) != 1 or len(sides[1]) != 1:
        return None
    (old,), (new,) = sides
    if old[0] != new[0] or old == new:
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
    months: set[Member] = {("date", month) for word in words if (month := month_named(word))}
    members = _members(language)
    if words_of(language).spaced:
        return months | {members[word] for word in words if word in members}
    return months | {member for word, member in members.items() if word in text and not word.isascii()}


@lru_cache(maxsize=32)
def _members(language: str) -> Mapping[str, Member]:
    """Return the words of the classes of a language, of English too: "km" and "euro" are written everywhere."""
    found: dict[str, Member] = {}
    for known in ("en", language):
        for feature, name in (("date", "seasons"), ("unit", "units"), ("unit", "spans")):
            groups = enumerate(words_of(known).listed(name))
            found |= {form: (feature, (known, name, place)) for place, group in groups for form in group.split("/")}
    return {word: ("money", code) for word, code in CURRENCIES.items()} | found
