"""Which of many words a text holds, asked at once. Knows no rule.

A literal is a word in small letters that stands in a text whole, "correct*" as the beginning of one, "*ed*" anywhere.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

_WORD = re.compile(r"\w+")


class Literals:
    """A set of literals, looked for together: whole words and beginnings by the words of the text, others one by one.

    `spaced` is False for a language whose words run together: there everything is looked for anywhere.
    """

    def __init__(self, literals: Iterable[str], *, spaced: bool) -> None:
        self._whole: set[str] = set()
        self._beginnings: dict[str, list[str]] = defaultdict(list)
        self._anywhere: list[tuple[str, str]] = []
        for literal in literals:
            word = bare(literal)
            if not spaced or literal.startswith("*") or not _WORD.fullmatch(word) or len(word) < _KEY:
                self._anywhere.append((literal, word))
            elif literal.endswith("*"):
                self._beginnings[word[:_KEY]].append(word)
            else:
                self._whole.add(word)

    def held_by(self, lowered: str) -> set[str]:
        """Return the literals that a text in small letters holds."""
        words = set(_WORD.findall(lowered))
        held = self._whole & words
        held.update([literal for literal, word in self._anywhere if word in lowered])
        known = self._beginnings.keys()
        held.update(
            [
                f"{start}*"
                for word in words
                if word[:_KEY] in known
                for start in self._beginnings[word[:_KEY]]
                if word.startswith(start)
            ]
        )
        return held


_KEY = 2
"""Letters by which a beginning is found."""


def bare(literal: str) -> str:
    """Return a literal without the stars that say where it may stand."""
    return literal.strip("*")
