"""What makes two notes the same note."""

from dataclasses import replace

from revtrack.model import Note, NoteFamily, NoteKind, Place, Story
from revtrack.notes import find_notes, note_key

SAID = Note('Correction: It\'s "Lund".', NoteKind.CORRECTION)


def test_glyphs_spaces_case_and_place_do_not_make_another_note():
    assert note_key(replace(SAID, text="CORRECTION:  It’s “Lund”.", place=Place.BOTTOM)) == note_key(SAID)


def test_another_word_or_family_makes_another_note():
    assert note_key(replace(SAID, text='Correction: It\'s "Berg".')) != note_key(SAID)
    assert note_key(replace(SAID, family=NoteFamily.TIMESTAMP)) != note_key(SAID)


def test_a_note_that_a_story_carries_is_not_found_again_in_another_spelling():
    text = "Correction: An earlier version of this story misstated the mayor's name."
    known = find_notes(text.replace("'", "’"))
    assert len(known) == 1
    assert find_notes(replace(Story.from_paragraphs("Fire", [text]), notes=known)) == known
