"""What it means that a number, a sum or a percentage was put for another. Knows only the sentences it is given."""

import re
from collections.abc import Iterator
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache

from revtrack import facts
from revtrack.facts import Fact, FactKind
from revtrack.model import Change, Reason, Significance
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.terms import content, stems, terms
from revtrack.verdicts.words import BOUNDS
from revtrack.vocabulary import words_of

_COUPLE = frozenset({"1", "2"})  # in words they hardly count: "the two teams"
_REACH = 40  # characters behind a figure in which what it counts is named
_GREATEST_RISE = 4  # times the old number: a toll that rises more at once was rather wrong


def judge_figures(edit: Edit, changes: tuple[Change, ...], gone: list[Fact], come: list[Fact]) -> Iterator[Reason]:
    """Yield what became of the figures of an edit: put for another, made vaguer or preciser, added, gone."""
    if style := _as_fraction(edit, changes, gone, come):
        yield style
        return
    gone, come = _not_in_words(gone, edit.old, edit.new, edit), _not_in_words(come, edit.new, edit.old, edit)
    gone, come = _of_other_lengths(edit, gone, come)
    gone, come, paired = _in_pairs(edit, gone, come)
    for old, new in zip(gone[:paired], come[:paired], strict=True):
        change = _holder(changes, old.text, 0)
        vaguer = _is_bounded(change, old, new) or _is_rounded(old, new) or _is_told_exactly(old, new)
        level = Significance.DETAIL if vaguer else Significance.SUBSTANTIVE
        yield edit.reason(old.kind.value, level, shown(old), shown(new), change=change)
    for new in come[paired:]:
        if not gone and (vague := _vague(_holder(changes, new.text, 1).old, edit.language)):
            yield edit.reason(
                new.kind.value, Significance.DETAIL, vague, shown(new), change=_holder(changes, new.text, 1)
            )
            continue
        change = _holder(changes, new.text, 1)
        alone = set(content(change.new, edit.language)) <= set(terms(new.text))
        level = Significance.MINOR if _is_couple(new) and alone else Significance.DETAIL
        yield edit.reason(new.kind.value, level, "", shown(new), change=change)
    for old in gone[paired:]:
        level = Significance.MINOR if _is_couple(old) else Significance.SUBSTANTIVE
        yield edit.reason(old.kind.value, level, shown(old), "", change=_holder(changes, old.text, 0))


def _is_couple(fact: Fact) -> bool:
    return fact.value in _COUPLE and fact.text.isalpha()


def _in_pairs(edit: Edit, gone: list[Fact], come: list[Fact]) -> tuple[list[Fact], list[Fact], int]:
    """Return the figures with those first that count the same thing, then in order, and how many pairs they make."""
    left, pairs = list(come), []
    for old in gone:
        unit = _unit(edit.old, old, edit.language)
        new = next((new for new in left if unit and _unit(edit.new, new, edit.language) == unit), None)
        if new is not None:
            left.remove(new)
            pairs.append((old, new))
    alone = [old for old in gone if all(old is not paired for paired, _ in pairs)]
    olds = [*(old for old, _ in pairs), *alone]
    news = [*(new for _, new in pairs), *left]
    return olds, news, len(pairs) + min(len(alone), len(left))


def _not_in_words(found: list[Fact], sentence: str, other: str, edit: Edit) -> list[Fact]:
    """Return the figures without ordinals that the other sentence has in words: "3rd" and "third"."""
    listed = words_of(edit.language).listed("ordinals")
    said = set(terms(other)) - set(terms(sentence))
    words = dict(enumerate(listed, 1))
    return [f for f in found if not (f.value.endswith(" th") and words.get(int(f.value.split()[0])) in said)]


def _unit(sentence: str, fact: Fact, language: str) -> frozenset[str]:
    """Return the stem of the first word behind a figure that has a meaning of its own."""
    return stems(content(sentence[fact.end : fact.end + _REACH], language)[:1])


