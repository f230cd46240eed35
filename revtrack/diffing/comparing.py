"""Compare two stories. Pure: no clock, no network, no store."""

from revtrack.diffing.blocks import build_blocks
from revtrack.diffing.changes import list_changes
from revtrack.diffing.matching import match
from revtrack.diffing.reading import Sheet
from revtrack.model import Diff, FieldDiff, Segment, Story

_FIELDS = ("headline", "deck", "byline")


def diff(old: Story, new: Story) -> Diff:
    """Align two stories: paragraphs with moves, splits and merges, then words. Never cuts a word.

    The same stories give the same diff on every machine: the work is bounded by length, not by time.
    """
    blocks = build_blocks(match(Sheet.of([p.text for p in old.paragraphs]), Sheet.of([p.text for p in new.paragraphs])))
    fields = tuple(
        FieldDiff(name, getattr(old, name), getattr(new, name), _align_field(getattr(old, name), getattr(new, name)))
        for name in _FIELDS
        if getattr(old, name) != getattr(new, name)
    )
    return Diff(old, new, blocks, fields, list_changes(old, new, blocks, fields))


def _align_field(old: str, new: str) -> tuple[Segment, ...]:
    """Return the segments of a field, as if it were a story of one paragraph."""
    blocks = build_blocks(match(Sheet.of([old]), Sheet.of([new])))
    return tuple(segment for block in blocks for segment in block.segments)
