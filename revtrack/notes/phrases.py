"""The little pattern language of the rule files. Knows nothing of notes, pages or languages.

    {name}    is any word of that list          [maybe]   may be missing        (this|that)   is one of these
    correct*  is any word with that beginning   *ed       with that ending       <number>      is a number
    ...       skips up to 15 words              <date>    is a date or a time    a & b         both, in any order

`<quoted>` is anything in quotation marks, such as a title; `<wrong>` and `<right>` catch what stood somewhere and what
should. A leading ^ holds a phrase to the start.

A phrase is compiled when a text first holds all the words that it cannot do without: most are never compiled.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache, cached_property

from revtrack.errors import ConfigError
from revtrack.notes.expressions import PIECE, any_of, expression_of
from revtrack.notes.holding import Needs, bare

A_LIST = "write it as a list in [words]"
"""Where a list that is missing is to be written."""


class Words(dict[str, tuple[str, ...]]):
    """The word lists of one language, by name. Lists hold others, and phrases share both: each is made ready once.

    `spaced` is False where words run together, or take endings without a space.
    """

    def __init__(self, lists: Mapping[str, tuple[str, ...]], *, spaced: bool = True) -> None:
        super().__init__(lists)
        self.spaced = spaced
        self._phrases: dict[str, Phrase] = {}
        self._literals: dict[str, tuple[str, ...]] = {}
        self._expressions: dict[str, str] = {}

    def __missing__(self, name: str) -> tuple[str, ...]:
        """Raise ConfigError for a list that a phrase names and nobody has written."""
        raise ConfigError(f"{name!r} is missing: {A_LIST}")

    def phrase(self, says: str) -> "Phrase":
        """Return the one phrase that says this."""
        if says not in self._phrases:
            self._phrases[says] = Phrase(says, self)
        return self._phrases[says]

    def literals(self, name: str) -> tuple[str, ...]:
        """Return what must stand in a text that holds an entry of a list."""
        if name not in self._literals:
            self._literals[name] = _literals(self[name], self)
        return self._literals[name]

    def expression(self, name: str) -> str:
        """Return the regular expression for any entry of a list."""
        if name not in self._expressions:
            listed = [expression_of(entry, self.expression, spaced=self.spaced) for entry in self[name]]
            self._expressions[name] = any_of(listed, spaced=self.spaced)
        return self._expressions[name]


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
        if self._entries:
            found = (self._entries[place].search(text, lowered) for place in self._entry_places(lowered))
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
        for phrase in (*self._joined, *self._entries):
            phrase.compile()
        if self._joined or self._entries:
            return
        try:
            self._compiled  # noqa: B018 - made when first asked for
        except re.error as error:
            raise ConfigError(f"the brackets of {self.says!r} do not match") from error

    @cached_property
    def needs(self) -> frozenset[frozenset[str]]:
        """Sets of literals (see `holding`): a text that lacks all of one set cannot say the phrase."""
        return frozenset(
            frozenset(literals) for part in self.says.split(" & ") for literals in _needs(part, self._words)
        )

    @cached_property
    def _bare(self) -> list[list[str]]:
        """The literals of a phrase that joins no others, without stars, in its own order."""
        return [[bare(literal) for literal in literals] for literals in _needs(self.says, self._words)]

    @cached_property
    def _joined(self) -> "tuple[Phrase, ...]":
        parts = self.says.split(" & ")
        return tuple(map(self._words.phrase, parts)) if len(parts) > 1 else ()

    @cached_property
    def _entries(self) -> "tuple[Phrase, ...]":
        return tuple(map(self._words.phrase, _spread(self.says, self._words)))

    def _entry_places(self, lowered: str) -> list[int]:
        return self._entry_needs.places(self._entry_needs.met_by(lowered))

    @cached_property
    def _entry_needs(self) -> Needs:
        return Needs([phrase.needs for phrase in self._entries], spaced=self._words.spaced)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        words = self._words
        return re.compile(expression_of(self.says, words.expression, spaced=words.spaced), re.IGNORECASE)


def phrases(says: str | Iterable[str], words: Words) -> tuple[Phrase, ...]:
    """Return the phrases of a rule file's string or list of strings."""
    return tuple(map(words.phrase, [says] if isinstance(says, str) else says))


def telling(entry: str, words: Words, common: Collection[str] = ()) -> tuple[str, ...]:
    """Return literals, in small letters, one of which stands in every text that says an entry of a word list.

    The rarest ones are chosen: long words, and none of the `common` ones. () where most are such.
    """
    if not _MARKED.search(entry):
        return (bare(_literal(entry)),)
    needs = [tuple(map(bare, literals)) for literals in _needs(entry, words)]
    rare = [[word for word in literals if word not in common and not _is_short(word)] for literals in needs]
    kept = [tuple(words) for words, literals in zip(rare, needs, strict=True) if 2 * len(words) > len(literals)]
    return max(kept, key=_rarity, default=())


