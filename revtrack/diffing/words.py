"""Align two sequences of words so that a reader has least to read. Knows nothing of text: words are only told apart.

The reader's cost of an alignment is one for each word deleted or inserted and `HUNK` for each run of change. A kept run
under three words between two changes costs more attention than it saves, so kept runs have three words or more: every
one is then a chain of equal triples of words, which are rare enough to search all of them.

Triples that occur once on each side form runs, and the heaviest chain of these is most of what is kept. A run of it
that saves more than all that is off the chain could save stands in every best alignment: what is left to search is
between such runs, mostly a few words. There the cheapest chain is found exactly (`revtrack.diffing.chains`). In long
texts a long enough run of the heaviest chain is kept without that proof. Where triples repeat too much (tables,
refrains, hostile pages) a short stretch is searched all the same, a longer one aligned between such runs, one that has
none by diff-match-patch unless it is long. The work is bounded by the length of the input, never by a clock.
"""

from collections.abc import Hashable, Sequence
from functools import partial
from typing import NamedTuple

from revtrack.diffing.chains import HUNK, Grams, cheapest_chain
from revtrack.diffing.runs import Run, equal_ends, fill, heaviest_chain, join_runs

SHORTEST = 3
"""Words in a kept run between two changes."""
_GAIN = 2 * SHORTEST - HUNK  # what a kept run saves at least
_PATIENCE = 3  # equal triples looked at for each word, at most
_MOST_PAIRS = 20_000  # and in all
_FEW = 30  # pairs of equal triples that are searched at once
_DEEPEST = 8  # times that a stretch is cut at anchors
_LONG = 1500  # words of both sides from which on a stretch is long
_LANDMARK = 6  # triples of a run that is kept without proof in a long stretch
_SHORT = 100  # words in a stretch that is searched exactly however much they repeat, at most
_REPETITIVE = 150  # words in a stretch without a telling triple given to diff-match-patch, at most
_CLOSELY = 200  # words in two versions of a passage that are looked at closely, at most
_PRIVATE_USE = 0xF0000  # code points without meaning, enough for all words of a repetitive stretch


