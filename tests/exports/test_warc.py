"""WARC records say what was asked and what came, to the byte, and say where less came than was sent."""

import gzip
import json

import pytest

from revtrack.archive import open_archive
from revtrack.cli.running import run
from revtrack.evidence.checker import _records
from revtrack.exports.cdxj import line_of, surt
from revtrack.exports.warc import records_of, truncation
from revtrack.model import Outcome, Snapshot
from tests.exports.seeing import BEGIN, page, see


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    return see(tmp_path_factory.mktemp("seen") / "a.db")


@pytest.fixture(scope="module")
def written(seen):
    file = seen.with_name("all.warc.gz")
    assert run(["--archive", str(seen), "-q", "export", "--warc", str(file)]) == 0
    with file.open("rb") as packed:
        return list(_records(packed))


def answers(written, look):
    return [(fields, block) for fields, block in written if fields.get("Revtrack-Look") == look]


def test_each_look_has_its_answer_its_request_and_what_else_is_known(written):
    kinds = [[fields["WARC-Type"] for fields, _ in answers(written, str(look))] for look in range(1, 9)]
    assert written[0][0]["WARC-Type"] == "warcinfo"
    assert kinds == [
        ["response", "request", "metadata"],
        ["revisit", "request", "metadata"],
        ["response", "request", "metadata"],
        ["revisit", "request", "metadata"],
        *[["response", "request", "metadata"]] * 4,
    ]
    ids = [fields["WARC-Record-ID"] for fields, _ in written]
    assert len(set(ids)) == len(ids)


def test_a_body_is_written_as_it_was_received(written):
    (_, block), (_, request), (_, known) = answers(written, "1")
    head, _, body = block.partition(b"\r\n\r\n")
    assert gzip.decompress(body) == page(12)
    assert b"\r\nContent-Encoding: gzip\r\n" in head
    assert b"\r\nX-Odd: caf\xe9\r\n" in head
    assert request.startswith(b"GET /story HTTP/1.1\r\nHost: 127.0.0.1:")
    assert json.loads(known)["outcome"] == "ok"


def test_what_no_longer_frames_the_body_is_renamed(written):
    _, chunked = answers(written, "3")[0]
    fields, cut = answers(written, "6")[0]
    assert b"\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n" in chunked
    assert chunked.endswith(page(21))
    assert b"\r\nX-Archive-Orig-Content-Length: 9000\r\n" in cut
    assert fields["WARC-Truncated"] == "disconnect"


def test_what_came_before_is_referred_to(written):
    for look, first, profile in (("2", "1", "server-not-modified"), ("4", "3", "identical-payload-digest")):
        revisit, original = answers(written, look)[0][0], answers(written, first)[0][0]
        assert revisit["WARC-Profile"].endswith(f"/1.1/revisit/{profile}")
        assert revisit["WARC-Refers-To"] == original["WARC-Record-ID"]
        assert revisit["WARC-Payload-Digest"] == original["WARC-Payload-Digest"]


def test_a_redirect_is_told_beside_the_answer_at_its_end(written):
    (fields, _), _, (_, known) = answers(written, "5")
    assert fields["WARC-Target-URI"].endswith("/moved")
    assert [hop["status"] for hop in json.loads(known)["redirects"]] == [302]


@pytest.mark.parametrize(
    ("reason", "mark"),
    [
        ("the page is larger than 9 bytes", "length"),
        ("the server sends the page too slowly", "time"),
        ("the server fell silent in the middle of the page", "time"),
        ("the page broke off before its end", "disconnect"),
        ("the body is coded as br, which we did not ask for", ""),
    ],
)
def test_a_body_that_is_not_whole_is_marked(reason, mark):
    assert truncation(Snapshot("https://a.test/", BEGIN, Outcome.FAILED, status=200, reason=reason)) == mark
    assert not truncation(Snapshot("https://a.test/", BEGIN, Outcome.FAILED, status=302, reason=reason))


def test_a_header_cannot_begin_a_line_of_its_own():
    look = Snapshot(
        "https://a.test/", BEGIN, Outcome.OK, status=200, headers=(("A\r\nB", "c\r\n\r\n<p>"),), body=b"x", id=1
    )
    block = next(records_of("revtrack/0", [look])).block
    assert block == b"HTTP/1.1 200 OK\r\nA  B: c    <p>\r\n\r\nx"


def test_a_look_that_brought_nothing_is_told_and_has_no_answer(seen):
    (record,) = records_of("revtrack/0", [Snapshot("https://a.test/", BEGIN, Outcome.FAILED, reason="no", id=1)])
    assert record.kind == "metadata"
    gone = Snapshot("https://a.test/", BEGIN, Outcome.OK, status=200, body_sha256="00", id=1)
    assert [record.kind for record in records_of("revtrack/0", [gone])] == ["metadata"]
    with open_archive(seen) as archive:
        looks = list(archive.snapshots(archive.find("1")))
    assert list(records_of("revtrack/0", looks)) == list(records_of("revtrack/0", looks))


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.org/Story?b=2&a=1", "org,example)/story?a=1&b=2"),
        ("http://example.org", "org,example)/"),
        ("http://example.org:8080/a//b/", "org,example:8080)/a/b"),
        ("https://example.org:443/%7Efoo/%C3%BC", "org,example)/~foo/%c3%bc"),
        ("http://example.org/?sid=9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a&z", "org,example)/?z"),
        ("http://127.0.0.1:8700/x", "1,0,0,127:8700)/x"),
    ],
)
def test_the_key_of_an_address_is_that_of_replay_tools(url, key):
    assert surt(url) == key


def test_no_request_is_made_up_where_none_is_known():
    look = Snapshot("https://a.test/", BEGIN, Outcome.OK, status=200, body=b"<p>x", body_sha256="00", id=1)
    assert [record.kind for record in records_of("revtrack/0", [look])] == ["response", "metadata"]


def test_a_page_that_was_brought_in_without_its_answer_is_a_resource():
    look = Snapshot("https://a.test/", BEGIN, Outcome.OK, body=b"<p>x", body_sha256="00", id=1)
    page, known = records_of("revtrack/0", [look])
    assert (page.kind, page.block, page.field("Content-Type"), known.kind) == (
        "resource",
        b"<p>x",
        "text/html",
        "metadata",
    )
    assert '"mime": "text/html", "status": "200"' in line_of(page, offset=0, length=1, filename="x")