def _is_short(word: str) -> bool:
    """Whether a word is too short to be rare: less so in the scripts that leave out vowels or write by syllables."""
    return len(word) < _SHORT and word < _FIRST_HEBREW


_SHORT, _FIRST_HEBREW = 4, "\u0590"


def search_any(listed: Iterable[Phrase], text: str, lowered: str) -> re.Match[str] | None:
    """Return the first find of the first phrase that stands in a text."""
    return next((found for phrase in listed if (found := phrase.search(text, lowered))), None)


def _place(match: re.Match[str]) -> int:
    return match.start()


def _spread(says: str, words: Words) -> list[str]:
    """Return a phrase once for each entry of its first long list, one outside all brackets; [] where it has none."""
    depth = 0
    for piece in PIECE.finditer(says):
        mark, name = piece["mark"] or "", piece["name"]
        depth += (mark in {"(", "["}) - (mark in {")", "]"})
        if name and not depth and _length(name, words) > _LONG:
            before, behind = says[: piece.start()], says[piece.end() :]
            return [f"{before}{_as_one(entry)}{behind}" for entry in words[name]]
    return []


_LONG = 1500
"""Characters of a list, with the lists it names, from which its entries are looked for one by one."""


def _as_one(entry: str) -> str:
    """Put an entry that is alternatives without brackets into brackets, so that it can stand in a longer phrase."""
    depth = 0
    for sign in entry:
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and not depth:
            return f"({entry})"
    return entry


def _length(name: str, words: Words) -> int:
    entries = words[name]
    return sum(len(entry) + sum(_length(inner, words) for inner in NAMED.findall(entry)) for entry in entries)


NAMED = re.compile(r"\{(\w+)\}")


def _needs(says: str, words: Words) -> list[tuple[str, ...]]:
    """Return the sets of literals of which a text must hold one each; alternatives in groups join into one set."""
    needs: list[tuple[str, ...]] = []
    groups: list[list[tuple[str, ...] | None]] = []
    optional = 0
    for piece in PIECE.finditer(says):
        mark = piece["mark"]
        optional += (mark == "[") - (mark == "]")
        if optional or mark == "]":
            continue
        if mark == "(":
            groups.append([None])
        elif mark == "|" and groups:
            groups[-1].append(None)
        elif mark == ")" and groups:
            _add(_joined(groups.pop()), groups, needs)
        elif piece["name"]:
            _add(words.literals(piece["name"]), groups, needs)
        elif piece["word"]:
            _add(_literals((piece["word"],), words), groups, needs)
    return needs


def _add(literals: tuple[str, ...], groups: list[list[tuple[str, ...] | None]], needs: list[tuple[str, ...]]) -> None:
    """Note what is needed: by the whole phrase, or by the alternative of the group that is open."""
    if not literals:
        return
    if not groups:
        needs.append(literals)
    elif groups[-1][-1] is None or _rarity(literals) > _rarity(groups[-1][-1]):
        groups[-1][-1] = literals


def _joined(alternatives: list[tuple[str, ...] | None]) -> tuple[str, ...]:
    if None in alternatives:
        return ()
    return tuple(dict.fromkeys(literal for one in alternatives if one for literal in one))


def _literals(entries: Iterable[str], words: Words) -> tuple[str, ...]:
    """Return what must stand in the text for any of some words: of several words the longest, without marks."""
    literals = [
        literal
        for entry in entries
        for literal in (_of_entry(entry, words) if _MARKED.search(entry) else (_literal(entry),))
    ]
    return tuple(dict.fromkeys(literals)) if all(map(bare, literals)) else ()


_MARKED = re.compile(r"[\[({<^]|\.\.\.")


def _of_entry(entry: str, words: Words) -> tuple[str, ...]:
    """Return the rarest literals that a list's entry, a phrase itself, cannot do without; "" where there are none."""
    return max(_needs(entry, words), key=_rarity, default=("",))


def _rarity(literals: tuple[str, ...] | None) -> int:
    return min(len(bare(literal)) for literal in literals or ("",))


_ENDING = re.compile(r"[^\w\u0610-\u065f\u0900-\u0963]+$")


@cache
def _literal(entry: str) -> str:
    """Return the longest word of an entry, with a star behind it where more letters may follow, or around it."""
    parts = re.split(r"[\s\[\]()|{}]+", entry.lower())
    longest = max(parts, key=lambda part: len(_stripped(part)))
    if longest.startswith("*"):
        return f"*{_stripped(longest)}*"
    return _stripped(longest) + "*" * longest.endswith("*")


def _stripped(part: str) -> str:
    return _ENDING.sub("", bare(part))
