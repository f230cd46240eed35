"""Measure what extraction costs, beside the readers that are installed: CPU time and peak memory on the same pages.

    python bench/extraction_speed.py pages/              a folder of .html files
    python bench/extraction_speed.py --pages pages.jsonl   lines with `html_path` (gzip, relative to the file) and `url`

Each reader runs in a process of its own, warmed up by one page, and is given the page as it likes it best: revtrack the
bytes, the others the text that `revtrack` decodes them to. They read each page in turn, several times, and the least
time counts: what the machine's other work adds falls out, and the ratios to trafilatura, or else to the first reader,
hold to some 5 %. Readers that are not installed are left out: `pip install trafilatura readability-lxml newspaper4k`.
"""

import argparse
import contextlib
import gzip
import json
import logging
import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

Read = Callable[[bytes, str], object]
Worker = subprocess.Popen[str]


def main() -> None:
    """Run the readers in turn, or, in the process of one, that one."""
    asked = argparse.ArgumentParser(description="Measure what extraction costs.")
    asked.add_argument("folder", nargs="?", type=Path, help="a folder of .html files")
    asked.add_argument("--pages", type=Path, help="a file of JSON lines with html_path and url")
    asked.add_argument("--limit", type=int, help="the number of pages to read")
    asked.add_argument("--rounds", type=int, default=3, help="how often each page is read (3)")
    asked.add_argument("--reader", choices=READERS, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if not (given.folder or given.pages):
        asked.error("give a folder of pages, or --pages")
    if given.reader:
        _serve(READERS[given.reader](), list(_pages(given.pages or given.folder))[: given.limit])
        return
    workers = {name: worker for name in READERS if (worker := _start(name, sys.argv[1:]))}
    print(_table(_compare(workers, given.rounds)))


def _pages(place: Path) -> Iterator[tuple[bytes, str]]:
    """Yield the pages of a folder or of a file of JSON lines, each with its URL, "" where it is not known."""
    if place.is_dir():
        for path in sorted(place.rglob("*.html")):
            yield path.read_bytes(), ""
        return
    for line in place.read_text("utf-8").splitlines():
        page = json.loads(line)
        yield gzip.decompress((place.parent / page["html_path"]).read_bytes()), page.get("url", "")


def _start(name: str, arguments: list[str]) -> Worker | None:
    """Start a reader in a process of its own; None where it is not installed."""
    command = [sys.executable, __file__, *arguments, "--reader", name]
    pipe = subprocess.PIPE
    worker = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)  # noqa: S603 - this script itself
    if worker.poll() is None and _hear(worker) == "ready":
        return worker
    worker.wait()
    print(f"{name}: left out, it cannot be imported", file=sys.stderr)
    return None


def _compare(workers: dict[str, Worker], rounds: int) -> dict[str, dict[str, float]]:
    """Let the readers read each page in turn; return of each the sum of its least times, and its memory."""
    pages = next(int(_ask(worker, "pages")) for worker in workers.values())
    least = {name: [float("inf")] * pages for name in workers}
    for _ in range(rounds):
        for page in range(pages):
            for name, worker in workers.items():
                least[name][page] = min(least[name][page], float(_ask(worker, str(page))))
    rows = {name: json.loads(_ask(worker, "memory")) for name, worker in workers.items()}
    for worker in workers.values():
        worker.communicate()
    return {name: {**row, "pages": pages, "seconds": sum(least[name])} for name, row in rows.items()}


def _ask(worker: Worker, question: str) -> str:
    assert worker.stdin is not None
    worker.stdin.write(f"{question}\n")
    worker.stdin.flush()
    return _hear(worker)


def _hear(worker: Worker) -> str:
    assert worker.stdout is not None
    return worker.stdout.readline().strip()


def _serve(read: Read, pages: list[tuple[bytes, str]]) -> None:
    """Answer with the seconds that one page took; one that a reader fails on counts with what it cost."""
    logging.disable()
    failed: set[str] = set()
    with contextlib.suppress(Exception):
        read(*pages[0])
    before = _peak()
    print("ready", flush=True)
    for question in map(str.strip, sys.stdin):
        if question == "pages":
            print(len(pages), flush=True)
        elif question == "memory":
            print(json.dumps({"failed": len(failed), "memory": _peak() - before}), flush=True)
        else:
            began = time.process_time()
            try:
                read(*pages[int(question)])
            except Exception:  # noqa: BLE001 - whatever a reader raises, it is measured
                failed.add(question)
            print(time.process_time() - began, flush=True)


def _peak() -> float:
    """Return the most memory this process has held, in MiB."""
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _table(rows: dict[str, dict[str, float]]) -> str:
    measure = rows.get("trafilatura") or next(iter(rows.values()))
    memory = measure["memory"] or math.nan
    lines = [f"{'reader':<14}{'pages':>7}{'failed':>8}{'ms/page':>9}{'CPU':>7}{'MiB':>8}{'memory':>8}"]
    for name, row in rows.items():
        lines.append(
            f"{name:<14}{row['pages']:>7}{row['failed']:>8}{1000 * row['seconds'] / row['pages']:>9.1f}"
            f"{row['seconds'] / measure['seconds']:>7.2f}{row['memory']:>8.1f}{row['memory'] / memory:>8.2f}"
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
