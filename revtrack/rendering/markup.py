"""What a site says many thousand times, set as HTML: changed texts, verdicts, moments. All else is in templates."""

from datetime import datetime
from functools import cache, lru_cache

from markupsafe import Markup, escape

from revtrack.forms import iso
from revtrack.model import Disclosure, Op, Significance, Verdict
from revtrack.rendering.pieces import Piece, Pieces
from revtrack.rendering.wording import DISCLOSURE, clock

_BARS = 4
_PARAGRAPH = "<br><br>"


def marked(pieces: Pieces) -> Markup:
    """Return a stretch of text with what was struck and what is new, in words for the ear too."""
    return Markup("".join(map(_piece, pieces)))  # noqa: S704 - each piece is escaped


def _piece(piece: Piece) -> str:
    lines = [str(escape(line)) for line in piece.lines]
    if piece.op == Op.DELETE:
        return f'<del><span class="said" dir="ltr">[deleted: </span>{" ¶ ".join(lines)}{_CLOSED}</del>'
    if piece.op == Op.INSERT:
        return f'<ins><span class="said" dir="ltr">[inserted: </span>{" ¶<br>".join(lines)}{_CLOSED}</ins>'
    if piece.op == Op.MOVE:
        origin = f'<small dir="ltr">{escape(piece.origin)}: </small>' if piece.origin else ""
        return f'<span class="moved">{origin}{_PARAGRAPH.join(lines)}</span>'
    return _PARAGRAPH.join(lines)


_CLOSED = '<span class="said" dir="ltr">]</span>'


def verdict(verdict: Verdict) -> Markup:
    """Return how much a revision matters, four bars for its five levels, and whether the publisher said so."""
    return _verdict(verdict.significance, verdict.disclosure)


@cache
def _verdict(significance: Significance, disclosure: Disclosure) -> Markup:
    bars = "".join(
        f'<rect x="{bar * 5}" y="{9 - bar * 3}" width="4" height="{3 + bar * 3}"{off}/>'
        for bar in range(_BARS)
        for off in [' class="off"' if bar >= significance.level else ""]
    )
    meter = f'<svg class="meter" width="19" height="12" aria-hidden="true" focusable="false">{bars}</svg>'
    told = f'<span class="said">, </span> <span class="told">{DISCLOSURE[disclosure]}</span>' if disclosure.rank else ""
    return Markup(f'<span class="verdict {disclosure} {significance}">{meter} <b>{significance}</b>{told}</span>')  # noqa: S704


@lru_cache(maxsize=4_096)
def when(moment: datetime | None, exact: bool = False) -> Markup:  # noqa: FBT001, FBT002 - a filter of templates
    """Return a moment, in UTC, to the second where `exact`; "not known" where there is none."""
    if moment is None:
        return Markup("not known")
    return Markup(f'<time datetime="{iso(moment)}">{clock(moment, exact=exact)}</time>')  # noqa: S704 - figures alone
