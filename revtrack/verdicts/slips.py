"""Edits that change how words are written and not what they say, and the few where that makes another word. Pure."""

import re
from functools import lru_cache
from itertools import pairwise

from revtrack.model import Change, Reason, Significance
from revtrack.moments import month_named
from revtrack.text import fold
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.order import swapped_figures
from revtrack.verdicts.terms import alike, function_words, shared, stem, terms, unaccented
from revtrack.verdicts.words import HYPHEN_MATTERS, NO_SLIPS, SPACE_MATTERS
from revtrack.vocabulary import words_of

_FORMS = ("typography", "capitals", "spelling")
_WORD = re.compile(r"[^\W_]+")
_QUESTION = re.compile(r"[?？؟]")
_DOUBLE = re.compile(r"[\"“”„«»「」『』]")
_OPENED = re.compile(r"(?<!\w)['‘’]")
_CLOSED = re.compile(r"(?<=\w)['‘’](?!\w)")
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .,/-]{2,40}(?:\([A-Za-z]{2,10}\)\s*)?[–—-]\s*$")
_DIGITS = re.compile(r"\d+")
_CURRENCY = re.compile(r"[$€£¥₹₽₩₺₴]")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_LONG_WORD = 7  # letters in a word that no other word lacks but for one
_LONGEST_LABEL = 8  # words that marks of irony may stand around


def judge_form(edit: Edit, change: Change) -> Reason | None:
    """Return the reason an edit is if it leaves the words as they were; None if it puts other words."""
    for read in (_prefix, _sign, _currency, _dateline, _spacing, _tagged, _punctuation, _misprint, _grammar):
        if reason := read(edit, change):
            return reason
    return None


def _prefix(edit: Edit, change: Change) -> Reason | None:
    """Recognise a syllable that denies a word: "unlawful", "nevěděl", "bilmiyordu"."""
    old, new = terms(change.old), terms(change.new)
    pairs = [(a, b) for a, b in zip(old, new, strict=False) if a != b]
    if len(old) != len(new) or len(pairs) != 1:
        return None
    short, long = sorted(pairs[0], key=len)
    words = words_of(edit.language)
    before = any(long == prefix + short for prefix in words.listed("denying_prefixes"))
    if len(short) < _LEAST_DENIED or not (before or _is_within(short, long, words.listed("denying_infixes"))):
        return None
    level = Significance.MAJOR if before or edit.in_headline else Significance.SUBSTANTIVE
    return edit.reason("negation", level, change.old, change.new, change=change)


def _is_within(short: str, long: str, syllables: tuple[str, ...]) -> bool:
    head = shared(short, long)
    return any(
        long == short[:at] + syllable + short[at:] for syllable in syllables for at in {head, head - 1} if at > 1
    )


_LEAST_DENIED = 4  # letters of a word that a syllable may deny


def _sign(edit: Edit, change: Change) -> Reason | None:
    """Recognise a minus that came or went before a figure: it is no mark but half of the number."""
    lone = (change.old.strip() or change.new.strip()) if not (change.old.strip() and change.new.strip()) else ""
    if lone not in {"-", "–", "−"} or terms(edit.old) == terms(edit.new):
        return None
    return edit.reason("number", Significance.SUBSTANTIVE, *differing_words(edit.old, edit.new), change=change)


def _currency(edit: Edit, change: Change) -> Reason | None:
    """Recognise another currency before or after the same figure: it is no mark but half of the amount."""
    signs = [sorted(_CURRENCY.findall(side)) for side in (edit.old, edit.new)]
    if signs[0] == signs[1] or terms(edit.old) != terms(edit.new):
        return None
    return edit.reason("money", Significance.SUBSTANTIVE, change.old, change.new, change=change)


def _dateline(edit: Edit, change: Change) -> Reason | None:
    """Recognise the place that opens a report: "HARRISBURG — "."""
    lone = change.old or change.new
    sentence = edit.old if change.old else edit.new
    if (change.old and change.new) or not _DATELINE.match(lone) or not sentence.startswith(lone):
        return None
    return edit.reason("dateline", Significance.MINOR, change.old, change.new, change=change)


def _tagged(edit: Edit, change: Change) -> Reason | None:
    form = next((form for form in _FORMS if change.tags == (form,)), None)
    return edit.reason(form, Significance.COSMETIC, change.old, change.new, change=change) if form else None


