"""Killed at any moment: every edit is told, and what is told twice bears the same id."""

import os
import signal
import subprocess
import sys

from revtrack.cli.running import run
from tests.alerts.receiving import Receiver, article
from tests.newsroom import answer

STORIES = 5


def page(story, number):
    return article(number, headline=f"Bridge number {story} closed after divers find crack")


class Killer:
    """Kills a process when something happens for the `nth` time."""

    def __init__(self):
        self.process, self.moment, self.nth = None, "", 0

    def at(self, moment):
        if self.process and moment == self.moment:
            self.nth -= 1
            if self.nth == 0:
                os.kill(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def run(self, arguments, moment, nth):
        self.moment, self.nth = moment, nth
        self.process = subprocess.Popen([sys.executable, "-m", "revtrack", *arguments])
        assert self.process.wait() == -signal.SIGKILL


def test_kill_9_loses_no_message_and_sends_none_under_a_second_id(tmp_path, newsroom, monkeypatch):
    killer = Killer()
    paths = [f"/2024/bridge-{story}.html" for story in range(STORIES)]

    def script(path, text):
        newsroom.script(path, lambda _request: (killer.at("look"), answer(text))[1])

    with Receiver(before=lambda: killer.at("asked"), after=lambda: killer.at("answered")) as receiver:
        settings = f'[fetch]\nallow = ["{newsroom.host}", "{receiver.host}"]\ngap = 0.01\n'
        alert = f'[[alert]]\nname = "quiet"\nwhen = "substantive and undisclosed"\nto = ["{receiver.url}"]\n'
        (tmp_path / "revtrack.toml").write_text(settings + alert)
        monkeypatch.chdir(tmp_path)
        look = ["--archive", "a.db", "-q", "check", "--all"]
        for story, path in enumerate(paths):
            script(path, page(story, 12))
        assert run(["--archive", "a.db", "-q", "add", *map(newsroom.url, paths)]) == run(look) == 0
        for story, path in enumerate(paths):
            script(path, page(story, 21))
        killer.run(look, "look", STORIES - 1)
        killer.run(look, "asked", 2)
        killer.run(look, "answered", 2)
        assert run(look) == run(look) == 0
    assert sorted({finding["article"] for finding in receiver.findings}) == [1, 2, 3, 4, 5]
    assert len(set(receiver.ids)) == STORIES
    assert STORIES < len(receiver.ids) <= STORIES + 3  # at most one again for each time it was killed
