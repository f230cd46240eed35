"""Sentences whose words stand in another order: told the other way round, or who did what to whom. Knows no notes."""

from revtrack.model import Reason, Significance
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.terms import content, terms
from revtrack.vocabulary import words_of

_LONGEST = 40  # words of a sentence in which a swap is looked for
_MARKS = ("?", "？", "؟", '"', "“", "„", "«", "「")


def judge_order(edit: Edit) -> Reason | None:
    """Return the reason an edit is that leaves all the words of a sentence and puts them in another order."""
    old, new = terms(edit.old), terms(edit.new)
    if old == new or sorted(old) != sorted(new) or _marks(edit.old) != _marks(edit.new):
        return None
    words = words_of(edit.language)
    between = _swapped_round(content(edit.old, edit.language), content(edit.new, edit.language))
    says = any(words.lexicons["saying"].senses(term) for term in between)
    if words.table.get("fixed_order") and between and not (says and any(_marks(edit.old))):
        level = Significance.MAJOR if edit.in_headline else Significance.SUBSTANTIVE
        return edit.reason("roles_swapped", level, edit.old, edit.new)
    return edit.reason("order", Significance.MINOR, edit.old, edit.new)


def _marks(text: str) -> list[int]:
    return [text.count(mark) for mark in _MARKS]


def _swapped_round(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words round which two runs changed places: "sued" in "A sued B" and "B sued A"; () if none did."""
    if len(old) > _LONGEST:
        return ()
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    size = len(old)
    for head in range(1, size - 1):
        for tail in range(1, size - head):
            if old[:head] == new[-head:] and old[-tail:] == new[:tail] and old[head:-tail] == new[tail:-head]:
                return old[head:-tail]
    return ()