def _spacing(edit: Edit, change: Change) -> Reason | None:
    """Judge white space and hyphens: "the rapist" is no therapist, to re-sign is not to resign."""
    joined = ["".join(_WORD.findall(side.casefold())) for side in (change.old, change.new)]
    marks = [(len(_QUESTION.findall(side)), _quoted(side)) for side in (fold(change.old), fold(change.new))]
    if joined[0] != joined[1] or not joined[0] or marks[0] != marks[1] or joined[0].isdigit():
        return None
    counts = [_shape(side) for side in (change.old, change.new)]
    if counts[0] == counts[1]:
        return None
    words = {word for side in (change.old, change.new) for word in side.casefold().split()}
    hyphened = any("-" in word and word.replace("-", "") in HYPHEN_MATTERS for word in map(_bare, words))
    if hyphened or any(_bare(word) in SPACE_MATTERS for word in words):
        level = Significance.MAJOR if edit.in_headline else Significance.SUBSTANTIVE
        return edit.reason("other_word", level, change.old, change.new, change=change)
    return edit.reason("spelling", Significance.COSMETIC, change.old, change.new, change=change)


def _shape(text: str) -> tuple[int, int]:
    return len(text.split()), len(re.findall(r"(?<=\w)[-‐‑–](?=\w)", text))


def _bare(word: str) -> str:
    return word.strip(".,;:!?\"'“”‘’()").replace("‐", "-").replace("‑", "-")


def _quoted(text: str) -> int:
    """Count quotation marks; an apostrophe behind a word is one only where another opens before it."""
    opened, closed = len(_OPENED.findall(text)), len(_CLOSED.findall(text))
    return len(_DOUBLE.findall(text)) + (opened + closed if opened else 0)


def _punctuation(edit: Edit, change: Change) -> Reason | None:
    """Judge marks alone: a question mark and quotation marks change what is said, other marks do not."""
    if _terms(change.old) != _terms(change.new):
        return None
    old, new = (fold(side).replace("''", '"') for side in (change.old, change.new))
    if len(_QUESTION.findall(old)) != len(_QUESTION.findall(new)):
        before, after = _shown(edit, change)
        return edit.reason("question_mark", Significance.SUBSTANTIVE, before, after, change=change)
    possessive = {old.strip(), new.strip()} == {"", "'"} and _quoted(fold(edit.old)) == _quoted(fold(edit.new))
    if _quoted(old) != _quoted(new) and not possessive:
        return _marks(edit, change)
    return edit.reason("punctuation", Significance.COSMETIC, change.old, change.new, change=change)


def _terms(text: str) -> list[str]:
    return unaccented(term.replace("-", "") for term in terms(text))


def _marks(edit: Edit, change: Change) -> Reason:
    """Judge quotation marks put around words that stood there, or taken away from them."""
    paired = [_quoted(fold(side)) % 2 == 0 for side in (edit.old, edit.new)]
    before, after = _shown(edit, change)
    others = paired[0] != paired[1] or terms(edit.old) != terms(edit.new)
    if edit.old and edit.new and others and not terms(change.old):
        return edit.reason("punctuation", Significance.COSMETIC, before, after, change=change)
    return edit.reason("quotation_marks", Significance.SUBSTANTIVE, before, after, change=change)


def _shown(edit: Edit, change: Change) -> tuple[str, str]:
    """Return a change of marks with the words around it: for a lone mark the sentence says what it did."""
    if terms(change.old) or not edit.old:
        return change.old, change.new
    return differing_words(edit.old, edit.new)


def differing_words(old: str, new: str) -> tuple[str, str]:
    """Return the words of two sentences from the first that differs to the last, one more where there is none."""
    a, b = old.split(), new.split()
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    return " ".join(a[head : len(a) - tail]), " ".join(b[head : len(b) - tail])


def _misprint(edit: Edit, change: Change) -> Reason | None:
    """Recognise a year with a digit too many, another spelling of a word, and one written twice."""
    old, new = terms(change.old), terms(change.new)
    if len(old) == len(new):
        pairs = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
        if pairs and all(_is_slip(a, b, edit.language) or _is_slip(b, a, edit.language) for a, b in pairs):
            return edit.reason("spelling", Significance.COSMETIC, change.old, change.new, change=change)
    lone = old or new
    sentence = terms(edit.old if old else edit.new)
    twice = any(a == b for a, b in pairwise(sentence) if (a,) == lone)
    if not (old and new) and twice and edit.old and edit.new and not lone[0].isdigit():
        return edit.reason("spelling", Significance.COSMETIC, change.old, change.new, change=change)
    return None


def _is_slip(wrong: str, right: str, language: str) -> bool:
    return (
        (wrong, right) in _variants(language)
        or _is_year_with_slip(wrong, right)
        or _is_word_with_slip(wrong, right, function_words(language))
        or _is_word_with_digit(wrong, right)
        or _is_numeral_with_slip(wrong, right, language)
    )


@lru_cache(maxsize=32)
def _variants(language: str) -> frozenset[tuple[str, ...]]:
    """Return the pairs of words that a language spells in two ways: "grey", "gray"."""
    return frozenset(tuple(pair.split("/")) for pair in words_of(language).listed("spellings"))


