"""What a reader is shown: paragraphs kept, edited, moved, split, merged; words whole; replacements side by side."""

import random

import pytest

from revtrack.diffing import apply, diff, reverse
from revtrack.model import BlockOp, Op, Story

STORM = "The storm hit the northern coast on Monday night, officials said."
RESCUE = "Rescue teams were sent from the capital on Tuesday morning."
MAYOR = "Mayor Ann Lee thanked the volunteers who had filled sandbags all weekend."
TRAINS = "Trains between the two cities will not run before Friday, the operator said."
SCHOOL = "Schools in three districts stay closed until the water has been tested."
QUOTE = "“We have never seen water this high,” said a fisherman at the harbour."


def story(*paragraphs, headline="Storm hits coast"):
    return Story.from_paragraphs(headline, paragraphs)


def compare(old, new):
    return diff(story(*old), story(*new))


def shape(found):
    return [(block.op.value, block.old, block.new) for block in found.blocks]


def marked(found):
    """What is deleted and inserted, without white space."""
    parts = [
        (
            part.op.value,
            (found.old_text[part.old_start : part.old_end] or found.new_text[part.new_start : part.new_end]).strip(),
        )
        for part in found.segments
        if part.op in {Op.DELETE, Op.INSERT}
    ]
    return [part for part in parts if part[1]]


def test_equal_paragraphs_are_one_kept_block():
    found = compare([STORM, RESCUE, MAYOR], [STORM, RESCUE, MAYOR])
    assert shape(found) == [("keep", (0, 3), (0, 3))]
    assert found.changes == ()


def test_an_equal_paragraph_that_repeats_elsewhere_is_kept_and_not_an_edit():
    # "***" occurs three times: it is no landmark, and found to be equal by its words alone.
    found = compare(
        [STORM, "* * *", RESCUE, "* * *", MAYOR], [TRAINS, "* * *", RESCUE, SCHOOL, "* * *", MAYOR, "* * *"]
    )
    assert not [block for block in found.blocks if block.op is BlockOp.EDIT]
    assert sum(block.new[1] - block.new[0] for block in found.blocks if block.op is BlockOp.KEEP) == 4


def test_rows_of_a_long_list_that_repeat_in_others_are_kept_in_their_order():
    # Every row stands in both halves; only the name between them is one of a kind.
    rows = [f"{city} {figure}" for city in ("Lund", "Bergen", "Turku", "Aarhus") for figure in range(30)]
    edited = [f"Oslo {index}" if index % 3 == 0 else row for index, row in enumerate(rows)]
    found = compare([*rows, STORM, *rows], [*edited, STORM, *edited])
    kept = sum(block.new[1] - block.new[0] for block in found.blocks if block.op is BlockOp.KEEP)
    assert kept == 2 * sum(row == other for row, other in zip(rows, edited, strict=True)) + 1


def test_a_replaced_word_is_one_deletion_followed_by_one_insertion():
    found = compare([STORM], [STORM.replace("northern", "southern")])
    assert shape(found) == [("edit", (0, 1), (0, 1))]
    assert [part.op for part in found.segments] == [Op.KEEP, Op.DELETE, Op.INSERT, Op.KEEP]
    assert marked(found) == [("delete", "northern"), ("insert", "southern")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("He paid 1,250 for it", "He paid 1,350 for it"),
        ("It didn’t rain here", "It doesn’t rain here"),
        ("The reelected mayor spoke", "The elected mayor spoke"),
        ("यह हिन्दी में है", "यह हिन्दि में है"),
        ("A family 👩‍👩‍👧 here", "A family 👩‍👩‍👦 here"),
    ],
)
def test_words_are_never_cut(old, new):
    words = set(old.split()) ^ set(new.split())
    assert {text for _, text in marked(compare([old], [new]))} == words


def test_one_word_between_two_changes_is_not_kept():
    found = compare(["The score was 9–2 at the end of it."], ["The score was 7–4 at the end of it."])
    assert marked(found) == [("delete", "9–2"), ("insert", "7–4")]


