"""Words of closed classes put for one another, as the file of the language lists them. Knows no levels or notes."""

from collections import Counter

from revtrack.model import Change
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.terms import function_words, terms
from revtrack.vocabulary import Lexicon, Sense, words_of

_FEW = 3  # words with a meaning of their own that a source of words has at most


def is_exchanged(edit: Edit, change: Change, name: str) -> bool:
    """Whether a change puts a word for one of another group of the same class: "son" for "daughter"."""
    words = words_of(edit.language)
    lexicon = words.lexicons[name]
    if words.spaced:
        old, new = _senses(lexicon, change.old), _senses(lexicon, change.new)
    else:
        touched = set(change.old + change.new)
        old, new = _touching(lexicon, edit.old, touched), _touching(lexicon, edit.new, touched)
    gone, come = old - new, new - old
    return any(row == other and group != there for row, group in gone for other, there in come)


def _senses(lexicon: Lexicon, text: str) -> Counter[Sense]:
    return Counter(sense for _, _, senses in lexicon.find(text) for sense in senses)


def _touching(lexicon: Lexicon, text: str, touched: set[str]) -> Counter[Sense]:
    """Return the senses of the words of a sentence that hold a changed character: no blanks part them."""
    found = ((text[start:end], senses) for start, end, senses in lexicon.find(text))
    return Counter(sense for word, senses in found if touched & set(word) for sense in senses)


def is_other_source(edit: Edit, change: Change) -> bool:
    """Whether a change puts another source behind a word that names one: "according to the police"."""
    old, new = (_without_small(side, edit.language) for side in (change.old, change.new))
    if not (old and new) or set(old) & set(new) or max(len(old), len(new)) > _FEW:
        return False
    return _is_named(edit.old, old[0], edit.language) and _is_named(edit.new, new[0], edit.language)


def _without_small(text: str, language: str) -> list[str]:
    small = function_words(language) | set(words_of(language).listed("according"))
    return [term for term in terms(text) if term not in small]


def _is_named(sentence: str, first: str, language: str) -> bool:
    """Whether nothing but small words stands between a word that names sources and the first word of one."""
    found, small = terms(sentence), function_words(language)
    place = found.index(first) if first in found else 0
    while place and found[place - 1] in small:
        place -= 1
    return bool(place) and found[place - 1] in words_of(language).listed("according")
