"""What two stories have in common: equal paragraphs, and runs of equal words in the others, in place or moved.

Paragraphs that are equal are never read further. The words between them are aligned a gap at a time, across paragraph
ends, so that split and merged paragraphs need no rule of their own.
"""

from collections.abc import Iterable
from typing import NamedTuple

from revtrack.diffing.free import SHORTEST_PARAGRAPH
from revtrack.diffing.gaps import Gap, find_gaps
from revtrack.diffing.moves import InPlace, find_moves
from revtrack.diffing.paragraphs import Pairing, pair_paragraphs
from revtrack.diffing.reading import Excerpt, Sheet, Texts, is_one_word
from revtrack.diffing.runs import Run, join_runs
from revtrack.diffing.sliding import slide, with_ends, with_whole_numbers
from revtrack.diffing.texts import align_texts
from revtrack.diffing.ties import Group, Tie, cut_at_paragraphs, group, without_strangers
from revtrack.text import tokens


class Match(NamedTuple):
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
    return Match(
        Texts(found.texts.new, found.texts.old),
        tuple((j, i, length) for i, j, length in found.kept),
        {(j, i): number for (i, j), number in found.moved.items()},
        tuple(Tie(j, i, length, right, left, move) for i, j, length, left, right, move in found.ties),
        tuple(Group(right, left) for left, right in found.groups),
    )


def _match(old: Sheet, new: Sheet) -> Match:
    pairing = _pair(old, new)
    texts = Texts(old, new)
    gaps = list(find_gaps(pairing, old, new))
    ties = without_strangers([tie for gap in gaps for tie in _tie(gap, texts)], texts, pairing.moved)
    groups = group(ties)
    same = {pair for pair in map(_only_pair, groups) if pair and old.paragraphs[pair[0]] == new.paragraphs[pair[1]]}
    if same:
        pairing = _with_kept(pairing, same)
        gaps = list(find_gaps(pairing, old, new))
        ties = [tie for tie in ties if tie[3:5] not in same]
        groups = [part for part in groups if _only_pair(part) not in same]
    moves = find_moves(ties, groups, InPlace(pairing.kept, ties, texts), texts, gaps, first=len(pairing.moved) + 1)
    moved = {pair: number for number, pair in enumerate(pairing.moved, 1)} | moves.whole
    return Match(texts, pairing.kept, moved, (*ties, *moves.ties), tuple(groups))


def _only_pair(part: Group) -> tuple[int, int] | None:
    """Return the two paragraphs that a group holds; None if it holds more."""
    (i, i_end), (j, j_end) = part
    return (i, j) if i_end - i == j_end - j == 1 else None


def _with_kept(pairing: Pairing, pairs: Iterable[tuple[int, int]]) -> Pairing:
    """Return a pairing that keeps some more pairs of equal paragraphs in place: those found by their words."""
    return Pairing(tuple(join_runs(sorted([*pairing.kept, *((i, j, 1) for i, j in pairs)]))), pairing.moved)


def _pair(old: Sheet, new: Sheet) -> Pairing:
    """Pair equal paragraphs; one too short to be worth a move is left to the alignment of words."""
    pairing = pair_paragraphs(old.paragraphs, new.paragraphs)
    moved = tuple((i, j) for i, j in pairing.moved if _words_in(old.paragraphs[i]) >= SHORTEST_PARAGRAPH)
    return Pairing(pairing.kept, moved)


def _words_in(text: str) -> int:
    """Return how many words a text has, at least: those between blanks, where these are enough."""
    return len(text.split()) if len(text) > 80 else len(tokens(text))


def _tie(gap: Gap, texts: Texts) -> Iterable[Tie]:
    """Return the ties of a gap."""
    if not gap.old or not gap.new or (len(gap.old) == len(gap.new) == 1 and _are_other_words(gap, texts)):
        return ()
    old, new = Excerpt.of(texts.old, gap.old), Excerpt.of(texts.new, gap.new)
    runs = with_ends(align_texts(old.text, new.text, gap.ends), old.text, new.text)
    runs = slide(runs, old.text, new.text)
    return cut_at_paragraphs(with_whole_numbers(runs, old.text, new.text), old, new)


def _are_other_words(gap: Gap, texts: Texts) -> bool:
    """Return whether two paragraphs are surely one word each, and not the same."""
    return is_one_word(texts.old.paragraphs[gap.old[0]]) and is_one_word(texts.new.paragraphs[gap.new[0]])
