"""Spans of a diff as the pieces that a template sets: an element, and lines that are safe to show. Pure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from revtrack.model import FieldDiff, Op
from revtrack.rendering.view import Span, field_spans, parted
from revtrack.rendering.visible import visible


class Piece(NamedTuple):
    """A stretch ready for a template: `op` picks the element, `lines` are its text cut at paragraph breaks."""

    op: str
    lines: tuple[str, ...]
    origin: str = ""


Pieces = tuple[Piece, ...]


def pieces_of(spans: Iterable[Span]) -> Pieces:
    """Return spans as pieces, a blank between what is gone and what took its place."""
    return tuple(_pieces(spans))


def _pieces(spans: Iterable[Span]) -> Iterator[Piece]:
    for span in parted(spans):
        yield Piece(span.op.value, tuple(visible(line) for line in span.text.split("\n")), span.origin)


def field_pieces(field: FieldDiff) -> Pieces:
    """Return the difference of a field."""
    return pieces_of(field_spans(field.old, field.new, field.segments))


def plain_pieces(text: str) -> Pieces:
    """Return a text in which nothing changed."""
    return (Piece(Op.KEEP.value, (visible(text),)),)
