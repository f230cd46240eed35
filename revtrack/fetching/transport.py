"""One request and its answer, guarded: where a request may go, and how much of its answer is taken.

A name is resolved, every address it has is vetted, and the connection goes to the vetted address itself, so that a
name server that changes its answer gains nothing. No environment, cookie, password or redirect of a library is used.
Bodies come as they were sent, content codings and all. Knows no redirects and no outcomes.
"""

import asyncio
import logging
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING

from revtrack import urls
from revtrack.config import FetchSettings
from revtrack.fetching.addresses import forbidden, is_allowed
from revtrack.fetching.connections import Connections, Reply, Target, UnreachableError
from revtrack.fetching.wire import Headers, WireError
from revtrack.model import Tls

if TYPE_CHECKING:
    from revtrack.fetching.proxied import ProxiedReply, Proxy

REDIRECTS = frozenset({301, 302, 303, 307, 308})

# A server that sends nothing for this long, in seconds, is dead; one that is slower than so many bytes a second after
# the same time is as good as dead. What is merely slow has the whole deadline.
PATIENCE = 10.0
_CONNECT_WITHIN = 5.0
_LEAST_RATE = 200
_MOST_PEERS = 4
_FRAMING = frozenset({"content-length", "transfer-encoding"})

log = logging.getLogger(__name__)

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]


