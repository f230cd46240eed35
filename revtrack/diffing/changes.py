"""From blocks to the list of edits as a reader would name them: where, what before, what now, in which sentence.

Knows nothing of how the texts were aligned. Edits that only a stop word or two keeps apart are one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import regex

from revtrack.diffing.sides import Side
from revtrack.diffing.tags import tag_edit, tag_passage
from revtrack.model import Block, BlockOp, Change, Diff, Op, Paragraph, Segment

_WEAK = re.compile(r"\s*(?:(?:a|an|the|of|to|in|on|at|by|and|or|is|was|,)\s+){0,2}", re.IGNORECASE)
_CONTEXT = 40  # characters looked at beside an edit for what is written together with it
_JOINT = "[-‐‑–/]"
# With `regex`, whose `\w` holds the vowel signs and other marks of a word, as that of `re` does not.
_TIED_BEFORE = regex.compile(rf"(?:\w+{_JOINT})*[$€£¥₹+−#@-]*\Z")
_TIED_AFTER = regex.compile(rf"(?:{_JOINT}\w+)*[%°]?")
_OPENS_WORD = regex.compile(r"[\w\p{N}]")
_CLOSES_WORD = regex.compile(r"[\w\p{N}]\Z")
_OPENS_JOINED = regex.compile(rf"{_JOINT}(?:\w|\Z)")
_CLOSES_JOINED = regex.compile(rf"(?:\w|\A){_JOINT}\Z")
_WORD_BEFORE = regex.compile(r"\w+\Z")
_WORD_AFTER = regex.compile(r"\w+")
_WHOLE = {
    BlockOp.ADD: "add",
    BlockOp.DELETE: "remove",
    BlockOp.MOVE: "move",
    BlockOp.SPLIT: "split",
    BlockOp.MERGE: "merge",
}


def list_changes(diff: Diff) -> tuple[Change, ...]:
    """Return the edits of fields and body in reading order, without time of publication and links."""
    old, new = diff.old, diff.new
    language = new.language or old.language
    found: list[Change] = []
    for part in diff.fields:
        if part.field in {"published", "link"}:
            continue
        reader = _Reader(Side.of([Paragraph(part.old)]), Side.of([Paragraph(part.new)]), language)
        edits = reader.edits(part.segments)
        found += [replace(edit, where=part.field, old_paragraph=None, new_paragraph=None) for edit in edits]
    reader = _Reader(Side.of(old.paragraphs), Side.of(new.paragraphs), language)
    for block in diff.blocks:
        found += reader.changes(block)
    return tuple(found)


@dataclass(slots=True)
class _Hunk:
    """One run of edits as ranges of characters on both sides."""

    old: int
    old_end: int
    new: int
    new_end: int


@dataclass(frozen=True, slots=True)
class _Reader:
    """Both sides of a diff, from which its changes are read."""

    old: Side
    new: Side
    language: str

    def changes(self, block: Block) -> Iterator[Change]:
        """Yield the change that a block is as a whole, then the edits within it."""
        if block.op is BlockOp.KEEP:
            return
        if block.op in _WHOLE:
            change = self._whole(block, _WHOLE[block.op])
            if change.old or change.new:
                yield change
        if block.op in {BlockOp.ADD, BlockOp.DELETE}:
            yield from (self._moved(part) for part in block.segments if part.op is Op.MOVE)
        else:
            yield from self.edits(block.segments, block.move)

    def edits(self, segments: Sequence[Segment], home: int | None = None) -> Iterator[Change]:
        """Yield the edits among segments; `home` is the number of the move that the kept ones belong to."""
        hunk: _Hunk | None = None
        reached = segments[0].old_start if segments else 0
        for part in segments:
            if hunk and part.op is Op.DELETE and part.old_start > reached:  # what stood between has moved away
                yield from self._edit(hunk)
                hunk = None
            if part.op is not Op.MOVE or part.move == home:
                reached = part.old_end
            if part.op in {Op.DELETE, Op.INSERT}:
                hunk = hunk or _Hunk(part.old_start, part.old_start, part.new_start, part.new_start)
                hunk.old_end, hunk.new_end = max(hunk.old_end, part.old_end), max(hunk.new_end, part.new_end)
                continue
            if hunk and (part.move != home or not _WEAK.fullmatch(self.old.text, part.old_start, part.old_end)):
                yield from self._edit(hunk)
                hunk = None
            if part.move != home:
                yield self._moved(part)
        if hunk:
            yield from self._edit(hunk)

    def _whole(self, block: Block, op: str) -> Change:
        """Return the change that a block is: a paragraph added, removed or moved, or several split or merged."""
        before = self._only(block, Op.DELETE) if op == "remove" else self.old.join(*block.old)
        after = self._only(block, Op.INSERT) if op == "add" else self.new.join(*block.new)
        side, index = (self.new, block.new[0]) if block.new[0] < block.new[1] else (self.old, block.old[0])
        return Change(
            op=op,
            where=side.where(index),
            old=before,
            new=after,
            old_sentence=before,
            new_sentence=after,
            old_paragraph=block.old[0] if block.old[0] < block.old[1] else None,
            new_paragraph=block.new[0] if block.new[0] < block.new[1] else None,
            tags=_tags_of_paragraph if op in {"add", "remove"} else (),  # type: ignore[arg-type] # told when asked for
        )

    def _only(self, block: Block, op: Op) -> str:
        """Return what a block adds or removes, without what has moved to or from elsewhere."""
        parts = (part for part in block.segments if part.op is op)
        if op is Op.DELETE:
            return "".join(self.old.text[part.old_start : part.old_end] for part in parts).strip()
        return "".join(self.new.text[part.new_start : part.new_end] for part in parts).strip()

    def _moved(self, part: Segment) -> Change:
        """Return the change that some words are which moved from one paragraph to another."""
        text = self.new.text[part.new_start : part.new_end].strip()
        index = self.new.index_at(part.new_start)
        return Change(
            op="move",
            where=self.new.where(index),
            old=text,
            new=text,
            old_sentence=self.old.quote(self.old.sentences_over(part.old_start, part.old_end)),
            new_sentence=self.new.quote(self.new.sentences_over(part.new_start, part.new_end)),
            old_paragraph=self.old.index_at(part.old_start),
            new_paragraph=index,
        )

    def _edit(self, hunk: _Hunk) -> Iterator[Change]:
        """Yield the change that a hunk is; none for white space that a split, merge or move explains."""
        before, after = self.old.text[hunk.old : hunk.old_end], self.new.text[hunk.new : hunk.new_end]
        if not before.strip() and not after.strip() and ("\n" in before + after or not self._same_around(hunk)):
            return
        start, end = _tied(hunk, self.old.text, self.new.text)
        a, a_end = self.old.trim(hunk.old - start, hunk.old_end + end)
        b, b_end = self.new.trim(hunk.new - start, hunk.new_end + end)
        op = "replace" if (a < a_end) == (b < b_end) else "insert" if b < b_end else "delete"
        old_sentences, new_sentences = self.old.sentences_over(a, a_end), self.new.sentences_over(b, b_end)
        whole_new = op == "insert" and (b, b_end) == self.new.trim(*new_sentences)
        whole_old = op == "delete" and (a, a_end) == self.old.trim(*old_sentences)
        blank = a == a_end and b == b_end
        index = self.new.index_at(b)
        yield Change(
            op=op,
            where=self.new.where(index),
            old=before if blank else self.old.text[a:a_end],
            new=after if blank else self.new.text[b:b_end],
            old_sentence="" if whole_new else self.old.quote(old_sentences),
            new_sentence="" if whole_old else self.new.quote(new_sentences),
            old_paragraph=self.old.index_at(a),
            new_paragraph=index,
            tags=partial(_tags_of_edit, self, (a, a_end), (b, b_end)),  # type: ignore[arg-type] # told when asked for
        )

    def _same_around(self, hunk: _Hunk) -> bool:
        """Return whether the characters beside a hunk are the same on both sides: nothing next to it has moved."""
        before = self.old.text[max(0, hunk.old - 1) : hunk.old], self.new.text[max(0, hunk.new - 1) : hunk.new]
        after = self.old.text[hunk.old_end : hunk.old_end + 1], self.new.text[hunk.new_end : hunk.new_end + 1]
        return before[0] == before[1] and after[0] == after[1]


def _tags_of_paragraph(change: Change) -> tuple[str, ...]:
    return tag_passage(change.old, change.new)


def _tags_of_edit(reader: _Reader, old: tuple[int, int], new: tuple[int, int], _change: Change) -> tuple[str, ...]:
    return tag_edit(reader.old.passage(*old), reader.new.passage(*new), language=reader.language)


def _tied(hunk: _Hunk, old: str, new: str) -> tuple[int, int]:
    """Return how many kept characters before and after an edit are written together with it: "$", "well-", "%"."""
    texts = old[hunk.old : hunk.old_end], new[hunk.new : hunk.new_end]
    before = old[max(0, hunk.old - _CONTEXT) : hunk.old]
    after = old[hunk.old_end : hunk.old_end + _CONTEXT]
    start = end = 0
    if any(_OPENS_WORD.match(text) for text in texts):
        start = _length(_TIED_BEFORE.search(before))
    elif any(_OPENS_JOINED.match(text) for text in texts):
        start = _length(_WORD_BEFORE.search(before))
    if any(_CLOSES_WORD.search(text) for text in texts):
        end = _length(_TIED_AFTER.match(after))
    elif any(_CLOSES_JOINED.search(text) for text in texts):
        end = _length(_WORD_AFTER.match(after))
    if new[max(0, hunk.new - start) : hunk.new] != before[len(before) - start :]:
        start = 0
    if new[hunk.new_end : hunk.new_end + end] != after[:end]:
        end = 0
    return start, end


def _length(found: "regex.Match[str] | None") -> int:
    return len(found[0]) if found else 0
