import gzip
import json
import string
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revtrack.discovery import Kind, Listed, article_urls, listed, recognise, source_urls

BASE = "https://example.org/feeds/all.xml"
RSS = b"""<?xml version="1.0"?><!-- made by hand --><rss version="2.0"><channel><link>https://example.org/</link>
<item><title>One</title><link>/2024/one?utm_source=rss&amp;id=1&amp;b=2</link></item>
<item><title>Two</title><link>https://example.org/2024/two#top</link></item>
<item><title>One again</title><link>https://example.org/2024/one?id=1&amp;b=2</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="/self"/><link href="/a"/></entry>
<entry><link rel="alternate" href="b"/></entry></feed>"""
RDF = b"""<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<channel/><item><link>https://example.org/r</link></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"url": "/j"}, {"external_url": "https://example.org/k"}, {"id": 1}, 7, None],
    }
).encode()
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="urn:i"><url><loc> https://example.org/s1 </loc>
<image:image><image:loc>https://example.org/picture.jpg</image:loc></image:image></url><url><loc>https://example.org/s2</loc></url></urlset>"""
INDEX = b"<sitemapindex><sitemap><loc>https://example.org/map1.xml</loc></sitemap></sitemapindex>"
OPML = b'<opml version="2.0"><body><outline text="News"><outline text="x" xmlUrl="https://example.org/rss"/></outline></body></opml>'
LIST = b"# what we follow\nhttps://example.org/l1\n\nhttps://example.org/l2 # the mayor\nnonsense\nhttps://example.org/l3\nhttps://example.org/l4\n"
PAGE = b"<!DOCTYPE html><html><head><title>A story</title></head><body><p>https://example.org/</p></body></html>"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (RSS, Kind.FEED),
        (b"\xef\xbb\xbf\n" + ATOM, Kind.FEED),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + RDF, Kind.FEED),
        (JSON, Kind.FEED),
        (SITEMAP, Kind.SITEMAP),
        (gzip.compress(SITEMAP), Kind.SITEMAP),
        (INDEX, Kind.SITEMAP_INDEX),
        (OPML, Kind.OPML),
        (LIST, Kind.URL_LIST),
        (PAGE, Kind.ARTICLE),
        (b"The council met.\n\nSee https://example.org/x for more.", Kind.ARTICLE),
        (b'{"error": "upstream"}', Kind.ARTICLE),
        (b"\x1f\x8bdamaged", Kind.ARTICLE),
    ],
)
def test_the_content_decides_what_a_source_is(content, kind):
    assert recognise("https://example.org/story.html", content=content, content_type="text/html") is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("https://example.org/feed/", Kind.FEED),
        ("https://example.org/rss.xml?x=1", Kind.FEED),
        ("https://example.org/world/index.rss", Kind.FEED),
        ("https://example.org/feed.json", Kind.FEED),
        ("https://example.org/news-sitemap.xml", Kind.SITEMAP),
        ("https://example.org/sitemap_news.xml.gz", Kind.SITEMAP),
        ("subscriptions.opml", Kind.OPML),
        ("https://example.org/2024/what-to-feed", Kind.ARTICLE),
        ("https://example.org/2024/atom-smasher-opens.html", Kind.ARTICLE),
        ("https://example.org/", Kind.SECTION),
        ("https://example.org/?p=12", Kind.ARTICLE),
    ],
)
def test_without_content_the_name_is_a_hint(name, kind):
    assert recognise(name) is kind


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (RSS, ("https://example.org/2024/one?id=1&b=2", "https://example.org/2024/two")),
        (ATOM, ("https://example.org/a", "https://example.org/feeds/b")),
        (RDF, ("https://example.org/r",)),
        (JSON, ("https://example.org/j", "https://example.org/k")),
        (SITEMAP, ("https://example.org/s1", "https://example.org/s2")),
        (gzip.compress(SITEMAP), ("https://example.org/s1", "https://example.org/s2")),
        (OPML, ("https://example.org/rss",)),
        (INDEX, ()),
        (PAGE, ()),
        (b"", ()),
    ],
)
def test_the_articles_of_a_source_come_in_its_order_and_once(content, expected):
    assert article_urls(content, kind=recognise("", content=content), base_url=BASE) == expected


def test_a_list_of_urls_keeps_what_is_one():
    assert article_urls(LIST, kind="url list") == tuple(f"https://example.org/l{n}" for n in (1, 2, 3, 4))


def test_an_error_page_at_a_feeds_address_lists_nothing():
    assert article_urls(PAGE, kind="feed", base_url=BASE) == ()


