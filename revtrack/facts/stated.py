"""Read when something is, and the small words that turn a statement: dates, denials, hedges, states, sources."""

from collections.abc import Iterator
from functools import lru_cache

import regex

from revtrack.facts.fact import Fact, FactKind
from revtrack.moments import find_moments
from revtrack.vocabulary import words_of


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
    taken = [(fact.start, fact.end) for fact in found]
    found += (hour for hour in _hours(text, language) if not any(low <= hour.start < high for low, high in taken))
    return tuple(sorted(found, key=lambda fact: fact.start))


def _hours(text: str, language: str) -> Iterator[Fact]:
    """Yield the times of day that have a name of their own: "noon", "minuit"."""
    named = _named_hours(language)
    for match in named.finditer(text) if named else ():
        value = "12:00" if match["noon"] else "00:00"
        yield Fact(FactKind.TIME, value, match[0], match.start(), match.end())


@lru_cache(maxsize=32)
def _named_hours(language: str) -> regex.Pattern[str] | None:
    words = words_of(language)
    edge = r"\b" if words.spaced else ""
    noon, midnight = ("|".join(map(regex.escape, words.phrases(name))) or "(?!)" for name in ("noon", "midnight"))
    listed = words.phrases("noon") or words.phrases("midnight")
    pattern = rf"{edge}(?:(?P<noon>{noon})|(?:{midnight})){edge}"
    return regex.compile(pattern, regex.IGNORECASE) if listed else None


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
        if not any(low <= start < high for low, high in harmless)
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
