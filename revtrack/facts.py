"""Read the facts a passage states: numbers, dates, names, quotations, negations, hedges, states. Pure; no model.

Every reader returns facts in the order of the text. Two facts of one kind say the same when their values are equal:
"12", "twelve" and "a dozen" are all "12". What a reader does not know in a language it does not see.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

import regex

from revtrack.moments import find_moments
from revtrack.text import fold
from revtrack.vocabulary import CURRENCIES, MAGNITUDES, PERCENTS, Words, words_of


class FactKind(StrEnum):
    """What a fact is about."""

    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    NAME = "name"
    QUOTE = "quote"
    NEGATION = "negation"
    HEDGE = "hedge"
    STATE = "state"
    ATTRIBUTION = "attribution"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact at characters `start` to `end` of the text it was read in; `value` is its canonical form."""

    kind: FactKind
    value: str
    text: str
    start: int
    end: int


def facts(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return everything the readers below find, in the order of the text."""
    found = [fact for read in _READERS for fact in read(text, language=language)]
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end)))


# --- numbers and dates -------------------------------------------------------------------------------------------

_SIGN = r"(?:(?<![\p{L}\p{N}.,)%])[-−–](?=\d))?"
_FIGURE = r"\d{1,3}(?:[ ,.'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_NUMBER = regex.compile(
    rf"(?P<before>(?:(?:US|R|A|C|HK)?[$€£¥₹₺₩₽]|%|(?i:yüzde)\b)\s?)?(?P<sign>{_SIGN})(?P<figure>{_FIGURE})"
    r"(?P<tail>(?:st|nd|rd|th)\b|[\p{L}\p{M}%％$€£¥₹₽]*)"
    r"(?:[\s-]?(?P<per>p(?:er|our|or)\s)?(?P<next>[\p{L}\p{M}%％$€£¥₹₽]+)\.?(?:\s(?P<third>[\p{L}\p{M}]+))?)?",
)
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hangul}\p{Katakana}]")
_LONGEST_UNIT = 4  # letters of a unit in scripts without blanks


def numbers(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return the numbers in figures and words, with sums of money and percentages; not the parts of dates and times.

    >>> [(fact.kind.value, fact.value) for fact in numbers("A dozen of 1,250 paid $1.5m, or 3%")]
    [('number', '12'), ('number', '1250'), ('money', '1500000 USD'), ('percent', '3')]
    """
    words = words_of(language)
    taken = [(moment.start, moment.end) for moment in find_moments(text, language=language)]
    figures = [_figure(match, words) for match in _NUMBER.finditer(text) if not _inside(match.start("figure"), taken)]
    taken += [(fact.start, fact.end) for fact in figures]
    spell = _spelled if words.spaced else _written
    spelled = [fact for fact in spell(text, words) if not _inside(fact.start, taken)]
    return tuple(sorted([*figures, *spelled], key=lambda fact: fact.start))


def _figure(match: regex.Match[str], words: Words) -> Fact:
    amount, end = _amount(match["figure"]), match.end("tail")
    before = (match["before"] or "").strip().lower()
    currency, percent, points = CURRENCIES.get(before, ""), before in {"%", "yüzde"}, ""
    for place, (word, stop) in enumerate(_units(match)):
        if match["per"] and place == 1:
            percent, end = True, stop
            break
        if word in words.multipliers or (word in MAGNITUDES and not place):
            amount, end = amount * (words.multipliers.get(word) or MAGNITUDES[word]), stop
        elif word in PERCENTS or word in CURRENCIES or word in words.listed("points"):
            percent, currency = percent or word in PERCENTS, currency or CURRENCIES.get(word, "")
            points = " points" if word in words.listed("points") else ""
            end = max(end, stop) if not _UNSPACED.match(word) else stop
            break
        elif word:
            end = stop if not place and _UNSPACED.match(word) else end
            break
    kind = FactKind.MONEY if currency else FactKind.PERCENT if percent or points else FactKind.NUMBER
    ordinal = " th" if match["tail"].lower() in _ORDINALS else ""
    value = f"{'-' if match['sign'] else ''}{_plain(amount)}{ordinal}{points}{' ' + currency if currency else ''}"
    return Fact(kind, value, match.string[match.start() : end], match.start(), end)


def _units(match: regex.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield the words behind a figure, lower case, with where they end; where no blanks part them, one by one."""
    tail, start = match["tail"].lower(), match.start("tail")
    if _UNSPACED.match(tail):
        for length in (*range(min(_LONGEST_UNIT, len(tail)), 1, -1), 1):
            known = tail[:length] in PERCENTS or tail[:length] in CURRENCIES
            if known or length == 1:
                yield tail[:length], start + length
                break
        if len(tail) > 1 and length == 1:
            yield tail[1], start + 2
        return
    yield tail, match.end("tail")
    for group in ("next", "third"):
        yield (match[group] or "").lower(), match.end(group)


def _amount(figure: str) -> Decimal:
    """Read a figure; a last separator before one, two or more than three digits is the decimal one."""
    parts = regex.split(r"[ ,.'’]", figure)
    whole, fraction = parts, ""
    if len(parts) > 1 and (len(parts[-1]) != 3 or parts[0] == "0"):
        whole, fraction = parts[:-1], parts[-1]
    try:
        return Decimal(f"{''.join(whole)}.{fraction or 0}")
    except InvalidOperation:
        return Decimal(0)


def _plain(amount: Decimal) -> str:
    shown = format(amount, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _spelled(text: str, words: Words) -> Iterator[Fact]:
    """Yield runs of number words as one number each: "two hundred and five", "a dozen", "twenty-one"."""
    run: list[regex.Match[str]] = []
    joined = 0  # where a word behind "and" begins, that goes on with a number
    for match in [*_WORD.finditer(text), None]:
        word = match[0].lower() if match else ""
        numeral = word in words.numerals or (word in words.multipliers and (len(word) > 2 or not word.isascii()))
        near = not run or (match is not None and match.start() <= max(run[-1].end() + 1, joined))
        if match and numeral and near:
            run.append(match)
            continue
        if run and word == "and" and run[-1][0].lower() in words.multipliers:
            joined = match.end() + 1 if match else 0
            continue
        if run:
            yield _spelled_number([(found[0].lower(), found.start(), found.end()) for found in run], words, text)
        run = [match] if match and numeral else []


def _written(text: str, words: Words) -> Iterator[Fact]:
    """Yield numbers in the numerals of Chinese and Japanese; without a counter behind them they are no numbers."""
    for match in _numeral_runs(words.language).finditer(text):
        yield _spelled_number([(c, i, i + 1) for i, c in enumerate(match[0], match.start())], words, text)


@lru_cache(maxsize=8)
def _numeral_runs(language: str) -> regex.Pattern[str]:
    words = words_of(language)
    digits = "".join((*words.numerals, *words.multipliers))
    return regex.compile(rf"(?<![\d{digits}])[{digits}]+(?=[{''.join(words.listed('counters'))}])")


def _spelled_number(run: list[tuple[str, int, int]], words: Words, text: str) -> Fact:
    total = hundreds = current = 0
    for word, _, _ in run:
        if word in words.numerals:
            current = current * 10 + words.numerals[word] if not words.spaced else current + words.numerals[word]
        elif (factor := words.multipliers[word]) in _WITHIN_THOUSAND and not words.spaced:
            hundreds, current = hundreds + (current or 1) * factor, 0
        elif factor == 100:
            current = (current or 1) * 100
        else:
            total, hundreds, current = total + (hundreds + current or 1) * factor, 0, 0
    start, end = run[0][1], run[-1][2]
    many = " many" if len(run) == 1 and run[0][0].removesuffix("s") in words.multipliers.keys() - {run[0][0]} else ""
    return Fact(FactKind.NUMBER, f"{total + hundreds + current}{many}", text[start:end], start, end)


_WITHIN_THOUSAND = frozenset({10, 100, 1000})


def _inside(position: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def dates(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return the dates and times of day; a value is "2024-03-13", "--03-13", "weekday 3" or "18:30"."""
    found = []
    for moment in find_moments(text, language=language):
        words = text[moment.start : moment.end]
        if moment.month is not None:
            day = f"-{moment.day:02}" if moment.day else ""
            value = f"{moment.year or '-'}-{moment.month:02}{day}"
            found.append(Fact(FactKind.DATE, value, words, moment.start, moment.end))
        elif moment.weekday is not None:
            found.append(Fact(FactKind.DATE, f"weekday {moment.weekday}", words, moment.start, moment.end))
        if moment.hour is not None:
            value = f"{moment.hour:02}:{moment.minute or 0:02}"
            found.append(Fact(FactKind.TIME, value, words, moment.start, moment.end))
    return tuple(found)


# --- names and quotations ----------------------------------------------------------------------------------------

_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Hon|Sir|Lord|Lady|Judge|President|Minister|Mayor"
    r"|Herr|Frau|Monsieur|Madame|Señor|Señora|Signor|Signora)\b\.?\s+"
)
_CAPITAL = r"(?:\p{Lu}\.)+|\p{Lu}[\p{L}\p{M}\p{N}'’&-]*"
_NAME = regex.compile(
    rf"(?:{_TITLE})*(?P<name>(?!{_TITLE})(?:{_CAPITAL})"
    rf"(?:\s(?:(?:of|the|de|del|da|di|van|von|der|den|bin|al)\s){{0,2}}(?!{_TITLE})(?:{_CAPITAL})){{0,5}})",
)
_NAME_OF_NOUNS = regex.compile(_NAME.pattern.replace("|der|den|", "|").replace("of|the|", ""))  # "Angaben der Polizei"
_OPENER = regex.compile(r"(?:^|[.!?:…“\"„«»(\[–—•]|['‘](?<=\s.))\s*$")
# Words that begin sentences and are no part of a name.
_PLAIN_WORDS = frozenset(
    regex.split(
        r"\s+",
        """a an the this that these those it he she they we i you his her their its our in on at by for from
        with and but or if as when while after before since there here what who why how where no all not some
        most many one two three more new old updated correction update according however also meanwhile last
        next officials police yesterday""",
    ),
)
_QUOTE = regex.compile(
    r"“([^“”]{1,2000})[”“]|„([^“”„]{1,2000})[“”]|«([^«»]{1,2000})»|»([^«»]{1,2000})«|「([^」]{1,2000})」|\"([^\"“”]{1,2000})”"
    r"|\"([^\"]{1,2000})\""
    r"|(?<!\w)[‘']([^‘’'\n]{1,300})[’'](?!\w)",
)


def names(text: str, *, language: str = "", known: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
    """Return the names of people, places and bodies: runs of capitalised words, titles left off.

    A single capitalised word that opens a sentence counts only when `known`, the folded names that the article states
    elsewhere, holds it. In German, where nouns have capitals, a lone word counts only when known or an acronym.
    """
    found = []
    plain = _plain_words(language)
    for match in (_NAME_OF_NOUNS if language[:2] == "de" else _NAME).finditer(text):
        name, start = match["name"], match.start("name")
        if name.split()[0].lower() in plain:
            shorter = name.partition(" ")[2]
            name, start = shorter, match.end("name") - len(shorter)
        if not name or not name[0].isupper() or name.lower() in plain:
            continue
        value = _key(name)
        alone = " " not in name and not name.isupper()
        opens = language[:2] == "de" or (start == match.start("name") and _OPENER.search(text, 0, match.start()))
        if len(value) > 1 and not (alone and opens and value not in known):
            found.append(Fact(FactKind.NAME, value, name, start, start + len(name)))
    return tuple(found)


def _key(name: str) -> str:
    """Return a name as it is compared: without its genitive, an acronym without its points."""
    plain = fold(name).casefold().removesuffix("'s").rstrip(".")
    return plain.replace(".", "") if _ACRONYM.fullmatch(name) else plain


_ACRONYM = regex.compile(r"(?:\p{Lu}\.)+\p{Lu}?")


@lru_cache(maxsize=32)
def _plain_words(language: str) -> frozenset[str]:
    words = words_of(language)
    listed = {word for name in ("function", "according", "saying") for word in words.listed(name)}
    return _PLAIN_WORDS | PERCENTS | CURRENCIES.keys() | words.numerals.keys() | listed


def quotations(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return what stands inside quotation marks; the value is the folded words without closing punctuation."""
    del language  # quotation marks are told by their shape
    found = []
    for match in _QUOTE.finditer(text):
        inner = next(group for group in match.groups() if group is not None)
        value = fold(inner).casefold().strip(" .,!?;:")
        if value:
            found.append(Fact(FactKind.QUOTE, value, inner, match.start(), match.end()))
    return tuple(found)


# --- small words -------------------------------------------------------------------------------------------------


def negations(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return the words that deny: "not", "never", "didn't", "nicht"; each has the value "not".

    Those of a phrase that denies nothing are left out: "not only", "no fewer than".
    """
    words = words_of(language)
    found = [(start, end) for start, end, _ in words.lexicons["negation"].find(text)]
    if words.spaced:
        found = sorted({*found, *(match.span() for match in _CONTRACTED.finditer(text))})
    if not found:
        return ()
    harmless = [match.span() for match in _no_denial(language).finditer(text.lower())]
    return tuple(
        Fact(FactKind.NEGATION, "not", text[start:end], start, end)
        for start, end in found
        if not _inside(start, harmless)
    )


@lru_cache(maxsize=32)
def _no_denial(language: str) -> regex.Pattern[str]:
    phrases = words_of(language).phrases("no_denial")
    return regex.compile("|".join(map(regex.escape, phrases)) or r"(?!)")


_CONTRACTED = regex.compile(r"\p{L}+n['’]t\b|\bn['’](?=\p{L})|\bkein\p{L}*", regex.IGNORECASE)


def hedges(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return the words that leave a statement open: "allegedly", "may", "mutmaßlich"."""
    return _listed(text, FactKind.HEDGE, "hedge", language)


def states(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return the words for what became of somebody or something: "killed" is "death", "charged" is "charge"."""
    return _listed(text, FactKind.STATE, "state", language)


def attributions(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return the words that say whose statement it is: "said", "according", "laut"."""
    return _listed(text, FactKind.ATTRIBUTION, "saying", language)


def _listed(text: str, kind: FactKind, lexicon: str, language: str) -> tuple[Fact, ...]:
    return tuple(
        Fact(kind, min(senses)[0].rstrip("*"), text[start:end], start, end)
        for start, end, senses in words_of(language).lexicons[lexicon].find(text)
    )


_READERS: tuple[Callable[..., tuple[Fact, ...]], ...] = (
    numbers,
    dates,
    names,
    quotations,
    negations,
    hedges,
    states,
    attributions,
)
