"""Web archive files: what three programs wrote comes in as the same stories, and what is broken is told."""

import gzip
import http.client
import re
import shutil
import subprocess
import tracemalloc
import zipfile
from base64 import b32encode
from datetime import timedelta
from hashlib import sha1
from uuid import NAMESPACE_URL, uuid5

import pytest

from revtrack.archive import open_archive
from revtrack.backfill import Wanted, warc_captures
from revtrack.config import Config, FetchSettings
from revtrack.errors import UnreadableError
from revtrack.exports.looks import write_warc
from revtrack.extraction import Memory
from revtrack.model import Outcome, Snapshot
from revtrack.observing import read_stored
from revtrack.tracker import Tracker
from tests.backfill.pages import EDITED, SENTENCES, URL, bring, hours, page, skipped, told
from tests.newsroom import answer

warcio = pytest.importorskip("warcio")
PATH = "/2024/ferry-fares.html"
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def record(at, body, *, url=URL, status="200 OK", headers=HTML, kind="response", extra=()):
    """One record as a crawler writes it."""
    content = body.encode() if isinstance(body, str) else body
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    block = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + content if kind in {"response", "revisit"} else content
    media = "application/http; msgtype=response" if kind in {"response", "revisit"} else "text/html"
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{url} {at} {kind}')}>",
        "WARC-Target-URI": url,
        "WARC-Date": at.isoformat().replace("+00:00", "Z"),
        "WARC-Payload-Digest": digest(content),
        "Content-Type": media,
        **dict(extra),
        "Content-Length": len(block),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def digest(content):
    return "sha1:" + b32encode(sha1(content if isinstance(content, bytes) else content.encode()).digest()).decode()


def revisit(at, digested, **extra):
    """A record that says: the same bytes as before."""
    return record(at, b"", kind="revisit", extra={"WARC-Payload-Digest": digested, **extra})


@pytest.fixture
def warc(tmp_path):
    """A file of records: give it some, get its path."""

    def write(*records, name="a.warc.gz"):
        packed = map(gzip.compress, records) if name.endswith(".gz") else records
        (tmp_path / name).write_bytes(b"".join(packed))
        return tmp_path / name

    return write


FRONT = "it is a front or section page by its URL"
ERROR = "it is an error of a URL of which no page came before"
AWAY = "it is a redirect to a page that does not follow in these files"


def looks_in(found):
    return [one for one in found if isinstance(one, Snapshot)]


def until_trouble(found):
    """The looks that came, and what ended it."""
    looks = []
    try:
        for one in found:
            looks += looks_in([one])
    except UnreadableError as error:
        return looks, str(error)
    return looks, ""


def stories(found):
    limit = Config().fetch.max_decoded_bytes
    return [read_stored(look, Memory(), limit=limit).fingerprint for look in found if look.outcome is Outcome.OK]


@pytest.fixture
def site(newsroom):
    """A page as it is, through a redirect, in chunks, and packed: two texts in all."""
    chunks = [page(url="").encode()[:300], page(url="").encode()[300:]]
    framed = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    newsroom.publish(PATH, page(url=""))
    newsroom.script("/2024/old-address.html", answer(b"", 301, headers={"Location": PATH}))
    newsroom.script("/2024/in-chunks.html", head + framed)
    packed = {"Content-Encoding": "gzip"}
    newsroom.script("/2024/packed.html", answer(gzip.compress(page(EDITED, url="").encode()), headers=packed))
    newsroom.publish("/2024/gone.html", page(url=""), status=404)
    newsroom.script("/picture.png", answer(b"\x89PNG", headers={"Content-Type": "image/png"}))
    names = (
        PATH,
        "/2024/old-address.html",
        "/2024/in-chunks.html",
        "/2024/packed.html",
        "/2024/gone.html",
        "/picture.png",
    )
    return newsroom, [newsroom.url(name) for name in names]


