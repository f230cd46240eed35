"""The list of edits as a reader would name them."""

import pickle
import subprocess
import sys
from dataclasses import replace

import pytest

from revtrack.diffing import diff
from revtrack.forms import to_form
from revtrack.model import Paragraph, ParagraphKind, Story

FIRST = "The council met on Monday."
LAST = "No date was set for the next meeting."


def changes(old, new, **options):
    paragraphs = [[FIRST, text, LAST] for text in (old, new)]
    stories = [
        Story(headline="Headline", paragraphs=tuple(Paragraph(p) for p in side), **options) for side in paragraphs
    ]
    return diff(*stories).changes


def only(old, new, **options):
    (change,) = changes(old, new, **options)
    return change


def test_a_change_names_words_sentences_and_paragraphs():
    change = only(
        "It rained. The storm killed 12 people, police said.", "It rained. The storm killed 15 people, police said."
    )
    assert (change.op, change.where, change.old, change.new) == ("replace", "text", "12", "15")
    assert change.old_sentence == "The storm killed 12 people, police said."
    assert change.new_sentence == "The storm killed 15 people, police said."
    assert (change.old_paragraph, change.new_paragraph) == (1, 1)


def test_tags_told_when_asked_for_are_in_every_copy_and_form_of_a_change():
    def told():
        return only("The storm killed 12 people, police said.", "The storm killed 15 people, police said.")

    assert told().tags == ("number",)
    assert told() == told()
    assert hash(told()) == hash(told())
    assert pickle.loads(pickle.dumps(told())).tags == ("number",)
    assert replace(told(), op="move").tags == ("number",)
    assert to_form(told())["tags"] == ["number"]
    assert "tags=('number',)" in repr(told())


def test_a_new_sentence_stands_in_no_old_one():
    change = only("It rained all day.", "It rained all day. Two roads were closed in the valley.")
    assert (change.op, change.old, change.new) == ("insert", "", "Two roads were closed in the valley.")
    assert change.old_sentence == ""
    assert change.new_sentence == "Two roads were closed in the valley."


def test_a_word_taken_out_leaves_its_sentence():
    change = only("The mayor did not resign on Friday.", "The mayor did resign on Friday.")
    assert (change.op, change.old, change.new) == ("delete", "not", "")
    assert change.new_sentence == "The mayor did resign on Friday."


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("It cost $4.5 million to build.", "It cost $5.5 million to build.", "$4.5", "$5.5"),
        ("A well-known singer sang there.", "A little-known singer sang there.", "well-known", "little-known"),
        ("Prices rose 5% in a year.", "Prices rose 6% in a year.", "5%", "6%"),
        ("The team won 9–2 at home on Sunday.", "The team won 7–4 at home on Sunday.", "9–2", "7–4"),
        ("He was 30–40 years old then.", "He was 30–45 years old then.", "30–40", "30–45"),
        ("यह हिंदी-भाषी क्षेत्र है।", "यह तमिल-भाषी क्षेत्र है।", "हिंदी-भाषी", "तमिल-भाषी"),
        ("वह जीवन-कथा लिखी गई।", "वह जीवन-गाथा लिखी गई।", "जीवन-कथा", "जीवन-गाथा"),
    ],
)
def test_a_change_shows_what_is_written_together(old, new, before, after):
    change = only(old, new)
    assert (change.old, change.new) == (before, after)


def test_edits_with_a_stop_word_between_them_are_one():
    change = only("He spoke about the weather to reporters outside.", "He spoke about a flood and the police outside.")
    assert change.op == "replace"


def test_words_that_moved_from_between_two_deletions_are_not_told_to_be_gone():
    moved = "It {} in 1961 and had been due for repair{}."
    dam, gates = "The dam held through the night, engineers said.", "Water was let out through two gates."
    found = diff(
        Story.from_paragraphs("", [f"{dam} {moved.format('was finished', ' for years')} {gates}", LAST, FIRST]),
        Story.from_paragraphs("", [f"{dam} {gates}", LAST, f"{FIRST} {moved.format('was built', '')}"]),
    ).changes
    assert [(change.op, change.old) for change in found if change.op != "move"] == [
        ("delete", "finished"),
        ("delete", "for years"),
        ("insert", ""),
    ]


def test_edits_in_different_places_are_several():
    found = changes(
        "The storm hit the coast on Monday night and killed 12 people in all.",
        "The gale hit the coast on Monday night and killed 15 people in all.",
    )
    assert [(change.old, change.new) for change in found] == [("storm", "gale"), ("12", "15")]


