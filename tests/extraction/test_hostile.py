"""Pages made to break a reader stay bounded, and none of their text is lost in silence."""

import subprocess
import sys
import time

import pytest

from revtrack.errors import NotAnArticleError
from revtrack.extraction import extract
from revtrack.extraction.parsing import _without_huge_tags, parse
from revtrack.notes import Passage, lift_notes
from tests.extraction.lenning import PARAGRAPHS, body, page

DEEP = 100_000  # levels
PROSE = "The council went on to debate the money for the northern span, its clerk said."
JSON_LD = '<script type="application/ld+json">'


def inside(text):
    return page(text=body() + text)


def below(text):
    return page().replace("</main>", "</main>" + text)


def above(text):
    return page().replace("<main>", text + "<main>")


BOMBS = {
    "divs above": above("<div>" * DEEP),
    "unclosed inline tags": above("<b><i><font color=red>" * 33_000),
    "tables": above("<table><tr><td>" * 3_000),
    "a million attributes": above("<div " + " ".join(f"a{n}=1" for n in range(1_000_000)) + ">"),
    "attributes with brackets": above("<div " + " ".join(f"a{n}='>\"<'" for n in range(50_000)) + "></div>"),
    "unclosed quotes": below("<a title=\"x' " * 50_000),
    "an attribute of 8 MB": below("<img src='data:x," + "QUJD" * 2_000_000 + "'>"),
    "spaces and slashes": page(
        f"<p>Updated{' ' * 300_000}at</p><p>{'1/' * 100_000}</p><p>{'correction ' * 30_000}</p>"
    ),
    "deep JSON": page(head=JSON_LD + "[" * 200_000 + "</script>"),
    "deep objects of JSON": page(head=JSON_LD + '{"a":' * 50_000 + "</script>"),
    "20,000 scripts of JSON": page(head=f'{JSON_LD}{{"@type":"WebPage"}}</script>' * 20_000),
    "short quotations of a long text": below(
        f"<p>{'The council met on the span. ' * 2_000}</p>" * 40
        + "".join(f"<blockquote>The council met on the span, {n} of them said.</blockquote>" for n in range(4_000))
    ),
    "start tags without end": below("<p" * 300_000),
    "200,000 empty tags": below("<div></div><span></span>" * 100_000),
    "200,000 line breaks": below("<br>" * 200_000),
    "a text of 8 MB": below("<p>" + "word and word. " * 550_000),
    "100,000 links": below("".join(f"<a href=/{n}>link {n}</a> " for n in range(100_000))),
    "20,000 headings": below("".join(f"<h2>Heading {n}</h2>" for n in range(20_000))),
    "a huge table": below("<table>" + "<tr><td>a</td><td>b</td></tr>" * 10_000 + "</table>"),
    "entities without end": below("<p>" + "&amp" * 100_000 + "&x" * 100_000 + "&#" + "9" * 100_000),
    "classes by the hundred thousand": below(f"<div class='{' '.join(f'share-{n}' for n in range(100_000))}'>x</div>"),
    "end tags of nothing": below("</div>" * 200_000),
    "comments that open": below("<!--" * 200_000),
    "scripts that open": below("<script>" * 100_000),
    "lone surrogates": below("<p>\ud800 word" * 10_000),
    "custom elements in a line": below("<p>text " + "<x-y>z</x-y> " * 50_000),
    "marks that compose": below("<p>a" + "\u0316\u0301" * 100_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_take_bounded_time_and_leave_the_article(name):
    began = time.process_time()
    story = extract(BOMBS[name])
    assert time.process_time() - began < 20
    assert {PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[4]} <= {paragraph.text for paragraph in story.paragraphs}


GROWING = {
    "nested boxes": lambda n: above("<div class='a'>" * n),
    "nested quotes": lambda n: inside("<blockquote>He went on to say more of it." * (n // 3)),
    "paragraphs": lambda n: inside("".join(f"<p>{PROSE} {i}</p>" for i in range(n // 4))),
    "tiny paragraphs": lambda n: inside("<p>a</p>" * n),
    "lines": lambda n: inside(f"{PROSE}<br><br>" * (n // 4)),
    "links": lambda n: inside("".join(f"<li><a href=/{i}>Another story {i}</a></li>" for i in range(n))),
    "headings": lambda n: inside("".join(f"<h2>Heading {i}</h2>" for i in range(n))),
    "notes": lambda n: inside(f"<p>Correction: {PROSE}</p>" * (n // 4)),
    "times": lambda n: inside("".join(f"<time>Nov. {i % 28 + 1}, 2024</time> " for i in range(n))),
    "bylines": lambda n: inside("".join(f"<div class=byline>By Jo Li {i}</div>" for i in range(n))),
    "authors": lambda n: page(
        head=JSON_LD
        + '{"@type":"NewsArticle","author":['
        + ",".join(f'{{"name":"Jo Li {i}"}}' for i in range(n))
        + "]}</script>"
    ),
    "cells": lambda n: inside("<table><tr>" + "<td>a</td>" * n + "</tr></table>"),
    "cards": lambda n: below(
        "<div class=card><img src=x><a href=/s>A story of the day</a><p>It is told.</p></div>" * n
    ),
    "pictures": lambda n: inside("".join(f"<img src=/{i}.jpg alt=y>" for i in range(n))),
    "custom elements": lambda n: inside("<b> </b>" * n + "<x-y> </x-y>" * n),
}


@pytest.mark.parametrize("name", GROWING)
def test_the_work_grows_with_the_page_and_no_faster(name):
    """Four times the page may take ten times the work, for the noise of measuring; were it squared, it took sixteen."""
    small, large = (min(_cpu(GROWING[name](n)) for _ in range(2)) for n in (400, 1_600))
    assert large < 10 * max(small, 0.005)


def _cpu(source):
    began = time.process_time()
    extract(source)
    return time.process_time() - began


@pytest.mark.parametrize("depth", [300, 1_500, 3_000, 30_000])
def test_nesting_does_not_change_the_story(depth):
    nested = page().replace("<main>", "<div>" * depth + "<main>").replace("</main>", "</main>" + "</div>" * depth)
    assert extract(nested).fingerprint == extract(page()).fingerprint


def test_text_between_deep_levels_is_not_lost():
    steps = "".join(
        f"<div><p>Step {n} of the inquiry was taken on a day in the spring of that year.</p>" for n in range(2_600)
    )
    assert len(extract(f"<html><body><h1>The inquiry, step by step</h1>{steps}").paragraphs) == 2_600


def test_a_live_blog_of_megabytes_is_read_whole():
    text = "".join(f"<p>Entry {n}: the council went on to debate the northern span.</p>" for n in range(20_000))
    assert len(extract(page(text=text)).paragraphs) == 20_000


def test_a_page_of_more_paragraphs_than_can_be_read_is_refused_with_the_reason():
    with pytest.raises(NotAnArticleError, match="more than 300,000 boxes and paragraphs"):
        extract(inside("<p>a" * 400_000))


def test_memory_is_a_small_multiple_of_the_page():
    """One text of 16 MB and a million attributes: bytes, text, the parser's copy and the block's, and little more."""
    program = (
        "import resource\n"
        "from revtrack.extraction import extract\n"
        "page = '<h1>Bridge</h1><p ' + ' '.join(f'a{n}=1' for n in range(100_000)) + '>' + 'word, and word. ' * 2**19\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "extract(page)\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / len(page))\n"
    )
    unit = 1 if sys.platform == "darwin" else 1024
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert float(ran.stdout) * unit < 12


def test_tags_are_shortened_only_where_they_hold_absurdly_many_attributes():
    long_value = f"<meta content='{'x' * 20_000}'><p class=a>text"
    assert _without_huge_tags(long_value) == long_value
    assert _without_huge_tags(f"<p {'a=1 ' * 10_000}>text</p>") == "<p>text</p>"


def test_of_absurdly_many_passages_those_at_the_ends_are_read_for_notes():
    passages = [Passage(f"Correction: The number {n} was wrong in an earlier version.") for n in range(4_500)]
    notes, rests = lift_notes(passages, language="en")
    assert len(notes) == 4_000
    assert (rests[0], rests[-1], rests[2_250]) == ("", "", passages[2_250].text)


def test_empty_boxes_leave_no_trace():
    assert (
        len(parse("<main><div></div><p>Text.</p><section><div> </div></section></main>").root.children[0].children) == 1
    )


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
