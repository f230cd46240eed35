"""Workers as processes of their own, and a site that writes down who asks, when, and for how long."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from itertools import pairwise

from revtrack.archive import open_archive
from revtrack.clock import utc_now
from tests.newsroom import Newsroom, answer

WITHIN = 60.0


def wait_for(condition, what="it"):
    """Wait until a condition holds, and return what it gave."""
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        threading.Event().wait(0.02)
    raise AssertionError(f"{what} did not come within {WITHIN:g} s")


class Host:
    """A news site of so many pages; `visits` has the beginning and end of each request, robots.txt left out."""

    def __init__(self, room, pages, *, lasts=0.0):
        self.room, self.visits, self._lasts = room, [], lasts
        self.paths = [f"/news/{number}" for number in range(pages)]
        for path in self.paths:
            room.script(path, self._answer)
        room.script("/robots.txt", answer("User-agent: *\nDisallow:\n", headers={"Content-Type": "text/plain"}))

    def _answer(self, request):
        began = time.monotonic()
        threading.Event().wait(self._lasts)
        self.visits.append((began, time.monotonic(), request.target))
        text = "".join(
            f"<p>The council met on day {n} of the month and spoke of {request.target}.</p>" for n in range(8)
        )
        return answer(f"<html><head><title>Council {request.target}</title></head><body><article><h1>Council"
                      f" {request.target}</h1>{text}</article></body></html>")  # fmt: skip

    def urls(self):
        return [self.room.url(path) for path in self.paths]

    def gaps(self):
        """Return the seconds between the end of each request and the beginning of the next; negative: two at once."""
        return [later[0] - earlier[1] for earlier, later in pairwise(sorted(self.visits))]


@contextmanager
def hosts(count, pages, *, lasts=0.0):
    """Yield so many sites."""
    with ExitStack() as rooms:
        yield [Host(rooms.enter_context(Newsroom()), pages, lasts=lasts) for _ in range(count)]


def settings(tmp_path, *lines, gap=0.2):
    """Write settings for workers in a hurry, and return the file."""
    file = tmp_path / "revtrack.toml"
    fleet = "[fleet]\ntick = 1\nstalled = 2\nslice = 5"
    fetch = f'[fetch]\ngap = {gap}\nallow = ["127.0.0.1"]'
    file.write_text("\n".join([fetch, fleet, *lines]), encoding="utf-8")
    return file


@contextmanager
def workers(count, database, file):
    """Yield processes that work; those that are left are stopped."""
    command = [sys.executable, "-m", "revtrack", "--archive", database, "--config", str(file), "worker", "--port", "0"]
    started = [
        subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) for _ in range(count)
    ]
    try:
        yield started
    finally:
        for one in started:
            one.terminate()
        for one in started:
            said = "" if one.stderr.closed else one.communicate(timeout=WITHIN)[1]
            print(said)


def fill(database, sites):
    """Track all pages of the sites."""
    with open_archive(database) as archive, archive.transaction():
        for site in sites:
            for url in site.urls():
                archive.add_article(url, now=utc_now())


def kill(process):
    """End a process as a power cut would."""
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
