"""Read the facts a passage states: numbers, dates, names, quotations, negations, hedges, states. Pure; no model.

Every reader returns facts in the order of the text. Two facts of one kind say the same when their values are equal:
"12", "twelve" and "a dozen" are all "12". What a reader does not know in a language it does not see.
"""

from collections.abc import Callable

from revtrack.facts.fact import Fact, FactKind
from revtrack.facts.named import names, quotations
from revtrack.facts.numbers import numbers
from revtrack.facts.stated import attributions, dates, hedges, negations, states

__all__ = [
    "Fact",
    "FactKind",
    "attributions",
    "dates",
    "facts",
    "hedges",
    "names",
    "negations",
    "numbers",
    "quotations",
    "states",
]


def facts(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return everything the readers below find, in the order of the text."""
    found = [fact for read in _READERS for fact in read(text, language=language)]
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end)))


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
