"""Boxes that announce other pages are told by their form, whatever their names."""

import pytest

from revtrack.extraction import extract
from revtrack.extraction.cards import find_cards
from revtrack.extraction.parsing import parse
from tests.extraction.lenning import PARAGRAPHS, body, page

CARD = "<div class=x9k2><img src={n}.jpg><h3><a href={link}>Story number {n}</a></h3><p>{text}</p></div>"
TEASER = "A line of prose about the story that this card leads to, which is long enough to be read."


def cards(number, link="/s/{n}", text=TEASER):
    return "".join(CARD.format(n=n, link=link.format(n=n), text=text) for n in range(number))


@pytest.mark.parametrize(("number", "found"), [(2, 0), (3, 3), (20, 20)])
def test_three_boxes_of_one_form_that_lead_elsewhere_are_cards(number, found):
    assert len(find_cards(parse(cards(number)))) == found


@pytest.mark.parametrize("link", ["#entry-{n}", "https://post.test/live/harbour-bridge?entry={n}"])
def test_entries_that_link_to_themselves_are_no_cards(link):
    head = '<link rel=canonical href="https://post.test/live/harbour-bridge">'
    assert not find_cards(parse(head + cards(5, link)))


def test_a_box_that_tells_a_story_is_no_card():
    assert all(card.mass < 500 for card in find_cards(parse(cards(5, text=TEASER * 10))))


@pytest.mark.parametrize("number", [3, 8])
def test_cards_among_the_paragraphs_are_no_part_of_the_story(number):
    story = extract(page(cards(number, text="A short line."), text=None))
    assert tuple(paragraph.text for paragraph in story.paragraphs) == PARAGRAPHS


def test_cards_that_outweigh_the_article_do_not_draw_the_body_to_them():
    html = f"<h1>Harbour bridge stays closed</h1><section><div>{body()}</div></section><section>{cards(12)}</section>"
    assert tuple(paragraph.text for paragraph in extract(html).paragraphs) == PARAGRAPHS
