"""Send a message to a URL of our user's: one POST, to vetted addresses alone. Knows no message and no signature.

No redirect is followed: where one leads is not where the user sent it, and it may lead into a private network.
"""

import asyncio
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import httpx

from revtrack import urls
from revtrack.config import FetchSettings
from revtrack.errors import BadURLError
from revtrack.fetching.fetcher import check_places, user_agent
from revtrack.fetching.transport import REDIRECTS, ExchangeError, Resolver, Transport
from revtrack.fetching.waiting import retry_after
from revtrack.model import Outcome, Snapshot

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message: taken if `trouble` is empty, else why not, never with more of the URL than its host.

    `answer` is what the server said, where that was wanted; `not_before` is when it asked to be tried again.
    """

    trouble: str = ""
    not_before: datetime | None = None
    answer: bytes = b""


def send(
    url: str,
    content: bytes,
    headers: Headers = (),
    *,
    settings: FetchSettings,
    within: float,
    resolve: Resolver | None = None,
    most: int = 0,
) -> Receipt:
    """Send content to a URL, waiting `within` seconds at most, and return what became of it. Raises nothing of it.

    Raises ConfigError for settings that cannot be sent or understood.

    `most` is how many bytes of the answer are wanted; a longer one is trouble, 0 leaves it unread.
    """
    check_places(settings)
    try:
        return asyncio.run(_post(urls.well_formed(url), content, headers, settings, within, resolve, most))
    except BadURLError:
        return Receipt("its URL is none that can be used")
    except TimeoutError:
        return Receipt(f"no answer came within {within:g} seconds")
    except ExchangeError as error:
        return Receipt(error.reason)


async def _post(  # noqa: PLR0917 - one caller, which passes its own arguments on
    url: str,
    content: bytes,
    headers: Headers,
    settings: FetchSettings,
    within: float,
    resolve: Resolver | None,
    most: int,
) -> Receipt:
    async with asyncio.timeout(within):
        guard = Transport(settings, resolve=resolve)
        try:
            peers = await guard.peers(urls.split(url))
        finally:
            await guard.aclose()
        if not peers:
            return Receipt(f"{urls.host_of(url)} has no address")
        sent = (("Host", urls.host_of(url)), ("User-Agent", user_agent(settings)), ("Connection", "close"), *headers)
        async with httpx.AsyncHTTPTransport(verify=_trust(), trust_env=False, proxy=settings.proxy or None) as line:
            try:
                return await _exchange(line, _request(url, content, sent, peers[0]), most)
            except (httpx.TransportError, OSError) as error:
                return Receipt(f"{urls.host_of(url)} {_why(error)}")


@cache
def _trust() -> ssl.SSLContext:
    """Return the one TLS context of these requests: making it costs more than a request."""
    return httpx.create_ssl_context()


def _request(url: str, content: bytes, headers: Headers, peer: tuple[str, int]) -> httpx.Request:
    parts = urls.split(url)
    address = httpx.URL(scheme=parts.scheme, host=peer[0], port=peer[1], raw_path=parts.target.encode("ascii"))
    # The connection goes to the address that was vetted; the certificate must be that of the name.
    return httpx.Request(
        "POST", address, headers=list(headers), content=content, extensions={"sni_hostname": parts.host}
    )


async def _exchange(line: httpx.AsyncHTTPTransport, request: httpx.Request, most: int) -> Receipt:
    """Return what a server makes of a request, and no more of its answer than is wanted."""
    response = await line.handle_async_request(request)
    answer = b""
    if most:
        async for piece in response.aiter_raw():
            answer += piece
            if len(answer) > most:
                break
    await response.aclose()
    host, status = request.headers["Host"], response.status_code
    if status in REDIRECTS:
        return Receipt(
            f"{host} answered with a redirect ({status}), which is not followed: name the address it leads to"
        )
    if response.is_success:
        return Receipt(answer=answer) if len(answer) <= most or not most else Receipt(f"{host} answered with too much")
    asked = Snapshot(
        "", datetime.now(UTC), Outcome.BLOCKED, status=status, headers=tuple(response.headers.multi_items())
    )
    return Receipt(f"{host} answered {status}", retry_after(asked) if status in (429, 503) else None)


def _why(error: Exception) -> str:
    if isinstance(error, httpx.ConnectError):
        return "cannot be reached, or has no certificate that can be trusted"
    return "gave no answer that is valid HTTP" if isinstance(error, httpx.ProtocolError) else "broke off the connection"
