"""Trackers, each in a process of its own that makes one pass when told, and says what it found and what that cost.

python -m bench.speed.contestants NAME FOLDER GAP       a line on stdin is a pass; a line on stdout answers
"""

import importlib.util
import json
import os
import re
import resource
import subprocess
import sys
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Self

_LONG = timedelta(days=1000)  # when all that is tracked is due
_AT_ONCE = 200  # requests, to as many hosts
_WARM_UP = 4  # pages, so that no first pass pays for what is made once in a process
Check = Callable[[list[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass: the URLs whose text changed, and the CPU seconds of the process, children included."""

    changed: frozenset[str]
    cpu: float


class Contestant:
    """A tracker in its process."""

    def __init__(
        self, name: str, folder: Path, urls: list[str], python: str = sys.executable, *, gap: float = 0.0
    ) -> None:
        command = [python, "-m", "bench.speed.contestants", name, str(folder), str(gap)]
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


def installed(pythons: Mapping[str, str]) -> dict[str, str]:
    """Return the contestants that can run here, ours first, each with its Python: one given, or this one."""
    here = [name for name, (_, needs) in CONTESTANTS.items() if all(map(importlib.util.find_spec, needs))]
    return {name: pythons.get(name, sys.executable) for name in CONTESTANTS if name in here or name in pythons}


def _forty(folder: Path) -> Check:
    from bench.speed.forty import check

    return lambda urls: list(check(str(folder / "forty.db"), urls))


def _revtrack(folder: Path) -> Check:
    from revtrack.archive import open_archive
    from revtrack.config import Config, FetchSettings
    from revtrack.tracker import Tracker

    settings = Config(fetch=FetchSettings(gap=float(sys.argv[3]), allow=("127.0.0.1",), concurrency=_AT_ONCE))
    tracker = Tracker(open_archive(folder / f"{sys.argv[1]}.db", create=True), settings=settings)
    tracked: dict[str, int] = {}

    def check(urls: list[str]) -> list[str]:
        tracked.update((url, tracker.add(url).id) for url in urls if url not in tracked)
        asked = {tracked[url] for url in urls}
        due = tracker.turns(tracker.clock() + _LONG)
        turns = {host: array("q", (number for number in line if number in asked)) for host, line in due.items()}
        return [look.article.url for look in tracker.check(turns=turns) if look.version]

    return check


def _plain(folder: Path) -> Check:
    """Return revtrack without its extra `fast`."""
    for name in ("httptools", "uvloop"):
        sys.modules[name] = None  # type: ignore[assignment]  # as if it were not installed
    return _revtrack(folder)


def _watcher(folder: Path, *, urls: str, state: str) -> Check:
    """Return a tracker that is a command with a file of URLs and one of state, and tells a page's URL where it changed.

    Each pass is a process of its own, as cron starts it: its start counts.
    """
    name = sys.argv[1]
    files = [f"--{urls}", f"{name}.yaml", "--config", f"{name}.config.yaml", f"--{state}", f"{name}.db"]

    def check(asked: list[str]) -> list[str]:
        (folder / f"{name}.yaml").write_text("---\n".join(f"url: {url}\n" for url in asked), encoding="utf-8")
        command = [Path(sys.executable).with_name(name), *files]
        here = {**os.environ, "HOME": str(folder)}
        told = subprocess.run(command, cwd=folder, env=here, capture_output=True, text=True, check=False)  # noqa: S603 - ours
        return _TOLD.findall(told.stdout)

    return check


_TOLD = re.compile(r"^(?:\d+\. )?(?:NEW|CHANGED): (?:.* \()?(http\S+?)\)?$", re.MULTILINE)
"""A line that names a page, with its title before it in webchanges."""

CONTESTANTS: dict[str, tuple[Callable[[Path], Check], tuple[str, ...]]] = {
    "revtrack": (_plain, ()),
    "revtrack, fast": (_revtrack, ("httptools", "uvloop")),
    "forty lines": (_forty, ("readability",)),
    "urlwatch": (partial(_watcher, urls="urls", state="cache"), ("urlwatch",)),
    "webchanges": (partial(_watcher, urls="jobs", state="database"), ("webchanges",)),
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