def test_an_inserted_sentence_is_marked_from_its_start_to_its_end():
    found = compare(["The mayor spoke. The mayor left."], ["The mayor spoke. The mayor was angry. The mayor left."])
    assert marked(found) == [("insert", "The mayor was angry.")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "She will see the harbour on Friday.",
            "She will see the new harbour on Friday. It was built in two years.",
            ["new", "It was built in two years."],
        ),
        (
            "Ships will leave on Friday.",
            "Ships will leave the harbour on Friday. Two of them are new. It was built in two years.",
            ["the harbour", "Two of them are new. It was built in two years."],
        ),
        ("工人将在周五离开。", "工人将在周五上午离开。桥还没有修好。", ["上午", "桥还没有修好。"]),
    ],
)
def test_an_edited_sentence_keeps_its_end_where_another_is_put_behind_it(old, new, expected):
    assert marked(compare([old], [new])) == [("insert", text) for text in expected]
    assert marked(compare([new], [old])) == [("delete", text) for text in expected]


def test_a_paragraph_that_moved_is_one_block_where_it_now_stands():
    found = compare([STORM, RESCUE, MAYOR, TRAINS], [STORM, MAYOR, TRAINS, RESCUE])
    assert [(op, old, new) for op, old, new in shape(found) if op != "keep"] == [("move", (1, 2), (3, 4))]
    assert marked(found) == []
    assert {part.move for part in found.segments if part.op is Op.MOVE} == {1}


def test_a_moved_paragraph_shows_the_edits_made_on_the_way():
    found = compare(
        [STORM, RESCUE, MAYOR, TRAINS, SCHOOL], [STORM, MAYOR, TRAINS, SCHOOL, RESCUE.replace("Tuesday", "Wednesday")]
    )
    moves = [block for block in found.blocks if block.op is BlockOp.MOVE]
    assert [(block.old, block.new, block.move) for block in moves] == [((1, 2), (4, 5), 1)]
    assert marked(found) == [("delete", "Tuesday"), ("insert", "Wednesday")]


def test_a_moved_paragraph_of_which_a_quarter_stands_in_runs_is_still_shown_as_moved():
    before = (
        "The harbour master asked for two more boats and a crane before the ferries could leave the old pier again."
    )
    now = "The harbour master begged for many boats, and one crane until all ferries might leave this old dock soon again."
    found = compare([STORM, before, RESCUE, MAYOR, TRAINS], [STORM, RESCUE, MAYOR, TRAINS, now])
    assert [(op, old, new) for op, old, new in shape(found) if op != "keep"] == [("move", (1, 2), (4, 5))]


def test_rows_of_a_list_that_is_ranked_anew_are_known_by_their_names_and_not_by_their_numbers():
    old = ["1. Northgate — 712", "2. Real Solana — 698", "3. Harbour City — 655", "4. Union Lindau — 588"]
    new = ["1. Real Solana — 731", "2. Northgate — 712", "3. Harbour City — 655", "4. Union Lindau — 588"]
    found = compare(old, new)
    assert shape(found)[:2] == [("edit", (1, 2), (0, 1)), ("move", (0, 1), (1, 2))]
    assert [text for op, text in marked(found) if op == "delete"] == ["2.", "698", "1"]


def test_a_name_alone_makes_no_paragraph_a_part_of_another():
    old = ["Police closed the old bridge late on Monday, and Mayor Ann Lee was on her way there, officials said."]
    new = [
        "Police closed the old bridge late on Monday, the city said.",
        "“We will open it again when it has been tested and not an hour before,” Mayor Ann Lee said.",
    ]
    assert [op for op, _, _ in shape(compare(old, new))] == ["edit", "add"]


def test_what_a_merged_paragraph_keeps_little_of_is_still_a_part_of_it():
    found = compare(
        ["Contact", "Ann Lee, the press office of the harbour"], ["Contact Ann Lee, the office of the port"]
    )
    assert [op for op, _, _ in shape(found)] == ["merge"]


