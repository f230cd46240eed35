"""A revision laid out for reading: which rows, in which order, folded where nothing changed. Pure; knows no format.

Every form (terminal, Markdown, HTML, unified) shows these same rows, so that none tells another story.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import itemgetter

from revtrack.model import Block, BlockOp, Diff, FieldDiff, Op, Segment
from revtrack.rendering.visible import quoted, visible

LONG = 320
"""An unchanged stretch of more characters than this is shortened to its edges, where a form asks for that."""
EDGE = 120
"""How many characters of a shortened stretch stay on each side."""
GAP = " … "


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and what happened to it.

    `origin` says where words that moved without their paragraph came from or went to: "from ¶ 3". `edge` is the change
    whose edge a blank is, which is shown as if it were kept.
    """

    op: Op
    text: str
    origin: str = ""
    edge: Op = Op.KEEP


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph as shown, or a fold.

    `place` names the paragraph as it is numbered now ("4", "4 → 9" when it moved there), or was where it is gone.
    `kind` is its kind on the page where that is not plain text. A fold has no spans: `folded` counts the unchanged
    paragraphs it stands for. `gone_to` is the new place of a paragraph that stood here before, or of the words
    `gone` of one. `before` is what stood here on the old side, words that have moved elsewhere included. `old` and
    `new` are half-open ranges of the paragraphs it stands for, empty where that side has none.
    """

    op: BlockOp
    place: str = ""
    kind: str = ""
    spans: tuple[Span, ...] = ()
    folded: int = 0
    gone_to: str = ""
    gone: str = ""
    before: tuple[Span, ...] = ()
    old: tuple[int, int] = (0, 0)
    new: tuple[int, int] = (0, 0)

    @property
    def anchor(self) -> str:
        """A name for its place: "p4" for what is paragraph 4 now, "was4" for what was and is gone."""
        return f"was{self.old[0] + 1}" if self.op is BlockOp.DELETE else f"p{self.new[0] + 1}"


def rows(diff: Diff) -> tuple[Row, ...]:
    """Return the rows of a diff in reading order, runs of unchanged paragraphs folded to one row."""
    found: list[Row] = []
    places = _Places.of(diff)
    departures = _departures(diff, places)
    for block in diff.blocks:
        found += departures.pop(block.old[0], ()) if block.op is not BlockOp.MOVE else ()
        if block.op is not BlockOp.KEEP:
            found.append(_row(diff, block, places))
            continue
        first = found.pop() if found and found[-1].folded else None
        old, new = (first.old[0], first.new[0]) if first else (block.old[0], block.new[0])
        found.append(Row(BlockOp.KEEP, folded=block.new[1] - new, old=(old, block.old[1]), new=(new, block.new[1])))
    return tuple(found + [row for rest in departures.values() for row in rest])


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the old paragraphs begin, and the words that moved alone: where they stood, and their block now."""

    starts: list[int]
    moved: list[tuple[int, Segment, Block]]

    @classmethod
    def of(cls, diff: Diff) -> "_Places":
        starts = list(accumulate((len(paragraph.text) + 1 for paragraph in diff.old.paragraphs), initial=0))
        moved = [
            (part.old_start, part, block)
            for block in diff.blocks
            if block.op is not BlockOp.KEEP
            for part in block.segments
            if part.op is Op.MOVE and part.move != block.move
        ]
        return cls(starts, sorted(moved, key=itemgetter(0)))

    def left(self, block: Block) -> Sequence[tuple[int, Segment, Block]]:
        """Return what moved away from a block alone."""
        start, end = self.starts[block.old[0]], self.starts[block.old[1]]
        return self.moved[
            bisect_left(self.moved, start, key=itemgetter(0)) : bisect_left(self.moved, end, key=itemgetter(0))
        ]

    def paragraph(self, place: int) -> int:
        """Return the number of the old paragraph that holds a character, from 1."""
        return bisect_right(self.starts, place)


def columns(row: Row) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return a row as two columns: what stood before, and what stands now."""
    return row.before, tuple(span for span in row.spans if Op.DELETE not in {span.op, span.edge})


def field_spans(old: str, new: str, segments: tuple[Segment, ...]) -> tuple[Span, ...]:
    """Return a field's segments as spans."""
    return tuple(_spans(old, new, segments))


def field_label(field: FieldDiff) -> str:
    """Return the name of a field, of a link with the words that it stands on, as the page wrote them."""
    return f"{field.field} {quoted(visible(field.words))}" if field.words else field.field


