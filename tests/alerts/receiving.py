"""A webhook on the loopback that keeps what it is sent, and articles to track that can be edited."""

import json
import socket
import threading
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.newsroom import answer

PARAGRAPHS = (
    "The old bridge over the river will stay closed until spring, the town said on Tuesday.",
    "Divers found a crack in one of its piers after {number} lorries had crossed it in a single week.",
    "Engineers from two firms are going to look at the pier before any repair can begin, the mayor told reporters.",
    "Shops on the far side have lost customers, and a ferry takes people over the water twice an hour.",
    "The town council will talk about the cost of a new bridge at its next meeting in the first week of March.",
)


class Receiver:
    """The webhook: `received` holds what came, `status` is what it answers; `before` and `after` are called around its answer."""

    def __init__(self, status=200, before=lambda: None, after=lambda: None):
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.received.append((dict(self.headers), json.loads(body), body))
                before()
                self.send_response(receiver.status)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                after()

            def log_message(self, *_):
                pass

        self.received, self.status, self.headers = [], status, {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.host = f"127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def url(self):
        return f"http://{self.host}/hooks/T000/TOKEN"

    @property
    def ids(self):
        return [form["id"] for _, form, _ in self.received]

    @property
    def findings(self):
        return [finding for _, form, _ in self.received for finding in form["findings"]]


class PostOffice:
    """A mail server on the loopback, as little of one as will do; `letters` holds what it took, `refusing` receivers."""

    def __init__(self, *, refusing=b"\0"):
        self.letters, self.refusing = [], refusing
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def __enter__(self):
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as line:
                self._talk(line)

    def _talk(self, line):
        self._say(line, b"220 here")
        for said in line:
            command = said[:4].upper()
            if command == b"DATA":
                self._say(line, b"354 go on")
                lines = iter(line.readline, b".\r\n")
                self.letters.append(message_from_bytes(b"".join(lines), policy=default))
            refused = command == b"RCPT" and self.refusing in said
            self._say(
                line,
                b"550 nobody here of that name TOKEN" if refused else b"221 bye" if command == b"QUIT" else b"250 fine",
            )
            if command == b"QUIT":
                return

    def _say(self, line, text):
        line.write(text + b"\r\n")
        line.flush()


def article(number=12, *, headline="Bridge closed after divers find crack in pier", note=""):
    """Return a page whose second paragraph holds a number."""
    paragraphs = "".join(f"<p>{text.format(number=number)}</p>" for text in PARAGRAPHS)
    note = f"<p class='correction'><em>{note}</em></p>" if note else ""
    return f"<html lang=en><head><title>{headline}</title></head><body><article><h1>{headline}</h1>{paragraphs}{note}</article></body></html>"


def blocked(_request):
    """Answer as a server that shuts us out."""
    return answer("Access denied", 403)
