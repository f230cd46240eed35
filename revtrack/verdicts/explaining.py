"""Which note explains each reason of a revision, all of its reasons and notes seen together. Knows no verdict."""

from collections.abc import Sequence

from revtrack.model import Change, Diff, Note, NoteKind, Reason, Significance
from revtrack.verdicts.linking import VALUED, Link, NoteReading, link, read_note, states_both

_NEEDED = Significance.DETAIL.level
_SPECIFIC = frozenset(
    {NoteKind.CORRECTION, NoteKind.CLARIFICATION, NoteKind.AMENDMENT, NoteKind.REMOVAL, NoteKind.RETRACTION},
)

Explained = list[NoteReading | None]
"""The note that explains each reason, None where none does."""


def explain(
    reasons: Sequence[Reason], diff: Diff, fresh: Sequence[NoteReading], standing: Sequence[Note], *, language: str
) -> Explained:
    """Return which note explains each reason: one that is new or reworded or, for some, one that stood before."""
    naming = [reading for reading in fresh if not reading.names_nothing]
    if naming and diff.old.paragraphs and not diff.new.paragraphs:  # the whole text gave way to it
        return [naming[0]] * len(reasons)
    found = _rest_of_headline(_links(fresh, reasons, diff.changes, language), reasons)
    left = [r for r, reading in zip(reasons, found, strict=True) if reading is None and _is_carried_on(r, diff)]
    readings = [read_note(note, language=language) for note in standing] if left else []
    told = {id(r): x for r in left for x in readings if states_both(x, r, language=language)}
    return [reading or told.get(id(r)) for r, reading in zip(reasons, found, strict=True)]


def _is_carried_on(reason: Reason, diff: Diff) -> bool:
    """Whether a value was put that the article had elsewhere already: a correction that this place had not followed."""
    valued = reason.feature in VALUED and reason.significance.level >= _NEEDED
    return valued and bool(reason.before and reason.after) and reason.after in diff.old_text


def _rest_of_headline(found: Explained, reasons: Sequence[Reason]) -> Explained:
    """Link the other words of a headline to the note that explains all the facts put for others in it."""
    facts = [
        reading
        for r, reading in zip(reasons, found, strict=True)
        if r.where == "headline" and r.feature != _REWORDED and r.significance.level >= _NEEDED
    ]
    told = facts[0] if facts and all(facts) else None
    return [reading or (told if r.feature == _REWORDED else None) for r, reading in zip(reasons, found, strict=True)]


_REWORDED = "headline_reworded"


def _links(
    readings: Sequence[NoteReading], reasons: Sequence[Reason], changes: Sequence[Change], language: str
) -> Explained:
    """Return the note that explains each reason by what the two share.

    A note that is surely about some changes, by a value or by words, is not about others for their kind alone.
    """
    best: list[tuple[Link, NoteReading | None]] = [(Link.NONE, None)] * len(reasons)
    for reading in readings:
        found = [link(reading, r, changed(r, changes), language=language) for r in reasons]
        needed = [i for i, r in enumerate(reasons) if r.significance.level >= _NEEDED]
        sure = any(found[i] >= Link.WORDS for i in needed)
        if not any(found[i] for i in needed):
            found = _only_one(reading, reasons, changes, found)
        for i, strength in enumerate(found):
            counts = strength >= Link.WORDS or (strength and (not sure or strength is Link.KIND))
            if counts and strength > best[i][0]:
                best[i] = strength, reading
    return [reading for _, reading in best]


def changed(reason: Reason, changes: Sequence[Change]) -> Change | None:
    """Return the change that a reason is about, None where it is about none or one that was not kept."""
    return changes[reason.change] if reason.change is not None and reason.change < len(changes) else None


def _only_one(
    reading: NoteReading, reasons: Sequence[Reason], changes: Sequence[Change], found: list[Link]
) -> list[Link]:
    """Link a correction that shares no word with any change to the only one that can be meant, or the only place."""
    top = max((r.significance.level for r in reasons), default=0)
    needed = [i for i, r in enumerate(reasons) if r.significance.level >= _NEEDED]
    one_place = len({reasons[i].where for i in needed}) == 1 >= sum(reasons[i].feature in VALUED for i in needed)
    meant = needed if one_place else [i for i in needed if reasons[i].significance.level == top]
    if not (one_place or len(meant) == 1) or reading.note.kind not in _SPECIFIC or reading.names_nothing:
        return found
    if not all(reading.may_mean(reasons[i], changed(reasons[i], changes)) for i in meant):
        return found
    return [Link.TOPIC if i in meant else strength for i, strength in enumerate(found)]
