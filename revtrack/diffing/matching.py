"""What two stories have in common: equal paragraphs, and runs of equal words in the others, in place or moved.

Paragraphs that are equal are never read further. The words between them are aligned a gap at a time, across paragraph
ends, so that split and merged paragraphs need no rule of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from revtrack.diffing.moves import SHORTEST_PARAGRAPH, Landmarks, find_moves
from revtrack.diffing.paragraphs import Pairing, pair_paragraphs
from revtrack.diffing.reading import Sheet, Texts, Words, read_gap
from revtrack.diffing.sliding import slide
from revtrack.diffing.ties import Group, Tie, cut_at_paragraphs, group, without_strangers
from revtrack.diffing.words import Run, align_words
from revtrack.text import tokens


@dataclass(frozen=True, slots=True)
class Match:
    """All that two stories share.

    `kept` are pairs of equal paragraphs in place; `moved` pairs of paragraphs with the number of their move; `ties`
    what the other paragraphs, and moved ones with edits, have in common; `groups` the paragraphs that ties in place
    make versions of each other.
    """

    texts: Texts
    kept: tuple[tuple[int, int], ...]
    moved: dict[tuple[int, int], int]
    ties: tuple[Tie, ...]
    groups: tuple[Group, ...]


def match(old: Sheet, new: Sheet) -> Match:
    """Find what two stories share."""
    pairing = _pair(old, new)
    gaps = _gaps(pairing, len(old.paragraphs), len(new.paragraphs))
    texts = Texts(old, new, Words(), Words())
    ends = _read(texts, gaps)
    ties: list[Tie] = []
    for (i, j), (i_end, j_end) in pairwise(ends):
        runs = align_words(texts.old_words.numbers[i:i_end], texts.new_words.numbers[j:j_end])
        ties += cut_at_paragraphs(slide([Run(i + run.old, j + run.new, run.length) for run in runs], texts), texts)
    ties = without_strangers(ties, texts, pairing.moved)
    groups = group(ties, texts)
    moves = find_moves(ties, groups, Landmarks.of(pairing.kept, ties, texts), texts, first=len(pairing.moved) + 1)
    moved = {pair: number for number, pair in enumerate(pairing.moved, 1)} | moves.whole
    return Match(texts, pairing.kept, moved, (*ties, *moves.ties), tuple(groups))


def _pair(old: Sheet, new: Sheet) -> Pairing:
    """Pair equal paragraphs; one too short to be worth a move is left to the alignment of words."""
    pairing = pair_paragraphs(old.paragraphs, new.paragraphs, weights=[len(text) + 1 for text in old.paragraphs])
    moved = tuple((i, j) for i, j in pairing.moved if len(tokens(old.paragraphs[i])) >= SHORTEST_PARAGRAPH)
    return Pairing(pairing.kept, moved)


def _gaps(pairing: Pairing, old_size: int, new_size: int) -> list[tuple[list[int], list[int]]]:
    """Return the paragraphs between those kept, a pair of lists for each gap, without those that moved."""
    away = {i for i, _ in pairing.moved}
    come = {j for _, j in pairing.moved}
    fences = [(-1, -1), *pairing.kept, (old_size, new_size)]
    gaps = []
    for (i, j), (i_end, j_end) in pairwise(fences):
        left = [index for index in range(i + 1, i_end) if index not in away]
        right = [index for index in range(j + 1, j_end) if index not in come]
        if left or right:
            gaps.append((left, right))
    return gaps


def _read(texts: Texts, gaps: Sequence[tuple[list[int], list[int]]]) -> list[tuple[int, int]]:
    """Read the words of all gaps; return how many there are on both sides after each gap, beginning with none."""
    vocabulary: dict[str, int] = {}
    ends = [(0, 0)]
    for old, new in gaps:
        read_gap(texts, old, new, vocabulary)
        ends.append((len(texts.old_words), len(texts.new_words)))
    return ends
