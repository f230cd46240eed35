"""A revision for the terminal: headline, verdict and note first, then the changed paragraphs in their places.

Struck and underlined as well as coloured, so that no colour is needed to read it; the two colours are readable on
light and dark grounds and distinct for colour-blind eyes. Without colour the same text carries `[-old-]{+new+}` marks.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from revtrack.model import Disclosure, Op, Revision
from revtrack.rendering.passages import DEEDS
from revtrack.rendering.view import Row, Span, columns, field_label, field_spans, parted, rows, shorten
from revtrack.rendering.visible import isolated, visible
from revtrack.rendering.wording import count, departure, facts, late_title, note_title, observed, summary, withdrawn
from revtrack.rendering.wrapping import wrap

DELETED, INSERTED = "strike color(166)", "underline color(33)"
_MARKS = {Op.DELETE: ("[-", "-]"), Op.INSERT: ("{+", "+}")}
_STYLES = {Op.DELETE: DELETED, Op.INSERT: INSERTED, Op.MOVE: "italic", Op.KEEP: ""}
_NOTE_BAR = "▌ "
_BETWEEN = " │ "
_USUAL_WIDTH = 120  # cells for two columns where nobody says how many there are

Draw = Callable[[Iterable[Span]], Text]


def render(revision: Revision, *, color: bool = False, width: int | None = None, side_by_side: bool = False) -> str:
    """Return the revision as terminal text. `width` is in cells; None wraps nothing, but two columns at a usual one."""
    width = width or (_USUAL_WIDTH if side_by_side else None)
    out = StringIO()
    console = Console(
        file=out,
        force_terminal=color,
        no_color=not color,
        color_system="256" if color else None,
        width=width or 10_000,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    show(revision, console, color=color, wrapped=width is not None, side_by_side=side_by_side)
    lines = out.getvalue().splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def show(
    revision: Revision, console: Console, *, color: bool = True, wrapped: bool = True, side_by_side: bool = False
) -> None:
    """Print the revision on a console of the caller's, what was and what is beside each other where asked for."""
    draw = styled if color else marked
    for part in (*_head(revision, draw), *_fields(revision, draw)):
        for line in wrap(part, console.width) if wrapped else [part]:
            console.print(line, soft_wrap=True)
    found = rows(revision.diff)
    gutter = max((cell_len(_label(row)) for row in found), default=0) + 2
    if not wrapped:
        console.print()
    for before, row in zip((None, *found), found, strict=False):
        if not wrapped:
            console.print(Text(f"{_label(row)}  ").append_text(_line(row, draw)), soft_wrap=True)
            continue
        if before is None or before.spans or row.spans:  # folds stand together
            console.print()
        room = console.width - gutter
        lines = _columns(row, draw, room) if side_by_side and row.spans else wrap(_line(row, draw), room)
        for i, line in enumerate(lines):
            lead = Text(f"{_label(row):>{gutter - 2}}  " if i == 0 else " " * gutter, style="dim")
            console.print(Text.assemble(lead, line), soft_wrap=True)


def _head(revision: Revision, draw: Draw) -> Iterator[Text]:
    """Headline, where, verdict with the facts, what was observed, and the notes."""
    yield _headline(revision, draw)
    yield from _where(revision)
    yield Text()
    verdict = revision.verdict
    loud = verdict.disclosure not in {Disclosure.NOT_NEEDED, Disclosure.DISCLOSED}
    told = facts(verdict)
    line = Text().append(
        f" {summary(verdict).upper()} " if loud and draw is styled else summary(verdict).upper(),
        style="bold reverse" if loud else "bold",
    )
    yield line.append("  " + " · ".join(told)) if told else line
    for sentence in observed(revision):
        yield Text(sentence, style="dim")
    for note in revision.notes:
        title = Text().append(_NOTE_BAR + note_title(note) + ": ", style="bold")
        yield title.append(f"“{isolated(visible(note.text))}”")
    for note in revision.late:
        title = Text().append(_NOTE_BAR + late_title(revision, note) + ": ", style="bold")
        yield title.append(f"“{isolated(visible(note.text))}”")
    for text in withdrawn(revision):
        line = Text().append(_NOTE_BAR + "note withdrawn: ", style="bold")
        yield line.append_text(draw([Span(Op.DELETE, text)]))
    if "note_reworded" in verdict.events:
        yield Text(_NOTE_BAR + "note reworded", style="bold")


