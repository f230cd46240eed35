"""What the bench of storage promises, on a page small enough for every run."""

import gzip
from contextlib import closing

import pytest

from bench.extraction.given import invented
from bench.storage.keeping import Packed, Revtrack
from bench.storage.revising import revisions

VERSIONS = 24


@pytest.mark.parametrize("pack", [bytes, lambda page: gzip.compress(page, 6, mtime=0)], ids=["plain", "gzip"])
def test_a_later_version_of_a_noisy_page_takes_some_hundred_bytes_and_comes_back(tmp_path, pack):
    page = invented()[-1].html.encode()
    bodies = [pack(body) for body in revisions(page, VERSIONS)]
    with closing(Revtrack(tmp_path)) as keeper, closing(Packed(tmp_path, "zlib")) as other:
        for number, body in enumerate(bodies):
            keeper.keep(0, number, body)
            other.keep(0, number, body)
        keeper.finish()
        other.finish()
        assert [keeper.give(0, number) for number in range(VERSIONS)] == bodies
        packed = keeper._archive._db.execute("SELECT max(length(bytes) + length(recipe)) FROM bodies WHERE base > 0")
        assert packed.fetchone()[0] < 600
        assert keeper.size() < other.size() / 3


def test_revisions_differ_and_are_the_same_again():
    page = invented()[0].html.encode()
    found = list(revisions(page, 9, seed=3))
    assert len(set(found)) == 9
    assert found == list(revisions(page, 9, seed=3))
    assert found != list(revisions(page, 9, seed=4))
