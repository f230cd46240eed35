"""Pages made to break a parser stay bounded, and none of their text is lost in silence."""

import time

import pytest

from revtrack.errors import NotAnArticleError
from revtrack.extraction import extract
from tests.extraction.lenning import PARAGRAPHS, body, page

DEEP = 100_000
BOMBS = {
    "divs above": page().replace("<main>", "<div>" * DEEP + "<main>"),
    "unclosed inline tags": page().replace("<main>", "<b><i><font color=red>" * 33_000 + "<main>"),
    "tables": page().replace("<main>", "<table><tr><td>" * 3_000 + "<main>"),
    "a million attributes": page().replace(
        "<main>", "<div " + " ".join(f"a{n}=1" for n in range(1_000_000)) + "><main>"
    ),
    "attributes with brackets": page().replace(
        "<main>", "<div " + " ".join(f"a{n}='>\"<'" for n in range(50_000)) + "></div><main>"
    ),
    "unclosed quotes": page().replace("</main>", "</main>" + "<a title=\"x' " * 50_000),
    "an attribute of 8 MB": page().replace("</main>", "<img src='data:x," + "QUJD" * 2_000_000 + "'></main>"),
    "spaces and slashes": page(
        f"<p>Updated{' ' * 300_000}at</p><p>{'1/' * 100_000}</p><p>{'correction ' * 30_000}</p>"
    ),
    "json bomb": page(head='<script type="application/ld+json">' + "[" * 200_000 + "</script>"),
    "short quotations of a long text": page().replace(
        "</main>",
        f"<p>{'The council met on the span. ' * 2_000}</p>" * 40
        + "".join(f"<blockquote>The council met on the span, {n} of them said.</blockquote>" for n in range(12_000))
        + "</main>",
    ),
    "start tags without end": page().replace("</main>", "</main>" + "<p" * 300_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_take_bounded_time_and_leave_the_article(name):
    began = time.process_time()
    story = extract(BOMBS[name])
    assert time.process_time() - began < 10
    assert {PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[4]} <= {paragraph.text for paragraph in story.paragraphs}


@pytest.mark.parametrize("depth", [300, 1_500, 3_000])
def test_nesting_does_not_change_the_story(depth):
    nested = page().replace("<main>", "<div>" * depth + "<main>").replace("</main>", "</main>" + "</div>" * depth)
    assert extract(nested).fingerprint == extract(page()).fingerprint


def test_text_between_deep_levels_is_not_lost():
    steps = "".join(
        f"<div><p>Step {n} of the inquiry was taken on a day in the spring of that year.</p>" for n in range(2_600)
    )
    assert len(extract(f"<html><body><h1>The inquiry, step by step</h1>{steps}").paragraphs) > 2_500


def test_a_live_blog_of_megabytes_is_read_whole():
    text = "".join(
        f"<p>Entry {n}: the council went on to debate the money for the northern span.</p>" for n in range(20_000)
    )
    assert len(extract(page(text=text)).paragraphs) == 20_000


def test_an_unclosed_comment_is_not_an_empty_article():
    with pytest.raises(NotAnArticleError):
        extract(page().replace('<div class="story">', '<div class="story"><!-- oops').replace("-->", ""))


def test_nul_characters_do_not_end_the_page():
    assert extract(page().replace("The harbour", "\0The harbour")).fingerprint == extract(page()).fingerprint


def test_entities_of_a_document_type_are_not_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    text = extract(bomb + page(text=body() + "<p>See &b; and &x; for the rest of this long story.</p>")).text
    assert "lol" not in text
    assert "root:" not in text
