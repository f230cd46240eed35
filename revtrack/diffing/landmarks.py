"""Long passages that two texts share, found by comparing characters. Reads no word and keeps words whole.

A sentence that occurs once on each side, or three words in a row that do, is a seed: what is equal around it is a
landmark if it is long enough. Those of the heaviest chain stay in place.
"""

import re
from collections.abc import Callable, Hashable
from itertools import accumulate, compress

from revtrack.diffing.runs import Run, heaviest_chain, partners

SHORTEST = 40
"""Characters of a landmark: some seven words."""
_SENTENCE = re.compile(r"[^.!?\n。！？]{20,}")
# What surely ends a word; some scripts write no blanks.
_EDGE = re.compile(r"[ \n]|(?<=\w)(?=[。、，！？])|(?<=[。、，！？])(?=\w)")
_REACH = 200  # characters at the end of a passage among which an edge is looked for
_TELLING = 5  # letters of the first of three words: shorter ones are common, and fewer are enough
_STEP = 32  # characters compared at first

Places = tuple[list[Hashable], list[int]]
Reading = Callable[[str], Places]


def by_sentence(text: str) -> Places:
    """Return the sentences of a text, all but their last mark, and where each begins."""
    found = list(_SENTENCE.finditer(text))
    return [match[0] for match in found], [match.start() for match in found]


def by_three(text: str) -> Places:
    """Return each three words in a row, as they stand between blanks, that begin with no short one, and where."""
    chunks = text.split()
    lead = len(text) - len(text.lstrip())
    starts = list(accumulate([len(chunk) + 1 for chunk in chunks], initial=lead))
    if starts[-1] - 1 != len(text.rstrip()):
        starts = [match.start() for match in re.finditer(r"\S+", text)]
    threes = zip(chunks, chunks[1:], chunks[2:], strict=False)
    telling = [len(chunk) >= _TELLING for chunk in chunks]
    return list(compress(threes, telling)), list(compress(starts, telling))


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
        run = whole_words(old, new, Run(i - back, j - back, back + ahead))
        if run.length >= SHORTEST:
            runs.append(run)
    if len(runs) < 2:
        return runs
    chain = heaviest_chain([run[:2] for run in runs], [run.length for run in runs])
    return _apart([runs[index] for index in chain], old, new)


def _apart(runs: list[Run], old: str, new: str) -> list[Run]:
    """Return rising runs without what the run before holds already."""
    kept = runs[:1]
    for run in runs[1:]:
        i, j, length = kept[-1]
        cut = max(0, i + length - run.old, j + length - run.new)
        if cut:
            run = whole_words(old, new, Run(run.old + cut, run.new + cut, run.length - cut))  # noqa: PLW2901 - cut to fit
        if run.length >= SHORTEST:
            kept.append(run)
    return kept


def whole_words(old: str, new: str, run: Run) -> Run:
    """Return an equal passage without the words at its edges that go on beyond it on one side."""
    i, j, length = run
    end = i + length
    if not (_is_edge(old, i) and _is_edge(new, j)):
        i = next((found.start() for found in _EDGE.finditer(old, i, end) if found.start() > i or found[0]), end)
    if i < end and not (_is_edge(old, end) and _is_edge(new, j + length)):
        end = max((found.end() for found in _EDGE.finditer(old, max(i, end - _REACH), end)), default=i)
    return Run(i, j + i - run.old, max(0, end - i))


def _is_edge(text: str, place: int) -> bool:
    """Return whether no word stands on both sides of a place."""
    if place in {0, len(text)} or text[place - 1] in " \n" or text[place] in " \n":
        return True
    return not text[place - 1 : place + 1].isascii() and _EDGE.match(text, place) is not None


def shared_ahead(old: str, i: int, new: str, j: int) -> int:
    """Return how many characters are equal from two places on."""
    limit = min(len(old) - i, len(new) - j)
    if limit <= 0 or old[i] != new[j]:
        return 0
    return _extent(limit, lambda low, high: old.startswith(new[j + low : j + high], i + low))


def shared_behind(old: str, i: int, new: str, j: int) -> int:
    """Return how many characters are equal before two places."""
    limit = min(i, j)
    if limit <= 0 or old[i - 1] != new[j - 1]:
        return 0
    return _extent(limit, lambda low, high: old.endswith(new[j - high : j - low], 0, i - low))


def _extent(limit: int, is_same: Callable[[int, int], bool]) -> int:
    """Return how far something is the same, up to a limit: by ever longer steps, then by halving the last one.

    `is_same` is asked whether it is from one distance to another, the first being one up to which it is.
    """
    low, step = 0, _STEP
    while low < limit and is_same(low, min(low + step, limit)):
        low += step
        step *= 2
    if low >= limit:
        return limit
    high = min(low + step, limit)
    while low < high:
        middle = (low + high + 1) // 2
        if is_same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low
