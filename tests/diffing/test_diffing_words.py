"""The alignment of words and the chains of paragraphs, held against slow but plain searches."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from revtrack.diffing.chains import HUNK
from revtrack.diffing.paragraphs import pair_paragraphs
from revtrack.diffing.runs import equal_ends, heaviest_chain
from revtrack.diffing.words import align_closely, align_words

WORDS = st.lists(st.integers(0, 30), max_size=24)


def saving(runs):
    return sum(2 * length - HUNK for _, _, length in runs)


def best_saving(old, new, shortest=3):
    """What the best chain of runs of so many words or more saves, each at the price of a hunk: all cells, no tricks."""
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(1, len(old) + 1):
        for j in range(1, len(new) + 1):
            best[i][j] = max(best[i - 1][j], best[i][j - 1])
            length = 0
            while length < min(i, j) and old[i - 1 - length] == new[j - 1 - length]:
                length += 1
                if length >= shortest:
                    best[i][j] = max(best[i][j], best[i - length][j - length] + 2 * length - HUNK)
    return best[-1][-1]


def related(numbers, edits):
    """A text with some of its words replaced, so that much is shared."""
    return [50 + position if position in edits else number for position, number in enumerate(numbers)]


@settings(max_examples=150, deadline=None)
@given(WORDS, WORDS, st.sets(st.integers(0, 23), max_size=4))
def test_the_alignment_is_the_cheapest_there_is(middle, other, edits):
    # Fences that differ keep equal ends from being trimmed; blocks that repeat make the choice hard.
    old = [98, *middle, *other, *middle, 99]
    new = [96, *related(middle, edits), *middle, *other, 97]
    runs = align_words(old, new)
    assert saving(runs) == best_saving(old, new)


@settings(max_examples=100, deadline=None)
@given(WORDS, WORDS)
def test_runs_are_equal_words_and_rise_on_both_sides(old, new):
    i = j = 0
    for start, start_new, length in align_words(old, new):
        assert start >= i
        assert start_new >= j
        i, j = start + length, start_new + length
        assert old[start:i] == new[start_new:j]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 2), max_size=48), st.lists(st.integers(0, 2), max_size=48))
def test_a_short_stretch_is_aligned_at_the_least_cost_however_much_its_words_repeat(old, new):
    old, new = [7, *old, 8], [9, *new, 6]
    assert saving(align_words(old, new)) == best_saving(old, new)


def test_words_that_repeat_too_much_for_the_search_are_still_aligned():
    # Twenty times the same three words: each triple stands in twenty places on both sides.
    refrain = [1, 2, 3] * 20
    assert sum(length for _, _, length in align_words([7, *refrain, 8], [9, *refrain, 5, 6])) == len(refrain)


def test_long_passages_without_any_landmark_are_given_up_rather_than_searched():
    old, new = [7, *[1] * 5000, 8], [9, *[1] * 5000, 6]
    assert align_words(old, new) == []


def test_versions_of_one_passage_may_share_two_words_in_a_row():
    assert align_closely([1, 2, 30, 4, 5, 60, 7, 8], [1, 2, 31, 4, 5, 61, 7, 8]) == [(0, 0, 2), (3, 3, 2), (6, 6, 2)]


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
def test_versions_of_one_passage_are_aligned_at_the_least_cost(old, new):
    assert saving(align_closely(old, new)) == best_saving(old, new, shortest=2)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), max_size=7))
def test_no_chain_of_pairs_is_heavier_than_the_one_found(steps):
    pairs = [(i, j) for i, (j, _) in enumerate(steps)]
    weights = [weight for _, weight in steps]
    chain = heaviest_chain(pairs, weights)
    rising = [
        chosen
        for size in range(len(pairs) + 1)
        for chosen in combinations(range(len(pairs)), size)
        if all(pairs[a][1] < pairs[b][1] for a, b in pairwise(chosen))
    ]
    assert tuple(chain) in rising
    assert sum(weights[index] for index in chain) == max(sum(weights[index] for index in chosen) for chosen in rising)


def test_equal_paragraphs_that_repeat_stay_beside_their_neighbours():
    old = ["*", "first", "*", "second", "*", "third", "*"]
    new = ["*", "first", "*", "new", "*", "third", "*"]
    pairing = pair_paragraphs(old, new)
    assert pairing.kept == ((0, 0, 3), (4, 4, 3))
    assert pairing.moved == ()


@given(st.lists(st.integers(0, 1), max_size=60), st.lists(st.integers(0, 1), max_size=60))
def test_equal_ends_are_all_that_is_equal_at_both_ends(old, new):
    head, tail = equal_ends(old, new)
    shorter = min(len(old), len(new))
    assert old[:head] == new[:head]
    assert old[len(old) - tail :] == new[len(new) - tail :]
    assert head == shorter or old[head] != new[head]
    assert head + tail == shorter or old[-1 - tail] != new[-1 - tail]


@settings(max_examples=150, deadline=None)
@given(st.permutations(range(100, 140)), st.permutations(range(100, 140)), st.integers(0, 40), st.integers(0, 40))
def test_runs_kept_without_a_search_stand_in_the_cheapest_alignment(left, right, cut, other):
    # Long runs of words that occur once, between and beside passages in another order.
    old = [1, *left[:cut], *range(20), *left[cut:], *range(30, 60), 2]
    new = [3, *right[:other], *range(20), *right[other:], *range(30, 60), 4]
    assert saving(align_words(old, new)) == best_saving(old, new)
