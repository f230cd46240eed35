"""What in a text may belong to a date or a time: its words, and the marks between digits. Knows no date.

Dates are dear to look for, as each language writes them in its own way. A pattern is asked only of a text that holds a
sign of it: a word, one of the characters `CHARACTERS`, `DOTTED` for digits on both sides of a mark, `LETTERED` for
letters before a full stop, as in "a.m.".
"""

import re
from collections.abc import Iterable

CHARACTERS = ":月월日"
DOTTED, LETTERED = "1.1", "a."
_WORD = re.compile(r"[^\W\d_]+")
_DOTTED = re.compile(r"\d[-/.:]\s?\d")
_ORDINALS = ("st", "nd", "rd", "th", "er", "º", "ª")  # behind a day, and perhaps glued to its month


def signs_of(names: Iterable[str]) -> frozenset[str]:
    """Return the signs of names, each the first letters of one: a mark on a letter, as in Hindi, ends a word here."""
    return frozenset(_WORD.findall(name)[0] for name in names)


def signs_in(text: str) -> set[str]:
    """Return the signs that a text holds, its words in small letters among them."""
    folded = text.casefold()
    words = set(_WORD.findall(folded))
    glued = [word[cut:] for word in words if word.startswith(_ORDINALS) for cut in (1, 2)]
    signs = words.union(glued, filter(folded.__contains__, CHARACTERS))
    if _DOTTED.search(text):
        signs.add(DOTTED)
    if "a." in folded or "p." in folded:
        signs.add(LETTERED)
    return signs
