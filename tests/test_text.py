"""The reading of words and sentences."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack import text
from revtrack.text import sentences, tokens, word_table, words

_PLAIN = [chr(code) for code in range(0x2200) if text._SIMPLE.fullmatch(chr(code))]


def test_both_patterns_read_every_plain_character_alike():
    assert len(_PLAIN) > 1000
    for letter in _PLAIN:
        for sample in (letter, f"a{letter}b", f"7{letter}8", f"{letter}{letter} {letter}", f"it{letter}s '{letter}"):
            assert text._SIMPLE_TOKEN.findall(sample) == text._TOKEN.findall(sample), sample


@given(st.text())
def test_typed_text_keeps_every_character_in_its_place(shown):
    plain = text.typed(shown)
    assert len(plain) == len(shown)
    assert all(after == before or after in "'\"- " for before, after in zip(shown, plain, strict=True))
    assert text.typed(plain) == plain


@given(st.text(alphabet=st.one_of(st.sampled_from("ab12.,:'’_- %s"), st.sampled_from(_PLAIN))))
def test_both_patterns_read_plain_text_alike(sample):
    assert text._SIMPLE_TOKEN.findall(sample) == text._TOKEN.findall(sample)


@given(st.lists(st.one_of(st.text(), st.text(alphabet="ab 12.,’\t")), max_size=3).map("\n".join), st.integers(0, 9))
def test_a_word_table_holds_the_words_of_each_line_and_where_they_begin(sample, offset):
    found, starts = word_table(sample, offset)
    assert all(sample.startswith(word, start - offset) for word, start in zip(found, starts, strict=True))
    # Both leave out a separator that one of the two patterns takes for white space.
    expected = [word for line in sample.split("\n") for word in words(line)]
    assert [word for word in found if word.strip()] == [word for word in expected if word.strip()]


@given(st.text())
def test_tokens_hold_every_visible_character_once_and_no_space(sample):
    found = tokens(sample)
    assert [sample[start:end] for start, end in found] == words(sample)
    place = 0
    for start, end in found:
        assert place <= start < end
        assert not sample[place:start].strip()
        place = end
    assert not sample[place:].strip()


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("It's 1,250.5 at 9:30, the 3rd.", ["It's", "1,250.5", "at", "9:30", ",", "the", "3rd", "."]),
        ("He’ll pay $4.5bn (5%)", ["He’ll", "pay", "$", "4.5bn", "(", "5%", ")"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("தமிழ் மொழி", ["தமிழ்", "மொழி"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("東京は雨", ["東", "京", "は", "雨"]),
        ("กำ", ["กำ"[:1], "กำ"[1:]]),
        ("e\u0301te\u0301", ["e\u0301te\u0301"]),
        ("👩‍👩‍👧👍🏽🇩🇪🇫🇷", ["👩‍👩‍👧", "👍🏽", "🇩🇪", "🇫🇷"]),
        (
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f!",
            ["🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "!"],
        ),
        ("1\ufe0f\u20e3 2", ["1\ufe0f\u20e3", "2"]),
    ],
)
def test_a_word_is_what_a_reader_takes_for_one(sample, expected):
    assert words(sample) == expected


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("Mr. Fox ran. He hid.", ["Mr. Fox ran. ", "He hid."]),
        ("“Stop!” She ran (fast). Then… nothing.", ["“Stop!” ", "She ran (fast). ", "Then… nothing."]),
        ("It cost $1.5 million. 12 people paid.", ["It cost $1.5 million. ", "12 people paid."]),
        ("雨が降った。人々は家にいた。", ["雨が降った。", "人々は家にいた。"]),
        ("", [""]),
    ],
)
def test_a_sentence_ends_where_a_reader_stops(sample, expected):
    assert [sample[start:end] for start, end in sentences(sample)] == expected


@given(st.text(alphabet=st.sampled_from("aB .!?…”)\"'。 12")))
def test_sentences_cover_their_paragraph(sample):
    found = sentences(sample)
    assert found[0][0] == 0
    assert found[-1][1] == len(sample)
    assert all(end == start for (_, end), (start, _) in pairwise(found))


@pytest.mark.parametrize(
    "sample", ["." * 200_000, "1." * 100_000, "." + " " * 200_000, "“" * 200_000, ".”" * 100_000, "A. " * 60_000]
)
def test_hostile_paragraphs_are_read_in_time_that_grows_with_their_length(sample):
    # A pattern that looks again at what it has seen would need hours here.
    assert tokens(sample) is not None
    assert sentences(sample)


def test_separators_of_records_are_white_space_in_every_script():
    assert words("ab\x1ccd \x1f ef") == words("ab cd ef")
    assert words("नमस्ते\x1cदुनिया \x1f") == words("नमस्ते दुनिया")
