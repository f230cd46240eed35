"""What must stand in a text that says a phrase of the rule files. Knows the signs of the language, and no text.

A phrase cannot do without some words; where it leaves a choice, of a list or in brackets, one of them must be there.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain

from revtrack.notes.expressions import DATE, PIECE
from revtrack.notes.holding import Need, bare


@dataclass(slots=True, eq=False)  # frozen it takes three times as long to make, and thousands are made
class Choice:
    """Literals (see `holding`) of which a text must hold one; `rarity` are the letters of the shortest.

    Each is made once, as some are long, and is equal to itself alone.
    """

    literals: Need = ()
    rarity: int = 0

    @property
    def bare(self) -> tuple[str, ...]:
        """The literals without the stars that say where they may stand."""
        return tuple(map(bare, self.literals))


_NONE, _DATE = Choice(), Choice((DATE,), 1)
NeedsOf = Callable[[str], list[Choice]]
"""Gives what a text must hold that says a phrase: `needs_of`, made ready once for each phrase of a language."""


def needs_of(phrase: str, of_list: Callable[[str], Choice]) -> list[Choice]:
    """Return what a text, its dates filled in, must hold one each of, `of_list` giving the literals of a list.

    Alternatives in brackets join into one choice.
    """
    needs: list[Choice] = []
    groups: list[list[Choice]] = []  # of each bracket that is open the alternatives, each by its rarest choice
    optional = 0
    for name, mark, word in PIECE.findall(phrase):
        optional += (mark == "[") - (mark == "]")
        if optional:
            continue
        if mark == "(":
            groups.append([_NONE])
        elif mark == "|" and groups:
            groups[-1].append(_NONE)
        elif mark == ")" and groups:
            _add(_joined(groups.pop()), groups, needs)
        elif not mark or mark == "<date>":
            _add(_DATE if mark else of_list(name) if name else _of_word(word), groups, needs)
    return needs


def literals_of(entries: Iterable[str], needs: NeedsOf) -> Choice:
    """Return what must stand in the text for any of some entries: of several words the longest, without marks."""
    literals: dict[str, None] = {}
    for entry in entries:
        if not _MARKED.search(entry):
            literals[_literal(entry)] = None
        elif choice := max(needs(entry), key=_rarity, default=None):
            literals.update(dict.fromkeys(choice.literals))
        else:
            return _NONE
    return _NONE if literals.keys() & _EMPTY else Choice(tuple(literals), min(map(_letters, literals), default=0))


def telling(entry: str, needs: NeedsOf, common: Collection[str] = ()) -> tuple[str, ...]:
    """Return literals, in small letters, one of which stands in every text that says an entry of a word list.

    The rarest ones are chosen: long words, and none of the `common` ones, nor a date. () where most are such.
    """
    if not _MARKED.search(entry):
        return (bare(_literal(entry)),)
    asked = [choice.bare for choice in needs(entry) if DATE not in choice.literals]
    rare = [tuple(word for word in words if word not in common and not _is_short(word)) for words in asked]
    kept = [some for some, words in zip(rare, asked, strict=True) if 2 * len(some) > len(words)]
    return max(kept, key=_shortest, default=())


def _is_short(word: str) -> bool:
    """Whether a word is too short to be rare: less so in the scripts that leave out vowels or write by syllables."""
    return len(word) < _SHORT and word < _FIRST_HEBREW


_SHORT, _FIRST_HEBREW = 4, "\u0590"


def _rarity(choice: Choice) -> int:
    return choice.rarity


def _shortest(words: Iterable[str]) -> int:
    return min(map(len, words))


def _letters(literal: str) -> int:
    return len(bare(literal))


def _add(choice: Choice, groups: list[list[Choice]], needs: list[Choice]) -> None:
    """Note what is needed: by the whole phrase, or by the alternative of the group that is open."""
    if not groups:
        if choice is not _NONE:
            needs.append(choice)
    elif choice.rarity > groups[-1][-1].rarity:
        groups[-1][-1] = choice


def _joined(alternatives: list[Choice]) -> Choice:
    if _NONE in alternatives:
        return _NONE
    literals = dict.fromkeys(chain.from_iterable(one.literals for one in alternatives))
    return Choice(tuple(literals), min(map(_rarity, alternatives)))


_MARKED = re.compile(r"[\[({<^]|\.\.\.")
_ENDING = re.compile(r"[^\w\u0610-\u065f\u0900-\u0963]+$")
_PARTS = re.compile(r"[\s\[\]()|{}]+")
_EMPTY = frozenset(("", "*", "**"))


@cache
def _of_word(word: str) -> Choice:
    literal = _literal(word)
    return _NONE if literal in _EMPTY else Choice((literal,), _letters(literal))


@cache
def _literal(entry: str) -> str:
    """Return the longest word of an entry, with a star behind it where more letters may follow, or around it."""
    if entry.isalnum():
        return entry.lower()
    longest = max(_PARTS.split(entry.lower()), key=lambda part: len(_stripped(part)))
    if longest.startswith("*"):
        return f"*{_stripped(longest)}*"
    return _stripped(longest) + "*" * longest.endswith("*")


def _stripped(part: str) -> str:
    return part if part.isalnum() else _ENDING.sub("", bare(part))
