"""What many tests begin with: a real server to fetch from, and an archive to keep things in."""

import pytest

from revtrack.archive import open_archive
from tests.newsroom import Newsroom


def pytest_addoption(parser):
    parser.addoption("--renew", action="store_true", help="write golden files anew instead of comparing with them")


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
