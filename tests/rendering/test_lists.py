"""Lists, sources and searches as pages: what they tell, and how shares are told."""

import pytest
from bs4 import BeautifulSoup

from revtrack.rendering.fronts import ChangesPage, Choice, Choices, changes_page
from revtrack.rendering.links import Links
from revtrack.rendering.searches import SearchPage, search_page
from revtrack.rendering.sources import SourceFacts, SourcePage, busiest, share, source_page

EVIL = "</title><script>alert(1)</script>\"'\u202e"


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(0, 0, "none yet"), (3, 4, "3 of 4"), (53, 118, "45% (53 of 118)"), (1_200, 2_400, "50% (1,200 of 2,400)")],
)
def test_a_share_is_told_with_its_n_and_in_per_cent_only_where_that_is_of_enough(part, whole, told):
    assert share(part, whole) == told


def facts(**more):
    counts = dict.fromkeys(("articles", "read", "edited", "revisions", "substantive", "silent", "retitled", "gone"), 0)
    return SourceFacts(**counts | {"source": "https://a.test/feed", "lags": (), "week": (0,) * 168} | more)


def test_a_source_tells_every_figure_with_its_n():
    week = (0,) * 30 + (12,) + (1,) * 137
    page = SourcePage(
        facts(articles=20, read=18, edited=9, substantive=4, silent=1, lags=(60.0, 7200.0, 9000.0), week=week),
        "a.test",
        (),
    )
    soup = BeautifulSoup(source_page(page, Links()), "lxml")
    told = {item.dt.text: " ".join(item.dd.text.split()) for item in soup.select("dl.figures div")}
    assert told["Articles edited"] == "50% (9 of 18) 0 revisions seen"
    assert told["Substantive edits without a note"].startswith("1 of 4 ")
    assert told["Notes that came later, median lag"] == "2 hours n = 3"
    assert len(soup.select("rect")) == 168
    assert busiest(page.facts) == "149 changes, 12 of them on Tuesday 06–07 UTC."


def test_an_hour_is_named_only_where_it_stands_out():
    assert busiest(facts()) == ""
    assert busiest(facts(week=(3,) * 2 + (0,) * 166)) == "6 changes."


def test_hostile_words_stay_words():
    page = ChangesPage(
        EVIL, EVIL, (), 0, (Choices("Source", (Choice(EVIL, "x.html", 3),)),), (Choice(EVIL, "y", is_here=True),)
    )
    for html in (
        changes_page(page, Links()),
        search_page(SearchPage(EVIL, is_phrase=True, found=(), form="/search"), Links()),
        source_page(SourcePage(facts(source=EVIL), EVIL, ()), Links()),
    ):
        assert not BeautifulSoup(html, "lxml").find("script")
        assert "\u202e" not in html


def test_of_many_pages_the_first_the_last_and_the_near_ones_are_named():
    pages = tuple(Choice(f"{n}", f"p{n}.html", is_here=n == 50) for n in range(1, 101))
    soup = BeautifulSoup(changes_page(ChangesPage("t", "t", (), 0, pages=pages), Links()), "lxml")
    named = [link.text for link in soup.select("nav.pages a")]
    assert named == ["Previous", "1", "47", "48", "49", "50", "51", "52", "53", "100", "Next"]
    assert soup.find("a", rel="next")["href"] == "p51.html"
