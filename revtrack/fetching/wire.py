"""HTTP/1.1 as bytes: a request out, an answer in, piece by piece. Knows no connection and no time.

Who parses is h11, or llhttp by way of httptools where that is installed (the extra `fast`): a third of the work.
"""

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any, Protocol

import h11

Headers = tuple[tuple[str, str], ...]

_LONGEST_HEAD = 100 << 10
"""Bytes of status line and headers, more than which no server needs."""


class WireError(Exception):
    """What a server sent is not valid HTTP; `is_cut` says that it was, as far as it came."""

    def __init__(self, *, is_cut: bool = False) -> None:
        super().__init__("cut off" if is_cut else "not valid HTTP")
        self.is_cut = is_cut


class Exchange(Protocol):
    """One request and its answer. `status` is 0 until the head has come; `keeps` tells that another may follow."""

    status: int
    headers: Headers
    is_whole: bool
    keeps: bool

    def ask(self, target: str, headers: Headers) -> bytes:
        """Return the bytes of a GET."""
        ...

    def take(self, received: bytes) -> bytes:
        """Take what came, b"" for the end of the connection, and return what of it is content. Raises WireError."""
        ...


@cache
def exchanges() -> Callable[[], Exchange]:
    """Return what makes an exchange: of the parsers the fastest that is installed."""
    return Swift if find_spec("httptools") else Plain


class Plain:
    """An exchange read by h11."""

    def __init__(self) -> None:
        self.status, self.headers, self.is_whole, self.keeps = 0, Headers(), False, False
        self._line = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)

    def ask(self, target: str, headers: Headers) -> bytes:
        """Return the bytes of a GET."""
        for event in _ASKED:  # h11 is told that a request is out, and writes none: that is half of its work
            self._line.send(event)
        return _request(target, headers)

    def take(self, received: bytes) -> bytes:
        """Take what came and return what of it is content."""
        try:
            self._line.receive_data(received)
            content = b"".join(self._events())
        except h11.RemoteProtocolError:
            raise WireError(is_cut=not received and self.status > 0) from None
        if not received and not self.is_whole:
            raise WireError(is_cut=self.status > 0)
        return content

    def _events(self) -> Any:  # noqa: ANN401 - an iterator of bytes, or of what h11 calls so
        while not self.is_whole:
            event = self._line.next_event()
            if isinstance(event, h11.Response):
                self.status, self.headers = event.status_code, _as_text(event.headers.raw_items())
            elif isinstance(event, h11.Data):
                yield event.data
            elif isinstance(event, h11.EndOfMessage):
                self.is_whole = True
                self.keeps = self._line.their_state is h11.DONE and self._line.trailing_data == (b"", False)
            elif not isinstance(event, h11.InformationalResponse):
                return


class Swift:
    """An exchange read by llhttp; where that could read another answer than h11 does, h11 reads it from its start."""

    def __init__(self) -> None:
        import httptools  # noqa: PLC0415 - of an extra

        self.status, self.headers, self.is_whole, self.keeps = 0, Headers(), False, False
        self._parser = httptools.HttpResponseParser(self)
        self._parser.set_dangerous_leniencies(lenient_spaces_after_chunk_size=True)  # as h11 has it
        # The second is none of the first: a server that changes to another protocol would else end the whole pass.
        self._errors = (httptools.HttpParserError, httptools.HttpParserUpgrade, UnicodeDecodeError)
        self._found: list[tuple[bytes, bytes]] = []
        self._content: list[bytes] = []
        self._head = bytearray()
        self._idle = 0  # bytes since content came
        self._is_excessive = False
        self._plain: Plain | None = None

    def ask(self, target: str, headers: Headers) -> bytes:
        """Return the bytes of a GET."""
        return _request(target, headers)

    def take(self, received: bytes) -> bytes:
        """Take what came and return what of it is content."""
        if self._plain:
            return self._leave_to(self._plain, received)
        if not received:
            self._end()
        if self.status:
            return self._feed(received)
        self._head += received
        try:
            content = self._feed(received)
        except WireError:
            content = b""
        else:
            if self._is_usual():
                return content
        self._plain = Plain()
        self._plain.ask("/", ())
        return self._leave_to(self._plain, bytes(self._head))

    def _feed(self, received: bytes) -> bytes:
        try:
            self._parser.feed_data(received)
        except self._errors:
            if not self.is_whole:
                raise WireError from None
            self._is_excessive = True
        self.keeps = self.keeps and not self._is_excessive
        content = b"".join(self._content)
        self._content.clear()
        self._idle = 0 if content else self._idle + len(received)
        if self._idle > _LONGEST_HEAD:
            raise WireError
        return content

    def _is_usual(self) -> bool:
        """Say whether a head, as far as it came, is none that llhttp takes and h11 does not."""
        codings = [value.lower() for name, value in self.headers if name.lower() == "transfer-encoding"]
        begins_well = self._head.startswith(b"HTTP"[: len(self._head)]) and 0 not in self._head
        return codings in ([], ["chunked"]) and begins_well

    def _leave_to(self, plain: Plain, received: bytes) -> bytes:
        try:
            return plain.take(received)
        finally:
            self.status, self.headers, self.is_whole, self.keeps = (
                plain.status,
                plain.headers,
                plain.is_whole,
                plain.keeps,
            )

    def _end(self) -> None:
        """Let the end of the connection be that of an answer that does not say where it ends."""
        framed = {"content-length", "transfer-encoding"}
        if not self.status or any(name.lower() in framed for name, _ in self.headers):
            raise WireError(is_cut=self.status > 0)
        self.is_whole = True

    # --- called by the parser ---

    def on_message_begin(self) -> None:
        """Begin an answer; a second one is none."""
        self._is_excessive = self.is_whole

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, but none that comes behind the content."""
        if not self.status and not self._is_excessive:
            self._found.append((name, value))

    def on_headers_complete(self) -> None:
        """Take the head of an answer; those of the hundreds only announce it."""
        status = self._parser.get_status_code()
        if status >= 200 and not self._is_excessive:
            self.status, self.headers = status, _as_text(self._found)
        self._found.clear()

    def on_body(self, body: bytes) -> None:
        """Take content."""
        if not self._is_excessive:
            self._content.append(body)

    def on_message_complete(self) -> None:
        """End an answer."""
        if self.status and not self._is_excessive:
            self.is_whole, self.keeps = True, self._parser.should_keep_alive()


_ASKED = (h11.Request(method="GET", target="/", headers=[("Host", "a.test")]), h11.EndOfMessage())
"""Any request, as h11 sees it."""


def _request(target: str, headers: Headers) -> bytes:
    """Return the bytes of a GET; a line end within would be a second request. Raises WireError."""
    lines = [f"GET {target} HTTP/1.1", *[f"{name}: {value}" for name, value in headers], "", ""]
    text = "\r\n".join(lines)
    if text.count("\r") + text.count("\n") > 2 * len(lines) - 2 or "\0" in text:
        raise WireError
    return text.encode("latin-1")


def _as_text(headers: list[tuple[bytes, bytes]]) -> Headers:
    """Return headers as text; Latin-1 keeps every byte, so nothing is lost."""
    return tuple((name.decode("latin-1"), value.decode("latin-1").rstrip(" \t")) for name, value in headers)