def _headline(revision: Revision, draw: Draw) -> Text:
    for field in revision.diff.fields:
        if field.field == "headline":
            text = draw(field_spans(field.old, field.new, field.segments))
            text.stylize("bold")
            return text
    return Text(isolated(visible(revision.diff.new.headline)) or "(no headline)", style="bold")


def _where(revision: Revision) -> Iterator[Text]:
    step = f"version {revision.old} → {revision.new}" if revision.new else ""
    where = "   ".join(part for part in (visible(revision.url), step) if part)
    if where:
        yield Text(where, style="dim")


def _fields(revision: Revision, draw: Draw) -> Iterator[Text]:
    others = [field for field in revision.diff.fields if field.field != "headline"]
    for field in others:
        label = Text().append(f"{field_label(field)}  ", style="dim")
        yield label.append_text(draw(field_spans(field.old, field.new, field.segments)))
    if others:
        yield Text()


def _label(row: Row) -> str:
    if row.folded or row.gone_to:
        return "⋮"
    return f"¶ {row.place}"


def _columns(row: Row, draw: Draw, room: int) -> Iterator[Text]:
    """Yield the lines of a row in two columns: what stood before, and what stands now."""
    width = (room - len(_BETWEEN)) // 2
    left, right = (wrap(draw(shorten(side)), width) for side in columns(row))
    named = _named(row)
    if named.plain:
        yield named
    for before, after in zip_longest(left, right, fillvalue=Text()):
        padded = before.copy()
        padded.append(" " * (width - cell_len(before.plain)))
        yield Text.assemble(padded, (_BETWEEN, "dim"), after)


def _line(row: Row, draw: Draw) -> Text:
    if row.folded:
        return Text(f"{count(row.folded, 'paragraph')} unchanged", style="dim")
    if row.gone_to:
        return Text(departure(row.place, row.gone_to, row.gone), style="dim")
    text = _named(row)
    return text.append(" " if text.plain else "").append_text(draw(shorten(row.spans)))


def _named(row: Row) -> Text:
    """Return what happened to a paragraph and what it is on the page: "(moved caption)"."""
    named = " ".join(part for part in (DEEDS.get(row.op, ""), row.kind) if part)
    return Text().append(f"({named})" if named else "", style="dim")


def styled(spans: Iterable[Span]) -> Text:
    """Return spans struck, underlined and coloured."""
    text = Text()
    for span in parted(spans):
        text.append(f"[{span.origin}] " if span.origin else "", style="dim")
        text.append(_safe(span), style=_STYLES[span.op])
    return text


def marked(spans: Iterable[Span]) -> Text:
    """Return spans with `[-old-]{+new+}` marks, and `{>from ¶ 3: words<}` where words moved here alone."""
    text = Text()
    for span in spans:
        before, after = (f"{{>{span.origin}: ", "<}") if span.origin else _MARKS.get(span.op, ("", ""))
        # What a page writes like our marks is broken up, so that it forges none.
        safe = _FORGED.sub(_BREAK, _safe(span))
        core = safe.strip("\n")
        lead = safe[: len(safe) - len(safe.lstrip("\n"))] if core else ""
        text.append(f"{lead}{before}{core}{after}{safe[len(lead) + len(core) :]}")
    return text


_BREAK = r"\\"  # one backslash, as a template of `re.sub`
_FORGED = re.compile(r"(?<=[\[{])(?=[-+>])|(?<=[-+<])(?=[\]}])")


def _safe(span: Span) -> str:
    """Return a span's text made safe, its paragraph breaks shown as a mark where they came or went."""
    break_ = {Op.DELETE: " ¶ ", Op.INSERT: " ¶\n"}.get(span.op, "\n")
    return break_.join(isolated(visible(piece)) for piece in span.text.split("\n"))
