"""Section pages by the site's own pattern, feeds that pages announce, and what one reading of a source comes to."""

from datetime import UTC, datetime

import pytest

from revtrack.discovery import Kind, Listing, listed, read_source, source_urls
from revtrack.model import Outcome, Snapshot, Source

NOW = datetime(2024, 11, 20, 12, tzinfo=UTC)
HERE = "https://www.gazette.test/harbour"
HEADLINES = [f"The {word} quay opens to ferries again on Monday" for word in ("north", "south", "old", "new")]
MENU = "".join(
    f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("sport", "culture", "about-us", "politics")
)
FOOT = """<footer><a href="/legal/privacy-policy-2024">Privacy policy</a> <a href="/legal/terms-of-use-2024">Terms</a>
<a href="/legal/cookie-settings-2024">Cookies</a> <a href="https://other.test/2024/11/20/a-long-story-elsewhere">Our sister paper</a></footer>"""


def page(addresses, *, head=""):
    cards = "".join(
        f'<article><a href="{url}"><img src=x.jpg></a><h3><a href="{url}">{headline}</a></h3></article>'
        for url, headline in zip(addresses, HEADLINES, strict=False)
    )
    return f"<html><head>{head}</head><body><nav><ul>{MENU}</ul></nav><main>{cards}</main>{FOOT}</body></html>".encode()


def section(addresses):
    return [one.url for one in listed(page(addresses), kind=Kind.SECTION, base_url=HERE)]


@pytest.mark.parametrize(
    "pattern",
    [
        "/2024/11/20/the-quay-opens-{}",
        "/harbour/quay-{}-opens-again.html",
        "/news/articles/c9{}x7k2d",
        "/story.php?id=400{}",
        "/artikel/{}4711",
        "https://gazette.test/harbour/the-quay-opens-again-{}",
    ],
)
def test_links_of_the_shape_that_headlines_lead_to_are_articles(pattern):
    addresses = [pattern.format(number) for number in range(4)]
    found = section(addresses)
    assert [url.rpartition(".test")[2] for url in found] == [url.rpartition(".test")[2] for url in addresses]


def test_a_page_of_menus_lists_no_article():
    assert section([]) == []
    assert section(["/sport", "/culture", "/politics"]) == []


def test_a_page_is_a_section_page_only_if_it_is_known_as_one():
    assert listed(page(["/2024/the-quay-opens-1", "/2024/the-quay-opens-2"]), kind="feed", base_url=HERE) == ()


def test_a_page_announces_its_feeds_and_not_those_of_its_comments():
    head = """<link rel="alternate" type="application/rss+xml" title="News" href="/rss?a=1&amp;b=2">
    <link rel=alternate type=application/feed+json href=feed.json><link rel="alternate" hreflang="de" href="/de">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">"""
    assert source_urls(page([], head=head), base_url="https://www.gazette.test/") == (
        "https://www.gazette.test/rss?a=1&b=2",
        "https://www.gazette.test/feed.json",
    )


def test_a_large_page_of_links_costs_little_and_lists_no_more_than_asked():
    links = "".join(f'<a href="/2024/11/{n}-the-quay-opens-again">{HEADLINES[0]} {n}</a>' for n in range(50_000))
    assert len(listed(links.encode(), kind=Kind.SECTION, base_url=HERE, limit=100)) == 100


# --- what a reading comes to -----------------------------------------------------------------------------------------


def read(content, *, kind="feed", url="https://a.test/feed", outcome=Outcome.OK, reason="", parent=""):
    source = Source(1, url, kind, NOW, parent=parent)
    return read_source(source, Snapshot(url, NOW, outcome, reason=reason, decoded=content))


def feed(count):
    return (
        b"<rss><channel>"
        + b"".join(b"<item><link>/2024/%d</link></item>" % n for n in range(count))
        + b"</channel></rss>"
    )


def test_of_a_feed_without_end_the_first_thousand_are_taken_and_that_is_said():
    found = read(feed(1500))
    assert len(found.articles) == 1000
    assert "more than 1000" in found.reason
    assert read(feed(1000)).reason == ""


def test_what_lists_nothing_says_so():
    assert read(b"<html><body><p>Sorry</p></body></html>") == Listing(
        reason="it lists no articles; a page of a site is followed as kind section"
    )
    assert read(None, outcome=Outcome.FAILED, reason="it timed out") == Listing(reason="it timed out")


def test_a_front_page_leads_to_its_feed_and_without_one_to_its_articles():
    head = '<link rel="alternate" type="application/atom+xml" href="/atom">'
    addresses = [f"/2024/the-quay-opens-{n}" for n in range(3)]
    front = {"kind": "section", "url": "https://a.test/"}
    assert read(page(addresses, head=head), **front) == Listing(sources=("https://a.test/atom",))
    assert [one.url for one in read(page(addresses), **front).articles] == [
        f"https://a.test{path}" for path in addresses
    ]


def test_an_index_that_another_source_lists_is_not_followed():
    index = b"<sitemapindex><sitemap><loc>https://a.test/map.xml</loc></sitemap></sitemapindex>"
    assert read(index).inner is Kind.SITEMAP
    assert "add the one you want" in read(index, parent="https://a.test/index.xml").reason


def test_a_source_that_trips_a_bug_of_ours_is_in_trouble_and_costs_no_other(monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("revtrack.discovery.listing.listed", broken)
    assert read(feed(3)) == Listing(reason="it could not be read (ZeroDivisionError)")
