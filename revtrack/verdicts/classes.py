"""Words of closed classes put for one another, as the file of the language lists them. Knows no levels or notes."""

from collections import Counter
from functools import lru_cache

from revtrack.model import Change
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.terms import content, function_words, stems, terms
from revtrack.verdicts.thesaurus import rows, rows_with
from revtrack.vocabulary import LOADED, Lexicon, Sense, words_of


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
    heads = [_source(side, edit.language) for side in (edit.old, edit.new)]
    if not all(heads) or stems(heads[:1]) == stems(heads[1:]):
        return False
    if heads[0] not in terms(change.old) or heads[1] not in terms(change.new):
        return False
    roles = [words_of(edit.language).lexicons["role"].senses(head) for head in heads]
    return not (roles[0] & roles[1])


def _source(sentence: str, language: str) -> str:
    """Return the word of a sentence that names its source, "" where none does: "according to the police"."""
    words, found = words_of(language), terms(sentence)
    naming, small = words.listed("according"), function_words(language)
    verbs = words.listed("saying") if words.table.get("verb_first") else ()
    place = next((place for place, term in enumerate(found) if term in naming or term in verbs), None)
    if place is None or not words.spaced:
        return ""
    beside = found[:place][::-1] if words.table.get("postposed") else found[place + 1 :]
    head = next((term for term in beside if term not in small and term not in naming and term not in verbs), "")
    told = found[place] in naming or words.lexicons["role"].senses(head)  # behind a verb stands whatever is told, too
    return head if told else ""


def knows_synonyms(language: str) -> bool:
    """Whether words of one meaning are listed for a language."""
    return bool(rows(language))


def may_mean_the_same(old: str, new: str, language: str) -> bool:
    """Whether two words share a row of synonyms or a group of a class, or only say who spoke."""
    return bool(_meanings(old, language) & _meanings(new, language))


_ALIKE = ("exclusive", "role")  # the lists that have words which mean the same side by side
_SAYS: Sense = ("saying", 0)


@lru_cache(maxsize=8192)
def _meanings(word: str, language: str) -> frozenset[Sense]:
    """Return the rows and groups that hold a word; words for saying of which none takes sides are of one."""
    lexicons = words_of(language).lexicons
    found = {sense for name in _ALIKE for sense in lexicons[name].senses(word)}
    found.update(("thesaurus", row) for row in rows_with((word,), language))
    said = lexicons["saying"].senses(word)
    return frozenset({*found, _SAYS} if said and all(group != LOADED for _, group in said) else found)


def say_the_same(old: str, new: str, language: str) -> bool:
    """Whether all the words of two sides, a word or a phrase, mean the same: "stepped down", "resigned"."""
    before, after = ({found, _without_ends(found, language)} for found in (terms(old), terms(new)))
    if any(len(a) == len(b) == 1 and may_mean_the_same(a[0], b[0], language) for a in before for b in after):
        return True
    return any(rows_with(a, language) & rows_with(b, language) for a in before for b in after)


def _without_ends(words: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return a phrase without the small words around it: "was voted down by" is "voted down"."""
    small = function_words(language)
    inner = [place for place, word in enumerate(words) if word not in small]
    return words[inner[0] : inner[-1] + 1] if inner else words


def without_synonyms(old: str, new: str, language: str) -> tuple[set[str], set[str]]:
    """Return the words with a meaning of their own of two sides that have no synonym on the other."""
    if say_the_same(old, new, language):
        return set(), set()
    before, after = set(content(old, language)), set(content(new, language))
    alike = {(a, b) for a in before - after for b in after - before if may_mean_the_same(a, b, language)}
    return before - {a for a, _ in alike}, after - {b for _, b in alike}
