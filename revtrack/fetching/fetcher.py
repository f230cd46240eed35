"""From URL and validators to a snapshot, politely: turns, robots.txt, redirects, deadline. Knows no story and no store.

A failed look is a snapshot too. Nothing that a server or the network does raises here.
"""

import asyncio
import re
import time
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Self

from revtrack import __version__, urls
from revtrack.config import FetchSettings
from revtrack.errors import BadURLError, ConfigError, FetchError
from revtrack.fetching.look import Look
from revtrack.fetching.manners import Clock, Manners, Sleep, rest
from revtrack.fetching.outcomes import Reading, read_outcome
from revtrack.fetching.robots import PRODUCT
from revtrack.fetching.sites import Sites
from revtrack.fetching.transport import REDIRECTS, Answer, ExchangeError, Resolver, Transport
from revtrack.fetching.waiting import retry_after
from revtrack.model import Outcome, Snapshot, Validators

_ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml;q=0.9,application/atom+xml;q=0.9,application/xml;q=0.8"
    ",text/plain;q=0.8,*/*;q=0.1"
)
_HEADERS = (("Accept", _ACCEPT), ("Accept-Encoding", "gzip, deflate"), ("Accept-Language", "*"))
_ROBOTS_WITHIN = 15.0


class _NotVisitedError(Exception):
    """A page that politeness forbids to ask for, with what the look came to instead."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.reading = Reading(outcome, reason)


class Fetcher:
    """Fetches pages, several hosts at once and one request at a time to each. Use it as an async context manager.

    `clock` gives aware UTC times and `sleep` waits seconds; both can be replaced in tests and demonstrations, as can
    `resolve`, which gives the addresses of a host and port. `memory` keeps what should outlive the process (robots.txt,
    last visits, hosts at rest): any mapping from text to text; by default it dies with the fetcher.

    Raises ConfigError for settings that cannot be sent or understood.
    """

    def __init__(
        self,
        settings: FetchSettings | None = None,
        *,
        clock: Clock = lambda: datetime.now(UTC),  # not to the second: the gap between two visits is measured by it
        sleep: Sleep = rest,
        resolve: Resolver | None = None,
        memory: MutableMapping[str, str] | None = None,
    ) -> None:
        self.settings = settings or FetchSettings()
        self._clock = clock
        self._resolve = resolve
        kept: MutableMapping[str, str] = {} if memory is None else memory
        self._manners = Manners(clock=clock, sleep=sleep, memory=kept)
        self._sites = Sites(clock=clock, memory=kept)
        self._user_agent = user_agent(self.settings)
        self._headers = (("User-Agent", self._user_agent), *_HEADERS)
        check_places(self.settings)
        self._slots = asyncio.Semaphore(self.settings.concurrency)
        self._transport: Transport | None = None

    async def __aenter__(self) -> Self:
        self._transport = Transport(self.settings, resolve=self._resolve)
        return self

    async def __aexit__(self, *error: object) -> None:
        if self._transport is not None:
            await self._transport.aclose()
            self._transport = None

    async def fetch(self, url: str, validators: Validators | None = None) -> Snapshot:
        """Look at a URL once and return what came of it: an article's page, or a feed, sitemap or list.

        `validators` are those of the last good look, to be told that nothing changed. Waits for the host's turn and
        gap first. Any trouble is the snapshot's outcome and reason.
        """
        look = Look(url, self._clock(), validators or Validators())
        try:
            look.answer = await self._follow(look)
            reading = self._read(look, look.answer)
        except _NotVisitedError as error:
            reading = error.reading
        except BadURLError as error:
            reading = Reading(Outcome.FAILED, f"this is no URL that can be fetched: {error.why}")
        except ExchangeError as error:
            look.answer = error.answer or look.answer
            reading = Reading(Outcome.FAILED, error.reason)
        return look.snapshot(reading)

    def _read(self, look: Look, answer: Answer) -> Reading:
        return read_outcome(
            answer.status,
            asked=urls.well_formed(look.url),
            got=answer.url,
            content_type=answer.header("content-type"),
            content_encoding=answer.header("content-encoding"),
            body=answer.body,
            is_framed=answer.is_framed,
            is_conditional=any(name.startswith("If-") for name, _ in answer.request_headers),
            limit=self.settings.max_decoded_bytes,
        )

    async def _follow(self, look: Look) -> Answer:
        """Return the answer at the end of the redirects; a host's turn is held as long as they stay with it."""
        url = urls.well_formed(look.url)
        while True:
            host = urls.host_of(url)
            async with self._manners.turn(host):
                self._knock(host)
                while urls.host_of(url) == host:
                    await self._await_leave(look, url, host)
                    answer = await self._exchange(look, url, host)
                    if answer.status not in REDIRECTS or not answer.header("location"):
                        return answer
                    url = look.follow(answer, most=self.settings.max_redirects)

    def _knock(self, host: str) -> None:
        """Raise _NotVisitedError or ExchangeError for a host that rests or is not there."""
        until = self._manners.rests_until(host)
        if until:
            reason = f"{host} asked not to be visited before {until:%Y-%m-%d %H:%M} UTC"
            raise _NotVisitedError(Outcome.BLOCKED, reason)
        if self._manners.is_absent(host):
            raise ExchangeError(f"{host} could not be reached several times in a row", reached=False)

    async def _await_leave(self, look: Look, url: str, host: str) -> None:
        """Wait until a URL may be asked for; raise _NotVisitedError if robots.txt closes it to us."""
        delay = await self._ask_leave(look, url, host)
        await self._manners.keep_gap(host, seconds=max(self.settings.gap_of(host), delay))
        if not look.redirects:
            look.at = self._clock()

    async def _ask_leave(self, look: Look, url: str, host: str) -> float:
        """Return the gap in seconds that robots.txt wants; raise _NotVisitedError if it closes the URL to us."""
        asked = self.settings.robots
        override = asked and (asked.get(host) or asked.get(urls.split(url).host))
        if override:
            look.remark = f"robots.txt was passed over as configured: {override}"
            return 0.0
        robots = self._sites.known(url) or await self._sites.ask(url, self._fetch_robots)
        why = robots.why_not(url)
        if why:
            raise _NotVisitedError(Outcome.BLOCKED if robots.is_reached else Outcome.FAILED, why)
        return robots.delay()

    async def _fetch_robots(self, url: str, limit: int) -> Answer:
        headers = (("User-Agent", self._user_agent), ("Accept-Encoding", "identity"))
        host = urls.host_of(url)
        await self._manners.keep_gap(host, seconds=self.settings.gap_of(host))
        try:
            async with self._slots, asyncio.timeout(_ROBOTS_WITHIN):
                return await self._open.exchange(url, headers, limit=limit, cut=True)
        except TimeoutError:
            raise ExchangeError("the server did not answer in time") from None
        finally:
            self._manners.note_visit(host)

    async def _exchange(self, look: Look, url: str, host: str) -> Answer:
        headers, left = (*self._headers, *look.headers(url)), self.settings.timeout - look.elapsed
        async with self._slots:  # waiting for one is no part of the deadline: others' trouble must not be ours
            began = time.monotonic()
            try:
                async with asyncio.timeout(left):
                    patience = self._manners.patience(host)
                    answer = await self._open.exchange(
                        url, headers, limit=self.settings.max_wire_bytes, patience=patience
                    )
            except TimeoutError:
                self._manners.note_vain(host)
                raise ExchangeError(f"the page had not come after {self.settings.timeout:g} seconds") from None
            except ExchangeError as error:
                if not error.reached:
                    self._manners.note_absence(host)
                if error.in_vain:
                    self._manners.note_vain(host)
                raise
            finally:
                look.elapsed += time.monotonic() - began
                self._manners.note_visit(host)
        self._manners.note_answer(host, retry_after=_told_to_wait(answer, look.at))
        return answer

    @property
    def _open(self) -> Transport:
        if self._transport is None:
            raise RuntimeError("a Fetcher is used inside 'async with'")
        return self._transport


