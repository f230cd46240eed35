"""A revision as a piece of HTML for feed readers and mail, which keep few elements and no style. Pure.

`<del>` and `<ins>` carry what changed: every reader strikes the one and underlines the other. Nothing in it loads, runs
or links, and no element bears an attribute but `dir`.
"""

from collections.abc import Iterator
from html import escape
from itertools import islice

from revtrack.model import Diff, Op, Revision
from revtrack.rendering.passages import DEEDS
from revtrack.rendering.pieces import Piece, Pieces, field_pieces, pieces_of
from revtrack.rendering.view import Row, field_label, rows, shorten
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import count, departure, facts, late_title, note_title, observed, summary, withdrawn

MOST_ROWS = 200
"""Paragraphs and folds of a revision that are shown; a reader of a feed does not read more."""
_LONGEST = 20_000  # characters of a stretch
_AROUND = {Op.DELETE.value: "del", Op.INSERT.value: "ins"}


def html_fragment(revision: Revision) -> str:
    """Return verdict, observations, notes and changed paragraphs as HTML, all that the page wrote escaped."""
    return "\n".join([*_head(revision), diff_fragment(revision.diff)])


def diff_fragment(diff: Diff) -> str:
    """Return the fields and paragraphs that differ as HTML, as `html_fragment` does."""
    shown = rows(diff)
    labelled = ((escape(field_label(field)), field_pieces(field)) for field in diff.fields)
    parts = [f'<p dir="auto"><em>{label}:</em> {_text(pieces)}</p>' for label, pieces in labelled]
    parts += [_row(row) for row in islice(shown, MOST_ROWS)]
    if len(shown) > MOST_ROWS:
        parts.append(f"<p><em>… {count(len(shown) - MOST_ROWS, 'further passage')}</em></p>")
    return "\n".join(parts)


def _head(revision: Revision) -> Iterator[str]:
    told = " · ".join(escape(fact) for fact in facts(revision.verdict))
    yield f"<p><strong>{summary(revision.verdict)}</strong>{': ' if told else ''}{told}</p>"
    if said := observed(revision):
        yield f"<p>{'<br>'.join(map(escape, said))}</p>"
    for note in revision.notes:
        yield f'<blockquote dir="auto"><strong>{note_title(note)}:</strong> {escape(visible(note.text))}</blockquote>'
    for note in revision.late:
        title = late_title(revision, note)
        yield f'<blockquote dir="auto"><strong>{title}:</strong> {escape(visible(note.text))}</blockquote>'
    for text in withdrawn(revision):
        yield f'<blockquote dir="auto"><strong>note withdrawn:</strong> <del>{escape(text)}</del></blockquote>'


def _row(row: Row) -> str:
    if row.folded:
        return f"<p><em>… {count(row.folded, 'paragraph')} unchanged …</em></p>"
    if row.gone_to:
        return f"<p><em>{escape(departure(row.place, row.gone_to, row.gone))}</em></p>"
    what = "".join(f", {part}" for part in (DEEDS.get(row.op, ""), row.kind) if part)
    return f'<p dir="auto"><em>¶ {row.place}{what}:</em> {_text(pieces_of(shorten(row.spans)))}</p>'


def _text(pieces: Pieces) -> str:
    return "".join(map(_piece, pieces))


def _piece(piece: Piece) -> str:
    element = _AROUND.get(piece.op)
    text = "<br>".join(escape(line) for line in piece.lines)
    if len(text) > _LONGEST:
        text = escape(" ".join(piece.lines)[: _LONGEST // 2]) + " …"
    text = f"<em>({escape(piece.origin)}:</em> {text}<em>)</em>" if piece.origin else text
    return f"<{element}>{text}</{element}>" if element else text
