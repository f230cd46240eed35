"""What a look costs, beside others in the same run: `python -m bench.speed [--pages FILE…] [--check]`.

CPU is that of the process, user and system together, a page. Ratios are to forty lines of Python that fetch, read and
compare (`forty`); `--check` fails where one is below its floor in floors.toml.
"""

import argparse
import sys
import tempfile
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
    """What one pass came to: CPU in milliseconds a page, versions that are none, and edits found of those made."""

    cpu: float
    false: int
    caught: int
    edits: int


def main() -> None:
    """Run every tracker that is installed through the same passes, side by side."""
    options = _options()
    pages = make(options.number, options.pages or [])
    figures: dict[str, list[Figure]] = {}
    with Site(pages) as site, tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        names = [name for name in installed() if not options.only or name in options.only]
        runners = {name: running.enter_context(Contestant(name, Path(folder), site.urls())) for name in names}
        for state in _STATES:
            _turn(site, state)
            for name, runner in runners.items():
                figures.setdefault(name, []).append(_measure(runner, site, state))
    _show(figures, len(pages))
    sys.exit(int(options.check and not _is_good(figures)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--pages", type=Path, nargs="+", help="JSON Lines of real pages: id, url, html_path, body")
    parser.add_argument("--number", type=int, default=164, help="of pages (164)")
    parser.add_argument("--only", nargs="+", help="the names of those to run")
    parser.add_argument("--check", action="store_true", help="exit 1 where a figure is below its floor")
    return parser.parse_args()


def _turn(site: Site, state: str) -> None:
    """Set the site's switches for a state; every fourth page is edited in the last."""
    site.noise = "chrome" in state
    site.edited = frozenset(range(0, len(site.pages), 4)) if state.startswith("edited") else frozenset()


def _measure(runner: Contestant, site: Site, state: str) -> Figure:
    found = runner.look()
    urls = site.urls()[4:]  # the first few warm it up
    edited = {url for number, url in enumerate(site.urls()) if number in site.edited} & set(urls)
    false = 0 if state == "first" else len(found.changed - edited)
    return Figure(1000 * found.cpu / len(urls), false, len(found.changed & edited), len(edited))


def _show(figures: dict[str, list[Figure]], pages: int) -> None:
    print(f"{pages} pages; CPU in ms a page, and how many times less than {_YARDSTICK}")
    print(f"{'':26}" + "".join(f"{name:>18}" for name in figures))
    for row, state in enumerate(_STATES):
        cells = [f"{passes[row].cpu:9.2f}{_ratio(figures, name, row):>9}" for name, passes in figures.items()]
        print(f"{state:26}" + "".join(cells))
    for name, passes in figures.items():
        last = passes[-1]
        print(f"{name}: {last.caught} of {last.edits} edits, {sum(one.false for one in passes)} false versions")


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
        for row, state in enumerate(_STATES):
            floor = floors[name].get(state, 0.0)
            if _YARDSTICK in figures and figures[_YARDSTICK][row].cpu < floor * figures[name][row].cpu:
                yield f"{name}, {state}: less than {floor} times cheaper than {_YARDSTICK}"
        if any(one.false or one.caught < one.edits for one in figures[name]):
            yield f"{name}: false versions, or edits missed"


if __name__ == "__main__":
    main()
