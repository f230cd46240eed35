"""Fetch many URLs in the background and hand the snapshots back as they come. Knows threads; no stories, no store.

The event loop lives in a thread of its own. So the caller's thread stays free to read and record (one slow page delays
no request), a plain `for` loop works in a notebook whose own loop is running, and Ctrl-C reaches the caller at once.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol

from revtrack.model import Snapshot, Validators
from revtrack.urls import host_of

AHEAD = 256
"""How many requests may be under way or wait to be read: who leaves early has asked for so many in vain at most."""
MOST_BYTES = 32 << 20
"""With more bytes than this waiting to be read, no further page is asked for: bounds the memory of a pass whose reader
is slower than its network."""
_TOGETHER = 64
_MOMENT = 0.05
_HEAVY = 4 << 20
"""How many answers come together at most, for how many seconds the first waits for others, and the bytes from which on
they go as they are: what is read of pages is held until all that came together are recorded."""
_AT_HAND = 2
"""Requests of one host at least that wait in the thread, the one under way left out; of few hosts more of each."""


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


Answers = list[tuple[int, Snapshot]]
OpenFetcher = Callable[[], AbstractAsyncContextManager[Fetch]]


def fetch_many(requests: Iterable[Request], open_fetcher: OpenFetcher) -> Iterator[tuple[int, Snapshot]]:
    """Yield what came of each request, by its key, one by one: as `fetch_hosts`, a host's URLs in the order given."""
    waiting: dict[str, list[Request]] = {}
    for request in requests:
        waiting.setdefault(host_of(request.url), []).append(request)
    for answers in fetch_hosts({host: iter(line) for host, line in waiting.items()}, open_fetcher):
        yield from answers


def fetch_hosts(waiting: Mapping[str, Iterator[Request]], open_fetcher: OpenFetcher) -> Iterator[Answers]:
    """Yield what came of the requests of each host, by their keys: hosts side by side, those of one in their order.

    A request is taken in the caller's thread shortly before it goes out, so that a pass need not hold them all. Answers
    that come within a moment come together, so that they can be recorded together: the first alone, then up to twice
    as many each time, so that who leaves early has hardly more recorded than seen. Closing the iterator early cancels
    what is under way. An error of the fetcher itself is raised here.
    """
    if not waiting:
        return
    line = _Line(waiting, open_fetcher)
    line.begin()
    try:
        line.fill()
        most = 1
        while answers := line.take(most):
            yield answers
            line.let_go(answers)
            most = min(2 * most, _TOGETHER)
    finally:
        line.stop()