def test_paragraphs_added_removed_and_moved_are_changes_of_their_own():
    a, b, c, d = (
        f"Paragraph {name} tells at some length of what {name} did." for name in ("one", "two", "three", "four")
    )
    added = diff(Story.from_paragraphs("", [a, b]), Story.from_paragraphs("", [a, c, b])).changes
    assert [(change.op, change.old, change.new, change.old_paragraph, change.new_paragraph) for change in added] == [
        ("add", "", c, None, 1)
    ]
    removed = diff(Story.from_paragraphs("", [a, FIRST, b]), Story.from_paragraphs("", [a, b])).changes
    assert [(change.op, change.old, change.new, change.old_paragraph, change.new_paragraph) for change in removed] == [
        ("remove", FIRST, "", 1, None),
    ]
    moved = diff(Story.from_paragraphs("", [a, b, c, d]), Story.from_paragraphs("", [b, c, d, a])).changes
    assert [(change.op, change.old, change.old_paragraph, change.new_paragraph) for change in moved] == [
        ("move", a, 0, 3)
    ]


def test_where_is_the_kind_of_the_paragraph():
    old = Story(paragraphs=(Paragraph("A photo of 12 boats.", ParagraphKind.CAPTION), Paragraph(FIRST)))
    new = Story(paragraphs=(Paragraph("A photo of 14 boats.", ParagraphKind.CAPTION), Paragraph(FIRST)))
    (change,) = diff(old, new).changes
    assert change.where == "caption"


@pytest.mark.parametrize(
    ("old", "new", "tags"),
    [
        ("The “big” day came and went.", 'The "big" day came and went.', {"typography"}),
        ("He called it 2–1 in the end, fans said.", "He called it 2—1 in the end, fans said.", {"typography"}),
        ("The Senate and the house voted on it.", "The Senate and the House voted on it.", {"capitals"}),
        ("They will recieve the money later.", "They will receive the money later.", {"spelling"}),
        ("The colour of the house was grey.", "The color of the house was grey.", {"spelling"}),
        ("The occurence was noted by all.", "The occurrence was noted by all.", {"spelling"}),
        ("She ate at a cafe in the town.", "She ate at a café in the town.", {"spelling"}),
        ("The note book lay on the desk there.", "The notebook lay on the desk there.", {"whitespace"}),
        ("New bureaocrats ran the town then.", "New bureaucrats ran the town then.", {"spelling"}),
        ("It is for K-12 schools in the state.", "It is for K–12 schools in the state.", {"typography"}),
        ("The plan, he said then, was dead.", "The plan — he said then, was dead.", {"punctuation"}),
        ("It was signed on Wednesday by all.", "It was signed on Sept. 7 by all.", {"date"}),
        ("The storm killed 12 people there.", "The storm killed 15 people there.", {"number"}),
        ("The work cost $12 million in all.", "The work cost $15 million in all.", {"money"}),
        ("The mayor did resign on a weekday.", "The mayor did not resign on a weekday.", {"negation"}),
        ("The man allegedly took the money home.", "The man took the money home.", {"hedge"}),
        ("“We will pay it all,” the owner said.", "“We will pay it soon,” the owner said.", {"quote"}),
    ],
)
def test_a_change_is_tagged_with_what_its_words_are_about(old, new, tags):
    assert {tag for change in changes(old, new, language="en") for tag in change.tags} == tags


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Under martial law nobody may leave.", "Under marital law nobody may leave."),
        ("They came later than the others.", "They came latter than the others."),
        ("The striped flag lay on the road.", "The stripped flag lay on the road."),
        ("They confirmed the plan in May.", "They conformed the plan in May."),
        ("The county paid for the bridge.", "The country paid for the bridge."),
        ("He was able to come in the end.", "He was unable to come in the end."),
        ("It cost a million to build then.", "It cost a billion to build then."),
        ("The charged man left the court.", "The changed man left the court."),
        ("The legal act was debated there.", "The illegal act was debated there."),
    ],
)
def test_another_word_is_no_matter_of_spelling(old, new):
    assert "spelling" not in only(old, new, language="en").tags


def test_a_quotation_that_is_gone_is_told_from_one_that_changed():
    gone = only(
        "It rained all day. “I lost my house,” said Bo Yi, a farmer.",
        "It rained all day.",
        language="en",
    )
    assert "quote_removed" in gone.tags


def test_tags_stand_in_alphabetical_order():
    change = only("On Monday 12 people did come.", "On Friday 15 people did not come.", language="en")
    assert list(change.tags) == sorted(change.tags)
    assert len(change.tags) > 1


def test_what_reads_facts_is_imported_when_changes_are_asked_for():
    program = """if True:
        import sys, revtrack
        old, new = (revtrack.Story.from_paragraphs("", [f"The storm killed {count} people."]) for count in (12, 21))
        found = revtrack.diff(old, new)
        assert "revtrack.facts" not in sys.modules
        assert [change.new for change in found.changes] == ["21"]
        assert "revtrack.facts" in sys.modules
    """
    subprocess.run([sys.executable, "-c", program], check=True)
