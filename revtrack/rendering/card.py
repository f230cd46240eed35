"""One revision as a picture to share: an SVG of 1200 × 630 with big type, its alt text, and PNG by resvg.

At the width of a phone's screen the smallest letters are as large as a caption. What was struck or put in is struck or
underlined as well as coloured. The picture loads nothing and bears no style but attributes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from revtrack.errors import ConfigError
from revtrack.model import Change, Op, Revision, Significance
from revtrack.rendering.changes import deed, where
from revtrack.rendering.lettering import Line, Placed, Run, is_right_to_left, placed, wrap_runs
from revtrack.rendering.lines import UNTITLED
from revtrack.rendering.links import Links
from revtrack.rendering.templating import fill
from revtrack.rendering.view import Span, field_spans, parted, rows
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import DISCLOSURE, clock, facts, summary

WIDTH, HEIGHT = 1200, 630
_MARGIN = 60
_TOP, _BELOW_KICKER, _FOOT = 120, 168, HEIGHT - 138  # where the title may begin, and where it ends
_SIZES = (80, 68, 58, 50, 44)
_LEADING = 1.24
_MOST_SOURCE = 40  # characters of a source and its site
_LEAD = 70  # characters shown before the first change of a sentence


@dataclass(frozen=True, slots=True)
class Card:
    """A picture laid out: lines, the size of their letters, where the first begins, whether they run leftwards."""

    lines: tuple[tuple[Placed, ...], ...]
    size: int
    top: int
    kicker: str
    right_to_left: bool


def render_card(revision: Revision, *, source: str = "") -> str:
    """Return the card as SVG: the headline with what changed in it, else the weightiest sentence that changed.

    `source` is what the article's source calls itself; it stands before the site.
    """
    verdict = revision.verdict
    return fill(
        "card.svg",
        Links(),
        card=_laid_out(revision),
        alt=card_alt(revision),
        verdict=verdict,
        disclosure="" if not verdict.disclosure.rank else DISCLOSURE[verdict.disclosure],
        loud=verdict.disclosure.rank >= 3 and verdict.significance.level >= Significance.DETAIL.level,
        facts=_facts(revision),
        site=visible(_named(source, _site(revision.url))),
        when=clock(revision.seen_at) if revision.seen_at else "",
        step=f"version {revision.old} → {revision.new}" if revision.old and revision.new else "",
        leading=_LEADING,
        width=WIDTH,
        height=HEIGHT,
        margin=_MARGIN,
    )


def card_alt(revision: Revision) -> str:
    """Return the alt text of a card, safe to show: headline, verdict, and the weightiest change in words."""
    told = [visible(revision.diff.new.headline) or UNTITLED, summary(revision.verdict)]
    change = _weightiest(revision)
    if change:
        told.append(f"{where(change)}: {deed(change)}")
    if revision.seen_at:
        told.append(f"Seen {clock(revision.seen_at)}")
    return ". ".join(part.rstrip(".") for part in told) + "."


def card_png(svg: str, *, width: int = WIDTH, fonts: Sequence[Path] | None = None) -> bytes:
    """Return a card as PNG, so many pixels wide, written with the fonts of the system, or only with those given.

    A letter that none of them has is left out. Raises ConfigError where resvg is not installed, or no font is there.
    """
    try:
        import resvg_py  # noqa: PLC0415
    except ModuleNotFoundError:
        raise ConfigError("cards as PNG need resvg: pip install 'revtrack[card]'; as SVG they need nothing") from None
    files = [str(path) for path in fonts or ()]
    draw = partial(resvg_py.svg_to_bytes, skip_system_fonts=fonts is not None, font_files=files)
    empty = draw(svg_string=_PROBE.format("", ""))
    serif, sans = (
        next((one for one in families if draw(svg_string=_PROBE.format(one, "M")) != empty), "")
        for families in (_SERIF, _SANS)
    )
    if not (serif or sans):
        raise ConfigError(
            "there is no font to write a card with: install one (Debian: fonts-liberation, and fonts-noto-cjk for "
            "Chinese, Japanese and Korean); as SVG a card needs none"
        )
    return bytes(
        draw(
            svg_string=svg,
            width=width,
            font_family=serif or sans,
            serif_family=serif or sans,
            sans_serif_family=sans or serif,
        )
    )


_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9" font-family="{}">{}</text></svg>'
_SERIF = ("Liberation Serif", "DejaVu Serif", "Noto Serif", "Times New Roman", "serif")
_SANS = ("Liberation Sans", "DejaVu Sans", "Noto Sans", "Arial", "sans-serif")
"""What may stand for families that are not at hand: of a system resvg knows no more than the names that Windows has."""


def _laid_out(revision: Revision) -> Card:
    """Return the lines of a card in the largest letters that hold them all."""
    headline = next((field for field in revision.diff.fields if field.field == "headline"), None)
    change = _weightiest(revision)
    if headline:
        spans, kicker = field_spans(headline.old, headline.new, headline.segments), ""
    elif change:
        spans, kicker = _sentence(revision, change), visible(revision.diff.new.headline)
    else:
        spans, kicker = (Span(Op.KEEP, revision.diff.new.headline or UNTITLED),), ""
    runs = [Run(span.op, visible(span.text)) for span in parted(spans)]
    top = _BELOW_KICKER if kicker else _TOP
    size, lines = _fitted(runs, _FOOT - top - 16)
    right = is_right_to_left("".join(run.text for run in runs))
    return Card(tuple(map(placed, lines)), size, top, _cut(kicker), right)


def _fitted(runs: list[Run], height: int) -> tuple[int, tuple[Line, ...]]:
    """Return the largest size at which all runs fit a height, and their lines; at the smallest they may be cut."""
    for size in _SIZES:
        lines = _wrapped(runs, size, height)
        if not lines[-1] or lines[-1][-1].text[-1:] != "…":
            return size, lines
    return _SIZES[-1], _wrapped(runs, _SIZES[-1], height)


def _wrapped(runs: list[Run], size: int, height: int) -> tuple[Line, ...]:
    return wrap_runs(runs, (WIDTH - 2 * _MARGIN) / size, most=int(height / size / _LEADING))


def _weightiest(revision: Revision) -> Change | None:
    changes = revision.diff.changes
    for reason in revision.verdict.reasons:
        if reason.change is not None and reason.change < len(changes):
            return changes[reason.change]
    return changes[0] if changes else None


def _sentence(revision: Revision, change: Change) -> tuple[Span, ...]:
    """Return the paragraph that a change stands in, from a little before its first changed words."""
    for row in rows(revision.diff):
        if row.spans and (_holds(row.new, change.new_paragraph) or _holds(row.old, change.old_paragraph)):
            return _from_change(row.spans)
    return (Span(Op.DELETE, change.old), Span(Op.INSERT, change.new))


def _holds(span: tuple[int, int], index: int | None) -> bool:
    return index is not None and span[0] <= index < span[1]


def _from_change(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    first, *rest = spans
    if first.op is not Op.KEEP or len(first.text) <= _LEAD:
        return spans
    return (Span(Op.KEEP, "… " + first.text[-_LEAD:].split(" ", 1)[-1]), *rest)


def _facts(revision: Revision) -> str:
    return _cut("   ".join(facts(revision.verdict)))


def _cut(text: str) -> str:
    line = wrap_runs([Run(Op.KEEP, text)], (WIDTH - 2 * _MARGIN) / 36, most=1)[0]
    return "".join(run.text for run in line)


def _named(source: str, site: str) -> str:
    """Return a source with its site, cut to the room that the card has for both."""
    most = _MOST_SOURCE - len(site)
    shown = source if len(source) <= most else f"{source[: max(most - 1, 0)].rstrip()}…"
    return " · ".join(part for part in (shown, site) if part.strip("…"))


def _site(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
