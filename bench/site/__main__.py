"""Write the site of an archive of many versions, then again after nothing, few looks, few edits: time and memory.

    python -m bench.site [--versions 100000] [--workers 2]

The stories are invented; verdicts are those of some hundred lives that are lived over and over. What is measured is
the writing, each time in a process of its own (ratios are of CPU), and lists of the whole archive by the command line.
"""

# ruff: noqa: S603 - the commands are ours

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

from bench.site.stories import START, lives, looks_again, record
from revtrack.archive import open_archive
from revtrack.site import Workers, write_site

_VERSIONS = 6  # of an article
_LIVES = 100


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--versions", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write:
        file, site = given.write
        _write(file, site, given.workers)
        return
    folder = Path(tempfile.mkdtemp(prefix="site-"))
    try:
        _measure(folder, given.versions, given.workers)
    finally:
        shutil.rmtree(folder)


def _measure(folder: Path, versions: int, workers: int) -> None:
    articles = versions // _VERSIONS
    begun = time.perf_counter()
    with open_archive(folder / "a.db") as archive:
        made = record(archive, lives(_LIVES, _VERSIONS), articles)
    size = (folder / "a.db").stat().st_size
    seconds = time.perf_counter() - begun
    print(f"{made:,} versions of {articles:,} articles recorded in {seconds:.0f} s, {size / made:,.0f} bytes each")
    print(f"{'':<40} {'seconds':>8} {'of CPU':>8} {'files':>9} {'MiB':>6}")
    site = folder / "site"
    first = _tell("first writing", folder, site, workers)
    _tell("nothing was recorded since", folder, site, workers)
    share = max(articles // 100, 1)
    with open_archive(folder / "a.db") as archive:
        list(looks_again(archive, share, START + timedelta(days=500)))
    again = _tell(f"{share:,} articles looked at again", folder, site, workers)
    with open_archive(folder / "a.db") as archive:
        record(archive, lives(5, _VERSIONS, seed=2), share, first=articles)
    edited = _tell(f"{share:,} articles more", folder, site, workers)
    print(f"second to first: {again / first:.3f} after looks, {edited / first:.3f} after edits")
    for command in (
        ["log"],
        ["log", "--json"],
        ["log", "--limit", "20"],
        ["list"],
        ["report", "--form", "html", "--limit", "100"],
    ):
        seconds, cpu, peak = _timed([sys.executable, "-m", "revtrack", "--archive", str(folder / "a.db"), *command])
        print(f"{'revtrack ' + ' '.join(command):<40} {seconds:>8.1f} {cpu:>8.1f} {'':>9} {peak:>6.0f}", flush=True)


def _tell(what: str, folder: Path, site: Path, workers: int) -> float:
    command = [
        sys.executable,
        "-m",
        "bench.site",
        "--workers",
        str(workers),
        "--write",
        str(folder / "a.db"),
        str(site),
    ]
    done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    figures = f"{done['seconds']:>8.1f} {done['cpu']:>8.1f} {done['files']:>9,} {done['peak']:>6.0f}"
    print(f"{what:<40} {figures}", flush=True)
    return float(done["cpu"])


def _write(file: Path, site: Path, workers: int) -> None:
    """Write a site and print, as JSON, what it took: the memory of the largest process, in MiB."""
    begun = time.perf_counter()
    with open_archive(file) as archive:
        done = write_site(archive, site, workers=Workers(partial(open_archive, file, create=False), workers))
    seconds = time.perf_counter() - begun
    used = [resource.getrusage(kind) for kind in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu, peak = sum(one.ru_utime + one.ru_stime for one in used), max(one.ru_maxrss for one in used) / 1024
    print(json.dumps({"seconds": seconds, "cpu": cpu, "files": done.files, "peak": peak}))


def _timed(command: list[str]) -> tuple[float, float, float]:
    """Run a command in a process between, and return its seconds, those of CPU, and its memory in MiB."""
    program = (
        "import subprocess, sys, time, resource; begun = time.perf_counter();"
        " subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True);"
        " used = resource.getrusage(resource.RUSAGE_CHILDREN);"
        " print(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", program, *command], check=True, capture_output=True, text=True)
    seconds, cpu, peak = map(float, done.stdout.split())
    return seconds, cpu, peak


if __name__ == "__main__":
    main()
