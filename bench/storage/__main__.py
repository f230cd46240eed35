"""Measure what a version takes: `python -m bench.storage [--pages FILE…]`. Pages are revised as `revising` says."""

import argparse
import gzip
import resource
import tempfile
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from bench.extraction.given import invented, listed
from bench.storage.keeping import Chained, Git, Keeper, Packed, Revtrack, Tracked, Warc
from bench.storage.revising import revisions

_WAYS: dict[str, Callable[[Path], Keeper]] = {
    "revtrack": Revtrack,
    "whole": lambda folder: Revtrack(folder, whole=True),
    "tracked": Tracked,
    "warc": Warc,
    "zlib": lambda folder: Packed(folder, "zlib"),
    "zstd": lambda folder: Packed(folder, "zstd"),
    "chained": Chained,
    "git": Git,
}


def main() -> None:
    """Print a table a form of the pages: bytes a version, and CPU to store one and to read one."""
    arguments = _arguments()
    pages = [page.html.encode() for page in invented()]
    if arguments.pages:
        listings = (listed(file, limit=arguments.limit) for file in arguments.pages)
        pages = [page.html.encode() for page in chain.from_iterable(listings)]
    forms = {"edits alone": False, "edits and fresh chrome": True}
    for form, noisy in forms.items():
        versions = [list(revisions(page, arguments.versions, seed=i, noisy=noisy)) for i, page in enumerate(pages)]
        _print_table(f"{form}, as text", versions, list(_WAYS))
    packed = [[gzip.compress(body, 6, mtime=0) for body in bodies] for bodies in versions]
    _print_table("edits and fresh chrome, as received in gzip", packed, ["revtrack", "whole", "tracked", "zstd", "git"])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.storage", description=__doc__)
    parser.add_argument("--pages", type=Path, nargs="+", help="JSON Lines of real pages: id, url, html_path, body")
    parser.add_argument("--limit", type=int, help="of pages of each file")
    parser.add_argument("--versions", type=int, default=50, help="of each page (50)")
    return parser.parse_args()


def _print_table(title: str, versions: list[list[bytes]], ways: list[str]) -> None:
    whole, count = sum(map(len, chain.from_iterable(versions))), sum(map(len, versions))
    print(f"\n{title}: {len(versions)} pages, {len(versions[0])} versions each, {whole // count} bytes a version")
    print(f"{'':34}{'bytes':>8}{'%':>7}{'later':>8}{'store ms':>10}{'read ms':>9}{'worst':>8}")
    for way in ways:
        if way == "git" and not Git.is_there():
            continue
        with tempfile.TemporaryDirectory() as folder:
            _print_row(_WAYS[way], Path(folder), versions)


def _print_row(way: Callable[[Path], Keeper], folder: Path, versions: list[list[bytes]]) -> None:
    """Print the bytes of a version, of a version after the first, and milliseconds of CPU."""
    whole, count = sum(map(len, chain.from_iterable(versions))), sum(map(len, versions))
    (folder / "first").mkdir()
    first = way(folder / "first")
    _keep(first, [bodies[:1] for bodies in versions])
    (folder / "all").mkdir()
    keeper, before = way(folder / "all"), _cpu()
    _keep(keeper, versions)
    stored = (_cpu() - before) / count
    times = []
    for page, bodies in enumerate(versions):
        for number in _asked(len(bodies)):
            before = _cpu()
            body = keeper.give(page, number)
            times.append(_cpu() - before)
            assert body == bodies[number], f"{keeper.name} does not give back what it took"
    size, later = keeper.size(), (keeper.size() - first.size()) / max(1, count - len(versions))
    first.close()
    keeper.close()
    read, worst = sum(times) / len(times), max(times)
    print(
        f"{keeper.name:34}{size // count:8}{100 * size / whole:7.2f}{later:8.0f}"
        f"{stored * 1e3:10.2f}{read * 1e3:9.2f}{worst * 1e3:8.2f}",
        flush=True,
    )


def _asked(count: int) -> list[int]:
    """Return which versions are read: first, last and some between, those with the most bits in their place too."""
    return sorted({0, count - 1, count // 2, min(31, count - 1), min(47, count - 1)})


def _keep(keeper: Keeper, versions: list[list[bytes]]) -> None:
    for page, bodies in enumerate(versions):
        for number, body in enumerate(bodies):
            keeper.keep(page, number, body)
    keeper.finish()


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
