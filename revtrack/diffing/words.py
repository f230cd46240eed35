"""Align two sequences of words so that a reader has least to read. Knows nothing of text: words are only told apart.

The reader's cost of an alignment is one for each word deleted or inserted and `HUNK` for each run of change. A kept run
under three words between two changes costs more attention than it saves, so kept runs have three words or more: every
one is then a chain of equal triples of words, which are rare enough to search all of them.

Triples that occur once on each side form runs, and the heaviest chain of these is most of what is kept. A run of it
that saves more than all that is off the chain could save stands in every best alignment: what is left to search is
between such runs, mostly a few words. There the cheapest chain is found exactly (`revtrack.diffing.chains`). In long
texts a long enough run of the heaviest chain is kept without that proof. Where triples repeat too much (tables,
refrains, hostile pages) a short stretch is aligned word by word, and of a long one no more is kept than such runs. The
work is bounded by the length of the input, never by a clock.
"""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from diff_match_patch import diff_match_patch

from revtrack.diffing.chains import SHORTEST, Triples, cheapest_chain
from revtrack.diffing.runs import Run, equal_ends, heaviest_chain, join_runs

_PATIENCE = 3  # equal triples looked at for each word, at most
_MOST_PAIRS = 20_000  # and in all
_FEW = 30  # pairs of equal triples that are searched at once
_DEEPEST = 8  # times that a stretch is cut at anchors
_LONG = 1500  # words of both sides from which on a stretch is long
_LANDMARK = 6  # triples of a run that is kept without proof in a long stretch
_REPETITIVE = 100  # words in a stretch given to diff-match-patch, at most
_CLOSELY = 200  # and in two versions of a passage that are looked at closely, at most
_PRIVATE_USE = 0xF0000  # code points without meaning, enough for all words of a short stretch


def align_words(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Return the runs of words to keep, rising on both sides, at the least cost for a reader."""
    return join_runs(_align(old, new, _DEEPEST))


def _align(old: Sequence[Hashable], new: Sequence[Hashable], depth: int) -> list[Run]:
    """Keep equal ends, which no better alignment can gain from changing, and align what is between them."""
    head, tail = equal_ends(old, new)
    runs = [Run(0, 0, head)] if head else []
    old_end, new_end = len(old) - tail, len(new) - tail
    if min(old_end, new_end) - head >= SHORTEST:
        middle = _align_middle(old[head:old_end], new[head:new_end], depth)
        runs += [Run(i + head, j + head, length) for i, j, length in middle] if head else middle
    if tail:
        runs.append(Run(old_end, new_end, tail))
    return runs


def _align_middle(old: Sequence[Hashable], new: Sequence[Hashable], depth: int) -> list[Run]:
    """Align what begins and ends differently, by the best method that the input's length allows."""
    triples = Triples.of(old, new)
    if not triples.rows:
        return []
    if len(triples.rows) <= _FEW and triples.pairs() <= _FEW:
        return cheapest_chain(triples)
    chain = _unique_chain(triples)
    anchors = _anchors(chain, long=len(old) + len(new) > _LONG)
    if anchors and depth:
        return _align_between(anchors, old, new, depth - 1)
    if triples.pairs() <= min(_PATIENCE * (len(old) + len(new)), _MOST_PAIRS):
        return cheapest_chain(triples)
    anchors = [Run(*stretch.run) for stretch in chain.stretches]
    if anchors and depth:
        return [run for run in join_runs(_align_between(anchors, old, new, depth - 1)) if run.length >= SHORTEST]
    return _align_repetitive(old, new)


def _align_between(anchors: Sequence[Run], old: Sequence[Hashable], new: Sequence[Hashable], depth: int) -> list[Run]:
    """Keep runs, and align what is between them."""
    runs: list[Run] = []
    i = j = 0
    for anchor in [*anchors, Run(len(old), len(new), 0)]:
        if anchor.old < i or anchor.new < j:
            continue
        between = _align(old[i : anchor.old], new[j : anchor.new], depth)
        runs += [Run(i + run.old, j + run.new, run.length) for run in between]
        if anchor.length:
            runs.append(anchor)
        i, j = anchor.old + anchor.length, anchor.new + anchor.length
    return runs


class _Stretch(NamedTuple):
    """Triples in a row that occur once on each side: words they hold together, and how many others lie among them."""

    run: Run
    others: int


class _Chain(NamedTuple):
    """The heaviest chain of stretches, and what other triples could save at most beyond it."""

    stretches: list[_Stretch]
    slack: int


def _unique_chain(triples: Triples) -> _Chain:
    """Return the longest chain of triples that occur once on each side."""
    stretches, most = _stretches(triples)
    weights = [2 * stretch.run.length - SHORTEST for stretch in stretches]
    chosen = [stretches[index] for index in heaviest_chain([s.run[:2] for s in stretches], weights)]
    kept: list[_Stretch] = []
    saved = 0
    for stretch in chosen:
        i, j, length = stretch.run
        if kept:
            last = kept[-1].run
            cut = max(0, last.old + last.length - i, last.new + last.length - j)
            if cut > length - SHORTEST:
                continue
            stretch = _Stretch(Run(i + cut, j + cut, length - cut), stretch.others)  # noqa: PLW2901 - cut to fit
        kept.append(stretch)
        saved += 2 * stretch.run.length - SHORTEST
    return _Chain(kept, most - saved)


def _stretches(triples: Triples) -> tuple[list[_Stretch], int]:
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
                stretches.append(_Stretch(Run(start, start + shift, end - start + SHORTEST - 1), others))
            start, shift, others = i, j - i, 0
        end = i + 1
    if start >= 0:
        stretches.append(_Stretch(Run(start, start + shift, end - start + SHORTEST - 1), others))
    most = sum(2 * stretch.run.length - SHORTEST - 2 * stretch.others for stretch in stretches)
    return stretches, most + SHORTEST * repeated


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
            anchors.append(Run(i + edge, j + edge, length - 2 * edge))
    return anchors


def align_closely(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Return what two versions of a passage share, runs of two words included; nothing if they are long."""
    if len(old) + len(new) > _CLOSELY:
        return []
    return [run for run in _match_patch(old, new) if run.length >= SHORTEST - 1]


def _align_repetitive(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Align a short stretch of words that repeat; give up a long one."""
    if len(old) + len(new) > _REPETITIVE:
        return []
    return [run for run in _match_patch(old, new) if run.length >= SHORTEST]


def _match_patch(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Return the runs that diff-match-patch keeps, each word as one code point, without a time limit."""
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
            runs.append(Run(i, j, len(text)))
        i += len(text) if op != engine.DIFF_INSERT else 0
        j += len(text) if op != engine.DIFF_DELETE else 0
    return runs
