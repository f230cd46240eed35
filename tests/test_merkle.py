"""Merkle trees, held against the test vectors of certificate-transparency logs and against their definition."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.merkle import EMPTY, leaf_hash, root

ENTRIES = [bytes.fromhex(entry) for entry in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
]


@pytest.mark.parametrize("size", range(1, 8))
def test_roots_are_those_of_the_logs_test_vectors(size):
    assert root(map(leaf_hash, ENTRIES[:size])).hex() == ROOTS[size - 1]


def test_a_tree_without_leaves_has_the_hash_of_nothing():
    assert root([]) == EMPTY == sha256(b"").digest()


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_the_root_is_that_of_the_definition_and_tells_every_entry(entries, data):
    leaves = [leaf_hash(entry) for entry in entries]
    assert root(leaves) == defined(leaves)
    changed = data.draw(st.integers(0, len(leaves) - 1))
    leaves[changed] = leaf_hash(entries[changed] + b"!")
    assert root(leaves) != defined([leaf_hash(entry) for entry in entries])


def defined(leaves):
    """The definition of RFC 6962, 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    cut = max(power for power in (2**n for n in range(8)) if power < len(leaves))
    return sha256(b"\1" + defined(leaves[:cut]) + defined(leaves[cut:])).digest()
