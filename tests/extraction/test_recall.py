"""What the last story held stays text; what it never saw is text too, but in a box put before it."""

from dataclasses import replace

import pytest

from revtrack.extraction import Memory, extract
from tests.extraction.lenning import PARAGRAPHS, body, page

KNOWN = extract(page())
NEW = "The harbour office has asked divers to look at the second pier before the winter, and will pay for it."


def texts(html, story=KNOWN):
    return tuple(paragraph.text for paragraph in extract(html, memory=Memory(story=story)).paragraphs)


@pytest.mark.parametrize("box", ["section", "div", "details", "blockquote"])
def test_a_new_paragraph_in_a_box_of_its_own_is_text(box):
    assert NEW in texts(page(f"<{box}><p>{NEW}</p></{box}>"))


def test_a_new_paragraph_that_stands_as_the_known_ones_do_is_text():
    assert NEW in texts(page(f"<p>{NEW}</p>"))


def test_a_new_box_before_the_known_text_is_no_text():
    assert texts(page(text=f'<div class="k7"><b>Vote</b><p>{NEW}</p></div>{body()}')) == PARAGRAPHS
    assert NEW in texts(page(text=f"<p>{NEW}</p>{body()}"))


def test_a_new_list_among_known_paragraphs_is_text():
    assert NEW in texts(page(f"<ul><li>{NEW}</li></ul>"))


def test_a_new_box_among_boxes_of_its_form_is_text():
    def boxed(paragraphs):
        return page(text="".join(f'<div class="part"><p>{text}</p></div>' for text in paragraphs))

    assert NEW in texts(boxed((*PARAGRAPHS, NEW)), story=extract(boxed(PARAGRAPHS)))


def test_new_boxes_of_one_form_in_a_row_are_units_of_the_article():
    entries = "".join(
        f'<article id="e{n}"><h3>Point {n}</h3><p>{text} So our reporter.</p></article>'
        for n, text in enumerate(PARAGRAPHS[:3])
    )
    told = texts(page(text=entries + body()))
    assert all(f"{text} So our reporter." in told for text in PARAGRAPHS[:3])
    assert told[-len(PARAGRAPHS) :] == PARAGRAPHS


def test_a_story_of_a_line_or_two_says_nothing_of_what_is_text_when_the_article_is_back():
    stub = extract(
        page(text="<b></b>", below="<p>Independent since 1887, printed and published in the harbour district.</p>")
    )
    assert len(stub.paragraphs) == 1
    assert set(PARAGRAPHS) <= set(texts(page(below=f"<p>{stub.paragraphs[0].text}</p>"), story=stub))


def test_a_known_paragraph_stays_text_in_a_box_that_has_filled_with_links():
    links = "".join(f'<p><a href="/{n}">Another headline of the day, the {n}th of many</a></p>' for n in range(9))
    filled = body(PARAGRAPHS[:-1]) + f'<div class="last"><p>{PARAGRAPHS[-1]}</p>{links}</div>'
    assert texts(page(text=filled)) == PARAGRAPHS


def test_a_known_paragraph_that_the_page_no_longer_shows_is_gone():
    assert texts(page(text=body(PARAGRAPHS[:-1]))) == PARAGRAPHS[:-1]


def test_another_article_is_read_as_if_nothing_were_known():
    other = tuple(f"{text} So the other paper had it." for text in PARAGRAPHS)
    html = page(text=f'<div class="k7">{body(other)}</div>')
    assert texts(html) == texts(html, story=None) == other


def test_a_known_paragraph_with_a_word_changed_is_text_though_it_stands_in_a_box_of_its_own_form():
    edited = PARAGRAPHS[0] + " So said the board."

    def led_by(first):
        return page(text=f'<div class="intro"><p>{first}</p></div>' + body(PARAGRAPHS[1:]))

    assert texts(led_by(edited), story=extract(led_by(PARAGRAPHS[0]))) == (edited, *PARAGRAPHS[1:])


def test_a_story_without_paragraphs_recalls_nothing():
    assert texts(page(), story=replace(KNOWN, paragraphs=())) == PARAGRAPHS


def test_a_known_caption_above_the_text_stays_however_much_is_put_between():
    figure = '<figure><img src="/a.jpg"><figcaption>Divers at the northern span of the bridge on Monday.</figcaption></figure>'
    inserts = "".join(f'<div class="k{n}"><p>Advertisement</p></div>' for n in range(30))
    first = extract(page(text=figure + body()))
    later = extract(page(text=figure + inserts + body()), memory=Memory(story=first))
    assert [p.text for p in later.paragraphs] == [p.text for p in first.paragraphs]
    assert first.paragraphs[0].kind == "caption"
