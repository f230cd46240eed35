"""Tell news that moved on from statements put right: a toll that rises, a plan that came true. Knows no notes.

What was true when it was written was not wrong: such changes are facts added (level 2), not statements withdrawn.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from revtrack.model import Change, Diff, Reason, Significance
from revtrack.verdicts.figures import rises
from revtrack.verdicts.passages import is_pending
from revtrack.verdicts.terms import terms
from revtrack.verdicts.words import TOLL

_SOFT = frozenset({"hedge", "attribution", "headline_reworded", "claim", "status", "caption"})
_FIGURES = frozenset({"number", "money", "percent"})
_FULFILLED = re.compile(
    r"(?:(?:is|are|was|were)\s(?:expected|due|set|scheduled|slated|poised|planning|preparing|about)\sto|plans?\sto|will|^to|\sto|expected\sto)"
    r"\s(?:be\s)?(?P<verb>[a-zà-ÿ]{3,})",
)


def soften(reasons: Sequence[Reason], diff: Diff) -> list[Reason]:
    """Return the reasons with those that report a development lowered to `detail`."""
    heavy = [reason for reason in reasons if _is_heavy(reason)]
    counts = [r for r in heavy if r.feature in _FIGURES and r.before and r.after]
    seen = _Development(
        diff,
        headline=frozenset((r.before, r.after) for r in counts if r.where == "headline"),
        body=frozenset((r.before, r.after) for r in counts if r.where != "headline"),
        counted=frozenset(r.where for r in counts if rises(r.before, r.after)),
        moved_on=any(_came_true(reason, diff) for reason in reasons),
    )
    return [replace(r, significance=Significance.DETAIL) if _is_heavy(r) and seen.explains(r) else r for r in reasons]


def _is_heavy(reason: Reason) -> bool:
    return reason.significance is Significance.SUBSTANTIVE and reason.change is not None


@dataclass(frozen=True, slots=True)
class _Development:
    """What a revision as a whole says of news that moved on.

    `headline` and `body` hold the figures put for others, `counted` the places where one rose; `moved_on` is whether
    anything foretold is told as done.
    """

    diff: Diff
    headline: frozenset[tuple[str, str]]
    body: frozenset[tuple[str, str]]
    counted: frozenset[str]
    moved_on: bool

    def explains(self, reason: Reason) -> bool:
        """Whether a reason is a development rather than a statement put right."""
        change = self.diff.changes[reason.change or 0]
        if reason.feature in _FIGURES and reason.after:
            return rises(reason.before, reason.after) and (self._is_told_above(reason, change) or _next_day(change))
        if reason.feature == "date":
            return reason.where in self.counted and _next_day(change)
        if self.moved_on and reason.feature.endswith("_removed"):
            return is_pending(change.old)
        return (self.moved_on and reason.feature in _SOFT) or _came_true(reason, self.diff)

    def _is_told_above(self, reason: Reason, change: Change) -> bool:
        """Whether headline and body tell the same rise of a toll."""
        figures = reason.before, reason.after
        return figures in self.headline and figures in self.body and _is_toll(change)


def _is_toll(change: Change) -> bool:
    text = change.new_sentence.casefold()
    return bool(set(terms(text)) & _TOLLS) or any(
        word in text for word in _TOLLS if not word.isascii() and len(word) < 3
    )


_TOLLS = frozenset(TOLL)


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


def _next_day(change: Change) -> bool:
    """Whether the sentence now speaks of a later day than it did: a count by then is no correction of the old one."""
    old, new = _days(change.old_sentence), _days(change.new_sentence)
    return bool(old and new) and any(0 < (_DAYS[b] - _DAYS[a]) % 7 <= 3 for a, b in zip(old, new, strict=False))


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
