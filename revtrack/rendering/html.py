"""A revision as one self-contained HTML page: no script, no request, readable in light, dark, print and on a phone."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from revtrack.model import Revision
from revtrack.rendering.changes import tell
from revtrack.rendering.view import Row, Span, columns, field_spans, parted, rows
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import count, departure, facts, note_title, observed, summary, withdrawn


class Piece(NamedTuple):
    """A stretch ready for the template: `op` picks the element, `lines` are its text cut at paragraph breaks."""

    op: str
    lines: tuple[str, ...]
    origin: str = ""


def render(revision: Revision, *, side_by_side: bool = False) -> str:
    """Return the page. Everything the captured page wrote is escaped; nothing of it runs, loads or links."""
    template = _environment().get_template("revision.html")
    diff = revision.diff
    fields = {field.field: tuple(_pieces(field_spans(field.old, field.new, field.segments))) for field in diff.fields}
    return template.render(
        revision=revision,
        title=visible(diff.new.headline) or "(no headline)",
        headline=fields.pop("headline", None),
        fields=fields,
        summary=summary(revision.verdict),
        facts=facts(revision.verdict),
        observed=observed(revision),
        notes=[(note_title(note), visible(note.text)) for note in revision.notes],
        withdrawn=withdrawn(revision),
        reasons=revision.verdict.reasons,
        told=tell(diff),
        side_by_side=side_by_side,
        rows=[(row, _columns(row, side_by_side=side_by_side)) for row in rows(diff)],
    )


def _columns(row: Row, *, side_by_side: bool) -> tuple[tuple[Piece, ...], ...]:
    """Return the pieces of a row in one column, or in two: what stood before, and what stands now."""
    shown = columns(row) if side_by_side else (row.spans,)
    return tuple(tuple(_pieces(column)) for column in shown)


def _pieces(spans: tuple[Span, ...]) -> Iterator[Piece]:
    for span in parted(spans):
        yield Piece(span.op.value, tuple(visible(line) for line in span.text.split("\n")), span.origin)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("revtrack.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    environment.filters["count"] = count
    environment.filters["departure"] = lambda row: departure(row.place, row.gone_to, row.gone)
    return environment
