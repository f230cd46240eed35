"""What makes a note the same note wherever and in whichever version it stands. Pure.

>>> from revtrack.model import Note, NoteKind
>>> note_key(Note("Correction:  It was “Monday”.", NoteKind.CORRECTION))
(<NoteFamily.REVISION: 'revision'>, 'correction: it was "monday".')
"""

from revtrack.model import Note, NoteFamily
from revtrack.text import fold


def note_key(note: Note) -> tuple[NoteFamily, str]:
    """Return what two notes share when they are the same: their family, and their words in one spelling and case."""
    return note.family, fold(note.text).casefold()
