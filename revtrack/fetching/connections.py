"""Connections to addresses that were vetted, kept for the next request to the same host. Knows no policy.

A connection serves one name: another name's answers never come by it, even from the same address. What a server sends
while nobody asked ends the connection, so that it is never read as the answer to something else.
"""

import asyncio
import hashlib
import ssl
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

import certifi

from revtrack.fetching.wire import Exchange, Headers, WireError, exchanges
from revtrack.model import Tls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_KEPT_FOR = 60.0  # seconds
_MOST_KEPT = 200
_AHEAD = 256 << 10  # bytes that may wait to be read


class UnreachableError(Exception):
    """No connection could be made; the cause says why."""


class Target(NamedTuple):
    """Where a request goes: the name asked for, and the address and port that were vetted for it."""

    scheme: str
    host: str
    address: str
    port: int


@dataclass(slots=True)
class Reply:
    """An answer whose head has come; `patience` is how many seconds of silence its content may have."""

    status: int
    headers: Headers
    request_headers: Headers
    tls: Tls | None
    patience: float
    _first: bytes
    _exchange: Exchange
    _line: "_Line"
    _kept: "Connections"
    _target: Target

    async def pieces(self) -> "AsyncIterator[bytes]":
        """Yield the content as it comes. Raises WireError, TimeoutError or OSError where it is not whole."""
        if self._first:
            yield self._first
        while not self._exchange.is_whole:
            until = asyncio.get_running_loop().time() + self.patience
            content = self._exchange.take(await self._line.receive(until))
            if content:
                yield content

    async def aclose(self) -> None:
        """Keep the connection for the next request, if nothing is left on it."""
        if self._exchange.is_whole and self._exchange.keeps:
            self._kept.keep(self._target, self._line)
        else:
            self._line.close()


class Connections:
    """The connections of one event loop."""

    def __init__(self) -> None:
        self._kept: dict[Target, tuple[_Line, float]] = {}

    async def ask(
        self, target: Target, path: str, headers: Headers, *, connect_within: float, patience: float
    ) -> Reply:
        """Send one GET and return its answer when the head of it has come; all times in seconds.

        Raises UnreachableError, TimeoutError, WireError or OSError.
        """
        line = self._take(target)
        if line is not None:
            try:
                return await self._ask(line, target, path, headers, patience)
            except (OSError, WireError) as error:
                line.close()
                if isinstance(error, TimeoutError) or line.has_answered:
                    raise  # else it went away while nobody used it: that says nothing of the server
        line = await _connect(target, connect_within)
        try:
            return await self._ask(line, target, path, headers, patience)
        except BaseException:
            line.close()
            raise

    async def _ask(self, line: "_Line", target: Target, path: str, headers: Headers, patience: float) -> Reply:
        exchange = exchanges()()
        line.send(exchange.ask(path, headers))
        first, until = b"", asyncio.get_running_loop().time() + patience
        while not exchange.status:
            first = exchange.take(await line.receive(until))
        return Reply(
            exchange.status, exchange.headers, headers, line.tls, patience, first, exchange, line, self, target
        )

    def keep(self, target: Target, line: "_Line") -> None:
        """Keep a connection that is at rest; the one that rests longest makes room."""
        line.rest()
        self._kept[target] = (line, asyncio.get_running_loop().time())
        if len(self._kept) > _MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))[0].close()

    def _take(self, target: Target) -> "_Line | None":
        line, since = self._kept.pop(target, (None, 0.0))
        if line is None:
            return None
        if line.is_open and asyncio.get_running_loop().time() - since < _KEPT_FOR:
            line.wake()
            return line
        line.close()
        return None

    async def aclose(self) -> None:
        """Close what is kept."""
        for line, _ in self._kept.values():
            line.close()
        self._kept.clear()
        await asyncio.sleep(0)


@cache
def trust() -> ssl.SSLContext:
    """Return the one TLS context of this process: making it costs more than a fetch."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


async def _connect(target: Target, within: float) -> "_Line":
    is_secure = target.scheme == "https"
    try:
        async with asyncio.timeout(within):
            _, line = await asyncio.get_running_loop().create_connection(
                _Line,
                target.address,
                target.port,
                ssl=trust() if is_secure else None,
                server_hostname=target.host if is_secure else None,
            )
    except (OSError, ValueError) as error:
        raise UnreachableError from error
    return line


@dataclass(slots=True, eq=False)
class _Line(asyncio.Protocol):
    """One connection: what came by it and was not taken yet."""

    tls: Tls | None = None
    has_answered: bool = False
    _transport: asyncio.Transport | None = None
    _pieces: list[bytes] = field(default_factory=list)
    _size: int = 0
    _is_ended: bool = False
    _is_resting: bool = False
    _error: Exception | None = None
    _waiter: "asyncio.Future[None] | None" = None

    @property
    def is_open(self) -> bool:
        return not self._is_ended

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self.tls = tls_of(transport.get_extra_info("ssl_object"))

    def data_received(self, data: bytes) -> None:
        if self._is_resting:  # nobody asked
            self.close()
            return
        self.has_answered = True
        self._pieces.append(data)
        self._size += len(data)
        if self._size > _AHEAD and self._transport:
            self._transport.pause_reading()
        self._tell()

    def eof_received(self) -> bool:
        self._is_ended = True
        self._tell()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_ended, self._error = True, exc
        self._tell()

    def send(self, request: bytes) -> None:
        if self._is_ended or self._transport is None:
            raise ConnectionResetError
        self._transport.write(request)

    async def receive(self, until: float) -> bytes:
        """Return what has come, b"" at the end. Raises TimeoutError where nothing has by that time of the loop."""
        if not self._pieces and not self._is_ended:
            loop = asyncio.get_running_loop()
            self._waiter = loop.create_future()
            alarm = loop.call_at(until, _give_up, self._waiter)
            try:
                await self._waiter
            finally:
                self._waiter = None
                alarm.cancel()
        if not self._pieces and isinstance(self._error, OSError):
            raise self._error
        received = b"".join(self._pieces)
        self._pieces.clear()
        if self._size > _AHEAD and self._transport and not self._is_ended:
            self._transport.resume_reading()
        self._size = 0
        return received

    def rest(self) -> None:
        self._is_resting, self.has_answered = True, False
        if self._pieces:  # nobody asked
            self.close()

    def wake(self) -> None:
        self._is_resting = False

    def close(self) -> None:
        self._is_ended = True
        if self._transport:
            self._transport.abort() if self._is_resting else self._transport.close()

    def _tell(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)


def _give_up(waiter: "asyncio.Future[None]") -> None:
    if not waiter.done():
        waiter.set_exception(TimeoutError())


def tls_of(secure: "ssl.SSLObject | None") -> Tls | None:
    """Return what is kept of a secure connection, None for a plain one."""
    if secure is None:
        return None
    certificate = secure.getpeercert(binary_form=True) or b""
    return Tls(secure.version() or "", (secure.cipher() or ("",))[0], hashlib.sha256(certificate).hexdigest())
