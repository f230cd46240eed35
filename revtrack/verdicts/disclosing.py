"""Say of each reason whether a note explains it, and of the whole what is worst. Knows not how levels came about."""

from collections.abc import Sequence
from dataclasses import replace

from revtrack.model import Change, Diff, Disclosure, Note, NoteKind, Reason, Significance, Verdict
from revtrack.verdicts.linking import VALUED, Link, NoteReading, link, read_note

_NEEDED = Significance.DETAIL.level
_MOST = 12  # new notes of one revision that are held against its changes
_OPEN = frozenset({Disclosure.UNDISCLOSED, Disclosure.STAMPED, Disclosure.VAGUE, Disclosure.PARTLY})
_RAISING = {NoteKind.CORRECTION: Significance.SUBSTANTIVE, NoteKind.CLARIFICATION: Significance.DETAIL}
"""How much words matter at least that such a note is about."""
_SPECIFIC = frozenset(
    {NoteKind.CORRECTION, NoteKind.CLARIFICATION, NoteKind.AMENDMENT, NoteKind.REMOVAL, NoteKind.RETRACTION},
)


def disclose(reasons: Sequence[Reason], diff: Diff, notes: Sequence[Note], *, stamped: bool) -> tuple[Reason, ...]:
    """Return the reasons with their disclosure, given the notes that are new or reworded in this revision."""
    language = _language(diff)
    readings = [read_note(note, language=language) for note in notes[:_MOST]]
    reasons = _called_wrong(reasons, readings, diff.changes, language)
    linked = _links(readings, reasons, diff.changes, language)
    default = _without_link(readings, linked=any(linked), stamped=stamped)
    found = []
    for reason, reading in zip(reasons, linked, strict=True):
        if reason.significance.level < _NEEDED or reason.feature == "retraction":
            found.append(reason)
        elif reading is None:
            found.append(replace(reason, disclosure=default))
        else:
            index = diff.new.notes.index(reading.note)
            found.append(_raised(replace(reason, disclosure=Disclosure.DISCLOSED, note=index), reading))
    return tuple(found)


def _called_wrong(
    reasons: Sequence[Reason], readings: Sequence[NoteReading], changes: Sequence[Change], language: str
) -> list[Reason]:
    """Return the reasons with those raised that a correction must mean, where no weightier one can be meant.

    Whatever the words mean in a language of which little is known: the publisher says that they were wrong, or not
    clear enough.
    """
    owned = [reading for reading in readings if reading.note.kind in _RAISING]
    about = [reason for reason in reasons if reason.change is not None]
    if any(reason.significance.level >= _NEEDED for reason in about):
        return list(reasons)
    worded = [reason for reason in about if reason.significance is Significance.MINOR]
    meant = [
        reason
        for reason in worded
        if any(link(r, reason, _change(reason, changes), language=language) >= Link.WORDS for r in owned)
        or (len(worded) == 1 and any(r.may_mean(reason) for r in owned))
    ]
    level = max((_RAISING[r.note.kind] for r in owned), key=lambda level: level.level, default=Significance.MINOR)
    return [replace(r, significance=level) if r in meant else r for r in reasons]


def _raised(reason: Reason, reading: NoteReading) -> Reason:
    """Return a reason that a correction explains as substantive at least: the publisher calls it an error itself."""
    wrong = reading.note.kind is NoteKind.CORRECTION and reason.significance is Significance.DETAIL
    return replace(reason, significance=Significance.SUBSTANTIVE) if wrong else reason


def conclude(reasons: tuple[Reason, ...], *, events: tuple[str, ...] = (), lag: float | None = None) -> Verdict:
    """Return the verdict: the highest level, and the worst disclosure of level 3 or more, else of level 2."""
    significance = max((r.significance for r in reasons), key=lambda level: level.level, default=Significance.COSMETIC)
    counted = min(significance.level, Significance.SUBSTANTIVE.level)
    told = [r.disclosure for r in reasons if r.significance.level >= max(counted, _NEEDED)]
    disclosure = max(told, key=lambda found: found.rank, default=Disclosure.NOT_NEEDED)
    return Verdict(significance, disclosure, reasons, events, lag)


def disclose_later(reasons: Sequence[Reason], diff: Diff, notes: Sequence[Note]) -> tuple[Reason, ...]:
    """Return the reasons with those made `late` that one of these later notes is surely about."""
    language = _language(diff)
    readings = [reading for note in notes[:_MOST] if not (reading := read_note(note, language=language)).names_nothing]
    return tuple(_late(reason, readings, _change(reason, diff.changes), language) for reason in reasons)


def _late(reason: Reason, readings: Sequence[NoteReading], change: Change | None, language: str) -> Reason:
    if reason.disclosure not in _OPEN:
        return reason
    about = next((r for r in readings if link(r, reason, change, language=language) >= Link.WORDS), None)
    return _raised(replace(reason, disclosure=Disclosure.LATE), about) if about else reason


def _language(diff: Diff) -> str:
    return (diff.new.language or diff.old.language or "en")[:2]


def _change(reason: Reason, changes: Sequence[Change]) -> Change | None:
    return changes[reason.change] if reason.change is not None and reason.change < len(changes) else None


def _without_link(readings: Sequence[NoteReading], *, linked: bool, stamped: bool) -> Disclosure:
    if not readings:
        return Disclosure.STAMPED if stamped else Disclosure.UNDISCLOSED
    return Disclosure.VAGUE if all(reading.names_nothing for reading in readings) and not linked else Disclosure.PARTLY


def _links(
    readings: Sequence[NoteReading], reasons: Sequence[Reason], changes: Sequence[Change], language: str
) -> list[NoteReading | None]:
    """Return the note that explains each reason, None where none does.

    A note that is surely about some changes, by a value or by words, is not about others for their kind alone.
    """
    best: list[tuple[Link, NoteReading | None]] = [(Link.NONE, None)] * len(reasons)
    for reading in readings:
        found = [link(reading, r, _change(r, changes), language=language) for r in reasons]
        needed = [i for i, r in enumerate(reasons) if r.significance.level >= _NEEDED]
        sure = any(found[i] >= Link.WORDS for i in needed)
        if not any(found[i] for i in needed):
            found = _only_one(reading, reasons, found)
        for i, strength in enumerate(found):
            counts = strength >= Link.WORDS or (strength and (not sure or strength is Link.KIND))
            if counts and strength > best[i][0]:
                best[i] = strength, reading
    return [reading for _, reading in best]


def _only_one(reading: NoteReading, reasons: Sequence[Reason], found: list[Link]) -> list[Link]:
    """Link a correction that shares no word with any change to the only one that can be meant, or the only place."""
    top = max((r.significance.level for r in reasons), default=0)
    needed = [i for i, r in enumerate(reasons) if r.significance.level >= _NEEDED]
    one_place = len({reasons[i].where for i in needed}) == 1 >= sum(reasons[i].feature in VALUED for i in needed)
    meant = needed if one_place else [i for i in needed if reasons[i].significance.level == top]
    if not (one_place or len(meant) == 1) or reading.note.kind not in _SPECIFIC or reading.names_nothing:
        return found
    if not all(reading.may_mean(reasons[i]) for i in meant):
        return found
    return [Link.TOPIC if i in meant else strength for i, strength in enumerate(found)]
