"""One word of a closed class put for another: a month, a season, a unit, a currency. Pure; knows no notes."""

from collections.abc import Mapping
from decimal import Decimal

from revtrack.facts import FactKind, numbers
from revtrack.model import Change, Reason, Significance
from revtrack.moments import month_named
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.terms import terms

_LONGEST = 3  # words of an edit that is an exchange: "percentage points"


def _class(feature: str, *values: str) -> dict[str, tuple[str, int]]:
    """Each value is the spellings of one thing, parted by blanks."""
    return {word: (feature, number) for number, value in enumerate(values) for word in value.split()}


_EXCHANGED: Mapping[str, tuple[str, int]] = {
    **_class("date", "spring", "summer", "autumn fall", "winter"),
    **_class(
        "unit",
        *("metre metres meter meters m", "foot feet ft", "yard yards", "inch inches", "centimetre centimetres cm"),
        *("millimetre millimetres mm", "kilometre kilometres kilometer kilometers km", "mile miles"),
        *("kilogram kilograms kilo kilos kg", "lb lbs", "gram grams g", "ounce ounces oz", "tonne tonnes", "ton tons"),
        *("litre litres liter liters", "gallon gallons", "hectare hectares", "acre acres", "celsius", "fahrenheit"),
        *("second seconds", "minute minutes", "hour hours", "day days", "week weeks", "month months", "year years"),
        *("percent", "percentage", "hundred hundreds", "thousand thousands", "million millions", "billion billions"),
    ),
    **_class("money", "dollar dollars", "euro euros", "pound pounds", "yen", "yuan", "rupee rupees", "franc francs"),
}


def judge_exchange(edit: Edit, change: Change) -> Reason | None:
    """Return the reason of an edit that puts one such word for another, None if it is none."""
    sides = [_named(change.old), _named(change.new)]
    if len(sides[0]) != 1 or len(sides[1]) != 1:
        return None
    (old,), (new,) = sides
    if old[0] != new[0] or old == new:
        return None
    if _lasting(change.old, edit.language) == (_lasting(change.new, edit.language) or 0):
        return edit.reason("number_style", Significance.MINOR, change.old, change.new, change=change)
    return edit.reason(old[0], Significance.SUBSTANTIVE, change.old, change.new, change=change)


def _lasting(text: str, language: str) -> Decimal | None:
    """Return how many hours a length of time has, None where it is none."""
    units = [_HOURS[term] for term in terms(text) if term in _HOURS]
    counts = numbers(text, language=language)
    return Decimal(counts[0].value) * units[0] if units and counts and counts[0].kind is FactKind.NUMBER else None


_HOURS = {
    unit: hours for hours, unit in ((1, "hours"), (24, "days"), (168, "weeks"), (1, "hour"), (24, "day"), (168, "week"))
}


def _named(text: str) -> set[tuple[str, int]]:
    words = terms(text)
    if len(words) > _LONGEST:
        return set()
    months = ((word, month_named(word)) for word in words)
    return {("date", 100 + month) for _, month in months if month} | {_EXCHANGED[w] for w in words if w in _EXCHANGED}
