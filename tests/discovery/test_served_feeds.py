"""Hostile feeds, served and followed as a pass follows them: bounded, and told in words."""

import gzip
import socket
import threading
from contextlib import suppress
from dataclasses import replace

import pytest

from revtrack.archive import open_archive
from tests.newsroom import Newsroom, answer
from tests.test_tracker import START, Watch

RSS = '<rss version="2.0"><channel>{}</channel></rss>'.format
ITEM = "<item><title>{0}</title><link>{0}</link></item>".format
LONG = ITEM("/2024/the-ferry-is-late-again") + "<!-- " + "x" * 1000 + " -->"
BOMB = "<!DOCTYPE rss [<!ENTITY a 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1 if n else str()};' * 10}'>" for n in range(9))
)

SERVED = {
    # what it is: the answer, how many articles come of it, words of the reason
    "10,000 items": (answer(RSS("".join(ITEM(f"/2024/story-{n}") for n in range(10_000)))), 1000, "more than 1000"),
    "relative links": (answer(RSS(ITEM("/a/b") + ITEM("c/d") + ITEM("//127.0.0.1/e") + ITEM("?p=7"))), 4, ""),
    "duplicates": (answer(RSS(ITEM("/one?utm_source=rss") * 300 + ITEM("/one#x") + ITEM("/two"))), 2, ""),
    "links that lead nowhere": (
        answer(RSS("".join(map(ITEM, ("file:///etc/passwd", "javascript:alert(1)", "data:,x", "http://u:p@a.test/", "gopher://a.test"))))),
        0,
        "it lists no articles",
    ),
    "an entity bomb": (answer(BOMB + RSS(ITEM("/2024/one") + ITEM("/&a8;"))), None, None),
    "a picture": (answer(b"\x89PNG\r\n\x1a\n" + bytes(500), headers={"Content-Type": "image/png"}), 0, "image/png"),
    "a feed called a picture": (answer(RSS(ITEM("/a")), headers={"Content-Type": "image/png"}), 0, "image/png"),
    "a feed called a page": (answer(RSS(ITEM("/a"))), 1, ""),
    "an error page": (answer("<html><title>Oops</title><a href='/2024/x/y'>x</a></html>"), 0, "it lists no articles"),
    "100 MB packed": (
        answer(gzip.compress(RSS(LONG * 100_000).encode(), 1), headers={"Content-Encoding": "gzip", "Content-Type": "text/xml"}),
        0,
        "unpacks to more than",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SERVED)
def test_a_feed_gives_what_it_has_within_bounds_and_says_what_was_wrong(name, tmp_path):
    served, count, reason = SERVED[name]
    with Newsroom() as newsroom, open_archive(tmp_path / "a.db") as archive:
        newsroom.script("/feed", served)
        found, source = _read(archive, newsroom, newsroom.url("/feed"))
        assert count is None or len(found) == count
        assert reason is None or (reason in source.reason and bool(reason) == bool(source.reason))


def test_a_feed_of_100_mb_whose_length_nobody_announces_is_left_after_a_few(tmp_path):
    with (
        Newsroom() as newsroom,
        _Endless(RSS(LONG * 60).encode(), 100 << 20) as endless,
        open_archive(tmp_path / "a.db") as archive,
    ):
        newsroom.script("/feed", answer("", 302, headers={"Location": endless.url}))
        found, source = _read(archive, newsroom, newsroom.url("/feed"), endless.host)
    assert not found
    assert "larger than 8388608 bytes" in source.reason
    assert endless.sent < 20 << 20


def test_an_article_of_a_feed_at_a_private_address_is_never_asked_for(tmp_path):
    with Newsroom() as newsroom, Newsroom() as inside, open_archive(tmp_path / "a.db") as archive:
        links = [inside.url("/admin"), f"http://[::ffff:127.0.0.1]:{inside.port}/", f"http://0x7f.1:{inside.port}/x"]
        newsroom.script("/feed", answer(RSS("".join(map(ITEM, [*links, "/story"])))))
        archive.add_source(newsroom.url("/feed"), "feed", now=START)
        watch = Watch(archive, newsroom)
        reasons = [result.snapshot.reason for result in watch.tracker.check()]
    assert sum("refused" in reason for reason in reasons) == len(reasons) - 1 > 0
    assert not inside.requests


def _read(archive, newsroom, url, *allowed):
    """Follow a feed for one pass; return the new articles, and the source as it is noted afterwards."""
    archive.add_source(url, "feed", now=START)
    watch = Watch(archive, newsroom)
    fetch = replace(watch.tracker.settings.fetch, allow=(newsroom.host, *allowed))
    watch.tracker.settings = replace(watch.tracker.settings, fetch=fetch)
    [(_, found)] = watch.tracker.discover()
    (source,) = archive.sources()
    return found, source


class _Endless:
    """A server that sends bytes again and again, up to a size, and announces neither length nor end."""

    def __init__(self, piece, size):
        self._piece, self._size, self.sent = piece, size, 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.url = f"http://{self.host}/feed"

    def __enter__(self):
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._listener.close()

    def _serve(self):
        with suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                with line, suppress(OSError):
                    is_robots = b"robots" in line.recv(65536)
                    line.sendall(
                        b"HTTP/1.1 %s\r\nContent-Type: text/xml\r\n\r\n"
                        % (b"404 Not Found" if is_robots else b"200 OK")
                    )
                    while not is_robots and self.sent < self._size:
                        line.sendall(self._piece)
                        self.sent += len(self._piece)
