"""News that holds the words of chrome is news: each sentence of a table stays a paragraph where it stands."""

import tomllib
from pathlib import Path

import pytest

from revtrack.extraction import extract
from tests.extraction.lenning import PARAGRAPHS, body, page

TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").with_stem("news_sentences").read_text("utf-8"))
HEADLINES = [told for said in TABLE.pop("headlines").values() for told in said]
SENTENCES = [(rule, told) for rule, spoken in TABLE.items() for said in spoken.values() for told in said]


def paragraphs(source):
    return [paragraph.text for paragraph in extract(source).paragraphs]


@pytest.mark.parametrize(("rule", "told"), SENTENCES)
def test_among_paragraphs_it_is_one(rule, told):
    assert paragraphs(page(f"<p>{told}</p>")) == [*PARAGRAPHS[:3], told, *PARAGRAPHS[3:]], rule


@pytest.mark.parametrize(("rule", "told"), SENTENCES)
def test_at_the_ends_of_the_text_it_is_one(rule, told):
    assert told in paragraphs(page(text=body((*PARAGRAPHS, told)))), rule
    assert told in paragraphs(page(text=body((PARAGRAPHS[0], told, *PARAGRAPHS[1:])))), rule


@pytest.mark.parametrize(("rule", "told"), SENTENCES)
def test_in_a_box_of_its_own_it_is_one(rule, told):
    assert told in paragraphs(page(f'<div class="k81x"><p>{told}</p></div>')), rule


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_brief_below_such_a_headline_is_an_article(headline):
    assert extract(page(text=body(PARAGRAPHS[:3]), headline=headline)).headline == headline


@pytest.mark.parametrize("headline", ["Consent", "Cookies", "Search", "One more step"])
def test_a_page_that_states_an_article_may_bear_the_name_of_a_wall(headline):
    stated = '<meta property="og:type" content="article">'
    assert extract(page(head=stated, text=body(PARAGRAPHS[:3]), headline=headline)).headline == headline


@pytest.mark.parametrize("told", ["Day 3", "Tag 2", "Jour 4", "Día 5", "Giorno 2", "Reactions", "Reacties"])
def test_what_stands_above_a_part_of_a_chronicle_is_no_counter(told):
    assert told in paragraphs(page(f"<h3>{told}</h3>"))
