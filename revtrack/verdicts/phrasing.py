"""What is left of an edit once its facts are told: words put for words, and the headline. Knows no notes.

Without a model nobody can say whether two wordings mean the same. What can be said: whether words were put that
exclude each other, how many words that carry meaning came or went, and whether the sentence stayed what it was.
"""

import re

from revtrack import facts
from revtrack.model import Change, Reason, Significance
from revtrack.verdicts.classes import is_exchanged, is_other_source, say_the_same, without_synonyms
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.figures import same_numbers
from revtrack.verdicts.slips import differing_words
from revtrack.verdicts.terms import content, meaning, shared, stem, stems, terms
from revtrack.vocabulary import words_of

_FEW = 2  # words with meaning of their own that style may add or drop
_KEPT = 0.4  # of the words of the shorter side that stay in a text that is not written anew
_RESTATED = 8  # words that come and go where a sentence is put otherwise
_CLAUSE = 5  # words of a side from which on single ones are not held against each other
_MANY = 8  # of such words gone: the sentence no longer says what it said


def judge_wording(edit: Edit, change: Change) -> Reason:
    """Return the reason that an edit of words is, its facts aside."""
    if same_numbers(change.old, change.new, language=edit.language):
        return edit.reason("number_style", Significance.MINOR, change.old, change.new, change=change)
    return judge_class(edit, change) or _aside(edit, change) or _amount(edit, change)


def judge_class(edit: Edit, change: Change) -> Reason | None:
    """Return the reason of a change that puts a word for one of another group of its class, None if it does not."""
    longest = max(len(meaning(side, edit.language)) for side in (change.old, change.new))
    if longest > (_CLAUSE if words_of(edit.language).spaced else 2 * _CLAUSE):
        return None
    return _reversal(edit, change) or _exclusion(edit, change)


def judge_synonyms(edit: Edit, change: Change) -> Reason | None:
    """Return the reason of a change of a word or phrase to one that means the same, None if it is none."""
    if not say_the_same(change.old, change.new, edit.language) or judge_class(edit, change):
        return None
    return edit.reason("wording", Significance.MINOR, change.old, change.new, change=change)


def _is_rewritten(edit: Edit) -> bool:
    """Whether little is left of a sentence or field: then the facts of both cannot be held against each other."""
    old, new = meaning(edit.old, edit.language), meaning(edit.new, edit.language)
    return len(old & new) < _KEPT * min(len(old), len(new))


def judge_rewrite(edit: Edit) -> Reason | None:
    """Return the one reason of a headline, deck or caption that was written anew, None where enough of it stayed."""
    unit = edit.where.partition(" ")[0]
    if unit not in {"headline", "deck", "caption"} or not (edit.old and edit.new) or not _is_rewritten(edit):
        return None
    level = Significance.DETAIL if unit == "deck" else Significance.SUBSTANTIVE
    feature = "caption" if unit == "caption" else f"{unit}_reworded"
    return edit.reason(feature, level, edit.old, edit.new)


def judge_headline(edit: Edit, told: list[Reason]) -> Reason | None:
    """Return that the headline was reworded, where more of it changed than the facts told already."""
    old, new = (meaning(side, edit.language) for side in (edit.old, edit.new))
    if old == new:
        return None
    if len(edit.changes) == 1 and all(map(terms, (edit.changes[0].old, edit.changes[0].new))):
        left = without_synonyms(edit.old, edit.new, edit.language)
        if stems(left[0]) == stems(left[1]):
            return edit.reason("headline_reworded", Significance.MINOR, edit.changes[0].old, edit.changes[0].new)
    shown = {term for reason in told for side in (reason.before, reason.after) for term in stems(terms(side))}
    if not (old ^ new) - shown:
        return None
    before, after = differing_words(edit.old, edit.new)
    if not old - new:
        return edit.reason("headline_reworded", Significance.DETAIL, before, after)
    if (not new - old and len(old - new) <= _FEW) or _has_other_label(edit, old ^ new):
        return edit.reason("headline_reworded", Significance.DETAIL, before, after)
    return edit.reason("headline_reworded", Significance.SUBSTANTIVE, before, after)


def _has_other_label(edit: Edit, changed: frozenset[str]) -> bool:
    """Whether a headline got or lost a label in capitals, and few other words: the same event, now to be watched."""
    labels = [match[0] if (match := _LABEL.match(side)) else "" for side in (edit.old, edit.new)]
    return labels[0] != labels[1] and len(changed - stems(terms(" ".join(labels)))) <= 2 * _FEW


_LABEL = re.compile(r"[^\W\d_a-zà-ÿ]{4,}(?:\s[^\W\d_a-zà-ÿ]+)*\s?[:|]")


_CLASSES = (("exclusive", "claim"), ("role", "role"), ("certainty", "certainty"))


