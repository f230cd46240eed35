"""Find what has moved among the words that stayed without a partner. Decides nothing about what stays in place.

A move crosses something that stays; what crosses nothing is no move. Whole paragraphs first, then whole sentences, both
also when they were edited on the way, then other long runs of words.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

from revtrack.diffing.free import (
    SHORTEST_PARAGRAPH,
    SHORTEST_SENTENCE,
    FreeText,
    FreeWords,
    Unit,
    free_texts,
    shared_rows,
    shared_texts,
)
from revtrack.diffing.gaps import Gap
from revtrack.diffing.reading import Texts, passages
from revtrack.diffing.runs import Run, in_a_row
from revtrack.diffing.ties import Group, Tie
from revtrack.diffing.words import align_closely, align_words

_SHORTEST_RUN = 8
_SEED = 5  # equal words that make a run worth looking at
_ALIKE = 0.45  # of the words of both sides must be shared by an edited paragraph or sentence
_KEPT_OF_PARAGRAPH = 0.2  # of them must stand in runs that are kept
_KEPT_OF_SENTENCE = 0.35  # of which fewer are but scraps among other words
_ROUNDS = 3  # times that paragraphs are paired, as another may have taken the best partner of one
_COMMON = 8  # a pair of words in more units than these tells nothing
_MOST_FREE = 400_000  # characters without a partner among which moves are looked for: no article has so many


class Moves(NamedTuple):
    """What moved: pairs of paragraphs that moved as a whole, with their move's number, and the ties of all moves."""

    whole: dict[tuple[int, int], int]
    ties: list[Tie]


class InPlace:
    """Where what stays in place begins, in characters of both sides, rising on both."""

    def __init__(self, kept: Sequence[Run], ties: Sequence[Tie], texts: Texts) -> None:
        self._kept, self._ties, self._texts = kept, ties, texts

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        """Collect the starts of runs of kept paragraphs, but for blank ones, and of ties, once they are asked for."""
        old, new = self._texts
        pairs = [
            (old.starts[i], new.starts[j])
            for i, j, length in self._kept
            if any(text.strip() for text in old.paragraphs[i : i + length])
        ]
        pairs += [tie[:2] for tie in self._ties]
        pairs.sort()
        return [a for a, _ in pairs], [b for _, b in pairs]

    def crossed(self, old: int, new: int) -> bool:
        """Return whether what stood at `old` and stands at `new` has passed something that stays."""
        olds, news = self._places
        return bisect_left(olds, old) != bisect_left(news, new)


def find_moves(
    ties: Sequence[Tie], groups: Sequence[Group], in_place: InPlace, texts: Texts, gaps: Sequence[Gap], *, first: int
) -> Moves:
    """Find the moves among words of the gaps that are in no tie, and number them from `first`."""
    free = _shared_texts(ties, texts, gaps)
    if free is None:
        return Moves({}, [])
    search = _Search(FreeWords(texts.old, free[0]), FreeWords(texts.new, free[1]), in_place, first)
    if not search.worthwhile():
        return Moves({}, [])
    old_bound = {i for group in groups for i in range(*group.old)}
    new_bound = {j for group in groups for j in range(*group.new)}
    whole = search.match_paragraphs(search.old.paragraphs(old_bound), search.new.paragraphs(new_bound))
    search.match_units(search.old.sentences(), search.new.sentences(), _KEPT_OF_SENTENCE, least=SHORTEST_SENTENCE)
    search.match_runs()
    ties, numbers = _joined(search.found, {move for _, _, move in whole}, texts, first)
    moved = {
        (search.old.paragraph_of(left), search.new.paragraph_of(right)): numbers[move] for left, right, move in whole
    }
    return Moves(moved, ties)


