"""Words and phrases that mean much the same, as the file of a language lists them. Knows no edits and no levels.

A row of `thesaurus` holds such words; a star stands for any ending, "_" joins the words of a phrase, and a row that
begins with "#" names the field of news that the next ones are of.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from revtrack.vocabulary import words_of

_LEAST = 3  # letters that a word has at least behind what is written onto it
_PHRASE = 5  # words of a phrase at most


@lru_cache(maxsize=32)
def rows(language: str) -> tuple[str, ...]:
    """Return the rows of a language, headings left out."""
    listed = str(words_of(language).table.get("thesaurus", "")).splitlines()
    return tuple(row for row in listed if row and not row.startswith("#"))


def rows_with(words: tuple[str, ...], language: str) -> frozenset[int]:
    """Return the numbers of the rows that hold a word or a phrase, given as its terms."""
    if not 0 < len(words) <= _PHRASE:
        return frozenset()
    if len(words) > 1:
        return frozenset(_table(language).get("_".join(words), ()))
    return _rows_of(words[0], language)


@lru_cache(maxsize=8192)
def _rows_of(word: str, language: str) -> frozenset[int]:
    table = _table(language)
    starred = (f"{word[:end]}*" for end in range(1, len(word) + 1))
    if found := frozenset(row for key in (word, *starred) for row in table.get(key, ())):
        return found
    bare = next((word.removeprefix(c) for c in words_of(language).listed("clitics") if word.startswith(c)), "")
    return _rows_of(bare, language) if len(bare) >= _LEAST else frozenset()


@lru_cache(maxsize=32)
def _table(language: str) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows(language)):
        for word in row.split():
            found[word].append(number)
    return dict(found)
