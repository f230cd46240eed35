"""Whatever stands in somebody else's files, reading it ends in a value or in the one error that is told."""

import gzip
import io
import re
import sqlite3
import sys
import time
import tracemalloc
import zipfile
from contextlib import closing, suppress

import brotli
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from revtrack.backfill import (
    Skipped,
    changedetection_captures,
    diffengine_captures,
    table_captures,
    warc_captures,
)
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


@pytest.mark.parametrize("status", ["²00", "20", "2000", "２００", ""])
def test_behind_a_record_without_a_status_the_next_is_read(tmp_path, status):
    file = tmp_path / "a.warc"
    file.write_bytes(record(hours(0), page(), status=status) + record(hours(1), page(chrome=1)))
    *_, found = warc_captures([file])
    assert isinstance(found, Snapshot)
    assert found.fetched_at == hours(1)


def test_a_packed_line_without_end_and_a_length_beyond_all_are_refused(tmp_path):
    endless, beyond = tmp_path / "endless.warc.gz", tmp_path / "beyond.warc"
    endless.write_bytes(gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"a" * (4 << 20)))
    beyond.write_bytes(
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\nHTTP/1.1 200\r\n"
    )
    with pytest.raises(UnreadableError, match="head is longer than 1 MiB"):
        list(warc_captures([endless]))
    with pytest.raises(UnreadableError):
        list(warc_captures([beyond]))


def test_heads_of_records_that_never_end_take_no_memory(tmp_path):
    whole = re.sub(rb"Content-Length: \d+", b"Content-Length: 9999999999", record(hours(0), page()))
    for name, begun in (("record", whole[:20]), ("answer", whole.partition(b"HTTP/1.1 200 OK\r\n")[0])):
        file = tmp_path / f"{name}.warc.gz"
        file.write_bytes(gzip.compress(begun + (b"HTTP/1.1 200 OK\r\n" * (name == "answer")) + b"X: y\r\n" * 10**6))
        with pytest.raises(UnreadableError, match="head is longer than 1 MiB"):
            list(warc_captures([file]))


@pytest.mark.parametrize(
    ("place", "value"), [(8, 1), (10, 99), (42, 200)], ids=["encrypted", "unknown packing", "elsewhere"]
)
def test_members_of_a_wacz_that_cannot_be_unpacked_are_refused(tmp_path, place, value):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr("archive/data.warc", WARC)
    content = bytearray(made.getvalue())
    content[content.rfind(b"PK\1\2") + place] = value
    (tmp_path / "a.wacz").write_bytes(content)
    with pytest.raises(UnreadableError, match="archive/data"):
        list(warc_captures([tmp_path / "a.wacz"]))


def test_what_unpacks_to_more_than_a_page_is_left_out_in_little_memory(tmp_path):
    watch = tmp_path / "kept" / "one"
    watch.mkdir(parents=True)
    (watch / "watch.json").write_text('{"url": "https://example.org/a/story"}')
    (watch / "history.txt").write_text("1714550400,text.txt.br\n")
    (watch / "text.txt.br").write_bytes(brotli.compress(bytes(100 << 20), quality=1))
    (tmp_path / "looks.csv").write_bytes(b"url,time,text\n" + bytes(1000))
    with (tmp_path / "looks.csv").open("ab") as line:
        line.truncate(1 << 30)
    tracemalloc.start()
    assert [type(found) for found in changedetection_captures(watch.parent)] == [Skipped]
    assert tracemalloc.get_traced_memory()[1] < 64 << 20
    tracemalloc.stop()
    with pytest.raises(UnreadableError, match="a line of it is longer"):
        list(table_captures(tmp_path / "looks.csv"))


def test_nothing_that_a_schema_computes_is_read(tmp_path):
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id, '' AS title, "
    columns = "id INTEGER PRIMARY KEY, title, url, created, entry_id"
    for name, made in {
        "view": f"CREATE VIEW entryversion AS {endless} '' AS url, '' AS summary, '' AS created, 1 AS entry_id FROM n",
        "virtual": "CREATE VIRTUAL TABLE entryversion USING fts5(id, title, url, summary, created, entry_id)",
        "computed": f"CREATE TABLE entryversion ({columns}, summary AS (hex(zeroblob(30000000))))",
    }.items():
        with closing(sqlite3.connect(tmp_path / name)) as database:
            database.executescript(f"CREATE TABLE entry (id INTEGER PRIMARY KEY, url); {made};")
        with pytest.raises(UnreadableError, match="there is no table entryversion"):
            list(diffengine_captures(tmp_path / name))


def test_names_in_tables_and_lists_that_are_no_names_are_left_out(tmp_path):
    table = tmp_path / "looks.csv"
    table.write_bytes(b'url,time,file\nhttps://example.org/a/story,2024-11-20T10:00,"a\0b"\n')
    assert [type(found) for found in table_captures(table)] == [Skipped]
    watch = tmp_path / "kept" / "one"
    watch.mkdir(parents=True)
    (watch / "watch.json").write_text('{"url": "https://example.org/a/story"}')
    (watch / "history.txt").write_text("\u00b2,text.txt\n", encoding="utf-8")
    assert [type(found) for found in changedetection_captures(watch.parent)] == [Skipped]
