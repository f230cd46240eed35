"""Trackers, each in a process of its own that makes one pass when told, and says what it found and what that cost.

python -m bench.speed.contestants NAME FOLDER URL…      a line on stdin is a pass; a line on stdout answers
"""

import importlib.util
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_WARM_UP = 4  # pages, so that no first pass pays for what is made once in a process
Check = Callable[[list[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass: the URLs whose text changed, and the CPU seconds of the process, children included."""

    changed: frozenset[str]
    cpu: float


class Contestant:
    """A tracker in its process."""

    def __init__(self, name: str, folder: Path, urls: list[str], python: str = sys.executable) -> None:
        command = [python, "-m", "bench.speed.contestants", name, str(folder)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)  # noqa: S603 - this module itself
        self._say(urls)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def look(self) -> Pass:
        """Look at every page once."""
        changed, cpu = self._say([])
        return Pass(frozenset(changed), cpu)

    def _say(self, urls: list[str]) -> tuple[list[str], float]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(urls), file=self._process.stdin, flush=True)
        changed, cpu = json.loads(self._process.stdout.readline() or "null") or ([], 0.0)
        return changed, cpu


def installed() -> list[str]:
    """Return the names of the contestants that can run here, ours first."""
    return [name for name, (_, needs) in CONTESTANTS.items() if all(map(importlib.util.find_spec, needs))]


def _forty(folder: Path) -> Check:
    from bench.speed.forty import check

    return lambda urls: list(check(str(folder / "forty.db"), urls))


def _revtrack(folder: Path) -> Check:
    from revtrack.archive import open_archive
    from revtrack.config import Config, FetchSettings
    from revtrack.tracker import Tracker

    settings = Config(fetch=FetchSettings(gap=0.0, allow=("127.0.0.1",)))
    tracker = Tracker(open_archive(folder / f"{sys.argv[1]}.db", create=True), settings=settings)

    def check(urls: list[str]) -> list[str]:
        looks = tracker.check(articles=[tracker.add(url) for url in urls])
        return [look.article.url for look in looks if look.version]

    return check


def _plain(folder: Path) -> Check:
    """Return revtrack without its extra `fast`."""
    for name in ("httptools", "uvloop"):
        sys.modules[name] = None  # type: ignore[assignment]  # as if it were not installed
    return _revtrack(folder)


CONTESTANTS: dict[str, tuple[Callable[[Path], Check], tuple[str, ...]]] = {
    "revtrack": (_plain, ()),
    "revtrack, fast": (_revtrack, ("httptools", "uvloop")),
    "forty lines": (_forty, ("readability",)),
}


def _spent() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _serve(check: Check, told: Iterable[str]) -> None:
    urls: list[str] = []
    for line in told:
        before, asked = _spent(), json.loads(line)
        urls = asked or urls
        changed = check(urls[:_WARM_UP] if asked else urls[_WARM_UP:])
        print(json.dumps((changed, _spent() - before)), flush=True)


if __name__ == "__main__":
    _serve(CONTESTANTS[sys.argv[1]][0](Path(sys.argv[2])), sys.stdin)
