"""Who is looking at an archive's articles: one pass at a time, so that no host is visited twice at once.

A lease ends when its holder says so, when it is dead, or when it has not renewed it for a while.
"""

import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from revtrack.archive.protocol import Archive
from revtrack.archive.values import Lease
from revtrack.errors import ArchiveHeldError

LASTS = timedelta(minutes=15)
"""How long a lease holds after it was renewed last."""


@contextmanager
def hold(archive: Archive, *, what: str, clock: Callable[[], datetime]) -> Iterator[Callable[[], None]]:
    """Hold an archive as long as the block runs; yield what renews the lease, to be called now and then.

    Raises ArchiveHeldError, naming the holder, if another process holds it.
    """
    since = clock()

    def renew() -> None:
        now = clock()
        mine = Lease(what, platform.node(), os.getpid(), since, now + LASTS)
        held = archive.take_lease(mine, now=now)
        if (held.host, held.process) != (mine.host, mine.process):
            raise ArchiveHeldError(archive.location, _said(held))

    renew()
    last = since

    def renew_in_time() -> None:
        nonlocal last
        if clock() - last > LASTS / 10:
            last = clock()
            renew()

    try:
        yield renew_in_time
    finally:
        archive.drop_lease(os.getpid(), platform.node())


def is_held(lease: Lease, now: datetime) -> bool:
    """Say whether a lease still holds; that of a process which is no more does not."""
    return now < lease.until and not (lease.host == platform.node() and not _is_alive(lease.process))


def _said(lease: Lease) -> str:
    since = f"{lease.since:%Y-%m-%d %H:%M} UTC"
    return f"'{lease.what}' of process {lease.process} on {lease.host} has been looking at it since {since}"


def _is_alive(process: int) -> bool:
    if os.name == "nt":  # there a signal of any number ends the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
