"""The next page of an article in several, told only where it is sure: links to anything else are not taken for it."""

import time

import pytest

from revtrack.extraction import extract
from revtrack.forms import from_form, to_form
from revtrack.model import Story
from tests.extraction.lenning import body, page

AT = "https://post.test/2024/11/harbour-bridge-closed/"
FILE = "https://post.test/city/bridge-4711.html"
COMMENT = "<p>I drive over this bridge every day, and nobody has told us anything about the works until now.</p>"
NUMBERS = '<div class="x1"><span>1</span> <a href="{0}">2</a> <a href="#3">3</a></div>'
LEADING_ON = '<p><a rel="next" href="{0}">Next</a></p>'


def read(text="", *, head="", url=AT, kind=""):
    stated = f'<script type="application/ld+json">{{"@type": "{kind}", "name": "Bridge"}}</script>' if kind else ""
    return extract(page(text=body() + text, head=head + stated), url=url)


PAGERS = {
    "WordPress": (AT, NUMBERS.format(AT + "2/"), AT + "2/"),
    "a parameter": (AT, NUMBERS.format("?page=2"), AT + "?page=2"),
    "from page 1": (AT + "?page=1", NUMBERS.format("?page=2"), AT + "?page=2"),
    "counted from 0": (AT, '<p><a rel="next" href="?page=1">Go on</a></p>', AT + "?page=1"),
    "beside an id": (
        "https://post.test/a.php?id=88",
        NUMBERS.format("?id=88&p=2"),
        "https://post.test/a.php?id=88&p=2",
    ),
    "of a file": (FILE, NUMBERS.format("bridge-4711_2.html"), "https://post.test/city/bridge-4711_2.html"),
    "German": (FILE, NUMBERS.format("bridge-4711-seite-2.html"), "https://post.test/city/bridge-4711-seite-2.html"),
    "a folder": (AT, LEADING_ON.format("page/2"), AT + "page/2"),
    "in words": (AT, f'<p><a href="{AT}seite-2">Weiter auf Seite 2</a></p>', AT + "seite-2"),
    "below a file": (FILE, NUMBERS.format(FILE + "/2"), FILE + "/2"),
    "Arabic digits": (AT, '<ul><li>١</li><li><a href="?page=2">٢</a></li></ul>', AT + "?page=2"),
    "through a campaign": (AT + "?utm_source=mail", NUMBERS.format(AT + "2"), AT + "2"),
    "named so": (AT, f'<nav class="pagination">{NUMBERS.format("?pg=2")}</nav>', AT + "?pg=2"),
}


@pytest.mark.parametrize(("url", "pager", "second"), PAGERS.values(), ids=PAGERS)
def test_a_pager_below_the_text_leads_to_the_second_page(url, pager, second):
    assert read(pager, url=url).next_page == second


def test_the_head_may_state_the_second_page_alone():
    assert read(head='<link rel="next" href="?page=2">').next_page == AT + "?page=2"


def test_the_address_that_a_page_gives_itself_is_its_own_too():
    head = f'<link rel="canonical" href="{AT}">'
    assert read(NUMBERS.format(AT + "2/"), head=head, url="https://post.test/?p=1").next_page == AT + "2/"


NEXT_ARTICLES = [
    '<link rel="next" href="/2024/11/storm-hits-coast/">',
    '<link rel="next" title="Storm" href="https://post.test/2024/11/12/storm-2/">',
    LEADING_ON.format("/2024/11/harbour-bridge-closed-2/"),
    LEADING_ON.format("/2024/11/harbour-bridge-closed-part-2/"),
    LEADING_ON.format("/2024/11/2-killed-in-storm/"),
    LEADING_ON.format("https://other.test/2024/11/harbour-bridge-closed/2/"),
    '<nav class="post-navigation"><a rel="next" href="/?p=2">Next: 2 dead in storm</a></nav>',
    '<p><a href="/2024/11/harbour-bridge-closed-2/">Harbour bridge closed for 2 days</a></p>',
    '<p><a href="/2024/11/harbour-bridge/?page=2">2</a></p>',
    '<p>Read part <a href="/series/harbour/2/">2</a> of the series.</p>',
    LEADING_ON.format("/2"),
    LEADING_ON.format("#2"),
]


@pytest.mark.parametrize("link", NEXT_ARTICLES)
def test_the_next_article_is_no_next_page(link):
    assert read(link).next_page == ""
    assert read(head=link).next_page == ""


