"""One request and its answer, guarded: the only module that opens a connection. Knows no redirects and no outcomes.

A name is resolved once, every address it has is vetted, and the connection goes to the vetted address itself, so that a
name server that changes its answer gains nothing. No environment, cookie, password or redirect of the HTTP library is
used: its transport is called directly. Bodies come as they were sent, content codings and all.
"""

import asyncio
import hashlib
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from ipaddress import ip_address

import httpx

from revtrack import urls
from revtrack.config import FetchSettings
from revtrack.fetching.addresses import forbidden, is_allowed
from revtrack.model import Tls

REDIRECTS = frozenset({301, 302, 303, 307, 308})

# A server that sends nothing for this long, in seconds, is dead; one that is slower than so many bytes a second after
# the same time is as good as dead. What is merely slow has the whole deadline.
PATIENCE = 10.0
_CONNECT_WITHIN = 5.0
_HEADERS = 1.2  # of the patience
_LEAST_RATE = 200
_MOST_PEERS = 4

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
Headers = tuple[tuple[str, str], ...]


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
        # No connection is kept: one to an address vetted for one name must not serve another name, and nothing that a
        # server sends after its answer may be read as the answer to something else.
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        proxy = settings.proxy or None
        self._http = httpx.AsyncHTTPTransport(verify=_trust(), trust_env=False, limits=limits, proxy=proxy)

    async def aclose(self) -> None:
        """Close whatever is open."""
        await self._http.aclose()

    async def exchange(
        self, url: str, headers: Headers, *, limit: int, cut: bool = False, patience: float = PATIENCE
    ) -> Answer:
        """Send one GET for a well-formed URL and return the answer.

        `patience` is how many seconds of silence are borne. A body of more than `limit` bytes is an error, or is cut
        there if `cut` is set. Raises ExchangeError.
        """
        parts = urls.split(url)
        peers = await self._peers(parts)
        trouble = ExchangeError(f"{parts.host} has no address", reached=False)
        for peer in peers[:_MOST_PEERS]:
            try:
                return await self._ask(_request(url, headers, peer, patience), url, peer, _Bounds(limit, cut, patience))
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
                trouble = ExchangeError(_why_unreachable(error, parts), reached=False)
        raise trouble

    async def _peers(self, parts: urls.URLParts) -> list[tuple[str, int]]:
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
            advice = "; a private one that may be fetched is named under allow in [fetch]"
            raise ExchangeError(f"refused: {name}{shown}, {why}{advice}", reached=False)

    async def _look_up(self, host: str, port: int) -> list[str]:
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise ExchangeError(f"the name {host} could not be found", reached=False) from error
        return list(dict.fromkeys(found))

    async def _ask(self, request: httpx.Request, url: str, peer: tuple[str, int], bounds: "_Bounds") -> Answer:
        try:
            async with asyncio.timeout(_HEADERS * bounds.patience):
                response = await self._http.handle_async_request(request)
        except TimeoutError:
            raise ExchangeError("the server did not answer in time", in_vain=True) from None
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError):
            raise
        except (httpx.TransportError, OSError) as error:
            in_vain = isinstance(error, httpx.TimeoutException)
            raise ExchangeError(_why_no_answer(error), in_vain=in_vain) from error
        answer = Answer(
            url=url,
            status=response.status_code,
            headers=_as_text(response.headers.raw),
            request_headers=_as_text(request.headers.raw),
            peer=urls.join_port(*peer),
            tls=_tls_of(response),
        )
        answer = replace(answer, is_framed=bool(answer.header("content-length") or answer.header("transfer-encoding")))
        try:
            if answer.status in REDIRECTS and answer.header("location"):
                return answer
            return await _read(response, answer, bounds)
        finally:
            await response.aclose()


@dataclass(frozen=True, slots=True)
class _Bounds:
    """How much of a body is taken, whether the rest may be cut, and for how long silence is borne."""

    limit: int
    cut: bool
    patience: float


