"""The form in which words are indexed and asked for. Pure.

Case, accents, punctuation and the glyphs of one letter make no difference; a character of a script that writes no
spaces is a word.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from revtrack.text import fold, sentences

LONGEST = 1_000
"""Characters of a query that are read."""
_MOST_PARTS = 16
_ACCENTS = re.compile("[\u0300-\u036f]")
_TOWER = regex.compile(r"(\p{M}{20})\p{M}++")  # no script builds such; to put their marks in order is quadratic
_ASCII = re.compile("[a-z0-9]+")
_ALONE = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD = regex.compile(rf"[{_ALONE}]\p{{M}}*|(?:(?![{_ALONE}])[\p{{L}}\p{{M}}\p{{N}}])+")


def spelled(text: str) -> str:
    """Return the words of a text between blanks.

    >>> spelled("The Mayor’s café: 1,250 guests!")
    'the mayor s cafe 1 250 guests'
    """
    if text.isascii():
        return " ".join(_ASCII.findall(text.lower()))
    text = _TOWER.sub(r"\1", text)
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", _ACCENTS.sub("", bare))))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a query: the words that a sentence must hold next to each other, and signs as they must stand there.

    `literal` is "" where the part is written in letters, digits and blanks alone; `words` is "" where it has none.
    """

    words: str
    literal: str

    def is_in(self, spelling: str, text: str) -> bool:
        """Whether a sentence, given by its spelling and its text, holds the part."""
        is_worded = not self.words or f" {self.words} " in f" {spelling} "
        return is_worded and (not self.literal or self.literal in fold(text).casefold())


def parts_of_phrase(phrase: str) -> tuple[Part, ...]:
    """Return a phrase as what must be found of it: one part a sentence."""
    phrase = phrase[:LONGEST]
    return _parts(phrase[start:end] for start, end in sentences(phrase))


def parts_of_words(words: str) -> tuple[Part, ...]:
    """Return words that need not stand together, each as a part."""
    return _parts(words[:LONGEST].split())


def _parts(texts: Iterable[str]) -> tuple[Part, ...]:
    parts = dict.fromkeys(_part(text) for text in texts)
    told = [part for part in parts if part.words or part.literal]
    worded = [part for part in told if part.words]
    return tuple((worded or told)[:_MOST_PARTS])


def _part(text: str) -> Part:
    plain = fold(text.encode("utf-8", "ignore").decode()).casefold()
    is_bare = all(sign.isalnum() or sign.isspace() or unicodedata.combining(sign) for sign in plain)
    return Part(spelled(text), "" if is_bare else plain)
