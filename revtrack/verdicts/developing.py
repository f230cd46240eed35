"""Tell news that moved on from statements put right: a toll that rises, a plan that came true. Knows no notes.

What was true when it was written was not wrong: such changes are facts added (level 2), not statements withdrawn.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from revtrack.model import Change, Diff, Reason, Significance
from revtrack.verdicts.days import day_named
from revtrack.verdicts.figures import amount, rises
from revtrack.verdicts.later import is_dated, is_later, is_timed
from revtrack.verdicts.passages import goes_on, is_open, is_pending
from revtrack.verdicts.terms import meaning, terms
from revtrack.vocabulary import words_of

_SOFT = frozenset(
    {
        "hedge",
        "attribution",
        "headline_reworded",
        "claim",
        "status",
        "certainty",
        "clause_removed",
        "paragraph_removed",
        "sentence_removed",
    }
)
_NEWS = frozenset({"paragraph_added", "sentence_added", "quotation_added"})
_FIGURES = frozenset({"number", "money", "percent"})
_FULFILLED = re.compile(
    r"(?:(?:is|are|was|were)\s(?:expected|due|set|scheduled|slated|poised|planning|preparing|about)\sto|plans?\sto|will|^to|(?<!refused)(?<!declined)(?<!failed)(?<!trying)(?<!tried)\sto|expected\sto|near|close\sto)"
    r"\s(?:be\s)?(?P<verb>[a-zà-ÿ]{3,})",
)


def soften(reasons: Sequence[Reason], diff: Diff, *, put_right: Collection[Reason] = ()) -> list[Reason]:
    """Return the reasons with those that report a development lowered to `detail`; what was put right reports none."""
    errors = {_fact(reason) for reason in put_right}
    others = [reason for reason in reasons if _fact(reason) not in errors]
    seen = _Development.of(others, diff, errors={reason.change for reason in put_right})
    news = {_fact(reason) for reason in others if _is_news(reason, seen)}
    return [replace(r, significance=Significance.DETAIL) if _fact(r) in news else r for r in reasons]


def _fact(reason: Reason) -> tuple[object, ...]:
    return reason.change, reason.feature, reason.before, reason.after


def _is_news(reason: Reason, seen: "_Development") -> bool:
    """Whether a reason is a development: one that was taken for a correction, or for mere wording."""
    if reason.significance is Significance.MINOR and reason.feature == "wording":
        return _settled(reason, seen.diff) or _came_true(reason, seen.diff)
    return _is_heavy(reason) and seen.explains(reason)


def _is_heavy(reason: Reason) -> bool:
    return reason.significance is Significance.SUBSTANTIVE and reason.change is not None


@dataclass(frozen=True, slots=True)
class _Development:
    """What a revision as a whole says of news that moved on.

    `told_twice` holds the figures that headline and body put for others alike. `adds` is whether passages came,
    `counts` whether several figures rose and none fell, `moved_on` whether anything foretold is told as done or what
    went on as over, `gave_way` whether a line that only said what was open gave way to news.
    """

    diff: Diff
    told_twice: frozenset[tuple[object, object]]
    counts: bool
    moved_on: bool
    gave_way: bool
    adds: bool

    @classmethod
    def of(cls, reasons: Sequence[Reason], diff: Diff, *, errors: Collection[int | None]) -> "_Development":
        """Read a revision's reasons; the changes of `errors` only put something right."""
        language = diff.new.language or diff.old.language
        figures = [r for r in reasons if _is_heavy(r) and r.feature in _FIGURES and r.before and r.after]
        risen = [rises(r.before, r.after, language=language) for r in figures]
        headline, body = (
            {_values(r, language) for r in figures if (r.where == "headline") is told} for told in (True, False)
        )
        later = any(risen) and any(is_later(change) or is_dated(change) for change in _edited(diff, errors))
        came_true = any(_came_true(r, diff) or _settled(r, diff) or _is_over(r, diff) for r in reasons)
        return cls(
            diff,
            told_twice=frozenset(headline & body),
            adds=any(r.feature in _NEWS and r.significance is Significance.DETAIL for r in reasons),
            counts=len({_values(r, language) for r in figures}) > 1 and all(risen),
            moved_on=came_true or later,
            gave_way=_gave_way(reasons, language),
        )

    def explains(self, reason: Reason) -> bool:
        """Whether a reason is a development rather than a statement put right."""
        change = self.diff.changes[reason.change or 0]
        if reason.feature in _FIGURES:
            return bool(reason.before and reason.after) and self._counted_on(reason, change)
        if reason.feature in {"date", "time"}:
            put_off = self.adds and is_pending(change.old_sentence, self.diff.new.language)
            return is_later(change) and (self.moved_on or self.counts or put_off or _is_of_statement(change, reason))
        if self.moved_on and reason.feature in {"quotation_removed", "caption"}:
            return is_pending(change.old, self.diff.new.language)
        if reason.feature == "hedge" and not _is_of_future(reason, self.diff):
            return _came_true(reason, self.diff)
        soft = self.moved_on or (self.gave_way and is_pending(reason.before, self.diff.new.language))
        return (soft and reason.feature in _SOFT) or _came_true(reason, self.diff)

    def _counted_on(self, reason: Reason, change: Change) -> bool:
        """Whether a figure rose as counts do, and something tells that time went by."""
        language = self.diff.new.language or self.diff.old.language
        if not rises(reason.before, reason.after, language=language):
            return False
        if self.counts or self.moved_on:
            return True
        toll = bool(set(terms(change.new_sentence)) & set(words_of(language).listed("toll")))
        twice = _values(reason, language) in self.told_twice
        return (toll and (self.adds or twice)) or (self.adds and (twice or reason.where == "headline"))


