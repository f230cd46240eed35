"""Look for input that breaks what reads it: `python -m bench.fuzz [TARGET…] [--seconds 60] [--keep FOLDER]`.

Atheris, Google's fuzzer for Python (`pip install atheris`), follows the branches that its inputs take. A finding is an
input for which anything but an error for the user is raised or a law of the target does not hold, or that takes more
than a minute or a gigabyte. Each target runs in a process of its own, and stops at its first finding.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.fuzz.targets import TARGETS

_BOUNDS = ("-timeout=60", "-rss_limit_mb=1024", "-print_final_stats=1")
_EXECUTED = re.compile(r"number_of_executed_units: (\d+)")


def main() -> int:
    """Fuzz each target in turn; print how many inputs it was given and what was found."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", help=f"by default all: {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, default=60, help="for each target (60)")
    parser.add_argument("--keep", type=Path, help="where inputs and findings are kept, and taken up again from")
    options = parser.parse_args()
    if unknown := set(options.targets) - TARGETS.keys():
        parser.error(f"there is no target {min(unknown)}")
    folder = options.keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    return max(_run(name, options.seconds, folder / name) for name in options.targets or TARGETS)


def _run(name: str, seconds: int, folder: Path) -> int:
    """Fuzz one target; return 1 if anything was found, 0 if not."""
    inputs = folder / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name].seeds()):
        (inputs / f"seed-{number}").write_bytes(seed)
    command = [sys.executable, "-m", "bench.fuzz.one", name, str(inputs), f"-artifact_prefix={folder}/", *_BOUNDS]
    command += [f"-max_total_time={seconds}", f"-max_len={TARGETS[name].longest}"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603 - ours
    executed = _EXECUTED.search(done.stderr)
    (folder / "told.txt").write_text(done.stdout + done.stderr, "utf-8")
    found = f"FOUND: see {folder}" if done.returncode else "nothing found"
    print(f"{name:12}{executed[1] if executed else '?':>10} inputs  {found}", flush=True)
    return int(done.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
