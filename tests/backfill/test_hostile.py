"""Whatever stands in somebody else's files, reading it ends in a value or in the one error that is told."""

import gzip
import sys
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from revtrack.backfill import Skipped, changedetection_captures, table_captures, warc_captures
from revtrack.backfill.captures import place_of
from revtrack.backfill.listings import http_date, original_of, raw_url, read_cdx, read_timemap, stamp_of
from revtrack.backfill.naming import Naming, stated_address
from revtrack.backfill.packed import unpack
from revtrack.backfill.timing import read_time
from revtrack.backfill.watchers import job_addresses
from revtrack.errors import UnreadableError
from revtrack.model import Snapshot
from tests.backfill.pages import hours, page
from tests.backfill.test_warc import digest, record, revisit

BYTES = st.binary(max_size=300) | st.lists(
    st.sampled_from([b"\x81", b"\xa1d", b"\xdf", b"\xc0", b"<", b'"', b"{"])
).map(b"".join)
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(["<", ">", ";", '"', "rel=", "memento", "20240501080000", "[", "]", "\n", "é"])).map("".join)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(BYTES)
@example(b"\x81\xa1d\xc4")
def test_bytes_are_read_or_refused(content):
    for read in (unpack, lambda packed: list(Naming(field="a.b").pages("x.json", packed)), stated_address):
        with suppress(ValueError):
            read(content)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_texts_are_read_or_refused(text):
    for read in (read_time, http_date, original_of, raw_url, stamp_of, job_addresses):
        read(text)
    for read in (lambda answer: read_cdx(answer, base="https://a.example"), read_timemap):
        with suppress(ValueError):
            read(text)


@given(st.text(max_size=2000) | st.binary(max_size=2000))
def test_a_place_is_bounded_text_that_can_be_stored(name):
    place = place_of(name)
    assert len(place) <= 500
    assert "\0" not in place
    place.encode()


def test_long_input_of_the_worst_kind_takes_no_time():
    began = time.process_time()
    for text in (
        "<" * 10**6,
        '<a>;rel="' * 10**5,
        "<a>" + ";a=b" * 10**5,
        "<link " * 10**5,
        "<link rel=canonical " * 10**5,
    ):
        with suppress(ValueError):
            read_timemap(text)
        stated_address(text.encode())
    job_addresses("url: " * 10**5 + "\n" + "url:\t" * 10**5)
    Naming().pages("a.md", b"---\n" + b"url: " * 10**5)
    list(Naming(files="md").pages("a.md", b"---\n" + b"\nurl: " * 10**5))
    deep = b"[" * sys.getrecursionlimit() * 10
    for naming in (Naming(field="a"), Naming(field=".".join("a" * 1000))):
        with suppress(ValueError):
            list(naming.pages("a.json", deep))
    assert time.process_time() - began < 3


WARC = b"".join(record(hours(n), page(chrome=n)) for n in range(3)) + revisit(hours(3), digest(page(chrome=0)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(WARC) - 1), put=st.binary(max_size=12), packed=st.booleans(), cut=st.booleans())
def test_a_file_of_records_with_any_damage_is_read_or_refused(tmp_path, at, put, packed, cut):
    whole = gzip.compress(WARC) if packed else WARC
    at %= len(whole)
    file = tmp_path / "a.warc"
    file.write_bytes(whole[:at] + put + (b"" if cut else whole[at + len(put) :]))
    with suppress(UnreadableError):
        for found in warc_captures([file]):
            assert isinstance(found, Snapshot | Skipped)


def test_a_packed_line_without_end_and_a_length_beyond_all_are_refused(tmp_path):
    endless, beyond = tmp_path / "endless.warc.gz", tmp_path / "beyond.warc"
    endless.write_bytes(gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"a" * (4 << 20)))
    beyond.write_bytes(
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\nHTTP/1.1 200\r\n"
    )
    with pytest.raises(UnreadableError, match="longer than 1 MiB"):
        list(warc_captures([endless]))
    with pytest.raises(UnreadableError):
        list(warc_captures([beyond]))


def test_names_in_tables_and_lists_that_are_no_names_are_left_out(tmp_path):
    table = tmp_path / "looks.csv"
    table.write_bytes(b'url,time,file\nhttps://example.org/a/story,2024-11-20T10:00,"a\0b"\n')
    assert [type(found) for found in table_captures(table)] == [Skipped]
    watch = tmp_path / "kept" / "one"
    watch.mkdir(parents=True)
    (watch / "watch.json").write_text('{"url": "https://example.org/a/story"}')
    (watch / "history.txt").write_text("\u00b2,text.txt\n", encoding="utf-8")
    assert [type(found) for found in changedetection_captures(watch.parent)] == [Skipped]
