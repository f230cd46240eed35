"""What it means that a number, a sum or a percentage was put for another. Knows only the sentences it is given."""

import re
from collections.abc import Iterator
from decimal import Context, Decimal, InvalidOperation
from functools import cache, lru_cache

from revtrack import facts
from revtrack.facts import Fact, FactKind
from revtrack.model import Change, Reason, Significance
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.terms import content, terms
from revtrack.verdicts.words import BOUNDS
from revtrack.vocabulary import words_of

_COUPLE = frozenset({"1", "2"})  # in words they hardly count: "the two teams"
_GREATEST_RISE = 4  # times the old number: a toll that rises more at once was rather wrong


def judge_figures(edit: Edit, changes: tuple[Change, ...], gone: list[Fact], come: list[Fact]) -> Iterator[Reason]:
    """Yield what became of the figures of an edit: put for another, made vaguer or preciser, added, gone."""
    paired = min(len(gone), len(come))
    for old, new in zip(gone[:paired], come[:paired], strict=True):
        change = _holder(changes, old.text, 0)
        vaguer = _is_bounded(change, old, new) or _is_rounded(old, new)
        level = Significance.DETAIL if vaguer else Significance.SUBSTANTIVE
        yield edit.reason(old.kind.value, level, shown(old), shown(new), change=change)
    for new in come[paired:]:
        yield edit.reason(new.kind.value, Significance.DETAIL, "", shown(new), change=_holder(changes, new.text, 1))
    for old in gone[paired:]:
        level = Significance.MINOR if old.value in _COUPLE and old.text.isalpha() else Significance.SUBSTANTIVE
        yield edit.reason(old.kind.value, level, shown(old), "", change=_holder(changes, old.text, 0))


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
    return not is_slip(before, after)


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
        if not any(c.isdigit() for c in side) and not _numerals(language).intersection(terms(side)):
            return False
        numbers = facts.numbers(side, language=language)
        rest = set(content(side, language)) - {term for fact in numbers for term in terms(fact.text)}
        found.append(([(fact.kind is FactKind.MONEY, fact.value) for fact in numbers], rest))
    return bool(found[0][0]) and found[0] == found[1]


@cache
def _numerals(language: str) -> frozenset[str]:
    words = words_of(language)
    return frozenset((*words.numerals, *words.multipliers))


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
