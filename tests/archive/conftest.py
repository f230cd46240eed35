"""An archive of either kind, empty: what a test of the archive proves, it proves of both stores."""

import pytest

from revtrack.archive import open_archive


@pytest.fixture(params=["sqlite", "postgres"])
def location(request, tmp_path):
    """Where an archive can be made: a file, or a database."""
    return tmp_path / "a.db" if request.param == "sqlite" else request.getfixturevalue("database")


@pytest.fixture
def archive(location):
    """An archive without articles, open."""
    with open_archive(location) as opened:
        yield opened
