"""What the command line gives as files: the page of a version, and what is tracked, which `add` takes back."""

import gzip

import pytest

from revtrack.archive import open_archive
from tests.newsroom import answer
from tests.test_tracker import page


def track(revtrack, newsroom, path="/story"):
    revtrack("add", newsroom.url(path))
    revtrack("check")


def test_the_page_of_a_version_is_written_as_it_was_received(revtrack, newsroom, home):
    track(revtrack, newsroom)
    newsroom.publish("/story", page(headline="Bridge opens again after divers find nothing"))
    revtrack("check", "--all")
    done = revtrack("show", "1@1", "--page", "-o", "out/first.html")
    assert done.stdout == ""
    assert "bytes written to out/first.html" in done.stderr
    assert (home / "out" / "first.html").read_text() == page()
    revtrack("show", "1", "--page", "-o", "newest.html")
    assert "opens again" in (home / "newest.html").read_text()


def test_the_codings_of_a_page_are_undone(revtrack, newsroom, home):
    packed = gzip.compress(page().encode())
    newsroom.script("/packed", answer(packed, headers={"Content-Encoding": "gzip"}))
    track(revtrack, newsroom, "/packed")
    revtrack("show", "1", "--page", "-o", "page.html")
    assert (home / "page.html").read_bytes() == page().encode()


@pytest.mark.parametrize(
    "options", [["--page"], ["-o", "x.html"], ["--page", "-o", "x", "--all"], ["--page", "-o", "x", "--json"]]
)
def test_a_page_goes_into_a_file_and_nowhere_else(revtrack, complaint, newsroom, options):
    track(revtrack, newsroom)
    assert "--page -o FILE" in complaint("show", "1", *options)


def test_a_page_that_was_taken_out_is_not_written(revtrack, complaint, newsroom, home):
    track(revtrack, newsroom)
    revtrack("redact", "1", "--reason", "a court order")
    assert "its bytes were taken out" in complaint("show", "1", "--page", "-o", "x.html")
    assert not (home / "x.html").exists()


def test_a_place_that_cannot_be_written_is_told(revtrack, complaint, newsroom, home):
    track(revtrack, newsroom)
    (home / "folder").mkdir()
    assert "folder" in complaint("show", "1", "--page", "-o", "folder")


def test_only_the_first_page_is_said_where_an_article_goes_on(revtrack, newsroom):
    paged = page().replace("</article>", '<p><a href="?page=2">2</a></p></article>')
    newsroom.publish("/story-4711", paged)
    track(revtrack, newsroom, "/story-4711")
    out = revtrack("show", "1").stdout
    next_page = newsroom.url("/story-4711?page=2")
    assert f"page 1 of an article in several; edits further on are not seen (the next: {next_page})" in out


def test_what_is_listed_is_taken_back(revtrack, newsroom, home):
    feed, sitemap, section = (newsroom.url(path) for path in ("/feed.xml?a=1&b=2", "/sitemap.xml", "/politics"))
    articles = [newsroom.url(path) for path in ("/a?id=1&x=2", "/b")]
    revtrack("add", feed, sitemap, *articles)
    revtrack("add", section, "--as", "section")
    opml, urls = revtrack("list", "--form", "opml"), revtrack("list", "--form", "urls")
    assert (
        opml.stderr
        == "not in it: 1 section page: 'revtrack add URL --as section'; 2 articles: --form urls lists them\n"
    )
    assert urls.stderr == "not in it: 3 sources: --form opml lists them\n"
    (home / "sources.opml").write_text(opml.stdout)
    (home / "articles.txt").write_text(urls.stdout)
    revtrack("--archive", "other.db", "add", "sources.opml", "articles.txt")
    with open_archive("other.db") as other:
        assert [source.url for source in other.sources()] == [feed, sitemap]
        assert [article.url for article in other.articles()] == articles


def test_what_nobody_looks_at_any_more_is_not_listed(revtrack, newsroom):
    revtrack("add", newsroom.url("/a"), newsroom.url("/b"))
    revtrack("drop", newsroom.url("/a"))
    assert revtrack("list", "--form", "urls").stdout == newsroom.url("/b") + "\n"


def test_a_list_has_one_form(revtrack, complaint, newsroom):
    revtrack("add", newsroom.url("/a"))
    assert "give one of the two" in complaint("list", "--form", "urls", "--json")
