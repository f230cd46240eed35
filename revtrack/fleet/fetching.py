"""A fetcher that keeps its manners towards hosts that other processes visit too. Knows PostgreSQL; no story, no job.

Who visits a host holds an advisory lock of the database for as long as a visit within one process holds the host's
turn; it ends with the connection, so a dead process holds nothing. When a host was last visited stands in a table,
told by the clock of the database: the clocks of the machines need not agree. It is written when a request goes out
and again when it has ended.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, MutableMapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta
from hashlib import blake2b
from time import monotonic
from typing import Any, Self

import psycopg

from revtrack.clock import exact_now
from revtrack.config import FetchSettings
from revtrack.fetching import Fetcher
from revtrack.fetching.manners import EARLY, Clock, Manners, Sleep
from revtrack.fleet.queue import SCHEMA
from revtrack.model import Snapshot, Validators

_PAUSE, _PATIENCE = 0.5, 60.0
"""Seconds between two tries to reach a server that was there before, and for how many it is tried."""
_AGE = f"SELECT max(clock_timestamp() - at) FROM {SCHEMA}.visits WHERE host = %s"  # noqa: S608 - a name of ours
_VISITED = (
    f"INSERT INTO {SCHEMA}.visits (host, at) VALUES (%s, clock_timestamp())"  # noqa: S608 - as above
    " ON CONFLICT (host) DO UPDATE SET at = excluded.at RETURNING true"
)


class SliceOverError(Exception):
    """What was under way has ended, and nothing further is to be begun."""


class Slice:
    """A stretch of time in which requests may begin: until `ends_at` (monotonic), or until it is closed from outside.

    After that, what is under way comes to its end; then SliceOverError is raised in all that wait to begin.
    """

    def __init__(self, seconds: float) -> None:
        self._ends_at = monotonic() + seconds
        self._active = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = asyncio.Event()
        self._idle = asyncio.Event()

    def close(self) -> None:
        """Let nothing further begin; may be called from any thread."""
        self._ends_at = 0.0
        with suppress(RuntimeError):  # the loop has ended, and all that was under way with it
            if self._loop:
                self._loop.call_soon_threadsafe(self._closed.set)

    @asynccontextmanager
    async def under_way(self) -> AsyncIterator[None]:
        """Count a request, from before its first wait to its end."""
        self._loop = asyncio.get_running_loop()
        self._active += 1
        try:
            if monotonic() >= self._ends_at:
                await self._end()
            yield
        finally:
            self._active -= 1
            if not self._active:
                self._idle.set()

    async def sleep(self, seconds: float) -> None:
        """Wait, unless the slice ends before."""
        left = self._ends_at - monotonic()
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, min(seconds + EARLY, left))):
                await self._closed.wait()
        if seconds > left or self._closed.is_set():
            await self._end()

    async def _end(self) -> None:
        self._active -= 1
        try:
            self._idle.clear()
            if self._active:
                await self._idle.wait()
            raise SliceOverError
        finally:
            self._active += 1


class SharedFetcher(Fetcher):
    """A fetcher of one process among many; `url` is that of the database, `slice_` when requests may begin."""

    def __init__(
        self, settings: FetchSettings, *, url: str, slice_: Slice, clock: Clock, memory: MutableMapping[str, str]
    ) -> None:
        super().__init__(settings, clock=clock, sleep=slice_.sleep, memory=memory)
        self._slice = slice_
        self._visits = Visits(url)
        self._manners = SharedManners(self._visits, clock=clock, sleep=slice_.sleep, memory=memory)

    async def __aenter__(self) -> Self:
        await self._visits.open()
        return await super().__aenter__()

    async def __aexit__(self, *error: object) -> None:
        await super().__aexit__(*error)
        await self._visits.close()

    async def fetch(self, url: str, validators: Validators | None = None) -> Snapshot:
        """Look at a URL once, within the slice."""
        async with self._slice.under_way():
            return await super().fetch(url, validators)


def shared_opener(
    settings: FetchSettings, *, url: str, slice_: Slice
) -> Callable[[MutableMapping[str, str]], SharedFetcher]:
    """Return what opens such a fetcher for a tracker."""

    def open_fetcher(memory: MutableMapping[str, str]) -> SharedFetcher:
        return SharedFetcher(settings, url=url, slice_=slice_, clock=exact_now, memory=memory)

    return open_fetcher


class SharedManners(Manners):
    """The turns of all hosts, among all processes that share a database."""

    def __init__(self, visits: "Visits", *, clock: Clock, sleep: Sleep, memory: MutableMapping[str, str]) -> None:
        super().__init__(clock=clock, sleep=sleep, memory=memory)
        self._visits = visits

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Hold a host for one visit, and learn when another process visited it."""
        async with super().turn(host), self._visits.turn(host) as age:
            if age is not None:
                self._remember(host, self._clock() - age)
            before = self._memory.get(f"visited {host}")
            try:
                yield
            finally:
                if self._memory.get(f"visited {host}") != before:
                    await self._visits.note(host)

    async def keep_gap(self, host: str, *, seconds: float) -> None:
        """Wait until the gap since the last request to a host has passed; a request goes out after this."""
        await super().keep_gap(host, seconds=seconds)
        await self._visits.note(host)

    def _remember(self, host: str, at: datetime) -> None:
        known = self._remembered(f"visited {host}")
        if known is None or known < at:
            self._memory[f"visited {host}"] = at.isoformat()


class Visits:
    """The visits of all processes: who is at a host now, and when it was last visited."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._mending = asyncio.Lock()

    async def open(self) -> None:
        """Reach the server."""
        self._connection = await _connect(self._url)

    async def close(self) -> None:
        """Let go of the server, and of every host."""
        if self._connection:
            await self._connection.close()

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[timedelta | None]:
        """Hold a host; yield how long ago it was last visited, None where that is not known."""
        key = int.from_bytes(blake2b(host.encode(), digest_size=8).digest(), "big", signed=True)
        async with AsyncExitStack() as held:
            if (await self._ask("SELECT pg_try_advisory_lock(%s)", key))[0]:
                held.push_async_callback(self._ask, "SELECT pg_advisory_unlock(%s)", key)
            else:  # who waits stands in line, on a connection of its own: the others of this process go on
                waiting = await held.enter_async_context(await _connect(self._url))
                await waiting.execute("SELECT pg_advisory_lock(%s)", (key,))
            yield (await self._ask(_AGE, host))[0]

    async def note(self, host: str) -> None:
        """Write down that a host is visited now."""
        await self._ask(_VISITED, host)

    async def _ask(self, query: str, *values: object) -> tuple[Any, ...]:
        until = monotonic() + _PATIENCE
        while True:
            asked = self._connection
            try:
                assert asked is not None
                found = await (await asked.execute(query, values)).fetchone()
            except psycopg.OperationalError:
                if monotonic() > until:
                    raise
                await self._mend(asked)
            else:
                return tuple(found or (None,))

    async def _mend(self, lost: psycopg.AsyncConnection[Any] | None) -> None:
        """Reach the server anew, once for all who found the connection lost."""
        async with self._mending:
            if self._connection is lost:
                await asyncio.sleep(_PAUSE)
                with suppress(psycopg.OperationalError):
                    await self.open()


async def _connect(url: str) -> psycopg.AsyncConnection[Any]:
    # What a crash of the server forgets is when a host was last visited, by a moment: not worth to wait for its disk.
    return await psycopg.AsyncConnection.connect(
        url, autocommit=True, connect_timeout=10, options="-c synchronous_commit=off", application_name="revtrack"
    )
