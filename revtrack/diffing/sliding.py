"""Slide insertions and deletions to where a reader expects them: sentence, clause and word edges. Changes no words.

What is inserted between two kept runs can often stand a few words further left or right with the same result: "the
mayor[, he said, the mayor]" is also "[the mayor, he said,] the mayor". Of all places the one with the best edges wins.
"""

import re
from collections.abc import Sequence

from revtrack.diffing.landmarks import shared_ahead, shared_behind
from revtrack.diffing.runs import Run

_FARTHEST = 400  # characters that a change is slid, at most
_CLOSERS = "\"'”’)]»"
_STOPS = ".!?…。！？"
_PAUSES = ",;:–—、，"
_BLANKS = re.compile(r"\s+")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)")
_LONGEST = 24  # characters of a number with its thousands parted


def slide(runs: Sequence[Run], old: str, new: str) -> list[Run]:
    """Return runs grown over equal white space, the pure insertions and deletions between them at the best edges."""
    slid = list(runs)
    for index in range(1, len(slid)):
        (first, first_new, size), (i_end, j_end, length) = slid[index - 1 : index + 1]
        i, j = first + size, first_new + size
        ahead, behind = _equal_space(old[i:i_end], new[j:j_end])
        shift = 0
        if i + ahead == i_end - behind:
            shift = _best_shift(new, (j + ahead, j_end - behind), (size, length))
        elif j + ahead == j_end - behind:
            shift = _best_shift(old, (i + ahead, i_end - behind), (size, length))
        if ahead or shift:
            slid[index - 1] = first, first_new, size + ahead + shift
        if behind or shift:
            step = shift - behind
            slid[index] = i_end + step, j_end + step, length - step
    return [run for run in slid if run[2]]


def with_whole_numbers(runs: Sequence[Run], old: str, new: str) -> list[Run]:
    """Return runs without the parts of a number at their edges, which is one word though blanks part its thousands."""
    whole = []
    for i, j, length in runs:
        head = max(_number_around(old, i)[1], _number_around(new, j)[1])
        tail = max(_number_around(old, i + length)[0], _number_around(new, j + length)[0])
        if head + tail < length:
            whole.append((i + head, j + head, length - head - tail))
    return whole


def _number_around(text: str, place: int) -> tuple[int, int]:
    """Return how many characters of a number stand before a place within it, and how many behind."""
    around = text[max(0, place - 1) : place + 1]
    if len(around) == 2 and around[0].isdigit() != around[1].isdigit():
        for found in _THOUSANDS.finditer(text, max(0, place - _LONGEST), place + _LONGEST):
            if found.start() < place < found.end():
                return place - found.start(), found.end() - place
    return 0, 0


def _equal_space(old: str, new: str) -> tuple[int, int]:
    """Return how much equal white space two texts begin with and, of the rest, end with."""
    room = min(len(old), len(new))
    head = tail = 0
    while head < room and old[head] == new[head] and old[head].isspace():
        head += 1
    while tail < room - head and old[-1 - tail] == new[-1 - tail] and old[-1 - tail].isspace():
        tail += 1
    return head, tail


def _best_shift(text: str, change: tuple[int, int], room: tuple[int, int]) -> int:
    """Return how far to the right (left, if negative) a change is best slid; `room` is kept beside it."""
    start, end = change
    low = start - min(shared_behind(text, start, text, end), room[0], _FARTHEST)
    high = start + min(shared_ahead(text, start, text, end), room[1], _FARTHEST)
    if low == high:
        return 0
    blanks = list(_BLANKS.finditer(text, max(0, low - 1), high + 1))
    places = {low, high, *(found.start() for found in blanks), *(found.end() for found in blanks)}
    places = {place for place in places if low <= place <= high and _are_apart(text, place, place + end - start)}
    return max(
        (place - start for place in {start, *places}),
        key=lambda shift: (_edge(text, start + shift) + _edge(text, end + shift), -abs(shift), -shift),
    )


def _are_apart(text: str, place: int, other: int) -> bool:
    """Return whether white space stands before two places, or behind both: no word lies over either."""
    if (not place or text[place - 1].isspace()) and text[other - 1].isspace():
        return True
    return (place == len(text) or text[place].isspace()) and (other == len(text) or text[other].isspace())


def _edge(text: str, place: int) -> int:
    """Return how deep a break stands at a place: at paragraph, sentence, clause, word, or none."""
    last = following = place
    while last and text[last - 1].isspace():
        last -= 1
    while following < len(text) and text[following].isspace():
        following += 1
    if not last or following == len(text) or text.find("\n", last, following) >= 0:
        return 10
    if last == following:
        return 0 if text[last - 1].isalnum() or text[following].isalnum() else 1
    mark = text[last - 1]
    if mark in _CLOSERS:
        mark = text[last - 2] if last > 1 else mark
    if mark in _STOPS:
        return 8
    return 5 if mark in _PAUSES else 3
