"""How workers share the looks: `python -m bench.fleet [--workers 1 2 4]`; on paper: `python -m bench.fleet --paper`.

A real PostgreSQL, workers as processes, a site on loopback that answers after `--latency` seconds on as many ports as
there are hosts, and writes down whether a host was ever asked by two at once or sooner than its gap. Each number of
workers makes a first pass, and one in which nothing changed; then one is killed with -9 in the middle of a third.
"""

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench.fleet.paper import Costs, show
from bench.speed.pages import make
from bench.speed.site import Site
from revtrack.archive import open_archive
from revtrack.clock import utc_now
from revtrack.fleet.queue import install
from tests.archive.servers import running_server

_LOOKS = "SELECT count(*), count(DISTINCT article_id) FROM revtrack.snapshots WHERE id > %s"
_SIZE = """
    SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class AS c JOIN pg_namespace AS n
    ON n.oid = c.relnamespace WHERE n.nspname = 'revtrack' AND c.relkind = 'r'
"""


def main() -> None:
    """Measure, or work it out on paper."""
    options = _options()
    if options.paper:
        show(gap=options.gap or 10.0, costs=Costs(), count=options.articles)
        return
    print(f"{'workers':>8} {'pass':>10} {'looks':>6} {'looks/s':>8} {'CPU ms/look':>12} {'B/look':>8} {'twice':>6}"
          f" {'at once':>8} {'least gap':>10}")  # fmt: skip
    with running_server() as server, tempfile.TemporaryDirectory() as folder:
        for count in options.workers:
            with Site(make(options.pages, []), hosts=options.hosts, latency=options.latency) as site:
                _measure(server.get_uri(), Path(folder), site, count, options.gap or 0.2)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.fleet", description=__doc__)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4], help="numbers of workers (1 2 4)")
    parser.add_argument("--pages", type=int, default=640, help="of all hosts (640)")
    parser.add_argument(
        "--hosts", type=int, default=160, help="of the pages (160): with few, politeness is all that is measured"
    )
    parser.add_argument("--latency", type=float, default=0.2, help="seconds before each answer (0.2)")
    parser.add_argument("--gap", type=float, help="seconds between two requests to a host (0.2; on paper 10)")
    parser.add_argument("--paper", action="store_true", help="what a million articles would take, simulated")
    parser.add_argument("--articles", type=int, default=300, help="that are followed for a year, on paper (300)")
    return parser.parse_args()


def _measure(url: str, folder: Path, site: Site, count: int, gap: float) -> None:
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("DROP SCHEMA IF EXISTS revtrack CASCADE; DROP SCHEMA IF EXISTS revtrack_jobs CASCADE")
        with open_archive(url) as archive, archive.transaction():
            for address in site.urls():
                archive.add_article(address, now=utc_now())
        asyncio.run(install(url))
        with _workers(url, folder, count, gap) as workers:
            _until(lambda: db.execute("SELECT count(*) = %s FROM revtrack_jobs.crews", (count,)).fetchone() == (True,))
            for name in ("first", "unchanged"):
                _pass(db, site, workers, name)
            _kill(db, folder, site, workers)


def _pass(db: "psycopg.Connection[Any]", site: Site, workers: list["subprocess.Popen[bytes]"], name: str) -> None:
    newest, before, cpu = _newest(db), _one(db, _SIZE), sum(map(_cpu, workers))
    site.most, site.least_gap = 0, float("inf")
    if name != "first":
        db.execute("UPDATE revtrack.articles SET due_at = '2000-01-01T00:00:00Z'")
    wanted = len(site.pages)
    began = _until(lambda: db.execute(_LOOKS, (newest,)).fetchone()[0] > 0)  # type: ignore[index]  # one row
    ended = _until(lambda: db.execute(_LOOKS, (newest,)).fetchone()[1] >= wanted)  # type: ignore[index]  # as above
    looks, pages = db.execute(_LOOKS, (newest,)).fetchone() or (0, 0)
    spent, grown = sum(map(_cpu, workers)) - cpu, _one(db, _SIZE) - before
    print(f"{len(workers):>8} {name:>10} {looks:>6} {looks / (ended - began):>8.1f} {1000 * spent / looks:>12.1f}"
          f" {grown / looks:>8,.0f} {looks - pages:>6} {site.most:>8} {site.least_gap:>9.2f}s")  # fmt: skip


def _kill(db: "psycopg.Connection[Any]", folder: Path, site: Site, workers: list["subprocess.Popen[bytes]"]) -> None:
    """Kill a worker in the middle of a pass, start another, and say when all was looked at, once."""
    newest = _newest(db)
    site.most, site.least_gap = 0, float("inf")
    db.execute("UPDATE revtrack.articles SET due_at = '2000-01-01T00:00:00Z'")
    _until(lambda: db.execute(_LOOKS, (newest,)).fetchone()[0] > 20)  # type: ignore[index]  # one row
    query = "SELECT lock FROM revtrack_jobs.procrastinate_jobs WHERE status = 'doing' AND task_name = 'look'"
    held = [lock for (lock,) in db.execute(query)]
    workers[0].send_signal(signal.SIGKILL)
    killed = time.monotonic()
    if len(workers) == 1:
        workers.append(_begin(folder))
    ended = _until(lambda: db.execute(_LOOKS, (newest,)).fetchone()[1] >= len(site.pages))  # type: ignore[index]
    looks, pages = db.execute(_LOOKS, (newest,)).fetchone() or (0, 0)
    print(f"{'':>8} {'kill -9':>10} {looks:>6} all looked at {ended - killed:.0f} s after it, {looks - pages} twice,"
          f" {len(held)} sites were held, {site.most} at once, least gap {site.least_gap:.2f} s")  # fmt: skip


@contextmanager
def _workers(url: str, folder: Path, count: int, gap: float) -> Iterator[list["subprocess.Popen[bytes]"]]:
    fetch = '[fetch]\nallow = ["127.0.0.1"]\nconcurrency = 200'
    lines = (f'[archive]\nlocation = "{url}"', fetch, f"gap = {gap}", "[fleet]\nsites = 200\ntick = 1\nstalled = 10\n")
    (folder / "revtrack.toml").write_text("\n".join(lines), encoding="utf-8")
    started = [_begin(folder) for _ in range(count)]
    try:
        yield started
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait()


def _begin(folder: Path) -> "subprocess.Popen[bytes]":
    """Start a worker with the settings in a folder."""
    command = [sys.executable, "-m", "revtrack", "-q", "--config", str(folder / "revtrack.toml"), "worker"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


def _until(condition: Callable[[], bool]) -> float:
    """Wait until a condition holds; return the time (monotonic)."""
    until = time.monotonic() + 300
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("the workers did not come to the end within five minutes")
        time.sleep(0.05)
    return time.monotonic()


def _newest(db: "psycopg.Connection[Any]") -> int:
    return _one(db, "SELECT coalesce(max(id), 0) FROM revtrack.snapshots")


def _one(db: "psycopg.Connection[Any]", query: str) -> int:
    found = db.execute(query.encode()).fetchone()
    return int(found[0]) if found else 0


def _cpu(process: "subprocess.Popen[bytes]") -> float:
    """Return the seconds of CPU that a process has had."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
