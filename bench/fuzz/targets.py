"""What is fuzzed: functions from any bytes to nothing that may raise only the errors a user is told of.

Each has seeds of its own: small inputs of the form it reads, from which the fuzzer makes others.
"""

import json
import tempfile
import tomllib
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from revtrack.archive import open_archive
from revtrack.backfill.listings import read_cdx, read_timemap
from revtrack.backfill.warc import warc_captures
from revtrack.config import parse_config
from revtrack.diffing import apply, diff, reverse
from revtrack.discovery import listed, recognise
from revtrack.errors import NotAnArticleError, RevtrackError
from revtrack.evidence.checkpoints import read_checkpoints
from revtrack.extraction import Memory, extract, read_text
from revtrack.extraction.charset import in_utf8
from revtrack.extraction.region import region_of
from revtrack.fetching.decoding import DecodingError, decode_body
from revtrack.fetching.robots import read_robots
from revtrack.forms import from_form, to_form
from revtrack.model import Story
from revtrack.notes import Passage, find_notes, lift_notes, read_grammar
from revtrack.rendering import FORMS, render
from revtrack.urls import canonical
from revtrack.verdicts import compare

_CORPUS = Path(__file__).parent.parent / "extraction" / "corpus"
_NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
_URL = "https://news.example/2026/01/02/storm"
_LIMIT = 1 << 20


class Target(NamedTuple):
    """A function that is fuzzed, where its seeds come from, and how long an input may be, in bytes."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    longest: int = 4096


def _page(data: bytes) -> None:
    """A page is read; a second look at the same bytes tells the same story."""
    try:
        story = extract(data, url=_URL)
    except NotAnArticleError:
        return
    again = extract(data, url=_URL, memory=Memory(story=story))
    assert again.fingerprint == story.fingerprint, "a second look at the same page told another story"
    region_of(in_utf8(data, "text/html"), basis="")
    assert from_form(Story, json.loads(json.dumps(to_form(story)))) == story, "a story changed on its way through JSON"


def _text(data: bytes) -> None:
    read_text(data.decode("utf-8", "replace"))


def _pair(data: bytes) -> None:
    """Two texts, parted by a zero byte, are compared, rendered and put together again."""
    olds, _, news = data.decode("utf-8", "surrogateescape").partition("\0")
    old, new = (Story.from_paragraphs("", side.split("\n")) for side in (olds, news))
    found = diff(old, new)
    assert apply(found.old_text, found) == found.new_text, "a diff does not lead to the new text"
    assert reverse(found.new_text, found) == found.old_text, "a diff does not lead back to the old text"
    revision = compare(old, new)
    for form in FORMS:
        render(revision, form)


def _passage(data: bytes) -> None:
    lift_notes([Passage(data.decode("utf-8", "replace"))], seen_at=_NOW)


def _grammar(data: bytes) -> None:
    """A rule file of one's own is read, and asked."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "en.toml").write_bytes(data)
        find_notes("Correction: an earlier version of this story said 12.", grammar=read_grammar(folder))


def _source(data: bytes) -> None:
    """A feed, sitemap, list or section page is recognised and read."""
    for type_ in ("text/html", "application/xml"):
        kind = recognise(_URL, content_type=type_, content=data)
        for one in listed(data, kind=kind, base_url=_URL):
            assert canonical(one.url) == one.url, "an address that is listed is not in its canonical form"


def _coded(data: bytes) -> None:
    for coding in ("gzip", "deflate"):
        assert len(decode_body(data, coding, limit=_LIMIT)) <= _LIMIT


def _robots(data: bytes) -> None:
    read_robots(200, data, asked_at=_NOW).why_not(_URL)


def _address(data: bytes) -> None:
    """The canonical form of an address is its own canonical form."""
    found = canonical(data.decode("utf-8", "replace"))
    assert canonical(found) == found, "a canonical address has another canonical form"


def _settings(data: bytes) -> None:
    try:
        parse_config(tomllib.loads(data.decode("utf-8", "replace")))
    except (tomllib.TOMLDecodeError, RecursionError):  # told by those who read the file
        return


def _listing(data: bytes) -> None:
    """Listings of other archives' captures, CDX and TimeMap."""
    text = data.decode("utf-8", "replace")
    for read in (partial(read_cdx, base="https://archive.example/web/"), read_timemap):
        with suppress(ValueError):  # of a list in no form that is known: told by those who ask for it
            read(text)


