"""Slide insertions and deletions to where a reader expects them: sentence, clause and word edges. Changes no words.

What is inserted between two kept runs can often stand a few words further left or right with the same result: "the
mayor[, he said, the mayor]" is also "[the mayor, he said,] the mayor". Of all places the one with the best edges wins.
"""

from collections.abc import Sequence

from revtrack.diffing.reading import Texts, Words
from revtrack.diffing.runs import Run

_FARTHEST = 60  # words that a change is slid, at most
_CLOSERS = "\"'”’)]»"
_STOPS = ".!?…。！？"
_PAUSES = ",;:–—、，"


def slide(runs: Sequence[Run], texts: Texts) -> list[Run]:
    """Return runs with the pure insertions and deletions between them slid to the best edges."""
    slid = list(runs)
    for index in range(1, len(slid)):
        before, after = slid[index - 1], slid[index]
        i, j = before.old + before.length, before.new + before.length
        if i == after.old:
            shift = _best_shift(texts.new.text, texts.new_words, (j, after.new), (before.length, after.length))
        elif j == after.new:
            shift = _best_shift(texts.old.text, texts.old_words, (i, after.old), (before.length, after.length))
        else:
            continue
        if shift:
            slid[index - 1] = Run(before.old, before.new, before.length + shift)
            slid[index] = Run(after.old + shift, after.new + shift, after.length - shift)
    return [run for run in slid if run.length]


def _best_shift(text: str, words: Words, change: tuple[int, int], room: tuple[int, int]) -> int:
    """Return how many words to the right (left, if negative) a change is best slid; `room` is kept beside it."""
    numbers = words.numbers
    start, end = change
    low = high = 0
    while -low < min(room[0], _FARTHEST) and numbers[start + low - 1] == numbers[end + low - 1]:
        low -= 1
    while high < min(room[1], _FARTHEST) and numbers[start + high] == numbers[end + high]:
        high += 1
    if low == high:
        return 0
    return max(
        range(low, high + 1),
        key=lambda shift: (_edge(text, words, start + shift) + _edge(text, words, end + shift), -abs(shift)),
    )


def _edge(text: str, words: Words, index: int) -> int:
    """Return how deep a break stands before a word: at paragraph, sentence, clause, word, or none."""
    if index in {0, len(words)}:
        return 10
    last, following = words.end(index - 1), words.starts[index]
    if last == following:
        return 0 if text[last - 1].isalnum() or text[following].isalnum() else 1
    if text.find("\n", last, following) >= 0:
        return 10
    mark = text[last - 1]
    if mark in _CLOSERS:
        mark = text[last - 2] if last > 1 else mark
    if mark in _STOPS:
        return 8
    return 5 if mark in _PAUSES else 3
