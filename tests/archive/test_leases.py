"""One pass at a time looks at an archive, and a second one is told whose turn it is."""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from revtrack.archive.leases import LASTS, hold, is_held
from revtrack.archive.values import Lease
from revtrack.errors import ArchiveHeldError

NOON = datetime(2024, 11, 20, 12, tzinfo=UTC)


def lease(process, host=None, until=NOON + LASTS):
    return Lease("watch", host or platform.node(), process, NOON, until)


def ended_process():
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_a_second_pass_is_told_who_holds_the_archive_since_when(archive):
    archive.take_lease(lease(os.getppid()), now=NOON)
    with pytest.raises(ArchiveHeldError) as refused, hold(archive, what="check", clock=lambda: NOON):
        pass
    assert f"'watch' of process {os.getppid()}" in str(refused.value)
    assert "since 2024-11-20 12:00 UTC" in str(refused.value)
    assert "wait" in str(refused.value)


def test_the_next_pass_begins_when_the_first_has_ended(archive):
    for _ in range(2):
        with hold(archive, what="check", clock=lambda: NOON):
            assert archive.take_lease(lease(os.getppid()), now=NOON).process == os.getpid()
    assert archive.take_lease(lease(os.getppid()), now=NOON).process == os.getppid()


def test_a_holder_that_died_or_fell_silent_is_not_waited_for():
    assert not is_held(lease(ended_process()), NOON)
    assert is_held(lease(ended_process(), host="elsewhere"), NOON)
    assert not is_held(lease(os.getpid(), host="elsewhere"), NOON + LASTS)
    assert is_held(lease(os.getpid()), NOON + LASTS - timedelta(seconds=1))


def test_a_long_pass_renews_its_lease(archive):
    now = NOON
    with hold(archive, what="watch", clock=lambda: now) as renew:
        for _ in range(30):
            now += LASTS / 5
            renew()
        assert archive.take_lease(lease(os.getppid()), now=now).process == os.getpid()