def _shared_texts(
    ties: Sequence[Tie], texts: Texts, gaps: Sequence[Gap]
) -> tuple[list[FreeText], list[FreeText]] | None:
    """Return what is free on both sides and may have moved; None if there is nothing or too much to look at."""
    olds, news = [i for gap in gaps for i in gap.old], [j for gap in gaps for j in gap.new]
    if not olds or not news:
        return None
    left = free_texts(texts.old, olds, ((tie.old, tie.old_end) for tie in ties))
    right = free_texts(texts.new, news, ((tie.new, tie.new_end) for tie in ties)) if left else []
    size = min(sum(text.end - text.start for text in side) for side in (left, right))
    return shared_texts(texts.old, left, texts.new, right) if 0 < size <= _MOST_FREE else None


def _joined(ties: Sequence[Tie], whole: set[int], texts: Texts, first: int) -> tuple[list[Tie], dict[int, int]]:
    """Make passages that moved side by side one move; return the ties, and the numbers of moves, anew from `first`."""
    leader: dict[int, int] = {}
    joined: list[Tie] = []
    for tie in sorted(ties):
        leader.setdefault(tie.move, tie.move)
        if joined and tie.move not in whole and joined[-1].move not in whole:
            last = joined[-1]
            between = texts.old.text[last.old_end : tie.old]
            if last[3:5] == tie[3:5] and not between.strip() and between == texts.new.text[last.new_end : tie.new]:
                leader[tie.move] = leader[last.move]
                joined[-1] = last._replace(length=tie.old_end - last.old)
                continue
        joined.append(tie)
    numbers = {move: first + place for place, move in enumerate(sorted(set(leader.values())))}
    renumbered = {move: numbers[leading] for move, leading in leader.items()}
    return [tie._replace(move=renumbered[tie.move]) for tie in joined], renumbered


class _Search:
    """The words still free on both sides, and the moves found so far."""

    def __init__(self, old: FreeWords, new: FreeWords, in_place: InPlace, first: int) -> None:
        self.old, self.new = old, new
        self.in_place = in_place
        self.found: list[Tie] = []
        self.next = first

    def worthwhile(self) -> bool:
        """Return whether both sides have three free words in a row in common, as every move has."""
        if not len(self.old) or not len(self.new):
            return False
        self.old.telling = self.new.telling = shared_rows(self.old, self.new, 3, places=_COMMON)
        return bool(self.old.telling)

    def match_paragraphs(self, olds: Sequence[Unit], news: Sequence[Unit]) -> list[tuple[Unit, Unit, int]]:
        """Move whole paragraphs that are alike; those whose best partner another took are paired again."""
        moved: list[tuple[Unit, Unit, int]] = []
        for _ in range(_ROUNDS):
            found = self.match_units(olds, news, _KEPT_OF_PARAGRAPH, least=SHORTEST_PARAGRAPH)
            if not found:
                break
            moved += found
            olds = [unit for unit in olds if self.old.is_free(unit)]
            news = [unit for unit in news if self.new.is_free(unit)]
        return moved

    def match_units(
        self, olds: Sequence[Unit], news: Sequence[Unit], share: float, *, least: int
    ) -> list[tuple[Unit, Unit, int]]:
        """Move units that are alike, the most alike first; return them with the numbers of their moves.

        This share of the words of the longer must be kept, and so many at `least`.
        """
        moved = []
        for left, right in _alike(olds, news, self.old.words.compared, self.new.words.compared):
            if not self._can_move(left, right):
                continue
            before, after = self.old.words.compared[slice(*left)], self.new.words.compared[slice(*right)]
            runs = _align(before, after, max(least, share * max(len(before), len(after))))
            if runs:
                moved.append((left, right, self.next))
                self._move([(left.start + i, right.start + j, length) for i, j, length in runs], left, right)
        return moved

    def match_runs(self) -> None:
        """Move the long runs of equal words that are left, the longest first."""
        for i, j, length in _runs(self.old, self.new):
            left, right = Unit(i, i + length), Unit(j, j + length)
            if self.old.is_long(left, _SHORTEST_RUN) and self._can_move(left, right):
                self._move([(i, j, length)], left, right)

    def _can_move(self, left: Unit, right: Unit) -> bool:
        if not self.old.is_free(left) or not self.new.is_free(right):
            return False
        return self.in_place.crossed(self.old.words.starts[left.start], self.new.words.starts[right.start])

    def _move(self, runs: Sequence[Run], left: Unit, right: Unit) -> None:
        i, j = self.old.paragraph_of(left), self.new.paragraph_of(right)
        texts = self.old.sheet.text, self.new.sheet.text
        for run in runs:
            found = passages(run, self.old.words, self.new.words, texts)
            self.found += [Tie(*passage, i, j, self.next) for passage in found]
        self.next += 1
        self.old.take(left)
        self.new.take(right)


