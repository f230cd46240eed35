"""A person's rules for a site decide what is read of its pages."""

import pytest

from revtrack.config import SiteRules
from revtrack.errors import ConfigError
from revtrack.extraction import Memory, check_selectors, extract, rules_for
from revtrack.model import NoteFamily
from tests.extraction.lenning import PARAGRAPHS, page

WAFFLE = "".join(
    f"<p>Reader number {n} writes that the ferry was late again, and that the crew was kind.</p>" for n in range(40)
)
MASKED = page(inside='<aside class="sidebar promo"><p>The ferry timetable is on page nine of the paper.</p></aside>')


def read(html, **rules):
    return extract(html, memory=Memory(rules=SiteRules("lenning.example", **rules)))


def texts(story):
    return tuple(paragraph.text for paragraph in story.paragraphs)


def test_the_body_is_what_the_selector_says():
    letters = page(below=f'<div class="letters">{WAFFLE}</div>')
    assert texts(extract(letters)) != PARAGRAPHS
    story = read(letters, body=("div.story",))
    assert texts(story) == PARAGRAPHS
    assert story.reader == "rules"


def test_a_box_named_like_chrome_is_body_where_a_selector_names_it():
    assert texts(extract(MASKED)) == PARAGRAPHS
    assert "page nine" in read(MASKED, body=("div.story", "aside.promo")).text


def test_several_boxes_make_one_body_in_the_order_of_the_page():
    split = page(
        text="".join(f'<div class="a"><p class="part">{text}</p></div><p class="x">Out.</p>' for text in PARAGRAPHS)
    )
    assert texts(read(split, body=("p.part",))) == PARAGRAPHS


def test_what_is_to_be_dropped_is_nowhere():
    line = "This line is printed in every article of the site and says nothing."
    seen = page(inside=f'<p class="printed">{line}</p>')
    assert line in extract(seen).text
    dropped = read(seen, drop=(".printed",))
    assert texts(dropped) == PARAGRAPHS
    assert line not in dropped.beside


def test_the_headline_may_be_in_any_element():
    named = page(above='<div>Region</div><span class="title">Bridge <b>shut</b></span>')
    assert read(named, headline=("span.title",)).headline == "Bridge shut"


def test_what_a_rule_calls_a_note_is_one_whatever_it_says():
    seen = page(inside='<p class="tick">A sum in the first paragraph is another one now.</p>')
    assert not extract(seen).notes
    note = read(seen, note=(".tick",)).notes[0]
    assert (note.text, note.family, note.rule) == (
        "A sum in the first paragraph is another one now.",
        NoteFamily.REVISION,
        "site rule",
    )
    assert texts(read(seen, note=(".tick",))) == PARAGRAPHS


def test_a_selector_that_fits_nothing_leaves_the_page_to_the_general_rules():
    story = read(page(), body=("div.gone",))
    assert texts(story) == PARAGRAPHS
    assert story.reader == "page"


def test_rules_are_part_of_the_stamp():
    plain, ruled, other = extract(page()), read(page(), drop=("nav",)), read(page(), drop=("footer",))
    assert len({plain.extractor, ruled.extractor, other.extractor}) == 3


def test_the_longest_host_that_fits_brings_the_rules():
    sites = (SiteRules("example.org"), SiteRules("news.example.org"))
    assert rules_for("https://live.news.example.org/a", sites) is sites[1]
    assert rules_for("https://www.example.org/a", sites) is sites[0]
    assert rules_for("https://notexample.org/a", sites) is None
    assert rules_for(None, sites) is None
    assert rules_for("http://[bad", sites) is None


def test_a_selector_that_is_no_css_is_refused_with_its_place():
    with pytest.raises(ConfigError, match=r"site a\.org: drop = 'div\[' is no CSS selector"):
        check_selectors([SiteRules("a.org", body=("p",), drop=("div[",))])


def test_a_page_cannot_name_itself_a_choice_of_the_rules():
    forged = page(inside='<p class="site rule">The bridge will open again in spring, all said and done.</p>')
    assert not extract(forged).notes
