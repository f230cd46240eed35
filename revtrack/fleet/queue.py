"""The queue of jobs: Procrastinate's tables in a schema of their own beside the archive. Knows no article.

Raises ArchiveError where the server cannot be reached or its tables are of a later Procrastinate.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from revtrack.archive.locating import is_server, shown
from revtrack.errors import ArchiveError, ConfigError

SCHEMA = "revtrack_jobs"
_LOCK = 0x72767471
_TOGETHER = 200
_OURS = """
    CREATE TABLE IF NOT EXISTS steps (name text PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS visits (host text PRIMARY KEY, at timestamptz NOT NULL);
    CREATE TABLE IF NOT EXISTS crews (
        worker bigint PRIMARY KEY REFERENCES procrastinate_workers (id) ON DELETE CASCADE,
        machine text NOT NULL, process bigint NOT NULL, since timestamptz NOT NULL DEFAULT now()
    )
"""


def connect(url: str) -> PsycopgConnector:
    """Return what reaches the queue of a database; it opens nothing yet."""

    async def configure(connection: "psycopg.AsyncConnection[Any]") -> None:
        await connection.set_autocommit(True)
        await connection.execute(f"SET search_path = {SCHEMA}")

    return PsycopgConnector(conninfo=url, configure=configure, min_size=1, max_size=8, kwargs={"connect_timeout": 10})


async def install(url: str) -> None:
    """Make the tables that are missing; take the steps that a newer Procrastinate brings. Safe to do again."""
    try:
        async with await psycopg.AsyncConnection.connect(url, connect_timeout=10) as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            await connection.execute(f"SET LOCAL search_path = {SCHEMA}")
            await _bring_up(connection, shown(url))
    except psycopg.Error as error:
        raise _plain(error, url) from error


async def _bring_up(connection: "psycopg.AsyncConnection[Any]", location: str) -> None:
    steps = _steps()
    found = await (await connection.execute("SELECT to_regclass('steps') IS NOT NULL")).fetchone()
    if found == (True,):
        taken = {name for (name,) in await (await connection.execute("SELECT name FROM steps")).fetchall()}
        if taken - steps.keys():
            what = "its queue was made by a later Procrastinate: pip install -U 'revtrack[fleet]'"
            raise ArchiveError(location, what)
        missing = {name: script for name, script in sorted(steps.items()) if name not in taken}
    else:
        missing = {**dict.fromkeys(steps, ""), "": _sql("schema.sql").read_text(encoding="utf-8")}
    for name, script in missing.items():
        await connection.execute(script.encode())
        if not name:
            await connection.execute(_OURS.encode())
    values = [(name,) for name in missing if name]
    await connection.cursor().executemany("INSERT INTO steps (name) VALUES (%s)", values)


def _steps() -> dict[str, str]:
    folder = _sql("migrations")
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".sql")}


def _sql(name: str) -> Any:  # noqa: ANN401 - a Traversable, whose home differs between Pythons
    return files("procrastinate.sql") / name


@asynccontextmanager
async def opened(app: App, url: str) -> AsyncIterator[App]:
    """Open an app; an error of the server or on the way to it is said in plain words."""
    try:
        async with app.open_async():
            yield app
    except (psycopg.Error, ConnectorException) as error:
        raise _plain(error, url) from error


async def put(app: App, jobs: Iterable[Job]) -> int:
    """Put jobs into the queue, but those that wait there already; return how many were new."""
    waiting, new = list(jobs), 0
    while waiting:
        some, waiting = waiting[:_TOGETHER], waiting[_TOGETHER:]
        try:
            new += len(await app.job_manager.batch_defer_jobs_async(some))
        except AlreadyEnqueued:  # all of them are refused for one that waits: find it by halves
            middle = len(some) // 2
            new += (await put(app, some[:middle]) + await put(app, some[middle:])) if middle else 0
    return new


async def locks_of(app: App, task: str) -> set[str]:
    """Return the locks of a task's jobs that wait or are under way."""
    query = "SELECT lock FROM procrastinate_jobs WHERE task_name = %(task)s AND status IN ('todo', 'doing')"
    return {row["lock"] for row in await app.connector.execute_query_all_async(query, task=task)}


async def rescue(app: App, *, stalled: float) -> int:
    """Let go of the jobs whose worker was not heard of for so many seconds; return how many there were.

    Each waits again, unless the same waits already.
    """
    count = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled):
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        count += 1
    await app.job_manager.prune_stalled_workers(stalled)
    return count


def _plain(error: Exception, url: str) -> ArchiveError:
    said = " ".join(str(error.__cause__ or error).split())
    return ArchiveError(shown(url), f"its queue of jobs cannot be used: {said}")


def need_server(location: object) -> str:
    """Return the URL of an archive's database; ConfigError for an archive in a file."""
    if is_server(str(location)):
        return str(location)
    what = f"workers share an archive on a PostgreSQL server, and {location} is none: see 'revtrack archive copy'"
    raise ConfigError(what, key="archive.location")
