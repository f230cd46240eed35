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
        self._of_word = lru_cache(maxsize=_MOST_WORDS)(self._told_by)

    def held_by(self, lowered: str) -> set[str]:
        """Return the literals that a text in small letters holds."""
        held = {literal for literal, word in self._anywhere if word in lowered}
        for told in map(self._of_word, set(_WORD.findall(lowered))):
            if told:
                held.update(told)
        return held

    def _told_by(self, word: str) -> tuple[str, ...]:
        """Return the literals that a word of a text is, or begins with; most words are asked for again and again."""
        begun = (f"{start}*" for start in self._beginnings.get(word[:_KEY], ()) if word.startswith(start))
        return (word, *begun) if word in self._whole else tuple(begun)


_KEY = 2
"""Letters by which a beginning is found."""
_MOST_WORDS = 4_096
"""Words that are kept in memory for a set of literals."""

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

    Only words that no other text had are looked through: of a page's some 600, all but a few are known soon.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        self._stems = [(stem, max(stem.split(), key=len, default=stem)) for stem in stems]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, (_, longest) in enumerate(self._stems):
            self._places[longest[:_LETTERS]].append(place)
        self._sizes = {len(beginning) for beginning in self._places}
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
        stems = [self._stems[place] for place in sorted(held)]
        return [stem for stem, longest in stems if longest == stem or stem in lowered]

    def _found_in(self, words: set[str]) -> dict[str, list[int]]:
        """Return the places of the stems whose longest word stands in one of the words, by that word."""
        lines = "\n".join(("", *words, ""))
        pieces = {lines[at : at + size] for size in self._sizes for at in range(len(lines) - size + 1)}
        found: dict[str, list[int]] = {}
        for place in [place for piece in pieces & self._places.keys() for place in self._places[piece]]:
            longest = self._stems[place][1]
            at = lines.find(longest)
            while at >= 0:
                end = lines.index("\n", at)
                found.setdefault(lines[lines.rindex("\n", 0, at) + 1 : end], []).append(place)
                at = lines.find(longest, end)
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


_LETTERS = 3
"""Letters of a stem that are looked for first: few words hold the beginning of any, and fewer than 1 in 40 a stem."""
_MOST_KNOWN = 32_768
"""Words that are kept in memory, for each language: 63 pages have 20,000."""
_MOST_ASKED = 5_000
"""New words of a text beyond which they are not kept."""
_LONGEST_WORD = 30
"""Letters of a word that is kept."""


def bare(literal: str) -> str:
    """Return a literal without the stars that say where it may stand."""
    return literal.strip("*")
