"""Say whether a text is garbled: its letters spoilt by a wrong encoding, or no writing in its language. Pure.

Knows two texts of one article and nothing of pages. Servers that decode their own pages twice, data bases that cannot
hold a letter, text that is scrambled for readers who have not paid, and dummy text all leave marks that no editor does.
"""

import re
from collections.abc import Iterable, Sequence

from revtrack.text import fold, words

_FEWEST_SPELT = 5
"""Words with letters beyond ASCII, below which nothing is said of encodings."""
_SPOILT = 0.7  # of these words
_FEWEST_KNOWN = 150
"""Words of a text, below which it does not tell how its language reads."""
_FEWEST_FRESH = 20
_IN_COMMON = 0.2
"""Below this share of words that were read before, a passage is in no language of the article (measured on pairs of
articles on other subjects: 0.3 at least)."""
_LONG_IN_COMMON = 0.02
_LONG = 5  # letters, more than most words of grammar have

_SIGNS = re.compile(r"\W+")
_ABOVE_ASCII = re.compile(r"[^\W\x00-\x7f]")


def is_spoilt(old: str, new: str) -> bool:
    """Say whether the letters of a text beyond ASCII are lost in `new`: dropped, replaced by "?", or decoded twice.

    >>> old = "Fødestua på Løten får ny lege på mandag, sier rådmann Bjørk"
    >>> is_spoilt(old, old.encode().decode("latin-1")), is_spoilt(old, old.replace("mandag", "søndag"))
    (True, False)
    >>> is_spoilt(old, old.encode("ascii", "replace").decode()), is_spoilt(old.encode().decode("latin-1"), old)
    (True, False)
    """
    before, after = set(fold(old).split()), set(fold(new).split())
    spelt = {word for word in before if _ABOVE_ASCII.search(word)}
    lost = spelt - after
    if len(spelt) < _FEWEST_SPELT or len(lost) < _SPOILT * len(spelt):
        return False
    fresh = {form for word in after - before for form in (_bare(word), _marked(word))} - {""}
    return sum(not fresh.isdisjoint(_spoilt_forms(word)) for word in lost) >= _SPOILT * len(spelt)


def _spoilt_forms(word: str) -> set[str]:
    """Return what a word becomes by each accident; what is left of it is compared without signs."""
    doubled = word.encode()
    forms = {
        _bare(_ABOVE_ASCII.sub("", word)),
        _bare(doubled.decode("latin-1")),
        _bare("".join(bytes([byte]).decode("cp1252", "replace") for byte in doubled)),
        _marked(_ABOVE_ASCII.sub("?", word)),
    }
    return forms - {"", _bare(word)}


def _bare(word: str) -> str:
    return _SIGNS.sub("", word)


def _marked(word: str) -> str:
    """Return a word whose unknown letters are question marks; "" for one without any, or with that of a question."""
    marked = word.replace("\ufffd", "?").strip("\"'.,:;()-–")
    return marked if "?" in marked[:-1] else ""


def is_no_writing(known: Sequence[str], fresh: Iterable[str]) -> bool:
    """Say whether paragraphs are not written in the words of the text before: scrambled, dummy text, a stack of errors.

    `known` are paragraphs as they were read before, `fresh` those that came in their place. Other news on another
    subject share their grammar, a rewritten article its names as well. False where there is too little to judge by.
    """
    before = _lower_words(known)
    now = _lower_words(fresh)
    if len(before) < _FEWEST_KNOWN or len(now) < _FEWEST_FRESH:
        return False
    vocabulary = set(before)
    long = [word for word in now if len(word) >= _LONG or word[0] > "\u2e7f"]
    return _share(now, vocabulary) < _IN_COMMON and _share(long, vocabulary) < _LONG_IN_COMMON


def _lower_words(paragraphs: Iterable[str]) -> list[str]:
    return [word for paragraph in paragraphs for word in words(fold(paragraph).lower())]


def _share(found: Sequence[str], vocabulary: set[str]) -> float:
    return sum(word in vocabulary for word in found) / max(1, len(found))