def _of_other_lengths(edit: Edit, gone: list[Fact], come: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Return the figures without lengths of time that say the same: "two weeks" and "14 days"."""
    old, new = ([_length(edit, side, fact) for fact in found] for side, found in ((edit.old, gone), (edit.new, come)))
    same = set(old) & set(new) - {None}
    return (
        [fact for fact, hours in zip(gone, old, strict=True) if hours not in same],
        [fact for fact, hours in zip(come, new, strict=True) if hours not in same],
    )


Length = tuple[str, Decimal]
"""How many seconds a time lasts, or how many months: these are of any length."""


def _length(edit: Edit, sentence: str, fact: Fact) -> Length | None:
    return lasting(sentence[fact.start : fact.end + _REACH // 2], edit.language)


def lasting(text: str, language: str) -> Length | None:
    """Return how long a time lasts with which a text begins, None where it begins with none: "half an hour"."""
    spans = {form: place for place, forms in enumerate(words_of(language).listed("spans")) for form in forms.split("/")}
    place = next((spans[term] for term in terms(text)[:_LENGTH] if term in spans), None)
    if place is None:
        return None
    count = _count(text, language)
    if count is not None and place == _DAY and words_of(language).table.get("counts_both_ends"):
        count = _WEEKS.get(count, count)
    return (_SPANS[place][0], count * _SPANS[place][1]) if count is not None else None


def _count(text: str, language: str) -> Decimal | None:
    """Return how many of its unit a length of time has: one where it gives no number, but for halves."""
    counts = facts.numbers(text, language=language)
    if counts:
        value = counts[0].value
        return Decimal(value) if value.replace(".", "", 1).isdigit() else None
    words, lowered = words_of(language), text.lower()
    if any(phrase in lowered for phrase in words.phrases("and_a_half")):
        return 1 + _HALF
    halves = words.listed("fractions")[:1]
    return _HALF if set(terms(text)) & {form for forms in halves for form in forms.split("/")} else Decimal(1)


_HALF = Decimal("0.5")
_DAY = 3  # the place of days among the spans
_WEEKS = {Decimal(8): Decimal(7), Decimal(15): Decimal(14)}  # where the day it began counts too: "quinze jours"
_LENGTH = 4  # words of a length of time: "two and a half weeks"
_SPANS = (
    *(("seconds", Decimal(seconds)) for seconds in (1, 60, 3600, 24 * 3600, 7 * 24 * 3600)),
    *(("months", Decimal(months)) for months in (1, 12, 120, 1200)),
)
"""What the list of spans holds: second, minute, hour, day, week, and month, year, decade, century."""


def _is_told_exactly(old: Fact, new: Fact) -> bool:
    """Whether "hundreds" became a number that they may be."""
    many = old.value.partition(" many")
    return bool(many[1]) and new.value.isdigit() and int(new.value) > int(many[0])


def _as_fraction(edit: Edit, changes: tuple[Change, ...], gone: list[Fact], come: list[Fact]) -> Reason | None:
    """Return the reason of a percentage put as a fraction, or the other way round: "a quarter" and "25 percent"."""
    one_sided = not (gone and come) and len(gone + come) <= _OF_RATIO
    same = next((change for change in changes if one_sided and _is_ratio_of(change, edit.language)), None)
    if same:
        return edit.reason("number_style", Significance.MINOR, same.old, same.new, change=same)
    percents = [fact for fact in (*gone, *come) if fact.kind is FactKind.PERCENT]
    if len(percents) != 1 or (gone and come and len(gone) == len(come) == 1 and gone[0].kind is come[0].kind):
        return None
    side = int(percents[0] in come)
    change = _holder(changes, percents[0].text, side)
    part = _fraction((change.new, change.old)[side], edit.language)
    if not part or abs(part - Decimal(percents[0].value.split()[0])) > _LOOSE:
        return None
    return edit.reason("number_style", Significance.MINOR, change.old, change.new, change=change)


def _is_ratio_of(change: Change, language: str) -> bool:
    """Whether one side says in a ratio what the other says in a fraction: "one in three"."""
    parts = [_fraction(side, language) for side in (change.old, change.new)]
    ratios = [bool(_ratio(side, language)) for side in (change.old, change.new)]
    return bool(parts[0]) and parts[0] == parts[1] and ratios[0] != ratios[1]


def _fraction(text: str, language: str) -> Decimal:
    """Return a fraction in words in percent, 0 where there is none: "two thirds" is 66.7."""
    listed, found = words_of(language).listed("fractions"), terms(text)
    parts = {form: place for place, forms in enumerate(listed, 2) for form in forms.split("/")}
    place = next((place for place, term in enumerate(found) if term in parts), None)
    if place is None:
        return _ratio(text, language)
    numerals = words_of(language).numerals
    count = numerals.get(found[place - 1], 1) if place else 1
    return Decimal(100 * (count or 1)) / parts[found[place]]


def _ratio(text: str, language: str) -> Decimal:
    """Return "one in five" and its likes in percent, 0 where there is none; "四分之一" too."""
    written = _WRITTEN_RATIO.search(text)
    numerals = words_of(language).numerals
    if written:
        whole, part = (int(side) if side.isdigit() else numerals.get(side, 0) for side in written.groups())
    else:
        found = facts.numbers(text, language=language)
        before = text[: found[-1].start].rstrip().lower() if found else ""
        if not any(before.endswith(phrase) for phrase in words_of(language).phrases("ratio")):
            return Decimal(0)
        whole, part = (_whole(found[-1]), _whole(found[-2]) if len(found) > 1 else 1)
    return Decimal(100 * part) / whole if 0 < part < whole else Decimal(0)


def _whole(fact: Fact) -> int:
    return int(fact.value) if fact.kind is FactKind.NUMBER and fact.value.isdigit() else 0


_WRITTEN_RATIO = re.compile(r"(\d+|[一二三四五六七八九十])分[之の](\d+|[一二三四五六七八九十])")


_OF_RATIO = 2  # figures of "one in three"
_LOOSE = Decimal("1.5")  # percent by which "a third" may be off


def shown(fact: Fact) -> str:
    """Return a figure as a reader should see it: where words are written without spaces, with one of its unit."""
    found = _UNSPACED.match(fact.text)
    return (found[0] if found else fact.text).strip()


_UNSPACED = re.compile(
    r"[^\u3040-\u9fff\uac00-\ud7a3]*\d[\d.,]*[\u4e00-\u9fff\uac00-\ud7a3]?(?=[\u3040-\u9fff\uac00-\ud7a3])"
)


def rises(before: str, after: str, *, language: str = "en") -> bool:
    """Whether a figure went up as a count does that goes on: not by a slip of digits, and not to many times itself."""
    old, new = amount(before, language=language), amount(after, language=language)
    if old is None or new is None or not 0 < old < new or new > old * _GREATEST_RISE:
        return False
    if is_year(before) and is_year(after):
        return False
    return not is_slip(before, after)


def is_year(text: str) -> bool:
    """Whether a figure is a year rather than a count."""
    return bool(_YEAR.fullmatch(text.strip()))


_YEAR = re.compile(r"(?:1\d|20)\d\d")


def is_slip(before: str, after: str) -> bool:
    """Whether two figures in digits differ as slips of the hand do: digits changed round, or one too many in front."""
    old, new = ("".join(c for c in side if c.isdigit()) for side in (before, after))
    if not (old and new):
        return False
    return sorted(old) == sorted(new) or (len(new) == len(old) + 1 and new.endswith(old))


def same_numbers(old: str, new: str, *, language: str) -> bool:
    """Return whether two wordings state the same numbers written differently, and nothing else: "12", "a dozen"."""
    found = []
    for side in (old, new):
        if not any(c.isdigit() for c in side) and not any(map(words_of(language).numeral_parts, terms(side))):
            return False
        numbers = facts.numbers(side, language=language)
        rest = set(content(side, language)) - BOUNDS - {term for fact in numbers for term in terms(fact.text)}
        found.append(([(fact.kind is FactKind.MONEY, fact.value) for fact in numbers], rest))
    return bool(found[0][0]) and found[0] == found[1]


def _vague(text: str, language: str) -> str:
    """Return the word of a text that says "several" and no number, "" where it has none."""
    vague = words_of(language).listed("vague")
    return next((term for term in terms(text) if term in vague), "")


@lru_cache(maxsize=1024)
def amount(text: str, *, language: str = "en") -> Decimal | None:
    """Return the value of a figure as a fact states it, None where there is none."""
    found = facts.numbers(text, language=language)
    try:
        return Decimal(found[0].value.split()[0]) if found else None
    except InvalidOperation:
        return None


def _holder(changes: tuple[Change, ...], text: str, side: int) -> Change:
    wanted = set(terms(text))
    return next((c for c in changes if wanted & set(terms((c.old, c.new)[side]))), changes[0])


def _is_rounded(old: Fact, new: Fact) -> bool:
    """Whether one figure is the other with fewer digits that count: "1,204" and "1,200"."""
    if old.value.split()[1:] != new.value.split()[1:]:
        return False
    amounts = sorted((Decimal(fact.value.split()[0]) for fact in (old, new)), key=_digits)
    return _digits(amounts[0]) > 1 and amounts[0] == _shortened(amounts[1], _digits(amounts[0]))


def _digits(amount: Decimal) -> int:
    return len(amount.normalize().as_tuple().digits)


def _shortened(amount: Decimal, digits: int) -> Decimal:
    """Return an amount rounded to so many digits that count."""
    return Context(prec=digits).plus(amount)


def _is_bounded(change: Change, old: Fact, new: Fact) -> bool:
    """Whether one side says "about", "more than" and the other is a number that this may mean."""
    if old.value.split()[1:] != new.value.split()[1:]:
        return False
    loose = [bool(set(terms(side)) & BOUNDS) for side in (change.old, change.new)]
    if loose[0] == loose[1]:
        return False
    a, b = (Decimal(fact.value.split()[0]) for fact in (old, new))
    return bool(a and b) and Decimal("0.5") < a / b < 2
