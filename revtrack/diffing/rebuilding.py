"""Rebuild either text of a diff from the other and the diff: the proof that nothing is lost."""

from revtrack.model import Diff, Op


def apply(old_text: str, diff: Diff) -> str:
    """Return the new body (paragraphs joined by one line feed) from the old one and what the diff inserts."""
    parts = []
    for part in diff.segments:
        if part.op is Op.INSERT:
            parts.append((part.new_start, diff.new_text[part.new_start : part.new_end]))
        elif part.op is not Op.DELETE:
            parts.append((part.new_start, old_text[part.old_start : part.old_end]))
    return "".join(text for _, text in sorted(parts))


def reverse(new_text: str, diff: Diff) -> str:
    """Return the old body from the new one and what the diff deletes."""
    parts = []
    for part in diff.segments:
        if part.op is Op.DELETE:
            parts.append((part.old_start, diff.old_text[part.old_start : part.old_end]))
        elif part.op is not Op.INSERT:
            parts.append((part.old_start, new_text[part.new_start : part.new_end]))
    return "".join(text for _, text in sorted(parts))
