"""What it means that a number, a sum or a percentage was put for another. Knows only the sentences it is given."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache

from revtrack import facts
from revtrack.facts import Fact, FactKind
from revtrack.model import Change, Reason, Significance
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.terms import content, terms
from revtrack.verdicts.words import BOUNDS
from revtrack.vocabulary import MULTIPLIERS, NUMERALS

_GREATEST_RISE = 4  # times the old number: a toll that rises more at once was rather wrong


def judge_figures(edit: Edit, changes: tuple[Change, ...], gone: list[Fact], come: list[Fact]) -> Iterator[Reason]:
    """Yield what became of the figures of an edit: put for another, made vaguer or preciser, added, gone."""
    paired = min(len(gone), len(come))
    for old, new in zip(gone[:paired], come[:paired], strict=True):
        change = _holder(changes, old.text, 0)
        vaguer = _is_bounded(change, old, new)
        level = Significance.DETAIL if vaguer else Significance.SUBSTANTIVE
        yield edit.reason(old.kind.value, level, shown(old), shown(new), change=change)
    for new in come[paired:]:
        yield edit.reason(new.kind.value, Significance.DETAIL, "", shown(new), change=_holder(changes, new.text, 1))
    for old in gone[paired:]:
        yield edit.reason(
            old.kind.value, Significance.SUBSTANTIVE, shown(old), "", change=_holder(changes, old.text, 0)
        )


def shown(fact: Fact) -> str:
    """Return a figure as a reader should see it: where words are written without spaces, with one of its unit."""
    found = _UNSPACED.match(fact.text)
    return (found[0] if found else fact.text).strip()


_UNSPACED = re.compile(
    r"[^\u3040-\u9fff\uac00-\ud7a3]*\d[\d.,]*[\u4e00-\u9fff\uac00-\ud7a3]?(?=[\u3040-\u9fff\uac00-\ud7a3])"
)


def rises(before: str, after: str) -> bool:
    """Whether a figure went up as a count does that goes on: not by a slip of digits, and not to many times itself."""
    old, new = amount(before), amount(after)
    if old is None or new is None or not 0 < old < new or new > old * _GREATEST_RISE:
        return False
    digits = sorted(c for c in before if c.isdigit()), sorted(c for c in after if c.isdigit())
    return digits[0] != digits[1] or not digits[0]


def same_numbers(old: str, new: str, *, language: str) -> bool:
    """Return whether two wordings state the same numbers written differently, and nothing else: "12", "a dozen"."""
    found = []
    for side in (old, new):
        if not any(c.isdigit() for c in side) and not _numerals(language).intersection(terms(side)):
            return False
        numbers = facts.numbers(side, language=language)
        rest = set(content(side)) - {term for fact in numbers for term in terms(fact.text)}
        found.append(([(fact.kind is FactKind.MONEY, fact.value) for fact in numbers], rest))
    return bool(found[0][0]) and found[0] == found[1]


@cache
def _numerals(language: str) -> frozenset[str]:
    return frozenset((*NUMERALS.get(language, {}), *MULTIPLIERS))


def amount(text: str) -> Decimal | None:
    """Return the value of a figure as a fact states it, None where there is none."""
    found = facts.numbers(text, language="en")
    try:
        return Decimal(found[0].value.split()[0]) if found else None
    except InvalidOperation:
        return None


def _holder(changes: tuple[Change, ...], text: str, side: int) -> Change:
    wanted = set(terms(text))
    return next((c for c in changes if wanted & set(terms((c.old, c.new)[side]))), changes[0])


def _is_bounded(change: Change, old: Fact, new: Fact) -> bool:
    """Whether one side says "about", "more than" and the other is a number that this may mean."""
    loose = [bool(set(terms(side)) & BOUNDS) for side in (change.old, change.new)]
    if loose[0] == loose[1]:
        return False
    a, b = (Decimal(fact.value.split()[0]) for fact in (old, new))
    return bool(a and b) and Decimal("0.5") < a / b < 2
