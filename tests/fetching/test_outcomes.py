import gzip

import pytest

from revtrack.fetching import ends_whole, is_as_whole
from revtrack.fetching.outcomes import is_binary, read_outcome
from revtrack.model import Outcome

PAGE = b"<html><body><p>The council met.</p></body></html>"
URL = "https://example.org/2024/mayor-denies-it"


def read(status=200, **facts):
    given = {
        "asked": URL,
        "got": URL,
        "content_type": "text/html",
        "content_encoding": "",
        "body": PAGE,
        "is_framed": True,
        "is_conditional": False,
        "limit": 10_000,
    }
    return read_outcome(status, **{**given, **facts})


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.OK),
        (203, Outcome.OK),
        *((status, Outcome.GONE) for status in (404, 410, 451)),
        *((status, Outcome.BLOCKED) for status in (401, 403, 407, 429)),
        (402, Outcome.PAYWALLED),
        *(
            (status, Outcome.FAILED)
            for status in (201, 204, 206, 300, 302, 304, 400, 406, 418, 500, 502, 503, 520, 999)
        ),
    ],
)
def test_only_a_whole_200_or_203_makes_a_page(status, outcome):
    reading = read(status)
    assert reading.outcome is outcome
    assert (reading.decoded == PAGE) is (outcome is Outcome.OK)
    assert (str(status) in reading.reason) is (outcome is not Outcome.OK)


def test_a_304_counts_only_if_we_asked():
    assert read(304, body=b"", is_conditional=True).outcome is Outcome.NOT_MODIFIED


@pytest.mark.parametrize(
    "content_type",
    [
        "text/html; charset=martian",
        "TEXT/HTML",
        "application/xhtml+xml",
        "text/plain",
        "application/xml",
        "application/rss+xml",
        "",
        " ",
    ],
)
def test_text_is_read_whatever_it_says_of_its_charset(content_type):
    assert read(content_type=content_type).outcome is Outcome.OK


@pytest.mark.parametrize(
    "content_type",
    [
        "application/pdf",
        "application/json",
        "image/svg+xml",
        "text/css",
        "application/octet-stream",
        "video/mp4",
        "nonsense\x1b",
    ],
)
def test_what_is_no_text_is_no_article(content_type):
    reading = read(content_type=content_type)
    assert reading.outcome is Outcome.NOT_ARTICLE
    assert reading.reason.isprintable()


@pytest.mark.parametrize(
    "body",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        gzip.compress(PAGE, mtime=0),
        b"%PDF-1.7 text",
        bytes(range(256)) * 9,
    ],
)
def test_bytes_that_are_no_text_are_no_article_whatever_they_are_called(body):
    assert read(body=body).outcome is Outcome.NOT_ARTICLE


def test_text_in_any_encoding_is_not_taken_for_bytes():
    text = "<p>Der Rat tagte am Montag. 议会周一开会。</p>" * 9
    for encoding in ("utf-8", "utf-16", "utf-8-sig", "gb18030"):
        assert not is_binary(text.encode(encoding)), encoding
    assert not is_binary(text.encode("utf-16-le"), "text/html; charset=UTF-16LE")
    assert not is_binary(text.encode() + b"\x00\x08")


@pytest.mark.parametrize("body", [b"", b" \r\n\t" * 900])
def test_an_empty_page_is_a_failure(body):
    assert read(body=body).outcome is Outcome.FAILED


def test_a_page_without_a_stated_end_must_close_what_it_opens():
    cut = PAGE[:-20]
    assert read(body=cut, is_framed=False).outcome is Outcome.FAILED
    assert read(body=cut, is_framed=True).outcome is Outcome.OK
    assert read(body=gzip.compress(cut), content_encoding="gzip", is_framed=False).outcome is Outcome.OK
    assert read(body=b"<p>No such tags at all.", is_framed=False).outcome is Outcome.OK
    assert read(body=PAGE.decode().encode("utf-16"), is_framed=False).outcome is Outcome.OK


def test_a_page_ends_whole_unless_it_leaves_open_what_it_opened():
    assert ends_whole(b"<HTML><BODY>x</BODY >")
    assert ends_whole(b"plain text")
    assert not ends_whole(b'<html lang="en"><body class=x><p>The cou')


@pytest.mark.parametrize(
    ("page", "before", "expected"),
    [
        (b"<html>x</html>", b"<html>x</html>", True),
        (b"<html>x", b"<html>x</html>", False),
        (b"<html>x", b"<html>x y", True),
        (b"<html>[an error occurred while processing this directive]</html>", b"<html>x</html>", False),
        (b"<html><b>Fatal error</b>: Uncaught Error</html>", b"<html>x</html>", False),
        (
            b"<html>Traceback (most recent call last):</html>",
            b"<html>Traceback (most recent call last): x</html>",
            True,
        ),
    ],
)
def test_a_page_that_broke_off_or_failed_in_part_since_it_was_seen_is_not_as_whole(page, before, expected):
    assert is_as_whole(page, lambda: before) is expected


def test_a_damaged_body_is_a_failure():
    assert read(content_encoding="gzip").reason == "the compressed body is damaged"


@pytest.mark.parametrize(
    ("got", "outcome"),
    [
        ("https://example.org/", Outcome.REDIRECTED_AWAY),
        ("https://example.org/2024/", Outcome.REDIRECTED_AWAY),
        ("https://example.org/login?next=/2024/mayor-denies-it", Outcome.BLOCKED),
        ("https://consent.example.org/x1", Outcome.BLOCKED),
        ("https://www.example.org/2024/mayor-admits-it", Outcome.OK),
    ],
)
def test_where_a_redirect_ends_decides(got, outcome):
    assert read(got=got).outcome is outcome


def test_sources_of_articles_are_pages_too():
    assert (
        read(content_type="application/json", body=b'{"version": "https://jsonfeed.org/version/1.1"}').outcome
        is Outcome.OK
    )
    packed = gzip.compress(b"<urlset/>", mtime=0)
    assert (
        read(
            content_type="application/x-gzip",
            body=packed,
            got="https://example.org/map.xml.gz",
            asked="https://example.org/map.xml.gz",
        ).decoded
        == packed
    )