def test_sources_within_sources_are_no_articles():
    assert source_urls(INDEX, base_url=BASE) == ("https://example.org/map1.xml",)
    assert source_urls(OPML, base_url=BASE) == ("https://example.org/rss",)
    assert source_urls(RSS, base_url=BASE) == ()


def test_of_a_long_sitemap_the_newest_are_taken():
    entries = "".join(
        f"<url><loc>https://example.org/{n}</loc><lastmod>2024-01-{n:02}</lastmod></url>" for n in (3, 9, 1, 8)
    )
    assert article_urls(f"<urlset>{entries}</urlset>".encode(), kind="sitemap", limit=2) == (
        "https://example.org/9",
        "https://example.org/8",
    )


def test_only_addresses_that_we_would_fetch_are_taken():
    links = [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://u:p@example.org/x",
        "http://2130706433/",
        "//example.org/y",
        "http://[::1/",
        "https://example.org/" + "a" * 9000,
    ]
    feed = "<rss><channel>" + "".join(f"<item><link>{link}</link></item>" for link in links) + "</channel></rss>"
    assert article_urls(feed.encode(), kind="feed", base_url=BASE) == ("https://example.org/y",)


def test_broken_feeds_give_what_they_have():
    assert article_urls(RSS[:-60], kind="feed", base_url=BASE)[0] == "https://example.org/2024/one?id=1&b=2"
    assert (
        article_urls(
            RSS.replace(b"&amp;", b"&").replace(b"One<", b"R&B < Soul\x0b &nbsp;<"), kind="feed", base_url=BASE
        )[1]
        == "https://example.org/2024/two"
    )
    assert article_urls(SITEMAP[:-40], kind="sitemap") == ("https://example.org/s1",)


def bomb(root):
    entities = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip(string.ascii_lowercase, string.ascii_lowercase[1:10], strict=False)
    )
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a "lol lol lol lol ">{entities}<!ENTITY x SYSTEM "file:///etc/passwd">]>'.encode()


HOSTILE = {
    "bomb in a feed": bomb("rss") + RSS.replace(b"One<", b"&j;<"),
    "file in a feed": bomb("rss") + RSS.replace(b"/2024/one", b"/&x;"),
    "bomb in a sitemap": bomb("urlset") + SITEMAP.replace(b"s2", b"&j;"),
    "file in a sitemap": bomb("urlset") + SITEMAP.replace(b"s2", b"&x;"),
    "bomb in an opml": bomb("opml") + OPML.replace(b'"x"', b'"&j;"'),
    "many items": b"<rss><channel>" + b"<item><link>/a</link></item>" * 200_000,
    "open items": b"<rss><channel>" + b"<item>" * 300_000,
    "nested outlines": b"<opml>" + b"<outline xmlUrl='/a'>" * 200_000,
    "nested urls": b"<urlset>" + b"<url>" * 500_000,
    "only brackets": b"<rss>" + b"<" * 3_000_000,
    "many attributes": b"<rss " + b"a='1' " * 300_000,
    "attributes of many names": b"<rss " + b" ".join(b"a%d='1'" % n for n in range(200_000)) + b">",
    "a sitemap's attributes": b"<urlset " + b" ".join(b"a%d='1'" % n for n in range(200_000)) + b"><url>",
    "nested json": b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 1_000_000,
    "packed zeros": gzip.compress(b"<urlset>" + bytes(64 << 20), 1),
    "a file's name": b"/etc/passwd",
    "open comment": b"<!--" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_sources_are_bounded_and_read_no_file(name):
    began = time.process_time()
    content = HOSTILE[name]
    found = article_urls(content, kind=recognise("", content=content), base_url=BASE)
    assert time.process_time() - began < 6
    assert len(found) <= 1000
    assert not any("root:" in url or len(url) > 9000 for url in found)


def test_when_an_article_changed_is_read_where_the_source_says_it():
    half_past = datetime(2024, 11, 20, 9, 30, tzinfo=UTC)
    atom = ATOM.replace(b"<link", b"<updated>2024-11-20T09:30:00Z</updated><link", 1)
    assert [one.modified for one in listed(atom, kind="feed", base_url=BASE)] == [half_past, None]
    sitemap = SITEMAP.replace(b"<image:image>", b"<lastmod>2024-11-20T11:30:00+02:00</lastmod><image:image>", 1)
    assert [one.modified for one in listed(sitemap, kind="sitemap", base_url=BASE)] == [half_past, None]
    feed = b'{"version":"https://jsonfeed.org/version/1.1","items":[{"url":"/a","date_modified":"2024-11-20T10:30:00+01:00"},{"url":"/b"}]}'
    assert listed(feed, kind="feed", base_url="https://a.test/") == (
        Listed("https://a.test/a", half_past),
        Listed("https://a.test/b", None),
    )


@pytest.mark.parametrize(
    "stated", ["yesterday", "2024-11-20", "9999999", "2024-13-40T00:00:00Z", "0001-01-01T00:00:00+14:00"]
)
def test_a_time_that_cannot_be_read_is_none(stated):
    feed = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/a", "date_modified": stated}]}
    )
    assert listed(feed.encode(), kind="feed", base_url="https://a.test/") == (Listed("https://a.test/a", None),)


