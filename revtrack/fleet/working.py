"""A worker: takes jobs until it is asked to stop; goes on when the database was away. Knows signals and the queue."""

import asyncio
import logging
import os
import platform
import signal
from collections.abc import Callable
from contextlib import suppress

import psycopg
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition
from procrastinate.worker import Worker

from revtrack.archive import Archive
from revtrack.errors import ArchiveError, ArchiveHeldError
from revtrack.fleet.handing import DUTIES, LOOKS, Duties, hold, make_app
from revtrack.fleet.looking import Lookouts
from revtrack.fleet.metrics import Metrics, served
from revtrack.fleet.queue import install, need_server
from revtrack.fleet.standing import FleetStatus, read_status, sites_waiting
from revtrack.model import CheckResult

_DUTIES_AT_ONCE = 4
_PAUSE = 1.0
_POLLED = 5.0  # seconds between two looks into the queue, at most
_AWAY = (ConnectorException, psycopg.Error)
_INTRODUCED = """
    INSERT INTO crews (worker, machine, process) VALUES (%(worker)s, %(machine)s, %(process)s)
    ON CONFLICT (worker) DO NOTHING
"""

Report = Callable[[CheckResult], object]


def work(duties: Duties, *, port: int | None, report: Report, say: Callable[[str], object]) -> None:
    """Work until SIGTERM or SIGINT; then end what is under way, record it, and return.

    `report` hears of each look, `say` of what a person should know. With a `port` (0: any) /metrics and /health are
    there. Raises ConfigError for an archive in a file, ArchiveHeldError while a `check` or `watch` is looking.
    """
    need_server(duties.url)
    with duties.open_archive() as archive:
        hold(archive)
    logging.getLogger("procrastinate").addFilter(_is_worth_telling)
    asyncio.run(_Shift(duties, report, say).work(port))
    with suppress(ArchiveError), duties.open_archive() as archive:
        _let_go(archive, duties)
        if duties.attest:
            duties.attest(archive)


def _let_go(archive: Archive, duties: Duties) -> None:
    """Give the archive back to `check` and `watch` when the last worker has ended."""

    async def count() -> int:
        async with await psycopg.AsyncConnection.connect(duties.url) as connection:
            found = await (await connection.execute("SELECT count(*) FROM revtrack_jobs.crews")).fetchone()
            return int(found[0]) if found else 0

    with suppress(psycopg.Error):
        if not asyncio.run(count()):
            archive.drop_lease(0, "the fleet")


def _is_worth_telling(record: logging.LogRecord) -> bool:
    """Leave out the tracebacks of Procrastinate: what failed stands in the queue, with its job."""
    record.exc_info = None
    return True


class _Shift:
    """One run of a worker."""

    def __init__(self, duties: Duties, report: Report, say: Callable[[str], object]) -> None:
        self._duties = duties
        self._say = say
        self._is_well = False
        self._stop = asyncio.Event()
        self._metrics = Metrics(self._status)

        def tell(result: CheckResult, late: float) -> None:
            self._metrics.count(result, late)
            report(result)

        duties.lookouts = Lookouts(duties.open_archive, duties.settings, url=duties.url, tell=tell)
        self._app = make_app(duties)

    async def work(self, port: int | None) -> None:
        await install(self._duties.url)
        self._loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            self._loop.add_signal_handler(number, self._stop.set)
        lookouts = self._duties.lookouts
        assert lookouts is not None
        lookouts.begin()
        if port is None:
            await self._work_on()
        else:
            with served(self._metrics, lambda: self._is_well, port=port) as where:
                self._say(f"metrics and health: http://127.0.0.1:{where}/metrics, /health")
                await self._work_on()
        await asyncio.to_thread(lookouts.wait)

    async def _work_on(self) -> None:
        """Work; begin anew where the database went away."""
        while not self._stop.is_set():
            try:
                async with self._app.open_async():
                    await self._take_jobs()
            except ArchiveHeldError:
                raise
            except _AWAY as error:
                self._is_well = False
                if not self._stop.is_set():
                    said = " ".join(str(error.__cause__ or error).split())
                    self._say(f"the database is away ({said}); trying again")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), _PAUSE)
        self._duties.close()

    async def _take_jobs(self) -> None:
        fleet = self._duties.settings.fleet
        workers = [self._worker(LOOKS, fleet.sites), self._worker(DUTIES, _DUTIES_AT_ONCE)]
        tasks = [asyncio.create_task(worker.run()) for worker in workers]  # type: ignore[no-untyped-call]
        introduction = asyncio.create_task(self._introduce(workers[0]))
        stop = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait([stop, *tasks], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.cancel()
            introduction.cancel()
            self._is_well = False
            if self._stop.is_set():
                self._duties.close()
            for worker in workers:
                worker.stop()  # type: ignore[no-untyped-call]
            ended = await asyncio.gather(*tasks, return_exceptions=True)
        for one in ended:
            if isinstance(one, BaseException):
                raise one

    def _worker(self, queue: str, places: int) -> Worker:
        fleet = self._duties.settings.fleet
        return Worker(
            self._app,
            queues=[queue],
            name=queue,
            concurrency=places,
            fetch_job_polling_interval=min(fleet.tick, _POLLED),  # nobody is told of the jobs that `rescue` puts back
            delete_jobs=DeleteJobCondition.SUCCESSFUL,
            install_signal_handlers=False,
            update_heartbeat_interval=fleet.stalled / 5,
            stalled_worker_timeout=fleet.stalled,
        )

    async def _introduce(self, worker: Worker) -> None:
        """Write down who a worker is, as soon as it has a number."""
        while worker.worker_id is None:  # noqa: ASYNC110 - it tells nobody when it has
            await asyncio.sleep(0.02)
        await self._app.connector.execute_query_async(
            _INTRODUCED, worker=worker.worker_id, machine=platform.node(), process=os.getpid()
        )
        self._is_well = True

    def _status(self) -> FleetStatus | None:
        """Return how the fleet stands; called from the threads that answer Prometheus."""
        if not self._is_well:
            return None
        try:
            with self._duties.open_archive() as archive:
                waiting = sites_waiting(archive)
            return asyncio.run_coroutine_threadsafe(read_status(self._app, waiting), self._loop).result(5)
        except (ArchiveError, TimeoutError, *_AWAY):
            return None
