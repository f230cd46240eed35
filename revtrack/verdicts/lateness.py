"""Which later version's note explains an earlier change, found by the lag that its verdict states."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from revtrack.model import Note

SLACK = timedelta(seconds=1)
"""How far a lag may be from the time between two versions: times are kept to the second, lags with fractions."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked of a revision: the version it led to, when it was first seen, its verdict's lag, its new notes."""

    version: int
    at: datetime
    lag: float | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """A note that came with a later version than the change it explains, and how much later."""

    change: int
    version: int
    lag: timedelta
    notes: tuple[Note, ...]


def late_notes(steps: Iterable[Step]) -> tuple[Late, ...]:
    """Return the notes of an article that came late, given all its revisions; none where the note's version is gone."""
    known = sorted(steps, key=lambda step: step.version)
    return tuple(
        Late(step.version, brought.version, timedelta(seconds=step.lag), _revising(brought))
        for step in known
        if step.lag is not None
        for brought in _bringers(step.at + timedelta(seconds=step.lag), step.version, known)[:1]
    )


def _bringers(at: datetime, after: int, steps: Sequence[Step]) -> list[Step]:
    return [step for step in steps if step.version > after and abs(step.at - at) <= SLACK and _revising(step)]


def _revising(step: Step) -> tuple[Note, ...]:
    return tuple(note for note in step.notes if note.is_revising)
