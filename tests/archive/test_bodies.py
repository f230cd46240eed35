"""Bodies come back bit for bit, however they were packed and whatever they are kept against; and they take little."""

import gzip
import random
import sqlite3
import zlib
from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from revtrack.archive import bodies, open_archive
from revtrack.archive.gzipping import recipe_of, redo, undo
from revtrack.archive.packing import PackingError, pack, unpack
from revtrack.archive.sqlite import migrations
from revtrack.errors import ArchiveError
from revtrack.model import Event, Outcome, Snapshot
from tests.archive.test_sqlite import NOW, Observation

CHANCE = random.Random(3)
FILLING = b"".join(b'<li><a href="/%d">Teaser %d of %d words</a></li>\n' % (i, i * i, i % 7) for i in range(600))


def page(number):
    """A page of some 25 KB, as one fetch gives it."""
    token = b"%032x" % CHANCE.getrandbits(128)
    return b"<html><p>It killed %d people.</p>%s<i token=%s></i></html>" % (number, FILLING, token)


def keep(archive, body, *, url="https://a.test/story", outcome=Outcome.OK):
    article = archive.add_article(url, now=NOW)[0]
    look = Snapshot(url, NOW, outcome, status=200, body=body, body_sha256=sha256(body).hexdigest())
    recorded = archive.record(Observation(article.id, look, Event.UNCHANGED, 0, NOW + timedelta(hours=1)))
    return recorded.snapshot.id


def rows(archive, columns, order="id"):
    return archive._db.execute(f"SELECT {columns} FROM bodies ORDER BY {order}").fetchall()


# --- packing ------------------------------------------------------------------------------------------------------


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_what_is_packed_against_anything_comes_back(content, base):
    codec, packed = pack(content, base)
    assert unpack(codec, packed, base) == content


def test_what_was_packed_otherwise_is_refused():
    for codec, packed in (("zstd", b"nothing"), ("zlib", b"nothing"), ("other", b"")):
        with pytest.raises(PackingError):
            unpack(codec, packed)


# --- gzip ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", range(1, 10))
def test_gzip_of_any_level_is_undone_and_done_again(level):
    body = gzip.compress(page(12), level, mtime=1234)
    content, recipe = undo(body)
    assert content == gzip.decompress(body)
    assert redo(content, recipe_of(str(recipe))) == body


@pytest.mark.parametrize("flush", [zlib.Z_SYNC_FLUSH, zlib.Z_FULL_FLUSH])
def test_a_stream_that_was_flushed_is_undone_and_done_again(flush):
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    parts = [packer.compress(page(n)) + packer.flush(flush) for n in range(3)]
    body = b"".join([*parts, packer.flush()])
    content, recipe = undo(body)
    assert len(recipe.flushes) == 3
    assert redo(content, recipe_of(str(recipe))) == body


def test_what_follows_a_gzip_file_comes_back():
    body = gzip.compress(page(1)) + gzip.compress(b"more") + b"\0\0"
    content, recipe = undo(body)
    assert redo(content, recipe) == body


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\x1f\x8b\x08",
        gzip.compress(page(1))[:-4000],
        gzip.compress(page(1))[:20] + b"\xff" * 500,
        gzip.compress(page(1), 0),  # stored: no packer we try makes it
        gzip.compress(bytes(1_000_000)),  # a bomb
        b"\x1f\x8b\x08\x08\0\0\0\0\0\3name\0" + gzip.compress(b"x" * 99)[10:],
    ],
)
def test_what_cannot_be_undone_is_left_as_it_is(archive, body):
    assert undo(body) is None
    number = keep(archive, body)
    assert archive.snapshot(number).body == body


def test_pages_in_gzip_take_no_more_than_plain_ones(archive):
    for number in range(20):
        body = gzip.compress(page(number), 6, mtime=0)
        assert archive.snapshot(keep(archive, body)).body == body
    assert max(size for (size,) in rows(archive, "length(bytes)")[1:]) < 200
    assert all(recipe for (recipe,) in rows(archive, "recipe"))


