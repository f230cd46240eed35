"""Long passages that two texts share, found by comparing characters. Reads no word and keeps words whole.

A sentence that occurs once on each side, or three words in a row that do, is a seed: what is equal around it is a
landmark if it is long enough. Those of the heaviest chain stay in place.
"""

import re
from collections.abc import Callable, Hashable, Iterator
from itertools import accumulate, compress, count
from operator import ne

from revtrack.diffing.runs import Run, heaviest_chain, partners

SHORTEST = 40
"""Characters of a landmark: some seven words."""
_SENTENCE = re.compile(r"[^.!?\n。！？।۔؟]{20,}")
# What surely ends a word; some scripts write no blanks.
_EDGE = re.compile(r"[ \n]|(?<=\w)(?=[。、，！？])|(?<=[。、，！？])(?=\w)")
_LAST_EDGE = re.compile(rf"(?s:.*)(?:{_EDGE.pattern})")
_FAR = 100  # characters of a landmark behind which another is looked for nearby: shorter ones tell of many edits
_LONG_WORD = 8
_REACH = 200  # characters at the end of a passage among which an edge is looked for
_TELLING = 5  # letters of the first of three words: shorter ones are common, and fewer are enough
_STEP = 32  # characters compared at first, and at last one by one

Places = tuple[list[Hashable], list[int]]
Reading = Callable[[str], Places]


def by_sentence(text: str) -> Places:
    """Return the sentences of a text, all but their last mark, and where each begins."""
    found = list(_SENTENCE.finditer(text))
    return [match[0] for match in found], [match.start() for match in found]


def by_three(text: str, telling: int = _TELLING) -> Places:
    """Return each three words in a row, as they stand between blanks, that begin with no short one, and where."""
    chunks = text.split()
    sizes = list(map(len, chunks))
    first = [place for place, size in enumerate(sizes[:-2]) if size >= telling]
    lead = len(text) - len(text.lstrip())
    if lead + sum(sizes) + max(len(chunks) - 1, 0) == len(text.rstrip()):
        before = list(accumulate(sizes, initial=lead))
        starts = [before[place] + place for place in first]
    else:
        spans = list(re.finditer(r"\S+", text))
        starts = [spans[place].start() for place in first]
    return [(chunks[place], chunks[place + 1], chunks[place + 2]) for place in first], starts


def by_long_three(text: str) -> Places:
    """Return those of them that begin with a long word: a few, among which long texts are sooner searched."""
    return by_three(text, _LONG_WORD)


def find_landmarks(old: str, new: str, read: Reading) -> list[Run]:
    """Return what two texts share that is long and in order, in whole words."""
    (olds, old_starts), (news, new_starts) = read(old), read(new)
    runs: list[Run] = []
    reach = 0
    for index, partner in enumerate(partners(olds, news)):
        if partner is None or old_starts[index] < reach:
            continue
        i, j = old_starts[index], new_starts[partner]
        back = min(shared_behind(old, i, new, j), i - reach)
        ahead = shared_ahead(old, i, new, j)
        reach = i + ahead
        run = whole_words(old, new, (i - back, j - back, back + ahead))
        if run[2] >= SHORTEST:
            runs.append(run)
    if len(runs) < 2:
        return runs
    chain = heaviest_chain([run[:2] for run in runs], [length for _, _, length in runs])
    return _apart([runs[index] for index in chain], old, new)


def near_landmarks(old: str, new: str) -> Iterator[Run]:
    """Yield landmarks from the start on while each is long and begins a few words behind the one before.

    So are texts told whose edits are few and small: what is passed over is too short to hold another landmark.
    """
    i = j = 0
    while run := _next_landmark(old, i, new, j):
        yield run
        i, j = run[0] + run[2], run[1] + run[2]


def _next_landmark(old: str, i: int, new: str, j: int) -> Run | None:
    """Return a long landmark that begins just behind two places with what occurs once on each side."""
    start, limit = i, min(i, len(old) - 2 * SHORTEST) + SHORTEST
    while 0 <= start < limit:
        seed = old[start : start + SHORTEST]
        place = new.find(seed, j, j + 2 * SHORTEST)
        if place >= 0:
            run = whole_words(old, new, (start, place, shared_ahead(old, start, new, place)))
            return run if run[2] >= _FAR and old.count(seed) == new.count(seed) == 1 else None
        start = old.find(" ", start + 1)
    return None


def _apart(runs: list[Run], old: str, new: str) -> list[Run]:
    """Return rising runs without what the run before holds already."""
    kept = runs[:1]
    for i, j, length in runs[1:]:
        last, last_new, size = kept[-1]
        cut = max(0, last + size - i, last_new + size - j)
        run = whole_words(old, new, (i + cut, j + cut, length - cut)) if cut else (i, j, length)
        if run[2] >= SHORTEST:
            kept.append(run)
    return kept


def whole_words(old: str, new: str, run: Run) -> Run:
    """Return an equal passage without the words at its edges that go on beyond it on one side."""
    i, j, length = run
    end = i + length
    if not (_is_edge(old, i) and _is_edge(new, j)):
        first = _EDGE.search(old, i, end)
        if first and first.end() == i:  # between two words, but only on this side
            first = _EDGE.search(old, i + 1, end)
        i = first.start() if first else end
    if i < end and not (_is_edge(old, end) and _is_edge(new, j + length)):
        last = _LAST_EDGE.match(old, max(i, end - _REACH), end)
        end = last.end() if last else i
    return i, j + i - run[0], max(0, end - i)


def _is_edge(text: str, place: int) -> bool:
    """Return whether no word stands on both sides of a place."""
    around = text[place - 1 : place + 1]
    if len(around) < 2 or " " in around or "\n" in around:
        return True
    return not around.isascii() and _EDGE.match(text, place) is not None


def shared_ahead(old: str, i: int, new: str, j: int) -> int:
    """Return how many characters are equal from two places on."""
    limit = min(len(old) - i, len(new) - j)
    if limit <= 0 or old[i] != new[j]:
        return 0
    low, step = 0, _STEP
    while old[i + low : i + low + step] == new[j + low : j + low + step]:
        low += step
        if low >= limit:
            return limit
        step *= 2
    while step > _STEP:
        step //= 2
        if old[i + low : i + low + step] == new[j + low : j + low + step]:
            low += step
    return low + _first_difference(old[i + low : i + low + step], new[j + low : j + low + step])


def shared_behind(old: str, i: int, new: str, j: int) -> int:
    """Return how many characters are equal before two places."""
    limit = min(i, j)
    if limit <= 0 or old[i - 1] != new[j - 1]:
        return 0
    low, step = 0, _STEP
    while low < limit and old[i - min(low + step, limit) : i - low] == new[j - min(low + step, limit) : j - low]:
        low += step
        step *= 2
    if low >= limit:
        return limit
    step = min(step, limit - low)
    while step > _STEP:
        half = step // 2
        if old[i - low - half : i - low] == new[j - low - half : j - low]:
            low += half
            step -= half
        else:
            step = half
    return low + _first_difference(old[i - low - step : i - low][::-1], new[j - low - step : j - low][::-1])


def _first_difference(old: str, new: str) -> int:
    """Return how many characters two texts begin with alike; they are not the same to their end."""
    return next(compress(count(), map(ne, old, new)), min(len(old), len(new)))
