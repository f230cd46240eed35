"""What makes the record of an archive checkable: checkpoints of its Merkle tree, and the check of all against them."""

from revtrack.evidence.checkpoints import Checkpoint, beside, keep_checkpoint, read_checkpoints
from revtrack.evidence.verifying import verify

__all__ = ["Checkpoint", "beside", "keep_checkpoint", "read_checkpoints", "verify"]
