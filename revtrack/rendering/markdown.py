"""A revision in Markdown: `<del>` and `<ins>` for what changed, which need no blanks around them.

What a page wrote stands within a line of ours, never at its beginning: a hyphen, a figure with a full stop or a sign
of equality begins nothing there, and stays as it is. What GitHub's Markdown reads within a line is escaped.
"""

import re
from collections.abc import Iterable, Iterator

from revtrack.model import Op, Revision
from revtrack.rendering.templating import web_address
from revtrack.rendering.view import Row, Span, field_label, field_spans, parted, rows, shorten
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import count, departure, facts, late_title, note_title, observed, summary, withdrawn

_SPECIAL = re.compile(
    r"[\\`*_{}\[\]#|>~^]"
    r"|(?<=\])\("  # a link
    r"|(?<!\s)\$|\$(?!\d)"  # a formula: what an amount of money begins with ends none
    r"|@(?=\w)"  # a mention
    r"|:(?=//|[\w+-]+:)|(?<=\bwww)\.",  # an address that would become a link, an emoji
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?=#?\w+;)")
_AROUND = {Op.DELETE: "del", Op.INSERT: "ins"}


def render(revision: Revision) -> str:
    """Return the revision as Markdown in which nothing that the page wrote has a meaning of its own."""
    blocks = [f"## {_headline(revision)}", *_head(revision)]
    others = [field for field in revision.diff.fields if field.field != "headline"]
    blocks += [
        f"*{_escape_visible(field_label(field))}:* {_text(field_spans(field.old, field.new, field.segments))}"
        for field in others
    ]
    blocks += [_row(row) for row in rows(revision.diff)]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """Return page text with every character that Markdown or HTML could act on escaped."""
    return _escape_visible(visible(text))


def _escape_visible(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", _ENTITY.sub("&amp;", text)).replace("<", "&lt;")


def link_target(address: str) -> str:
    """Return an address in angle brackets, as the target of a link or as a link of its own."""
    inside = visible(address).replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f"<{inside}>"


def _headline(revision: Revision) -> str:
    for field in revision.diff.fields:
        if field.field == "headline":
            return _text(field_spans(field.old, field.new, field.segments))
    return escape(revision.diff.new.headline) or "(no headline)"


def _head(revision: Revision) -> Iterator[str]:
    if revision.url:
        address = web_address(revision.url)
        step = f", version {revision.old} → {revision.new}" if revision.new else ""
        yield f"{link_target(address) if address else escape(revision.url)}{step}"
    told = "; ".join(_escape_visible(fact) for fact in facts(revision.verdict))
    yield f"**{summary(revision.verdict)}**" + (f": {told}" if told else "")
    for sentence in observed(revision):
        yield escape(sentence)
    for note in revision.notes:
        yield f"> **{note_title(note)}:** {escape(note.text)}"
    for note in revision.late:
        yield f"> **{late_title(revision, note)}:** {escape(note.text)}"
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
