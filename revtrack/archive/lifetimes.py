"""When words stood in an article: which versions hold them, over all versions of all articles. Asks the tables."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from revtrack.archive.connection import Ask, Words
from revtrack.archive.spelling import Part, parts_of_phrase, parts_of_words, spelled
from revtrack.archive.values import Lifetime
from revtrack.forms import moment
from revtrack.model import Article

Ranges = list[tuple[int, int]]

_OPEN = 1 << 60  # the end of a range of versions that lasts
_CANDIDATES = 500  # articles that are held against a query, at most
_SENTENCES = "SELECT place, text, first, last FROM sentences WHERE article_id = ? ORDER BY first, id"
_TIMES = "SELECT number, first_seen, last_seen FROM versions WHERE article_id = ?"
_SIGNS = r"SELECT DISTINCT article_id FROM sentences WHERE text LIKE ? ESCAPE '\' ORDER BY article_id LIMIT ?"


def search(ask: Ask, index: Words, find: Callable[[int], Article], words: str, limit: int) -> list[Lifetime]:
    """Return articles of which some version holds all the words: those with all of them in one sentence first.

    Of each, the newest stretch of versions that do. Words of which nothing is left (signs alone, nothing) find nothing
    or, where there are only signs, those signs.
    """
    parts = parts_of_words(words)
    found = (list(_lifetimes(ask, find(one), parts)) for one in _candidates(ask, index, parts, is_ranked=True))
    return _first(((stretches[-1],) for stretches in found if stretches), limit)


def trace(
    ask: Ask, index: Words, find: Callable[[int], Article], phrase: str, *, article: Article | None, limit: int
) -> list[Lifetime]:
    """Return every stretch of versions that hold a phrase, of one article or of all: at most so many articles.

    A phrase of several sentences is found where a version holds all of them.
    """
    parts = parts_of_phrase(phrase)
    articles = [article] if article else map(find, _candidates(ask, index, parts, is_ranked=False))
    return _first((tuple(_lifetimes(ask, one, parts)) for one in articles), limit)


def _first(groups: Iterable[Sequence[Lifetime]], limit: int) -> list[Lifetime]:
    """Return what the first groups hold that hold anything."""
    found: list[Lifetime] = []
    for group in groups:
        if group:
            found += group
            limit -= 1
        if limit < 1:
            break
    return found


def _candidates(ask: Ask, index: Words, parts: Sequence[Part], *, is_ranked: bool) -> list[int]:
    """Return articles that may hold all the parts, the best first or as they were tracked."""
    phrases = [part.words for part in parts if part.words]
    if not phrases:
        return [int(row["article_id"]) for row in ask(_SIGNS, _like(parts[0].literal), _CANDIDATES)] if parts else []
    best = index.ranked(ask, phrases, _CANDIDATES) if is_ranked else []
    if is_ranked and len(phrases) == 1:
        return best
    return list(dict.fromkeys([*best, *index.holding(ask, phrases, _CANDIDATES)]))


def _like(text: str) -> str:
    for sign in "\\%_":
        text = text.replace(sign, f"\\{sign}")
    return f"%{text}%"


@dataclass(frozen=True, slots=True)
class _Sentence:
    place: str
    text: str
    first: int
    last: int
    held: frozenset[int]  # which of the parts


def _lifetimes(ask: Ask, article: Article, parts: Sequence[Part]) -> Iterator[Lifetime]:
    """Yield the stretches of versions of an article that hold all the parts, in order."""
    sentences = list(_sentences(ask(_SENTENCES, article.id), parts))
    held = [_united((s.first, s.last) for s in sentences if i in s.held) for i in range(len(parts))]
    ranges = reduce(_common, held) if held else []
    if not ranges:
        return
    times = {row["number"]: row for row in ask(_TIMES, article.id)}
    for first, last in ranges:
        there = [s for s in sentences if s.first <= last and s.last >= first]
        best = _newest(there, last)
        gone = times.get(last + 1)
        yield Lifetime(
            article=article,
            place=best.place,
            text=best.text,
            first=first,
            last=None if last == _OPEN else last,
            first_seen=moment(times[first]["first_seen"]),
            last_seen=moment(times[max(times) if last == _OPEN else last]["last_seen"]),
            gone_at=moment(gone["first_seen"]) if gone else None,
        )


def _newest(there: Iterable[_Sentence], last: int) -> _Sentence:
    """Return a sentence with the most of the parts, of these the one that stood last: not what the text once said."""
    return max(there, key=lambda s: (len(s.held), min(s.last, last), s.first))


def _sentences(rows: list[dict[str, Any]], parts: Sequence[Part]) -> Iterator[_Sentence]:
    """Yield the sentences that hold any of the parts."""
    for row in rows:
        spelling = spelled(row["text"])
        held = frozenset(i for i, part in enumerate(parts) if part.is_in(spelling, row["text"]))
        if held:
            last = _OPEN if row["last"] is None else row["last"]
            yield _Sentence(row["place"], row["text"], row["first"], last, held)


def _united(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Return closed ranges joined where they touch, in order."""
    found: Ranges = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _common(one: Ranges, other: Ranges) -> Ranges:
    """Return what two lists of ranges have in common; ranges of each lie apart."""
    cut = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return sorted((first, last) for first, last in cut if first <= last)
