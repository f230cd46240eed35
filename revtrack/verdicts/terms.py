"""Texts as bags of words and stems, for judging what an edit leaves. Pure; knows no changes, notes or levels."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from revtrack.text import fold, words
from revtrack.verdicts.words import FUNCTION

LONGEST = 1500
"""Characters of a sentence or paragraph that are looked at; what comes after is judged by its place alone."""
_SIGN = re.compile(r"(?<![\w.,)%])[-−–](?=[$€£]?\d)")
_LETTER = re.compile(r"\w")
_ENDING = re.compile(r"(?:'s|s')$")
_STEM = 6


@lru_cache(maxsize=4096)
def terms(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text, lower case, without punctuation; a minus sign is a word."""
    plain = _SIGN.sub(" minus ", fold(text[:LONGEST]).casefold())
    return tuple(_ENDING.sub("", word) for word in words(plain) if _LETTER.match(word))


def content(text: str) -> tuple[str, ...]:
    """Return the terms that carry meaning of their own."""
    return tuple(term for term in terms(text) if term not in FUNCTION)


@lru_cache(maxsize=4096)
def meaning(text: str) -> frozenset[str]:
    """Return the stems of what carries meaning in a text."""
    return stems(content(text))


def stems(found: Iterable[str]) -> frozenset[str]:
    """Return terms cut to what their inflections share, more or less: "issued" and "issues" are "issu"."""
    return frozenset(stem(term) for term in found)


def stem(term: str) -> str:
    """Return what the inflections of a term share, by length alone: no language is known here."""
    if len(term) < 4 or term[0].isdigit():
        return term
    for ending in ("ing", "ed", "es", "en", "er", "s", "e", "d", "n"):
        if term.endswith(ending) and len(term) - len(ending) >= 3:
            term = term.removesuffix(ending)
            break
    return term[:_STEM]


def alike(old: str, new: str) -> float:
    """Return how alike two short strings are, 0.0 to 1.0."""
    return SequenceMatcher(None, old, new, autojunk=False).ratio()
