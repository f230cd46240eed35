"""Fetch many URLs in the background and hand the snapshots back as they come. Knows threads; no stories, no store.

The event loop lives in a thread of its own. So the caller's thread stays free to read and record (one slow page delays
no request), a plain `for` loop works in a notebook whose own loop is running, and Ctrl-C reaches the caller at once.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Protocol

from revtrack.model import Snapshot, Validators
from revtrack.urls import host_of

AHEAD = 32
"""How many snapshots may wait to be read: bounds the memory of a pass whose reader is slower than its network."""
MOST_BYTES = 32 << 20
"""With more bytes than this waiting to be read, no further page is asked for."""


class Fetch(Protocol):
    """Whatever turns a URL and validators into a snapshot."""

    async def fetch(self, url: str, validators: Validators | None = None) -> Snapshot:
        """Look at one URL."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """One URL to look at; `key` comes back with its snapshot."""

    key: int
    url: str
    validators: Validators | None = None


def fetch_many(
    requests: Iterable[Request], open_fetcher: Callable[[], AbstractAsyncContextManager[Fetch]]
) -> Iterator[tuple[int, Snapshot]]:
    """Yield (key, snapshot) as the answers come: hosts side by side, the URLs of one host in the order given.

    Closing the iterator early cancels what is under way. An error of the fetcher itself is raised here.
    """
    by_host: dict[str, list[Request]] = {}
    for request in requests:
        by_host.setdefault(host_of(request.url), []).append(request)
    if not by_host:
        return
    line = _Line(by_host, open_fetcher)
    thread = Thread(target=line.run, name="revtrack-fetch", daemon=True)
    thread.start()
    try:
        while (item := line.answers.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            line.taken(item[1])
            yield item
    finally:
        line.stop()
        thread.join()


class _Line:
    """The event loop's side: fills `answers`, ends it with None, or with the error that ended it early."""

    def __init__(
        self,
        by_host: dict[str, list[Request]],
        open_fetcher: Callable[[], AbstractAsyncContextManager[Fetch]],
    ) -> None:
        self.answers: SimpleQueue[tuple[int, Snapshot] | BaseException | None] = SimpleQueue()
        self._by_host = by_host
        self._open_fetcher = open_fetcher
        self._loop = asyncio.new_event_loop()
        self._room = asyncio.Semaphore(AHEAD)
        self._waiting = 0  # bytes
        self._is_light = asyncio.Event()
        self._is_light.set()
        self._work: asyncio.Task[None] | None = None

    def run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._work = self._loop.create_task(self._fetch_all())
            self._loop.run_until_complete(self._work)
            self.answers.put(None)
        except asyncio.CancelledError:
            self.answers.put(None)
        except BaseException as error:  # noqa: BLE001 - whatever ended the thread is raised in the caller's
            self.answers.put(error)
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    def taken(self, snapshot: Snapshot) -> None:
        self._call(partial(self._weigh, -_size(snapshot)))
        self._call(self._room.release)

    def stop(self) -> None:
        self._call(self._cancel)

    def _weigh(self, size: int) -> None:
        self._waiting += size
        (self._is_light.set if self._waiting <= MOST_BYTES else self._is_light.clear)()

    def _cancel(self) -> None:
        if self._work:
            self._work.cancel()

    def _call(self, function: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(function)
        except RuntimeError:  # the loop is closed: there is nothing left to tell it
            return

    async def _fetch_all(self) -> None:
        async with self._open_fetcher() as fetcher, asyncio.TaskGroup() as group:
            for requests in self._by_host.values():
                group.create_task(self._fetch_host(fetcher, requests))

    async def _fetch_host(self, fetcher: Fetch, requests: list[Request]) -> None:
        for request in requests:
            await self._room.acquire()
            await self._is_light.wait()
            snapshot = await fetcher.fetch(request.url, request.validators)
            self._weigh(_size(snapshot))
            self.answers.put((request.key, snapshot))


def _size(snapshot: Snapshot) -> int:
    return len(snapshot.body or b"") + len(snapshot.decoded or b"")
