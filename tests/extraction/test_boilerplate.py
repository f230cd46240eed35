"""A text that other articles of the site show is no content, unless it is part of how this article is told."""

import pytest

from revtrack.extraction import Memory, boilerplate_of, extract
from revtrack.text import fold
from tests.extraction.lenning import PARAGRAPHS, body, page

LINE = "The Lenning Post has been printed on the quay since 1901, and still is every morning."
KNOWN = frozenset({fold(LINE)})


def texts(story):
    return tuple(paragraph.text for paragraph in story.paragraphs)


def test_it_takes_three_other_articles():
    told = [(f"Text {n}.", LINE, LINE) for n in range(3)]
    assert boilerplate_of(told) == KNOWN
    assert not boilerplate_of(told[:2])


def test_a_line_in_a_box_of_another_kind_is_apart():
    seen = page(inside=f'<div class="x9"><p class="y7">{LINE}</p></div>')
    assert texts(extract(seen, memory=Memory(boilerplate=KNOWN))) == PARAGRAPHS


def test_background_told_among_the_paragraphs_stays():
    seen = page(inside=f"<p>{LINE}</p>")
    assert LINE in extract(seen, memory=Memory(boilerplate=KNOWN)).text


def test_what_the_last_story_held_stays():
    seen = page(text=body() + f"<p>{LINE}</p>")
    assert LINE in extract(seen, memory=Memory(boilerplate=KNOWN, story=extract(seen))).text


@pytest.mark.parametrize("place", ["before", "behind"])
@pytest.mark.parametrize("edit", [("1901", "1908"), ("on the quay ", ""), ("still is every", "is still, each")])
def test_a_paragraph_that_comes_to_read_as_elsewhere_was_edited_and_not_taken_out(place, edit):
    def seen(line):
        return page(text=f"<p>{line}</p>{body()}" if place == "before" else f"{body()}<p>{line}</p>")

    before = extract(seen(LINE.replace(*edit)), memory=Memory(boilerplate=KNOWN))
    after = extract(seen(LINE), memory=Memory(boilerplate=KNOWN, story=before))
    assert LINE in texts(after)
    assert len(texts(after)) == len(texts(before)) == len(PARAGRAPHS) + 1


def test_a_line_that_comes_beside_an_edit_of_the_text_is_the_sites_own():
    before = extract(page(), memory=Memory(boilerplate=KNOWN))
    edited = body().replace(PARAGRAPHS[-1], PARAGRAPHS[-1].replace(" ", " not ", 1))
    after = extract(page(text=f"{edited}<p>{LINE}</p>"), memory=Memory(boilerplate=KNOWN, story=before))
    assert LINE not in after.text
    assert len(texts(after)) == len(PARAGRAPHS)


def test_what_stood_beside_the_last_story_does_not_enter_the_next():
    seen = page(text=body() + f"<p>{LINE}</p>")
    before = extract(seen, memory=Memory(boilerplate=KNOWN))
    assert LINE in before.beside
    assert texts(extract(seen, memory=Memory(story=before))) == PARAGRAPHS


def test_an_article_that_other_addresses_show_whole_is_an_article():
    everything = frozenset(map(fold, PARAGRAPHS))
    assert texts(extract(page(), memory=Memory(boilerplate=everything))) == PARAGRAPHS
