"""Merkle trees, held against the test vectors of certificate-transparency logs and against their own laws."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.evidence.checker import proves_consistency, proves_inclusion
from revtrack.merkle import EMPTY, Tree, leaf_hash, root

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
SIZES = st.integers(1, 70)


def leaves(size):
    return [leaf_hash(bytes([number])) for number in range(size)]


@pytest.mark.parametrize("size", range(1, 8))
def test_roots_are_those_of_the_logs_test_vectors(size):
    assert root(map(leaf_hash, ENTRIES[:size])).hex() == ROOTS[size - 1]


@given(SIZES, st.data())
def test_a_tree_gives_the_root_of_each_of_its_beginnings(size, data):
    tree, earlier = leaves(size), data.draw(st.integers(0, size))
    held = Tree(tree)
    assert len(held) == size
    assert held.root(earlier) == root(tree[:earlier])
    assert held.leaf(size - 1) == tree[-1]


def test_a_tree_without_leaves_has_the_hash_of_nothing():
    assert root([]) == EMPTY == sha256(b"").digest()


@given(SIZES, st.data())
def test_every_leaf_is_proven_and_no_other(size, data):
    tree, index = leaves(size), data.draw(st.integers(0, size - 1))
    proof = Tree(tree).inclusion_proof(index, size)
    assert proves_inclusion(proof, tree[index], index, size, root(tree))
    assert not proves_inclusion(proof, leaf_hash(b"another"), index, size, root(tree))
    assert not proves_inclusion(proof, tree[index], size, size, root(tree))
    assert not proves_inclusion([*proof, EMPTY], tree[index], index, size, root(tree))
    if size > 1:
        assert not proves_inclusion(proof, tree[index], (index + 1) % size, size, root(tree))
        assert not proves_inclusion(proof[:-1], tree[index], index, size, root(tree))


@given(SIZES, st.data())
def test_every_beginning_is_proven_and_no_other(size, data):
    tree, earlier = leaves(size), data.draw(st.integers(0, size))
    proof = Tree(tree).consistency_proof(earlier, size)
    assert proves_consistency(proof, earlier, root(tree[:earlier]), size, root(tree))
    changed = [leaf_hash(b"another"), *tree[1:earlier]]
    if earlier:
        assert not proves_consistency(proof, earlier, root(changed), size, root(tree))
        assert not proves_consistency([*proof, EMPTY], earlier, root(tree[:earlier]), size, root(tree))
    if 0 < earlier < size:
        assert not proves_consistency(proof[:-1], earlier, root(tree[:earlier]), size, root(tree))
        assert not proves_consistency([], earlier, root(tree[:earlier]), size, root(tree))
    assert not proves_consistency(proof, size + 1, root(tree[:earlier]), size, root(tree))