def test_a_paragraph_whose_closest_other_is_taken_moves_to_the_next():
    rows = [f"The {name} Post of {town}, Ohio" for name, town in (("Avon", "Avon"), ("Lyme", "Lyme"), ("Kent", "Kent"))]
    new = [f"The {name} Post, a weekly, of {town}, Ohio" for name, town in (("Kent", "Kent"), ("Avon", "Avon"))]
    found = compare([*rows, STORM, RESCUE], [STORM, RESCUE, *new])
    assert [(old, new) for op, old, new in shape(found) if op == "move"] == [((2, 3), (2, 3)), ((0, 1), (3, 4))]


def test_a_moved_paragraph_of_a_script_without_blanks_shows_the_edits_made_on_the_way():
    moved, now = "外交部发言人说，中方对此表示关切。", "外交部发言人表示，中方对此高度关切。"
    found = compare([moved, STORM, RESCUE], [STORM, RESCUE, now])
    assert [(op, old, new) for op, old, new in shape(found) if op != "keep"] == [("move", (0, 1), (2, 3))]
    assert marked(found) == [("delete", "说"), ("insert", "表示"), ("delete", "表示"), ("insert", "高度")]


def test_a_short_paragraph_of_a_script_without_blanks_moves_as_well():
    found = compare(["学校和机关周一关闭。", STORM, RESCUE], [STORM, RESCUE, "学校和机关周一、周二关闭。"])
    assert marked(found) == [("insert", "、周二")]


def test_a_word_of_a_script_without_blanks_has_not_moved():
    found = compare(["ตำรวจจับกุมผู้ต้องหาสามคนเมื่อวานนี้"], ["เมื่อวานนี้ตำรวจจับกุมผู้ต้องหาห้าคนได้แล้ว"])
    assert all(part.op is not Op.MOVE for part in found.segments)


def test_a_sentence_that_moved_to_another_paragraph_is_not_marked():
    old = [f"{STORM} {TRAINS}", RESCUE, f"{MAYOR} {SCHOOL}"]
    new = [STORM, RESCUE, f"{MAYOR} {TRAINS} {SCHOOL}"]
    found = compare(old, new)
    assert marked(found) == []
    moved = [part for part in found.segments if part.op is Op.MOVE]
    assert [found.new_text[part.new_start : part.new_end].strip() for part in moved] == [TRAINS]
    assert [change.op for change in found.changes] == ["move"]


def test_a_number_whose_thousands_are_parted_by_blanks_is_shown_whole():
    found = compare(["Im Tal leben 475 665 Menschen."], ["Im Tal leben 475 007 Menschen."])
    assert marked(found) == [("delete", "475 665"), ("insert", "475 007")]
    found = compare(["Im Tal leben 475 Menschen."], ["Im Tal leben 1 475 Menschen."])
    assert marked(found) == [("delete", "475"), ("insert", "1 475")]


def test_scraps_of_a_sentence_have_not_moved():
    lead = "HARTON — {} must be checked before they leave the harbour, {}."
    old = lead.format("Gov. Anna Bell plans to announce that boats", "two people told this paper")
    found = compare([old], [lead.format("Boats", "Gov. Anna Bell announced Tuesday")])
    assert all(part.op is not Op.MOVE for part in found.segments)


def test_an_attribution_that_went_to_the_end_of_a_quotation_has_not_moved():
    found = compare(
        ["“It is over,” Ms. Lund said. “We tried, and we failed, and I am sorry.”"],
        ["“It is over. We tried, and we failed, and I am sorry,” Ms. Lund said on Tuesday."],
    )
    assert all(part.op is not Op.MOVE for part in found.segments)


def test_what_crosses_nothing_is_no_move():
    found = compare([STORM, TRAINS], [f"{STORM} {QUOTE}", TRAINS, RESCUE])
    assert all(part.op is not Op.MOVE for part in found.segments)


def test_a_few_words_elsewhere_are_no_move():
    found = compare(["Read more", STORM, RESCUE], [STORM, RESCUE, "Read more"])
    assert all(part.op is not Op.MOVE for part in found.segments)


