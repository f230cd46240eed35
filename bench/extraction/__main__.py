"""Measure how steady extraction is: `python -m bench.extraction [--check | --pages FILE…]`. See bench/README.md."""

import argparse
import sys
import tomllib
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from bench.extraction.eighth import EIGHTH
from bench.extraction.fifth import FIFTH
from bench.extraction.fourth import FOURTH
from bench.extraction.given import Given, invented, listed
from bench.extraction.ninth import NINTH, NINTH_PAGES
from bench.extraction.scoring import FETCHES, FIRST, Changes, Score, Tally, holds, score
from bench.extraction.second import SECOND, SECOND_PAGES
from bench.extraction.seventh import SEVENTH
from bench.extraction.sixth import SIXTH
from bench.extraction.third import THIRD
from bench.extraction.tracked import score_tracked
from bench.extraction.tree import rewritten
from revtrack.extraction import Memory, extract
from revtrack.model import Story

FLOORS = Path(__file__).parent / "floors.toml"
_SETS = {
    "first": FIRST,
    "second": SECOND,
    "third": THIRD,
    "fourth": FOURTH,
    "fifth": FIFTH,
    "sixth": SIXTH,
    "seventh": SEVENTH,
    "eighth": EIGHTH,
    "ninth": NINTH,
}
_WRITTEN_AGAIN = ("fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def main() -> int:
    """Measure, print, and with `--check` compare with the floors; the exit code is 1 where one does not hold."""
    arguments = _arguments()
    only = frozenset(filter(None, arguments.only.split(",")))
    name = next((name for name in _SETS if getattr(arguments, name, False)), "first")
    changes = _SETS[name]
    own = invented() if name == "first" else [*invented(), *SECOND_PAGES]
    own += NINTH_PAGES if name == "ninth" else ()
    pages: Iterable[Given] = own
    if arguments.pages:
        pages = chain.from_iterable(listed(file, limit=arguments.limit) for file in arguments.pages)
    if name in _WRITTEN_AGAIN:
        own, pages = [rewritten(page) for page in own], map(rewritten, pages)
    if arguments.hundred:
        return _print_hundred(pages, changes)
    tracked = arguments.tracked
    result = score_tracked(pages, changes.only(only)) if tracked else score(pages, _read, changes=changes, only=only)
    figures = result.figures()
    if not arguments.pages and not tracked:
        figures |= _figures_of_texts(own, changes)
    _print_tallies(result, details=arguments.details)
    for what, figure in figures.items():
        print(f"{what:32}{figure:8.4f}")
    return _check(figures, name) if arguments.check and not tracked else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.extraction", description=__doc__)
    parser.add_argument("--second", action="store_true", help="the set that was written without sight of the rules")
    parser.add_argument("--third", action="store_true", help="another such set, written after the second had been seen")
    parser.add_argument("--fourth", action="store_true", help="a fourth, of pages that are parsed and written again")
    parser.add_argument("--fifth", action="store_true", help="a fifth, of shapes that are lists to read")
    parser.add_argument("--sixth", action="store_true", help="a sixth, of shapes of these years")
    parser.add_argument("--seventh", action="store_true", help="a seventh, of blocks with their small print")
    parser.add_argument("--eighth", action="store_true", help="an eighth, of islands, hashed names and small boxes")
    parser.add_argument(
        "--ninth", action="store_true", help="a ninth, of machine-made and personal boxes, eight languages more"
    )
    parser.add_argument("--tracked", action="store_true", help="judge two looks of a tracker, the second with memory")
    parser.add_argument("--pages", type=Path, nargs="+", help="JSON Lines of real pages: id, url, html_path, body")
    parser.add_argument("--limit", type=int, help="of pages of each file")
    parser.add_argument("--only", default="", help="names of changes, with commas")
    parser.add_argument("--details", action="store_true", help="name the pages")
    parser.add_argument("--check", action="store_true", help="fail where a figure is worse than its floor")
    parser.add_argument("--hundred", action="store_true", help="fetch each page a hundred times, all chrome changing")
    return parser.parse_args()


def _read(html: str, url: str, known: Story | None) -> Story:
    return extract(html, url=url, memory=Memory(story=known))


def _figures_of_texts(pages: list[Given], changes: Changes) -> dict[str, float]:
    """Return the share of pages whose story is not exactly the text that their author wrote, and that do not hold."""
    stories = [(page, _read(page.html, page.url, None)) for page in pages]
    wrong = [
        page
        for page, story in stories
        if story.headline != page.headline or tuple(p.text for p in story.paragraphs) != page.paragraphs
    ]
    restless = [page for page in pages if not holds(page, _read, chrome=changes.chrome, fetches=FETCHES // 10)]
    return {"texts_not_exact": len(wrong) / len(pages), "pages_that_do_not_hold": len(restless) / len(pages)}


def _print_tallies(result: Score, *, details: bool) -> None:
    print(f"{result.pages} pages, {len(result.not_located)} not located, {len(result.refused)} refused")
    for title, tallies in (("chrome", result.chrome), ("notes", result.notes), ("body", result.body)):
        print(f"\n{title:44}{'tried':>6}{'bad':>5}{'coll.':>6}{'text':>5}")
        for name, tally in sorted(tallies.items(), key=lambda item: -len(item[1].bad)):
            _print_tally(name, tally, details=details)
    print()


def _print_tally(name: str, tally: Tally, *, details: bool) -> None:
    print(f"{name:44}{tally.tried:6}{len(tally.bad):5}{len(tally.collateral):6}{len(tally.as_text):5}")
    if details:
        for what in ("bad", "collateral"):
            pages = getattr(tally, what)
            if pages:
                print(f"    {what}: {' '.join(pages)}")


def _print_hundred(pages: Iterable[Given], changes: Changes) -> int:
    """Print which pages are one story over a hundred fetches."""
    held = {page.name: holds(page, _read, chrome=changes.chrome) for page in pages}
    tried = [name for name, steady in held.items() if steady is not None]
    restless = [name for name in tried if not held[name]]
    print(f"{len(tried) - len(restless)} of {len(tried)} pages are one story over {FETCHES} fetches")
    print(*restless, sep="\n")
    return 0


def _check(figures: dict[str, float], changes: str) -> int:
    """Compare with the floors of a set of changes; lowering one is a deliberate act."""
    floors = tomllib.loads(FLOORS.read_text("utf-8"))[changes]
    worse = [name for name, floor in floors.items() if figures[name] > floor]
    for name in worse:
        print(f"{name} is {figures[name]:.4f}, worse than its floor of {floors[name]:.4f}", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
