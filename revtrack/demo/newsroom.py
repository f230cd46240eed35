"""Serve captures from 127.0.0.1 as they stood at a time that the caller sets. Conditional requests included."""

from collections.abc import Callable, Sequence
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Self
from urllib.parse import urlsplit

from revtrack.demo.captures import Capture


class Newsroom:
    """A context manager: a small news site on a free loopback port, in a thread of its own."""

    def __init__(self, captures: Sequence[Capture], clock: Callable[[], datetime]) -> None:
        self._captures = captures
        self._clock = clock
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._answering())
        self._thread = Thread(target=self._server.serve_forever, name="revtrack-demo", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        """Where it listens, as "127.0.0.1:port"."""
        return f"127.0.0.1:{self._server.server_port}"

    def published(self, path: str) -> Capture | None:
        """Return the capture that stands at a path now, None before the first."""
        now = self._clock()
        standing = [c for c in self._captures if urlsplit(c.url).path == path and c.time <= now]
        return standing[-1] if standing else None

    def _answering(self) -> type[BaseHTTPRequestHandler]:
        newsroom = self

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                capture = newsroom.published(self.path)
                if capture is None:
                    self._send(404, (("Content-Type", "text/plain"),), b"not found\n")
                elif dict(capture.headers).get("ETag") == self.headers.get("If-None-Match", ""):
                    self._send(304, capture.headers, None)
                else:
                    self._send(capture.status, capture.headers, capture.body)

            def log_message(self, *_: object) -> None:
                """Keep the terminal for the demo."""

            def _send(self, status: int, headers: tuple[tuple[str, str], ...], body: bytes | None) -> None:
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                if body is not None:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body or b"")

        return Answer
