"""What stands before every answer: only our own name is answered to, and nothing may run or load. Knows no page."""

import re
from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^:\[\]@/ ]+))(?::[0-9]{1,5})?")
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
}


class Guard:
    """Refuses a request whose Host is not one of `hosts`, and puts the headers that forbid everything on each answer.

    A page elsewhere whose name is made to point at this machine (DNS rebinding) asks with its own name: without the
    first rule it could read the archive. `hosts` are names without a port.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        asked = Headers(scope=scope).getlist("host")
        if len(asked) != 1 or name_of(asked[0]) not in self._hosts:
            refusal = PlainTextResponse(
                "This server answers to its own name alone; 'revtrack serve --name' adds one.\n",
                HTTPStatus.MISDIRECTED_REQUEST,
            )
            await refusal(scope, receive, send_guarded)
            return
        await self._app(scope, receive, send_guarded)


def name_of(host: str) -> str:
    """Return the name in a Host header, in small letters, without port and brackets of IPv6; "" where it is none."""
    found = _HOST.fullmatch(host.strip().lower())
    return (found[1] or found[2]) if found else ""
