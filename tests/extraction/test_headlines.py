"""The headline is the one that the page shows; the others are kept with their sources."""

import pytest

from revtrack.extraction import extract
from revtrack.extraction.headlines import without_site
from tests.extraction.lenning import HEADLINE, body, page

FIRST = "Harbour bridge to open on Thursday"


def crumbs(title, heading):
    """Return a page whose `<h1>` stands in the breadcrumb and whose headline is the `<h2>` of the article."""
    trail = f'<div class="page-crumbs"><ol><li><a href="/city">City</a></li><li><h1>{title}</h1></li></ol></div>'
    return page(above="TRAIL").replace(f"<h1>{HEADLINE}</h1>", heading).replace("TRAIL", trail)


def test_every_stated_headline_is_kept_with_its_source():
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{FIRST}"}}</script>'
    story = extract(page(head=head + '<meta name="twitter:title" content="The bridge stays shut">'))
    assert story.headline == HEADLINE
    assert {(stated.source, stated.text) for stated in story.headlines} == {
        ("h1", HEADLINE),
        ("json-ld", FIRST),
        ("og:title", HEADLINE),
        ("twitter:title", "The bridge stays shut"),
        ("title", HEADLINE),
    }


def test_a_headline_stated_anew_is_no_revision():
    before, after = page(), page().replace(f'content="{HEADLINE}"', f'content="{FIRST}"')
    assert extract(before).fingerprint == extract(after).fingerprint
    assert extract(before).headlines != extract(after).headlines


def test_an_edit_of_the_shown_headline_alone_is_seen():
    edited = page().replace(f"<h1>{HEADLINE}</h1>", "<h1>Harbour bridge stays closed until Sunday</h1>")
    assert extract(edited).headline == "Harbour bridge stays closed until Sunday"


def test_a_heading_in_the_breadcrumb_is_for_search_engines():
    shown = '<header class="story-header"><h2 class="headline">Shut until Friday: the harbour bridge</h2></header>'
    assert extract(crumbs(HEADLINE, shown)).headline == "Shut until Friday: the harbour bridge"


def test_a_kicker_is_parted_from_the_headline_as_it_is_stated():
    for stated in (HEADLINE, f"Port Lenning: {HEADLINE}"):
        head = f'<script type="application/ld+json">{{"@type": "Article", "headline": "{stated}"}}</script>'
        html = page(head=head).replace("<h1>", '<h1><span class="kicker">Port Lenning</span> ')
        html = html.replace(f'content="{HEADLINE}"', f'content="{stated}"').replace(
            "<title>Harbour", "<title>The harbour"
        )
        assert extract(html).headline == stated


def test_a_heading_of_another_article_is_not_taken():
    other = page().replace(f"<h1>{HEADLINE}</h1>", "<h1>Ministers quarrel over herring</h1>")
    assert extract(other).headline == HEADLINE


def test_the_name_of_the_site_is_no_headline():
    html = page().replace("<title>Harbour bridge stays closed until Friday | ", "<title>")
    html = html.replace(f'"og:title" content="{HEADLINE}"', '"og:title" content="The Lenning Post"')
    assert extract(html).headline == HEADLINE


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Storm hits the coast | The Herald", "Storm hits the coast"),
        ("Storm hits the coast | News | The Herald", "Storm hits the coast"),
        ("Storm hits the coast - The Herald", "Storm hits the coast"),
        ("Storm hits the coast – HERALD – 20.11.2024", "Storm hits the coast"),
        ("Storm - what we know - so far", "Storm - what we know - so far"),
        ("Storm: the coast waits", "Storm: the coast waits"),
        ("嵐が海岸を襲う：ヘラルド", "嵐が海岸を襲う"),
    ],
)
def test_what_names_the_site_is_taken_off_a_title(title, headline):
    assert without_site(title, ["The Herald", "ヘラルド"]) == headline


def test_a_short_heading_in_han_signs_outweighs_a_title_that_says_more():
    shown = "港口大桥关闭至周五市议会宣布"
    head = f"<title>{shown} - 伦宁邮报 - 地方新闻</title>"
    html = f"<html><head>{head}</head><body><h1>{shown}</h1>{body()}</body></html>"
    assert extract(html).headline == shown


@pytest.mark.parametrize("title", ["What we know of the bridge | The Lenning Post", "The Lenning Post", ""])
def test_where_nothing_but_a_title_tells_of_it_the_lone_heading_is_the_headline(title):
    source = f"<html><head><title>{title}</title></head><body><article><h1>{FIRST}</h1>{body()}</article></body></html>"
    assert extract(source).headline == FIRST


def test_a_heading_that_leads_to_the_front_page_is_no_headline():
    banner = '<header><h1><a href="https://post.example/">The Lenning Post</a></h1></header>'
    source = f"<html><head><title>The Lenning Post</title></head><body>{banner}<h2>{FIRST}</h2>{body()}</body></html>"
    assert extract(source).headline == FIRST


@pytest.mark.parametrize("stated", ["पुल शुक्रवार तक बंद रहेगा", "다리는 금요일까지 닫힌다", "الجسر مغلق حتى الجمعة"])
def test_an_edit_of_a_shown_headline_is_seen_in_any_script(stated):
    edited = page(headline=stated).replace(f"<h1>{stated}</h1>", f"<h1>{stated} 2031</h1>")
    assert extract(edited).headline == f"{stated} 2031"


def test_a_heading_of_the_second_rank_with_which_the_title_begins_is_the_headline():
    html = "<title>What the bolts of the bridge tell – Harbour board, Port Lenning</title><body><h3>Read also</h3>"
    html += f"<h2>What the bolts of the bridge tell</h2>{body()}"
    assert extract(html).headline == "What the bolts of the bridge tell"


def test_a_short_headline_in_han_signs_with_which_the_title_begins_is_not_the_sites_name():
    title = "港口大桥周一重开"
    head = f"<head><title>{title} - 港口日报 - 本地</title></head>"
    assert extract(f"<html>{head}<body><h1>{title}</h1><h2>浏览帮助</h2>{body()}</body></html>").headline == title
