"""Compare two stories. Pure: no clock, no network, no store."""

from revtrack.collecting import without_collecting
from revtrack.diffing.blocks import build_blocks
from revtrack.diffing.fields import changed_fields, changed_links
from revtrack.diffing.matching import match
from revtrack.diffing.reading import Sheet
from revtrack.model import Block, Change, Diff, FieldDiff, Op, Segment, Story
from revtrack.taking import expect


@without_collecting
def diff(old: Story, new: Story) -> Diff:
    """Align two stories: paragraphs with moves, splits and merges, then words. Never cuts a word.

    The same stories give the same diff on every machine: the work is bounded by length, not by time.
    """
    for story in (old, new):
        expect(story, Story, "diff takes two stories", "extract(html) or read_text(text) make them")
    blocks = _align([p.text for p in old.paragraphs], [p.text for p in new.paragraphs])
    fields = (
        *(
            FieldDiff(name, before, after, (_replace if name == "published" else _align_field)(before, after))
            for name, before, after in changed_fields(old, new)
        ),
        *(
            FieldDiff("link", link.before, link.after, _replace(link.before, link.after), link.words, link.is_outward)
            for link in changed_links(old, new, blocks)
        ),
    )
    return Diff(old, new, blocks, fields, _list_changes)  # type: ignore[arg-type] # named when asked for


def _align(old: list[str], new: list[str]) -> tuple[Block, ...]:
    return build_blocks(match(Sheet.of(old), Sheet.of(new)))


def _align_field(old: str, new: str) -> tuple[Segment, ...]:
    """Return the segments of a field, as if it were a story of one paragraph."""
    return tuple(segment for block in _align([old], [new]) for segment in block.segments)


def _replace(old: str, new: str) -> tuple[Segment, ...]:
    """Return the segments of a field whose parts mean nothing alone."""
    gone = Segment(Op.DELETE, 0, len(old), 0, 0)
    return (gone, Segment(Op.INSERT, len(old), len(old), 0, len(new))) if new else (gone,)


def _list_changes(found: Diff) -> tuple[Change, ...]:
    """Return the changes of a diff; what reads facts is imported for them alone, as it takes longer than most diffs."""
    from revtrack.diffing.changes import list_changes  # noqa: PLC0415

    return list_changes(found)
