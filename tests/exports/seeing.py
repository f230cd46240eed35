"""An archive of what a real server sent in all the ways that matter to a WARC, seen by the real pipeline."""

import gzip
from datetime import UTC, datetime, timedelta

from revtrack.archive import open_archive
from revtrack.config import Config, FetchSettings
from revtrack.evidence import keep_checkpoint
from revtrack.fetching import Fetcher
from revtrack.tracker import Tracker
from tests.newsroom import Newsroom, answer

BEGIN = datetime(2024, 11, 20, 9, tzinfo=UTC)
HEADLINE = "Storm `hits` <script>alert(1)</script> $url"


def page(hurt, note=""):
    lines = "".join(
        f"<p>Report {place}: {hurt if place == 2 else 12} people were hurt on the coast on Monday, officials said.</p>"
        for place in range(5)
    )
    title = HEADLINE.replace("<", "&lt;")
    return f"<html><body><article><h1>{title}</h1>{note}{lines}</article></body></html>".encode()


def chunked(body):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    return (
        head
        + b"".join(b"%x\r\n%s\r\n" % (len(body[i : i + 100]), body[i : i + 100]) for i in range(0, len(body), 100))
        + b"0\r\n\r\n"
    )


def see(file):
    """Make an archive: packed with gzip, 304, chunked, the same bytes again, redirected, cut, gone; and another article."""
    with Newsroom() as room, open_archive(file) as archive:
        settings = Config(fetch=FetchSettings(allow=(room.host,), gap=0))
        now = [BEGIN]

        async def nap(seconds):
            now[0] += timedelta(seconds=seconds)

        def open_fetcher(memory):
            return Fetcher(settings.fetch, clock=lambda: now[0], sleep=nap, memory=memory)

        tracker = Tracker(archive, clock=lambda: now[0], settings=settings, fetcher=open_fetcher)
        packed = answer(
            gzip.compress(page(12), mtime=0), headers={"Content-Encoding": "gzip", "ETag": '"1"', "X-Odd": "caf\xe9"}
        )
        unchanged = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nConnection: close\r\n\r\n'
        noted = page(22, '<p class="correction">Correction: An earlier version said 21 people were hurt.</p>')
        room.script("/moved", answer(noted))
        cut = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9000\r\nConnection: close\r\n\r\n<p>half"
        for path, script in (
            ("/story", lambda asked: unchanged if asked.headers.get("if-none-match") == '"1"' else packed),
            ("/story", None),
            ("/story", chunked(page(21))),
            ("/story", None),
            ("/story", b"HTTP/1.1 302 Found\r\nLocation: /moved\r\nConnection: close\r\n\r\n"),
            ("/story", cut),
            ("/story", answer(b"gone", 404)),
            ("/other", answer(page(3))),
        ):
            now[0] += timedelta(hours=1)
            if script:
                room.script(path, script)
            list(tracker.check(articles=[tracker.add(room.url(path))]))
            keep_checkpoint(archive, now[0])
    return file
