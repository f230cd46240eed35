"""Which later version's note explains an earlier change, found by the lag that its verdict states. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from revtrack.model import Note, Verdict

_SLACK = timedelta(seconds=1)  # times are kept to the second, lags with their fractions


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked of a revision: the version it led to, when that was first seen, its verdict and its new notes."""

    version: int
    at: datetime
    verdict: Verdict
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
        Late(step.version, brought.version, timedelta(seconds=step.verdict.lag), _revising(brought))
        for step in known
        if step.verdict.lag is not None
        for brought in _bringers(step.at + timedelta(seconds=step.verdict.lag), step.version, known)[:1]
    )


def _bringers(at: datetime, after: int, steps: Sequence[Step]) -> list[Step]:
    return [step for step in steps if step.version > after and abs(step.at - at) <= _SLACK and _revising(step)]


def _revising(step: Step) -> tuple[Note, ...]:
    return tuple(note for note in step.notes if note.is_revising)
