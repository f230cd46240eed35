"""Which of many words a text holds, asked at once. Knows no rule.

A literal is a word in small letters that stands in a text whole, "correct*" as the beginning of one, "*ed*" anywhere.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
            begins = literal.endswith("*")
            if not spaced or literal.startswith("*") or not _WORD.fullmatch(word) or len(word) < begins * _KEY:
                self._anywhere.append((literal, word))
            elif begins:
                self._beginnings[word[:_KEY]].append(word)
            else:
                self._whole.add(word)

    def held_by(self, lowered: str) -> set[str]:
        """Return the literals that a text in small letters holds."""
        words = _words_of(lowered)
        held = {literal for literal, word in self._anywhere if word in lowered}
        held |= words & self._whole
        for word in [word for word in words if word[:_KEY] in self._beginnings] if self._beginnings else ():
            held.update([f"{start}*" for start in self._beginnings[word[:_KEY]] if word.startswith(start)])
        return held


@lru_cache(maxsize=16)  # a sentence is looked through for many lists, one after the other
def _words_of(lowered: str) -> frozenset[str]:
    return frozenset(_WORD.findall(lowered))


_KEY = 2
"""Letters by which a beginning is found."""

Need = tuple[str, ...]
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

    Only words that no other text had are looked through: of a page's some 600, all but a few are known soon.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        by_longest: dict[str, list[str]] = defaultdict(list)
        for stem in stems:
            by_longest[max(stem.split(), key=len, default=stem)].append(stem)
        self._longest = tuple(by_longest)
        self._stems = tuple(by_longest.values())  # those of each longest word
        self._known: set[str] = set()
        self._holding: dict[str, list[int]] = {}  # those of the known words that hold a stem's longest

    def held_by(self, lowered: str, words: set[str]) -> list[str]:
        """Return those that a text in small letters holds; `words` are what stands between its spaces."""
        new = words.difference(self._known)
        found = self._found_in(new) if new else {}
        held = {place for places in found.values() for place in places}
        for word in self._holding.keys() & words:
            held.update(self._holding[word])
        if new:
            self._remember(new, found)
        stems = ((self._longest[place], stem) for place in sorted(held) for stem in self._stems[place])
        return [stem for longest, stem in stems if longest == stem or stem in lowered]

    def _found_in(self, words: set[str]) -> dict[str, list[int]]:
        """Return the places of the longest words of stems that stand in one of the words, by that word."""
        found: dict[str, list[int]] = {}
        for place, word in held_in(self._longest, words):
            found.setdefault(word, []).append(place)
        return found

    def _remember(self, words: set[str], found: dict[str, list[int]]) -> None:
        """Keep what was found in some words."""
        if len(words) > _MOST_ASKED:
            return
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
            self._holding.clear()
        self._known.update([word for word in words if len(word) <= _LONGEST_WORD])
        self._holding.update({word: places for word, places in found.items() if len(word) <= _LONGEST_WORD})


_MOST_KNOWN = 32_768
"""Words that are kept in memory, for each language: 63 pages have 20,000."""
_MOST_ASKED = 5_000
"""New words of a text beyond which they are not kept."""
_LONGEST_WORD = 30
"""Letters of a word that is kept."""


def held_in(pieces: Iterable[str], words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the place of each piece with each of the words that hold it: none of them has a line break in it."""
    lines = "\n".join(("", *words, ""))
    for place, piece in enumerate(pieces):
        at = lines.find(piece)
        while at >= 0:
            end = lines.index("\n", at)
            yield place, lines[lines.rindex("\n", 0, at) + 1 : end]
            at = lines.find(piece, end)


def bare(literal: str) -> str:
    """Return a literal without the stars that say where it may stand."""
    return literal.strip("*")
