"""A revision as a unified, word-wise text: one paragraph a line, for pipes, mail and version control."""

from collections.abc import Iterator

from revtrack.model import Revision
from revtrack.rendering.terminal import marked
from revtrack.rendering.view import Row, field_label, field_spans, rows
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import departure


def render(revision: Revision) -> str:
    """Return `--- old`, `+++ new`, then a line a changed paragraph after a line `@@ ¶ place @@`.

    Unchanged paragraphs are left out. Words that went stand in `[-…-]`, words that came in `{+…+}`.
    """
    names = [f"version {number}" if number else side for number, side in ((revision.old, "old"), (revision.new, "new"))]
    lines = [f"--- {visible(revision.url)} {names[0]}".replace("  ", " "), f"+++ {visible(revision.url)} {names[1]}"]
    lines[1] = lines[1].replace("  ", " ")
    for field in revision.diff.fields:
        spans = field_spans(field.old, field.new, field.segments)
        lines += [f"@@ {field_label(field)} @@", marked(spans).plain]
    for row in rows(revision.diff):
        lines += _hunk(row)
    return "\n".join(lines) + "\n"


def _hunk(row: Row) -> Iterator[str]:
    if row.folded:
        return
    if row.gone_to:
        yield f"@@ {departure(row.place, row.gone_to, row.gone)} @@"
        return
    yield f"@@ ¶ {row.place} {row.op} @@"
    yield marked(row.spans).plain
