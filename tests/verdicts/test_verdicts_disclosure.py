"""Whether a change was disclosed hangs on what a new note is about, not on there being one."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from revtrack.diffing import diff
from revtrack.model import (
    Disclosure,
    Note,
    NoteFamily,
    NoteKind,
    Paragraph,
    ParagraphKind,
    Place,
    Significance,
    Story,
)
from revtrack.notes import Passage, find_notes, lift_notes
from revtrack.verdicts import NoteChanges, compare, compare_notes, disclose_late, judge

WHY, HOW = ("Two clubs demanded a mat and stayed away.",), ("Two clubs stayed away. They had demanded a mat.",)
REST = ("The council met on Thursday to hear the report of the fire service.",)
TWELVE, TWENTY_ONE = ("The blast killed 12 people, officials said.",), ("The blast killed 21 people, officials said.",)
BERG, LUND = ("Anna Berg, the owner, was not at home.",), ("Anna Lund, the owner, was not at home.",)
MAYOR = ("The mayor, Rita Holm, called it a disaster in a statement.",)


def note(text, kind=NoteKind.CORRECTION, **fields):
    return Note(text, kind, **fields)


ABOUT_TOLL = note(
    "Correction: An earlier version misstated the number of people killed. It was 21, not 12.", target="number"
)
ABOUT_NAME = note("Correction: An earlier version misspelled the name of the mayor, Rita Holm.", target="name")
BARE = note("This story has been updated.", NoteKind.UPDATE)
ADDED = note("This story has been updated with additional reporting.", NoteKind.UPDATE)


def story(*parts, notes=(), **fields):
    return Story(
        headline="Fire",
        language="en",
        paragraphs=tuple(Paragraph(p) for part in (*parts, REST) for p in part),
        notes=notes,
        **fields,
    )


def disclosure(old, new, *notes):
    return compare(story(*old), story(*new, notes=notes)).verdict.disclosure


@pytest.mark.parametrize(
    ("expected", "old", "new", "notes"),
    [
        (Disclosure.UNDISCLOSED, [TWELVE], [TWENTY_ONE], []),
        (Disclosure.DISCLOSED, [TWELVE], [TWENTY_ONE], [ABOUT_TOLL]),
        (
            Disclosure.DISCLOSED,
            [TWELVE],
            [TWENTY_ONE],
            [note("Correction: We misstated the death toll.", target="number")],
        ),
        (Disclosure.VAGUE, [TWELVE], [TWENTY_ONE], [BARE]),
        (Disclosure.VAGUE, [TWELVE], [TWENTY_ONE], [ADDED]),
        (Disclosure.PARTLY, [TWELVE], [TWENTY_ONE], [ABOUT_NAME]),
        (Disclosure.PARTLY, [TWELVE, BERG], [TWENTY_ONE, LUND], [ABOUT_TOLL]),
        (Disclosure.PARTLY, [TWELVE], [TWENTY_ONE, MAYOR], [ADDED]),
        (Disclosure.DISCLOSED, [TWELVE], [TWELVE, MAYOR], [ADDED]),
        (
            Disclosure.DISCLOSED,
            [TWELVE, BERG],
            [TWELVE],
            [note("Correction: A paragraph about the owner has been removed.")],
        ),
        (Disclosure.NOT_NEEDED, [TWELVE], [TWELVE], [BARE]),
        (Disclosure.VAGUE, [TWELVE], [TWENTY_ONE], [note("This story was updated at 10:15 a.m.", NoteKind.UPDATE)]),
        (
            Disclosure.VAGUE,
            [TWELVE],
            [TWENTY_ONE],
            [note("Correction: This story contained an error, which we regret.")],
        ),
        (
            Disclosure.DISCLOSED,
            [WHY],
            [HOW],
            [note("Correction: This story gave the wrong reason why two clubs stayed away.")],
        ),
        (
            Disclosure.DISCLOSED,
            [("“We saw it late,” said Anna Berg of the fire service.",)],
            [("“We saw it late,” said Rita Lund of the fire service.",)],
            [note("Correction: A remark was attributed to somebody else.", target="quote")],
        ),
        (
            Disclosure.DISCLOSED,
            [("The rule does not require voting to take place.",)],
            [("The rule does not require voting for a slate.",)],
            [
                note(
                    "Clarification, Dec. 9: This story was updated to clarify what voting means.",
                    NoteKind.CLARIFICATION,
                )
            ],
        ),
    ],
)
def test_disclosure_follows_what_the_note_is_about(expected, old, new, notes):
    assert disclosure(old, new, *notes) is expected


def test_the_reason_points_to_the_note_that_explains_it():
    found = compare(story(TWELVE, BERG), story(TWENTY_ONE, LUND, notes=(BARE, ABOUT_TOLL))).verdict
    linked = {reason.feature: (reason.note, reason.disclosure) for reason in found.reasons if reason.change is not None}
    assert linked == {"number": (1, Disclosure.DISCLOSED), "name": (None, Disclosure.PARTLY)}


def test_a_note_that_stood_before_discloses_nothing_wherever_it_moved():
    new = story(TWENTY_ONE, notes=(note(ABOUT_TOLL.text, target="number", place=Place.TOP),))
    revision = compare(story(TWELVE, notes=(ABOUT_TOLL,)), new)
    assert revision.verdict.disclosure is Disclosure.UNDISCLOSED
    assert (revision.notes, revision.verdict.events) == ((), ())


def test_only_a_moved_stamp_is_told_as_such():
    at = datetime(2024, 11, 20, 9, tzinfo=UTC)
    old, new = story(TWELVE, modified=at), story(TWENTY_ONE, modified=at + timedelta(hours=1))
    assert compare(old, new).verdict.disclosure is Disclosure.STAMPED
    stamp = Note("Updated 5 p.m.", NoteKind.TIMESTAMP, NoteFamily.TIMESTAMP, stated_at=at)
    revision = compare(story(TWELVE), story(TWENTY_ONE, notes=(stamp,)))
    assert (revision.notes, revision.verdict.disclosure) == ((), Disclosure.STAMPED)
    without_day, later = (replace(stamp, stated_at=None, text=f"Updated {hour} p.m.") for hour in (5, 6))
    moved = compare(story(TWELVE, notes=(without_day,)), story(TWENTY_ONE, notes=(later,))).verdict
    stood = compare(story(TWELVE, notes=(without_day,)), story(TWENTY_ONE, notes=(without_day,))).verdict
    assert (moved.disclosure, stood.disclosure) == (Disclosure.STAMPED, Disclosure.UNDISCLOSED)


def test_what_a_correction_explains_is_substantive_at_least():
    old, new = ("On Monday Alex Harper spoke.",), ("On Monday Alex Halper spoke.",)
    fixed = note("Correction: The spelling of Alex Halper's last name has been corrected.", target="name")
    assert compare(story(old), story(new)).verdict.significance is Significance.DETAIL
    assert compare(story(old), story(new, notes=(fixed,))).verdict.significance is Significance.SUBSTANTIVE


def test_a_retraction_is_major_and_a_lone_note_is_minor():
    retraction = note("This article has been retracted.", NoteKind.RETRACTION)
    found = compare(story(TWELVE), story(TWELVE, notes=(retraction,))).verdict
    assert (found.significance, found.disclosure) == (Significance.MAJOR, Disclosure.DISCLOSED)
    found = compare(story(TWELVE), story(TWELVE, notes=(ABOUT_TOLL,))).verdict
    assert (found.significance, [r.feature for r in found.reasons]) == (Significance.MINOR, ["note_added"])


def test_notes_withdrawn_and_reworded_are_events():
    said = note("Correction: An earlier version of this article misstated the number of people killed.")
    assert compare(story(TWELVE, notes=(said,)), story(TWELVE)).verdict.events == ("note_withdrawn",)
    revision = compare(story(TWELVE, notes=(said,)), story(TWELVE, notes=(ABOUT_TOLL,)))
    assert (revision.verdict.events, revision.notes) == (("note_reworded",), (ABOUT_TOLL,))


def test_two_different_corrections_are_not_one_reworded():
    changes = compare_notes((ABOUT_TOLL,), (ABOUT_NAME,))
    assert (changes.added, changes.removed, changes.reworded) == ((ABOUT_NAME,), (ABOUT_TOLL,), ())


def test_a_note_in_another_spelling_is_the_same_note():
    typeset = note("Correction:  It’s “Lund”.")
    assert compare_notes((note('CORRECTION: It\'s "Lund".'),), (typeset,)) == NoteChanges()


def test_a_note_that_stands_twice_and_then_once_is_removed_once():
    assert compare_notes((BARE, BARE), (BARE,)) == NoteChanges(removed=(BARE,))


def test_one_of_two_equal_notes_is_reworded_and_the_other_removed():
    reworded = note("Correction: An earlier version misstated the number of people killed. It was 21, not twelve.")
    changes = compare_notes((ABOUT_TOLL, ABOUT_TOLL), (reworded,))
    assert (changes.reworded, changes.removed) == (((ABOUT_TOLL, reworded),), (ABOUT_TOLL,))


def test_thousands_of_notes_are_compared_in_a_moment():
    old, new = ([note(f"Correction: The {word} road has {n} lanes.") for n in range(2000)] for word in ("old", "new"))
    began = time.process_time()
    changes = compare_notes(tuple(old), (*reversed(old), *new))
    verdict = compare(story(notes=tuple(old)), story(notes=tuple(new))).verdict
    assert time.process_time() - began < 2
    assert (len(changes.added), changes.removed) == (2000, ())
    assert verdict.events == ("note_withdrawn", "note_reworded")


# --- notes that come late ----------------------------------------------------------------------------------------


def test_a_later_note_about_it_makes_an_edit_late_with_its_lag():
    earlier = compare(story(TWELVE), story(TWENTY_ONE))
    found = disclose_late(earlier, (ABOUT_TOLL,), lag=timedelta(hours=5))
    assert (found.disclosure, found.lag) == (Disclosure.LATE, 5 * 3600)
    assert found.reasons[0].disclosure is Disclosure.LATE


@pytest.mark.parametrize("later", [ADDED, BARE, ABOUT_NAME])
def test_a_later_note_about_something_else_changes_nothing(later):
    earlier = compare(story(TWELVE), story(TWENTY_ONE))
    assert disclose_late(earlier, (later,), lag=timedelta(hours=5)) == earlier.verdict


def test_what_a_late_note_leaves_open_stays_the_verdict():
    earlier = compare(story(TWELVE, BERG), story(TWENTY_ONE, LUND))
    found = disclose_late(earlier, (ABOUT_TOLL,), lag=timedelta(hours=5))
    assert {r.feature: r.disclosure for r in found.reasons} == {
        "number": Disclosure.LATE,
        "name": Disclosure.UNDISCLOSED,
    }
    assert found.disclosure is Disclosure.UNDISCLOSED


def test_a_second_late_note_keeps_the_first_lag():
    earlier = compare(story(TWELVE), story(TWENTY_ONE))
    first = disclose_late(earlier, (ABOUT_TOLL,), lag=timedelta(hours=5))
    from dataclasses import replace

    assert disclose_late(replace(earlier, verdict=first), (ABOUT_TOLL,), lag=timedelta(hours=9)) == first


(ABOUT_DATE,) = find_notes(
    "Correction: An earlier version of this article gave the wrong date of the election in Kessin."
)


def test_a_note_about_a_date_discloses_no_negation():
    found = compare(
        story(("The man was charged on Sunday.",)), story(("The man was not charged on Sunday.",), notes=(ABOUT_DATE,))
    )
    assert found.verdict.significance is Significance.MAJOR
    assert found.verdict.disclosure is Disclosure.PARTLY


def test_a_note_that_names_its_figures_is_about_no_other_figure():
    (about,) = find_notes("Correction: An earlier version misstated the number of people injured. It is 19, not 14.")
    found = compare(
        story(("The blast killed three people and injured 14 people.",)),
        story(("The blast killed five people and injured 19 people.",), notes=(about,)),
    ).verdict
    disclosed = {reason.after: reason.disclosure for reason in found.reasons if reason.feature == "number"}
    assert disclosed == {"19": Disclosure.DISCLOSED, "five": Disclosure.PARTLY}


def test_a_long_rewrite_is_judged_by_its_first_changes():
    old = tuple(
        f"In case {i} the council of Ellery heard {i} people and “{i} voices” on Monday, it said." for i in range(1500)
    )
    new = tuple(
        f"In case {i} the board of Ostrow saw {i + 9} people and “{i} votes” on Friday, it wrote." for i in range(1500)
    )
    notes = tuple(note(f"Correction: We misstated case {i} and the name of Ostrow.") for i in range(60))
    change = diff(story(old), story(new, notes=notes))
    assert judge(change).significance.level >= 3


def page(language, *passages):
    rows = [Passage(text, ParagraphKind.TEXT, place / len(passages)) for place, text in enumerate(passages)]
    notes, rests = lift_notes(rows, language=language)
    return Story(
        headline="Blast", language=language, paragraphs=tuple(map(Paragraph, filter(None, rests))), notes=notes
    )


THREE = {
    "en": (
        ("The blast killed 12 people.", "The blast killed 21 people.", "A hearing is set for May 4."),
        "Correction: An earlier version of this article misstated the death toll. It was 21, not 12.",
        "Correction: An earlier version of this article misstated the date of the council meeting.",
    ),
    "de": (
        ("Die Halle wurde 1931 eröffnet, heißt es.", "Die Halle wurde 1913 eröffnet, heißt es.", "Heute ist sie leer."),
        "Korrektur: In einer früheren Fassung war das Jahr der Eröffnung falsch angegeben.",
        "Korrektur: In einer früheren Fassung war der Name der Bürgermeisterin falsch geschrieben.",
    ),
    "fr": (
        ("Le prix va à Anna Lund.", "Le prix va à Clara Berg.", "La remise aura lieu en mai."),
        "Rectificatif : une version précédente se trompait sur le nom de la lauréate du prix.",
        "Rectificatif : une version précédente donnait un bilan erroné de l’accident.",
    ),
}


@pytest.mark.parametrize("language", sorted(THREE))
def test_a_note_two_versions_later_is_late_for_its_change_and_for_no_other(language):
    (first, second, third), about, of_another = THREE[language]
    changed = compare(page(language, first), page(language, second))
    assert changed.verdict.disclosure is Disclosure.UNDISCLOSED
    for note_text, expected in ((about, Disclosure.LATE), (of_another, Disclosure.UNDISCLOSED)):
        last = compare(page(language, second, third), page(language, second, third, note_text))
        later = disclose_late(changed, last.notes, lag=timedelta(hours=6))
        assert last.notes
        assert later.disclosure is expected
        assert later.lag == (6 * 3600 if expected is Disclosure.LATE else None)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("The hall opened in 1931.", "The hall opened in 1913.", "Correction: We gave a wrong date."),
        ("The dam holds 3 billion litres.", "The dam holds 3 million litres.", "Correction: We got a figure wrong."),
        (
            "“We were never told,” said Lena Ortiz.",
            "“We were told too late,” said Lena Ortiz.",
            "Correction: We misquoted Lena Ortiz.",
        ),
        (
            "The boy was found by a neighbor, Ms Low said.",
            "The boy was found by a police officer, Ms Low said.",
            "Correction: An earlier version of this story misidentified who found the boy.",
        ),
    ],
)
def test_a_year_is_a_date_a_unit_a_figure_and_quoted_words_are_a_quotation_to_a_note(old, new, text):
    assert compare(page("en", old), page("en", new, text)).verdict.disclosure is Disclosure.DISCLOSED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Update, May 7: The council rejected the new budget by nine votes to six.", Disclosure.DISCLOSED),
        ("Update, May 7: This story now includes a statement from the council.", Disclosure.NOT_NEEDED),
    ],
)
def test_an_update_that_tells_news_is_a_development_that_discloses_itself(text, expected):
    found = compare(story(MAYOR), story(MAYOR, notes=find_notes(text, language="en"))).verdict
    assert found.disclosure is expected
    assert (found.significance is Significance.DETAIL) == (expected is Disclosure.DISCLOSED)


def test_a_correction_that_names_nothing_still_says_that_the_only_edit_was_wrong():
    old, new = (("The senator voted for the reform.",), ("The senator stayed away from the debate on the reform.",))
    found = compare(story(old), story(new, notes=(note("This story has been corrected."),))).verdict
    assert found.significance is Significance.SUBSTANTIVE
    assert found.disclosure is Disclosure.VAGUE