def align_words(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Return the runs of words to keep, rising on both sides, at the least cost for a reader."""
    return join_runs(_align(old, new, depth=_DEEPEST))


def _align(old: Sequence[Hashable], new: Sequence[Hashable], *, depth: int) -> list[Run]:
    """Keep equal ends, which no better alignment can gain from changing, and align what is between them."""
    head, tail = equal_ends(old, new)
    runs: list[Run] = [(0, 0, head)] if head else []
    old_end, new_end = len(old) - tail, len(new) - tail
    if min(old_end, new_end) - head >= SHORTEST:
        middle = _align_middle(old[head:old_end], new[head:new_end], depth)
        runs += [(i + head, j + head, length) for i, j, length in middle] if head else middle
    if tail:
        runs.append((old_end, new_end, tail))
    return runs


def _align_middle(old: Sequence[Hashable], new: Sequence[Hashable], depth: int) -> list[Run]:
    """Align what begins and ends differently, by the best method that the input's length allows."""
    triples = Grams.of(old, new, SHORTEST)
    if not triples.rows:
        return []
    if len(triples.rows) <= _FEW and triples.pairs() <= _FEW:
        return cheapest_chain(triples)
    deeper = partial(_align, depth=depth - 1)
    chain = _unique_chain(triples)
    anchors = _anchors(chain, long=len(old) + len(new) > _LONG)
    if anchors and depth:
        return fill(anchors, old, new, deeper)
    if len(old) + len(new) <= _SHORT or triples.pairs() <= min(_PATIENCE * (len(old) + len(new)), _MOST_PAIRS):
        return cheapest_chain(triples)
    anchors = [stretch.run for stretch in chain.stretches] if depth else []
    runs = join_runs(fill(anchors, old, new, deeper)) if anchors else _align_repetitive(old, new)
    return [run for run in runs if run[2] >= SHORTEST]


class _Stretch(NamedTuple):
    """Triples in a row that occur once on each side: words they hold together, and how many others lie among them."""

    run: Run
    others: int


class _Chain(NamedTuple):
    """The heaviest chain of stretches, and what other triples could save at most beyond it."""

    stretches: list[_Stretch]
    slack: int


def _unique_chain(triples: Grams) -> _Chain:
    """Return the longest chain of triples that occur once on each side."""
    stretches, most = _stretches(triples)
    weights = [2 * run[2] - HUNK for run, _ in stretches]
    chosen = [stretches[index] for index in heaviest_chain([run[:2] for run, _ in stretches], weights)]
    kept: list[_Stretch] = []
    saved = 0
    for stretch in chosen:
        i, j, length = stretch.run
        if kept:
            last, last_new, size = kept[-1].run
            cut = max(0, last + size - i, last_new + size - j)
            if cut > length - SHORTEST:
                continue
            stretch = _Stretch((i + cut, j + cut, length - cut), stretch.others)  # noqa: PLW2901 - cut to fit
        kept.append(stretch)
        saved += 2 * stretch.run[2] - HUNK
    return _Chain(kept, most - saved)


def _stretches(triples: Grams) -> tuple[list[_Stretch], int]:
    """Return the unique triples as stretches, and the most that any alignment could save."""
    places = triples.unique()
    stretches: list[_Stretch] = []
    repeated = sum(1 for i in triples.rows if i not in places)
    start = end = shift = -1
    others = 0
    for i, j in places.items():
        if j - i == shift and (i == end or triples.equal(end, i, shift)):
            others += i - end
        else:
            if start >= 0:
                stretches.append(_Stretch((start, start + shift, end - start + SHORTEST - 1), others))
            start, shift, others = i, j - i, 0
        end = i + 1
    if start >= 0:
        stretches.append(_Stretch((start, start + shift, end - start + SHORTEST - 1), others))
    most = sum(2 * run[2] - HUNK - 2 * others for run, others in stretches)
    return stretches, most + _GAIN * repeated


def _anchors(chain: _Chain, *, long: bool) -> list[Run]:
    """Return the inner parts of those stretches of a chain that stand in every best alignment, or, in long texts, most.

    An alignment without some of the triples of a stretch saves at least two less for each of them than the most there
    is; more than half the slack of them it cannot do without.
    """
    anchors = []
    for (i, j, length), others in chain.stretches:
        triples = length - SHORTEST + 1
        edge = chain.slack // 2 + 1 + others
        if 2 * edge > triples and long and triples - others >= _LANDMARK:
            edge = 1
        if 2 * edge <= triples - 1:
            anchors.append((i + edge, j + edge, length - 2 * edge))
    return anchors


def align_closely(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Return what two versions of a passage share, runs of two words included; nothing if they are long."""
    if len(old) + len(new) > _CLOSELY:
        return []
    return cheapest_chain(Grams.of(old, new, SHORTEST - 1))


def _align_repetitive(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Return what diff-match-patch keeps of a stretch of words, each as one code point; of a long one nothing.

    It is given no time limit, so that the same words are aligned in the same way on every machine.
    """
    if len(old) + len(new) > _REPETITIVE:
        return []
    from diff_match_patch import diff_match_patch  # noqa: PLC0415 - few texts need it

    letters: dict[Hashable, str] = {}
    for word in (*old, *new):
        letters.setdefault(word, chr(_PRIVATE_USE + len(letters)))
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    texts = ("".join(letters[word] for word in side) for side in (old, new))
    runs = []
    i = j = 0
    for op, text in engine.diff_main(*texts, checklines=False):
        if op == engine.DIFF_EQUAL:
            runs.append((i, j, len(text)))
        i += len(text) if op != engine.DIFF_INSERT else 0
        j += len(text) if op != engine.DIFF_DELETE else 0
    return runs
