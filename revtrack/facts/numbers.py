"""Read the numbers of a passage, in figures and in words, sums and percentages among them. Leaves dates alone."""

from revtrack.facts.fact import Fact
from revtrack.facts.figures import figures
from revtrack.facts.numerals import spelled
from revtrack.moments import find_moments
from revtrack.vocabulary import words_of


def numbers(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return the numbers in figures and words, with sums of money and percentages; not the parts of dates and times.

    >>> [(fact.kind.value, fact.value) for fact in numbers("A dozen of 1,250 paid $1.5m, or 3%")]
    [('number', '12'), ('number', '1250'), ('money', '1500000 USD'), ('percent', '3')]
    """
    words = words_of(language)
    taken = [(moment.start, moment.end) for moment in find_moments(text, language=language)]
    found = [fact for fact in figures(text, words) if not _inside(fact, taken)]
    taken += [(fact.start, fact.end) for fact in found]
    found += (fact for fact in spelled(text, words) if not _inside(fact, taken))
    return tuple(sorted(found, key=lambda fact: fact.start))


def _inside(fact: Fact, spans: list[tuple[int, int]]) -> bool:
    return any(start <= fact.start < end for start, end in spans)
