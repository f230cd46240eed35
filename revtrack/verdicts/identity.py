"""Tell which notes of two versions are the same note: added, reworded, moved, removed. Knows nothing of changes.

>>> from revtrack.model import Note, NoteKind
>>> first = Note("Correction: It was Monday.", NoteKind.CORRECTION)
>>> compare_notes((first,), ()).removed == (first,)
True
"""

from collections import defaultdict, deque
from dataclasses import dataclass
from functools import lru_cache

from revtrack.model import Note, NoteFamily, NoteKind
from revtrack.notes import note_key
from revtrack.verdicts.terms import function_words, listed_stems, stems, terms

_SAME = 0.5  # of the words of two notes are shared when one is the other reworded
_MOST = 40  # notes that are told apart by their words; of more only equal ones are recognised


@dataclass(frozen=True, slots=True)
class NoteChanges:
    """What became of the notes from one version to the next; of pairs, the old note comes first."""

    added: tuple[Note, ...] = ()
    reworded: tuple[tuple[Note, Note], ...] = ()
    moved: tuple[tuple[Note, Note], ...] = ()
    removed: tuple[Note, ...] = ()

    @property
    def fresh(self) -> tuple[Note, ...]:
        """The notes that say something the old version did not: added ones, then reworded ones as they read now."""
        return self.added + tuple(new for _, new in self.reworded)


def compare_notes(old: tuple[Note, ...], new: tuple[Note, ...]) -> NoteChanges:
    """Return what became of the notes of an old version; time stamps are no notes here."""
    waiting: defaultdict[tuple[NoteFamily, str], deque[Note]] = defaultdict(deque)
    for note in _notes(old):
        waiting[note_key(note)].append(note)
    come: list[Note] = []
    moved: list[tuple[Note, Note]] = []
    for note in _notes(new):
        same = waiting[note_key(note)]
        if not same:
            come.append(note)
        elif (before := same.popleft()).place is not note.place:
            moved.append((before, note))
    gone = [note for notes in waiting.values() for note in notes]
    pairs = _reworded(gone, come)
    return NoteChanges(
        _without(come, {j for _, j in pairs}),
        tuple((gone[i], come[j]) for i, j in pairs),
        tuple(moved),
        _without(gone, {i for i, _ in pairs}),
    )


def _notes(given: tuple[Note, ...]) -> list[Note]:
    return [note for note in given if note.family is not NoteFamily.TIMESTAMP]


def _without(notes: list[Note], places: set[int]) -> tuple[Note, ...]:
    return tuple(note for place, note in enumerate(notes) if place not in places)


def _reworded(gone: list[Note], come: list[Note]) -> list[tuple[int, int]]:
    """Return the places of the notes that went and of those that came in their stead and say much the same."""
    before, after = [_said(note) for note in gone[:_MOST]], [_said(note) for note in come[:_MOST]]
    scored = sorted(
        (
            (score, i, j)
            for i, a in enumerate(before)
            for j, b in enumerate(after)
            if gone[i].family is come[j].family
            and (score := _SAME if _is_filled(gone[i], come[j], a) else _likeness(a, b)) >= _SAME
        ),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in scored:
        if i not in used[0] and j not in used[1]:
            pairs.append((i, j))
            used[0].add(i)
            used[1].add(j)
    return pairs


def _said(note: Note) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of a note, and those of them that are not the phrases all notes have."""
    found = stems(terms(note.text))
    return found, found - _phrases(note.language[:2])


def _is_filled(old: Note, new: Note, said: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether a note that names nothing gave way to one of its kind: it now says what it is about."""
    return not said[1] and old.kind is new.kind and old.kind is not NoteKind.UPDATE


def _likeness(old: tuple[frozenset[str], frozenset[str]], new: tuple[frozenset[str], frozenset[str]]) -> float:
    """Return the share of the words of the note that says less; common phrases count only where they are all."""
    a, b = (old[1], new[1]) if old[1] and new[1] else (old[0], new[0])
    return len(a & b) / max(1, min(len(a), len(b)))


@lru_cache(maxsize=32)
def _phrases(language: str) -> frozenset[str]:
    return listed_stems("editorial", language) | stems(function_words(language))
