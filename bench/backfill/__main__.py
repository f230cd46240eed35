"""Bring in a git history whose every edit is known: `python -m bench.backfill [--commits 5000 --check 50]`.

A commit whose bytes changed by chrome alone must make no version; one with an edit must make one. The figures of
memory are the highest that the process reached, the history's writing included. `--warc 1000` reads a file of so many
MB instead, `--kills 10` kills the command at so many moments.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.backfill.history import Told, write_history
from bench.backfill.interrupting import interrupt
from bench.backfill.records import write_records
from revtrack.archive import Archive, open_archive
from revtrack.backfill import git_captures, warc_captures
from revtrack.clock import utc_now
from revtrack.config import Config
from revtrack.deriving import bring_in
from revtrack.model import Snapshot
from revtrack.rendering import render


def main() -> int:
    """Write, bring in, compare; exit code 1 where a commit came to something else than it did."""
    parser = argparse.ArgumentParser(prog="python -m bench.backfill", description=__doc__)
    parser.add_argument("--commits", type=int, default=5000)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--check", type=int, default=0, help="print so many of both kinds, for the eye")
    parser.add_argument("--warc", type=int, default=0, metavar="MB", help="read a file of records of that size instead")
    parser.add_argument("--kills", type=int, default=0, help="kill the command so many times instead")
    given = parser.parse_args()
    if given.warc:
        return _time_records(given.warc)
    if given.kills:
        return _interrupt(given.commits, given.kills)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        told = write_history(home / "history.git", commits=given.commits, articles=given.articles)
        print(f"{given.commits} commits of {given.articles} articles: {Counter(one.edit or 'chrome' for one in told)}")
        _time_reading(home / "history.git")
        with open_archive(home / "a.db") as archive:
            _time_bringing(home / "history.git", archive)
            wrong = _compare(archive, told)
            _show(archive, told, given.check)
    return 1 if wrong else 0


def _time_records(size: int) -> int:
    """Print how fast a large file of records is read, and in how much memory."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.warc.gz"
        pages = write_records(file, size=size * 1_000_000)
        began = time.perf_counter()
        found = sum(isinstance(one, Snapshot) for one in warc_captures([file]))
        seconds = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size} MB, {pages} pages: {found} looks in {seconds:.1f} s, memory {memory:.0f} MiB")
    return 0 if found == pages else 1


def _interrupt(commits: int, times: int) -> int:
    """Print what became of archives whose filling was killed; exit code 1 where it is not the same."""
    worst = 0
    for kind in ("git", "warc"):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            place = home / ("history.git" if kind == "git" else "large.warc.gz")
            if kind == "git":
                write_history(place, commits=commits, articles=5)
            else:
                write_records(place, size=commits * 200_000, articles=5)
            kept, other = interrupt(home, kind, place, times=times)
            print(f"{kind}: killed {len(kept)} of {times}, looks kept {kept}; not the same in the end: {other}")
            worst += other
    return 1 if worst else 0


def _time_reading(history: Path) -> None:
    began = time.perf_counter()
    looks = sum(isinstance(found, Snapshot) for found in git_captures(history))
    seconds = time.perf_counter() - began
    print(f"read alone: {looks} looks in {seconds:.1f} s, {looks / seconds * 60:,.0f} a minute")


def _time_bringing(history: Path, archive: Archive) -> None:
    began = time.perf_counter()
    looks = (found for found in git_captures(history) if isinstance(found, Snapshot))
    steps = Counter(type(step).__name__ for step in bring_in(archive, looks, settings=Config(), now=utc_now()))
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = Path(archive.location).stat().st_size / (1 << 20)
    print(f"brought in: {dict(steps)} in {seconds:.1f} s, {steps['Brought'] / seconds * 60:,.0f} a minute")
    print(f"memory {memory:.0f} MiB, archive {size:.1f} MiB")


def _compare(archive: Archive, told: list[Told]) -> int:
    """Print how many commits became what they did; return how many did not."""
    made = _made(archive)
    counts = Counter((bool(one.edit), (one.path, one.at) in made) for one in told)
    versions = sorted(Counter(path for path, _ in made).values())
    middle = versions[len(versions) // 2]
    print(f"versions an article: {versions[0]} to {versions[-1]}, in the middle {middle}; {sum(versions)} in all")
    print(f"edited: {counts[True, True]} became versions, {counts[True, False]} did not")
    print(f"chrome alone: {counts[False, True]} became versions, {counts[False, False]} did not")
    for one in told:
        if bool(one.edit) != ((one.path, one.at) in made):
            print(f"  wrong: {one.path} at {one.at:%F %T}: {one.edit or 'chrome'}")
    return counts[True, False] + counts[False, True]


def _made(archive: Archive) -> set[tuple[str, object]]:
    return {
        (f"pages/{article.url.rpartition('/')[2]}", version.first_seen)
        for article in archive.articles()
        for version in archive.versions(article)
    }


def _show(archive: Archive, told: list[Told], most: int) -> None:
    """Print some of both kinds, drawn by chance: what changed in the page, and what the archive makes of it."""
    chance = random.Random(11)  # noqa: S311 - to be drawn again
    by_path = {f"pages/{article.url.rpartition('/')[2]}": article for article in archive.articles()}
    edited = [one for one in told if one.edit not in {"", "first"}]
    for one in chance.sample(edited, min(most, len(edited))):
        found = [r for r in archive.revisions(by_path[one.path]) if r.seen_at == one.at]
        print(f"\n=== {one.path} {one.at:%F %T}: {one.edit}")
        print(render(found[0], "unified")[:1500] if found else "no version")
    chrome = [one for one in told if not one.edit]
    for one in chance.sample(chrome, min(most, len(chrome))):
        looks = list(archive.snapshots(by_path[one.path]))
        at = next(number for number, look in enumerate(looks) if look.fetched_at == one.at)
        before, after = (set((looks[n].body or b"").decode().splitlines()) for n in (at - 1, at))
        print(f"\n--- {one.path} {one.at:%F %T}: no version; lines that differ")
        for line in sorted(after - before)[:8]:
            print(f"    {line[:150]}")


if __name__ == "__main__":
    sys.exit(main())
