"""Passes over the due articles of several sites at once, in threads with an archive each. Knows no queue of jobs.

A site that is asked for waits until a thread has ended its pass; then all that wait by then are looked at side by side,
by the same tracker that `check` uses, for one slice of time. So the looks of many sites are recorded together.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Thread

from revtrack.archive import Archive
from revtrack.archive.sites import site_of
from revtrack.clock import utc_now
from revtrack.config import Config
from revtrack.errors import ArchiveError
from revtrack.fleet.fetching import Slice, SliceOverError, shared_opener
from revtrack.model import Article, CheckResult
from revtrack.schedule import choose
from revtrack.tracker import Tracker

OpenArchive = Callable[[], Archive]
Tell = Callable[[CheckResult, float], None]
"""Hears of each look that was recorded, and how many seconds after it was due it was made."""

_GATHER = 0.1
"""Seconds that a pass waits for further sites before it begins."""
_MOST_WAITING = 1000
_DAY = timedelta(days=1)

log = logging.getLogger(__name__)


class Lookouts:
    """The threads of a worker that look; `look` may be called from any thread."""

    def __init__(self, open_archive: OpenArchive, settings: Config, *, url: str, tell: Tell) -> None:
        self._open_archive = open_archive
        self._settings = settings
        self._url = url
        self._tell = tell
        self._asked: SimpleQueue[tuple[str, Future[int]] | None] = SimpleQueue()
        self._slices: set[Slice] = set()
        self._is_closed = False
        self._threads = [
            Thread(target=self._run, name=f"revtrack-look-{number}", daemon=True)
            for number in range(settings.fleet.passes)
        ]

    def begin(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def look(self, site: str) -> "Future[int]":
        """Look at a site for one slice; the future gives the number of looks."""
        future: Future[int] = Future()
        self._asked.put((site, future))
        return future

    def close(self) -> None:
        """Begin nothing further; what is under way comes to its end and is recorded."""
        self._is_closed = True
        for slice_ in list(self._slices):
            slice_.close()
        for _ in self._threads:
            self._asked.put(None)

    def wait(self) -> None:
        """Wait until all threads have ended."""
        for thread in self._threads:
            thread.join()

    # --- in a thread ---

    def _run(self) -> None:
        with self._open_archive() as archive:
            while asked := self._gather():
                self._pass(archive, asked)

    def _gather(self) -> dict[str, "Future[int]"]:
        """Return the sites that are asked for, {} at the end."""
        most = -(-self._settings.fleet.sites // len(self._threads))
        asked: dict[str, Future[int]] = {}
        until = 0.0
        while len(asked) < most:
            try:
                one = self._asked.get(timeout=max(0.0, until - time.monotonic()) if asked else None)
            except Empty:
                break
            if one is None or self._is_closed:
                for future in [*asked.values(), *([one[1]] if one else [])]:
                    future.set_result(0)
                return {}
            until = until or time.monotonic() + _GATHER
            asked[one[0]] = one[1]
        return asked

    def _pass(self, archive: Archive, asked: dict[str, "Future[int]"]) -> None:
        looks: Counter[str] = Counter()
        slice_ = Slice(self._settings.fleet.slice)
        self._slices.add(slice_)
        try:
            if not self._is_closed:
                self._look(archive, asked, slice_, looks)
        except Exception as error:  # noqa: BLE001 - it fails the jobs, or is none; the thread goes on
            if not _is_expected(error):
                _settle(asked.values(), error)
        finally:
            self._slices.discard(slice_)
            for site, future in asked.items():
                _settle([future], looks[site])

    def _look(self, archive: Archive, asked: dict[str, "Future[int]"], slice_: Slice, looks: "Counter[str]") -> None:
        now = utc_now()
        due = {site: self._due(archive, site, now) for site in asked}
        left = Counter({site: len(articles) for site, articles in due.items()})
        for site in asked.keys() - +left:
            _settle([asked[site]], 0)
        articles = [article for found in due.values() for article in found]
        due_at = {article.url: article.due_at for article in articles}
        opener = shared_opener(self._settings.fetch, url=self._url, slice_=slice_)
        tracker = Tracker(archive, fetcher=opener, clock=utc_now, settings=self._settings)
        try:
            for result in tracker.check(articles=articles):
                site = site_of(result.snapshot.url)
                looks[site] += 1
                left[site] -= 1
                if left[site] == 0:
                    _settle([asked[site]], looks[site])
                planned = due_at.get(result.snapshot.url) or result.snapshot.fetched_at
                self._tell(result, (result.snapshot.fetched_at - planned).total_seconds())
        finally:
            with suppress(ArchiveError):
                tracker.tidy(waiting=_MOST_WAITING, until=lambda: self._is_closed)

    def _due(self, archive: Archive, site: str, now: datetime) -> list[Article]:
        schedule = self._settings.schedule
        spent = archive.spent(now - _DAY) if schedule.is_bounded else {}
        return choose(archive.due(now, site=site, limit=self._settings.fleet.looks), now, schedule, spent)


def _is_expected(error: Exception) -> bool:
    """Say whether a pass ended as it may: its time was over, or the database went away. The rest is still due."""
    if isinstance(error, ArchiveError):
        log.warning("a pass ended early: %s", error)
        return True
    return isinstance(error, ExceptionGroup) and error.split(SliceOverError)[1] is None


def _settle(futures: Iterable["Future[int]"], outcome: int | Exception) -> None:
    for future in futures:
        if future.done():
            continue
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
