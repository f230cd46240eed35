"""Tell news that moved on from statements put right: a toll that rises, a plan that came true. Knows no notes.

What was true when it was written was not wrong: such changes are facts added (level 2), not statements withdrawn.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from revtrack.facts import states
from revtrack.model import Change, Diff, Reason, Significance
from revtrack.moments import find_moments
from revtrack.verdicts.figures import amount, is_slip, rises
from revtrack.verdicts.passages import is_pending
from revtrack.verdicts.terms import terms
from revtrack.vocabulary import words_of

_SOFT = frozenset(
    {
        "hedge",
        "attribution",
        "headline_reworded",
        "claim",
        "status",
        "caption",
        "certainty",
        "clause_removed",
        "paragraph_removed",
        "sentence_removed",
    }
)
_NEWS = frozenset({"paragraph_added", "sentence_added", "quotation_added"})
_FIGURES = frozenset({"number", "money", "percent"})
_FULFILLED = re.compile(
    r"(?:(?:is|are|was|were)\s(?:expected|due|set|scheduled|slated|poised|planning|preparing|about)\sto|plans?\sto|will|^to|\sto|expected\sto|near|close\sto)"
    r"\s(?:be\s)?(?P<verb>[a-zà-ÿ]{3,})",
)


def soften(reasons: Sequence[Reason], diff: Diff) -> list[Reason]:
    """Return the reasons with those that report a development lowered to `detail`."""
    seen = _Development.of(reasons, diff)
    return [replace(r, significance=Significance.DETAIL) if _is_heavy(r) and seen.explains(r) else r for r in reasons]


def _is_heavy(reason: Reason) -> bool:
    return reason.significance is Significance.SUBSTANTIVE and reason.change is not None


@dataclass(frozen=True, slots=True)
class _Development:
    """What a revision as a whole says of news that moved on.

    `told_twice` holds the figures that headline and body put for others alike. `adds` is whether passages came,
    `counts` whether several figures rose and none fell, `moved_on` whether anything foretold is told as done, or what
    was open gave way to news.
    """

    diff: Diff
    told_twice: frozenset[tuple[object, object]]
    counts: bool
    moved_on: bool
    adds: bool

    @classmethod
    def of(cls, reasons: Sequence[Reason], diff: Diff) -> "_Development":
        """Read a revision's reasons."""
        language = diff.new.language or diff.old.language
        figures = [r for r in reasons if _is_heavy(r) and r.feature in _FIGURES and r.before and r.after]
        risen = [rises(r.before, r.after, language=language) for r in figures]
        headline, body = (
            {_values(r, language) for r in figures if (r.where == "headline") is told} for told in (True, False)
        )
        later = any(risen) and any(_is_later(change) or _is_dated(change) for change in _edited(diff))
        came_true = any(_came_true(reason, diff) for reason in reasons)
        return cls(
            diff,
            told_twice=frozenset(headline & body),
            adds=any(r.feature in _NEWS and r.significance is Significance.DETAIL for r in reasons),
            counts=len({_values(r, language) for r in figures}) > 1 and all(risen),
            moved_on=came_true or _gave_way(reasons, language) or later,
        )

    def explains(self, reason: Reason) -> bool:
        """Whether a reason is a development rather than a statement put right."""
        change = self.diff.changes[reason.change or 0]
        if reason.feature in _FIGURES:
            return bool(reason.before and reason.after) and self._counted_on(reason, change)
        if reason.feature in {"date", "time"}:
            return _is_later(change) and (self.moved_on or self.counts or _is_of_statement(change, reason))
        if self.moved_on and reason.feature == "quotation_removed":
            return is_pending(change.old, self.diff.new.language)
        return (self.moved_on and reason.feature in _SOFT) or _came_true(reason, self.diff)

    def _counted_on(self, reason: Reason, change: Change) -> bool:
        """Whether a figure rose as counts do, and something tells that time went by."""
        language = self.diff.new.language or self.diff.old.language
        if not rises(reason.before, reason.after, language=language):
            return _is_later(change) and _is_near(reason, language)
        if _says_so(change, language) or self.counts or self.moved_on or _values(reason, language) in self.told_twice:
            return True
        return self.adds and bool(set(terms(change.new_sentence)) & set(words_of(language).listed("toll")))


def _says_so(change: Change, language: str) -> bool:
    """Whether a sentence now says itself that something rose."""
    risen = [
        any(f.value == "rise" for f in states(s, language=language)) for s in (change.old_sentence, change.new_sentence)
    ]
    return risen == [False, True]


def _values(reason: Reason, language: str) -> tuple[object, object]:
    return amount(reason.before, language=language), amount(reason.after, language=language)


