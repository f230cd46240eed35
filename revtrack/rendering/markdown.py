"""A revision in Markdown: `<del>` and `<ins>` for what changed, which need no blanks around them."""

import re
from collections.abc import Iterable, Iterator

from revtrack.model import Op, Revision
from revtrack.rendering.view import Row, Span, field_spans, parted, rows, shorten
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import count, departure, facts, note_title, observed, summary, withdrawn

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~&^$@:/=-])")
_AROUND = {Op.DELETE: "del", Op.INSERT: "ins"}


def render(revision: Revision) -> str:
    """Return the revision as Markdown in which nothing that the page wrote has a meaning of its own."""
    blocks = [f"## {_headline(revision)}", *_head(revision)]
    others = [field for field in revision.diff.fields if field.field != "headline"]
    blocks += [f"*{field.field}:* {_text(field_spans(field.old, field.new, field.segments))}" for field in others]
    blocks += [_row(row) for row in rows(revision.diff)]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """Return page text with every character that Markdown or HTML could act on escaped."""
    return _escape_visible(visible(text))


def _escape_visible(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\\<", "&lt;").replace("\\&", "&amp;")


def _headline(revision: Revision) -> str:
    for field in revision.diff.fields:
        if field.field == "headline":
            return _text(field_spans(field.old, field.new, field.segments))
    return escape(revision.diff.new.headline) or "(no headline)"


def _head(revision: Revision) -> Iterator[str]:
    if revision.url:
        yield f"{escape(revision.url)}, version {revision.old} → {revision.new}"
    told = "; ".join(_escape_visible(fact) for fact in facts(revision.verdict))
    yield f"**{summary(revision.verdict)}**" + (f": {told}" if told else "")
    for sentence in observed(revision):
        yield escape(sentence)
    for note in revision.notes:
        yield f"> **{note_title(note)}:** {escape(note.text)}"
    for text in withdrawn(revision):
        yield f"> **note withdrawn:** <del>{_escape_visible(text)}</del>"


def _row(row: Row) -> str:
    if row.folded:
        return f"*… {count(row.folded, 'paragraph')} unchanged …*"
    if row.gone_to:
        return f"*{_escape_visible(departure(row.place, row.gone_to, row.gone))}*"
    kind = f", {row.kind}" if row.kind else ""
    return f"*¶ {row.place} ({row.op}{kind})* {_text(shorten(row.spans))}"


def _text(spans: Iterable[Span]) -> str:
    return "".join(_span(span) for span in parted(spans))


def _span(span: Span) -> str:
    element = _AROUND.get(span.op)
    text = escape(span.text.replace("\n", " ¶ "))
    if span.origin:
        return f"*({span.origin}:* {text}*)*"
    return f"<{element}>{text}</{element}>" if element else text
