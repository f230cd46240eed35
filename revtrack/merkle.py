"""Merkle trees as RFC 6962 (2.1) defines them: one hash that stands for a growing list. Knows nothing of archives.

A list that was only ever added to has a tree of which every earlier tree is a part, and that can be proven: this is how
an archive shows that nothing in it was changed or taken out. Proofs are checked by `evidence.checker`, which needs
nothing of revtrack. Hashes are SHA-256, 32 bytes.
"""

from collections.abc import Iterable
from hashlib import sha256

EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""
_SIZE = 32


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


class Tree:
    """The tree over a list of leaves, held whole: 64 bytes a leaf, any root or proof in a few hashes.

    Sizes and indices are those of the list: the tree of an earlier time is that over its first `size` leaves.
    """

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels = [bytearray()]
        for leaf in leaves:
            self._levels[0] += leaf
        while len(self._levels[-1]) >= 2 * _SIZE:
            self._levels.append(_level_above(self._levels[-1]))

    def __len__(self) -> int:
        return len(self._levels[0]) // _SIZE

    def leaf(self, index: int) -> bytes:
        """Return one leaf."""
        return self._node(0, index)

    def root(self, size: int) -> bytes:
        """Return the root of the tree over the first `size` leaves."""
        return self._range(0, size) if size else EMPTY

    def inclusion_proof(self, index: int, size: int) -> list[bytes]:
        """Return the audit path that proves a leaf to be part of the tree over `size`, the innermost hash first."""
        path: list[bytes] = []
        start, end = 0, size
        while end - start > 1:
            cut = start + _cut(end - start)
            if index < cut:
                path.append(self._range(cut, end))
                end = cut
            else:
                path.append(self._range(start, cut))
                start = cut
        return path[::-1]

    def consistency_proof(self, earlier: int, size: int) -> list[bytes]:
        """Return what proves that the tree over the first `earlier` leaves is a part of the tree over `size`."""
        if not 0 < earlier < size:
            return []
        path: list[bytes] = []
        start, end = 0, size
        while end != earlier:
            cut = start + _cut(end - start)
            if earlier <= cut:
                path.append(self._range(cut, end))
                end = cut
            else:
                path.append(self._range(start, cut))
                start = cut
        return ([self._range(start, end)] if start else []) + path[::-1]

    def _range(self, start: int, end: int) -> bytes:
        """Return the root over the leaves of a half-open range that a tree divides itself into."""
        size = end - start
        if size & (size - 1) == 0:
            height = size.bit_length() - 1
            return self._node(height, start >> height)
        cut = start + _cut(size)
        return _joined(self._range(start, cut), self._range(cut, end))

    def _node(self, height: int, index: int) -> bytes:
        return bytes(self._levels[height][index * _SIZE : (index + 1) * _SIZE])


def _level_above(level: bytearray) -> bytearray:
    """Return the nodes over all whole pairs of a level; a last one without a neighbour has none."""
    above = bytearray()
    for start in range(0, len(level) - 2 * _SIZE + 1, 2 * _SIZE):
        above += sha256(b"\1" + level[start : start + 2 * _SIZE]).digest()
    return above


def _joined(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def _cut(size: int) -> int:
    """Return the largest power of two below a size of two or more."""
    return 1 << (size - 1).bit_length() - 1
