"""Cards: a revision as a picture that a phone can show, whatever the script of its words and the typefaces at hand."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import revtrack
from revtrack.errors import ConfigError
from revtrack.model import Op, Story
from revtrack.rendering.card import HEIGHT, WIDTH, card_alt, card_png, render_card
from revtrack.rendering.lettering import Run, is_right_to_left, placed, width_of, wrap_runs

SVG = "{http://www.w3.org/2000/svg}"
BODY = ["The storm killed 12 people on Monday, officials said.", "Two bridges were closed after the flood."]
LATIN = ("Storm hits coast, 12 dead", "Storm hits coast, 21 dead")
CHINESE = ("飓风袭击海岸，造成十二人死亡，数千人流离失所", "飓风袭击海岸，造成二十一人死亡，数千人流离失所")
ARABIC = ("العاصفة تقتل 12 شخصا على الساحل", "العاصفة تقتل 21 شخصا على الساحل")


def step(old, new, body=(BODY, BODY)):
    stories = [Story.from_paragraphs(headline, text) for headline, text in zip((old, new), body, strict=True)]
    return replace(
        revtrack.compare(*stories),
        url="https://www.a.test/storm",
        old=1,
        new=2,
        seen_at=datetime(2024, 11, 20, 9, tzinfo=UTC),
    )


def drawn(svg):
    """Return the words of the title with the edges of each, as the picture places them."""
    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        if "textLength" in text.attrib:
            half = float(text.get("textLength")) / 2
            yield text.text, float(text.get("x")) - half, float(text.get("x")) + half, float(text.get("y"))


@pytest.mark.parametrize("headlines", [LATIN, CHINESE, ARABIC, ("A" * 900, "B" * 900), ("", "x"), ("word " * 90, "")])
def test_every_word_of_a_card_stands_within_it(headlines):
    placed_words = list(drawn(render_card(step(*headlines))))
    assert placed_words
    assert all(left >= 59 and right <= WIDTH - 55 and 120 < y < HEIGHT - 138 for _, left, right, y in placed_words)


def test_what_went_is_struck_and_what_came_is_underlined():
    tree = ET.fromstring(render_card(step(*LATIN)))
    strokes = {rect.get("fill") for rect in tree.iter(f"{SVG}rect") if rect.get("height") and rect.get("y")}
    assert {"#7a2e00", "#003a8c"} <= strokes
    assert [word for word, *_ in drawn(render_card(step(*LATIN)))] == ["Storm hits coast,", "12", "21", "dead"]


def test_words_that_run_leftwards_are_placed_from_the_right():
    words = list(drawn(render_card(step(*ARABIC))))
    assert words[0][2] == pytest.approx(WIDTH - 60, abs=1)
    assert words[0][1] > words[1][2] > words[2][2]
    assert is_right_to_left("12 “عنوان” of")
    assert not is_right_to_left("12 Title عنوان")


def test_where_the_headline_stands_the_weightiest_sentence_is_shown_under_it():
    revision = step(LATIN[0], LATIN[0], (BODY, [BODY[0].replace("12", "21"), BODY[1]]))
    svg = render_card(revision)
    assert [word for word, *_ in drawn(svg)][:3] == ["The storm killed", "12", "21"]
    assert LATIN[0] in svg


def test_the_alt_text_says_what_the_card_shows():
    revision = step(*LATIN)
    alt = card_alt(revision)
    assert alt.startswith("Storm hits coast, 21 dead. substantive, undisclosed. Headline: “12” became “21”")
    assert alt == ET.fromstring(render_card(revision)).find(f"{SVG}title").text


def test_a_hostile_headline_is_only_text_in_a_card():
    odd = "</text><script>alert(1)</script>\x1b\u202e]]>&{{7*7}}"
    tree = ET.fromstring(render_card(replace(step(odd, odd + "!"), url="https://<script>/")))
    assert {element.tag.removeprefix(SVG) for element in tree.iter()} == {
        "svg",
        "title",
        "rect",
        "line",
        "g",
        "text",
        "tspan",
    }
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on") or "href" in name]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(Op), st.text(alphabet="ab .,中。ع́x", max_size=30)), max_size=6), st.floats(8, 40)
)
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(parts, width):
    runs = [Run(op, text) for op, text in parts]
    lines = wrap_runs(runs, width, most=1000)
    assert "".join(run.text for line in lines for run in line) == "".join(text for _, text in parts)
    for line in lines:
        text = "".join(run.text for run in line).rstrip()
        assert width_of(text) <= max(width, 26) + 1
        assert all(run.text == run.text.strip() for run in placed(line))


FONTS = sorted(Path("/usr/share/fonts").rglob("*.ttf"))


@pytest.mark.skipif(not FONTS, reason="this machine has no fonts")
def test_a_card_as_png_is_written_with_the_fonts_at_hand():
    pytest.importorskip("resvg_py")
    png = card_png(render_card(step(*LATIN)), width=600, fonts=FONTS)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20]) == 600
    assert png != card_png(render_card(step("", LATIN[1])), width=600, fonts=FONTS)


def test_a_machine_without_fonts_is_told_so():
    pytest.importorskip("resvg_py")
    with pytest.raises(ConfigError, match="no font"):
        card_png(render_card(step(*LATIN)), fonts=[])
