"""Whether a site lets us in: its robots.txt, asked for when needed and remembered. Knows no page and no outcome.

In `memory` it stands as "robots example.org", so that the next process need not ask again within the day. The http and
https sites of one host share it: the one nearly always leads to the other, and asking twice costs a gap each time.
"""

from collections.abc import Awaitable, Callable, MutableMapping

from revtrack import urls
from revtrack.errors import BadURLError
from revtrack.fetching.manners import Clock
from revtrack.fetching.robots import MAX_BYTES, MAX_REDIRECTS, Robots, from_text, read_robots, to_text
from revtrack.fetching.transport import REDIRECTS, Answer, ExchangeError

Ask = Callable[[str, int], Awaitable[Answer]]
"""Sends one GET for a URL and gives the answer with at most so many bytes of its body, or raises ExchangeError."""


class Sites:
    """The robots.txt of every site, for one event loop."""

    def __init__(self, *, clock: Clock, memory: MutableMapping[str, str]) -> None:
        self._clock = clock
        self._memory = memory
        self._unreached: dict[str, Robots] = {}  # of this process alone: the next may have other settings, or a network

    def known(self, url: str) -> Robots | None:
        """Return what is known of a URL's site, None if it must be asked."""
        found = self._unreached.get(_key(url)) or self._remembered(url)
        return found if found is not None and found.is_fresh(self._clock()) else None

    async def ask(self, url: str, ask: Ask) -> Robots:
        """Ask a URL's site for its robots.txt, and remember what it says."""
        try:
            found = await self._fetch(f"{urls.origin_of(url)}/robots.txt", ask)
        except ExchangeError as error:
            found = Robots(self._clock(), closed=error.reason, is_reached=error.reached)
        except BadURLError as error:
            found = Robots(self._clock(), closed=error.why)
        last = self._remembered(url)
        if found.closed and last is not None and not last.closed:
            return last  # what a site said yesterday is nearer to its will than that it says nothing today
        if found.is_reached:
            self._unreached.pop(_key(url), None)
            self._memory[_key(url)] = to_text(found)
        else:
            self._unreached[_key(url)] = found
        return found

    async def _fetch(self, url: str, ask: Ask) -> Robots:
        for _ in range(MAX_REDIRECTS + 1):
            answer = await ask(url, MAX_BYTES)
            if answer.status not in REDIRECTS or not answer.header("location"):
                return read_robots(answer.status, answer.body, asked_at=self._clock())
            url = urls.resolve(url, answer.header("location"))
        return Robots(self._clock())  # RFC 9309, 2.3.1.2: as if there were none

    def _remembered(self, url: str) -> Robots | None:
        return from_text(self._memory.get(_key(url), ""))


def _key(url: str) -> str:
    return f"robots {urls.host_of(url)}"
