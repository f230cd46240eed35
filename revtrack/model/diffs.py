"""The aligned difference of two stories: blocks, the segments that cover them, and the changes by name."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from revtrack.model.asking import WhenAsked, in_notebook
from revtrack.model.stories import Story


class Op(StrEnum):
    """What happened to a stretch of text."""

    KEEP = "keep"
    MOVE = "move"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of both texts: half-open ranges in characters of the paragraphs joined by one line feed.

    A kept or moved segment has the same text on both sides; a deleted one is empty on the new side, an inserted one
    on the old. `move` numbers the move it belongs to, from 1; None outside moves.
    """

    op: Op
    old_start: int
    old_end: int
    new_start: int
    new_end: int
    move: int | None = None


class BlockOp(StrEnum):
    """What happened to a run of paragraphs."""

    KEEP = "keep"
    EDIT = "edit"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"
    ADD = "add"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of paragraphs and what happened to it, in the order a reader meets it.

    `old` and `new` are half-open ranges of paragraph indices; for an addition `old` is empty and stands where the
    text would have been, and the other way round. `segments` cover the block's text on both sides, line feeds between
    its paragraphs and the one after it included. A `move` block stands where the text is now; `move` is its number.
    Words that moved alone, from one block to another, are a `move` segment of the block where they are now, with the
    characters on the old side where they were; the block they left does not hold them.
    """

    op: BlockOp
    old: tuple[int, int]
    new: tuple[int, int]
    segments: tuple[Segment, ...]
    move: int | None = None


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """The difference of one field that is not the body: "headline", "deck", "byline", "published" or "link".

    Segments count characters of `old` and `new`. The last two are told only where something else differs, too.
    "published" is the time of publication that the page states for machines, as "2024-11-20 08:00 UTC". "link" is one
    for each link that leads elsewhere: the addresses that it led and leads to, "" where it went, and the `words` that
    it stands on; `outward` is whether either is known to be of another site than the article is.
    """

    field: str
    old: str
    new: str
    segments: tuple[Segment, ...]
    words: str = ""
    outward: bool = False


@dataclass(frozen=True)
class Change:
    """One edit as a reader would name it.

    `where` is the field ("headline", "deck", "byline") or the kind of the paragraph ("text", "caption",
    "quote", …). `old` and `new` are the words that differ, "" for what was not there; `old_sentence` and
    `new_sentence` the sentences they stand in; `old_paragraph` and `new_paragraph` indices into the stories, None where
    there is none. `op` is "replace", "insert", "delete", "move", "split", "merge", "add" (a paragraph) or "remove" (a
    paragraph). `tags` says what the words are about: "number", "money", "percent", "date", "name", "place", "quote",
    "quote_removed", "attribution", "hedge", "negation", "state", or how they are written: "typography", "punctuation",
    "capitals", "spelling", "whitespace"; in alphabetical order. To tell them costs more than to find the edit, so it is
    done when they are first asked for.
    """

    op: str
    where: str
    old: str
    new: str
    old_sentence: str = ""
    new_sentence: str = ""
    old_paragraph: int | None = None
    new_paragraph: int | None = None
    tags: tuple[str, ...] = WhenAsked()  # type: ignore[assignment] # gives and takes what is said here

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled and copied: with its tags, not with the texts that they are told from."""
        return self.__dict__ | {"tags": self.tags}


@dataclass(frozen=True)
class Diff:
    """The aligned difference of two stories.

    `blocks` cover every paragraph of both stories once; `fields` hold those beside the body that differ;
    `changes` lists the edits of fields and body in reading order; naming them costs as much as finding them, so it is
    done when they are first asked for.
    """

    old: Story = field(repr=False)
    new: Story = field(repr=False)
    blocks: tuple[Block, ...] = ()
    fields: tuple[FieldDiff, ...] = ()
    changes: tuple[Change, ...] = WhenAsked()  # type: ignore[assignment] # gives and takes what is said here

    def __repr__(self) -> str:
        """Say how much differs; naming the changes, which costs something, is not done for it."""
        edited = sum(block.op is not BlockOp.KEEP for block in self.blocks)
        fields = "".join(f", {one.field}" for one in self.fields)
        return f"<Diff: {edited} of {len(self.blocks)} blocks{fields}>"

    _repr_html_ = in_notebook

    @cached_property
    def old_text(self) -> str:
        """The old body as segments count it: paragraphs joined by one line feed."""
        return "\n".join(p.text for p in self.old.paragraphs)

    @cached_property
    def new_text(self) -> str:
        """The new body as segments count it."""
        return "\n".join(p.text for p in self.new.paragraphs)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The flat form of the diff, in reading order: every character of both bodies in exactly one segment."""
        return tuple(segment for block in self.blocks for segment in block.segments)
