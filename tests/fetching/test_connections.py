"""Connections are kept for the host they were made for, and nothing that nobody asked for is ever read."""

import asyncio
import socket
import threading
from contextlib import suppress
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.fetching.connections import Connections, Target
from revtrack.fetching.wire import Plain, Swift, WireError

PARSERS = [Plain, pytest.param(Swift, marks=pytest.mark.skipif(not find_spec("httptools"), reason="needs httptools"))]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
SPLICED = (b"", b" ", b"\r\n", b"\n", b"\0", b"\xff", b":", b"9", b"\r\nX: y", b"\r\nContent-Length: 2", b"HTTP/1.1 ")


class Server:
    """Answers the requests of each connection with what the script has for it, one after the other, then hangs up."""

    def __init__(self, *scripts):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._scripts = list(scripts)
        self.target = Target("http", "paper.test", "127.0.0.1", self._listener.getsockname()[1])
        self.connections = 0

    def __enter__(self):
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._listener.close()

    def _serve(self):
        with suppress(OSError):
            for answers in self._scripts:
                connection, _ = self._listener.accept()
                self.connections += 1
                with connection:
                    for answer in answers:
                        if not connection.recv(65536):
                            break
                        connection.sendall(answer)


def ask(server, times):
    async def run():
        kept = Connections()
        bodies = []
        for _ in range(times):
            reply = await kept.ask(server.target, "/", (("Host", "paper.test"),), connect_within=5.0, patience=5.0)
            bodies.append(b"".join([piece async for piece in reply.pieces()]))
            await reply.aclose()
            await asyncio.sleep(0.02)  # for what the server may add
        await kept.aclose()
        return bodies

    return asyncio.run(run())


def test_a_connection_serves_the_next_request_to_its_host():
    with Server([OK, OK, OK]) as server:
        assert ask(server, 3) == [b"ok"] * 3
    assert server.connections == 1


def test_a_kept_connection_that_went_away_costs_no_look():
    with Server([OK], [OK]) as server:
        assert ask(server, 2) == [b"ok"] * 2
    assert server.connections == 2


def test_what_a_server_sends_unasked_is_never_read_as_an_answer():
    forged = OK + b"HTTP/1.1 304 Not Modified\r\n\r\n"
    with Server([forged, OK], [OK]) as server:
        assert ask(server, 2) == [b"ok"] * 2
    assert server.connections == 2


def test_a_server_that_wants_to_close_is_left():
    closing = OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    with Server([closing], [closing]) as server:
        assert ask(server, 2) == [b"ok"] * 2
    assert server.connections == 2


def test_a_connection_of_one_name_serves_no_other():
    async def run(server):
        kept = Connections()
        for name in ("paper.test", "other.test"):
            target = server.target._replace(host=name)
            reply = await kept.ask(target, "/", (("Host", name),), connect_within=5.0, patience=5.0)
            await reply.aclose()
            assert b"".join([piece async for piece in reply.pieces()]) == b"ok"
            kept.keep(target, reply._line)
        await kept.aclose()

    with Server([OK], [OK]) as server:
        asyncio.run(run(server))
    assert server.connections == 2


# --- the parsers ------------------------------------------------------------------------------------------------------


def read(parser, *pieces):
    exchange = parser()
    exchange.ask("/", (("Host", "a.test"),))
    content = b"".join(exchange.take(piece) for piece in pieces)
    return exchange.status, content, exchange.is_whole, exchange.keeps


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("pieces", "found"),
    [
        ((OK,), (200, b"ok", True, True)),
        ((OK[:20], OK[20:-1], OK[-1:]), (200, b"ok", True, True)),
        ((b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n",), (304, b"", True, True)),
        ((b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK,), (200, b"ok", True, True)),
        ((CHUNKED,), (200, b"ok", True, True)),
        ((b"HTTP/1.1 200 OK\r\n\r\nok", b""), (200, b"ok", True, False)),
        ((b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",), (200, b"ok", True, False)),
        ((OK + OK,), (200, b"ok", True, False)),
        # What servers send that is not quite as it should be; h11 takes it, llhttp does not.
        ((OK.replace(b"\r\n\r\n", b"\r\nContent-Length: 2\r\n\r\n"),), (200, b"ok", True, True)),
        ((OK.replace(b"\r\n", b"\n"),), (200, b"ok", True, True)),
        ((OK.replace(b"\r\n\r\n", b"\r\nX: one\r\n  two\r\n\r\n"),), (200, b"ok", True, True)),
        ((CHUNKED.replace(b"Transfer", b"Content-Length: 9\r\nTransfer"),), (200, b"ok", True, True)),
        ((CHUNKED.replace(b"2\r\n", b"2  \r\n"),), (200, b"ok", True, True)),
        ((CHUNKED[:-2] + b"Expires: 0\r\n\r\n",), (200, b"ok", True, True)),
    ],
)
def test_both_parsers_read_an_answer_alike(parser, pieces, found):
    assert read(parser, *pieces) == found


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("pieces", "is_cut"),
    [
        ((b"",), False),
        ((b"banana\r\n\r\n",), False),
        ((OK[:-1], b""), True),
        ((b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",), False),
        ((b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000,), False),
        ((b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n" + OK,), False),
        ((b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n", b"\r\n\0\0\4"), False),
        ((b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",), False),
        ((b"\0\0\x12\4\0\0\0\0\0",), False),
        ((b"\r\n" + OK,), False),
        ((OK.replace(b"OK", b"O\0K"),), False),
        ((CHUNKED.replace(b"chunked", b"gzip, chunked"),), False),
        ((CHUNKED[:-2], *[b"X: " + b"a" * 60_000] * 2), False),
    ],
)
def test_both_parsers_refuse_what_is_no_whole_answer(parser, pieces, is_cut):
    with pytest.raises(WireError) as caught:
        read(parser, *pieces)
    assert caught.value.is_cut is is_cut


@pytest.mark.skipif(not find_spec("httptools"), reason="needs httptools")
@given(
    st.sampled_from([OK, CHUNKED, b"HTTP/1.0 304 Not Modified\nETag: x\r\n\r\n"]),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3), st.sampled_from(SPLICED)), min_size=1, max_size=3),
    st.integers(0, 60),
)
def test_a_damaged_head_is_read_or_refused_by_both_parsers_alike(answer, wounds, cut):
    head, empty, content = answer.partition(b"\r\n\r\n")
    for at, length, put in wounds:
        head = head[:at] + put + head[at + length :]
    sent = head + empty + content
    found = {attempt(parser, sent[:cut], sent[cut:]) for parser in (Plain, Swift)}
    assert len(found) == 1


def attempt(parser, *pieces):
    exchange, content = parser(), b""
    exchange.ask("/", (("Host", "a.test"),))
    try:
        for piece in filter(None, pieces):
            content += b"" if exchange.is_whole else exchange.take(piece)
    except WireError:
        return None
    return exchange.status, exchange.headers, content, exchange.is_whole


@pytest.mark.parametrize("parser", PARSERS)
def test_no_header_smuggles_a_second_request(parser):
    with pytest.raises(Exception, match=r"."):
        parser().ask("/", (("If-None-Match", '"a"\r\nX-Injected: 1'),))
