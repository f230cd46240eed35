"""From what two stories share to blocks: every paragraph of both once, in the order a reader meets them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from revtrack.diffing.making import maker
from revtrack.diffing.matching import Match
from revtrack.diffing.segments import Contents, cut_segments, make_segment
from revtrack.diffing.ties import Group, Tie
from revtrack.model import Block, BlockOp, Op

Span = tuple[int, int]

_make_block = maker(Block)


def build_blocks(match: Match) -> tuple[Block, ...]:
    """Return the blocks of a diff, in the order of the new story, deletions where they stood."""
    return tuple(_Builder(match).blocks())


_WHOLE = {BlockOp.ADD: Op.INSERT, BlockOp.DELETE: Op.DELETE}


class _Builder:
    """What is at hand while blocks are built: the match, and its ties as characters, ordered by either side."""

    def __init__(self, match: Match) -> None:
        self.match = match
        self.old, self.new = match.texts.old, match.texts.new
        self.away = {i for i, _ in match.moved}
        self.come = {j: (i, number) for (i, j), number in match.moved.items()}
        self.by_old = sorted(match.ties)
        self.elsewhere = any(part.move for part in self.by_old)
        self.by_new = sorted(self.by_old, key=lambda part: part.new) if self.elsewhere else self.by_old
        self.old_starts = [part.old for part in self.by_old]
        self.new_starts = [part.new for part in self.by_new]

    def blocks(self) -> Iterator[Block]:
        """Yield groups of kin paragraphs, runs of kept ones, and what stands between them."""
        i = j = 0
        for part, kept in self._in_place():
            if i < part.old[0] or j < part.new[0]:
                yield from self._between((i, part.old[0]), (j, part.new[0]))
            yield self._keep(part) if kept else self._edit(part)
            i, j = part.old[1], part.new[1]
        yield from self._between((i, len(self.old.paragraphs)), (j, len(self.new.paragraphs)))

    def _in_place(self) -> list[tuple[Group, bool]]:
        """Return runs of kept paragraphs and groups of kin ones in order; the flag says which are kept."""
        runs = [Group((i, i + length), (j, j + length)) for i, j, length in self.match.kept]
        return sorted([(run, True) for run in runs] + [(group, False) for group in self.match.groups])

    def _between(self, old: Span, new: Span) -> Iterator[Block]:
        """Yield paragraphs without kin: what moved here, and what is gone just before the first that is new."""
        here = next((j for j in range(*new) if j not in self.come), new[0])
        for j in range(new[0], here):
            yield self._move(j)
        for i in range(*old):
            if i not in self.away:
                yield self._alone(BlockOp.DELETE, (i, i + 1), (here, here))
        for j in range(here, new[1]):
            yield self._move(j) if j in self.come else self._alone(BlockOp.ADD, (old[1], old[1]), (j, j + 1))

    def _alone(self, op: BlockOp, old: Span, new: Span) -> Block:
        """Return the block of a paragraph that is gone or new."""
        if self.elsewhere:
            return self._block(op, old, new)
        (a, a_end), (b, b_end) = self.old.span(*old), self.new.span(*new)
        segments = (make_segment(_WHOLE[op], a, a_end, b, b_end),) if a < a_end or b < b_end else ()
        return _make_block(op, old, new, segments)

    def _keep(self, part: Group) -> Block:
        """Return the block of a run of equal paragraphs."""
        return self._equal(BlockOp.KEEP, part.old, part.new, 0)

    def _move(self, index: int) -> Block:
        """Return the block of a paragraph that moved here."""
        source, move = self.come[index]
        old, new = (source, source + 1), (index, index + 1)
        if self.old.paragraphs[source] == self.new.paragraphs[index]:
            return self._equal(BlockOp.MOVE, old, new, move)
        return self._block(BlockOp.MOVE, old, new, move)

    def _edit(self, part: Group) -> Block:
        """Return the block of paragraphs that share words."""
        olds, news = part.old[1] - part.old[0], part.new[1] - part.new[0]
        op = BlockOp.EDIT
        if olds == 1 and news > 1:
            op = BlockOp.SPLIT
        elif news == 1 and olds > 1:
            op = BlockOp.MERGE
        return self._block(op, part.old, part.new)

    def _equal(self, op: BlockOp, old: Span, new: Span, move: int) -> Block:
        """Return a block of equal text; only a line feed may differ, where one side is the end of its story."""
        (a, a_end), (b, b_end) = self.old.span(*old), self.new.span(*new)
        length = min(a_end - a, b_end - b)
        segments = []
        if length:
            segments.append(make_segment(Op.MOVE if move else Op.KEEP, a, a + length, b, b + length, move or None))
        if a + length < a_end:
            segments.append(make_segment(Op.DELETE, a + length, a_end, b_end, b_end))
        if b + length < b_end:
            segments.append(make_segment(Op.INSERT, a_end, a_end, b + length, b_end))
        return _make_block(op, old, new, tuple(segments), move or None)

    def _block(self, op: BlockOp, old: Span, new: Span, move: int = 0) -> Block:
        """Return a block with what lies in its paragraphs: of its own, moved away, come from afar."""
        a, b = self.old.span(*old), self.new.span(*new)
        left = self.by_old[bisect_left(self.old_starts, a[0]) : bisect_left(self.old_starts, a[1])]
        if not self.elsewhere:
            contents = Contents(a, b, left)
        else:
            right = self.by_new[bisect_left(self.new_starts, b[0]) : bisect_left(self.new_starts, b[1])]
            own, come = _parted(right, move)
            contents = Contents(a, b, own, _parted(left, move)[1], come)
        return _make_block(op, old, new, cut_segments(contents, self.match.texts), move or None)


def _parted(ties: Sequence[Tie], move: int) -> tuple[list[Tie], list[Tie]]:
    """Return those of a move, and the others."""
    return [part for part in ties if part.move == move], [part for part in ties if part.move != move]
