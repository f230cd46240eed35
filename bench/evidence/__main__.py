"""Forge an archive and bundles in every way we know; count what is found: `python -m bench.evidence [--flips 2000]`.

*alone* is what `verify` finds with the archive alone, *by a checkpoint* with those that were kept elsewhere.
`--tools` also holds a bundle against the programs of others: `wacz` and, where `--pywb FOLDER` names a venv, pywb.
"""

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

from bench.evidence import forging, tools
from bench.evidence.recording import make, shown
from revtrack.archive import open_archive
from revtrack.evidence import beside, read_checkpoints


def main() -> int:
    """Try everything and print what was found; exit code 1 where a checkpoint did not find it all."""
    parser = argparse.ArgumentParser(prog="python -m bench.evidence", description=__doc__)
    parser.add_argument("--flips", type=int, default=2000, help="single bits that alter a report")
    parser.add_argument("--seed", type=int, default=11, help="of the chance by which they are drawn")
    parser.add_argument("--bytes", type=int, default=40, help="bytes changed in each member of a bundle")
    parser.add_argument("--tools", action="store_true", help="also the programs of others")
    parser.add_argument("--pywb", type=Path, help="a venv with pywb")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        missed = _archives(Path(folder), given.flips, given.seed)
        missed += tools.bundles(Path(folder), times=given.bytes)
        if given.tools:
            missed += tools.others(Path(folder), pywb=given.pywb)
    return 1 if missed else 0


def _archives(folder: Path, wanted: int, seed: int) -> int:
    older = make(folder / "older.db", articles=3, looks=3)
    file = make(folder / "a.db", articles=3, looks=6)
    with open_archive(file) as archive:
        target = forging.Target(file, read_checkpoints(beside(archive)), shown(archive))
        archive.back_up(folder / "whole.db")
    shutil.copy(folder / "whole.db", file)
    chance = random.Random(seed)  # noqa: S311 - to be drawn again
    ways = {
        "single bits": lambda tally: forging.flips(target, tally, wanted=wanted, chance=chance),
        "edits by SQL": lambda tally: forging.edits(target, tally, chance=chance),
        "the end cut off": lambda tally: forging.tails(target, tally),
        "all leaves written anew": lambda tally: forging.rehash(target, tally, chance=chance),
        "an older copy put back": lambda tally: forging.rollback(target, tally, older),
    }
    print(f"{'':26}{'tried':>8}{'unreadable':>12}{'changed':>9}{'alone':>8}{'by a checkpoint':>18}")
    missed = 0
    for name, way in ways.items():
        tally = forging.Tally()
        way(tally)
        print(f"{name:26}{tally}", flush=True)
        missed += tally.changed - tally.held
    return missed


if __name__ == "__main__":
    sys.exit(main())
