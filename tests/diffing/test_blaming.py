"""Which version brought each sentence: by its wording, and by the words that are left of earlier ones."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from revtrack.diffing.blaming import blame
from revtrack.model import Story, Version
from revtrack.text import sentences

START = datetime(2024, 11, 20, 9, tzinfo=UTC)
BRIDGE = "The old swing bridge was closed to all traffic on Wednesday."
CRACK = "Divers had found a crack of some twelve centimetres below the pivot."
COST = "Repairs are expected to cost four million and to take nine weeks."
MERCHANTS = "Fish merchants said that they had been told nothing."


def versions(*texts, headline="Bridge closed"):
    return [
        Version(number, Story.from_paragraphs(headline, paragraphs), START + timedelta(hours=number), START)
        for number, paragraphs in enumerate(texts, 1)
    ]


def brought(found):
    return {sentence.text: sentence.version for sentence in found}


def test_each_sentence_has_the_version_since_which_it_has_stood_as_it_is():
    found = blame(
        versions([BRIDGE, CRACK], [BRIDGE, CRACK, COST], [BRIDGE.replace("Wednesday", "Thursday"), CRACK, COST])
    )
    thursday = BRIDGE.replace("Wednesday", "Thursday")
    assert brought(found) == {"Bridge closed": 1, thursday: 3, CRACK: 1, COST: 2}
    assert next(s for s in found if s.text == thursday).edits == (1, 3)
    assert next(s for s in found if s.text == COST).first_seen == START + timedelta(hours=2)


def test_a_sentence_that_only_lost_a_word_is_another_sentence():
    found = blame(versions(["The mayor had not known of it, she said."], ["The mayor had known of it, she said."]))
    assert found[1].version == 2


def test_a_sentence_that_moved_or_whose_paragraph_was_split_keeps_its_age():
    found = blame(versions([f"{BRIDGE} {CRACK}", COST, MERCHANTS], [BRIDGE, MERCHANTS, COST, CRACK]))
    assert set(brought(found).values()) == {1}


def test_a_sentence_that_went_and_came_back_says_where_it_stood_before():
    back = blame(versions([BRIDGE, COST], [BRIDGE], [BRIDGE, COST]))[2]
    assert (back.text, back.version, back.stood_in) == (COST, 3, 1)


def test_no_version_gives_no_sentence_and_one_version_brought_all():
    assert blame([]) == ()
    assert {s.version for s in blame(versions([BRIDGE, CRACK]))} == {1}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([BRIDGE, CRACK, COST, MERCHANTS, f"{CRACK} {COST}"]), max_size=5),
        min_size=1,
        max_size=4,
    )
)
def test_every_sentence_of_the_newest_version_is_told_once_and_in_order(texts):
    found = [s for s in blame(versions(*texts)) if s.paragraph is not None]
    assert [s.text for s in found] == [p[a:b].rstrip() for p in texts[-1] for a, b in sentences(p)]
    for sentence in found:
        standing = [any(sentence.text in paragraph for paragraph in text) for text in texts]
        assert standing[sentence.version - 1]
        assert sentence.version == 1 or sentence.edits[0] <= sentence.version
