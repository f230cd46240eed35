"""Many workers on one archive: what is due, handed out by Procrastinate on the archive's own PostgreSQL.

The unit of work is one site's due articles. See docs/fleet.md; all of it needs the extra `fleet`.
"""

from typing import TYPE_CHECKING

from revtrack.lazy import load_from

if TYPE_CHECKING:
    from revtrack.fleet.handing import Duties, hand_out
    from revtrack.fleet.standing import FleetStatus, read_status
    from revtrack.fleet.working import work

__all__ = ["Duties", "FleetStatus", "hand_out", "read_status", "work"]

_HOME = {
    **dict.fromkeys(("Duties", "hand_out"), "handing"),
    **dict.fromkeys(("FleetStatus", "read_status"), "standing"),
    "work": "working",
}

__getattr__ = load_from(__name__, _HOME)
