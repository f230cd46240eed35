"""Align two texts so that a reader has least to read: long passages first, then words. Knows nothing of paragraphs.

What the texts begin and end with alike and the landmarks between are told by comparing characters; only what lies
between those is read word by word.
"""

from collections.abc import Sequence

from revtrack.diffing.landmarks import (
    SHORTEST,
    Reading,
    by_sentence,
    by_three,
    find_landmarks,
    shared_ahead,
    shared_behind,
    whole_words,
)
from revtrack.diffing.reading import Words, passages
from revtrack.diffing.runs import Run, join_runs
from revtrack.diffing.words import align_words

_LONG = 10_000  # characters of texts that surely have a landmark if they are versions of one
_READINGS = (by_sentence, by_three)


def align_texts(old: str, new: str) -> list[Run]:
    """Return the equal passages to keep, as characters, rising on both sides; none cuts a word."""
    head = whole_words(old, new, Run(0, 0, shared_ahead(old, 0, new, 0)))
    tail = shared_behind(old, len(old), new, len(new))
    tail = min(tail, len(old) - head.length, len(new) - head.length)
    back = whole_words(old, new, Run(len(old) - tail, len(new) - tail, tail))
    return join_runs(_around([head, back], old, new, _READINGS))


def _around(fixed: Sequence[Run], old: str, new: str, readings: Sequence[Reading]) -> list[Run]:
    """Return runs that are kept, and what is aligned between them."""
    runs: list[Run] = []
    i = j = 0
    for run in (*fixed, Run(len(old), len(new), 0)):
        if i < run.old and j < run.new:
            between = _align(old[i : run.old], new[j : run.new], readings)
            runs += [Run(i + a, j + b, length) for a, b, length in between]
        if run.length:
            runs.append(run)
        i, j = run.old + run.length, run.new + run.length
    return runs


def _align(old: str, new: str, readings: Sequence[Reading]) -> list[Run]:
    """Return what two texts share that begin and end differently."""
    if min(len(old), len(new)) > SHORTEST:
        for place, read in enumerate(readings, 1):
            found = find_landmarks(old, new, read)
            if found:
                return _around(found, old, new, readings[place:])
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
    return left[:1] != right[:1] and left[-1:] != right[-1:] and left not in right and right not in left


def _align_words(old: str, new: str) -> list[Run]:
    """Return what two texts share word by word."""
    olds, news = Words.of(old), Words.of(new)
    runs = align_words(olds.compared, news.compared)
    return [passage for run in runs for passage in passages(run, olds, news, (old, new))]
