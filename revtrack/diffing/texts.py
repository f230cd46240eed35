"""Align two texts so that a reader has least to read: long passages first, then words. Knows nothing of paragraphs.

What the texts begin and end with alike and the landmarks between are told by comparing characters; only what lies
between those is read word by word.
"""

import sys
from collections.abc import Sequence
from functools import partial

from revtrack.diffing.landmarks import (
    SHORTEST,
    Reading,
    by_long_three,
    by_sentence,
    by_three,
    find_landmarks,
    near_landmarks,
    shared_ahead,
    shared_behind,
    whole_words,
)
from revtrack.diffing.reading import ALONE, Words, is_one_word, passages
from revtrack.diffing.runs import Run, fill, join_runs
from revtrack.diffing.words import align_words

_LONG = 10_000  # characters of texts that surely have a landmark if they are versions of one
_BOOK = 200_000  # characters of texts that are not searched again for a landmark if a rough search finds none
# How landmarks are looked for, one after the other, and how long, in characters, texts are for which that is worth it.
_READINGS: tuple[tuple[Reading, int, int], ...] = (
    (by_sentence, SHORTEST, sys.maxsize),
    (by_long_three, _LONG, sys.maxsize),
    (by_three, SHORTEST, _BOOK),
)


def align_texts(old: str, new: str, ends: tuple[int, int] | None = None) -> list[Run]:
    """Return the equal passages to keep, as characters, rising on both sides; none cuts a word.

    `ends` is how many characters they begin and end with alike, if that is known.
    """
    ahead, behind = ends or (shared_ahead(old, 0, new, 0), shared_behind(old, len(old), new, len(new)))
    head = whole_words(old, new, (0, 0, ahead))
    tail = min(behind, min(len(old), len(new)) - head[2])
    back = whole_words(old, new, (len(old) - tail, len(new) - tail, tail))
    return join_runs(fill([head, back], old, new, _align_middle))


def _align_middle(old: str, new: str) -> list[Run]:
    """Return what two texts share that begin and end differently: first what stands nearby, as most of it does."""
    near = list(near_landmarks(old, new)) if SHORTEST < min(len(old), len(new)) < _LONG else []
    align = partial(_align, readings=_READINGS)
    return fill(near, old, new, align) if near else align(old, new)


def _align(old: str, new: str, *, readings: Sequence[tuple[Reading, int, int]]) -> list[Run]:
    """Return what two texts share, by landmarks as long as there are any, and then by words."""
    size = min(len(old), len(new))
    for place, (read, least, most) in enumerate(readings if size > SHORTEST else (), 1):
        found = find_landmarks(old, new, read) if least < size <= most else ()
        if found:
            return fill(found, old, new, partial(_align, readings=readings[place:]))
    return [] if _are_strangers(old, new) else _align_words(old, new)


def _are_strangers(old: str, new: str) -> bool:
    """Return whether two texts surely share no word: long with no landmark, or a word that is no part of the other."""
    if min(len(old), len(new)) > _LONG:
        return True
    left, right = old.strip(), new.strip()
    if not left or not right:
        return True
    if " " in left and " " in right:
        return False
    if is_one_word(left):
        return left not in right
    if is_one_word(right):
        return right not in left
    alike = left[:1] == right[:1] or left[-1:] == right[-1:] or left in right or right in left
    return not alike and not (ALONE.search(left) and ALONE.search(right))


def _align_words(old: str, new: str) -> list[Run]:
    """Return what two texts share word by word."""
    olds, news = Words.of(old), Words.of(new)
    runs = align_words(olds.compared, news.compared)
    return [passage for run in runs for passage in passages(run, olds, news, (old, new))]
