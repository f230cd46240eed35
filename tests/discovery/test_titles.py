"""What a feed calls itself is read from its head, is bounded, and is kept with the source."""

from datetime import UTC, datetime

import pytest

from revtrack.discovery.titles import title_of

NOW = datetime(2024, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (
            "<rss><channel><title> Marl &amp;amp;\n News</title><item><title>x</title></item></channel></rss>",
            "Marl & News",
        ),
        ("<rss><channel><image><title>Logo</title></image><title>Marl</title></channel></rss>", "Marl"),
        ("<rss><channel><item><title>An article</title></item><title>late</title></channel></rss>", ""),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">A<!-- c --> B</title></feed>', "A B"),
        ('<r:RDF xmlns:r="r" xmlns="s"><channel><title>RDF</title></channel><item/></r:RDF>', "RDF"),
        ('{"version": "https://jsonfeed.org/version/1.1", "title": "Json", "items": []}', "Json"),
        ('{"title": ["no"]}', ""),
        (r'{"title": "Cut \ud83d\ude00 off \ud83d"}', "Cut \N{GRINNING FACE} off \N{REPLACEMENT CHARACTER}"),
        (
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>',
            "&a;",
        ),
        (f"<rss><channel><title>{'long ' * 50_000}</title></channel></rss>", "…"),
        ("<rss><channel><title>cut off", "cut off"),
        ("\0\ud800<<<>", ""),
    ],
)
def test_a_title_is_the_feeds_own_on_one_line(content, title):
    found = title_of(content.encode("utf-8", "surrogatepass"))
    assert found == title or (title == "…" and found in {"", found[:119] + "…"})
    assert len(found) <= 120


def test_a_title_is_kept_until_the_source_says_another(archive):
    source, _ = archive.add_source("https://a.test/feed", "feed", now=NOW)
    for title, kept in (("First", "First"), ("", "First"), ("Second", "Second")):
        archive.checked_source(source, now=NOW, due_at=NOW, title=title)
        assert archive.titles() == {source.url: kept}
        assert [one.title for one in archive.sources()] == [kept]