def _records(data: bytes) -> None:
    """A web archive file is brought in."""
    with tempfile.NamedTemporaryFile(suffix=".warc") as file:
        file.write(data)
        file.flush()
        list(warc_captures([Path(file.name)]))


def _checkpoint(data: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        read_checkpoints(Path(file.name))


def _search(data: bytes) -> None:
    """Whatever is searched for has an answer."""
    with open_archive(":memory:", create=True) as archive:
        words = data.decode("utf-8", "replace")
        archive.search(words)
        archive.trace(words)


def _pages() -> Iterator[bytes]:
    yield from (file.read_bytes() for file in sorted(_CORPUS.glob("*.html")))


def _texts() -> Iterator[bytes]:
    yield from (file.read_bytes() for file in sorted(_CORPUS.glob("*.txt")))


def _pairs() -> Iterator[bytes]:
    for text in _texts():
        paragraphs = text.split(b"\n")
        yield text + b"\0" + b"\n".join([*paragraphs[2:], paragraphs[0], paragraphs[1].replace(b"a", b"b", 1)])


def _notes() -> Iterator[bytes]:
    rows = (Path(__file__).parent.parent / "notes_blocks.jsonl").read_text("utf-8").splitlines()
    yield from (json.loads(row)["text"].encode() for row in rows[::9])


def _seeds(*given: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter(given)


_WARC = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
    b"WARC-Target-URI: https://news.example/2026/01/02/storm\r\nContent-Type: application/http;msgtype=response\r\n"
    b"Content-Length: 86\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    b"<h1>Storm</h1><p>The storm killed 12 people.\r\n\r\n\r\n"
)
TARGETS = {
    "page": Target(_page, _pages, 60_000),
    "text": Target(_text, _texts, 20_000),
    "pair": Target(_pair, _pairs, 8_000),
    "passage": Target(_passage, _notes),
    "grammar": Target(
        _grammar,
        _seeds(
            b'stems = ["correct"]\n[[note]]\nkind = "correction"\nform = ["(an|the) {version} of {article} <wrong>"]\n'
        ),
    ),
    "source": Target(
        _source,
        _seeds(
            b"<rss><channel><item><link>/storm</link><pubDate>Fri, 02 Jan 2026 03:04 GMT</pubDate></item></channel>",
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/2026/storm"/></entry></feed>',
            b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://news.example/a"}]}',
            b"<urlset><url><loc>https://news.example/a</loc><lastmod>2026-01-02</lastmod></url></urlset>",
            b'<opml><body><outline xmlUrl="https://news.example/feed"/></body></opml>',
            b'<main><h2><a href="/2026/01/02/storm-hits-the-coast">Storm hits the coast</a></h2></main>',
        ),
        20_000,
    ),
    "coded": Target(_coded, _seeds(zlib.compress(b"text" * 50), zlib.compress(b"text" * 50, wbits=31))),
    "robots": Target(_robots, _seeds(b"User-agent: *\nDisallow: /a*b$\nCrawl-delay: 5\nAllow: /\n")),
    "address": Target(_address, _seeds(_URL.encode(), b"HTTP://EXAMPLE.org:80/a/../b?utm_source=x&y=1#z"), 500),
    "settings": Target(
        _settings, _seeds(b'[fetch]\ngap = "10 s"\nallow = ["127.0.0.1"]\n[[alert]]\nwhen = "substantive"\nto = "x"\n')
    ),
    "listing": Target(
        _listing,
        _seeds(
            b'[["timestamp","original","statuscode","digest"],["20260102030405","http://a.org/","200","X"]]',
            b'<http://b.org/2026/http://a.org/>; rel="memento"; datetime="Fri, 02 Jan 2026 03:04:05 GMT"',
        ),
    ),
    "records": Target(_records, _seeds(_WARC, _WARC.replace(b"response\r\nWARC-R", b"revisit\r\nWARC-R")), 8_000),
    "checkpoint": Target(
        _checkpoint,
        _seeds(
            b"revtrack/9f2c64a1b0d3e87a\n18422\nm9kWl7Yx0S2b8cZ3rH1vQw5uT6nP4oJ7eA2dF9gK1sI=\n2024-11-21T10:05:00Z\n\n"
        ),
    ),
    "search": Target(_search, _seeds(b'"storm" AND NOT (coast*)', b"NEAR(a b, 3) col:x -y ^z"), 200),
}
"""All that is fuzzed, by name."""
MAY_RAISE = (RevtrackError, DecodingError)
"""What tells a user that something was wrong with the input."""