def _reversal(edit: Edit, change: Change) -> Reason | None:
    """Return the reason where a word was put for its opposite: in a headline that reverses what it claims."""
    denied = [bool(facts.negations(side, language=edit.language)) for side in (change.old, change.new)]
    if not is_exchanged(edit, change, "opposite") or denied[0] != denied[1]:  # "not able" is "unable"
        return None
    level = Significance.MAJOR if edit.in_headline or _short(change) else Significance.SUBSTANTIVE
    return edit.reason("opposite", level, change.old, change.new, change=change)


def _exclusion(edit: Edit, change: Change) -> Reason | None:
    """Return the reason where a word was put for one that excludes it: "son" for "daughter", "all" for "most"."""
    if is_other_source(edit, change):
        return edit.reason("attribution", Significance.SUBSTANTIVE, change.old, change.new, change=change)
    if _is_governed(change.old, change.new, edit.language) or _is_governed(change.new, change.old, edit.language):
        return edit.reason("claim", Significance.SUBSTANTIVE, change.old, change.new, change=change)
    for lexicon, feature in _CLASSES:
        if is_exchanged(edit, change, lexicon):
            return edit.reason(feature, Significance.SUBSTANTIVE, change.old, change.new, change=change)
    return None


def _is_governed(done: str, meant: str, language: str) -> bool:
    """Whether what is told as done on one side is only offered, tried or refused on the other: "offered to resign"."""
    verbs, words = content(done, language), terms(meant)
    if len(verbs) != 1 or len(words) != _GOVERNED or words[1] not in words_of(language).listed("infinitive"):
        return False
    return shared(verbs[0], words[2]) >= _ROOT and stem(verbs[0]) != stem(words[0])


_GOVERNED = 3  # words of a verb that another governs: "offered to resign"
_ROOT = 4  # letters that the forms of a verb share


def _short(change: Change) -> bool:
    return max(len(terms(change.old)), len(terms(change.new))) <= _FEW + 2


def _is_caveat(text: str, language: str) -> bool:
    """Whether a clause limits or explains what the sentence says: "although", "because"."""
    return bool(set(terms(text)[:2]) & set(words_of(language).listed("caveats")))


def _is_member(text: str, language: str) -> bool:
    """Whether words are one of several that were named together: "and hepatitis B"."""
    joining, found = words_of(language).listed("joining"), terms(text)
    return len(found) > 1 and (found[0] in joining or found[-1] in joining)


def _aside(edit: Edit, change: Change) -> Reason | None:
    """Return the reason of what came or went between two commas: who somebody is, or a doubt: "not yet verified"."""
    lone = (change.old or change.new).strip()
    if (change.old and change.new) or not lone[:1] == "," == lone[-1:]:
        return None
    doubts = _is_caveat(lone, edit.language) or bool(facts.negations(lone, language=edit.language))
    if len(meaning(lone, edit.language)) < _FEW and not doubts:
        return None
    level = Significance.SUBSTANTIVE if change.old and doubts else Significance.DETAIL
    return edit.reason(f"clause_{'removed' if change.old else 'added'}", level, change.old, change.new, change=change)


def _closes(clause: str, sentence: str) -> bool:
    """Whether words are a clause of their own behind the last comma of a sentence: ", which delayed the count"."""
    return clause.lstrip().startswith(",") and sentence.rstrip(" .").endswith(clause.rstrip(" ."))


def _amount(edit: Edit, change: Change) -> Reason:
    """Judge words by how many with a meaning came and went; one that stands elsewhere in the sentence stayed."""
    few = _FEW if words_of(edit.language).spaced else 2 * _FEW  # where no blanks part words, each character counts
    sides = without_synonyms(change.old, change.new, edit.language)
    before, after = map(stems, sides)
    sentences = [meaning(side, edit.language) for side in (edit.old, edit.new)]
    gone, come = len(before - sentences[1]), len(after - sentences[0])
    if (gone > _MANY and gone > len(before & after)) or (min(gone, come) > few + 1 and gone > 2 * len(before & after)):
        feature, level = "claim", Significance.SUBSTANTIVE
    elif gone == len(before) <= few and gone and not come and _is_member(change.old, edit.language):
        feature, level = "member_removed", Significance.SUBSTANTIVE
    elif gone > few and not come and _is_caveat(change.old, edit.language):
        feature, level = "clause_removed", Significance.SUBSTANTIVE
    elif gone > few - (gone == len(before) and _closes(change.old, edit.old)) and not come:
        feature, level = "clause_removed", Significance.DETAIL
    elif come - gone > few - (come == len(after) and _closes(change.new, edit.new)) and gone <= few:
        feature, level = "clause_added", Significance.DETAIL
    elif gone + come > _RESTATED * few // _FEW:
        feature, level = "wording", Significance.DETAIL
    else:
        feature, level = "wording", Significance.MINOR
    return edit.reason(feature, level, change.old, change.new, change=change)