def _alike(olds: Sequence[Unit], news: Sequence[Unit], old: list[str], new: list[str]) -> list[tuple[Unit, Unit]]:
    """Pair each old unit with the new one that shares most pairs of words with it; the best pairs first."""
    holders: dict[tuple[str, str], list[int]] = {}
    sizes = [unit.end - unit.start for unit in news]
    for number, unit in enumerate(news if olds else ()):
        for pair in set(pairwise(new[unit.start : unit.end])):
            holders.setdefault(pair, []).append(number)
    scored = []
    for number, unit in enumerate(olds if news else ()):
        pairs = set(pairwise(old[unit.start : unit.end]))
        votes = Counter(chain.from_iterable(found for pair in pairs if len(found := holders.get(pair, ())) <= _COMMON))
        if not votes:
            continue
        best = max(votes, key=lambda candidate: (votes[candidate] / (len(pairs) + sizes[candidate]), -candidate))
        share = _shared(old[unit.start : unit.end], new[news[best].start : news[best].end])
        if share >= _ALIKE:
            scored.append((share, number, best))
    scored.sort(key=lambda entry: (-entry[0], entry[1]))
    return [(olds[number], news[best]) for _, number, best in scored]


def _shared(old: list[str], new: list[str]) -> float:
    """Return the share of the words of both that the other has too, 0 to 1, whatever their order."""
    return 2 * (Counter(old) & Counter(new)).total() / (len(old) + len(new))


def _align(old: list[str], new: list[str], least: float) -> list[Run]:
    """Return what two passages that are alike keep; nothing if it is too little to show one as the other."""
    runs = align_words(old, new)
    if _size(runs) < least:
        runs = align_closely(old, new)
    return runs if _size(runs) >= least else []


def _size(runs: Sequence[Run]) -> int:
    """Return how many words some runs keep."""
    return sum(length for _, _, length in runs)


def _runs(old: FreeWords, new: FreeWords) -> list[Run]:
    """Return runs of equal free words around seeds that stand in one place on each side, longest first."""
    shared = shared_rows(old, new, _SEED, places=1)
    places = {seed: (j, row) for row, seeds in _seeds(new, shared) for j, seed in seeds if seed in shared}
    runs = []
    reach = 0
    for left, seeds in _seeds(old, shared):
        for i, seed in seeds:
            if i < reach or seed not in places:
                continue
            j, right = places[seed]
            low, high = 0, _SEED
            while (
                i + low > left.start
                and j + low > right.start
                and old.words.compared[i + low - 1] == new.words.compared[j + low - 1]
            ):
                low -= 1
            while (
                i + high < left.end
                and j + high < right.end
                and old.words.compared[i + high] == new.words.compared[j + high]
            ):
                high += 1
            reach = i + high
            if high - low >= _SHORTEST_RUN:
                runs.append((i + low, j + low, high - low))
    return sorted(runs, key=lambda run: -run[2])


def _seeds(
    side: FreeWords, shared: set[tuple[str, ...]]
) -> Iterator[tuple[Unit, Iterator[tuple[int, tuple[str, ...]]]]]:
    """Yield the rows of free words with a seed that both sides have, and each few words of them with their place."""
    for row, _ in side.rows() if shared else ():
        numbers = side.words.compared[row.start : row.end]
        if len(numbers) >= _SHORTEST_RUN and not shared.isdisjoint(in_a_row(numbers, _SEED)):
            yield row, enumerate(in_a_row(numbers, _SEED), row.start)
