"""Read numbers in words: "a dozen", "fünfundzwanzig", "treinta y dos", "one and a half million", "三千". No figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import regex

from revtrack.facts.fact import Fact, FactKind
from revtrack.facts.figures import plain
from revtrack.vocabulary import CURRENCIES, PERCENTS, Words, words_of

_WORD = r"\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?"
_BEHIND = regex.compile(r"[\s-]{1,2}(?:(?:of|de|di)\s|d['’])?(?P<unit>\p{L}[\p{L}\p{M}]+|[%€])")
_HALF = Decimal("0.5")


def spelled(text: str, words: Words) -> Iterator[Fact]:
    """Yield the numbers of a text that are written in words."""
    return _runs(text, words) if words.spaced else _written(text, words)


@dataclass(frozen=True, slots=True)
class _Token:
    """One or more numerals written as one, lower case, or a phrase that adds a half; none is any other word."""

    parts: tuple[str, ...]
    word: str
    start: int
    end: int


def _runs(text: str, words: Words) -> Iterator[Fact]:
    """Yield runs of number words as one number each: "two hundred and five", "a dozen", "twenty-one"."""
    run: list[_Token] = []
    joint: _Token | None = None  # the "and" behind a run that a number may follow
    for token in _tokens(text, words):
        last = joint or (run[-1] if run else None)
        beside = last is not None and token.start <= last.end + 1
        if token.parts and beside and (joint is None or _is_small(token.parts, words)):
            run, joint = [*run, token], None
            continue
        if run and beside and not joint and _joins(token.word, run[-1], words):
            joint = token
            continue
        if run:
            yield _sum(run, words, text)
        run, joint = ([token] if token.parts and token.word not in words.phrases("and_a_half") else []), None
    if run:
        yield _sum(run, words, text)


def _tokens(text: str, words: Words) -> Iterator[_Token]:
    for match in _pattern(words.language).finditer(text):
        word = match[0].lower()
        parts = (word,) if match["phrase"] else words.numeral_parts(word)
        yield _Token(parts, word, match.start(), match.end())


@lru_cache(maxsize=32)
def _pattern(language: str) -> regex.Pattern[str]:
    words = words_of(language)
    halves = (*words.phrases("and_a_half"), *words.phrases("one_and_a_half"))
    hyphened = (word for word in words.numerals if "-" in word)
    listed = [*(rf"(?P<phrase>\b{regex.escape(phrase)}\b)" for phrase in halves), *map(regex.escape, hyphened)]
    return regex.compile("|".join([*listed, r"(?P<phrase>(?!))", _WORD]), regex.IGNORECASE)


def _joins(word: str, last: _Token, words: Words) -> bool:
    """Whether an "and" may stand within a number behind a numeral: "hundred and", "treinta y"."""
    name = "hundreds_and" if last.parts[-1] in words.multipliers else "tens_and"
    return word in words.listed(name) and words.value(last.parts[-1]) >= _TWENTY


_TWENTY = 20


def _is_small(parts: tuple[str, ...], words: Words) -> bool:
    return parts[0] in words.numerals


def _sum(run: Sequence[_Token], words: Words, text: str) -> Fact:
    start, end = run[0].start, run[-1].end
    parts = [part for token in run for part in token.parts]
    lone = parts[0] if len(parts) == 1 else ""
    part = _PART.search(text[max(0, start - _REACH) : start])
    fraction = _fractions(words.language).get(part["part"].lower()) if part and lone in words.multipliers else None
    if part and fraction and words.multipliers[lone] >= _THOUSAND:  # "half a million"
        return _with_unit(plain(words.multipliers[lone] / fraction), text, start - len(part[0]), end, words)
    many = " many" if lone.removesuffix("s") in words.multipliers.keys() - {lone} else ""
    return _with_unit(f"{plain(_total(parts, words))}{many}", text, start, end, words)


_REACH = 20  # characters before a "million" in which a fraction of it ends
_PART = regex.compile(r"(?P<part>\p{L}+)(?:\s(?:of|de|di))?(?:\s(?:a|an|one|un|une|um|en|ein|einer))?(?:\s|-)$")


@lru_cache(maxsize=32)
def _fractions(language: str) -> dict[str, Decimal]:
    listed = enumerate(words_of(language).listed("fractions"), 2)
    return {form: Decimal(part) for part, forms in listed for form in forms.split("/")}


def _total(parts: Sequence[str], words: Words) -> Decimal:
    """Add up numerals: those below a thousand gather until one that multiplies them all."""
    total = current = Decimal(0)
    last = Decimal(1)
    for part in parts:
        if part in words.phrases("and_a_half") or part in words.listed("glued_half"):
            current, total = (current + _HALF, total) if last < _THOUSAND else (current, total + last * _HALF)
        elif part in words.phrases("one_and_a_half"):
            current += 1 + _HALF
        elif part not in words.multipliers:
            current += words.value(part)
        elif (factor := Decimal(words.multipliers[part])) < _THOUSAND:
            current = (current or 1) * factor
        else:
            total, current, last = total + (current or 1) * factor, Decimal(0), factor
    return total + current


_THOUSAND = 1000


def _with_unit(value: str, text: str, start: int, end: int, words: Words) -> Fact:
    """Return a number as the sum of money or the percentage it is by the word behind it."""
    match = _BEHIND.match(text, end)
    unit = match["unit"].lower() if match else ""
    behind = match.end() if match else end
    if unit in PERCENTS:
        return Fact(FactKind.PERCENT, value, text[start:behind], start, behind)
    if unit in words.listed("points"):
        return Fact(FactKind.PERCENT, f"{value} points", text[start:behind], start, behind)
    if unit in CURRENCIES and unit not in words.multipliers:
        return Fact(FactKind.MONEY, f"{value} {CURRENCIES[unit]}", text[start:behind], start, behind)
    return Fact(FactKind.NUMBER, value, text[start:end], start, end)


# --- scripts without blanks ----------------------------------------------------------------------------------------


def _written(text: str, words: Words) -> Iterator[Fact]:
    """Yield numbers in the numerals of Chinese and Japanese; without a counter behind them they are no numbers."""
    for match in _numeral_runs(words.language).finditer(text):
        yield Fact(FactKind.NUMBER, str(_read(match[0], words)), match[0], match.start(), match.end())


@lru_cache(maxsize=8)
def _numeral_runs(language: str) -> regex.Pattern[str]:
    words = words_of(language)
    digits = "".join((*words.numerals, *words.multipliers))
    return regex.compile(rf"(?<![\d{digits}])[{digits}]+(?=[{''.join(words.listed('counters'))}])")


def _read(numerals: str, words: Words) -> int:
    total = hundreds = current = 0
    for numeral in numerals:
        if numeral in words.numerals:
            current = current * 10 + words.numerals[numeral]
        elif (factor := words.multipliers[numeral]) <= _THOUSAND:
            hundreds, current = hundreds + (current or 1) * factor, 0
        else:
            total, hundreds, current = total + (hundreds + current or 1) * factor, 0, 0
    return total + hundreds + current
