"""Two texts aligned by landmarks and words, held against plain readings of the same rules."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from revtrack.diffing import diff
from revtrack.diffing.landmarks import (
    by_sentence,
    by_three,
    find_landmarks,
    near_landmarks,
    shared_ahead,
    shared_behind,
)
from revtrack.diffing.runs import partners
from revtrack.diffing.texts import align_texts
from revtrack.model import Op, Story
from revtrack.text import tokens

_PIECES = [
    "The storm hit the northern coast on Monday night with heavy rain, officials said",
    "It killed 12 people and left many more without homes, the mayor told reporters",
    "東京で大雨が降った。川があふれて多くの家が流されたと市長が述べた。救助隊が派遣された",
    "e\u0301te\u0301 nach dem Regen kam die Sonne, sagte der Bürgermeister der Stadt",
    "unbroken,text/that:goes;on" * 3,
    *["the", "mayor", "’s", ",", "12", "ha", "\u0301", "東", "。", "、", "」", "「", "।", "\u2003", "-", "\u200d"],
]
_BETWEEN = st.sampled_from([" ", " ", "", ". ", "。", "\n", "  "])
TEXTS = st.lists(st.tuples(st.sampled_from(_PIECES), _BETWEEN), max_size=10).map(
    lambda parts: "".join(piece + between for piece, between in parts)
)


def insides(text):
    """Return the places that have a part of one word on both sides."""
    return {place for start, end in tokens(text) for place in range(start + 1, end)}


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
@example(f"{_PIECES[0]}。", f"{_PIECES[0]}。\u0301 {_PIECES[1]}")  # a mark makes one word with what stands before it
def test_passages_are_equal_rise_on_both_sides_and_cut_no_word(old, new):
    i = j = 0
    within_old, within_new = insides(old), insides(new)
    for start, start_new, length in align_texts(old, new):
        assert start >= i
        assert start_new >= j
        i, j = start + length, start_new + length
        assert old[start:i] == new[start_new:j]
        assert not {start, i} & within_old
        assert not {start_new, j} & within_new


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, max_size=3), st.lists(TEXTS, max_size=3))
def test_no_edge_of_a_segment_lies_within_a_word(old, new):
    found = diff(Story.from_paragraphs("", old), Story.from_paragraphs("", new))
    within_old, within_new = insides(found.old_text), insides(found.new_text)
    for part in found.segments:
        assert part.op is Op.INSERT or not {part.old_start, part.old_end} & within_old
        assert part.op is Op.DELETE or not {part.new_start, part.new_end} & within_new


@given(st.text("ab ", max_size=90), st.text("ab ", max_size=90), st.data())
def test_what_is_shared_is_told_to_the_character(old, new, data):
    i, j = data.draw(st.integers(0, len(old))), data.draw(st.integers(0, len(new)))
    ahead, behind = shared_ahead(old, i, new, j), shared_behind(old, i, new, j)
    assert old[i : i + ahead] == new[j : j + ahead]
    assert ahead == min(len(old) - i, len(new) - j) or old[i + ahead] != new[j + ahead]
    assert old[i - behind : i] == new[j - behind : j]
    assert behind == min(i, j) or old[i - behind - 1] != new[j - behind - 1]


@given(st.lists(st.integers(0, 9), max_size=12), st.lists(st.integers(0, 9), max_size=12))
def test_partners_are_equal_items_that_occur_once_on_each_side(old, new):
    expected = [new.index(item) if old.count(item) == new.count(item) == 1 else None for item in old]
    assert partners(old, new) == expected


def test_a_sentence_or_three_words_lead_to_all_that_is_equal_around_them():
    shared = f" {_PIECES[0]}. {_PIECES[1]}. "
    for read in (by_sentence, by_three):
        assert find_landmarks(f"One.{shared}End", f"Other.{shared}Stop", read) == [(4, 6, len(shared))]


def test_of_landmarks_that_cross_the_longer_is_kept():
    longer, other = f" {_PIECES[0]} in all and until the morning.", f" {_PIECES[1]}."
    assert find_landmarks(f"A.{longer} B.{other} C", f"D.{other} E.{longer} F", by_sentence) == [
        (2, 5 + len(other), len(longer) + 1)
    ]


def test_long_texts_without_a_landmark_share_nothing():
    old, new = (" ".join(f"{side}{number} the" for number in range(2_000)) for side in "ab")
    assert align_texts(f"x {old} y", f"z {new} w") == []


@given(st.from_regex("[A-Za-z0-9]{1,9}", fullmatch=True), TEXTS)
def test_a_word_that_is_no_part_of_a_text_shares_nothing_with_it(word, text):
    if word not in text:
        assert align_texts(word, text) == align_texts(text, word) == []


def test_a_lone_word_that_a_text_ends_with_is_kept_and_one_within_a_longer_word_is_not():
    assert align_texts("harbour", "Fog over the harbour") == [(0, 13, 7)]
    assert align_texts("harbour", "Fog over both harbours") == []


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_landmarks_found_nearby_are_equal_and_rise_on_both_sides(lead, old, new):
    text = f"{lead} {_PIECES[0]}. {_PIECES[1]}. {_PIECES[1][::-1]}. "
    i = j = 0
    for start, start_new, length in near_landmarks(f"{text}{old}", f"New {text}{new}"):
        assert start >= i
        assert start_new >= j
        i, j = start + length, start_new + length
        assert f"{text}{old}"[start:i] == f"New {text}{new}"[start_new:j]


def test_landmarks_are_found_nearby_until_edits_are_many():
    long = f" {_PIECES[0]}. {_PIECES[1]} "
    assert list(near_landmarks(f"Yes,{long}then", f"No,{long}now")) == [(4, 3, len(long))]
    assert not list(near_landmarks(f"Yes, {_PIECES[0]} then", f"No, {_PIECES[0]} now"))
    assert not list(near_landmarks(f"Yes,{long}then{long}", f"No,{long}now{long}"))


@pytest.mark.parametrize(
    ("old", "new", "deleted", "inserted"),
    [
        (
            "市长说桥已修好。工人们将在周五离开。",
            "工人们将在周五上午离开。市长表示桥还没有修好。",
            ["市长说桥已修好。"],
            ["上午", "市长表示桥还没有修好。"],
        ),
        (
            "川の水位が上がった。学校は休みになった。",
            "町では川の水位が大きく上がった。学校も店も休みになる。",
            ["は", "った"],
            ["町では", "大きく", "も店も", "る"],
        ),
        ("ฝนตกหนักในเมืองเมื่อวาน", "เมื่อเช้าฝนตกหนักในเมืองนี้", ["เมื่อวาน"], ["เมื่อเช้า", "นี้"]),
    ],
)
def test_texts_without_blanks_that_begin_and_end_differently_share_what_stands_between(old, new, deleted, inserted):
    found = diff(*(Story.from_paragraphs("", [text]) for text in (old, new)))
    gone = [old[part.old_start : part.old_end] for part in found.segments if part.op is Op.DELETE]
    come = [new[part.new_start : part.new_end] for part in found.segments if part.op is Op.INSERT]
    assert (gone, come) == (deleted, inserted)


@pytest.mark.parametrize(
    ("first", "added", "last"),
    [
        ("बाँध टूट गया है। ", "दो गाँव अब खाली है। ", "लोग घर छोड़ रहे हैं।"),
        ("هل عاد الناس؟ ", "وهل فتحت المدارس أبوابها للناس؟ ", "قال الوزير إن الأمر صعب."),
        ("وہ گھر گیا۔ ", "وہ شام کو گھر گیا۔ ", "وہ خوش تھا۔"),
        ("大雨降了一夜。", "河水漲了一夜。", "學校停課。"),
        ("市長は「橋は安全だ。」と述べた。", "知事も「道は安全だ。」と述べた。", "雨は続く。"),
    ],
)
def test_a_sentence_put_in_is_marked_from_edge_to_edge_in_scripts_with_stops_of_their_own(first, added, last):
    found = diff(*(Story.from_paragraphs("", [text]) for text in (first + last, first + added + last)))
    assert [found.new_text[part.new_start : part.new_end] for part in found.segments if part.op is Op.INSERT] == [added]


def test_a_sentence_added_at_the_end_of_a_paragraph_is_marked_with_its_own_full_stop():
    old, new = "It rained.\nThe end came soon.", "It rained. Nobody was hurt in it.\nThe end came soon."
    found = diff(*(Story.from_paragraphs("", text.split("\n")) for text in (old, new)))
    marked = [found.new_text[part.new_start : part.new_end] for part in found.segments if part.op is Op.INSERT]
    assert [text.strip() for text in marked] == ["Nobody was hurt in it."]
