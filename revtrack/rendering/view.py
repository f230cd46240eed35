"""A revision laid out for reading: which rows, in which order, folded where nothing changed. Pure; knows no format.

Every form (terminal, Markdown, HTML, unified) shows these same rows, so that none tells another story.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from revtrack.model import Block, BlockOp, Diff, Op, Segment

LONG = 320
"""An unchanged stretch of more characters than this is shortened to its edges, where a form asks for that."""
EDGE = 120
"""How many characters of a shortened stretch stay on each side."""
GAP = " … "


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and what happened to it."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph as shown, or a fold.

    `place` names the paragraph as it is numbered now ("4", "4 → 9" when it moved there), or was where it is gone.
    `kind` is its kind on the page where that is not plain text. A fold has no spans: `folded` counts the unchanged
    paragraphs it stands for. `gone_to` is the new place of a paragraph that stood here before.
    """

    op: BlockOp
    place: str = ""
    kind: str = ""
    spans: tuple[Span, ...] = ()
    folded: int = 0
    gone_to: str = ""


def rows(diff: Diff) -> tuple[Row, ...]:
    """Return the rows of a diff in reading order, runs of unchanged paragraphs folded to one row."""
    found: list[Row] = []
    departures = _departures(diff)
    for block in diff.blocks:
        found += departures.pop(block.old[0], ()) if block.op is not BlockOp.MOVE else ()
        if block.op is not BlockOp.KEEP:
            found.append(_row(diff, block))
            continue
        keeps = block.new[1] - block.new[0]
        if found and found[-1].folded:
            keeps += found.pop().folded
        found.append(Row(BlockOp.KEEP, folded=keeps))
    return tuple(found + [row for rest in departures.values() for row in rest])


def field_spans(old: str, new: str, segments: tuple[Segment, ...]) -> tuple[Span, ...]:
    """Return a field's segments as spans."""
    return tuple(_spans(old, new, segments))


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
        Span(span.op, _shortened(span.text, head=i > 0, tail=i < last)) if span.op is Op.KEEP else span
        for i, span in enumerate(spans)
    )


def _shortened(text: str, *, head: bool, tail: bool) -> str:
    if len(text) <= LONG:
        return text
    left = text[:EDGE].rsplit(" ", 1)[0] if head else ""
    right = text[-EDGE:].split(" ", 1)[-1] if tail else ""
    return f"{left}{GAP}{right}".lstrip() if not head else f"{left}{GAP}{right}"


def _departures(diff: Diff) -> dict[int, list[Row]]:
    """Where a moved paragraph stood: rows that say where it went, by the old index at which they belong."""
    found: dict[int, list[Row]] = {}
    starts = sorted(block.old[0] for block in diff.blocks if block.op is not BlockOp.MOVE)
    for block in diff.blocks:
        if block.op is BlockOp.MOVE:
            at = next((start for start in starts if start >= block.old[1]), block.old[1])
            row = Row(BlockOp.MOVE, place=_range(block.old), gone_to=_range(block.new))
            found.setdefault(at, []).append(row)
    return found


def _row(diff: Diff, block: Block) -> Row:
    story, span = (diff.old, block.old) if block.op is BlockOp.DELETE else (diff.new, block.new)
    kinds = {paragraph.kind.value for paragraph in story.paragraphs[span[0] : span[1]]}
    kind = kinds.pop() if len(kinds) == 1 else ""
    spans = tuple(_spans(diff.old_text, diff.new_text, block.segments))
    return Row(block.op, _place(block), "" if kind == "text" else kind.replace("_", " "), _trimmed(spans))


def _place(block: Block) -> str:
    old, new = _range(block.old), _range(block.new)
    if block.op is BlockOp.MOVE:
        return f"{old} → {new}"
    return old if block.op is BlockOp.DELETE else new


def _range(span: tuple[int, int]) -> str:
    first, last = span[0] + 1, span[1]
    return f"{first}" if last <= first else f"{first}–{last}"


def _spans(old: str, new: str, segments: tuple[Segment, ...]) -> Iterator[Span]:
    for segment in segments:
        text = (
            old[segment.old_start : segment.old_end]
            if segment.op is Op.DELETE
            else new[segment.new_start : segment.new_end]
        )
        yield from _with_bare_edges(Span(segment.op, text))


def _with_bare_edges(span: Span) -> Iterator[Span]:
    """Yield a change without the blanks at its edges, and these as plain text: a struck blank says nothing."""
    core = span.text.strip(" ")
    if span.op is Op.KEEP or not core:
        found = [Span(Op.KEEP if not core else span.op, span.text)]
    else:
        lead = len(span.text) - len(span.text.lstrip(" "))
        edges = span.text[:lead], span.text[lead + len(core) :]
        found = [Span(Op.KEEP, edges[0]), Span(span.op, core), Span(Op.KEEP, edges[1])]
    yield from (piece for piece in found if piece.text)


def _trimmed(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Drop the line feeds that only end the block: they are its edge, not its text."""
    kept = list(spans)
    while kept and not kept[-1].text.strip("\n"):
        kept.pop()
    if kept:
        kept[-1] = Span(kept[-1].op, kept[-1].text.rstrip("\n"))
    return tuple(kept)