def _told_to_wait(answer: Answer, at: datetime) -> datetime | None:
    if answer.status not in (429, 503):
        return None
    return retry_after(Snapshot(answer.url, at, Outcome.BLOCKED, status=answer.status, headers=answer.headers))


def user_agent(settings: FetchSettings) -> str:
    """Return what we call ourselves: product, version and, if configured, whom to write to. Raises ConfigError."""
    contact = settings.contact.strip()
    if not contact.isascii() or not contact.isprintable() or len(contact) > 200:
        raise ConfigError("fetch.contact is a mail address or URL in plain ASCII", key="fetch.contact")
    return f"{PRODUCT}/{__version__}" + (f" (+{contact})" if contact else "")


def check_places(settings: FetchSettings) -> None:
    """Raise ConfigError for a proxy or a place to connect to that cannot be understood."""
    if settings.proxy and not re.match(r"(?:https?|socks5h?)://[^/\s]", settings.proxy):
        raise ConfigError("fetch.proxy is a URL such as http://127.0.0.1:3128", key="fetch.proxy")
    for pair in settings.connect_to.items():
        if not all(re.fullmatch(r"(?:[^:/\s]+|\[[\da-fA-F:.]+\]):\d{1,5}", place) for place in pair):
            raise ConfigError("fetch.connect_to leads from host:port to address:port", key="fetch.connect_to")


def fetch_page(url: str, settings: FetchSettings | None = None, *, by: Fetcher | None = None) -> Snapshot:
    """Fetch one page at once, outside any archive, `by` a fetcher where one is at hand, not yet entered.

    Raises FetchError if no usable page came.
    """

    async def look() -> Snapshot:
        async with by or Fetcher(settings) as fetcher:
            return await fetcher.fetch(url)

    snapshot = asyncio.run(look())
    if snapshot.outcome is not Outcome.OK:
        raise FetchError(url, snapshot.reason, status=snapshot.status)
    return snapshot
