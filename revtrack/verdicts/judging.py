"""The judge: two stories or a diff → verdict, and the verdict of an earlier revision once a note came late. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from revtrack.diffing import diff as compare_stories
from revtrack.model import Diff, Disclosure, Note, NoteFamily, NoteKind, Reason, Revision, Significance, Story, Verdict
from revtrack.taking import expect
from revtrack.text import fold
from revtrack.verdicts.disclosing import conclude, disclose, disclose_later
from revtrack.verdicts.identity import NoteChanges, compare_notes
from revtrack.verdicts.leveling import on_one_level
from revtrack.verdicts.linking import VALUED, read_note
from revtrack.verdicts.marking import SETTLING, mark
from revtrack.verdicts.relinking import judge_links
from revtrack.verdicts.weighing import settle, weigh

_AGO = re.compile(r"\bago\b|\bvor \d|\bhace\b|il y a|\bhá\b|fa\b", re.IGNORECASE)
_OWNED = frozenset({NoteKind.CORRECTION, NoteKind.CLARIFICATION, NoteKind.RETRACTION})
"""Notes by which a publisher owns up to an error: to take one down is to take that back."""
_SHOWN = 120  # characters of a note that a reason shows


def compare(
    old: Story,
    new: Story,
    *,
    seen_at: datetime | None = None,
    settling: timedelta = SETTLING,
    verdict: Verdict | None = None,
) -> Revision:
    """Compare two stories: their diff, the notes that are new or reworded, and the verdict. Needs no archive.

    `seen_at` is when the new story was first seen, for what the verdict says of its age; `settling` is how long after
    its publication a page counts as still being finished. A plain text and a page are compared by text alone. With a
    `verdict`, as it was given before, nothing is judged.
    """
    for story in (old, new):
        expect(story, Story, "compare takes two stories", "extract(html) or read_text(text) make them")
    if seen_at is not None:
        expect(seen_at, datetime, "seen_at is a time", "write datetime(2024, 1, 31, tzinfo=UTC)")
    expect(settling, timedelta, "settling is a length of time", "write timedelta(hours=1)")
    old, new = on_one_level(old, new)
    diff = compare_stories(old, new)
    notes = compare_notes(old.notes, new.notes)
    verdict = verdict or mark(_judged(diff, notes), old, new, seen_at=seen_at, settling=settling)
    return Revision(diff, _in_order(notes.fresh, new), verdict, new_beside(old, new))


def new_beside(old: Story, new: Story) -> tuple[str, ...]:
    """Return the text beside the new story that stood neither beside nor in the old one."""
    known = {fold(text) for text in (*old.beside, *(paragraph.text for paragraph in old.paragraphs))}
    return tuple(text for text in new.beside if fold(text) not in known)


def judge(diff: Diff, *, notes: NoteChanges | None = None) -> Verdict:
    """Judge a diff: how much it matters, with its reasons, and whether the page said so.

    `notes` says what became of the notes; by default it is read from the two stories. Only notes that are new or
    reworded disclose. A reason without a change is about a note, one that was added, reworded or withdrawn, about
    the time of publication that the page states, or about a link.
    """
    expect(diff, Diff, "judge takes a diff", "diff(old, new) makes one of two stories")
    return _judged(diff, notes or compare_notes(diff.old.notes, diff.new.notes))


def disclose_late(earlier: Revision, notes: tuple[Note, ...], *, lag: timedelta) -> Verdict:
    """Return the verdict of an earlier revision given the notes that a later version brought.

    Changes that one of the notes is surely about become `late`; `lag` is the time from the change to the note. The
    verdict comes back as it was when no note is about it; a note that names nothing never is.
    """
    verdict = earlier.verdict
    revising = tuple(note for note in notes if note.is_revising)
    reasons = disclose_later(verdict.reasons, earlier.diff, revising)
    if reasons == verdict.reasons:
        return verdict
    first = verdict.lag if verdict.lag is not None else lag.total_seconds()
    return replace(conclude(reasons, events=verdict.events, lag=first), age=verdict.age)


def _judged(diff: Diff, notes: NoteChanges) -> Verdict:
    fresh = [note for note in notes.fresh if note.is_revising]
    found, stamped = weigh(diff), _stamp_moved(diff)
    reasons = disclose(settle(found, diff), diff, fresh, stamped=stamped)
    if put_right := [reason for reason in reasons if _is_put_right(reason, diff)]:
        reasons = disclose(settle(found, diff, put_right=put_right), diff, fresh, stamped=stamped)
    others = (*_of_notes(diff, notes), *judge_links(diff, fresh, stamped=stamped), *_redated(diff))
    told = sorted((*reasons, *others), key=lambda reason: -reason.significance.level)
    return conclude(tuple(told), events=_events(notes))


def _is_put_right(reason: Reason, diff: Diff) -> bool:
    """Whether a note owns that a value or name was wrong."""
    owned = reason.note is not None and diff.new.notes[reason.note].kind in _OWNED
    return owned and reason.feature in VALUED and reason.disclosure is Disclosure.DISCLOSED


def _stamp_moved(diff: Diff) -> bool:
    """Whether the page says that it was modified since: by its metadata, or by a time stamp in its text."""
    old, new = diff.old.modified, diff.new.modified
    if new is not None and (old is None or new > old):
        return True
    before, after = (_stamps(side) for side in (diff.old, diff.new))
    known = {fold(stamp.text) for stamp in before}
    latest = max((stamp.stated_at for stamp in before if stamp.stated_at), default=_NEVER)
    fresh = (stamp for stamp in after if fold(stamp.text) not in known)
    return any(stamp.stated_at is None or stamp.stated_at > latest for stamp in fresh)


def _stamps(story: Story) -> list[Note]:
    """Return the time stamps that say when the page was updated; one that counts "hours ago" moves by itself."""
    return [note for note in story.notes if note.family is NoteFamily.TIMESTAMP and not _AGO.search(note.text)]


_NEVER = datetime.min.replace(tzinfo=UTC)


def _in_order(fresh: tuple[Note, ...], story: Story) -> tuple[Note, ...]:
    wanted = set(fresh)
    return tuple(note for note in story.notes if note in wanted)


def _events(notes: NoteChanges) -> tuple[str, ...]:
    revising = [note for note in notes.removed if note.is_revising]
    reworded = [new for _, new in notes.reworded if new.is_revising]
    return ("note_withdrawn",) * bool(revising) + ("note_reworded",) * bool(reworded)


def _of_notes(diff: Diff, notes: NoteChanges) -> Iterator[Reason]:
    """Yield what happened to the notes themselves: nothing of the story, unless one takes all of it back."""
    places = {note: place for place, note in reversed(list(enumerate(diff.new.notes)))}  # of equal notes the first
    for note in notes.added:
        if note.is_revising and _takes_all_back(note, diff):
            disclosed = Disclosure.DISCLOSED
            yield Reason("retraction", Significance.MAJOR, "note", "", _short(note), disclosed, note=places[note])
        elif note.is_revising and read_note(note, language=note.language or diff.new.language).tells_news:
            disclosed = Disclosure.DISCLOSED
            yield Reason("note_added", Significance.DETAIL, "note", "", _short(note), disclosed, note=places[note])
        elif note.is_revising:
            yield Reason("note_added", Significance.MINOR, "note", "", _short(note), note=places[note])
    for old, new in notes.reworded:
        if new.is_revising:
            yield Reason("note_reworded", Significance.MINOR, "note", _short(old), _short(new), note=places[new])
    yield from (_taken_down(note) for note in notes.removed if note.is_revising)


def _redated(diff: Diff) -> Iterator[Reason]:
    """Yield that the page states another time of its publication: worth telling, and routine where systems do so."""
    for field in diff.fields:
        if field.field == "published":
            yield Reason("published", Significance.MINOR, "published", field.old, field.new)


def _takes_all_back(note: Note, diff: Diff) -> bool:
    """Whether a note retracts the article, in words or by standing where all of its text stood."""
    emptied = bool(diff.old.paragraphs) and not diff.new.paragraphs
    return note.kind is NoteKind.RETRACTION or (emptied and note.kind is not NoteKind.UPDATE)


def _taken_down(note: Note) -> Reason:
    if note.kind in _OWNED:
        return Reason("note_removed", Significance.SUBSTANTIVE, "note", _short(note), "", Disclosure.UNDISCLOSED)
    return Reason("note_removed", Significance.MINOR, "note", _short(note), "")


def _short(note: Note) -> str:
    return note.text if len(note.text) <= _SHOWN else note.text[:_SHOWN].rsplit(" ", 1)[0] + " …"
