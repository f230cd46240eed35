"""A small run of the bench that breaks archives: nothing that was acknowledged is lost, nothing is half there."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and limited as Unix does it")
def test_kills_torn_logs_limits_full_disks_many_writers_and_clocks_lose_nothing():
    few = ["--kills", "3", "--torn", "10", "--limits", "2", "--looks", "10"]
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "bench.durability", *few]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
