"""The little pattern language of the rule files. Knows nothing of notes, pages or languages.

    {name}    is any word of that list          [maybe]   may be missing        (this|that)   is one of these
    correct*  is any word with that beginning   ...       skips up to 15 words   <date>        is a date or a time

`<wrong>` and `<right>` catch what stood somewhere and what should. A leading ^ holds a phrase to the start.

A phrase is compiled when a text first holds all the words that it cannot do without: most are never compiled.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property

DATE = "\ue000"
"""Stands, once for each of its characters, for a date or time in the texts that phrases are looked for in."""

Words = Mapping[str, tuple[str, ...]]

_PIECE = re.compile(
    r"\{(?P<name>\w+)\}|(?P<mark>\.\.\.|<date>|<wrong>|<right>|[\[\]()|^$])|(?P<word>[^\s\[\](){}|<>^$]+)"
)
_EDGE = re.compile(r"\w")
_BETWEEN = r"[\s,:;\"'*_-]{0,3}"


class Phrase:
    """One way to say something; `search` finds it in a text whose dates are filled in."""

    def __init__(self, says: str, words: Words, *, spaced: bool = True) -> None:
        self.says = says
        self._words = words
        self._spaced = spaced
        self._needs = sorted(_needs(says, words), key=lambda literals: (len(literals), -len(literals[0])))

    def search(self, text: str, lowered: str) -> re.Match[str] | None:
        """Return where the phrase first stands in a text, given also in lower case."""
        for literals in self._needs:
            for literal in literals:  # spelled out: this runs for every block and every phrase
                if literal in lowered:
                    break
            else:
                return None
        return self._compiled.search(text)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(_expression(self.says, self._words, spaced=self._spaced), re.IGNORECASE)


def phrases(says: str | Iterable[str], words: Words, *, spaced: bool = True) -> tuple[Phrase, ...]:
    """Return the phrases of a rule file's string or list of strings."""
    listed = [says] if isinstance(says, str) else says
    return tuple(Phrase(phrase, words, spaced=spaced) for phrase in listed)


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
    elif groups[-1][-1] is None:
        groups[-1][-1] = literals


def _joined(alternatives: list[tuple[str, ...] | None]) -> tuple[str, ...]:
    if None in alternatives:
        return ()
    return tuple(dict.fromkeys(literal for one in alternatives if one for literal in one))


def _literals(name: str | None, word: str | None, words: Words) -> tuple[str, ...]:
    """Return what must stand in the text for a word or a list of words: of several words the longest, without marks."""
    literals = [_literal(entry) for entry in (words[name] if name else (word or "",))]
    return tuple(literals) if all(literals) else ()


@cache
def _literal(entry: str) -> str:
    plain = [re.sub(r"[*\\?]|\W+$", "", part) for part in re.split(r"[\s\[\]()|{}]+", entry)]
    return max(plain, key=len).lower()


def _expression(phrase: str, words: Words, *, spaced: bool) -> str:
    between = _BETWEEN if spaced else r"\s?"
    marks = {
        "[": "(?:",
        "]": ")?",
        "(": "(?:",
        "<date>": f"{DATE}+" + between,
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
    literal = re.escape(word.rstrip("*"))
    if not spaced:
        return literal
    first = r"\b" if _EDGE.match(word[0]) else ""
    last = r"\w*" if word.endswith("*") else r"\b" if _EDGE.match(word[-1]) else ""
    return f"{first}{literal}{last}"


def _value(name: str) -> str:
    """Match what stood or should stand: in quotation marks, or some words up to a comma or the end."""
    return rf"(?P<{name}>\"[^\"]{{1,80}}\"|[^\s,.;:\"][^,;:()\"]{{0,60}}?)(?=[\s,.;:)\"]|$)"
