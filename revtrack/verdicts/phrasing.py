"""What is left of an edit once its facts are told: words put for words, and the headline. Knows no notes.

Without a model nobody can say whether two wordings mean the same. What can be said: whether words were put that
exclude each other, how many words that carry meaning came or went, and whether the sentence stayed what it was.
"""

from revtrack.model import Change, Reason, Significance
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.figures import same_numbers
from revtrack.verdicts.terms import meaning, stems, terms
from revtrack.verdicts.words import CLASSES, OPPOSITES

_FEW = 2  # words with meaning of their own that style may add or drop
_KEPT = 0.4  # of the words of the shorter side that stay in a text that is not written anew
_MANY = 8  # of such words gone: the sentence no longer says what it said


def judge_wording(edit: Edit, change: Change) -> Reason:
    """Return the reason that an edit of words is, its facts aside."""
    if same_numbers(change.old, change.new, language=edit.language):
        return edit.reason("number_style", Significance.MINOR, change.old, change.new, change=change)
    return _reversal(edit, change) or _exclusion(edit, change) or _amount(edit, change)


def _is_rewritten(edit: Edit) -> bool:
    """Whether little is left of a sentence or field: then the facts of both cannot be held against each other."""
    old, new = meaning(edit.old), meaning(edit.new)
    return len(old & new) < _KEPT * min(len(old), len(new))


def judge_rewrite(edit: Edit) -> Reason | None:
    """Return the one reason of a headline, deck or caption that was written anew, None where enough of it stayed."""
    unit = edit.where.partition(" ")[0]
    if unit not in {"headline", "deck", "caption"} or not (edit.old and edit.new) or not _is_rewritten(edit):
        return None
    level = Significance.SUBSTANTIVE if edit.in_headline else Significance.DETAIL
    feature = "caption" if unit == "caption" else f"{unit}_reworded"
    return edit.reason(feature, level, edit.old, edit.new)


def judge_headline(edit: Edit, told: list[Reason]) -> Reason | None:
    """Return that the headline was reworded, where more of it changed than the facts told already."""
    old, new = (meaning(side) for side in (edit.old, edit.new))
    if old == new:
        return None
    shown = {term for reason in told for side in (reason.before, reason.after) for term in stems(terms(side))}
    if not (old ^ new) - shown:
        return None
    before, after = edit.old, edit.new
    if len(edit.changes) == 1:
        before, after = edit.changes[0].old, edit.changes[0].new
    if not old - new:
        return edit.reason("headline_reworded", Significance.DETAIL, before, after)
    if not new - old and len(old - new) <= _FEW:
        return edit.reason("headline_reworded", Significance.DETAIL, before, after)
    return edit.reason("headline_reworded", Significance.SUBSTANTIVE, before, after)


def _reversal(edit: Edit, change: Change) -> Reason | None:
    """Return the reason where a word was put for its opposite: in a headline that reverses what it claims."""
    gone, come = _exchanged(change)
    for old in gone:
        for new in come:
            if frozenset({old, new}) in OPPOSITES:
                level = Significance.MAJOR if edit.in_headline or _short(change) else Significance.SUBSTANTIVE
                return edit.reason("opposite", level, change.old, change.new, change=change)
    return None


def _exclusion(edit: Edit, change: Change) -> Reason | None:
    """Return the reason where a word was put for one that excludes it: "son" for "daughter", "all" for "most"."""
    gone, come = _exchanged(change)
    for row in CLASSES:
        if gone & row and come & row:
            return edit.reason("claim", Significance.SUBSTANTIVE, change.old, change.new, change=change)
    return None


def _exchanged(change: Change) -> tuple[set[str], set[str]]:
    old, new = set(terms(change.old)), set(terms(change.new))
    return old - new, new - old


def _short(change: Change) -> bool:
    return max(len(terms(change.old)), len(terms(change.new))) <= _FEW + 2


def _amount(edit: Edit, change: Change) -> Reason:
    """Judge words by how many with a meaning of their own came and went."""
    old, new = (meaning(side) for side in (change.old, change.new))
    gone, come = len(old - new), len(new - old)
    if gone > _MANY and gone > len(old & new):
        feature, level = "claim", Significance.SUBSTANTIVE
    elif gone > _FEW and not come:
        feature, level = "clause_removed", Significance.DETAIL
    elif come > _FEW and gone <= _FEW:
        feature, level = "clause_added", Significance.DETAIL
    elif gone + come > 2 * _FEW + 1:
        feature, level = "wording", Significance.DETAIL
    else:
        feature, level = "wording", Significance.MINOR
    return edit.reason(feature, level, change.old, change.new, change=change)
