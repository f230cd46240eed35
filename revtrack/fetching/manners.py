"""When a host may be visited: one visit at a time, a gap between two, and rest when it asks for it. Opens nothing.

What must outlive the process is written to `memory`, any mapping from text to text: when a host was last visited
("visited example.org") and until when it wants to be left alone ("rest example.org"), both as ISO 8601 in UTC.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta

from revtrack.fetching.transport import PATIENCE

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[object]]

# One page that says "later" speaks for itself. This many in a row, over a whole host, speak for the host.
_PATIENCE = 3
# After so many looks in a row that found nobody there, the rest of a pass need not wait for the same silence.
_ATTEMPTS = 3
_QUIET_FOR = timedelta(minutes=1)
# A host that has let us wait in vain is waited for half as long the next time, down to this many seconds: with one
# connection a host, its silent pages would else hold up the others.
_LEAST_PATIENCE = 3.0
EARLY = 0.001
"""Seconds by which an event loop may wake up before its time: uvloop does by half of that."""


async def rest(seconds: float) -> None:
    """Wait so many seconds, and never less."""
    await asyncio.sleep(seconds + EARLY)


class Manners:
    """The turns of all hosts, within one event loop."""

    def __init__(self, *, clock: Clock, sleep: Sleep, memory: MutableMapping[str, str]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._memory = memory
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._refusals: defaultdict[str, int] = defaultdict(int)
        self._unreached: defaultdict[str, int] = defaultdict(int)
        self._patience: dict[str, float] = {}

    def turn(self, host: str) -> AbstractAsyncContextManager[None]:
        """Hold a host for one visit, so that no two run at once; those who wait come in order of arrival."""
        return self._locks[host]

    async def keep_gap(self, host: str, *, seconds: float) -> None:
        """Wait until the gap since the last request to a host has passed."""
        last = self._remembered(f"visited {host}") if seconds > 0 else None
        if last is None:
            return
        passed = (self._clock() - last).total_seconds()
        if passed < seconds:
            await self._sleep(min(seconds - passed, seconds))  # at most the gap, should the clock have gone backwards

    def note_visit(self, host: str) -> None:
        """Write down that a request to a host has just ended."""
        self._memory[f"visited {host}"] = self._clock().isoformat()

    def note_answer(self, host: str, *, retry_after: datetime | None) -> None:
        """Write down whether a host told us to come later; after several such answers in a row it is left alone."""
        self._unreached[host] = 0
        self._refusals[host] = self._refusals[host] + 1 if retry_after else 0
        if retry_after and self._refusals[host] >= _PATIENCE:
            self._memory[f"rest {host}"] = retry_after.isoformat()

    def patience(self, host: str) -> float:
        """Return for how many seconds a host's silence is borne."""
        return self._patience.get(host, PATIENCE)

    def note_vain(self, host: str) -> None:
        """Write down that a host let us wait for nothing."""
        self._patience[host] = max(_LEAST_PATIENCE, self.patience(host) / 2)

    def note_absence(self, host: str) -> None:
        """Write down that a host could not be reached at all."""
        self._unreached[host] += 1

    def is_absent(self, host: str) -> bool:
        """Say whether a host was not to be reached so often, and just now, that trying again would be vain."""
        if self._unreached[host] < _ATTEMPTS:
            return False
        last = self._remembered(f"visited {host}")
        return last is not None and self._clock() - last < _QUIET_FOR

    def rests_until(self, host: str) -> datetime | None:
        """Return until when a host wants no request, None if it may be visited."""
        until = self._remembered(f"rest {host}")
        return until if until and until > self._clock() else None

    def _remembered(self, key: str) -> datetime | None:
        if (text := self._memory.get(key)) is None:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        latest = self._clock() + timedelta(days=1)
        return min(moment if moment.tzinfo else moment.replace(tzinfo=UTC), latest)
