"""The little pattern language of the rule files. Knows nothing of notes, pages or languages.

    {name}    is any word of that list          [maybe]   may be missing        (this|that)   is one of these
    correct*  is any word with that beginning   *ed       with that ending       <number>      is a number
    ...       skips up to 15 words              <date>    is a date or a time    a & b         both, in any order

`<wrong>` and `<right>` catch what stood somewhere and what should. A leading ^ holds a phrase to the start.

A phrase is compiled when a text first holds all the words that it cannot do without: most are never compiled.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache, cached_property

from revtrack.errors import ConfigError
from revtrack.notes.holding import bare

DATE = "\ue000"
"""Stands, once for each of its characters, for a date or time in the texts that phrases are looked for in."""

Words = Mapping[str, tuple[str, ...]]

_PIECE = re.compile(
    r"\{(?P<name>\w+)\}|(?P<mark>\.\.\.|<date>|<number>|<wrong>|<right>|[\[\]()|^$])|(?P<word>[^\s\[\](){}|<>^$]+)"
)
_EDGE = re.compile(r"\w")
_BETWEEN = r"[\s,:;\"'*_-]{0,3}"
_REST = r"[\w\u0610-\u065f\u0900-\u0963]*"  # a word's other letters, with the marks that stand for vowels


class Phrase:
    """One way to say something; `search` finds it in a text whose dates are filled in."""

    def __init__(self, says: str, words: Words, *, spaced: bool = True) -> None:
        says, _, others = says.partition(" & ")
        self.says = says
        self._other = Phrase(others, words, spaced=spaced) if others else None
        self._words = words
        self._spaced = spaced
        own = frozenset(map(frozenset, _needs(says, words)))
        self.needs: frozenset[frozenset[str]] = own | (self._other.needs if self._other else frozenset())
        """Sets of literals (see `holding`): a text that lacks all of one set cannot say the phrase."""
        self._bare = [[bare(literal) for literal in literals] for literals in self.needs]

    def search(self, text: str, lowered: str) -> re.Match[str] | None:
        """Return where the phrase first stands in a text, given also in lower case; of "a & b" where a stands."""
        if not all(any(literal in lowered for literal in literals) for literals in self._bare):
            return None
        found = self._compiled.search(text)
        return found if found and (self._other is None or self._other.search(text, lowered)) else None

    def compile(self) -> None:
        """Compile now. Raises ConfigError for brackets that do not match."""
        if self._other is not None:
            self._other.compile()
        try:
            self._compiled  # noqa: B018 - made when first asked for
        except re.error as error:
            raise ConfigError(f"the brackets of {self.says!r} do not match") from error

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(_expression(self.says, self._words, spaced=self._spaced), re.IGNORECASE)


def phrases(says: str | Iterable[str], words: Words, *, spaced: bool = True) -> tuple[Phrase, ...]:
    """Return the phrases of a rule file's string or list of strings."""
    listed = [says] if isinstance(says, str) else says
    return tuple(Phrase(phrase, words, spaced=spaced) for phrase in listed)


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


def _needs(says: str, words: Words) -> list[tuple[str, ...]]:
    """Return the sets of literals of which a text must hold one each; alternatives in groups join into one set."""
    needs: list[tuple[str, ...]] = []
    groups: list[list[tuple[str, ...] | None]] = []
    optional = 0
    for piece in _PIECE.finditer(says):
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
        elif piece["name"] or piece["word"]:
            _add(_literals(piece["name"], piece["word"], words), groups, needs)
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


def _literals(name: str | None, word: str | None, words: Words) -> tuple[str, ...]:
    """Return what must stand in the text for a word or a list of words: of several words the longest, without marks."""
    literals = [
        literal
        for entry in (words[name] if name else (word or "",))
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


def _expression(phrase: str, words: Words, *, spaced: bool) -> str:
    between = _BETWEEN if spaced else r"\s?"
    marks = {
        "[": "(?:",
        "]": ")?",
        "(": "(?:",
        "<date>": f"{DATE}+" + between,
        "<number>": r"\d++" + between,
        "<wrong>": _value("wrong") + between,
        "<right>": _value("right") + between,
        # Possessive, and each word with the space behind it: a gap can be read in one way only, so it stays linear.
        "...": r"(?:[^\s.!?]++\.?\s++){0,15}?" if spaced else r"[^。！？]{0,30}?",
        "^": r"^[\W_]*",
    }
    parts = []
    for piece in _PIECE.finditer(phrase):
        if piece["name"]:
            listed = "|".join(_expression(word, words, spaced=spaced) for word in words[piece["name"]])
            parts.append(f"(?:{listed})")
        elif piece["mark"]:
            parts.append(marks.get(piece["mark"], piece["mark"]))
        else:
            parts.append(_word(piece["word"], spaced=spaced) + between)
    return "".join(parts)


def _word(word: str, *, spaced: bool) -> str:
    literal = re.escape(word.strip("*"))
    if not spaced:
        return literal
    first = r"\b" if _EDGE.match(word[0]) else ""
    last = _REST if word.endswith("*") else r"\b" if _EDGE.match(word[-1]) else ""
    return f"{first}{literal}{last}"


def _value(name: str) -> str:
    """Match what stood or should stand: in quotation marks, or some words up to a comma or the end."""
    return rf"(?P<{name}>\"[^\"]{{1,80}}\"|[^\s,.;:\"][^,;:()\"]{{0,60}}?)(?=[\s,.;:)\"]|$)"
