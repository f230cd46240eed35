from dataclasses import replace
from datetime import UTC, datetime

import pytest

from revtrack.doubts import doubt, is_same
from revtrack.model import Note, NoteKind, Outcome, Place, Stamp, Story

BODY = [
    f"Paragraph {i} tells of the {word} quay and the {i * 7} barrels that were landed there on Monday."
    for i, word in enumerate(["north", "south", "east", "west", "inner", "outer", "upper", "lower"])
]
OTHER = [
    f"Clause {i} of the {word} budget was voted down by members of the council late at night again."
    for i, word in enumerate(["school", "park", "road", "bus", "tax", "land", "water", "waste"])
]
REMOVED = Note("This article has been removed.", NoteKind.REMOVAL)
MORNING = datetime(2024, 11, 20, 6, tzinfo=UTC)


def story(paragraphs, headline="Quays", **fields):
    return replace(Story.from_paragraphs(headline, paragraphs), **fields)


def published(source="json-ld"):
    return (Stamp("published", MORNING, source),)


def why(old, new, **asked):
    """Return why a second look would be asked for, "" if it would not; what is refused outright is an error."""
    doubted = doubt(old, new, **asked)
    assert doubted is None or doubted.outcome is None
    return doubted.why if doubted else ""


def test_an_edit_is_not_doubted():
    assert not why(story(BODY), story([*BODY[:3], "A wholly new paragraph stands here.", *BODY[4:]]))


def test_a_stub_is_doubted():
    assert "shrank" in why(story(BODY), story(BODY[:1]))


@pytest.mark.parametrize("kept", [5, 7, 8])
def test_cutting_less_than_two_fifths_is_believed(kept):
    assert not why(story(BODY), story(BODY[:kept]))


def test_a_note_that_something_was_removed_speaks_for_the_stub():
    assert not why(story(BODY), story(BODY[:1], notes=(REMOVED,)))


def test_a_redirect_elsewhere_asks_for_closer_kin():
    half = story([*BODY[:4], *OTHER[:4]], headline="Another headline")
    assert not why(story(BODY), half)
    assert "another article" in why(story(BODY), half, is_elsewhere=True)


def test_a_note_that_only_moved_speaks_for_nothing():
    note = Note("This article has been updated.", NoteKind.UPDATE, place=Place.BOTTOM)
    assert "shrank" in why(story(BODY, notes=(note,)), story(BODY[:1], notes=(replace(note, place=Place.TOP),)))


def test_a_brief_may_shrink_to_anything():
    assert not why(story(["Two short sentences. No more than that."]), story(["One."]))


def test_another_article_under_a_headline_of_the_same_pattern_is_doubted():
    old, new = (
        story(BODY, headline="Council to vote on the quay, again"),
        story([*BODY[:1], *OTHER], headline="Council to vote on the tax, again"),
    )
    assert "another article" in why(old, new)


# --- what is none of the article's, however often it comes -----------------------------------------------------------


def test_a_page_that_breaks_off_is_no_version_when_the_end_is_missing():
    cut = story([*BODY[:6], BODY[6][:14]])
    assert doubt(story(BODY), cut, is_whole=False).outcome is Outcome.FAILED
    assert not why(story(BODY), story([*BODY[:4], "An edit in the middle.", *BODY[5:]]), is_whole=False)


@pytest.mark.parametrize("end", ["", "…", " …", "..."])
@pytest.mark.parametrize("more", [[], ["One euro a month, and you can stop whenever you like."]])
def test_no_editor_cuts_a_text_in_the_middle_of_a_sentence(end, more):
    assert doubt(story(BODY), story([*BODY[:6], BODY[6][:50] + end, *more])).outcome is Outcome.PAYWALLED


@pytest.mark.parametrize("last", [BODY[7][:50] + ".", BODY[7] + " It rained", "Nothing of that kind"])
def test_a_last_sentence_may_be_shortened_or_written_anew(last):
    assert not why(story(BODY), story([*BODY[:7], last]))
    two = "The first was sold in May. The second was kept until the autumn"
    assert not why(story([*BODY, two]), story([*BODY, "The first was sold in May"]))


def test_a_few_other_words_in_the_place_of_all_text_are_no_version():
    held = doubt(story(BODY), story(["Come back later, when this has been put right again."]))
    assert held.outcome is Outcome.NOT_ARTICLE
    assert not why(story(BODY), story(["Come back later."], notes=(REMOVED,)))


def test_a_page_with_the_address_and_time_of_another_article_is_that_one():
    known = {"canonical_url": "https://a.test/quays", "stamps": published()}
    mixed = {"canonical_url": "https://a.test/budget", "stamps": (Stamp("published", MORNING.replace(day=1), "meta"),)}
    found = story([*BODY[:1], *OTHER], headline="Budget fails", **mixed)
    assert doubt(story(BODY, **known), found).outcome is Outcome.NOT_ARTICLE


def test_a_page_that_keeps_nothing_of_the_article_is_none_of_it():
    assert doubt(story(BODY), story(OTHER, headline="Budget fails")).outcome is Outcome.NOT_ARTICLE
    away = doubt(story(BODY), story(OTHER, headline="Budget fails"), is_elsewhere=True)
    assert away.outcome is Outcome.REDIRECTED_AWAY


@pytest.mark.parametrize(
    "mark",
    [
        {"stamps": published()},
        {"byline": "By Ines Calloway"},
        {"canonical_url": "https://a.test/quays"},
        {"canonical_url": "https://a.test/quays", "notes": (REMOVED,), "stamps": published()},
    ],
)
def test_a_page_that_states_what_the_article_did_may_be_it_rewritten(mark):
    old, new = story(BODY, **mark), story(OTHER, headline="Budget fails", **mark)
    assert "another article" in why(old, new)


