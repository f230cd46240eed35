"""What must stand in a text that says a phrase of the rule files. Knows the signs of the language, and no text.

A phrase cannot do without some words; where it leaves a choice, of a list or in brackets, one of them must be there.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from itertools import chain
from types import MappingProxyType

from revtrack.notes.expressions import PIECE
from revtrack.notes.holding import Need, bare


class Choice:
    """Literals (see `holding`) of which a text must hold one. Made once of each list, as some are long.

    `bare` are the same without the stars that say where they may stand, `rarity` the letters of the shortest.
    """

    __slots__ = ("bare", "literals", "rarity")

    def __init__(self, literals: Iterable[str] = ()) -> None:
        self.literals: Need = tuple(literals)
        self.bare = tuple(map(bare, self.literals))
        self.rarity = min(map(len, self.bare), default=0)


_NONE = Choice()


def needs_of(
    phrase: str, of_list: Callable[[str], Choice], of_mark: Mapping[str, Choice] = MappingProxyType({})
) -> list[Choice]:
    """Return what a text must hold one each of, `of_list` giving the literals of a list, `of_mark` those of a mark.

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
        elif not mark or mark in of_mark:
            _add(of_mark[mark] if mark else of_list(name) if name else _of_word(word), groups, needs)
    return needs


def literals_of(entries: Iterable[str], of_list: Callable[[str], Choice]) -> Choice:
    """Return what must stand in the text for any of some entries: of several words the longest, without marks."""
    literals: dict[str, None] = {}
    for entry in entries:
        if not _MARKED.search(entry):
            literals[_literal(entry)] = None
        elif choice := max(needs_of(entry, of_list), key=_rarity, default=None):
            literals.update(dict.fromkeys(choice.literals))
        else:
            return _NONE
    return _NONE if literals.keys() & _EMPTY else Choice(literals)


def telling(entry: str, of_list: Callable[[str], Choice], common: Collection[str] = ()) -> tuple[str, ...]:
    """Return literals, in small letters, one of which stands in every text that says an entry of a word list.

    The rarest ones are chosen: long words, and none of the `common` ones. () where most are such.
    """
    if not _MARKED.search(entry):
        return (bare(_literal(entry)),)
    needs = [choice.bare for choice in needs_of(entry, of_list)]
    rare = [[word for word in literals if word not in common and not _is_short(word)] for literals in needs]
    kept = [Choice(words) for words, literals in zip(rare, needs, strict=True) if 2 * len(words) > len(literals)]
    return max(kept, key=_rarity, default=_NONE).literals


def _is_short(word: str) -> bool:
    """Whether a word is too short to be rare: less so in the scripts that leave out vowels or write by syllables."""
    return len(word) < _SHORT and word < _FIRST_HEBREW


_SHORT, _FIRST_HEBREW = 4, "\u0590"


def _rarity(choice: Choice) -> int:
    return choice.rarity


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
    return Choice(dict.fromkeys(chain.from_iterable(one.literals for one in alternatives)))


_MARKED = re.compile(r"[\[({<^]|\.\.\.")
_ENDING = re.compile(r"[^\w\u0610-\u065f\u0900-\u0963]+$")
_PARTS = re.compile(r"[\s\[\]()|{}]+")
_EMPTY = frozenset(("", "*", "**"))


@cache
def _of_word(word: str) -> Choice:
    literal = _literal(word)
    return _NONE if literal in _EMPTY else Choice((literal,))


@cache
def _literal(entry: str) -> str:
    """Return the longest word of an entry, with a star behind it where more letters may follow, or around it."""
    longest = max(_PARTS.split(entry.lower()), key=lambda part: len(_stripped(part)))
    if longest.startswith("*"):
        return f"*{_stripped(longest)}*"
    return _stripped(longest) + "*" * longest.endswith("*")


def _stripped(part: str) -> str:
    return part if part.isalnum() else _ENDING.sub("", bare(part))
