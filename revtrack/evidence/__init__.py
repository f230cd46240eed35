"""What makes the record of an archive checkable: checkpoints of its Merkle tree, and the check of all against them."""

from revtrack.evidence.attesting import attest
from revtrack.evidence.checkpoints import (
    Checkpoint,
    beside,
    keep_checkpoint,
    kept_checkpoints,
    origin_of,
    read_checkpoints,
)
from revtrack.evidence.verifying import Finding, State, Trust, verify

__all__ = [
    "Checkpoint",
    "Finding",
    "State",
    "Trust",
    "attest",
    "beside",
    "keep_checkpoint",
    "kept_checkpoints",
    "origin_of",
    "read_checkpoints",
    "verify",
]
