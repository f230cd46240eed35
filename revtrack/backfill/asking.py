"""Ask a web archive, one request at a time, and never oftener than it allows. Knows no captures.

What a service told us outlives the process: until when it wants rest, and when we last asked it for lists.
"""

import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from revtrack.config import FetchSettings
from revtrack.errors import FetchError
from revtrack.fetching import Fetcher, retry_after
from revtrack.fetching.stream import Request, fetch_many
from revtrack.forms import iso, moment
from revtrack.model import Outcome, Snapshot
from revtrack.urls import host_of

LISTS_A_MINUTE = 24
"""Of lists of captures: the Internet Archive blocks an address that asks for more."""
_MINUTE = timedelta(seconds=61)  # what was asked is written down to the second
_LONGEST_NAP = timedelta(minutes=2)
_REST = timedelta(minutes=1)
"""How long a service that refuses without a time is left alone, twice as long each further time."""
_ATTEMPTS = 3
_PAUSE = 5.0  # seconds before a server that failed is asked once more
_BUSY = frozenset({429, 503})


class Service:
    """A web archive as we may ask it. `clock` gives aware UTC times, `sleep` waits seconds.

    What it asked of us is given by `recall` and taken by `keep`, as before and after: text by name, for all processes.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        recall: Callable[[], Mapping[str, str]],
        keep: Callable[[Mapping[str, str], Mapping[str, str]], None],
        clock: Callable[[], datetime],
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._settings = settings
        self._recall = recall
        self._keep = keep
        self._clock = clock
        self._sleep = sleep

    def ask(self, url: str, *, is_list: bool = False) -> Snapshot:
        """Return the answer for a URL; a service that asks for a short rest is asked again after it.

        A server that failed is asked once more. Raises FetchError where it wants to be left alone for longer.
        """
        has_failed = False
        for attempt in range(_ATTEMPTS):
            self._await_leave(url)
            if is_list:
                self._keep_rate(host_of(url))
            answer = self._fetch(url)
            if answer.status in _BUSY and (answer.status == 429 or retry_after(answer)):
                self._note(f"rest {host_of(url)}", iso(retry_after(answer) or self._clock() + _REST * 2**attempt))
            elif has_failed or answer.outcome is Outcome.BLOCKED or (answer.status or 500) < 500:
                return answer
            else:
                has_failed = True
                self._sleep(_PAUSE)
        raise FetchError(
            url, f"{host_of(url)} asked us {_ATTEMPTS} times in a row to come later; run the same again then"
        )

    def _await_leave(self, url: str) -> None:
        until = _read(self._recall().get(f"rest {host_of(url)}", ""))
        left = until - self._clock() if until else timedelta()
        if left > _LONGEST_NAP:
            why = f"{host_of(url)} wants no request before {until:%F %R} UTC"
            raise FetchError(url, f"{why}; run the same again then: what came is kept, and it goes on from there")
        if left > timedelta():
            self._sleep(left.total_seconds() + 1)

    def _note(self, name: str, text: str) -> None:
        before = self._recall()
        self._keep(before, {**before, name: text})

    def _keep_rate(self, host: str) -> None:
        """Wait until one more list within a minute is not too much, and write down that it is asked for."""
        name = f"lists {host}"
        while True:
            now = self._clock()
            asked = filter(None, map(_read, self._recall().get(name, "").split()))
            recent = sorted(at for at in asked if now - _MINUTE < at <= now)
            if len(recent) < LISTS_A_MINUTE:
                break
            self._sleep(max(1.0, (recent[-LISTS_A_MINUTE] + _MINUTE - now).total_seconds() + 1))
        self._note(name, " ".join(map(iso, [*recent, now])))

    def _fetch(self, url: str) -> Snapshot:
        before = self._recall()
        memory = dict(before)

        def open_fetcher() -> Fetcher:
            return Fetcher(self._settings, clock=self._clock, memory=memory)

        [(_, answer)] = fetch_many([Request(0, url)], open_fetcher)
        self._keep(before, memory)
        return answer


def _read(text: str) -> datetime | None:
    try:
        return moment(text)
    except ValueError:
        return None
