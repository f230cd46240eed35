"""The leaves of the Merkle tree over all that a report shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf of the Merkle tree over all that a report shows: what it is `about`, and its hash as it was kept.

    `found` is its hash by the row as it stands, b"" where the row is gone, None for a leaf that a newer one replaced.
    `kind`, `row` and `number` name the row, `article` and `version` what it belongs to (None where it says none).
    `redacted` says why and when contents were taken out, "" where none were.
    """

    position: int
    about: str
    hash: bytes
    found: bytes | None
    kind: str = ""
    row: int = 0
    number: int = 0
    article: int | None = None
    version: int | None = None
    redacted: str = ""


@dataclass(frozen=True, slots=True)
class OpenedLeaf:
    """A leaf and what it is the hash of, so that anybody can make it again.

    `entry` is the JSON that is hashed: the row's facts and, as `contents`, the SHA-256 of `salt` and the JSON
    `contents`, which is None where the contents were taken out.
    """

    position: int
    kind: str
    hash: bytes
    salt: bytes
    entry: str
    contents: str | None
