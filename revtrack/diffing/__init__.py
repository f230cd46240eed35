"""Story × Story → Diff: what was written before and what is written now. Pure: no clock, no network, no store."""

from revtrack.diffing.comparing import diff
from revtrack.diffing.rebuilding import apply, reverse

__all__ = ["apply", "diff", "reverse"]
