"""Which paragraph is fought over: every paragraph an article ever had, and which revision touched it. Pure.

A column is one paragraph through all versions: an edit, a move or the first part of a split carries it on; what is new
gets a column where it stands, and one that went keeps its own.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from revtrack.model import Block, BlockOp, Op, Revision
from revtrack.rendering.visible import visible

_MOST_ROWS = 40
_STEPS = (0.1, 0.35, 0.7)  # shares of a paragraph above which its colour deepens
_EXCERPT = 90
_DIGITS = 24
"""So many digits, in all the numbers of the axis, do not touch each other on a telephone."""
_THINNEST = 0.3  # percent: what is thinner is not seen


@dataclass(frozen=True, slots=True)
class Cell:
    """A paragraph that a revision touched: `op` is "edit", "add", "delete" or "move", `heat` 1 to 4 how much of it."""

    x: float
    width: float
    op: str
    heat: int


@dataclass(frozen=True, slots=True)
class StripRow:
    """One revision, in words which paragraphs it touched, and the `fields` it changed where it touched none."""

    old: int
    new: int
    cells: tuple[Cell, ...]
    said: str
    fields: str = ""


@dataclass(frozen=True, slots=True)
class Fought:
    """The paragraph that most revisions changed: its number now, its beginning, and by how many."""

    paragraph: int
    excerpt: str
    times: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The picture: rows from the first revision, the columns in percents, `left_out` earlier rows that are not drawn.

    `ticks` are the numbers that paragraphs bear now. `fought` is None where none was changed twice.
    """

    rows: tuple[StripRow, ...]
    columns: int
    ticks: tuple[tuple[float, int], ...]
    left_out: int = 0
    fought: Fought | None = None


def strip(revisions: Sequence[Revision]) -> Strip | None:
    """Return the strip of an article's revisions, in their order; None where no paragraph ever changed."""
    drawn = revisions[-_MOST_ROWS:]
    lines = _Lines()
    touched = [lines.follow(revision.diff.blocks, revision) for revision in drawn]
    if not any(touched):
        return None
    places = {line: index for index, line in enumerate(lines.order)}
    width = 100 / len(places)
    rows = [
        StripRow(
            revision.old or 0,
            revision.new or 0,
            tuple(_cells(found, places, width)),
            _said(found),
            "" if found else ", ".join(dict.fromkeys(field.field for field in revision.diff.fields)),
        )
        for revision, found in zip(drawn, touched, strict=True)
    ]
    now = {line: number for number, line in enumerate(lines.now, 1)}
    step = -(-len(places) // (_DIGITS // max(2, len(str(len(places))))))
    numbered = [(line, number) for line, number in now.items() if number % step == 1 % step]
    ticks = tuple((round((places[line] + 0.5) * width, 2), number) for line, number in numbered)
    return Strip(tuple(rows), len(places), ticks, len(revisions) - len(drawn), _fought(touched, now, drawn[-1]))


Touched = dict[int, tuple[str, int]]
"""The columns that a revision touched, each with what happened and the heat of it."""


@dataclass
class _Lines:
    """The columns while they are followed: their order on the page, those of the paragraphs as they stand now."""

    order: list[int] = field(default_factory=list)
    now: list[int] = field(default_factory=list)
    fresh: Iterator[int] = field(default_factory=count)

    def follow(self, blocks: Sequence[Block], revision: Revision) -> Touched:
        """Carry the columns over a revision and return those it touched."""
        if not self.order:
            self.now = [next(self.fresh) for _ in revision.diff.old.paragraphs]
            self.order = list(self.now)
        after: list[int] = []
        touched: Touched = {}
        for block in sorted(blocks, key=lambda block: block.new):
            kept = self.now[slice(*block.old)]
            size = block.new[1] - block.new[0]
            lines = [*kept[:size], *(next(self.fresh) for _ in range(size - len(kept)))]
            after += lines
            touched |= _touched(block, lines, kept)
        self._insert(after)
        self.now = after
        return touched

    def _insert(self, after: list[int]) -> None:
        """Give new columns their place: behind the one that stands before them now."""
        known = set(self.order)
        behind: dict[int, list[int]] = {}
        last = -1
        for line in after:
            if line in known:
                last = line
            else:
                behind.setdefault(last, []).append(line)
        order = behind.pop(-1, [])
        for line in self.order:
            order += [line, *behind.get(line, ())]
        self.order = order


def _touched(block: Block, lines: list[int], kept: list[int]) -> Touched:
    """Return what a block did to its columns: nothing where it kept them."""
    if block.op is BlockOp.KEEP:
        return {}
    share = _share(block)
    heat = 1 + sum(share > step for step in _STEPS)
    if block.op is BlockOp.MOVE and not share:
        return dict.fromkeys(lines, ("move", heat))
    reshaped = block.op in {BlockOp.SPLIT, BlockOp.MERGE}
    gone, came = ("move", "move") if reshaped else ("delete", "add")
    found = {line: ("edit" if line in kept else came, heat) for line in lines}
    return found | dict.fromkeys(kept[len(lines) :], (gone, heat))


def _share(block: Block) -> float:
    sizes: Counter[bool] = Counter()
    for part in block.segments:
        size = part.old_end - part.old_start + part.new_end - part.new_start
        sizes[part.op in {Op.DELETE, Op.INSERT}] += size
    return sizes[True] / max(1, sizes.total())


def _cells(found: Touched, places: dict[int, int], width: float) -> Iterator[Cell]:
    for line, (op, heat) in sorted(found.items(), key=lambda item: places[item[0]]):
        shown = max(width, _THINNEST)
        yield Cell(round(min(places[line] * width, 100 - shown), 2), round(shown, 2), op, heat)


_DEEDS = {"edit": "changed", "add": "new", "delete": "removed", "move": "moved"}


def _said(found: Touched) -> str:
    """Return in words what a row shows: "2 changed, 1 new"."""
    counts = Counter(op for op, _ in found.values())
    told = ", ".join(f"{counts[op]} {deed}" for op, deed in _DEEDS.items() if counts[op])
    return told or "no paragraph"


def _fought(touched: Sequence[Touched], now: dict[int, int], last: Revision) -> Fought | None:
    """Return the standing paragraph that was changed most often, if more than once."""
    counts = Counter(line for found in touched for line, (op, _) in found.items() if op == "edit" and line in now)
    if not counts:
        return None
    line, times = max(counts.items(), key=lambda item: (item[1], -now[item[0]]))
    if times < 2:  # once is no fight
        return None
    text = visible(last.diff.new.paragraphs[now[line] - 1].text)
    excerpt = text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + " …"
    return Fought(now[line], excerpt, times)
