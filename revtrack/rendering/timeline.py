"""An article's life as a picture: looks, versions by the share that changed, notes, absences. Places only; pure.

Time runs by the logarithm of the hours since the first look: edits crowd the first day, and a month still fits. Places
across are percents of the width, so that a picture of any width is drawn from the same numbers; heights are pixels.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log1p, sqrt
from typing import NamedTuple

from revtrack.model import Diff, Disclosure, Op, Revision, Significance
from revtrack.rendering.absences import Look, absences
from revtrack.rendering.unread import is_failure

HEIGHT = 88
"""Pixels of a mark that reaches the top of the scale."""
_SCALES = (0.1, 0.3, 1.0)  # shares of the text that the top may stand for: the least that holds every revision
_GRID = (0.01, 0.05, 0.1, 0.3, 0.5, 1.0)
_LOWEST = 5
_MOST_LOOKS = 400  # of more, some are drawn: they would be one grey bar anyway
_NEAREST = 5.0  # percent of the width between two numbers or ticks that can be read
_TICKS = (
    (timedelta(hours=1), "1 hour"),
    (timedelta(hours=6), "6 hours"),
    (timedelta(days=1), "1 day"),
    (timedelta(days=3), "3 days"),
    (timedelta(days=7), "1 week"),
    (timedelta(days=30), "1 month"),
    (timedelta(days=182), "6 months"),
    (timedelta(days=365), "1 year"),
    (timedelta(days=1826), "5 years"),
)


class Mark(NamedTuple):
    """A revision: where it stands, how tall in pixels, and what is written over it ("" where there is no room)."""

    x: float
    height: float
    number: int
    label: str
    significance: Significance
    disclosure: Disclosure
    share: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The places of a timeline: percents across. `late` leads from a revision to the note that came after it.

    `looks` read the page or found it gone, `failed` came to nothing. `grid` are shares of the text, each with its
    height in pixels.
    """

    marks: tuple[Mark, ...]
    looks: tuple[float, ...]
    failed: tuple[float, ...]
    notes: tuple[float, ...]
    gone: tuple[tuple[float, float], ...]
    late: tuple[tuple[float, float], ...]
    ticks: tuple[tuple[float, str], ...]
    grid: tuple[tuple[float, float], ...]


def timeline(revisions: Sequence[Revision], looks: Sequence[Look]) -> Timeline | None:
    """Return the picture of an article's looks and revisions; None where no time passed that could be drawn."""
    times = [at for at, _ in looks] + [revision.seen_at for revision in revisions if revision.seen_at]
    if not times or min(times) == max(times):
        return None
    place = _scale(min(times), max(times))
    dated = [(revision, revision.seen_at) for revision in revisions if revision.seen_at]
    most = max((share_changed(revision.diff) for revision, _ in dated), default=0.0)
    top = next(scale for scale in _SCALES if most <= scale)
    late = [
        (place(at), place(at + timedelta(seconds=lag)))
        for revision, at in dated
        if (lag := revision.verdict.lag) is not None
    ]
    return Timeline(
        marks=tuple(_marks(dated, place, top)),
        looks=_some(place(at) for at, outcome in looks if not is_failure(outcome)),
        failed=_some(place(at) for at, outcome in looks if is_failure(outcome)),
        notes=tuple(place(at) for revision, at in dated if any(note.is_revising for note in revision.notes)),
        gone=tuple((place(since), place(until) if until else 100.0) for since, until in absences(looks)),
        late=tuple(late),
        ticks=tuple(_ticks(max(times) - min(times), place, min(times))),
        grid=tuple((share, _height(share, top)) for share in _GRID if top / 12 < share <= top),
    )


def _some(places: Iterable[float]) -> tuple[float, ...]:
    found = tuple(places)
    return found[:: 1 + len(found) // _MOST_LOOKS]


def share_changed(diff: Diff) -> float:
    """Return the share of both bodies that was taken out or put in, 0 to 1; 0 where only the headline changed."""
    changed = sum(
        part.old_end - part.old_start + part.new_end - part.new_start
        for part in diff.segments
        if part.op in {Op.DELETE, Op.INSERT}
    )
    return changed / max(1, len(diff.old_text) + len(diff.new_text))


def _scale(first: datetime, last: datetime) -> Callable[[datetime], float]:
    """Return what places a moment between two."""
    whole = log1p((last - first) / timedelta(hours=1))

    def place(moment: datetime) -> float:
        hours = max(0.0, (moment - first) / timedelta(hours=1))
        return round(min(100.0, 100 * log1p(hours) / whole), 2)

    return place


def _height(share: float, top: float) -> float:
    """Return how tall a share is drawn: by its root, so that a changed word is seen beside a changed page."""
    return round(HEIGHT * sqrt(share / top), 1)


def _marks(
    dated: Iterable[tuple[Revision, datetime]], place: Callable[[datetime], float], top: float
) -> Iterable[Mark]:
    labelled = -_NEAREST
    for revision, at in dated:
        x, share, number = place(at), share_changed(revision.diff), revision.new or 0
        label = str(number) if x - labelled >= _NEAREST else ""
        labelled = x if label else labelled
        height = max(_LOWEST, _height(share, top))
        yield Mark(x, height, number, label, revision.verdict.significance, revision.verdict.disclosure, share)


def _ticks(length: timedelta, place: Callable[[datetime], float], first: datetime) -> Iterable[tuple[float, str]]:
    """Yield the round times since the first look that have room for their names, from the latest."""
    free = 100.0
    for after, name in reversed(_TICKS):
        if after < length and (x := place(first + after)) <= free - 3.2 * _NEAREST:
            yield x, name
            free = x