@given(st.binary(max_size=200), st.sampled_from([RSS, ATOM, JSON, SITEMAP, OPML, LIST]), st.integers(0, 400))
def test_any_bytes_are_some_kind_and_list_something_or_nothing(noise, content, place):
    mixed = content[:place] + noise + content[place:]
    assert isinstance(article_urls(mixed, kind=recognise("", content=mixed), base_url=BASE), tuple)


BREAKING = [  # each makes the feed parser itself raise
    b"<rss><channel><item><link>&#x110000;</link></item></channel></rss>",
    b"<?xml version='1.0' encoding='undefined'?>" + RSS[RSS.index(b"<rss") :],
]


@pytest.mark.parametrize("content", BREAKING)
def test_a_feed_that_breaks_its_parser_lists_nothing(content):
    assert recognise("", content=content) is Kind.FEED
    assert article_urls(content, kind="feed", base_url=BASE) == ()


@pytest.mark.parametrize(
    "content", [SITEMAP.replace(b"s1", b"&#xd800;"), SITEMAP.replace(b" https", b"&#xdfff; https")]
)
def test_half_a_surrogate_pair_costs_no_more_than_its_entry(content):
    assert article_urls(content, kind="sitemap", base_url=BASE) == ("https://example.org/s2",)
    assert article_urls(OPML.replace(b"/rss", b"/&#xd800;"), kind="opml") == ()


PIECES = [
    b"&#x110000;",
    b"&#xd800;",
    b"&#0;",
    b"<?xml version='1.0' encoding='undefined'?>",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b" xmlns:media='h\xa0tp://search.yahoo.com/mrss/'",
    b" xml:base='http://[::1/'",
    b" href='//[x]:99999/'",
    b"<![CDATA[",
    b"<!DOCTYPE rss [",
    b"<link>",
    b"<media:content url='",
    b"\xff\xfe",
    b"\x00",
]


@settings(deadline=None)
@given(
    st.sampled_from([RSS, ATOM, RDF, JSON, SITEMAP, INDEX, OPML, *BREAKING]),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(PIECES) | st.binary(max_size=6)), max_size=6
    ),
)
def test_no_damage_to_a_source_raises(content, wounds):
    for place, gone, piece in wounds:
        start = int(place * len(content))
        content = content[:start] + piece + content[start + gone :]
    for kind in Kind:
        found = article_urls(content, kind=kind, base_url=BASE) + source_urls(content, base_url=BASE)
        assert all(url.startswith(("http://", "https://")) for url in found)


def test_a_sitemap_index_speaks_only_for_its_own_site():
    links = [
        "https://www.example.org/a.xml",
        "/b.xml",
        "https://victim.example.net/c.xml",
        "https://sub.example.org/d.xml",
    ]
    index = (
        f"<sitemapindex>{''.join(f'<sitemap><loc>{link}</loc></sitemap>' for link in links)}</sitemapindex>".encode()
    )
    assert source_urls(index, base_url=BASE) == ("https://www.example.org/a.xml", "https://example.org/b.xml")
    assert "https://victim.example.net/c.xml" in source_urls(index)


def test_of_a_long_sitemap_index_the_newest_hundred_are_taken():
    entry = "<sitemap><loc>https://{}/{}</loc><lastmod>2024-01-01T00:{:02}:{:02}Z</lastmod></sitemap>"
    own = "".join(entry.format("example.org", n, *divmod(n, 60)) for n in range(300))
    others = "".join(entry.format("example.net", n, 59, 59) for n in range(300))
    found = source_urls(f"<sitemapindex>{others}{own}</sitemapindex>".encode(), base_url=BASE)
    assert found == tuple(f"https://example.org/{n}" for n in range(200, 300))
