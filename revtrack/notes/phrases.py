"""The little pattern language of the rule files. Knows nothing of notes, pages or languages.

    {name}    is any word of that list          [maybe]   may be missing        (this|that)   is one of these
    correct*  is any word with that beginning   *ed       with that ending       <number>      is a number
    ...       skips up to 15 words              <date>    is a date or a time    a & b         both, in any order

`<quoted>` is anything in quotation marks, such as a title; `<wrong>` and `<right>` catch what stood somewhere and what
should. A leading ^ holds a phrase to the start.

A phrase is compiled when a text first holds all the words that it cannot do without: most are never compiled.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from revtrack.errors import ConfigError
from revtrack.notes.expressions import PIECE, any_of, expression_of
from revtrack.notes.holding import Need, Needs
from revtrack.notes.needing import Choice, literals_of, needs_of

A_LIST = "write it as a list in [words]"
"""Where a list that is missing is to be written."""


class Words(dict[str, tuple[str, ...]]):
    """The word lists of one language, by name. Lists hold others, and phrases share them: each is made ready once.

    `spaced` is False where words run together, or take endings without a space.
    """

    def __init__(self, lists: Mapping[str, tuple[str, ...]], *, spaced: bool = True) -> None:
        super().__init__(lists)
        self.spaced = spaced
        self._phrases: dict[str, Phrase] = {}
        self._needs: dict[str, list[Choice]] = {}
        self._listed: dict[str, WordList] = {}

    def __missing__(self, name: str) -> tuple[str, ...]:
        """Raise ConfigError for a list that a phrase names and nobody has written."""
        raise ConfigError(f"{name!r} is missing: {A_LIST}")

    def phrase(self, says: str) -> "Phrase":
        """Return the one phrase that says this."""
        if says not in self._phrases:
            self._phrases[says] = Phrase(says, self)
        return self._phrases[says]

    def needs(self, says: str) -> list[Choice]:
        """Return what a text, its dates filled in, must hold one each of to say this, in the order of the words."""
        if says not in self._needs:
            self._needs[says] = needs_of(says, self.literals)
        return self._needs[says]

    def listed(self, name: str) -> "WordList":
        """Return a list with what is made of it."""
        if name not in self._listed:
            self._listed[name] = WordList(self[name], self)
        return self._listed[name]

    def literals(self, name: str) -> Choice:
        """Return what must stand in a text that holds an entry of a list."""
        return self.listed(name).literals

    def expression(self, name: str) -> str:
        """Return the regular expression for any entry of a list."""
        return self.listed(name).expression


class WordList:
    """One of the word lists, and what phrases want to know of it, each made when it is first asked for."""

    def __init__(self, entries: tuple[str, ...], words: Words) -> None:
        self._entries = entries
        self._words = words

    @cached_property
    def literals(self) -> Choice:
        """What must stand in a text that holds an entry."""
        return literals_of(self._entries, self._words.needs)

    @cached_property
    def expression(self) -> str:
        """The regular expression for any entry."""
        words = self._words
        listed = [expression_of(entry, words.expression, spaced=words.spaced) for entry in self._entries]
        return any_of(listed, spaced=words.spaced)

    @cached_property
    def length(self) -> int:
        """Its characters, with those of the lists it names."""
        named = (inner for entry in self._entries for inner in NAMED.findall(entry))
        return sum(map(len, self._entries)) + sum(self._words.listed(inner).length for inner in named)

    @cached_property
    def entries(self) -> tuple[str, ...]:
        """The entries, each so that it can stand in a longer phrase."""
        return tuple(map(_as_one, self._entries))

    def held_by(self, lowered: str) -> list[str]:
        """Return the entries whose words stand in a text in small letters, in their order."""
        needs = self._entry_needs
        return [self.entries[place] for place in needs.places(needs.met_by(lowered))]

    @cached_property
    def _entry_needs(self) -> Needs:
        needed = [frozenset(choice.literals for choice in self._words.needs(entry)) for entry in self.entries]
        return Needs(needed, spaced=self._words.spaced)


class Phrase:
    """One way to say something; `search` finds it in a text whose dates are filled in.

    A phrase that joins others by "&", or holds a long list, asks phrases of their own for these: each is compiled only
    where its own words stand.
    """

    def __init__(self, says: str, words: Words) -> None:
        self.says = says
        self._words = words
        self._last: tuple[str, re.Match[str] | None] | None = None

    def search(self, text: str, lowered: str) -> re.Match[str] | None:
        """Return where the phrase first stands in a text, given also in lower case; of "a & b" where a stands."""
        last = self._last
        if last is not None and last[0] is text:  # many patterns ask for the same in one sentence
            return last[1]
        found = self._found(text, lowered)
        self._last = text, found
        return found

    def _found(self, text: str, lowered: str) -> re.Match[str] | None:
        if self._joined:
            first, *others = self._joined  # the first says where, and costs most: rule files name the rarest last
            return first.search(text, lowered) if all(one.search(text, lowered) for one in others[::-1]) else None
        holds = lowered.__contains__
        if not all(any(map(holds, literals)) for literals in self._bare):
            return None
        if self._long and len(entries := self._long.held_by(lowered)) <= _FEW:
            found = (one.search(text, lowered) for one in self._with(entries))
            return min(filter(None, found), key=_place, default=None)
        if self._is_compiled or self._is_in_order(lowered):
            return self._compiled.search(text)
        return None

    @property
    def _is_compiled(self) -> bool:
        return "_compiled" in self.__dict__

    def _is_in_order(self, lowered: str) -> bool:
        """Whether of each set of literals one stands behind one of the set before: spares a sixth of the compiling."""
        at = -1
        for literals in self._bare:
            places = [place for literal in literals if (place := lowered.find(literal, at + 1)) >= 0]
            if not places:
                return False
            at = min(places)
        return True

    def compile(self) -> None:
        """Compile now. Raises ConfigError for brackets that do not match."""
        for phrase in (*self._joined, *self._with(self._long.entries if self._long else ())):
            phrase.compile()
        if self._joined or self._long:
            return
        try:
            self._compiled  # noqa: B018 - made when first asked for
        except re.error as error:
            raise ConfigError(f"the brackets of {self.says!r} do not match") from error

    @cached_property
    def needs(self) -> frozenset[Need]:
        """Sets of literals (see `holding`): a text that lacks all of one set cannot say the phrase."""
        return frozenset(choice.literals for part in self.says.split(" & ") for choice in self._words.needs(part))

    @cached_property
    def _bare(self) -> list[tuple[str, ...]]:
        """The literals of a phrase that joins no others, without stars, in its order."""
        return [choice.bare for choice in self._words.needs(self.says)]

    @cached_property
    def _joined(self) -> "tuple[Phrase, ...]":
        parts = self.says.split(" & ")
        return tuple(map(self._words.phrase, parts)) if len(parts) > 1 else ()

    @cached_property
    def _long(self) -> WordList | None:
        """Its first long list, one outside all brackets."""
        return self._words.listed(self._split[1]) if self._split[1] else None

    def _with(self, entries: Iterable[str]) -> "Iterator[Phrase]":
        """Yield the phrase with each of some entries in place of its long list."""
        before, _, behind = self._split
        return (self._words.phrase(f"{before}{entry}{behind}") for entry in entries)

    @cached_property
    def _split(self) -> tuple[str, str, str]:
        """What it says before its first long list, outside all brackets, the list's name, "" for none, and the rest."""
        depth = 0
        for piece in PIECE.finditer(self.says):
            mark, name = piece["mark"] or "", piece["name"]
            depth += (mark in {"(", "["}) - (mark in {")", "]"})
            if name and not depth and self._words.listed(name).length > _LONG:
                return self.says[: piece.start()], name, self.says[piece.end() :]
        return "", "", ""

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        words = self._words
        return re.compile(expression_of(self.says, words.expression, spaced=words.spaced), re.IGNORECASE)


def phrases(says: str | Iterable[str], words: Words) -> tuple[Phrase, ...]:
    """Return the phrases of a rule file's string or list of strings."""
    return tuple(map(words.phrase, [says] if isinstance(says, str) else says))


def search_any(listed: Iterable[Phrase], text: str, lowered: str) -> re.Match[str] | None:
    """Return the first find of the first phrase that stands in a text."""
    return next((found for phrase in listed if (found := phrase.search(text, lowered))), None)


def _place(match: re.Match[str]) -> int:
    return match.start()


_LONG = 100
"""Characters of a list, with the lists it names, from which its entries are looked for one by one."""
_FEW = 4
"""Entries that may stand in a text, up to which that is done: a text of the rules' own words took 18 s without."""


def _as_one(entry: str) -> str:
    """Put an entry that is alternatives without brackets into brackets, so that it can stand in a longer phrase."""
    depth = 0
    for sign in entry:
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and not depth:
            return f"({entry})"
    return entry


NAMED = re.compile(r"\{(\w+)\}")
