"""The facts that only one side of an edited sentence states. Knows not what they weigh."""

from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from revtrack.facts import Fact
from revtrack.model import Change
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.terms import LONGEST, terms

HALVES_OF_DAY = frozenset({"a", "p", "am", "pm"})
Stated = tuple[list[Fact], list[Fact]]
"""The facts of one kind that are gone, and those that have come."""


@lru_cache(maxsize=512)
def read(reader: Callable[..., tuple[Fact, ...]], text: str, language: str) -> tuple[Fact, ...]:
    """Return the facts of a sentence; the sentences of an edit are asked for more than once."""
    return reader(text[:LONGEST].replace("−", "-"), language=language)


def difference(reader: Callable[..., tuple[Fact, ...]], edit: Edit, changes: tuple[Change, ...]) -> Stated:
    """Return the facts that only one of the two sentences states and that the changes touch."""
    old, new = (read(reader, side, edit.language) for side in (edit.old, edit.new))
    words = [_touching(side) for side in sides(changes)]
    return (
        [fact for fact in _only(old, new) if _is_touched(fact, words[0], changes, old=True)],
        [fact for fact in _only(new, old) if _is_touched(fact, words[1], changes, old=False)],
    )


def _touching(side: str) -> set[str]:
    """Return the changed words of a side, and what they are part of: of "3 a.m." a change may hold the "a" alone."""
    words = set(terms(side))
    return words | {f"{half}m" for half in words & HALVES_OF_DAY}


def _is_touched(fact: Fact, words: set[str], changes: tuple[Change, ...], *, old: bool) -> bool:
    """Whether changed words hold one of a fact, or the fact a part of them, as where endings grow onto figures."""
    if words & set(terms(fact.text)):
        return True
    return fact.text[-1:].isalpha() and any(fact.text in (change.old if old else change.new) for change in changes)


def sides(changes: tuple[Change, ...]) -> tuple[str, str]:
    """Return all old words of some changes, and all new ones."""
    return " ".join(change.old for change in changes), " ".join(change.new for change in changes)


def _only(these: tuple[Fact, ...], those: tuple[Fact, ...]) -> list[Fact]:
    left = Counter((fact.kind, fact.value) for fact in these) - Counter((fact.kind, fact.value) for fact in those)
    found = []
    for fact in reversed(these):
        if left[fact.kind, fact.value] > 0:
            left[fact.kind, fact.value] -= 1
            found.append(fact)
    return found[::-1]


def holder(changes: tuple[Change, ...], text: str, *, old: bool) -> Change:
    """Return the change whose old or new words hold those of a fact, the first if none does."""
    wanted = set(terms(text))
    return next((c for c in changes if wanted & set(terms(c.old if old else c.new))), changes[0])
