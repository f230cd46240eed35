"""What is edited all day is marked and ranked down, never hidden; what is said of an edit is what was observed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from revtrack.archive import LogEntry
from revtrack.cli.lines import _parts, rank
from revtrack.model import Article, Disclosure, Event, Note, NoteKind, Paragraph, Reason, Significance, Story, Verdict
from revtrack.rendering.wording import observed
from revtrack.verdicts import compare

PUBLISHED = datetime(2024, 3, 5, 9, tzinfo=UTC)
OLD = Story(headline="Fire", language="en", published=PUBLISHED, paragraphs=(Paragraph("The fire killed 12 people."),))
NEW = replace(OLD, paragraphs=(Paragraph("The fire killed 21 people."),))


def seen(minutes, **changes):
    return compare(OLD, replace(NEW, **changes), seen_at=PUBLISHED + timedelta(minutes=minutes))


def entry(verdict, name=1):
    return LogEntry(Article(name, "https://example.org/"), PUBLISHED, Event.REVISED, 2, "Fire", verdict)


def test_an_edit_in_the_first_hour_is_marked_and_keeps_its_level():
    verdict = seen(59).verdict
    assert (verdict.events, verdict.significance, verdict.age) == (("settling",), Significance.SUBSTANTIVE, 59 * 60)


def test_after_the_first_hour_a_page_is_settled():
    assert seen(61).verdict.events == ()


def test_the_settling_window_can_be_set():
    revision = compare(OLD, NEW, seen_at=PUBLISHED + timedelta(minutes=20), settling=timedelta(minutes=10))
    assert revision.verdict.events == ()


def test_without_an_hour_of_publication_nothing_is_said_of_its_age():
    assert compare(replace(OLD, published=None), replace(NEW, published=None)).verdict.age is None


def test_a_stamp_that_stood_still_says_nothing_of_when_an_edit_was_made():
    stamped = replace(OLD, modified=PUBLISHED)
    assert compare(stamped, replace(NEW, modified=PUBLISHED)).verdict.age is None
    assert compare(stamped, replace(NEW, modified=PUBLISHED + timedelta(minutes=90))).verdict.age == 90 * 60


def test_a_live_blog_and_a_tracker_are_living_pages():
    assert "living" in seen(600, live=True).verdict.events
    assert "living" in seen(600, headline="Storm tracker: where the power is out").verdict.events


def test_marked_edits_rank_below_others_of_their_level_and_above_those_of_the_level_below():
    settled, settling = seen(600).verdict, seen(10).verdict
    minor = Verdict(Significance.MINOR, Disclosure.NOT_NEEDED)
    ranked = sorted([entry(minor), entry(settling), entry(settled)], key=rank)
    assert [e.verdict for e in ranked] == [settled, settling, minor]
    assert "just published" in " ".join(_parts(entry(settling), sited=False))


def test_of_equal_edits_the_one_long_after_publication_ranks_first():
    assert rank(entry(seen(900).verdict)) < rank(entry(seen(300).verdict))


def test_what_is_said_names_the_notes_that_were_looked_for_and_never_a_motive():
    said = " ".join(observed(replace(seen(600), after=PUBLISHED, seen_at=PUBLISHED, last_seen=PUBLISHED, looks=3)))
    assert (
        "No correction, clarification, update or other note on the page at 3 looks until 2024-03-05 09:00 UTC." in said
    )
    assert "stealth" not in said


def test_a_replaced_fact_under_a_note_that_calls_it_an_update_is_told_so():
    note = Note("Update: This story has been updated with the number killed, which is 21.", NoteKind.UPDATE)
    revision = compare(OLD, replace(NEW, notes=(note,)))
    assert revision.verdict.disclosure is Disclosure.DISCLOSED
    assert any("calls this an update: 12 → 21" in sentence for sentence in observed(revision))


def test_a_correction_taken_down_is_substantive_and_an_update_note_is_not():
    for kind, level in ((NoteKind.CORRECTION, 3), (NoteKind.UPDATE, 1)):
        before = replace(OLD, notes=(Note("The toll was given wrongly in this story.", kind),))
        verdict = compare(before, OLD).verdict
        assert (verdict.significance.level, verdict.events) == (level, ("note_withdrawn",))


def test_a_correction_beside_a_single_edit_is_about_it_whatever_the_words_mean():
    note = Note("Correctie: het was niet de provincie maar een boswachter.", NoteKind.CORRECTION, language="nl")
    old = Story(headline="Palen", language="nl", paragraphs=(Paragraph("De actie is bedacht door de provincie."),))
    new = replace(old, paragraphs=(Paragraph("De actie is bedacht door een boswachter."),), notes=(note,))
    verdict = compare(old, new).verdict
    assert (verdict.significance, verdict.disclosure) == (Significance.SUBSTANTIVE, Disclosure.DISCLOSED)


def test_reasons_of_equal_facts_are_told_once():
    assert [r for r in seen(600).verdict.reasons if r.feature == "number"] == [
        Reason("number", Significance.SUBSTANTIVE, "paragraph 1", "12", "21", Disclosure.UNDISCLOSED, change=0)
    ]
