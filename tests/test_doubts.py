from dataclasses import replace

import pytest

from revtrack.doubts import doubt
from revtrack.model import Note, NoteKind, Place, Story

BODY = [
    f"Paragraph {i} tells of the {word} quay and the {i * 7} barrels that were landed there on Monday."
    for i, word in enumerate(["north", "south", "east", "west", "inner", "outer", "upper", "lower"])
]
OTHER = [
    f"Clause {i} of the {word} budget was voted down by members of the council late at night again."
    for i, word in enumerate(["school", "park", "road", "bus", "tax", "land", "water", "waste"])
]


def story(paragraphs, headline="Quays", notes=()):
    made = Story.from_paragraphs(headline, paragraphs)
    return Story(headline=made.headline, paragraphs=made.paragraphs, notes=notes)


def test_an_edit_is_not_doubted():
    assert not doubt(story(BODY), story([*BODY[:3], "A wholly new paragraph stands here.", *BODY[4:]]))


def test_a_stub_is_doubted():
    assert "shrank" in doubt(story(BODY), story(BODY[:1]))


def test_another_article_is_doubted():
    assert "another article" in doubt(story(BODY), story(OTHER, headline="Budget fails"))


@pytest.mark.parametrize("kept", [3, 5, 8])
def test_cutting_less_than_two_thirds_is_believed(kept):
    assert not doubt(story(BODY), story(BODY[:kept]))


def test_a_note_that_something_was_removed_speaks_for_the_stub():
    note = Note("This article has been removed.", NoteKind.REMOVAL)
    assert not doubt(story(BODY), story(BODY[:1], notes=(note,)))


def test_a_page_that_breaks_off_is_doubted_when_the_end_is_missing():
    cut = story([*BODY[:6], BODY[6][:20]])
    assert "breaks off" in doubt(story(BODY), cut, is_whole=False)
    assert not doubt(story(BODY), story([*BODY[:4], "An edit in the middle.", *BODY[5:]]), is_whole=False)


def test_a_redirect_elsewhere_asks_for_closer_kin():
    half = story([*BODY[:4], *OTHER[:4]], headline="Another headline")
    assert not doubt(story(BODY), half)
    assert "another article" in doubt(story(BODY), half, is_elsewhere=True)


def test_a_note_that_only_moved_speaks_for_nothing():
    note = Note("This article has been updated.", NoteKind.UPDATE, place=Place.BOTTOM)
    assert "shrank" in doubt(story(BODY, notes=(note,)), story(BODY[:1], notes=(replace(note, place=Place.TOP),)))


def test_a_brief_may_shrink_to_anything():
    assert not doubt(story(["Two short sentences. No more than that."]), story(["One."]))
