"""Bodies rest on each other in few steps, and any of them can go; what earlier releases kept is read and added to."""

import random
from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revtrack.archive import bodies, chains, open_archive
from revtrack.archive.packing import pack_edit, unpack, zstd
from revtrack.archive.splicing import read_splice, splice
from revtrack.model import Event, Outcome, Snapshot
from tests.archive.test_sqlite import NOW, Observation, damage

CHANCE = random.Random(5)
WORDS = [b"%x" % CHANCE.randrange(16**5) for _ in range(2500)]


def page(number):
    """A text that loses a word and gains another from one number to the next."""
    words = list(WORDS)
    for place in range(number):
        words[place * 37 % 2500] = b"%d" % (place * 7919)
    return b" ".join(words)


def keep(archive, body, at=0):
    url = "https://a.test/story"
    article = archive.add_article(url, now=NOW)[0]
    time = NOW + timedelta(hours=at)
    look = Snapshot(url, time, Outcome.OK, status=200, body=body, body_sha256=sha256(body).hexdigest())
    return archive.record(Observation(article.id, look, Event.UNCHANGED, 0, time + timedelta(hours=1))).snapshot.id


def bases(archive):
    return dict(archive._db.execute("SELECT id, base FROM bodies").fetchall())


def depth(base, body):
    return 0 if base[body] is None else 1 + depth(base, base[body])


def digits(number):
    return number and number % 8 + digits(number // 8)


@given(st.binary(max_size=200), st.binary(max_size=200), st.binary(max_size=99), st.binary(max_size=200))
def test_what_differs_in_one_place_is_kept_by_what_lies_there(start, one, other, end):
    content, base = start + one + end, start + other + end
    found = splice(content, base)
    assert read_splice(bytes(found)) == found
    assert len(found.middle) <= len(one)
    assert content == base[: found.start] + found.middle + base[len(base) - found.end :]
    assert unpack(*pack_edit(content, base), base) == content


def test_the_nth_body_is_read_in_as_many_steps_as_its_digits_say(tmp_path):
    archive = open_archive(tmp_path / "a.db")
    for number in range(68):
        keep(archive, page(number), number)
    base = bases(archive)
    assert [depth(base, body) for body in base] == [digits(place) for place in range(68)]
    sizes = [size for (size,) in archive._db.execute("SELECT length(bytes) FROM bodies ORDER BY id")]
    assert sorted(sizes[1:])[40] < 20
    assert max(sizes[1:]) < 2000
    archive.close()


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(1, 16), unique=True, max_size=15), st.booleans())
def test_whichever_bodies_are_let_go_all_others_are_read_as_before(taken, is_brief):
    with open_archive(":memory:") as archive:
        kept = {keep(archive, page(number), number): page(number) for number in range(16)}
        with archive.transaction():
            for body in taken:
                bodies.let_go(archive._db, body)
        assert {number: archive.snapshot(number).body for number in kept} == {
            number: None if number in taken else body for number, body in kept.items()
        }
        assert all(name == found for name, found in archive.body_hashes())
        left = [base for body, base in bases(archive).items() if body not in taken]
        assert left.count(None) == bool(left)  # what is left still rests on each other
        if is_brief:
            assert archive.snapshot(keep(archive, page(30), 30)).body == page(30)


def as_before(archive):
    """Keep bodies as the release before did: whole frames, the k-th against the one without its lowest bit."""
    contents = []
    for place, (number,) in enumerate(archive._db.execute("SELECT id FROM bodies ORDER BY id").fetchall()):
        contents.append(chains.read(archive._db, number))
        base = place & (place - 1) if place else None
        prefix = zstd.ZstdDict(contents[base], is_raw=True).as_prefix if place else None
        packed = zstd.compress(contents[place], zstd_dict=prefix)
        values = (base + 1 if place else None, packed, number)
        archive._db.execute("UPDATE bodies SET base = ?, codec = 'zstd', bytes = ? WHERE id = ?", values)


@pytest.mark.parametrize("length", [1, 20])
def test_a_chain_of_the_release_before_is_read_added_to_and_freed(archive, length):
    kept = [(keep(archive, page(number), number), page(number)) for number in range(length)]
    as_before(archive)
    kept += [(keep(archive, page(number), number), page(number)) for number in range(length, length + 12)]
    base = bases(archive)
    assert max(depth(base, body) for body in base) <= 5 + 14
    assert list(base.values()).count(None) == 1
    with archive.transaction():
        for body in (1, length // 2 + 1, length):
            if chains.read(archive._db, body):
                bodies.let_go(archive._db, body)
    gone = {1, length // 2 + 1, length}
    assert all(archive.snapshot(number).body == (None if number in gone else body) for number, body in kept)
    assert all(name == found for name, found in archive.body_hashes())


def test_bodies_that_begin_alike_by_name_are_told_apart(archive, monkeypatch):
    monkeypatch.setattr(bodies, "_KNOWN", bodies._KNOWN.replace("substr(sha256, 1, 4) = ?", "length(?) > 0"))
    numbers = [keep(archive, page(number), number) for number in (0, 1, 0)]
    assert [archive.snapshot(number).body for number in numbers] == [page(0), page(1), page(0)]
    assert len(bases(archive)) == 2
    assert damage(archive) == []
