"""Derive an archive again and compare: `python -m bench.rebuild [--snapshots 10000 --jobs 2 --pages FILE.jsonl]`.

The archive is made of revised pages (`bench.storage.revising`): an edit every few looks, fresh chrome at each. Printed
are the rate and the memory of `rebuild`, and whether all that a report shows, and the proof, are as they were.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import chain
from pathlib import Path

from bench.extraction.given import invented, listed
from bench.storage.revising import revisions
from revtrack.archive import Archive, open_archive
from revtrack.config import Config
from revtrack.deriving import bring_in, rebuild
from revtrack.forms import to_form
from revtrack.model import Origin, Outcome, Snapshot

START = datetime(2024, 11, 20, tzinfo=UTC)
NOW = START + timedelta(days=400)
_HEADERS = (("content-type", "text/html; charset=utf-8"),)
_LOOKS = 20  # at an article
_LOOKS_A_VERSION = 2


def main() -> int:
    """Make an archive, derive it again, and print what it took; exit code 1 where anything differs."""
    parser = argparse.ArgumentParser(prog="python -m bench.rebuild", description=__doc__)
    parser.add_argument("--snapshots", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--pages", action="append", default=[], help="pages as JSON lines instead of invented ones")
    given = parser.parse_args()
    pages = [page.html.encode() for page in chain(*(listed(file) for file in given.pages))]
    pages = pages or [page.html.encode() for page in invented()]
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "a.db") as archive:
        with _measured("brought in and woven", given.snapshots):
            for _ in bring_in(archive, _looks(pages, given.snapshots), settings=Config(), now=NOW):
                pass
        before, differ = _told(archive), 0
        for jobs in sorted({1, given.jobs}):
            articles = list(archive.articles())
            with _measured(f"derived again, {jobs} processes", given.snapshots):
                run = rebuild(archive, articles, settings=Config(), now=NOW, workers=jobs, again=True)
                differ += sum(told.differs or told.stamped > 0 for told in run)
        is_same = _told(archive) == before
        versions = sum(article.versions for article in archive.articles())
        print(f"{versions} versions; {differ} articles differ; all that is told is the same: {is_same}")
    return 0 if is_same and not differ else 1


def _looks(pages: list[bytes], count: int) -> Iterator[Snapshot]:
    """Yield looks at as many articles as are needed, each with its own address, one article after the other."""
    for number in range(-(-count // _LOOKS)):
        page = pages[number % len(pages)]
        bodies = list(revisions(page, _LOOKS, seed=number))
        for place in range(min(_LOOKS, count - number * _LOOKS)):
            body = bodies[place - place % _LOOKS_A_VERSION] + b"<!-- %d -->" % place
            yield Snapshot(
                f"https://bench{number % 50}.test/2024/story-{number}",
                START + timedelta(hours=7 * place, minutes=number),
                Outcome.OK,
                status=200,
                headers=_HEADERS,
                body=body,
                body_sha256=sha256(body).hexdigest(),
                origin=Origin("folder", str(number)),
            )


def _told(archive: Archive) -> str:
    """Return a digest of all that a report shows, and of the proof."""
    digest = sha256()
    for article in archive.articles():
        for version in archive.versions(article):
            digest.update(repr(to_form(version)).encode())
        for entry in archive.log(article=article):
            digest.update(repr(to_form(entry)).encode())
    for leaf in archive.leaf_hashes():
        digest.update(leaf)
    return digest.hexdigest()


@contextmanager
def _measured(what: str, snapshots: int) -> Iterator[None]:
    """Print what the work within took: its rate, CPU here and in other processes, and the most memory of each."""
    began, before = time.perf_counter(), os.times()
    yield
    seconds, after = time.perf_counter() - began, os.times()
    here, others = (sum(after[i : i + 2]) - sum(before[i : i + 2]) for i in (0, 2))
    most = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = f"CPU a snapshot {1000 * here / snapshots:.1f} ms here, {1000 * others / snapshots:.1f} ms in others"
    print(f"{what:28}{snapshots / seconds:6.0f}/s; {cpu}; at most {' and '.join(f'{size:.0f} MB' for size in most)}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
