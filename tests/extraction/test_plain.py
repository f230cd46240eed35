"""Plain text and Markdown give the story that is in them."""

import contextlib
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.errors import NotAnArticleError
from revtrack.extraction import read_text
from revtrack.model import NoteKind, ParagraphKind, Story
from tests.extraction.lenning import HEADLINE, PARAGRAPHS

COPIED = (
    f"{HEADLINE}\n{HEADLINE}\n    Posted on 11/20/2024\n"
    + "\n\n".join(PARAGRAPHS)
    + "\n\nThis story has been updated with additional reporting.\nComments( 0 )\nAI Chat"
)


def test_a_page_copied_as_text_gives_headline_date_paragraphs_and_note():
    story = read_text(COPIED)
    assert story.headline == HEADLINE
    assert story.published == datetime(2024, 11, 20, tzinfo=UTC)
    assert tuple(paragraph.text for paragraph in story.paragraphs) == PARAGRAPHS
    assert [(note.kind, note.text) for note in story.notes] == [
        (NoteKind.UPDATE, "This story has been updated with additional reporting.")
    ]


def test_line_ends_and_byte_order_marks_do_not_matter():
    assert read_text("\ufeff" + COPIED.replace("\n", "\r\n")).fingerprint == read_text(COPIED).fingerprint


def test_wrapped_lines_are_one_paragraph():
    text = "A headline\n\nThe first line of a paragraph\nand its second.\n\nAnother paragraph."
    assert [p.text for p in read_text(text).paragraphs] == [
        "The first line of a paragraph and its second.",
        "Another paragraph.",
    ]


def test_markdown_is_read_by_its_marks():
    text = (
        "---\ntitle: Bridge closed\ndate: 2024-11-20\nauthor: Ida Moreau\nlang: en\n---\n\n# Bridge closed\n\nSome **bold**, *soft* and "
        "[linked](https://x.test) words, snake_case and 2 * 3 * 4.\n\n## What next\n\n- one\n- two\n\n> Quoted.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    story = read_text(text)
    assert (story.headline, story.byline, story.language) == ("Bridge closed", "Ida Moreau", "en")
    assert [(p.kind, p.text) for p in story.paragraphs] == [
        (ParagraphKind.TEXT, "Some bold, soft and linked words, snake_case and 2 * 3 * 4."),
        (ParagraphKind.SUBHEADING, "What next"),
        (ParagraphKind.LIST_ITEM, "one"),
        (ParagraphKind.LIST_ITEM, "two"),
        (ParagraphKind.QUOTE, "Quoted."),
        (ParagraphKind.TABLE_ROW, "a | b"),
        (ParagraphKind.TABLE_ROW, "1 | 2"),
    ]


def test_front_matter_of_toml_and_lists_of_names_are_read():
    toml = '+++\ntitle = "Bridge closed"\nauthors = ["Ida Moreau", "Al Wu"]\ndate = 2024-11-20\n+++\n\nIt is closed.\n'
    yaml = '---\ntitle: "Bridge closed"\nauthors:\n  - Ida Moreau\n  - Al Wu\ndate: 2024-11-20\n---\n\nIt is closed.\n'
    for text in (toml, yaml):
        story = read_text(text)
        assert (story.headline, story.authors) == ("Bridge closed", ("Ida Moreau", "Al Wu"))
        assert (story.byline, story.published) == ("Ida Moreau, Al Wu", datetime(2024, 11, 20, tzinfo=UTC))
        assert story.text == "It is closed."


def test_what_markdown_does_not_show_is_no_text():
    text = "# Bridge closed\n\nIt is <em>closed</em>, says <https://x.test/a>.\n\n<!-- check this -->\n\n[x]: https://x.test\n"
    assert read_text(text).text == "It is closed, says https://x.test/a."


def test_less_than_signs_of_a_text_stay():
    assert read_text("A headline\n\nIt holds where 3 < x and y > 4.").text == "It holds where 3 < x and y > 4."


def test_invitations_at_the_end_are_dropped_and_only_there():
    text = "A headline\n\nSubscribe now, it said.\n\nThe bridge is closed.\n\nRead more: Another story\n\n© 2024 The Post. All rights reserved."
    assert read_text(text).text == "Subscribe now, it said.\n\nThe bridge is closed."


def test_no_number_is_lost_at_the_start_of_a_paragraph():
    assert read_text("A headline\n\n12. May was the day on which it fell.").paragraphs[0].text.startswith("12. May")


@pytest.mark.parametrize("text", ["", "\n \n", "Only a headline", "Comments( 0 )"])
def test_no_story_is_made_of_nothing(text):
    with pytest.raises(NotAnArticleError):
        read_text(text)


@given(st.text())
def test_any_text_is_a_story_or_none(text):
    with contextlib.suppress(NotAnArticleError):
        assert isinstance(read_text(text), Story)


@pytest.mark.parametrize("piece", ["**a ", "[", "![", "_a ", "> ", "1/", "# ", "|-"])
def test_marks_without_end_take_bounded_time(piece):
    began = time.process_time()
    read_text("A headline\n\n" + "Some words. " + piece * 200_000)
    assert time.process_time() - began < 5