def test_a_server_that_changes_its_packer_is_followed(archive):
    for number, level in enumerate((6, 6, 1, 1, 9)):
        body = gzip.compress(page(number), level, mtime=0)
        assert archive.snapshot(keep(archive, body)).body == body
    assert [recipe_of(recipe).level for (recipe,) in rows(archive, "recipe")] == [6, 6, 1, 1, 9]


# --- chains -------------------------------------------------------------------------------------------------------


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.binary(max_size=60), st.sampled_from(["", "gzip"]), st.booleans()), max_size=24))
def test_whatever_is_kept_comes_back(looks):
    with open_archive(":memory:") as archive:
        kept = []
        for noise, coding, is_fine in looks:
            body = gzip.compress(FILLING + noise, mtime=0) if coding else noise + FILLING[:2000] + noise
            outcome = Outcome.OK if is_fine else Outcome.BLOCKED
            kept.append((keep(archive, body, outcome=outcome), body))
        assert all(archive.snapshot(number).body == body for number, body in kept)


def test_the_first_page_of_an_article_rests_on_one_of_its_site(archive):
    keep(archive, page(1), url="https://a.test/news/1")
    keep(archive, page(2), url="https://a.test/news/2")
    keep(archive, page(3), url="https://b.test/news/3")
    assert [base for (base,) in rows(archive, "base")] == [None, 1, None]


def test_an_error_page_between_does_not_break_the_chain(archive):
    keep(archive, page(1))
    keep(archive, b"<h1>Forbidden</h1>" * 9, outcome=Outcome.BLOCKED)
    keep(archive, page(2))
    assert [base for (base,) in rows(archive, "base")][2] == 1


def test_a_page_made_anew_begins_a_chain(archive):
    old, new = page(1), bytes(random.Random(4).choices(range(97, 123), k=30_000))
    numbers = [keep(archive, body) for body in (old, new, new + b".", new + b"..")]
    assert [base for (base,) in rows(archive, "base")] == [None, None, 2, 3]
    assert archive.snapshot(numbers[3]).body == new + b".."


def test_a_body_that_others_rest_on_can_be_taken_out(archive):
    kept = [(keep(archive, body), body) for body in map(page, range(12))]
    with archive.transaction():
        bodies.free(archive._db, 1)
        archive._db.execute("UPDATE snapshots SET body = NULL WHERE id = 1")
        archive._db.execute("DELETE FROM bodies WHERE id = 1")
    assert all(archive.snapshot(number).body == body for number, body in kept[1:])
    assert [base for (base,) in rows(archive, "base")].count(None) == 1


@pytest.mark.parametrize(
    "change",
    [
        "base = id",
        "base = NULL",
        "bytes = x'00'",
        "codec = 'other'",
        "recipe = '[1]'",
        'recipe = \'[99,8,2,[],"",""]\'',
    ],
)
def test_a_damaged_body_is_told_and_found(tmp_path, change):
    with open_archive(tmp_path / "a.db") as archive:
        for number in range(4):
            keep(archive, page(number))
        archive._db.execute(f"UPDATE bodies SET {change} WHERE id = 3")
        assert [name for name, found in archive.body_hashes() if name != found]
        with pytest.raises(ArchiveError, match="revtrack verify"):
            archive.snapshot(3)


def test_bodies_of_an_earlier_release_are_still_read(tmp_path):
    old = Database(sqlite3.connect(tmp_path / "a.db", isolation_level=None), execute_plugins=False)
    migrations(old).apply(old, stop_before="0005_bodies")
    body, url = page(1), "https://a.test/story"
    old.execute(
        "INSERT INTO bodies VALUES (?, ?, 'zlib', ?)", (sha256(body).hexdigest(), len(body), zlib.compress(body))
    )
    old.execute("PRAGMA application_id = 1920365682")
    old.close()
    with open_archive(tmp_path / "a.db") as archive:
        number = keep(archive, body, url=url)
        assert archive.snapshot(number).body == body
        assert archive.snapshot(keep(archive, page(2), url=url)).body
        assert rows(archive, "codec, base") == [("zlib", None), ("zstd", 1)]
        assert list(archive.damage()) == []