class _Line:
    """A thread with an event loop: `begin` to `stop` are the caller's, all else runs in the thread.

    The thread has the next requests of each host at hand and no more: the rest waits with the caller, who alone may ask
    the archive. The caller is woken when as many answers are there as are wanted, when a host has no request at hand,
    when the first answer has waited for a moment, and at the end.
    """

    def __init__(self, waiting: Mapping[str, Iterator[Request]], open_fetcher: OpenFetcher) -> None:
        self._waiting = waiting
        self._open_fetcher = open_fetcher
        self._loop = _new_loop()
        self._at_hand: dict[str, asyncio.Queue[Request | None]] = {host: asyncio.Queue() for host in waiting}
        self._share = max(_AT_HAND, _TOGETHER // max(1, len(waiting)))
        self._answers: deque[tuple[str, int, Snapshot]] = deque()
        self._error: BaseException | None = None
        self._is_ended = False
        self._bell: SimpleQueue[None] = SimpleQueue()
        self._has_rung = False
        self._wanted = 1
        self._alarm: asyncio.TimerHandle | None = None
        self._room = asyncio.Semaphore(AHEAD)
        self._held = 0  # bytes
        self._is_light = asyncio.Event()
        self._is_light.set()
        self._work: asyncio.Task[None] | None = None
        self._thread = Thread(target=self._run, name="revtrack-fetch", daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def fill(self) -> None:
        """Give the thread the first requests of each host."""
        self._hand_over(host for host in self._waiting for _ in range(self._share))

    def take(self, most: int) -> Answers:
        """Return what came, at least one answer and at most so many; [] at the end."""
        found: Answers = []
        until, held = 0.0, 0
        while True:
            served, self._has_rung = list[str](), False
            while self._answers and len(found) < most and held < _HEAVY:
                host, key, snapshot = self._answers.popleft()
                found.append((key, snapshot))
                served.append(host)
                held += _size(snapshot)
            self._hand_over(served)
            until = until or (time.monotonic() + _MOMENT if found else 0.0)
            if len(found) >= most or held >= _HEAVY or (self._is_ended and not self._answers):
                break
            self._wanted = most - len(found)
            try:
                self._bell.get(timeout=max(0.0, until - time.monotonic()) if found else None)
            except Empty:
                break
        if self._error and not found:
            raise self._error
        return found

    def let_go(self, answers: Answers) -> None:
        """Make room for what is no longer held."""
        self._call(partial(self._release, len(answers), sum(_size(snapshot) for _, snapshot in answers)))

    def stop(self) -> None:
        """End the thread, and what is under way with it."""
        self._call(self._cancel)
        self._thread.join()

    def _hand_over(self, hosts: Iterable[str]) -> None:
        """Give the thread the next request of each host, or None after its last."""
        requests = [(host, next(self._waiting[host], None)) for host in hosts]
        if requests:
            self._call(partial(self._take_over, requests))

    def _call(self, function: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(function)
        except RuntimeError:  # the loop is closed: there is nothing left to tell it
            return

    # --- in the thread ---

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._work = self._loop.create_task(self._fetch_all())
            self._loop.run_until_complete(self._work)
        except asyncio.CancelledError:
            pass
        except BaseException as raised:  # noqa: BLE001 - whatever ended the thread is raised in the caller's
            self._error = raised
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()
            self._is_ended = True
            self._bell.put(None)

    def _take_over(self, requests: list[tuple[str, Request | None]]) -> None:
        for host, request in requests:
            self._at_hand[host].put_nowait(request)

    def _cancel(self) -> None:
        if self._work:
            self._work.cancel()

    def _release(self, count: int, size: int) -> None:
        for _ in range(count):
            self._room.release()
        self._hold(-size)

    def _hold(self, size: int) -> None:
        self._held += size
        (self._is_light.set if self._held <= MOST_BYTES else self._is_light.clear)()

    async def _fetch_all(self) -> None:
        async with self._open_fetcher() as fetcher, asyncio.TaskGroup() as group:
            for host in self._at_hand:
                group.create_task(self._fetch_host(fetcher, host))

    async def _fetch_host(self, fetcher: Fetch, host: str) -> None:
        at_hand = self._at_hand[host]
        while request := await at_hand.get():
            await self._room.acquire()
            await self._is_light.wait()
            snapshot = await fetcher.fetch(request.url, request.validators)
            self._hold(_size(snapshot))
            self._answers.append((host, request.key, snapshot))
            if len(self._answers) >= self._wanted or at_hand.empty():
                self._ring()
            elif self._alarm is None:
                self._alarm = self._loop.call_later(_MOMENT, self._ring)

    def _ring(self) -> None:
        """Wake the caller, who need not be woken by each answer."""
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if not self._has_rung:
            self._has_rung = True
            self._bell.put(None)


def _new_loop() -> asyncio.AbstractEventLoop:
    """Return an event loop: of the extra `fast`, where it is installed, for it takes half the work."""
    if find_spec("uvloop") is None:
        return asyncio.new_event_loop()
    import uvloop  # noqa: PLC0415 - of an extra

    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


def _size(snapshot: Snapshot) -> int:
    return len(snapshot.body or b"") + len(snapshot.decoded or b"")