COMMENT_PAGERS = [
    NUMBERS.format("comment-page-2/#comments"),
    NUMBERS.format("?cpage=2#comments"),
    NUMBERS.format("?page=2#comments"),
    NUMBERS.format("?comments_page=2"),
    f'<div id="comments"><a rel="next" href="?page=1">2</a>{COMMENT}</div>',
    f'<section class="kommentare">{NUMBERS.format("?page=2")}{COMMENT}</section>',
    f'<div class="reader-reactions">{NUMBERS.format("?page=2")}</div>',
    f"<div>{COMMENT * 3}</div>" + NUMBERS.format("?page=2"),
    f"</div><div><h3>12 readers write</h3><p>Good!</p>{NUMBERS.format('?page=2')}",
    '<p><a rel="next" href="?page=2">Older comments</a></p>',
    '<div class="disqus-thread"><a href="?p=2">2</a></div>',
    '<p><a href="?page=2">Older</a></p>',
]


@pytest.mark.parametrize("pager", COMMENT_PAGERS)
def test_a_pager_of_comments_is_none_of_the_article(pager):
    assert read(pager).next_page == ""


GALLERIES = [
    (AT, f'<div class="gallery">{NUMBERS.format("?page=2")}</div>', ""),
    (AT, f'<div class="photo-nav">{NUMBERS.format("2/")}</div>', ""),
    (AT, f'<div id="slideshow">{NUMBERS.format("?p=2")}</div>', ""),
    (AT, '<p><a rel="next" href="?page=2">Next photo</a></p>', ""),
    (AT, '<p><a href="?page=2">Bild 2 von 12</a></p>', ""),
    (AT, LEADING_ON.format("?image=2"), ""),
    (AT, LEADING_ON.format("?slide=2"), ""),
    (AT, LEADING_ON.format("photo/2"), ""),
    (AT, NUMBERS.format("?page=2"), "ImageGallery"),
    ("https://post.test/fotos/bridge-4711/", NUMBERS.format("?page=2"), ""),
    ("https://post.test/gallery/2024/bridge-closed-4711", NUMBERS.format("?page=2"), "NewsArticle"),
    (AT, f'<div class="carousel-pages">{LEADING_ON.format("?page=2")}</div>', ""),
]


@pytest.mark.parametrize(("url", "pager", "kind"), GALLERIES)
def test_the_next_picture_is_no_next_page(url, pager, kind):
    assert read(pager, url=url, kind=kind).next_page == ""


LISTINGS = [
    ("https://post.test/", "?page=2", ""),
    ("https://post.test/politics/", "page/2/", ""),
    ("https://post.test/news/world", "?page=2", ""),
    ("https://post.test/topic/harbour-bridge-works", "?page=2", ""),
    ("https://post.test/tag/election-2024/", "page/2/", ""),
    ("https://post.test/authors/ida-moreau-4", "?p=2", ""),
    ("https://post.test/category/news-and-politics/", "page/2", ""),
    ("https://post.test/search/?q=bridge", "?q=bridge&page=2", ""),
    ("https://post.test/2024/", "page/2/", "CollectionPage"),
    ("https://post.test/thema/b%C3%BCrgermeister", "?seite=2", ""),
    ("https://post.test/opinion", "?page=2", ""),
    ("https://post.test/archiv/2024-11-20", "?page=2", ""),
]


@pytest.mark.parametrize(("url", "second", "kind"), LISTINGS)
def test_the_next_page_of_a_section_is_no_page_of_an_article(url, second, kind):
    assert read(NUMBERS.format(second), url=url, kind=kind).next_page == ""
    assert read(head=f'<link rel="next" href="{second}">', url=url, kind=kind).next_page == ""


@pytest.mark.parametrize("name", ["related-news", "more-stories", "latest"])
def test_a_list_below_an_article_has_its_own_pager(name):
    assert read(f'<div class="{name}"><a href="?page=2">2</a></div>').next_page == ""


@pytest.mark.parametrize("href", ["https://[broken", "http://", "?page=2" * 5000, "javascript:go(2)", "//2", ""])
def test_a_broken_address_leads_nowhere(href):
    assert read(NUMBERS.format(href), head=f'<link rel="next" href="{href}">').next_page == ""


def test_a_million_pagers_take_no_longer_than_a_page_of_links():
    links = "".join(f'<a href="?n={n}&page=2">2</a> <a rel=next href="?m={n}">2</a> ' for n in range(20_000))
    began = time.process_time()
    read("<p>" + links + "</p>", head="".join(f'<link rel=next href="/{n}/2">' for n in range(20_000)))
    took = time.process_time() - began
    began = time.process_time()
    read("<p>" + links.replace(">2<", ">x<").replace("rel=next", "") + "</p>")
    assert took < 4 * (time.process_time() - began) + 0.5


def test_a_pager_makes_no_other_version():
    paged, plain = read(NUMBERS.format("?page=2")), read()
    assert paged.next_page
    assert paged.fingerprint == plain.fingerprint


def test_a_story_that_was_kept_before_pages_were_told_is_still_read():
    kept = to_form(read())
    del kept["next_page"]
    assert from_form(Story, kept) == read()