class ExchangeError(Exception):
    """No whole answer came; `reason` is one plain sentence, `answer` what came before the trouble, if anything.

    `reached` is whether there was a server, `in_vain` whether it let us wait until our patience ended.
    """

    def __init__(
        self, reason: str, *, answer: "Answer | None" = None, reached: bool = True, in_vain: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.answer = answer
        self.reached = reached
        self.in_vain = in_vain


@dataclass(frozen=True, slots=True)
class Answer:
    """One response; `body` as received, empty for a redirect, which is not read.

    `is_framed` says that the message itself told where it ends, so that a cut would have been noticed. `peer` is the
    address and port that answered.
    """

    url: str
    status: int
    headers: Headers
    request_headers: Headers
    is_framed: bool = True
    peer: str = ""
    tls: Tls | None = None
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str:
        """Return the value of a response header, or ""; `name` in lower case."""
        return ", ".join(value for key, value in self.headers if key.lower() == name)


class Transport:
    """Connections for one event loop; `resolve` gives the addresses of a host and port (default: the system's)."""

    def __init__(self, settings: FetchSettings, *, resolve: Resolver | None = None) -> None:
        self._settings = settings
        self._resolve = resolve or _resolve
        self._line = _line(settings)

    async def aclose(self) -> None:
        """Close whatever is open."""
        await self._line.aclose()

    async def exchange(
        self, url: str, headers: Headers, *, limit: int, cut: bool = False, patience: float = PATIENCE
    ) -> Answer:
        """Send one GET for a well-formed URL and return the answer.

        `patience` is how many seconds of silence are borne. A body of more than `limit` bytes is an error, or is cut
        there if `cut` is set. Raises ExchangeError.
        """
        parts = urls.split(url)
        peers = await self.peers(parts)
        trouble = ExchangeError(f"{parts.host} has no address", reached=False)
        for address, port in peers[:_MOST_PEERS]:
            target = Target(parts.scheme, parts.host, address, port)
            try:
                return await self._ask(target, url, headers, _Bounds(limit, cut, patience))
            except UnreachableError as error:
                trouble = ExchangeError(_why_unreachable(error, parts, proxy=self._settings.proxy), reached=False)
            except ExchangeError:
                raise
            except Exception as error:  # an answer that trips a bug of ours must not cost the looks at all others
                log.debug("could not read the answer of %s", url, exc_info=True)
                raise ExchangeError(f"the server's answer could not be read ({type(error).__name__})") from error
        raise trouble

    async def peers(self, parts: urls.URLParts) -> list[tuple[str, int]]:
        """Return where to connect to, in order of preference; raise ExchangeError if any of it is out of bounds."""
        target = self._settings.connect_to.get(f"{parts.host}:{parts.port}")
        if target:
            host, _, port = target.rpartition(":")
            return [(host.strip("[]"), int(port))]
        if self._settings.proxy and not _is_address(parts.host):
            return [(parts.host, parts.port)]  # its addresses are the proxy's to vet
        addresses = [parts.host] if _is_address(parts.host) else await self._look_up(parts.host, parts.port)
        if not is_allowed(parts.host, parts.port, allow=self._settings.allow):
            for address in addresses:
                self._vet(address, parts)
        return [(address, parts.port) for address in addresses]

    def _vet(self, address: str, parts: urls.URLParts) -> None:
        why = forbidden(address)
        if why and not is_allowed(address, parts.port, allow=self._settings.allow):
            shown = f"{address} port {parts.port}"
            name = "" if parts.host == address else f"{parts.host} leads to "
            place = f"[{parts.host}]:{parts.port}" if ":" in parts.host else f"{parts.host}:{parts.port}"
            advice = f'; if it is your own, allow = ["{place}"] under [fetch] in revtrack.toml lets it be fetched'
            raise ExchangeError(f"refused: {name}{shown}, {why}{advice}", reached=False)

    async def _look_up(self, host: str, port: int) -> list[str]:
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise ExchangeError(f"the name {host} could not be found", reached=False) from error
        return list(dict.fromkeys(found))

    async def _ask(self, target: Target, url: str, headers: Headers, bounds: "_Bounds") -> Answer:
        path, sent = urls.split(url).target, (("Host", urls.host_of(url)), *headers)
        within = min(_CONNECT_WITHIN, bounds.patience)
        try:
            reply = await self._line.ask(target, path, sent, connect_within=within, patience=bounds.patience)
        except (WireError, OSError) as error:
            raise ExchangeError(_why_no_answer(error), in_vain=isinstance(error, TimeoutError)) from error
        names = {name.lower() for name, _ in reply.headers}
        answer = Answer(
            url=url,
            status=reply.status,
            headers=reply.headers,
            request_headers=reply.request_headers,
            is_framed=not names.isdisjoint(_FRAMING),
            peer=urls.join_port(target.address, target.port),
            tls=reply.tls,
        )
        try:
            if answer.status == HTTPStatus.NOT_MODIFIED or (answer.status in REDIRECTS and answer.header("location")):
                return answer
            return await _read(reply, answer, bounds)
        finally:
            await reply.aclose()


def _line(settings: FetchSettings) -> "Connections | Proxy":
    if not settings.proxy:
        return Connections()
    from revtrack.fetching.proxied import Proxy  # noqa: PLC0415 - few need one

    return Proxy(settings.proxy)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """How much of a body is taken, whether the rest may be cut, and for how long silence is borne."""

    limit: int
    cut: bool
    patience: float


async def _resolve(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


@lru_cache(maxsize=4096)
def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


async def _read(reply: "Reply | ProxiedReply", answer: Answer, bounds: _Bounds) -> Answer:
    """Return the answer with its body; raise ExchangeError, with what has come, if it is not whole."""
    limit = bounds.limit
    if not bounds.cut and _announced(answer) > limit:
        raise ExchangeError(f"the page is larger than {limit} bytes", answer=answer)
    began = time.monotonic()
    chunks: list[bytes] = []
    size = 0
    try:
        async for piece in reply.pieces():
            chunks.append(piece)
            size += len(piece)
            waited = time.monotonic() - began
            if size > limit:
                break
            if waited > bounds.patience and size < waited * _LEAST_RATE:
                cut_off = replace(answer, body=b"".join(chunks))
                raise ExchangeError("the server sends the page too slowly", answer=cut_off, in_vain=True)
    except (WireError, OSError) as error:
        in_vain, cut_off = isinstance(error, TimeoutError), replace(answer, body=b"".join(chunks))
        raise ExchangeError(_why_cut(error), answer=cut_off, in_vain=in_vain) from error
    if size > limit and not bounds.cut:
        raise ExchangeError(f"the page is larger than {limit} bytes", answer=answer)
    return replace(answer, body=b"".join(chunks)[:limit]) if chunks else answer


def _announced(answer: Answer) -> int:
    """Return the size in bytes that an answer announces; 0 if it announces none."""
    length = answer.header("content-length")
    return int(length[:16]) if length.isascii() and length.isdigit() else 0


def _why_unreachable(error: UnreachableError, parts: urls.URLParts, *, proxy: str) -> str:
    place = f"{parts.host} port {parts.port}"
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the certificate of {place} cannot be trusted: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError) or (parts.scheme == "https" and isinstance(cause, ConnectionResetError)):
            return f"no secure connection to {place} could be made"
        if isinstance(cause, ConnectionRefusedError):
            return f"{place} refuses connections"
        if isinstance(cause, TimeoutError):
            return f"{place} does not answer"
    return "the proxy does not let us through" if proxy else f"{place} cannot be reached"


def _why_no_answer(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "the server did not answer in time"
    if isinstance(error, WireError):
        return "the server's answer is not valid HTTP, or none came at all"
    return "the server broke off the connection before it answered"


def _why_cut(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "the server fell silent in the middle of the page"
    if isinstance(error, WireError) and not error.is_cut:
        return "the page came in a form that is not valid HTTP"
    return "the page broke off before its end"


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and len(found) < 20:
        found += error.exceptions if isinstance(error, BaseExceptionGroup) else [error]
        error = error.__cause__ or error.__context__
    return found
