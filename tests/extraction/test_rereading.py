"""What stands on both pages is read as it was before; what came or went is not."""

from dataclasses import replace

import pytest

from revtrack.extraction.rereading import as_read_before
from revtrack.model import Note, NoteKind, Story

HEADLINE = "Ferry to stay in dock until spring"
TEXT = (
    "The ferry between the two banks will stay in dock until spring, the harbour office said on Monday.",
    "Divers found a crack in the hull that is longer than a hand and deeper than a finger.",
    "A bus takes passengers over the bridge every half an hour, and the fare is the same.",
)
TEASER = "More on the strait: what the tide has done to the old lighthouse since the war."


def page(*texts, headline=HEADLINE):
    return f"<h1>{headline}</h1>" + "".join(f"<p>{text}</p>" for text in texts)


def story(*texts, notes=(), **fields):
    made = Story.from_paragraphs(HEADLINE, texts)
    return replace(made, notes=tuple(Note(text, NoteKind.CORRECTION) for text in notes), **fields)


def texts_of(read):
    return tuple(paragraph.text for paragraph in read.paragraphs)


def reread(old, new, *, before=(*TEXT, TEASER), now=(*TEXT, TEASER)):
    return as_read_before(old, new, before=page(*before), now=page(*now))


def test_a_teaser_that_stood_there_before_is_no_text_now():
    assert reread(story(*TEXT), story(*TEXT, TEASER)) == story(*TEXT)


@pytest.mark.parametrize("missed", TEXT)
def test_a_paragraph_that_still_stands_there_is_text_in_its_place(missed):
    assert reread(story(*TEXT), story(*(text for text in TEXT if text != missed))) == story(*TEXT)


def test_an_edit_shows_alone_where_the_rest_is_only_read_otherwise():
    edited = (TEXT[0].replace("Monday", "Tuesday"), *TEXT[1:])
    assert reread(story(*TEXT), story(edited[0], TEXT[1], TEASER), now=(*edited, TEASER)) == story(*edited)


def test_a_paragraph_that_went_is_gone_though_the_page_says_it_once_more():
    before = (*TEXT, TEXT[1])
    assert texts_of(reread(story(*TEXT), story(TEXT[0], TEXT[2]), before=before, now=TEXT)) == (TEXT[0], TEXT[2])


def test_a_teaser_that_was_taken_into_the_text_came():
    new = story(*TEXT, TEASER)
    assert reread(story(*TEXT), new, now=(*TEXT, TEASER, TEASER)) is not new
    assert texts_of(reread(story(*TEXT), new, now=(*TEXT, TEASER, TEASER))) == (*TEXT, TEASER)


def test_paragraphs_that_changed_places_have_moved():
    turned = TEXT[::-1]
    assert texts_of(reread(story(*TEXT), story(*turned), now=(*turned, TEASER))) == turned


def test_short_texts_count_where_they_are_all_of_a_line():
    """The word stands on both pages equally often, but as a line of its own on the later one alone."""
    before, now = (*TEXT, f"{TEASER} Ferry"), (*TEXT, TEASER, "Ferry")
    assert texts_of(reread(story(*TEXT), story(*TEXT, "Ferry"), before=before, now=now)) == (*TEXT, "Ferry")


def test_a_new_note_comes_and_a_known_one_that_was_not_read_stays():
    known, fresh = "Correction: The crack was found on Sunday.", "Clarification: The fare is that of the ferry."
    old, new = story(*TEXT, notes=[known]), story(*TEXT, notes=[fresh])
    read = reread(old, new, before=(*TEXT, known), now=(*TEXT, fresh, known))
    assert {note.text for note in read.notes} == {known, fresh}


def test_a_note_that_was_text_before_is_not_lost():
    """Read as the end of a paragraph once, and apart from it now."""
    note = "Correction: The crack was found on Sunday."
    old, new = story(f"{TEXT[0]} {note}", *TEXT[1:]), story(*TEXT, notes=[note])
    read = reread(old, new, before=(f"{TEXT[0]} {note}", *TEXT[1:]), now=(f"{TEXT[0]} {note}", *TEXT[1:]))
    assert note in " ".join((*texts_of(read), *(one.text for one in read.notes)))


def test_paragraphs_that_are_cut_otherwise_are_neither_lost_nor_doubled():
    """The end of a paragraph went into a note that was glued to it; two paragraphs are read as one."""
    start, end = TEXT[0].split(",")[0], TEXT[0].split(",")[1].strip()
    note = "Correction: The crack was found on Sunday."
    new = story(start, *TEXT[1:], notes=[f"{end}{note}"])
    assert reread(story(*TEXT), new, now=(f"{TEXT[0]}{note}", *TEXT[1:], TEASER)) == new
    joined = story(f"{TEXT[0]} {TEXT[1]}", TEXT[2])
    assert reread(story(*TEXT), joined, before=(f"{TEXT[0]}<br>{TEXT[1]}", TEXT[2])) == joined


def test_of_two_headlines_on_both_pages_the_first_read_is_kept():
    other = "The long wait at the old ferry dock"
    new = replace(story(*TEXT), headline=other)
    assert reread(story(*TEXT), new, before=(other, *TEXT), now=(other, *TEXT)).headline == HEADLINE
    assert reread(story(*TEXT), new, before=TEXT, now=(other, *TEXT)).headline == other


def test_a_deck_that_is_read_as_text_now_stays_the_deck():
    old, new = story(*TEXT[1:], deck=TEXT[0]), story(*TEXT)
    assert reread(old, new) == old
    assert reread(new, old) == new


def test_where_the_first_reading_missed_most_the_new_one_holds():
    new = story(*TEXT)
    assert reread(story(TEXT[0]), new) is new


@pytest.mark.parametrize("reader", ["json-ld", "script", "rules"])
def test_a_story_from_another_part_of_the_page_is_as_it_was_read(reader):
    new = replace(story(*TEXT, TEASER), reader=reader)
    assert reread(story(*TEXT), new) is new


def test_without_the_earlier_page_nothing_is_known():
    new = story(*TEXT, TEASER)
    assert as_read_before(story(*TEXT), new, before="", now=page(*TEXT, TEASER)) is new