def test_a_split_or_merged_paragraph_marks_no_word():
    whole, parts = f"{STORM} {RESCUE} {QUOTE}", [STORM, f"{RESCUE} {QUOTE}"]
    split = compare([MAYOR, whole, TRAINS], [MAYOR, *parts, TRAINS])
    assert shape(split) == [("keep", (0, 1), (0, 1)), ("split", (1, 2), (1, 3)), ("keep", (2, 3), (3, 4))]
    assert marked(split) == []
    merged = compare([MAYOR, *parts, TRAINS], [MAYOR, whole, TRAINS])
    assert shape(merged) == [("keep", (0, 1), (0, 1)), ("merge", (1, 3), (1, 2)), ("keep", (3, 4), (2, 3))]
    assert marked(merged) == []


def test_a_paragraph_put_in_place_of_another_stands_right_behind_it():
    found = compare([STORM, RESCUE, MAYOR], [STORM, QUOTE, MAYOR])
    assert shape(found)[1:3] == [("delete", (1, 2), (1, 1)), ("add", (2, 2), (1, 2))]


def test_a_paragraph_between_parts_that_merged_may_have_moved_away():
    old = [f"{STORM} {MAYOR}", RESCUE, f"{TRAINS} {SCHOOL}", QUOTE]
    new = [f"{STORM} {MAYOR} {TRAINS} {SCHOOL}", QUOTE, RESCUE]
    found = compare(old, new)
    assert apply(found.old_text, found) == found.new_text
    assert reverse(found.new_text, found) == found.old_text
    assert sorted(index for block in found.blocks for index in range(*block.old)) == [0, 1, 2, 3]


def test_every_paragraph_of_a_reversed_story_is_found_again():
    paragraphs = [f"Paragraph number {number} tells of the day {number} in its own words." for number in range(200)]
    found = compare(paragraphs, paragraphs[::-1])
    assert marked(found) == []


def test_headline_deck_and_byline_are_fields():
    old = Story(headline="Storm kills 12", deck="Coast hit", byline="Ann Lee")
    new = Story(headline="Storm kills 15", deck="Coast hit", byline="Ann Lee and Bo Yi")
    found = diff(old, new)
    assert [(part.field, part.old, part.new) for part in found.fields] == [
        ("headline", "Storm kills 12", "Storm kills 15"),
        ("byline", "Ann Lee", "Ann Lee and Bo Yi"),
    ]
    assert [(change.where, change.op, change.old, change.new) for change in found.changes] == [
        ("headline", "replace", "12", "15"),
        ("byline", "insert", "", "and Bo Yi"),
    ]


HOSTILE = {
    "one word for ever": lambda words: (["ha " * len(words)], ["ha " * (len(words) - 99) + "ho " + "ha " * 50]),
    "few words in any order": lambda words: ([" ".join(w[:1] for w in words)], [" ".join(w[-1:] for w in words)]),
    "no spaces": lambda words: (["".join(words)], ["".join(words[::-1])]),
    "nothing but full stops": lambda words: (["." * len(words)], ["." * (len(words) // 2) + "," + "." * 99]),
    "words reversed": lambda words: ([" ".join(words)], [" ".join(words[::-1])]),
    "a word a paragraph": lambda words: (words[:4000], words[2000:6000]),
    "quotation marks": lambda words: (["\"'" * len(words)], ["'\"" * len(words)]),
    "halves swapped": lambda words: ([" ".join(words)], [" ".join(words[9000:] + words[:9000])]),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_texts_are_still_compared_exactly(case):
    # Without bounds on the work each of these would take minutes.
    generator = random.Random(7)
    words = ["".join(generator.choices("abcdefghijklm", k=generator.randint(2, 6))) for _ in range(20_000)]
    found = compare(*HOSTILE[case](words))
    assert apply(found.old_text, found) == found.new_text
    assert reverse(found.new_text, found) == found.old_text