def _is_numeral_with_slip(wrong: str, right: str, language: str) -> bool:
    """Whether a word is a numeral but for a vowel, and none of its own: "fourty"."""
    numerals = words_of(language).numerals
    if right not in numerals or wrong in numerals or wrong in function_words(language) or len(right) < _LEAST_NUMERAL:
        return False
    same = _VOWEL.sub("", wrong) == _VOWEL.sub("", right)
    return same and len(wrong) >= _LEAST_NUMERAL and alike(wrong, right) >= _SAME_NUMERAL


_VOWEL = re.compile("[aeiouyàáâäèéêëìíîïòóôöùúûüаеиоуыэюяєії]")
_LEAST_NUMERAL = 5  # letters of a numeral in words that is not mistaken for another word
_SAME_NUMERAL = 0.8


def _is_word_with_digit(wrong: str, right: str) -> bool:
    """Whether a digit was typed into a word that is none of time: "6March" may have been a date."""
    bare = _DIGITS.sub("", wrong)
    return bare == right and len(wrong) == len(right) + 1 and len(right) > _SHORTEST and month_named(right) is None


def _is_word_with_slip(wrong: str, right: str, small: frozenset[str]) -> bool:
    """Whether a word lacks a letter in its midst, or is a function word with two letters changed round: "teh"."""
    if right in small:
        return wrong not in small and _is_small_slip(wrong, right)
    if len(right) < _LONG_WORD or len(wrong) != len(right) - 1 or frozenset({wrong, right}) in NO_SLIPS:
        return False
    return right.isalpha() and _lacks_one(wrong, right, head=1, tail=2)


def _is_small_slip(wrong: str, right: str) -> bool:
    """Whether a small word has two letters changed round, or one too many or too few where that makes no other word."""
    if len(wrong) == len(right):
        return len(right) > 2 and sorted(wrong) == sorted(right)
    return len(right) > _SHORTEST and _lacks_one(*sorted((wrong, right), key=len))


def _lacks_one(short: str, long: str, *, head: int = 0, tail: int = 0) -> bool:
    """Whether a word is another without one letter, which is none of so many at its head and its tail."""
    return any(long[:i] + long[i + 1 :] == short for i in range(head, len(long) - tail))


_SHORTEST = 4  # letters that a small word has at least and one more for a letter too many or too few to make no other


def _is_year_with_slip(wrong: str, right: str) -> bool:
    """Whether a number of five digits is a year of four with one typed twice or slipped in."""
    if not (_YEAR.match(right) and _DIGITS.fullmatch(wrong) and len(wrong) == 5):
        return False
    return any(wrong[:i] + wrong[i + 1 :] == right for i in range(5))


def _grammar(edit: Edit, change: Change) -> Reason | None:
    """Recognise an edit of endings and function words alone, within a sentence that stays: "they been" is put right."""
    if not (edit.old and edit.new) or set(change.tags) - {"whitespace", "quote"}:
        return None
    old, new = terms(change.old), terms(change.new)
    if not (old or new) or len(old) + len(new) > _LONGEST_LABEL:
        return None
    small, endings = function_words(edit.language), words_of(edit.language).listed("endings")
    kept = [[term for term in side if term not in small] for side in (old, new)]
    if not _inflected(kept[0], kept[1], endings, alone="quote" in change.tags) or any(
        term in _TENSE for term in {*old, *new}
    ):
        return None
    if swapped_figures(edit):
        return None
    people = [_PERSONS & set(side) for side in (old, new)]
    if all(people) and not people[0] & people[1]:  # somebody else did it
        return edit.reason("person", Significance.DETAIL, change.old, change.new, change=change)
    return edit.reason("grammar", Significance.COSMETIC, change.old, change.new, change=change)


def _inflected(old: list[str], new: list[str], endings: tuple[str, ...], *, alone: bool) -> bool:
    """Whether two lists hold the same words but for endings, in any order; `alone`: those the language lists alone."""
    paired = list(zip(sorted(old, key=stem), sorted(new, key=stem), strict=False))
    if not alone and len(old) == len(new) and all(_is_of_stem(a, b) for a, b in paired):
        return True
    return len(old) == len(new) and all(_is_form(a, b, endings) for a, b in zip(old, new, strict=True))


def _is_of_stem(old: str, new: str) -> bool:
    """Whether two words have one stem and endings short enough to be endings: "Prozent" is no "Prozentpunkt"."""
    return stem(old) == stem(new) and max(len(old), len(new)) - shared(old, new) <= _LONGEST_ENDING


def _is_form(old: str, new: str, endings: tuple[str, ...]) -> bool:
    head = shared(old, new)
    return head > _ROOT and {old[head:], new[head:]} <= {*endings, ""}


_LONGEST_ENDING = 4  # letters of an ending
_ROOT = 2  # letters that a word keeps before its ending, and one more
_PERSONS = frozenset(
    {"he", "she", "they", "i", "we", "you", "him", "her", "them", "his", "their", "er", "sie", "il", "elle"}
)
_TENSE = frozenset({"will", "would", "shall", "can", "no", "nos", "na", "der", "did", "does", "do"})
