"""Kill the command at moments drawn by chance, run it again, and hold the archive against one that was never killed."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from revtrack.archive import open_archive


def interrupt(home: Path, kind: str, place: Path, *, times: int) -> tuple[list[int], int]:
    """Kill the filling of so many new archives, each at another moment, and run it to its end.

    Return how many looks each killed run had kept, and how many archives are not the same in the end.
    """
    began = time.perf_counter()
    _run(home / "whole.db", kind, place)
    whole = time.perf_counter() - began
    expected, kept, other = told(home / "whole.db"), [], 0
    chance = random.Random(13)  # noqa: S311 - to be drawn again
    for number in range(times):
        archive = home / f"torn-{number}.db"
        if _run(archive, kind, place, within=chance.uniform(0.3, 0.95) * whole):
            kept.append(_looks(archive))
        _run(archive, kind, place)
        other += told(archive) != expected
    return kept, other


def _run(archive: Path, kind: str, place: Path, *, within: float | None = None) -> bool:
    """Run the command, to its end or until it is killed; say whether it was."""
    command = [sys.executable, "-m", "revtrack", "-q", "--archive", str(archive), "backfill", kind, str(place)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            process.wait(within)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return True
    if process.returncode:
        raise RuntimeError(f"the command ended with {process.returncode}")
    return False


def _looks(file: Path) -> int:
    if not file.exists():
        return 0
    with open_archive(file) as archive:
        return sum(1 for article in archive.articles() for _ in archive.snapshots(article))


def told(file: Path) -> list[object]:
    """Return all that an archive tells of its articles, without the numbers of its rows."""
    with open_archive(file) as archive:
        return [
            (
                article.url,
                [(v.number, v.story.fingerprint, v.first_seen, v.last_seen, v.looks)
                 for v in archive.versions(article)],
                [(s.fetched_at, s.outcome, s.status, s.body_sha256, s.origin and s.origin.place)
                 for s in archive.snapshots(article)],
                [(e.at, e.event, e.version, e.verdict) for e in archive.log(article=article)],
            )
            for article in sorted(archive.articles(), key=lambda article: article.url)
        ]  # fmt: skip
