"""Say of each reason whether a note explains it, and of the whole what is worst. Knows not how levels came about."""

from collections.abc import Sequence
from dataclasses import replace

from revtrack.model import Change, Diff, Disclosure, Note, NoteKind, Reason, Significance, Verdict
from revtrack.verdicts.explaining import changed, explain
from revtrack.verdicts.linking import Link, NoteReading, features, link, names_words_of, read_note

_NEEDED = Significance.DETAIL.level
_MOST = 12  # new notes of one revision that are held against its changes
_OPEN = frozenset({Disclosure.UNDISCLOSED, Disclosure.STAMPED, Disclosure.VAGUE, Disclosure.PARTLY})
_RAISING = {NoteKind.CORRECTION: Significance.SUBSTANTIVE, NoteKind.CLARIFICATION: Significance.DETAIL}
"""How much words matter at least that such a note is about."""


def disclose(reasons: Sequence[Reason], diff: Diff, notes: Sequence[Note], *, stamped: bool) -> tuple[Reason, ...]:
    """Return the reasons with their disclosure, given the notes that are new or reworded in this revision.

    One that stood before explains only what it states itself: where the rest of the article follows a correction.
    """
    language = _language(diff)
    readings = [read_note(note, language=language) for note in notes[:_MOST]]
    reasons = _called_wrong(reasons, readings, diff.changes)
    standing = [note for note in diff.new.notes[:_MOST] if note.is_revising and note not in notes]
    linked = explain(reasons, diff, readings, standing, language=language)
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
    reasons: Sequence[Reason], readings: Sequence[NoteReading], changes: Sequence[Change]
) -> list[Reason]:
    """Return the reasons with those raised that a correction must mean, where it is about no weightier one.

    Whatever the words mean in a language of which little is known: the publisher says that they were wrong, or not
    clear enough. Small words of a quotation are meant by a note on one.
    """
    about = [reason for reason in reasons if reason.change is not None]
    heavier = [reason for reason in about if reason.significance.level >= _NEEDED]
    slight = [reason for reason in about if reason.significance is Significance.COSMETIC]
    raised: dict[int, Significance] = {}
    for reading in readings:
        level = _RAISING.get(reading.note.kind)
        if level is None or any(_link(reading, reason, changes) for reason in heavier):
            continue
        worded = [reason for reason in about if reason.significance is Significance.MINOR]
        worded += [reason for reason in slight if reading.topics & features(reason, changed(reason, changes))]
        meant = [reason for reason in worded if _link(reading, reason, changes) >= Link.WORDS]
        if heavier:
            meant = [reason for reason in meant if names_words_of(reading, reason)]
        if not heavier and len(worded) == 1 and reading.may_mean(worded[0], changed(worded[0], changes)):
            meant = worded
        raised |= {id(r): max(level, raised.get(id(r), level), key=lambda found: found.level) for r in meant}
    return [replace(r, significance=raised[id(r)]) if id(r) in raised else r for r in reasons]


def _link(reading: NoteReading, reason: Reason, changes: Sequence[Change]) -> Link:
    return link(reading, reason, changed(reason, changes), language=reading.language)


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
    return tuple(_late(reason, readings, changed(reason, diff.changes), language) for reason in reasons)


def _late(reason: Reason, readings: Sequence[NoteReading], change: Change | None, language: str) -> Reason:
    if reason.disclosure not in _OPEN or reason.where == "link":  # the words of an address say too little
        return reason
    about = next((r for r in readings if link(r, reason, change, language=language) >= Link.WORDS), None)
    return _raised(replace(reason, disclosure=Disclosure.LATE), about) if about else reason


def _language(diff: Diff) -> str:
    return (diff.new.language or diff.old.language or "en")[:2]


def _without_link(readings: Sequence[NoteReading], *, linked: bool, stamped: bool) -> Disclosure:
    if not readings:
        return Disclosure.STAMPED if stamped else Disclosure.UNDISCLOSED
    return Disclosure.VAGUE if all(reading.names_nothing for reading in readings) and not linked else Disclosure.PARTLY
