"""Measure what extraction costs, beside the readers that are installed: CPU time and peak memory on the same pages.

    python bench/extraction_speed.py pages/              a folder of .html files
    python bench/extraction_speed.py --pages pages.jsonl   lines with `html_path` (gzip, relative to the file) and `url`

Each reader runs in a process of its own, warmed up by one page, and is given the page as it likes it best: revtrack the
bytes, the others the text that `revtrack` decodes them to. CPU seconds depend on the machine and on its other work;
the ratios to trafilatura, or else to the first reader, do not. Readers that are not installed are left out:
`pip install trafilatura readability-lxml newspaper4k`.
"""

import argparse
import contextlib
import gzip
import json
import logging
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

Read = Callable[[bytes, str], object]


def main() -> None:
    """Run the readers in turn, or, in the process of one, that one."""
    asked = argparse.ArgumentParser(description="Measure what extraction costs.")
    asked.add_argument("folder", nargs="?", type=Path, help="a folder of .html files")
    asked.add_argument("--pages", type=Path, help="a file of JSON lines with html_path and url")
    asked.add_argument("--limit", type=int, help="the number of pages to read")
    asked.add_argument("--reader", choices=READERS, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if not (given.folder or given.pages):
        asked.error("give a folder of pages, or --pages")
    if given.reader:
        pages = list(_pages(given.pages or given.folder))[: given.limit]
        print(json.dumps(_measure(READERS[given.reader](), pages)))
        return
    print(_table({name: row for name in READERS if (row := _run(name, sys.argv[1:]))}))


def _pages(place: Path) -> Iterator[tuple[bytes, str]]:
    """Yield the pages of a folder or of a file of JSON lines, each with its URL, "" where it is not known."""
    if place.is_dir():
        for path in sorted(place.rglob("*.html")):
            yield path.read_bytes(), ""
        return
    for line in place.read_text("utf-8").splitlines():
        page = json.loads(line)
        yield gzip.decompress((place.parent / page["html_path"]).read_bytes()), page.get("url", "")


def _run(name: str, arguments: list[str]) -> dict[str, float] | None:
    """Measure one reader in a fresh process; None where it is not installed."""
    command = [sys.executable, __file__, *arguments, "--reader", name]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - this script itself
    if done.returncode:
        print(f"{name}: left out, {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    row: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return row


def _measure(read: Read, pages: list[tuple[bytes, str]]) -> dict[str, float]:
    """Read all pages; a page that a reader fails on counts with what it cost."""
    logging.disable()
    failed = 0
    with contextlib.suppress(Exception):
        read(*pages[0])
    before, began = _peak(), time.process_time()
    for html, url in pages:
        try:
            read(html, url)
        except Exception:  # noqa: BLE001 - whatever a reader raises, it is measured
            failed += 1
    seconds = time.process_time() - began
    return {"pages": len(pages), "failed": failed, "seconds": seconds, "memory": _peak() - before}


def _peak() -> float:
    """Return the most memory this process has held, in MiB."""
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _table(rows: dict[str, dict[str, float]]) -> str:
    measure = rows.get("trafilatura") or next(iter(rows.values()))
    lines = [f"{'reader':<14}{'pages':>7}{'failed':>8}{'ms/page':>9}{'CPU':>7}{'MiB':>8}{'memory':>8}"]
    for name, row in rows.items():
        lines.append(
            f"{name:<14}{row['pages']:>7}{row['failed']:>8}{1000 * row['seconds'] / row['pages']:>9.1f}"
            f"{row['seconds'] / measure['seconds']:>7.2f}{row['memory']:>8.1f}{row['memory'] / measure['memory']:>8.2f}"
        )
    return "\n".join(lines)


def _revtrack() -> Read:
    from revtrack import extract

    return lambda html, url: extract(html, url=url)


def _trafilatura() -> Read:
    from trafilatura import extract

    return lambda html, _url: extract(_decoded(html), include_comments=False)


def _readability() -> Read:
    from readability import Document

    return lambda html, _url: Document(_decoded(html)).summary()


def _newspaper4k() -> Read:
    from newspaper import article

    return lambda html, url: article(url or "https://example.org/a", input_html=_decoded(html), language="en")


def _decoded(html: bytes) -> str:
    from revtrack.extraction.charset import decode

    return decode(html)


READERS: dict[str, Callable[[], Read]] = {
    "revtrack": _revtrack,
    "trafilatura": _trafilatura,
    "readability": _readability,
    "newspaper4k": _newspaper4k,
}

if __name__ == "__main__":
    main()