def _is_near(reason: Reason, language: str) -> bool:
    """Whether two figures are of the same size, as those of a forecast or a count that went down are."""
    old, new = amount(reason.before, language=language), amount(reason.after, language=language)
    if not (old and new) or is_slip(reason.before, reason.after):
        return False
    return _NEAR < old / new < 1 / _NEAR


_MOST = 300  # changes that are looked through for a later hour
_NEAR = Decimal("0.75")


def _edited(diff: Diff) -> Iterator[Change]:
    """Yield the changes within sentences that may be of a day or an hour."""
    for change in diff.changes[:_MOST]:
        told = {*terms(change.old), *terms(change.new)}
        timed = any(term in _DAYS or term in _PARTS or term[0].isdigit() for term in told)
        if change.old_sentence and change.new_sentence and timed:
            yield change


def _gave_way(reasons: Sequence[Reason], language: str) -> bool:
    """Whether a line that only said what was open went, and something else came."""
    gone = (r for r in reasons if r.feature.endswith("_removed") or r.feature == "attribution")
    open_ = any(is_pending(r.before, language) for r in gone)
    return open_ and any(r.feature.endswith("_added") and r.significance is Significance.DETAIL for r in reasons)


@lru_cache(maxsize=256)
def _days(sentence: str) -> tuple[str, ...]:
    return tuple(term for term in terms(sentence) if term in _DAYS)


_DAYS = {
    day: number
    for listed in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lunes martes miércoles jueves viernes sábado domingo",
    )
    for number, day in enumerate(listed.split())
}


def _is_later(change: Change) -> bool:
    """Whether the sentence now speaks of a later day or hour: a count by then does not put the old one right."""
    old, new = _days(change.old_sentence), _days(change.new_sentence)
    if old and new and any(0 < (_DAYS[b] - _DAYS[a]) % 7 <= _SOON for a, b in zip(old, new, strict=False)):
        return True
    hours = _hours(change.old_sentence), _hours(change.new_sentence)
    return bool(old == new and all(hours)) and all(a < b for a, b in zip(*hours, strict=False))


def _is_dated(change: Change) -> bool:
    """Whether a sentence now gives an hour or a part of the day, and gave none."""
    return bool(_hours(change.new_sentence)) and not _hours(change.old_sentence)


def _is_of_statement(change: Change, reason: Reason) -> bool:
    """Whether a day is the one on which somebody said something: "said on Thursday"."""
    said = terms(change.new_sentence)
    days = [place for place, term in enumerate(said) if term in _DAYS and term in terms(reason.after)]
    lexicon = words_of("en").lexicons["saying"]
    return any(lexicon.senses(term) for place in days for term in said[max(0, place - _BESIDE) : place + 2])


_BESIDE = 3  # words between a verb of saying and its day
_SOON = 3  # days within which a story moves on


@lru_cache(maxsize=256)
def _hours(sentence: str) -> tuple[int, ...]:
    """Return the times of day of a sentence in minutes, parts of the day by the hour they stand for."""
    clock = [(m.start, (m.hour or 0) * 60 + (m.minute or 0)) for m in find_moments(sentence) if m.hour is not None]
    parts = [(place, _PARTS[term] * 60) for place, term in enumerate(terms(sentence)) if term in _PARTS]
    return tuple(minutes for _, minutes in clock or parts)


_PARTS = {
    part: hour
    for hour, listed in {
        8: "morning morgen vormittag matin mañana manhã mattina ochtend morgonen утром утра rano sabah सुबह",
        12: "noon midday mittag midi mediodía middag полдень दोपहर",
        15: "afternoon nachmittag tarde pomeriggio eftermiddag eftermiddagen popołudnie днем",
        20: "evening abend soir noche noite sera avond kvällen вечером вечера wieczorem akşam शाम",
        23: "night overnight nacht nuit notte natten ночью nocy gece रात",
    }.items()
    for part in listed.split()
}


def _came_true(reason: Reason, diff: Diff) -> bool:
    """Whether a sentence says as done what it said was to come: "is expected to issue" is now "issued"."""
    if reason.change is None or reason.feature not in {"hedge", "headline_reworded", "wording", "claim"}:
        return False
    change = diff.changes[reason.change]
    old, new = reason.before or change.old, reason.after or change.new
    done = set(terms(new))
    for match in _FULFILLED.finditer(old):
        verb = match["verb"].casefold()
        root = verb.removesuffix("e")
        if verb not in terms(new) and {root + ending for ending in ("ed", "es", "s", "d")} & done:
            return True
    return False
