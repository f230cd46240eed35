"""What passes leave for each other: who is looking at the articles, and what politeness must not forget."""

from collections.abc import Mapping
from datetime import datetime

from revtrack.archive import rows
from revtrack.archive.connection import Ask, Connection
from revtrack.archive.leases import is_held
from revtrack.archive.values import Lease
from revtrack.forms import to_form

_HELD = "SELECT what, host, process, since, until FROM leases"


def take_lease(db: Connection, lease: Lease, now: datetime) -> Lease:
    """Hold the archive within the caller's transaction, unless another does; return the lease that holds now."""
    found = db.execute(_HELD).fetchone()
    held = (
        rows.lease_from(dict(zip(("what", "host", "process", "since", "until"), found, strict=True))) if found else None
    )
    if held and (held.host, held.process) != (lease.host, lease.process) and is_held(held, now):
        return held
    form = to_form(lease)
    db.execute("DELETE FROM leases")
    values = ("looking", *(form[name] for name in ("what", "host", "process", "since", "until")))
    db.execute("INSERT INTO leases (name, what, host, process, since, until) VALUES (?, ?, ?, ?, ?, ?)", values)
    return lease


def drop_lease(db: Connection, process: int, host: str) -> None:
    """Give up the lease of a process within the caller's transaction, if it has it."""
    db.execute("DELETE FROM leases WHERE process = ? AND host = ?", (process, host))


def manners(ask: Ask) -> dict[str, str]:
    """Return what fetching asked to have kept between passes."""
    return {row["key"]: row["value"] for row in ask("SELECT key, value FROM manners")}


def keep_manners(db: Connection, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Keep what a pass changed of what it was given, within the caller's transaction, and leave the rest to others."""
    for key in before.keys() - after.keys():
        db.execute("DELETE FROM manners WHERE key = ?", (key,))
    query = "INSERT INTO manners (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    db.execute_many(query, [(key, value) for key, value in after.items() if before.get(key) != value])
