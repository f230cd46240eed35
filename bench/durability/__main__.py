"""Break an archive in every way we know, and count what is lost: `python -m bench.durability [--kills 200 --torn 800]`.

A look is *acknowledged* when `record` has returned. Lost is a look that was acknowledged and is not there afterwards;
half is what `verify` finds, or what is there without having been recorded; raw is an error that tells a user nothing.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.durability import trials
from bench.durability.recording import Tally
from bench.durability.weaving import weaving

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> int:
    """Try everything and print what was lost; exit code 1 where it is more than nothing."""
    parser = argparse.ArgumentParser(prog="python -m bench.durability", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--torn", type=int, default=800)
    parser.add_argument("--limits", type=int, default=40, help="of each kind")
    parser.add_argument("--looks", type=int, default=100, help="of each of four writers, and with a clock set back")
    given = parser.parse_args()
    chance = random.Random(7)  # noqa: S311 - to be drawn again
    ways: dict[str, Callable[[Path, Tally], None]] = {
        "kills at random moments": lambda place, tally: trials.kills(place, tally, times=given.kills, chance=chance),
        "kills of an import": lambda place, tally: weaving(place, tally, times=given.kills // 2, chance=chance),
        "torn write-ahead logs": lambda place, tally: trials.torn(place, tally, times=given.torn, chance=chance),
        "n-th page does not fit": lambda place, tally: trials.limits(place, tally, times=given.limits),
        "disk full": lambda place, tally: trials.full(place, tally, times=max(1, given.limits // 4)),
        "four writers": lambda place, tally: trials.writers(place, tally, times=given.looks),
        "clock set back": lambda place, tally: trials.clock(place, tally, times=given.looks, chance=chance),
    }
    print(f"{'':26}{'tried':>6}{'stopped':>9}{'acknowledged':>14}{'lost':>6}{'half':>6}{'raw':>6}")
    worst = 0
    for name, way in ways.items():
        tally = Tally()
        with tempfile.TemporaryDirectory() as folder:
            way(Path(folder), tally)
        print(f"{name:26}{tally}", flush=True)
        worst += tally.lost + tally.half + len(tally.raw)
    return 1 if worst else 0


if __name__ == "__main__":
    sys.exit(main())
