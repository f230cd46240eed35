"""Laws of the diff that hold for any two texts."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from revtrack.diffing import apply, diff, reverse
from revtrack.model import BlockOp, Diff, Op, Story

# Few words, so that texts share many: repeats, moves, splits and merges come about by themselves.
_PLAIN = ["the", "mayor", "said", "on", "Monday", "storm", "killed", "12", "people", ".", "a", "of"]
_ODD = [
    "été",
    "e\u0301te\u0301",
    "हिन्दी",
    "ประเทศไทย",
    "東京都",
    "ひらがな",
    "。",
    "。\u0301",
    "」",
    "है।",
    "👩‍👩‍👧",
    "🇩🇪",
    "\u202eabc\u202c",
    "\ud800",
    "\u200d",
    "“It’s”",
]
_SPACES = [" ", " ", " ", " ", "", "  ", "\u00a0", "\n"]


@st.composite
def texts(draw, vocabulary):
    words = draw(st.lists(st.sampled_from(vocabulary), max_size=14))
    return "".join(word + draw(st.sampled_from(_SPACES)) for word in words)


def stories(vocabulary):
    sentences = st.sampled_from(
        [
            "The storm hit the coast on Monday.",
            "It killed 12 people, officials said.",
            "Rescue teams came from the capital at night.",
            "The mayor of the town did not want to speak.",
            "One two three four five six seven eight nine ten.",
        ],
    )
    paragraph = st.one_of(texts(vocabulary), st.lists(sentences, max_size=4).map(" ".join))
    return st.lists(paragraph, max_size=7).map(lambda paragraphs: Story.from_paragraphs("Headline", paragraphs))


ANY = st.one_of(
    stories(_PLAIN), stories(_PLAIN + _ODD), st.lists(st.text(), max_size=4).map(lambda p: Story.from_paragraphs("", p))
)


def cover(spans, size):
    place = 0
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        assert start == place
        place = end
    assert place == size


def check(found: Diff) -> None:
    old, new, segments = found.old_text, found.new_text, found.segments
    assert apply(old, found) == new
    assert reverse(new, found) == old
    cover([(part.old_start, part.old_end) for part in segments], len(old))
    cover([(part.new_start, part.new_end) for part in segments], len(new))
    for part in segments:
        before, after = old[part.old_start : part.old_end], new[part.new_start : part.new_end]
        if part.op is Op.DELETE:
            assert before
            assert not after
        elif part.op is Op.INSERT:
            assert after
            assert not before
        else:
            assert before == after
            assert before
        assert (part.move is not None) == (part.op is Op.MOVE)
    kept = [part for part in segments if part.op is Op.KEEP]
    assert kept == sorted(kept, key=lambda part: part.old_start) == sorted(kept, key=lambda part: part.new_start)
    assert [part for part in segments if part.op is not Op.DELETE] == sorted(
        (part for part in segments if part.op is not Op.DELETE),
        key=lambda part: part.new_start,
    )
    cover([block.old for block in found.blocks], len(found.old.paragraphs))
    cover([block.new for block in found.blocks], len(found.new.paragraphs))
    for block in found.blocks:
        assert (block.move is not None) == (block.op is BlockOp.MOVE)
        assert block.op is not BlockOp.EDIT or {part.op for part in block.segments} != {Op.KEEP}


@settings(max_examples=200, deadline=None)
@given(ANY, ANY)
def test_every_character_of_both_texts_is_in_one_segment_and_both_can_be_rebuilt(old, new):
    check(diff(old, new))


@settings(max_examples=100, deadline=None)
@given(stories(_PLAIN), st.randoms(use_true_random=False))
def test_shuffled_paragraphs_lose_nothing(old, random):
    paragraphs = list(old.paragraphs)
    random.shuffle(paragraphs)
    check(diff(old, Story.from_paragraphs("Headline", paragraphs)))


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_a_story_against_itself_has_no_change(story):
    found = diff(story, story)
    assert not found.changes
    assert not found.fields
    assert {part.op for part in found.segments} <= {Op.KEEP}


@settings(max_examples=60, deadline=None)
@given(ANY, ANY)
def test_the_same_stories_give_the_same_diff(old, new):
    assert diff(old, new) == diff(old, new)


def shared(found: Diff, *, turned: bool):
    """Every pair of characters that is kept or moved, as old and new place, or as new and old."""
    pairs = set()
    for part in found.segments:
        if part.op in {Op.KEEP, Op.MOVE}:
            sides = range(part.old_start, part.old_end), range(part.new_start, part.new_end)
            pairs |= set(zip(*(sides[::-1] if turned else sides), [part.op] * len(sides[0]), strict=True))
    return pairs


@settings(max_examples=200, deadline=None)
@given(ANY, ANY)
def test_what_is_kept_and_moved_is_the_same_in_both_directions(old, new):
    assert shared(diff(old, new), turned=False) == shared(diff(new, old), turned=True)


_SCRIPTS = [
    "ملحمة الطقس في المدينة",
    "גשם כבד ירד בלילה",
    "रेल सेवा रद्द कर दी गई",
    "மழை பெய்தது",
    "ฝนตกหนักในเมือง",
    "東京で大雨が降った。",
    "서울에 비가 왔다",
    "Шторм убил 12 человек",
    "\u202eright to left\u202c",
    "\u2067isolate\u2069 42",
    "👍🏽 👩\u200d🚀 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 🇫🇷🇩🇪",
    "a\u0308\u0323 e\u0301 \u0301alone",
    "\ud83d \udc00 lone",
    "tab\there\x1cthere \x85 \u2028 \x00",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_SCRIPTS), min_size=1, max_size=12), st.data())
def test_no_script_or_control_character_is_lost_or_cut_from_its_word(parts, data):
    changed = [part for part in parts if data.draw(st.booleans())] + data.draw(
        st.lists(st.sampled_from(_SCRIPTS), max_size=3)
    )
    old, new = (Story.from_paragraphs("", [" ".join(side[:6]), "".join(side[6:])]) for side in (parts, changed))
    found = diff(old, new)
    check(found)
    for part in found.segments:
        for text, place in ((found.old_text, part.old_start), (found.new_text, part.new_start)):
            assert not (unicodedata.combining(text[place : place + 1] or " ") and text[place - 1 : place].isalpha())


@settings(max_examples=100, deadline=None)
@given(stories(_PLAIN), stories(_PLAIN))
def test_changes_are_named_when_asked_for_and_only_once(old, new):
    found = diff(old, new)
    assert found.changes is found.changes
    assert found == diff(old, new)
