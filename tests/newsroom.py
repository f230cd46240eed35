"""A newsroom's web server on loopback, whose every answer a test writes. One thread a connection, nothing but sockets.

with Newsroom() as newsroom:
    newsroom.publish("/story", "<p>Text</p>", etag='"1"')   # a page; answers 304 to its own ETag
    newsroom.script("/cut", b"HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nhalf")   # bytes as they are, then the end
    newsroom.script("/echo", lambda request: answer(request.headers["user-agent"]))
    newsroom.url("/story"), newsroom.host, newsroom.requests
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Self


@dataclass(frozen=True)
class Request:
    """One request as it came: header names in lower case, `at` on the monotonic clock."""

    method: str
    target: str
    headers: dict[str, str]
    at: float = field(default_factory=time.monotonic)


Script = bytes | Callable[[Request], bytes]


def answer(
    body: str | bytes = b"", status: int = 200, *, headers: dict[str, str] | None = None, length: bool = True
) -> bytes:
    """Return a whole HTTP/1.1 response; HTML in UTF-8 unless `headers` say otherwise."""
    content = body.encode() if isinstance(body, str) else body
    lines = {"Content-Type": "text/html; charset=utf-8", **(headers or {})}
    if length:
        lines.setdefault("Content-Length", str(len(content)))
    phrase = HTTPStatus(status).phrase if status in list(HTTPStatus) else "Odd"
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} {phrase}\r\n{head}Connection: close\r\n\r\n".encode("latin-1") + content


class Newsroom:
    """The server; `requests` logs what came, in order of arrival. Whatever has no script is a 404."""

    def __init__(self, host: str = "127.0.0.1", *, tls: ssl.SSLContext | None = None) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, 0), family=family, backlog=128)
        self._scripts: dict[str, Script] = {}
        self._open: set[socket.socket] = set()
        self._ended = threading.Event()
        self._tls = tls
        self.port: int = self._listener.getsockname()[1]
        self.host = f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"
        self.requests: list[Request] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def url(self, path: str = "/") -> str:
        """Return the URL of a path of this server."""
        return f"http{'s' * bool(self._tls)}://{self.host}{path}"

    def script(self, path: str, script: Script) -> None:
        """Answer a path, without its query, with these bytes, or with what the function makes of the request."""
        self._scripts[path] = script

    def publish(self, path: str, body: str | bytes, *, etag: str = "", **options: object) -> None:
        """Answer a path with a page."""
        headers = {**dict(options.pop("headers", None) or {}), **({"ETag": etag} if etag else {})}  # type: ignore[call-overload]

        def page(request: Request) -> bytes:
            if etag and request.headers.get("if-none-match") == etag:
                return answer(b"", 304, headers={"ETag": etag}, length=False)
            return answer(body, headers=headers, **options)  # type: ignore[arg-type]

        self.script(path, page)

    def asked(self, path: str) -> list[Request]:
        """Return the requests for one path, with or without a query."""
        return [request for request in self.requests if request.target.partition("?")[0] == path]

    def hold(self) -> None:
        """Wait until the server ends: for scripts that never answer."""
        self._ended.wait(60)

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError):
            connection = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
        self._open.add(connection)
        with connection, suppress(OSError):
            received = b""
            while b"\r\n\r\n" not in received:
                piece = connection.recv(65536)
                received += piece
                if not piece or received.startswith(b"\x16"):  # the end, or the first byte of TLS
                    break
            if received and not received.startswith(b"\x16"):
                connection.sendall(self._answer(_parsed(received)))
        self._open.discard(connection)

    def _answer(self, request: Request) -> bytes:
        self.requests.append(request)
        script = self._scripts.get(request.target.partition("?")[0], answer("no such page", 404))
        return script(request) if callable(script) else script


def _parsed(received: bytes) -> Request:
    first, *lines = received.decode("latin-1").partition("\r\n\r\n")[0].split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    return Request(method, target, {name.strip().lower(): value.strip() for name, _, value in pairs})
