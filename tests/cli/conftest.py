"""What the tests of commands share: a newsroom, a home with settings, and the command line as a user types it."""

import os
from dataclasses import dataclass

import pytest

from revtrack.cli.running import run
from tests.newsroom import Newsroom
from tests.test_tracker import page


@pytest.fixture
def newsroom():
    with Newsroom() as room:
        room.publish("/story", page(), etag='"1"')
        yield room


@pytest.fixture
def home(tmp_path, newsroom):
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "revtrack.toml").write_text(f'[fetch]\nallow = ["{newsroom.host}"]\ngap = 0\ntimeout = 5\n')
    return tmp_path


def environment(home):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("REVTRACK", "PYTEST", "FORCE_COLOR", "NO_COLOR"))}
    return clean | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "PYTHONUNBUFFERED": "1"}


@dataclass(frozen=True)
class Done:
    stdout: str
    stderr: str


@pytest.fixture
def revtrack(home, monkeypatch, capfdbinary):
    """Run a command line in this process, as the console script would; return what it printed."""
    for name in os.environ:
        if name.startswith(("REVTRACK", "FORCE_COLOR", "NO_COLOR")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.chdir(home)

    def revtrack(*arguments, code=0):
        assert run(arguments) == code, capfdbinary.readouterr()
        done = Done(*(stream.decode() for stream in capfdbinary.readouterr()))
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return revtrack


@pytest.fixture
def complaint(revtrack):
    """Run what must fail; return its one line on stderr."""

    def complaint(*arguments):
        done = revtrack(*arguments, code=2)
        assert done.stdout == ""
        (line,) = done.stderr.splitlines()
        assert line.startswith("revtrack: ")
        return line

    return complaint
