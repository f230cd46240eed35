"""What two stories have in common: equal paragraphs, and runs of equal words in the others, in place or moved.

Paragraphs that are equal are never read further. The words between them are aligned a gap at a time, across paragraph
ends, so that split and merged paragraphs need no rule of their own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from revtrack.diffing.free import SHORTEST_PARAGRAPH
from revtrack.diffing.gaps import Gap, find_gaps, read_gap
from revtrack.diffing.moves import Landmarks, find_moves
from revtrack.diffing.paragraphs import Pairing, pair_paragraphs
from revtrack.diffing.reading import Sheet, Texts, Vocabulary, Words
from revtrack.diffing.runs import Run
from revtrack.diffing.sliding import slide
from revtrack.diffing.ties import Group, Tie, cut_at_paragraphs, group, without_strangers
from revtrack.diffing.words import align_words
from revtrack.text import tokens


@dataclass(frozen=True, slots=True)
class Match:
    """All that two stories share.

    `kept` are runs of equal paragraphs in place; `moved` pairs of paragraphs with the number of their move; `ties`
    what the other paragraphs, and moved ones with edits, have in common; `groups` the paragraphs that ties in place
    make versions of each other.
    """

    texts: Texts
    kept: tuple[Run, ...]
    moved: dict[tuple[int, int], int]
    ties: tuple[Tie, ...]
    groups: tuple[Group, ...]


def match(old: Sheet, new: Sheet) -> Match:
    """Find what two stories share: the same whichever of them is the older."""
    if (len(old.text), old.text, old.starts) <= (len(new.text), new.text, new.starts):
        return _match(old, new)
    return _turned(_match(new, old))


def _turned(found: Match) -> Match:
    """Return a match with its sides changed."""
    old, new, old_words, new_words = found.texts
    return Match(
        Texts(new, old, new_words, old_words),
        tuple(Run(j, i, length) for i, j, length in found.kept),
        {(j, i): number for (i, j), number in found.moved.items()},
        tuple(Tie(j, i, length, right, left, move) for i, j, length, left, right, move in found.ties),
        tuple(Group(right, left) for left, right in found.groups),
    )


def _match(old: Sheet, new: Sheet) -> Match:
    pairing = _pair(old, new)
    texts = Texts(old, new, Words(old), Words(new))
    ties = without_strangers(list(_tie(find_gaps(pairing, old, new), texts)), texts, pairing.moved)
    groups = group(ties)
    moves = find_moves(ties, groups, Landmarks(pairing.kept, ties, texts), texts, first=len(pairing.moved) + 1)
    moved = {pair: number for number, pair in enumerate(pairing.moved, 1)} | moves.whole
    return Match(texts, pairing.kept, moved, (*ties, *moves.ties), tuple(groups))


def _pair(old: Sheet, new: Sheet) -> Pairing:
    """Pair equal paragraphs; one too short to be worth a move is left to the alignment of words."""
    pairing = pair_paragraphs(old.paragraphs, new.paragraphs)
    moved = tuple((i, j) for i, j in pairing.moved if _words_in(old.paragraphs[i]) >= SHORTEST_PARAGRAPH)
    return Pairing(pairing.kept, moved)


def _words_in(text: str) -> int:
    """Return how many words a text has, at least: those between blanks, where these are enough."""
    return len(text.split()) if len(text) > 80 else len(tokens(text))


def _tie(gaps: Iterable[Gap], texts: Texts) -> Iterator[Tie]:
    """Read the words of all gaps; yield the ties of each."""
    old, new = texts.old_words, texts.new_words
    vocabulary = Vocabulary()
    gaps = list(gaps)
    if not any(gap.old for gap in gaps) or not any(gap.new for gap in gaps):
        return  # nothing but additions or nothing but deletions: there is nothing to read
    for gap in gaps:
        i, j = len(old), len(new)
        read_gap(texts, gap, vocabulary)
        if gap.old and gap.new:
            runs = align_words(old.numbers[i:], new.numbers[j:])
            runs = slide([Run(i + a, j + b, length) for a, b, length in runs], texts)
            yield from cut_at_paragraphs(runs, texts)
