"""What a note says about a revision, and what it fails to say: observed from its words alone. Pure."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from revtrack.model import Note, Reason, Revision, Significance
from revtrack.rendering.visible import quoted, visible
from revtrack.rendering.wording import clock, facts


@dataclass(frozen=True, slots=True)
class Saying:
    """A note, with sentences of what it says and of what it does not; safe to show."""

    note: Note
    says: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def sayings(revision: Revision) -> tuple[Saying, ...]:
    """Return a revision's notes, each with what it says of the changes; what no note tells stands with the last."""
    told = [note for note in revision.notes if note.is_revising]
    return tuple(
        Saying(note, tuple(_says(note, revision)), tuple(_lacks(note, revision, last=note is told[-1])))
        if note.is_revising
        else Saying(note)
        for note in revision.notes
    )


def _says(note: Note, revision: Revision) -> list[str]:
    found = []
    if note.wrong and note.right:
        found.append(f"It gives {_quoted(note.wrong)} as what stood there and {_quoted(note.right)} as what is right.")
    elif note.wrong or note.right:
        which = "stood there" if note.wrong else "is right"
        found.append(f"It gives {_quoted(note.wrong or note.right)} as what {which}.")
    covered = _facts(revision, [reason for reason in _weighty(revision) if _explains(note, reason, revision)])
    if covered:
        found.append(f"It is about this change: {covered}.")
    if note.stated_at:
        found.append(f"It is dated {_date(note.stated_at)}.")
    return found


def _date(stated: datetime) -> str:
    """Return the time that a note gives, the day alone where it gives no more."""
    at = stated.astimezone(UTC)
    return f"{at:%F}" if at.time() == time() else clock(at)


def _lacks(note: Note, revision: Revision, *, last: bool) -> list[str]:
    found = []
    covered = [reason for reason in _weighty(revision) if _explains(note, reason, revision)]
    if not (note.wrong or note.right or note.target or covered):
        found.append("It does not say what was changed.")
    elif not note.wrong and any(reason.before for reason in covered):
        found.append("It does not say what stood there before.")
    left = _facts(revision, [reason for reason in _weighty(revision) if reason.note is None]) if last else ""
    if left:
        found.append(f"No note speaks of: {left}.")
    return found


def _weighty(revision: Revision) -> list[Reason]:
    """Return the reasons that want a note."""
    return [reason for reason in revision.verdict.reasons if reason.significance.level >= Significance.DETAIL.level]


def _explains(note: Note, reason: Reason, revision: Revision) -> bool:
    notes = revision.diff.new.notes
    return reason.note is not None and reason.note < len(notes) and notes[reason.note] == note


def _facts(revision: Revision, reasons: list[Reason]) -> str:
    return " · ".join(facts(replace(revision.verdict, reasons=tuple(reasons)))) if reasons else ""


def _quoted(text: str) -> str:
    return quoted(visible(text))
