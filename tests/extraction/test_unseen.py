"""What stands inside a paragraph for other ears and eyes than a reader's is no part of it."""

import pytest

from revtrack.extraction import extract
from tests.extraction.lenning import PARAGRAPHS, body, page

SEEN = "The old ferry takes bicycles on its upper deck, and dogs on the lower one."
UNSEEN = {
    "tip behind a word": 'takes <span role="tooltip" hidden>A bicycle has two wheels.</span>',
    "word for those who hear the page": 'takes <span class="visually-hidden">with a ticket</span>',
    "origin for those who copy": 'takes <span style="position:absolute; left:-9999px">From the Post, read 3 times.</span>',
    "hidden element in a hidden one": "takes <span hidden>a <span>b</span> c</span>",
    "mark by which a paragraph is linked to": 'takes <a href="#p3">¶</a>',
}


@pytest.mark.parametrize("name", UNSEEN)
def test_what_no_reader_sees_is_no_part_of_a_paragraph(name):
    story = extract(page(f"<p>{SEEN.replace('takes', UNSEEN[name])}</p>"))
    assert SEEN in [paragraph.text for paragraph in story.paragraphs]


KEPT = {
    "rest of a paragraph that waits for a click": f'<p>They met at noon.<span style="display:none"> {" ".join(PARAGRAPHS)}</span></p>',
    "paragraphs in a hidden element": f'<span style="display:none"><p>{SEEN}</p></span>',
    "note in words of the text": f'<p>{SEEN} <a href="#1">*</a></p>',
}


@pytest.mark.parametrize("name", KEPT)
def test_what_may_be_the_article_is_kept_though_it_is_hidden(name):
    assert len(extract(page(KEPT[name])).paragraphs) > len(PARAGRAPHS)


def test_a_short_line_keeps_what_says_to_those_who_hear_it_what_it_is():
    story = extract(page('<p>Set <span class="visually-hidden">by hand</span> on 3 June.</p>'))
    assert "Set by hand on 3 June." in [paragraph.text for paragraph in story.paragraphs]


def test_a_headline_keeps_the_colon_that_is_only_heard():
    headline = 'Harbour<span class="visually-hidden">:</span> the bridge stays closed until Friday'
    told = extract(f"<main><h1>{headline}</h1>{body()}</main>").headline
    assert told == "Harbour: the bridge stays closed until Friday"


def test_a_line_above_the_text_that_measures_it_is_no_paragraph():
    measured = '<p class="q">6 sides, 1,243 signs</p>' + body()
    assert extract(page(text=measured)).fingerprint == extract(page()).fingerprint


def test_a_note_whose_label_is_set_off_by_an_element_is_a_note():
    inside = "<div><span>Correction</span> <span>The bridge opened in 1931. We first wrote 1921.</span></div>"
    assert [note.text for note in extract(page(inside)).notes] == [
        "Correction The bridge opened in 1931. We first wrote 1921."
    ]
