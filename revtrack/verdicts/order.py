"""Sentences whose words stand in another order: told the other way round, or who did what to whom. Knows no notes."""

import re

from revtrack import facts
from revtrack.model import Reason, Significance
from revtrack.text import fold
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.later import is_timed
from revtrack.verdicts.terms import LONGEST, content, function_words, terms
from revtrack.vocabulary import words_of

_REACH = 40  # characters behind a figure in which what it counts is named
_LONGEST = 40  # words of a sentence in which a swap is looked for
_MARKS = ("?", "？", "؟", '"', "“", "„", "«", "「")


def judge_order(edit: Edit) -> Reason | None:
    """Return the reason an edit is that leaves all the words of a sentence and puts them in another order."""
    old, new = terms(edit.old), terms(edit.new)
    if old == new or sorted(old) != sorted(new) or _marks(edit.old) != _marks(edit.new):
        return None
    if _states_others(edit):
        return None
    words = words_of(edit.language)
    between = _swapped_round(content(edit.old, edit.language), content(edit.new, edit.language))
    says = any(words.lexicons["saying"].senses(term) for term in between)
    fixed = words.table.get("fixed_order") or (words.table.get("verb_second") and _are_parties(edit, old, new))
    if fixed and between and not (says and any(_marks(edit.old))) and not _is_member(between, edit):
        level = Significance.MAJOR if edit.in_headline else Significance.SUBSTANTIVE
        return edit.reason("roles_swapped", level, edit.old, edit.new)
    return edit.reason("order", Significance.MINOR, edit.old, edit.new)


def _states_others(edit: Edit) -> bool:
    """Whether the same words make other figures or dates: "3月5日" is not "5月3日", nor three of five five of three."""
    if not any(map(str.isdigit, edit.old)):
        return False
    found = [
        sorted((fact.kind, fact.value) for read in (facts.numbers, facts.dates) for fact in read(side, language=lang))
        for lang, side in ((edit.language, edit.old), (edit.language, edit.new))
    ]
    return found[0] != found[1] or swapped_figures(edit)


def _are_parties(edit: Edit, old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Whether what changed places may be parties, in languages where the verb stands second whatever comes first.

    What opens a sentence may be told of otherwise there: a day, a place. Two parties have no or the same small word
    before them.
    """
    small = function_words(edit.language)
    return next((not {a, b} & small for a, b in zip(old, new, strict=True) if a != b), False)


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
                return () if _is_time(old[:head]) or _is_time(old[-tail:]) else old[head:-tail]
    return ()


def _is_member(between: tuple[str, ...], edit: Edit) -> bool:
    """Whether the words round which two runs changed places are a member of a list as they are: "A, B and C"."""
    joining = "|".join(map(re.escape, words_of(edit.language).listed("joining"))) or "(?!)"
    member = r"\W+".join(map(re.escape, between))
    parted = rf"(?:,|\b(?:{joining}))\s(?:\w{{1,{_SMALL}}}\s)?{member}(?:,|\s(?:{joining})\b)"
    return bool(re.search(parted, fold(edit.old).casefold()))


_SMALL = 4  # letters of an article before a member of a list


def _is_time(run: tuple[str, ...]) -> bool:
    """Whether a run of words is a day or an hour, which may open a sentence as well as close it."""
    return is_timed(run[-1]) and all(is_timed(term) or len(term) < _LEAST for term in run)


_LEAST = 3  # letters of a word that may be a party


def swapped_figures(edit: Edit) -> bool:
    """Whether two figures of a sentence changed what they count: "3 men and 12 women", "12 men and 3 women"."""
    old, new = (_counted(side, edit.language) for side in (edit.old, edit.new))
    return any(
        (b, what) in new and (a, other) in new
        for a, what in old
        for b, other in old
        if a != b and what != other and (a, what) not in new
    )


def _counted(text: str, language: str) -> set[tuple[str, str]]:
    """Return each figure of a sentence with the first word behind it that has a meaning of its own."""
    found = facts.numbers(text[:LONGEST], language=language)
    behind = (content(text[fact.end : fact.end + _REACH], language) for fact in found)
    return {(fact.value, words[0]) for fact, words in zip(found, behind, strict=True) if words}
