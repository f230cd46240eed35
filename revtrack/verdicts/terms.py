"""Texts as bags of words and stems, for judging what an edit leaves. Pure; knows no changes, notes or levels."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from revtrack.text import fold, words
from revtrack.vocabulary import words_of

LONGEST = 1500
"""Characters of a sentence or paragraph that are looked at; what comes after is judged by its place alone."""
_SIGN = re.compile(r"(?<![\w.,)%])[-−–](?=[$€£]?\d)")
_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u0655\u0901\u0902\u093c]")
_WIDE = re.compile("[\uff01-\uff5e]+")
_ACRONYM = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_LETTER = re.compile(r"\w")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|un|(?:d|n)?ell|d?all|sull|quell)'(?=\w{2})")
_ENDING = re.compile(r"(?:'s|s')$")
_STEM = 6


@lru_cache(maxsize=4096)
def terms(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text, lower case, without punctuation; a minus sign is a word."""
    plain = _SIGN.sub(" minus ", bare(fold(text[:LONGEST]).casefold()))
    plain = _ACRONYM.sub(lambda found: found[0].replace(".", ""), plain)
    return tuple(_ENDING.sub("", _ELISION.sub("", word)) for word in words(plain) if _LETTER.match(word))


def bare(text: str) -> str:
    """Return text in which characters of full width are of the usual one, and "ё" is "е" as most print it."""
    return (
        text
        if text.isascii()
        else _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text).replace("ё", "е")
    )


def unaccented(found: Iterable[str]) -> list[str]:
    """Return terms without accents, vowel points and other marks that many leave out; the rest make other words."""
    return [term if term.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", term)) for term in found]


def content(text: str, language: str) -> tuple[str, ...]:
    """Return the terms that carry meaning of their own in a language."""
    function = function_words(language)
    return tuple(term for term in terms(text) if term not in function)


@lru_cache(maxsize=4096)
def meaning(text: str, language: str) -> frozenset[str]:
    """Return the stems of what carries meaning in a text."""
    return stems(content(text, language))


@lru_cache(maxsize=32)
def function_words(language: str) -> frozenset[str]:
    """Return the small words of a language that only hold a sentence together."""
    return frozenset(words_of(language).listed("function"))


@lru_cache(maxsize=64)
def listed_stems(name: str, language: str) -> frozenset[str]:
    """Return the stems of a list of words, of the language's and of English, whose words are used everywhere."""
    listed = (term for known in {language, "en"} for word in words_of(known).listed(name) for term in terms(word))
    return stems(listed)


def stems(found: Iterable[str]) -> frozenset[str]:
    """Return terms cut to what their inflections share, more or less: "issued" and "issues" are "issu"."""
    return frozenset(stem(term) for term in found)


_ENDINGS = ("ing", "ed", "es", "en", "er", "s", "e", "d", "n")


def stem(term: str) -> str:
    """Return what the inflections of a term share, by length alone: no language is known here."""
    if len(term) < 4 or term[0].isdigit():
        return term
    for ending in _ENDINGS:
        if term.endswith(ending) and len(term) - len(ending) >= 3:
            term = term.removesuffix(ending)
            break
    return term[:_STEM]


def alike(old: str, new: str) -> float:
    """Return how alike two short strings are, 0.0 to 1.0."""
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def is_transposed(old: str, new: str) -> bool:
    """Whether two long words differ by two neighbouring letters changed round, as only slips of the hand do."""
    if len(old) != len(new) or len(new) < _LONG:
        return False
    apart = [place for place, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and old[apart[0]] == new[apart[1]]
        and old[apart[1]] == new[apart[0]]
    )


_LONG = 8  # letters of a word of which nobody takes a slip for another word


def shared(old: str, new: str) -> int:
    """Return how many letters two words begin with alike."""
    return next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
