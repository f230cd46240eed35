"""A news site on loopback, as fast as can be: bytes made beforehand, connections kept. Knows pages, no tracker."""

import asyncio
import gzip
import time
from collections import defaultdict
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Self

from bench.speed.pages import Edited, with_noise

_ROBOTS = b"User-agent: *\nDisallow: /private/\n"


@dataclass
class Site:
    """The site and its switches: `edited` pages show their edit; with `noise` no two answers are alike, without ETags.

    `hosts` ports stand for so many hosts; `latency` in seconds is waited before each answer. `most` and `least_gap`
    say how many requests were under way at one host at most, and how many seconds lay at least between the end of one
    and the next.
    """

    pages: list[Edited]
    hosts: int = 4
    latency: float = 0.0
    noise: bool = False
    edited: frozenset[int] = frozenset()
    requests: int = 0
    most: int = 0
    least_gap: float = float("inf")
    _serial: int = 0
    _bodies: dict[tuple[int, bool, int], bytes] = field(default_factory=dict)
    _open: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    _ended: dict[int, float] = field(default_factory=dict)
    _ports: list[int] = field(default_factory=list)

    def __enter__(self) -> Self:
        for number in range(len(self.pages)):
            self._body(number)  # beforehand: to pack pages while others wait would make a slow site
        self._loop, ready = asyncio.new_event_loop(), Event()
        self._thread = Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def urls(self) -> list[str]:
        """Return the addresses of all pages, host by host in turn."""
        return [f"http://127.0.0.1:{self._ports[i % self.hosts]}/news/{i}.html" for i in range(len(self.pages))]

    def _serve(self, ready: Event) -> None:
        asyncio.set_event_loop(self._loop)
        for _ in range(self.hosts):
            server = self._loop.run_until_complete(asyncio.start_server(self._talk, "127.0.0.1", 0))
            self._ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        self._loop.run_forever()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        port = writer.get_extra_info("sockname")[1]
        try:
            while True:
                request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                self._begin(port)
                if self.latency:
                    await asyncio.sleep(self.latency)
                answer = self._answer(request.split(" ", 2)[1], request)
                self._open[port] -= 1
                self._ended[port] = time.monotonic()  # before it goes out: the next request may come at once
                writer.write(answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _begin(self, port: int) -> None:
        self.requests += 1
        self._open[port] += 1
        self.most = max(self.most, self._open[port])
        if port in self._ended:
            self.least_gap = min(self.least_gap, time.monotonic() - self._ended[port])

    def _answer(self, path: str, request: str) -> bytes:
        if path == "/robots.txt":
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
            return head % len(_ROBOTS) + _ROBOTS
        number = int(path.removeprefix("/news/").removesuffix(".html"))
        etag = f'"{number}-{int(number in self.edited)}"'
        validator = b"" if self.noise else f"ETag: {etag}\r\n".encode()
        if not self.noise and f"if-none-match: {etag}\r\n" in request:
            return b"HTTP/1.1 304 Not Modified\r\n%b\r\n" % validator
        body = self._body(number)
        kind = b"Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
        return b"HTTP/1.1 200 OK\r\n%b%bContent-Length: %d\r\n\r\n%b" % (kind, validator, len(body), body)

    def _body(self, number: int) -> bytes:
        self._serial += self.noise
        key = (number, number in self.edited, self._serial if self.noise else 0)
        if key not in self._bodies:
            page = self.pages[number].after if key[1] else self.pages[number].before
            packed = gzip.compress(with_noise(page, key[2]).encode(), 6, mtime=0)
            if self.noise:
                return packed
            self._bodies[key] = packed
        return self._bodies[key]