def test_an_address_alone_is_no_mark_of_an_article_that_had_better_ones():
    known = {"canonical_url": "https://a.test/quays", "stamps": published()}
    error = story(OTHER, headline="Budget fails", canonical_url="https://a.test/quays", stamps=published("url"))
    assert doubt(story(BODY, **known), error).outcome is Outcome.NOT_ARTICLE
    assert not why(story(BODY, **known), replace(error, notes=(REMOVED,)))


def test_what_stands_in_the_place_of_an_article_is_quoted():
    assert doubt(story(BODY), story(OTHER, headline="This page has expired")).why.endswith("“This page has expired”")
    stub = story(["This page has expired. " + "It was kept for a year. " * 4])
    assert "“This page has expired. It was kept" in doubt(story(BODY), stub).why
    assert doubt(story(BODY), stub).why.endswith("…”")


@pytest.mark.parametrize(
    "shared",
    [
        {"byline": "Staff"},
        {"stamps": (Stamp("published", MORNING.replace(hour=0), "text", precise=False),)},
        {"byline": "Staff", "notes": (Note("This article has been updated.", NoteKind.UPDATE),)},
    ],
)
def test_day_and_byline_are_no_marks_of_an_article_where_a_redirect_led(shared):
    away = doubt(story(BODY, **shared), story(OTHER, headline="Budget fails", **shared), is_elsewhere=True)
    assert away.outcome is Outcome.REDIRECTED_AWAY
    assert "“Budget fails”" in away.why
    assert why(story(BODY, **shared), story(OTHER, headline="Budget fails", **shared))  # at its own address they are


def test_an_article_rewritten_and_moved_is_known_by_the_minute_of_its_publication():
    old, new = story(BODY, stamps=published()), story(OTHER, headline="Budget fails", stamps=published())
    assert "another article" in why(old, new, is_elsewhere=True)


WALL = story(["Our network has seen odd traffic from yours and asks for patience."], headline="Shield")


@pytest.mark.parametrize("marks", [{"stamps": published()}, {}])
def test_a_wall_taken_for_the_article_at_the_first_look_yields_to_the_article(marks):
    assert "may have been another page" in why(WALL, story(BODY, **marks))
    assert "may have been another page" in why(
        replace(WALL, canonical_url="https://a.test/quays"), story(BODY, canonical_url="https://a.test/quays", **marks)
    )


def test_an_article_yields_to_no_wall():
    assert doubt(story(BODY), WALL).outcome is Outcome.NOT_ARTICLE
    assert doubt(story(BODY, byline="By Ines Calloway"), story(OTHER * 4, headline="B")).outcome is Outcome.NOT_ARTICLE
    assert doubt(story(BODY * 2), story(OTHER * 8, headline="B")).outcome is Outcome.NOT_ARTICLE  # too long for a wall
    assert doubt(WALL, story(OTHER, headline="B", stamps=published()), is_elsewhere=True).outcome is not None


def test_text_that_is_missing_is_kept_back_if_the_page_shows_signs_of_it():
    held = doubt(story(BODY), story(BODY[:5]), gates=lambda: ("the page asks for something to be written",))
    assert held.outcome is Outcome.PAYWALLED
    assert "90 of 144 words" in held.why
    assert "asks for something" in held.why


def test_a_gate_takes_the_end_of_a_text():
    box = ("the page has a button or field that was not there",)
    assert not why(story(BODY), story([*BODY[:2], *BODY[4:]]), gates=lambda: box)
    assert "shrank" in why(story(BODY), story([BODY[0], *BODY[6:]]), gates=lambda: box)
    signed = [*BODY, "Reporting by Ines Calloway; editing by Tom Reyes"]
    assert doubt(story(signed), story([*BODY[:2], signed[-1]]), gates=lambda: box).outcome is Outcome.PAYWALLED


def test_a_live_page_sheds_its_oldest_entries_under_a_button():
    def live(paragraphs):
        return story(paragraphs, live=True)

    box = ("the page has a button or field that was not there",)
    assert not why(live(BODY), live([*OTHER[:2], *BODY[:4]]), gates=lambda: box)
    assert doubt(live(BODY), live([OTHER[0], BODY[0]]), gates=lambda: box).outcome is Outcome.PAYWALLED
    assert doubt(live(BODY), live(BODY[:4]), gates=lambda: box).outcome is Outcome.PAYWALLED
    assert doubt(story(BODY), story([*OTHER[:2], *BODY[:4]]), gates=lambda: box).outcome is Outcome.PAYWALLED


def test_a_page_is_searched_for_gates_only_where_text_is_missing():
    def gates():
        raise AssertionError

    assert not why(story(BODY), story([*BODY, OTHER[0]]), gates=gates)


def test_the_beginning_of_an_article_that_is_not_free_is_its_teaser():
    assert doubt(story(BODY, free=False), story(BODY[:3], free=False)).outcome is Outcome.PAYWALLED
    assert not why(story(BODY, free=False), story([*BODY[:2], OTHER[0], *BODY[4:6]], free=False))


def test_the_same_text_under_another_headline_is_one_article():
    assert is_same(story(BODY), story(BODY[1:], headline="Other words"))
    assert not is_same(story(BODY), story(OTHER))


def test_a_text_written_anew_at_length_is_held_back_and_not_taken_for_a_remainder():
    seen = []
    anew = story([f"{text} It is said to be so." for text in OTHER])
    assert "nothing of the text is left" in why(story(BODY), anew, gates=lambda: seen.append(1) or ("a button",))
    assert "nothing of the text is left" in why(anew, story(BODY), gates=lambda: seen.append(1) or ("a button",))
    assert not why(story([], notes=(REMOVED,)), story(BODY), gates=lambda: seen.append(1) or ("a button",))
    assert not seen
