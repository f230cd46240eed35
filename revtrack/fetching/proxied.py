"""Requests by way of a proxy, by httpx. Knows nothing of what may be asked for."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import httpx

from revtrack.fetching.connections import Target, UnreachableError, tls_of, trust
from revtrack.fetching.wire import Headers, WireError
from revtrack.model import Tls


@dataclass(slots=True)
class ProxiedReply:
    """An answer whose head has come through the proxy."""

    status: int
    headers: Headers
    request_headers: Headers
    tls: Tls | None
    _response: httpx.Response

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the content as it comes. Raises WireError, TimeoutError or OSError where it is not whole."""
        with _plain_errors(is_headed=True):
            async for piece in cast("httpx.AsyncByteStream", self._response.stream):
                yield piece

    async def aclose(self) -> None:
        """Let go of the connection."""
        await self._response.aclose()


class Proxy:
    """The way through a proxy, for one event loop."""

    def __init__(self, url: str) -> None:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        self._http = httpx.AsyncHTTPTransport(verify=trust(), trust_env=False, limits=limits, proxy=url)

    async def ask(
        self, target: Target, path: str, headers: Headers, *, connect_within: float, patience: float
    ) -> ProxiedReply:
        """Send one GET and return its answer when the head of it has come. Raises as `Connections.ask` does."""
        address = httpx.URL(scheme=target.scheme, host=target.address, port=target.port, raw_path=path.encode("ascii"))
        limits = {"connect": connect_within, "read": patience, "write": patience, "pool": None}
        lines = [(name.encode(), value.encode("latin-1")) for name, value in headers]
        extensions = {"timeout": limits, "sni_hostname": target.host}
        request = httpx.Request("GET", address, headers=lines, extensions=extensions)
        with _plain_errors():
            async with asyncio.timeout(patience):
                response = await self._http.handle_async_request(request)
        stream = response.extensions.get("network_stream")
        tls = tls_of(stream.get_extra_info("ssl_object")) if stream else None
        found = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw)
        return ProxiedReply(response.status_code, found, headers, tls, response)

    async def aclose(self) -> None:
        """Close what is open."""
        await self._http.aclose()


@contextmanager
def _plain_errors(*, is_headed: bool = False) -> Iterator[None]:
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
        raise UnreachableError from error
    except httpx.TimeoutException as error:
        raise TimeoutError from error
    except httpx.RemoteProtocolError as error:
        raise WireError(is_cut=is_headed and "body" in str(error)) from error
    except httpx.TransportError as error:
        raise ConnectionResetError from error
