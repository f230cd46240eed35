"""The queue beside the archive: made once, never doubled, and freed of what dead workers left."""

import asyncio

import psycopg
import pytest

from revtrack.archive import open_archive
from revtrack.config import Config
from revtrack.errors import ArchiveError


def queue(database):
    from revtrack.fleet.handing import Duties, make_app

    return make_app(Duties(database, lambda: open_archive(database), Config()))


async def with_open(app, ask):
    async with app.open_async():
        return await ask(app)


def test_tables_are_made_once_however_many_workers_come_first(database):
    from revtrack.fleet.queue import install

    async def all_at_once():
        await asyncio.gather(*(install(database) for _ in range(3)))

    asyncio.run(all_at_once())
    with psycopg.connect(database, autocommit=True) as connection:
        assert connection.execute("SELECT to_regclass('revtrack_jobs.procrastinate_jobs') IS NOT NULL").fetchone() == (
            True,
        )
        connection.execute("INSERT INTO revtrack_jobs.steps (name) VALUES ('99.sql')")
    with pytest.raises(ArchiveError, match="later Procrastinate"):
        asyncio.run(install(database))


def test_jobs_that_wait_already_are_put_in_once_among_many(database):
    from revtrack.fleet.handing import job_of
    from revtrack.fleet.queue import install, put

    async def put_in(app):
        await put(app, [job_of(app, "look", f"{n}.test", site=f"{n}.test") for n in (3, 7)])
        return await put(app, [job_of(app, "look", f"{n}.test", site=f"{n}.test") for n in range(10)])

    asyncio.run(install(database))
    assert asyncio.run(with_open(queue(database), put_in)) == 8
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM revtrack_jobs.procrastinate_jobs").fetchone() == (10,)


def test_a_job_of_a_dead_worker_waits_again_unless_its_like_does(database):
    from revtrack.fleet.handing import job_of
    from revtrack.fleet.queue import install, put, rescue

    async def die(app):
        await put(app, [job_of(app, "look", site, site=site) for site in ("a.test", "b.test")])
        worker = await app.job_manager.register_worker()
        for _ in range(2):
            assert await app.job_manager.fetch_job(queues=None, worker_id=worker)
        await put(app, [job_of(app, "look", "b.test", site="b.test")])
        return [await rescue(app, stalled=60.0), await rescue(app, stalled=-1.0)]

    asyncio.run(install(database))
    assert asyncio.run(with_open(queue(database), die)) == [0, 2]
    with psycopg.connect(database) as connection:
        query = "SELECT lock, status::text FROM revtrack_jobs.procrastinate_jobs ORDER BY lock"
        assert connection.execute(query).fetchall() == [("a.test", "todo"), ("b.test", "todo")]
