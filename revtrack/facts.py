"""Read the facts a passage states: numbers, dates, names, quotations, negations, hedges, states. Pure; no model.

Every reader returns facts in the order of the text. Two facts of one kind say the same when their values are equal:
"12", "twelve" and "a dozen" are all "12". What a reader does not know in a language it does not see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache

import regex

from revtrack.moments import find_moments
from revtrack.text import fold
from revtrack.vocabulary import CURRENCIES, HEDGES, MULTIPLIERS, NEGATIONS, NUMERALS, PERCENTS, SAYING, STATES


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
    rf"(?P<before>(?:US|R|A|C|HK)?[$€£¥₹]\s?)?(?P<sign>{_SIGN})(?P<figure>{_FIGURE})(?P<tail>(?:st|nd|rd|th)\b|[\p{{L}}%$€£¥₹₽]*)"
    r"(?:[\s-]?(?P<next>[\p{L}%$€£¥₹₽]+)(?:\s(?P<third>\p{L}+))?)?",
)
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?")


def numbers(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return the numbers in figures and words, with sums of money and percentages; not the parts of dates and times.

    >>> [(fact.kind.value, fact.value) for fact in numbers("A dozen of 1,250 paid $1.5m, or 3%")]
    [('number', '12'), ('number', '1250'), ('money', '1500000 USD'), ('percent', '3')]
    """
    taken = [(moment.start, moment.end) for moment in find_moments(text, language=language)]
    figures = [_figure(match) for match in _NUMBER.finditer(text) if not _inside(match.start("figure"), taken)]
    taken += [(fact.start, fact.end) for fact in figures]
    spelled = [fact for fact in _spelled(text, language or "en") if not _inside(fact.start, taken)]
    return tuple(sorted([*figures, *spelled], key=lambda fact: fact.start))


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


def _figure(match: regex.Match[str]) -> Fact:
    amount, end = _amount(match["figure"]), match.end("tail")
    unit = match["tail"].lower()
    currency = CURRENCIES.get((match["before"] or "").strip().lower(), "")
    percent = unit in PERCENTS
    if unit in MULTIPLIERS:
        amount *= MULTIPLIERS[unit]
    following = [(match[group] or "", match.end(group)) for group in ("next", "third")]
    for word, stop in following:
        low = word.lower()
        if low in MULTIPLIERS and len(low) > 1 and end < stop:
            amount, end = amount * MULTIPLIERS[low], stop
        elif low in PERCENTS or low in CURRENCIES:
            percent, currency, end = low in PERCENTS, currency or CURRENCIES.get(low, ""), stop
            break
        else:
            break
    sign = "-" if match["sign"] else ""
    kind = FactKind.MONEY if currency else FactKind.PERCENT if percent else FactKind.NUMBER
    ordinal = " th" if unit in {"st", "nd", "rd", "th"} else ""
    value = f"{sign}{_plain(amount)}{ordinal}{' ' + currency if currency else ''}"
    return Fact(kind, value, match.string[match.start() : end], match.start(), end)


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


def _spelled(text: str, language: str) -> Iterable[Fact]:
    """Yield runs of number words as one number each: "two hundred and five", "a dozen", "twenty-one"."""
    numerals = NUMERALS.get(language[:2], {})
    run: list[regex.Match[str]] = []
    for match in [*_WORD.finditer(text), None]:
        word = match[0].lower() if match else ""
        near = run and match and match.start() - run[-1].end() <= 1
        if match and (word in numerals or (len(word) > 2 and word in MULTIPLIERS)) and (near or not run):
            run.append(match)
            continue
        if run:
            yield _spelled_number(run, numerals, text)
        run = [match] if match and (word in numerals or (len(word) > 2 and word in MULTIPLIERS)) else []


def _spelled_number(run: list[regex.Match[str]], numerals: dict[str, int], text: str) -> Fact:
    total = current = 0
    for match in run:
        word = match[0].lower()
        if word in numerals:
            current += numerals[word]
        elif MULTIPLIERS[word] == 100:
            current = (current or 1) * 100
        else:
            total, current = total + (current or 1) * MULTIPLIERS[word], 0
    start, end = run[0].start(), run[-1].end()
    return Fact(FactKind.NUMBER, str(total + current), text[start:end], start, end)


def _inside(position: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


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
    r"“([^“”]{1,2000})[”“]|„([^“”„]{1,2000})[“”]|«([^«»]{1,2000})»|»([^«»]{1,2000})«|「([^」]{1,2000})」|\"([^\"]{1,2000})\""
    r"|(?<!\w)[‘']([^‘’'\n]{1,300})[’'](?!\w)",
)


def names(text: str, *, language: str = "", known: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
    """Return the names of people, places and bodies: runs of capitalised words, titles left off.

    A single capitalised word that opens a sentence counts only when `known`, the folded names that the article states
    elsewhere, holds it. In German, where nouns have capitals, a lone word counts only when known or an acronym.
    """
    found = []
    for match in _NAME.finditer(text):
        name, start = match["name"], match.start("name")
        if name.split()[0].lower() in _PLAIN_WORDS:
            shorter = name.partition(" ")[2]
            name, start = shorter, match.end("name") - len(shorter)
        if not name or not name[0].isupper():
            continue
        value = fold(name).casefold().removesuffix("'s").rstrip(".")
        alone = " " not in name and not name.isupper()
        opens = language[:2] == "de" or (start == match.start("name") and _OPENER.search(text, 0, match.start()))
        if len(value) > 1 and not (alone and opens and value not in known):
            found.append(Fact(FactKind.NAME, value, name, start, start + len(name)))
    return tuple(found)


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

_TOKEN = regex.compile(r"[\p{L}\p{M}]+(?:[-'’][\p{L}\p{M}]+)*")
_UNSPACED = regex.compile(r"不|没有|未|無|ない|なかった|ません|않|아니|못")


def negations(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return the words that deny: "not", "never", "didn't", "nicht"; each has the value "not"."""
    vocabulary = _vocabulary("negation", language)
    found = [
        Fact(FactKind.NEGATION, "not", match[0], match.start(), match.end())
        for match in _TOKEN.finditer(text)
        if (word := fold(match[0]).lower()) in vocabulary or word.endswith("n't") or word.startswith(("n'", "kein"))
    ]
    return tuple(found) or tuple(
        Fact(FactKind.NEGATION, "not", m[0], m.start(), m.end()) for m in _UNSPACED.finditer(text)
    )


def hedges(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return the words that leave a statement open: "allegedly", "may", "mutmaßlich"."""
    return _listed(text, FactKind.HEDGE, _vocabulary("hedge", language))


def states(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return the words for what became of somebody or something: "killed" is "death", "charged" is "charge"."""
    del language  # one table serves all
    return _listed(text, FactKind.STATE, _states())


def attributions(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return the words that say whose statement it is: "said", "according", "laut"."""
    return _listed(text, FactKind.ATTRIBUTION, _vocabulary("saying", language))


def _listed(text: str, kind: FactKind, vocabulary: dict[str, str]) -> tuple[Fact, ...]:
    return tuple(
        Fact(kind, vocabulary[word], match[0], match.start(), match.end())
        for match in _TOKEN.finditer(text)
        if (word := match[0].lower()) in vocabulary
    )


@cache
def _vocabulary(table: str, language: str) -> dict[str, str]:
    tables = {"negation": NEGATIONS, "hedge": HEDGES, "saying": SAYING}
    return {word: word for word in tables[table].get(language[:2] or "en", "").split()}


@cache
def _states() -> dict[str, str]:
    return {word: state for state, listed in STATES.items() for word in listed.split()}


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
