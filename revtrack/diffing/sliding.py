"""Slide insertions and deletions to where a reader expects them: sentence, clause and word edges. Changes no words.

What is inserted between two kept runs can often stand a few words further left or right with the same result: "the
mayor[, he said, the mayor]" is also "[the mayor, he said,] the mayor". Of all places the one with the best edges wins.
Ends of sentences and whole numbers are brought together where the alignment has parted them.
"""

import re
from collections.abc import Sequence

from revtrack.diffing.landmarks import shared_ahead, shared_behind
from revtrack.diffing.reading import Words
from revtrack.diffing.runs import Run, equal_ends
from revtrack.text import words

_FARTHEST = 400  # characters that a change is slid, at most
_CLOSERS = "\"'”’)]»」』）"
_STOPS = ".!?…।۔؟。！？"
_PAUSES = ",;:–—،؛、，；："
_WIDE_EDGE = re.compile(r"(?<=[。！？、，；：」』）])(?=[\w\s「『（]|\Z)")  # behind marks that no blank follows
_BREAK = re.compile(rf"\s+|{_WIDE_EDGE.pattern}")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)")
_MOST_WORDS = 30  # at the end of a sentence that are looked for before another stop
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


def with_ends(runs: Sequence[Run], old: str, new: str) -> list[Run]:
    """Return runs in which an edited sentence keeps its end where another was put in, or taken out, behind it.

    "visit [on Thursday]{the dam on Thursday. It was closed}." becomes "visit {the dam} on Thursday{. It was closed}.",
    which slides to "visit {the dam} on Thursday. {It was closed.}"
    """
    kept = list(runs[:1])
    for run in runs[1:]:
        (first, first_new, size), (i_end, j_end, length) = kept[-1], run
        i, j = first + size, first_new + size
        if i < i_end and j < j_end and old[i_end] in _STOPS:
            end = _shared_end(old[i:i_end], new[j:j_end], old[i_end])
            if end and words(old[i_end : i_end + 3])[0] == old[i_end]:  # no mark makes one word with the stop
                kept.append((i + end[0], j + end[1], end[2] + 1))
                run = i_end + 1, j_end + 1, length - 1  # noqa: PLW2901 - without the stop
        kept.append(run)
    return [run for run in kept if run[2]]


def _shared_end(old: str, new: str, stop: str) -> Run | None:
    """Return the words that one of two texts ends with and that stand before a stop in the other, two at least."""
    if old[-1:] + stop in new:
        return _end_within(old, new, stop)
    if new[-1:] + stop in old and (found := _end_within(new, old, stop)):
        return found[1], found[0], found[2]
    return None


def _end_within(ended: str, longer: str, stop: str) -> Run | None:
    """Return the last words of a text that stand before a stop in another: where there are most, two at least."""
    own, others = Words.of(ended), Words.of(longer)
    last = own.shown[: -_MOST_WORDS - 1 : -1]
    best, place = 1, 0
    for index, word in enumerate(others.shown):
        if word == stop:
            same = equal_ends(last, others.shown[max(0, index - _MOST_WORDS) : index][::-1])[0]
            best, place = (same, index) if same > best else (best, place)
    if best == 1:
        return None
    start, end = own.starts[-best], others.starts[place - best]
    alike = ended[start:] == longer[end : others.starts[place]]
    return (start, end, len(ended) - start) if alike else None


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
    breaks = list(_BREAK.finditer(text, max(0, low - 1), high + 1))
    places = {low, high, *(found.start() for found in breaks), *(found.end() for found in breaks)}
    places = {place for place in places if low <= place <= high and _are_apart(text, place, place + end - start)}
    return max(
        (place - start for place in {start, *places}),
        key=lambda shift: (_edge(text, start + shift) + _edge(text, end + shift), -abs(shift), -shift),
    )


def _are_apart(text: str, place: int, other: int) -> bool:
    """Return whether white space or a wide mark stands before two places, or white space behind both.

    Then no word lies over either.
    """
    if (not place or text[place - 1].isspace()) and text[other - 1].isspace():
        return True
    if (place == len(text) or text[place].isspace()) and (other == len(text) or text[other].isspace()):
        return True
    return bool(_WIDE_EDGE.match(text, place) and _WIDE_EDGE.match(text, other))


def _edge(text: str, place: int) -> int:
    """Return how deep a break stands at a place: at paragraph, sentence, clause, word, or none."""
    last = following = place
    while last and text[last - 1].isspace():
        last -= 1
    while following < len(text) and text[following].isspace():
        following += 1
    if not last or following == len(text) or text.find("\n", last, following) >= 0:
        return 10
    if last == following and not _WIDE_EDGE.match(text, place):
        return 0 if text[last - 1].isalnum() or text[following].isalnum() else 1
    mark = text[last - 1]
    if mark in _CLOSERS:
        mark = text[last - 2] if last > 1 else mark
    if mark in _STOPS:
        return 8
    return 5 if mark in _PAUSES else 3