def test_what_we_wget_and_warcio_wrote_comes_in_as_equal_stories(site, tmp_path):
    newsroom, urls = site
    if not shutil.which("wget"):
        pytest.skip("wget is not installed")
    command = [
        "wget",
        "-q",
        "--tries=1",
        "--warc-file=wget",
        "-O",
        "/dev/null",
        "--header=Accept-Encoding: gzip",
        *urls,
    ]
    subprocess.run(command, cwd=tmp_path, check=False, capture_output=True)
    from warcio.capture_http import capture_http

    with capture_http(str(tmp_path / "recorder.warc.gz")):
        for url in urls:
            connection = http.client.HTTPConnection(newsroom.host)
            connection.request("GET", url.partition(newsroom.host)[2], headers={"Accept-Encoding": "gzip"})
            connection.getresponse().read()
            connection.close()
    settings = Config(fetch=FetchSettings(gap=0, allow=(newsroom.host,)))
    with open_archive(tmp_path / "live.db") as live:
        tracker = Tracker(live, settings=settings)
        for url in urls:
            list(tracker.check(articles=[tracker.add(url)]))
        write_warc(live, list(live.articles()), tmp_path / "ours.warc.gz")
        seen = {s.story.fingerprint for article in live.articles() for s in live.versions(article)}
    for name in ("ours", "wget", "recorder"):
        found = list(warc_captures([tmp_path / f"{name}.warc.gz"]))
        assert {one.why for one in skipped(found)} <= {"it is no page: picture", FRONT, ERROR, AWAY}, name
        found = looks_in(found)
        assert set(stories(found)) == seen, name
        assert len(stories(found)) >= 3
        assert not any("picture" in look.url for look in found)


def test_ten_interruptions_end_with_the_same_archive_as_none(warc, tmp_path):
    texts = [EDITED if number in {3, 4, 7} else SENTENCES for number in range(10)]
    file = warc(*(record(hours(number), page(text, chrome=number)) for number, text in enumerate(texts)))
    with open_archive(tmp_path / "whole.db") as whole:
        bring(whole, warc_captures([file]))
        expected = told(whole)

    def torn(most):
        for number, found in enumerate(warc_captures([file])):
            if number == most:
                raise KeyboardInterrupt
            yield found

    with open_archive(tmp_path / "torn.db") as archive:
        for point in range(10):
            with pytest.raises(KeyboardInterrupt):
                bring(archive, torn(point), batch=1)
        bring(archive, warc_captures([file]))
        assert told(archive) == expected
        assert not any(look.is_new for look in bring(archive, warc_captures([file])))
        assert told(archive) == expected


def test_a_revisit_finds_its_body_by_digest_wherever_it_stands(warc):
    origin = warc(record(hours(0), page()), name="b.warc")
    again = warc(revisit(hours(2), digest(page())), revisit(hours(3), digest("another page")))
    for files in ([origin, again], [again, origin]):
        found = list(warc_captures(files))
        looks = {look.fetched_at: look.body_sha256 for look in found if look not in skipped(found)}
        assert looks.keys() == {hours(0), hours(2)}
        assert len(set(looks.values())) == 1
        (lost,) = skipped(found)
        assert "none of these files" in lost.why


def test_resources_come_in_and_metadata_and_pictures_do_not(warc):
    file = warc(
        record(hours(0), page(), kind="resource"),
        record(hours(1), "depth: 0", kind="metadata"),
        record(hours(2), b"\x89PNG", headers=[("Content-Type", "image/png")]),
    )
    look, picture = warc_captures([file])
    assert (look.fetched_at, look.status, look.outcome) == (hours(0), None, Outcome.OK)
    assert (picture.why, picture.value) == ("it is no page: picture", URL)


def test_truncated_and_damaged_records_are_failed_looks(warc):
    file = warc(
        record(hours(0), page()),
        record(hours(1), page()[:400], extra={"WARC-Truncated": "length"}),
        name="a.warc",
    )
    content = file.read_bytes()
    file.write_bytes(content.replace(b"12 crowns", b"19 crowns", 1))
    first, second = warc_captures([file])
    assert {first.outcome, second.outcome} == {Outcome.FAILED}
    file.write_bytes(content[: content.index(b"12 crowns")])
    found = warc_captures([file])
    broken = next(found)
    assert broken.outcome is Outcome.FAILED
    assert "cut" in broken.reason
    with pytest.raises(UnreadableError, match="breaks off within record 1, at byte"):
        next(found)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_file_that_breaks_off_says_where_and_costs_neither_what_came_before_nor_other_files(warc, name, capfd):
    texts = [record(hours(number), page(chrome=number)) for number in range(4)]
    whole = warc(record(hours(9), page()), name="b.warc")
    starts = [warc(*texts[:number], name=name).stat().st_size for number in range(5)]
    content = warc(*texts, name=name).read_bytes()
    for cut in (starts[3] + 20, starts[3] + 60, starts[3] - 40, starts[2] + 300, starts[4] - 200):
        (file := whole.with_name(name)).write_bytes(content[:cut])
        looks, said = until_trouble(warc_captures([file, whole]))
        assert re.search(r"(breaks off|is damaged) .* record \d, .*; what came before is in", said)
        good = [look.fetched_at for look in looks if look.outcome is Outcome.OK]
        assert good[:2] == [hours(0), hours(1)]
        assert good[-1] == hours(9)
    assert capfd.readouterr().err == "", "a library says nothing to the terminal"