@cache
def _trust() -> ssl.SSLContext:
    """Return the one TLS context of this process: making it costs more than a fetch."""
    return httpx.create_ssl_context()


async def _resolve(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _request(url: str, headers: Headers, peer: tuple[str, int], patience: float) -> httpx.Request:
    parts = urls.split(url)
    address = httpx.URL(scheme=parts.scheme, host=peer[0], port=peer[1], raw_path=parts.target.encode("ascii"))
    limits = {"connect": min(_CONNECT_WITHIN, patience), "read": patience, "write": patience, "pool": None}
    extensions = {"timeout": limits, "sni_hostname": parts.host}
    lines = [(name.encode(), value.encode("latin-1")) for name, value in (("Host", urls.host_of(url)), *headers)]
    return httpx.Request("GET", address, headers=lines, extensions=extensions)


async def _read(response: httpx.Response, answer: Answer, bounds: _Bounds) -> Answer:
    """Return the answer with its body; raise ExchangeError, with what has come, if it is not whole."""
    limit = bounds.limit
    if not bounds.cut and _announced(answer) > limit:
        raise ExchangeError(f"the page is larger than {limit} bytes", answer=answer)
    stream, began = response.stream, time.monotonic()
    assert isinstance(stream, httpx.AsyncByteStream)
    chunks: list[bytes] = []
    size = 0
    try:
        async for piece in stream:
            chunks.append(piece)
            size += len(piece)
            waited = time.monotonic() - began
            if size > limit:
                break
            if waited > bounds.patience and size < waited * _LEAST_RATE:
                cut_off = replace(answer, body=b"".join(chunks))
                raise ExchangeError("the server sends the page too slowly", answer=cut_off, in_vain=True)
    except (httpx.TransportError, OSError) as error:
        in_vain, cut_off = isinstance(error, httpx.TimeoutException), replace(answer, body=b"".join(chunks))
        raise ExchangeError(_why_cut(error), answer=cut_off, in_vain=in_vain) from error
    if size > limit and not bounds.cut:
        raise ExchangeError(f"the page is larger than {limit} bytes", answer=answer)
    return replace(answer, body=b"".join(chunks)[:limit])


def _announced(answer: Answer) -> int:
    """Return the size in bytes that an answer announces; 0 if it announces none."""
    length = answer.header("content-length")
    return int(length[:16]) if length.isascii() and length.isdigit() else 0


def _why_unreachable(error: Exception, parts: urls.URLParts) -> str:
    place = f"{parts.host} port {parts.port}"
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the certificate of {place} cannot be trusted: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return f"no secure connection to {place} could be made"
        if isinstance(cause, ConnectionRefusedError):
            return f"{place} refuses connections"
    if isinstance(error, httpx.ProxyError):
        return "the proxy does not let us through"
    return f"{place} does not answer" if isinstance(error, httpx.ConnectTimeout) else f"{place} cannot be reached"


def _why_no_answer(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "the server did not answer in time"
    if isinstance(error, httpx.RemoteProtocolError):
        return "the server's answer is not valid HTTP, or none came at all"
    return "the server broke off the connection before it answered"


def _why_cut(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "the server fell silent in the middle of the page"
    if isinstance(error, httpx.RemoteProtocolError) and "body" not in str(error):
        return "the page came in a form that is not valid HTTP"
    return "the page broke off before its end"


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and len(found) < 20:
        found += error.exceptions if isinstance(error, BaseExceptionGroup) else [error]
        error = error.__cause__ or error.__context__
    return found


def _tls_of(response: httpx.Response) -> Tls | None:
    stream = response.extensions.get("network_stream")
    secure = stream.get_extra_info("ssl_object") if stream else None
    if secure is None:
        return None
    certificate = secure.getpeercert(binary_form=True) or b""
    return Tls(secure.version() or "", (secure.cipher() or ("",))[0], hashlib.sha256(certificate).hexdigest())


def _as_text(headers: Sequence[tuple[bytes, bytes]]) -> Headers:
    """Return headers as text; Latin-1 keeps every byte, so nothing is lost."""
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)