def parted(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans with a blank between a deletion and the insertion that replaces it, for forms without marks."""
    before = Op.KEEP
    for span in spans:
        if before is Op.DELETE and span.op is Op.INSERT:
            yield Span(Op.KEEP, " ")
        yield span
        before = span.op


def shorten(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return spans whose long unchanged stretches keep only their edges, cut between words."""
    last = len(spans) - 1
    return tuple(
        replace(span, text=_shortened(span.text, head=i > 0 or not last, tail=i < last or not last))
        if span.op is Op.KEEP
        else span
        for i, span in enumerate(spans)
    )


def _shortened(text: str, *, head: bool, tail: bool) -> str:
    if len(text) <= LONG:
        return text
    left = text[:EDGE].rsplit(" ", 1)[0] if head else ""
    right = text[-EDGE:].split(" ", 1)[-1] if tail else ""
    return f"{left}{GAP}{right}".lstrip() if not head else f"{left}{GAP}{right}"


def _departures(diff: Diff, places: _Places) -> dict[int, list[Row]]:
    """Where moved paragraphs and words stood: rows that say where they went, by the old index at which they belong."""
    found: dict[int, list[Row]] = {}
    firsts = sorted(block.old[0] for block in diff.blocks if block.op is not BlockOp.MOVE)
    for block in diff.blocks:
        if block.op is BlockOp.MOVE:
            place = bisect_left(firsts, block.old[1])
            at = firsts[place] if place < len(firsts) else block.old[1]
            row = Row(BlockOp.MOVE, place=_range(block.old), gone_to=_range(block.new))
            found.setdefault(at, []).append(row)
    for start, part, block in places.moved:
        number = places.paragraph(start)
        at = firsts[bisect_right(firsts, number - 1) - 1]
        gone = diff.old_text[start : part.old_end].strip()
        row = Row(BlockOp.MOVE, place=str(number), gone_to=_range(block.new), gone=gone)
        found.setdefault(at, []).append(row)
    return found


def _row(diff: Diff, block: Block, places: _Places) -> Row:
    story, span = (diff.old, block.old) if block.op is BlockOp.DELETE else (diff.new, block.new)
    kinds = {paragraph.kind.value for paragraph in story.paragraphs[span[0] : span[1]]}
    kind = kinds.pop() if len(kinds) == 1 else ""
    texts = diff.old_text, diff.new_text
    return Row(
        block.op,
        _place(block),
        "" if kind == "text" else kind.replace("_", " "),
        _trimmed(tuple(_spans(*texts, block.segments, block=block, places=places))),
        before=_trimmed(tuple(_before(diff, block, places))),
        old=block.old,
        new=block.new,
    )


def _before(diff: Diff, block: Block, places: _Places) -> Iterator[Span]:
    """Yield the old side of a block as spans, with where the words went that moved away."""
    own = [
        part
        for part in block.segments
        if part.op is not Op.INSERT and (part.op is not Op.MOVE or part.move == block.move)
    ]
    parts = [(part.old_start, part, "") for part in own]
    parts += [(start, part, f"to ¶ {_range(there.new)}") for start, part, there in places.left(block)]
    for _, part, origin in sorted(parts, key=itemgetter(0)):
        yield from _with_bare_edges(Span(part.op, diff.old_text[part.old_start : part.old_end], origin))


def _place(block: Block) -> str:
    old, new = _range(block.old), _range(block.new)
    if block.op is BlockOp.MOVE:
        return f"{old} → {new}"
    return old if block.op is BlockOp.DELETE else new


def _range(span: tuple[int, int]) -> str:
    first, last = span[0] + 1, span[1]
    return f"{first}" if last <= first else f"{first}–{last}"


def _spans(
    old: str, new: str, segments: Sequence[Segment], *, block: Block | None = None, places: _Places | None = None
) -> Iterator[Span]:
    """Yield segments as spans; in a block, words that moved into it say where they came from."""
    for part in segments:
        text = old[part.old_start : part.old_end] if part.op is Op.DELETE else new[part.new_start : part.new_end]
        alone = block and places and part.op is Op.MOVE and part.move != block.move
        origin = f"from ¶ {places.paragraph(part.old_start)}" if alone and places else ""
        yield from _with_bare_edges(Span(part.op, text, origin))


def _with_bare_edges(span: Span) -> Iterator[Span]:
    """Yield a change without the blanks at its edges, and these as plain text: a struck blank says nothing."""
    core = span.text.strip(" ")
    if span.op is Op.KEEP or not core:
        found = [span if core else Span(Op.KEEP, span.text, edge=span.op)]
    else:
        lead = len(span.text) - len(span.text.lstrip(" "))
        edges = span.text[:lead], span.text[lead + len(core) :]
        left, right = (Span(Op.KEEP, edge, edge=span.op) for edge in edges)
        found = [left, Span(span.op, core, span.origin), right]
    yield from (piece for piece in found if piece.text)


def _trimmed(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Drop the line feeds that only end the block: they are its edge, not its text."""
    kept = list(spans)
    while kept and not kept[-1].text.strip("\n"):
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip("\n"))
    return tuple(kept)
