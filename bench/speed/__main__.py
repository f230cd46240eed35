"""What a look costs, beside others in the same run: `python -m bench.speed [--pages FILE…] [--check]`.

CPU is that of the process and its children, user and system together, a page. Ratios are to forty lines of Python that
fetch, read and compare (`forty`); `--check` fails where one is below its floor in floors.toml. With `--latency` looks a
second are told too, and what the site saw: how many requests to one host at once, and the least gap between two.

    python -m bench.speed --only "revtrack, fast" --passes 2 --hosts 100 --number 1000 --latency 0.2 --gap 0.02
"""

import argparse
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.speed.contestants import Contestant, installed
from bench.speed.pages import make
from bench.speed.site import Site

_YARDSTICK = "forty lines"
_STATES = ("first", "unchanged, 304", "chrome differs", "chrome differs again", "edited, chrome differs")


@dataclass(frozen=True, slots=True)
class Figure:
    """What one pass came to: CPU in milliseconds a page, versions that are none, and edits found of those made.

    `speed` is looks a second; `most` and `least_gap` are what the site saw (`Site`).
    """

    cpu: float
    false: int
    caught: int
    edits: int
    speed: float
    most: int
    least_gap: float


def main() -> None:
    """Run every tracker that is installed through the same passes, side by side."""
    options = _options()
    pages = make(options.number, options.pages or [])
    figures: dict[str, list[Figure]] = {}
    site = Site(pages, hosts=options.hosts, latency=options.latency)
    with site, tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        found = installed(dict(one.split("=", 1) for one in options.python))
        runners = {
            name: running.enter_context(Contestant(name, Path(folder), site.urls(), python, gap=options.gap))
            for name, python in found.items()
            if not options.only or name in options.only
        }
        for state in _STATES[: options.passes]:
            _turn(site, state)
            for name, runner in runners.items():
                figures.setdefault(name, []).append(_measure(runner, site, state))
    _show(figures, len(pages))
    if options.latency:
        _show_speed(figures)
    sys.exit(int(options.check and not _is_good(figures)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--pages", type=Path, nargs="+", help="JSON Lines of real pages: id, url, html_path, body")
    parser.add_argument("--number", type=int, default=164, help="of pages (164)")
    parser.add_argument("--only", nargs="+", help="the names of those to run")
    parser.add_argument("--passes", type=int, default=len(_STATES), help="of the five, the first ones")
    parser.add_argument("--hosts", type=int, default=4, help="that the pages are spread over (4)")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer (0)")
    parser.add_argument("--gap", type=float, default=0.0, help="seconds that revtrack leaves between two requests (0)")
    where = "the Python of an environment that urlwatch or webchanges is installed in"
    parser.add_argument("--python", metavar="NAME=PATH", action="append", default=[], help=where)
    parser.add_argument("--check", action="store_true", help="exit 1 where a figure is below its floor")
    return parser.parse_args()


def _turn(site: Site, state: str) -> None:
    """Set the site's switches for a state; every fourth page is edited in the last."""
    site.noise = "chrome" in state
    site.edited = frozenset(range(0, len(site.pages), 4)) if state.startswith("edited") else frozenset()


def _measure(runner: Contestant, site: Site, state: str) -> Figure:
    site.most, site.least_gap, began = 0, float("inf"), time.monotonic()
    found = runner.look()
    seconds = time.monotonic() - began
    urls = site.urls()[4:]  # the first few warm it up
    edited = {url for number, url in enumerate(site.urls()) if number in site.edited} & set(urls)
    false = 0 if state == "first" else len(found.changed - edited)
    caught = len(found.changed & edited)
    return Figure(
        1000 * found.cpu / len(urls), false, caught, len(edited), len(urls) / seconds, site.most, site.least_gap
    )


def _show(figures: dict[str, list[Figure]], pages: int) -> None:
    print(f"{pages} pages; CPU in ms a page, and how many times less than {_YARDSTICK}")
    print(f"{'':26}" + "".join(f"{name:>18}" for name in figures))
    for row, state in enumerate(_STATES[: len(next(iter(figures.values())))]):
        cells = [f"{passes[row].cpu:9.2f}{_ratio(figures, name, row):>9}" for name, passes in figures.items()]
        print(f"{state:26}" + "".join(cells))
    for name, passes in figures.items():
        last = passes[-1]
        print(f"{name}: {last.caught} of {last.edits} edits, {sum(one.false for one in passes)} false versions")


def _show_speed(figures: dict[str, list[Figure]]) -> None:
    for name, passes in figures.items():
        for state, one in zip(_STATES, passes, strict=False):
            seen = f"{one.most} at once at one host, least gap {one.least_gap:.3f} s"
            print(f"{name}: {state}: {one.speed:.0f} looks/s, {seen}")


def _ratio(figures: dict[str, list[Figure]], name: str, row: int) -> str:
    if _YARDSTICK not in figures or name == _YARDSTICK:
        return ""
    return f"× {figures[_YARDSTICK][row].cpu / figures[name][row].cpu:.1f}"


def _is_good(figures: dict[str, list[Figure]]) -> bool:
    low = list(_complaints(figures))
    for complaint in low:
        print(complaint, file=sys.stderr)
    return not low


def _complaints(figures: dict[str, list[Figure]]) -> Iterator[str]:
    floors = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))
    for name in figures.keys() & floors.keys():
        for row, state in enumerate(_STATES[: len(figures[name])]):
            floor = floors[name].get(state, 0.0)
            if _YARDSTICK in figures and figures[_YARDSTICK][row].cpu < floor * figures[name][row].cpu:
                yield f"{name}, {state}: less than {floor} times cheaper than {_YARDSTICK}"
        if any(one.false or one.caught < one.edits for one in figures[name]):
            yield f"{name}: false versions, or edits missed"


if __name__ == "__main__":
    main()