def _is_of_future(reason: Reason, diff: Diff) -> bool:
    """Whether a hedge that went left open what was to come, and not whether something was so."""
    language = (diff.new.language or diff.old.language or "en")[:2]
    weak = set(words_of(language).listed("weak_hedge"))
    return bool(weak & set(terms(reason.before))) or is_pending(reason.before, language)


def _values(reason: Reason, language: str) -> tuple[object, object]:
    return amount(reason.before, language=language), amount(reason.after, language=language)


_MOST = 300  # changes that are looked through for a later hour


def _edited(diff: Diff, errors: Collection[int | None]) -> Iterator[Change]:
    """Yield the changes within sentences that may be of a day or an hour, those of errors left out."""
    for place, change in enumerate(diff.changes[:_MOST]):
        if (
            place not in errors
            and change.old_sentence
            and change.new_sentence
            and (is_timed(change.new) or is_timed(change.old))
        ):
            yield change


def _settled(reason: Reason, diff: Diff) -> bool:
    """Whether an edit within a sentence tells what was open in it: "has not replied" is now "said on Friday"."""
    if reason.change is None:
        return False
    change, language = diff.changes[reason.change], (diff.new.language or diff.old.language or "en")[:2]
    within = bool(change.old_sentence and change.new_sentence and terms(change.new))
    return within and is_open(change.old, language) and not is_open(change.new_sentence, language)


def _is_over(reason: Reason, diff: Diff) -> bool:
    """Whether an edit within a sentence tells otherwise what went on: "are still fighting" is now "put out at noon"."""
    if reason.change is None:
        return False
    change, language = diff.changes[reason.change], (diff.new.language or diff.old.language or "en")[:2]
    told = len(meaning(change.new, language) - meaning(change.old_sentence, language)) >= _TOLD
    over = told and goes_on(change.old, language) and not is_pending(change.new_sentence, language)
    return over and (reason.feature in _FIGURES or is_timed(change.old) or is_timed(change.new))


_TOLD = 2  # words with a meaning of their own that tell what became of something


def _gave_way(reasons: Sequence[Reason], language: str) -> bool:
    """Whether a line that only said what was open went, and something else came."""
    gone = (r for r in reasons if r.feature.endswith("_removed") or r.feature == "attribution")
    open_ = any(is_pending(r.before, language) for r in gone)
    return open_ and any(r.feature.endswith("_added") and r.significance is Significance.DETAIL for r in reasons)


def _is_of_statement(change: Change, reason: Reason) -> bool:
    """Whether a day is the one on which somebody said something: "said on Thursday"."""
    said = terms(change.new_sentence)
    days = [place for place, term in enumerate(said) if day_named(term) and term in terms(reason.after)]
    lexicon = words_of("en").lexicons["saying"]
    return any(lexicon.senses(term) for place in days for term in said[max(0, place - _BESIDE) : place + 2])


_BESIDE = 3  # words between a verb of saying and its day


def _is_fulfilled(term: str, done: set[str], endings: tuple[str, ...]) -> bool:
    """Whether a verb in the future is now told in another tense: "decidirá", "decidió"."""
    ending = next((ending for ending in endings if term.endswith(ending)), "")
    root = term.removesuffix(ending)[:-1]
    return bool(ending) and len(root) >= _ROOT and term not in done and any(word.startswith(root) for word in done)


_ROOT = 4  # letters that two forms of a verb share


def _came_true(reason: Reason, diff: Diff) -> bool:
    """Whether a sentence says as done what it said was to come: "is expected to issue" is now "issued"."""
    if reason.change is None or reason.feature not in {"hedge", "headline_reworded", "wording", "claim"}:
        return False
    change = diff.changes[reason.change]
    old, new = reason.before or change.old, reason.after or change.new
    done = set(terms(new))
    language = (diff.new.language or diff.old.language or "en")[:2]
    if any(_is_fulfilled(term, done, words_of(language).listed("future_endings")) for term in terms(old)):
        return True
    for match in _FULFILLED.finditer(old):
        verb = match["verb"].casefold()
        root = verb.removesuffix("e")
        if verb not in terms(new) and {root + ending for ending in ("ed", "es", "s", "d")} & done:
            return True
    return False
