"""Which of many words a text holds, asked at once. Knows no rule.

A literal is a word in small letters that stands in a text whole, "correct*" as the beginning of one, "*ed*" anywhere.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

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

Need = frozenset[str]
"""Literals of which a text must hold one."""


class Needs:
    """What each of many things that a text may say needs to stand in it, asked for all of them at once."""

    def __init__(self, needed: Sequence[frozenset[Need]], *, spaced: bool) -> None:
        bits = {need: 1 << number for number, need in enumerate({need for needs in needed for need in needs})}
        self._needed = [sum(bits[need] for need in needs) for needs in needed]
        self._met: dict[str, int] = defaultdict(int)
        for need, bit in bits.items():
            for literal in need:
                self._met[literal] |= bit
        self._literals = Literals(self._met, spaced=spaced)

    def met_by(self, lowered: str) -> int:
        """Return the needs that a text in small letters meets, as bits: those of two texts are joined by "|"."""
        met = 0
        for literal in self._literals.held_by(lowered):
            met |= self._met[literal]
        return met

    def places(self, met: int, among: Iterable[int] | None = None) -> list[int]:
        """Return the places, in order, of those whose every need is met, of all or of those `among` which to look."""
        looked_at = range(len(self._needed)) if among is None else among
        return [place for place in looked_at if self._needed[place] & met == self._needed[place]]


class Stems:
    """Stems, one of which stands somewhere in each text worth reading; each may be of several words.

    A text is asked word by word, and most words are known from other texts.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        self._stems = [(stem, max(stem.split(), key=len, default=stem)) for stem in stems]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, (_, longest) in enumerate(self._stems):
            self._places[longest[:_LETTERS]].append(place)
        self._sizes = {len(beginning) for beginning in self._places}
        self._in_known = lru_cache(maxsize=_MOST_KNOWN)(self._in_words)

    def held_by(self, lowered: str) -> list[str]:
        """Return those that a text in small letters holds."""
        words = set(lowered.split())
        known = [word for word in words if len(word) <= _LONGEST_WORD]
        if len(known) > _MOST_ASKED:
            known = []
        held = set(self._in_words("\n".join(words.difference(known)))) if len(known) < len(words) else set()
        for places in map(self._in_known, known):
            if places:
                held.update(places)
        stems = [self._stems[place] for place in sorted(held)]
        return [stem for stem, longest in stems if longest == stem or stem in lowered]

    def _in_words(self, words: str) -> tuple[int, ...]:
        """Return the places of the stems whose longest word stands in one of the words."""
        pieces = {words[at : at + size] for size in self._sizes for at in range(len(words) - size + 1)}
        begun = (place for piece in pieces & self._places.keys() for place in self._places[piece])
        return tuple(place for place in begun if self._stems[place][1] in words)


_LETTERS = 3
"""Letters of a stem that are looked for first: few words hold the beginning of any, and fewer than 1 in 40 a stem."""
_MOST_KNOWN = 16_384
"""Words that are kept in memory, for each language."""
_MOST_ASKED = 5_000
"""Words of a text beyond which, as with words that are very long, all are looked through at once."""
_LONGEST_WORD = 30


def bare(literal: str) -> str:
    """Return a literal without the stars that say where it may stand."""
    return literal.strip("*")