def test_many_articles_in_a_file_are_told_apart_and_one_can_be_asked_for(warc, archive):
    other = "https://news.example/2024/tram-depot-opens.html"
    front = "https://news.example/"
    file = warc(
        record(hours(0), page()),
        record(hours(0), page(url=other, headline="Tram depot opens"), url=other),
        record(hours(0), page(url=front), url=front),
        record(hours(1), "", url=URL, status="404 Not Found"),
        record(hours(1), "", url="https://news.example/2024/never-seen.html", status="404 Not Found"),
    )  # fmt: skip
    bring(archive, warc_captures([file]))
    assert {article.url for article in archive.articles()} == {URL, other}
    assert [look.outcome for look in archive.snapshots(archive.find(URL))] == [Outcome.OK, Outcome.GONE]
    wanted = Wanted.of([other], until=hours(1))
    assert [look.url for look in warc_captures([file], wanted=wanted)] == [other]


def test_a_redirect_belongs_to_the_article_that_was_asked_for(warc):
    old = "http://news.example/old/ferry-fares-12.html"
    moved = [("Location", "/2024/ferry-fares.html")]
    file = warc(
        record(hours(0), "", url=old, status="301 Moved", headers=moved),
        record(hours(0), page(), url="http://news.example/2024/ferry-fares.html"),
        record(hours(1), "", url=old, status="302 Found", headers=[("Location", "/")]),
        record(hours(1) + timedelta(seconds=2), page(), url="http://news.example/"),
    )
    found = list(warc_captures([file]))
    assert [look.url.partition("://")[2] for look in looks_in(found)] == ["news.example/2024/ferry-fares.html"]
    assert len(skipped(found)) == 1
    looks = list(warc_captures([file], wanted=Wanted.of([old])))
    assert [(look.url, look.outcome) for look in looks] == [(old, Outcome.OK), (old, Outcome.REDIRECTED_AWAY)]
    assert [hop.status for look in looks for hop in look.redirects] == [301, 302]


def test_a_wacz_is_read_where_it_lies(warc, tmp_path):
    file = warc(*(record(hours(n), page(chrome=n)) for n in range(3)))
    for compression in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(tmp_path / "a.wacz", "w", compression) as packed:
            packed.write(file, "archive/../../data.warc.gz")
            packed.writestr("pages/pages.jsonl", "{}")
        found = list(warc_captures([tmp_path / "a.wacz"]))
        assert [look.fetched_at for look in found] == [hours(0), hours(1), hours(2)]
    assert not (tmp_path.parent / "data.warc.gz").exists()


def test_a_large_record_is_never_held_whole(warc):
    file = warc(record(hours(0), b"<html>" + b"x" * (60 << 20)), record(hours(1), page()), name="a.warc")
    tracemalloc.start()
    found = list(warc_captures([file]))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "larger" in found[0].why
    assert found[1].fetched_at == hours(1)
    assert most < 50 << 20


def test_what_is_no_web_archive_is_refused_in_one_line(tmp_path):
    for name, content in (("a.warc.gz", b"no gzip"), ("a.wacz", b"no zip"), ("a.warc", b"<html>\r\n\r\n")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UnreadableError) as told_so:
            list(warc_captures([tmp_path / name]))
        assert "\n" not in str(told_so.value)
    (tmp_path / "empty").mkdir()
    for missing in (tmp_path / "none.warc", tmp_path / "empty"):
        with pytest.raises(UnreadableError):
            list(warc_captures([missing]))
