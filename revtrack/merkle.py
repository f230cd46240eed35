"""Merkle trees as RFC 6962 (2.1) defines them: one hash that stands for a growing list. Knows nothing of archives.

The root over the first entries of a list stays what it was for as long as none of them is changed or taken out: whoever
kept it can hold the list to it. Hashes are SHA-256, 32 bytes.
"""

from collections.abc import Iterable
from hashlib import sha256

EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one entry of the list."""
    return sha256(b"\0" + entry).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree over hashes of leaves, in one pass and in memory for its height alone."""
    peaks: list[tuple[int, bytes]] = []  # whole subtrees from the left, with their heights: ever smaller ones
    for leaf in leaves:
        height, node = 0, leaf
        while peaks and peaks[-1][0] == height:
            node = _joined(peaks.pop()[1], node)
            height += 1
        peaks.append((height, node))
    if not peaks:
        return EMPTY
    whole = peaks.pop()[1]
    while peaks:
        whole = _joined(peaks.pop()[1], whole)
    return whole


def _joined(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()
