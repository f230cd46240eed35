"""What changed in a text as a few passages, for a list in which each revision has little room. Pure."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from revtrack.model import BlockOp, Revision
from revtrack.rendering.pieces import Pieces, field_pieces, pieces_of
from revtrack.rendering.view import GAP, field_label, rows, shorten
from revtrack.rendering.wording import departure

DEEDS = {
    BlockOp.ADD: "new",
    BlockOp.DELETE: "removed",
    BlockOp.MOVE: "moved",
    BlockOp.SPLIT: "split",
    BlockOp.MERGE: "merged",
}
"""What happened to a paragraph that is more than edited, in a word."""
_MOST = 8
_LONGEST = 600  # characters of a stretch


class Passage(NamedTuple):
    """A paragraph or field that changed: where it stands and what happened to it, and its text, safe to show."""

    where: str
    pieces: Pieces


def passages_of(revision: Revision) -> tuple[tuple[Passage, ...], int]:
    """Return the first passages that changed, the headline left out, and how many more there are."""
    found = list(_passages(revision))
    return tuple(islice(found, _MOST)), max(len(found) - _MOST, 0)


def _passages(revision: Revision) -> Iterator[Passage]:
    for field in revision.diff.fields:
        if field.field != "headline":
            yield Passage(field_label(field), _cut(field_pieces(field)))
    for row in rows(revision.diff):
        if row.gone_to:
            yield Passage(departure(row.place, row.gone_to, row.gone), ())
        elif row.spans:
            what = (f"¶ {row.place}", DEEDS.get(row.op, ""), row.kind)
            yield Passage(", ".join(part for part in what if part), _cut(pieces_of(shorten(row.spans))))


def _cut(pieces: Pieces) -> Pieces:
    return tuple(
        piece if sum(map(len, piece.lines)) <= _LONGEST else piece._replace(lines=(_shortened(" ".join(piece.lines)),))
        for piece in pieces
    )


def _shortened(text: str) -> str:
    return f"{text[: _LONGEST // 2].rsplit(' ', 1)[0]}{GAP}{text[-_LONGEST // 2 :].split(' ', 1)[-1]}"
