import pytest

from revtrack.notes.holding import Literals


@pytest.mark.parametrize(
    ("literal", "text", "holds"),
    [
        ("error", "an error was made", True),
        ("error", "terrors and errors", False),
        ("correct*", "it was corrected", True),
        ("correct*", "an incorrect figure", False),
        ("*rect*", "an incorrect figure", True),
        ("l'article", "dans l'article", True),
        ("a", "spam", True),  # too short to be told by its beginning: looked for anywhere, which finds more
    ],
)
def test_a_literal_is_held_where_it_may_stand(literal, text, holds):
    assert (literal in Literals([literal], spaced=True).held_by(text)) is holds


def test_where_words_run_together_literals_are_looked_for_anywhere():
    assert Literals(["更正"], spaced=False).held_by("本文已更正过") == {"更正"}
    assert not Literals(["更正"], spaced=True).held_by("本文已更正过")
