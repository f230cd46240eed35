"""What an edit is about, told from its words and the facts around them. Knows nothing of alignment or judgement.

Reading facts costs far more than comparing words, so each reader is asked only where the changed words hold something
that it could read, and only about the words around the change.
"""

import re
import unicodedata
from collections.abc import Callable

from revtrack import facts
from revtrack.diffing.runs import equal_ends
from revtrack.diffing.sides import Passage
from revtrack.text import fold
from revtrack.vocabulary import kinds_of

_NEARBY = 2  # words before and after a change that a fact may reach into
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FIGURES = re.compile(r"\d")
_QUOTES = re.compile("[\"“”„«»「‘’']")
_POINTS = re.compile(r"[\s,;:.!()–—…-]+")
_DASHES = re.compile("[–—-]+")
_VOWELS = "aeiou"
_SLIP = 5  # letters in a word that can be told to be misspelt
_LONG = 8  # letters in a word that with a letter doubled or another vowel inside is hardly another word
# Beginnings of words that differ by what looks like a slip from other common words.
_NO_SLIPS = tuple(
    word
    for pair in (
        ("angel", "angle"),
        ("board", "broad"),
        ("casual", "causal"),
        ("calvary", "cavalry"),
        ("confirm", "conform"),
        ("diary", "dairy"),
        ("ingenious", "ingenuous"),
        ("martial", "marital"),
        ("prescri", "proscri"),
        ("quiet", "quite"),
        ("scared", "sacred"),
        ("silver", "sliver"),
        ("trail", "trial"),
        ("united", "untied"),
    )
    for word in pair
)
_VARIANTS = (
    (re.compile(r"our(?=s?$|ed$|ing$|able$|ite|ful|hood)"), "or"),
    (re.compile(r"(?<=[aeiou])ll(?=ed$|ing$|er)"), "l"),
    (re.compile(r"is(?=e[ds]?$|ing$|ation)"), "iz"),
    (re.compile(r"(?<=[bct])re(?=s?$|d$)"), "er"),
    (re.compile(r"ogue(?=s?$)"), "og"),
)


def tag_edit(old: Passage, new: Passage, *, language: str) -> tuple[str, ...]:
    """Return what an edit within a paragraph is about, in alphabetical order."""
    form = _form(old.words, new.words)
    if form:
        return (form,)
    tags = _quotation_tags(old, new)
    language = language[:2] or "en"
    held = _shape(old.words, language) | _shape(new.words, language)
    if held:
        before, after = (_facts_in(_window(side), held, language) for side in (old, new))
        tags |= {kind for kind, _ in before ^ after}
    return tuple(sorted(tags))


def tag_passage(removed: str, added: str) -> tuple[str, ...]:
    """Return what a whole paragraph that is gone or new is about."""
    if _QUOTES.search(removed) and facts.quotations(removed):
        return ("quote_removed",)
    return ("quote",) if _QUOTES.search(added) and facts.quotations(added) else ()


def _form(old: str, new: str) -> str:
    """Return the tag of an edit that changes only how words are written; "" for any other."""
    if not old.strip() and not new.strip():
        return "whitespace"
    if _POINTS.fullmatch(old + new):
        return "punctuation"
    if not old or not new or abs(len(old) - len(new)) > _SLIP + min(len(old), len(new)) // 4:
        return ""
    before, after = _DASHES.sub("-", fold(old)), _DASHES.sub("-", fold(new))
    same = {
        "typography": before == after,
        "whitespace": "".join(before.split()) == "".join(after.split()),
        "capitals": before.casefold() == after.casefold(),
    }
    return next((tag for tag, holds in same.items() if holds), "spelling" if _is_spelling(before, after) else "")


def _is_spelling(old: str, new: str) -> bool:
    """Return whether the same words are spelt differently: an accent, a variant, or a slip that makes no other word."""
    before, after = _LETTERS.findall(old.casefold()), _LETTERS.findall(new.casefold())
    if len(before) != len(after) or _LETTERS.sub("", old) != _LETTERS.sub("", new):
        return False
    return all(a == b or _same_word(a, b) for a, b in zip(before, after, strict=True))


def _same_word(old: str, new: str) -> bool:
    """Return whether two lower-case words are one word spelt in two ways."""
    if _bare(old) == _bare(new) or _usual(old) == _usual(new):
        return True
    if min(len(old), len(new)) < _SLIP or old[0] != new[0] or old.startswith(_NO_SLIPS) or new.startswith(_NO_SLIPS):
        return False
    head, tail = equal_ends(old, new)
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(before) == len(after) == 2:
        return before == after[::-1]  # two letters changed places
    if min(len(old), len(new)) < _LONG or not tail:
        return False
    if len(before) + len(after) == 1:
        return old[head - 1] == before + after  # a letter doubled or not
    return tail > 1 and len(before) == len(after) == 1 and before in _VOWELS and after in _VOWELS


def _bare(word: str) -> str:
    """Return a word without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def _usual(word: str) -> str:
    """Return a word with its British endings spelt the American way."""
    for pattern, ending in _VARIANTS:
        word = pattern.sub(ending, word)
    return word


def _quotation_tags(old: Passage, new: Passage) -> set[str]:
    """Return "quote" for an edit inside a quotation or a new one, "quote_removed" for one that is gone."""
    tags = set()
    if set(old.whole) - {*new.whole, *new.part}:
        tags.add("quote_removed")
    if new.whole or new.part or old.part:
        tags.add("quote")
    return tags


def _window(passage: Passage) -> Passage:
    """Return a change with no more around it than a fact may reach into."""
    low, high = passage.start, passage.end
    for _ in range(_NEARBY + 1):
        low = max(passage.text.rfind(" ", 0, low), 0)
        stop = passage.text.find(" ", high + 1)
        high = stop if stop >= 0 else len(passage.text)
    return Passage(passage.text[low:high], passage.start - low, passage.end - low)


def _facts_in(window: Passage, held: set[str], language: str) -> set[tuple[str, str]]:
    """Return kind and value of the facts that a change touches; the name of a month or day is no name."""
    read_all = (read(window.text, language=language) for shape, read in _READERS if shape in held)
    found = [fact for facts_read in read_all for fact in facts_read if _touches(fact, window)]
    dates = [fact for fact in found if fact.kind is facts.FactKind.DATE]
    return {
        (fact.kind.value, fact.value)
        for fact in found
        if fact.kind is not facts.FactKind.NAME or not any(d.start <= fact.start and fact.end <= d.end for d in dates)
    }


def _touches(fact: facts.Fact, window: Passage) -> bool:
    return fact.start < window.end and window.start < fact.end


def _shape(words: str, language: str) -> set[str]:
    """Return which kinds of fact changed words may hold, told by the shape of the words and by short lists."""
    held = set(kinds_of(words, language))
    if words != words.lower() or not words.isascii():
        held |= {"capital", "date"}
    if _FIGURES.search(words):
        held |= {"count", "date"}
    if "n't" in words or "n’t" in words or _UNSPACED.search(words):
        held.add("denial")
    return held


_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")  # Japanese, Chinese and Korean deny within a word
_READERS: tuple[tuple[str, Callable[..., tuple[facts.Fact, ...]]], ...] = (
    ("count", facts.numbers),
    ("date", facts.dates),
    ("capital", facts.names),
    ("denial", facts.negations),
    ("hedge", facts.hedges),
    ("state", facts.states),
    ("saying", facts.attributions),
)
