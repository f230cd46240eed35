import pytest

from revtrack.notes.holding import Literals, Needs, Stems, held_in


@pytest.mark.parametrize(
    ("literal", "text", "holds"),
    [
        ("error", "an error was made", True),
        ("error", "terrors and errors", False),
        ("correct*", "it was corrected", True),
        ("correct*", "an incorrect figure", False),
        ("*rect*", "an incorrect figure", True),
        ("l'article", "dans l'article", True),
        ("a", "spam", False),
        ("a*", "spam", True),  # too short to be told by its beginning: looked for anywhere, which finds more
    ],
)
def test_a_literal_is_held_where_it_may_stand(literal, text, holds):
    assert (literal in Literals([literal], spaced=True).held_by(text)) is holds


def test_where_words_run_together_literals_are_looked_for_anywhere():
    assert Literals(["更正"], spaced=False).held_by("本文已更正过") == {"更正"}
    assert not Literals(["更正"], spaced=True).held_by("本文已更正过")


def test_needs_are_met_where_each_is_by_one_of_its_literals():
    either, other = frozenset({"correct*", "fix*"}), frozenset({"error"})
    needs = Needs([frozenset({either, other}), frozenset({other}), frozenset()], spaced=True)
    assert needs.places(needs.met_by("an error was corrected")) == [0, 1, 2]
    assert needs.places(needs.met_by("it was fixed")) == [2]
    joined = needs.met_by("it was fixed") | needs.met_by("an error")
    assert needs.places(joined, among=[0, 2]) == [0, 2]


@pytest.mark.parametrize("more", ["", "w" * 40, " ".join(map(str, range(6000)))], ids=["words", "long", "many"])
def test_a_stem_is_found_inside_a_word_and_one_of_several_words_as_it_stands(more):
    stems = Stems(["korrekt", "an earlier version"])
    for text, held in (
        ("die textkorrektur", ["korrekt"]),
        ("an earlier version", ["an earlier version"]),
        ("a version, earlier", []),
    ):
        shown = f"{text} {more}"
        assert stems.held_by(shown, set(shown.split())) == held
        assert stems.held_by(shown, set(shown.split())) == held  # from memory, where the words are kept


def test_pieces_are_found_in_every_word_that_holds_them_and_across_none():
    words = ["korrektur", "unkorrekt", "kor", "rektur"]
    found = set(held_in(["korrekt", "r", "x"], words))
    assert found == {(0, word) for word in words[:2]} | {(1, word) for word in words}
