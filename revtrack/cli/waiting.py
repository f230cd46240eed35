"""Tell on a terminal whom we wait for while the gap of a host passes, so that silence is never a riddle."""

from collections.abc import Callable, MutableMapping
from contextlib import suppress
from contextvars import ContextVar

from revtrack.clock import exact_now
from revtrack.config import FetchSettings
from revtrack.errors import BadURLError
from revtrack.fetching import Fetcher
from revtrack.fetching.manners import Sleep, rest
from revtrack.model import Snapshot, Validators
from revtrack.rendering.visible import visible
from revtrack.urls import host_of

_WORTH_TELLING = 1.0  # second
_asked: ContextVar[str] = ContextVar("asked", default="the server")


class Waits:
    """What a command waits for: its fetchers tell it to whatever shows progress at the time, if anything does."""

    def __init__(self, settings: FetchSettings, *, sleep: Sleep = rest) -> None:
        self._settings = settings
        self._sleep = sleep
        self._say: Callable[[str], object] = str
        self._doing = ""

    def tell_to(self, say: Callable[[str], object], doing: str) -> None:
        """Tell from now on so; between two waits that something is being done."""
        self._say, self._doing = say, doing

    def open(self, memory: MutableMapping[str, str]) -> Fetcher:
        """Return a fetcher that is not yet entered, and remembers there whom it has asked."""
        return _TellingFetcher(self._settings, clock=exact_now, sleep=self._wait, memory=memory)

    async def _wait(self, seconds: float) -> None:
        if seconds >= _WORTH_TELLING:
            self._say(f"waiting {seconds:.0f} s before asking {_asked.get()} again")
        await self._sleep(seconds)
        self._say(self._doing)


class _TellingFetcher(Fetcher):
    """A fetcher whose waits know which host they are for: each host is asked in a task of its own."""

    async def fetch(self, url: str, validators: Validators | None = None) -> Snapshot:
        with suppress(BadURLError):  # told by the look itself
            _asked.set(visible(host_of(url)))
        return await super().fetch(url, validators)
