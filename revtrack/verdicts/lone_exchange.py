"""One word for another that no list knows, where it is all that was edited but for values. Knows no notes.

An editor who polishes touches many words; one who changes a single word of a whole article, to none that means the
same, puts right what it says, alone or beside values put right. Without a dictionary nobody can say more.
"""

from collections.abc import Sequence
from dataclasses import replace

from revtrack.model import Diff, Reason, Significance
from revtrack.verdicts.classes import knows_synonyms, may_mean_the_same, say_the_same
from revtrack.verdicts.terms import alike, content, stem, terms
from revtrack.vocabulary import words_of

_LONGEST = 4  # words of a side; who puts more for one another says it otherwise
_LEAST = 3  # letters of a word that is no abbreviation
_MOST = 3  # words with a meaning of their own that a side has at most
_SHORT = 6  # letters that a verb has at most whose forms differ by more than an ending
_FORMS = 0.4  # of the letters of two such forms are the same
_SPELT = 0.6  # of the letters of two spellings of one word are the same


def weigh_lone_exchange(reasons: Sequence[Reason], diff: Diff) -> list[Reason]:
    """Return the reasons, with the exchange of one word for another raised to substantive where it is all there is."""
    language = (diff.new.language or diff.old.language or "en")[:2]
    worded = [reason for reason in reasons if reason.significance is not Significance.COSMETIC and not _is_fact(reason)]
    pairs = {_pair(reason, language) for reason in worded}
    if len(pairs) != 1 or None in pairs:
        return list(reasons)
    return [replace(r, feature="claim", significance=Significance.SUBSTANTIVE) if r in worded else r for r in reasons]


def _is_fact(reason: Reason) -> bool:
    """Whether a value or name was put for another: beside one, a word for another is no polish yet."""
    put = bool(reason.before and reason.after) and reason.significance is Significance.SUBSTANTIVE
    return put and reason.feature in _VALUED


_VALUED = frozenset({"number", "money", "percent", "date", "time", "name"})


def _pair(reason: Reason, language: str) -> tuple[str, str] | None:
    """Return the stems of the two words of an exchange, None where it is none or both words may mean the same."""
    if reason.feature != "wording" or not knows_synonyms(language):
        return None
    old, new = content(reason.before, language), content(reason.after, language)
    if not (old and new) or max(len(old), len(new)) > _MOST or _is_abbreviated(reason):
        return None
    if max(len(terms(reason.before)), len(terms(reason.after))) > _LONGEST:
        return None
    told = all(_tells_of_saying(side, language) for side in (reason.before, reason.after))
    if told or not all(word.isalpha() and len(word) >= _LEAST for word in (*old, *new)):
        return None
    alike = say_the_same(reason.before, reason.after, language)
    if alike or any(_are_forms(a, b) or may_mean_the_same(a, b, language) for a in old for b in new):
        return None
    return " ".join(map(stem, old)), " ".join(map(stem, new))


def _tells_of_saying(text: str, language: str) -> bool:
    return bool(next(words_of(language).lexicons["saying"].find(text), None))


def _is_abbreviated(reason: Reason) -> bool:
    return any(side.rstrip().endswith(".") for side in (reason.before, reason.after))


def _are_forms(old: str, new: str) -> bool:
    """Whether two words may be spellings or forms of one: short ones that begin alike, as "sewed" and "sown"."""
    short = old[0] == new[0] and max(len(old), len(new)) <= _SHORT
    return alike(old, new) >= (_FORMS if short else _SPELT)
