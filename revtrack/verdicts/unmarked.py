"""Names in scripts without capitals: known by a family name before them, or by a title behind. Pure; knows no notes."""

from functools import lru_cache

import regex

from revtrack.model import Change, Reason, Significance
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.terms import LONGEST, alike
from revtrack.vocabulary import words_of

_SAME = 0.5  # of the characters of two names are the same when one is the other spelt otherwise


def judge_unmarked_name(edit: Edit, change: Change) -> Reason | None:
    """Return the reason of a change within a person's name, None where the language marks names by capitals."""
    pattern = _pattern(edit.language)
    touched = set(change.old + change.new)
    if pattern is None or not (edit.old and edit.new):
        return None
    old, new = (
        [m[0] for m in pattern.finditer(side[:LONGEST]) if touched & set(m[0])] for side in (edit.old, edit.new)
    )
    pairs = [(a, b) for a, b in zip(old, new, strict=False) if a != b]
    if not pairs:
        return None
    same = alike(*pairs[0]) >= _SAME
    feature, level = ("name_spelling", Significance.DETAIL) if same else ("name", Significance.SUBSTANTIVE)
    return edit.reason(feature, level, *pairs[0], change=change)


@lru_cache(maxsize=8)
def _pattern(language: str) -> regex.Pattern[str] | None:
    words = words_of(language)
    titles = "|".join(map(regex.escape, words.listed("titles")))
    families = "".join(words.listed("surnames"))
    if not titles:
        return None
    name = rf"[{families}]\p{{L}}{{1,2}}?" if families else r"\p{Han}{2,5}"
    return regex.compile(rf"{name}(?=\s?(?:{titles}))")
