"""The form in which words are indexed and asked for. Pure.

Case, accents, punctuation and the glyphs of one letter make no difference; a character of a script that writes no
spaces is a word.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from revtrack.text import UNSPACED, fold, sentences

LONGEST = 1_000
"""Characters of a query that are read."""
_MOST_PARTS = 16
_ACCENTS = re.compile("[\u0300-\u036f]")
_TOWER = regex.compile(r"(\p{M}{20})\p{M}++")  # no script builds such; to put their marks in order is quadratic
_ASCII = re.compile("[a-z0-9]+")
_SIGNS = re.compile("[\u00a0‘’‚“”„«»–—…]+")  # all that keeps much English from being ASCII
# Text of Latin, Greek and Cyrillic letters: there the standard library finds the same words, several times as fast.
_SIMPLE = re.compile("[\0-\u02af\u0370-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
_SIMPLE_WORD = re.compile(r"[^\W_]+")
_WORD = regex.compile(rf"[{UNSPACED}]\p{{M}}*|(?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])+")


def spelled(text: str) -> str:
    """Return the words of a text between blanks.

    >>> spelled("The Mayor’s café: 1,250 guests!")
    'the mayor s cafe 1 250 guests'
    """
    text = _SIGNS.sub(" ", text)
    if text.isascii():
        return " ".join(_ASCII.findall(text.lower()))
    if _SIMPLE.fullmatch(text):
        return " ".join(_SIMPLE_WORD.findall(_bare(text)))
    return " ".join(_WORD.findall(_bare(_TOWER.sub(r"\1", text))))


def _bare(text: str) -> str:
    """Return text without case and accents, each letter in one glyph."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


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
