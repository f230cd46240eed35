"""The kinds of jobs, and how they are handed out: one a site that has something due, and the duties of a tracker.

Knows Procrastinate and what each job calls; the alerts and the importers come in as functions.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from procrastinate import App
from procrastinate.jobs import Job

from revtrack.archive import Archive
from revtrack.archive.values import Lease
from revtrack.clock import utc_now
from revtrack.config import Config
from revtrack.deriving import rebuild
from revtrack.errors import ArchiveHeldError
from revtrack.fleet.fetching import Slice, SliceOverError, shared_opener
from revtrack.fleet.looking import Lookouts, OpenArchive
from revtrack.fleet.queue import connect, install, locks_of, need_server, opened, put, rescue
from revtrack.tracker import Tracker

LOOKS, DUTIES = "looks", "duties"
"""The queues: looks may take all of a worker's places, the duties have places of their own."""
_MOST_HANDED_OUT = 2000
_FOR_EVER = 1e9
_KEPT_HOURS = 24 * 7
_SOON = 10  # the priority of what all else waits for
_LEASE = timedelta(minutes=1)

T = TypeVar("T")


@dataclass
class Duties:
    """What the jobs of a process call; `url` is that of the archive's database.

    `lookouts` is None where jobs are only handed out. `tell` sends alerts, `bring` brings in what others saw, as
    `bring(archive, kind, place, is_closed)`: it says whether it came to the end. `attest` keeps a checkpoint.
    """

    url: str
    open_archive: OpenArchive
    settings: Config
    lookouts: Lookouts | None = None
    tell: Callable[[Archive], object] | None = None
    bring: Callable[[Archive, str, str, Callable[[], bool]], bool] | None = None
    attest: Callable[[Archive], object] | None = None
    slice_: Slice = field(default_factory=lambda: Slice(_FOR_EVER))
    is_closed: bool = False

    def close(self) -> None:
        """Begin nothing further; what is under way comes to its end."""
        self.is_closed = True
        self.slice_.close()
        if self.lookouts:
            self.lookouts.close()

    async def ask(self, question: Callable[[Archive], T]) -> T:
        """Call a function with an archive of its own, in a thread."""

        def call() -> T:
            with self.open_archive() as archive:
                return question(archive)

        return await asyncio.to_thread(call)


def make_app(duties: Duties) -> App:
    """Return the app with all kinds of jobs."""
    app = App(connector=connect(duties.url))
    _add_looks(app, duties)
    _add_discovery(app, duties)
    _add_deriving(app, duties)
    _add_upkeep(app, duties)
    return app


def _add_looks(app: App, duties: Duties) -> None:
    @app.task(name="look", queue=LOOKS)
    async def look(site: str) -> int:
        assert duties.lookouts is not None
        return await asyncio.wrap_future(duties.lookouts.look(site))

    @app.periodic(cron=_every(duties.settings.fleet.tick))
    @app.task(name="plan", queue=DUTIES, lock="plan", queueing_lock="plan", priority=_SOON)
    async def plan(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate tells it
        sites, has_sources = await duties.ask(lambda archive: _due(archive, duties.settings))
        under_way = await locks_of(app, "look")
        new = [site for site in sites if site not in under_way][: max(0, _MOST_HANDED_OUT - len(under_way))]
        jobs = [job_of(app, "look", site, site=site) for site in new]
        if has_sources:
            jobs.append(job_of(app, "discover", "discover"))
        if duties.tell:
            jobs.append(job_of(app, "tell", "tell"))
        await put(app, jobs)


def _due(archive: Archive, settings: Config) -> tuple[list[str], bool]:
    """Return the sites with something due, and whether a source is; hold the archive for all workers."""
    now = utc_now()
    hold(archive)
    known = {source.url: source.due_at for source in archive.sources()}
    is_new = any(source.url not in known for source in settings.source)
    has_sources = is_new or any(due_at is None or due_at <= now for due_at in known.values())
    return list(archive.due_sites(now, limit=_MOST_HANDED_OUT)), has_sources


def hold(archive: Archive) -> None:
    """Hold the archive for all workers together, for a minute: no `check` or `watch` looks at the same time.

    Raises ArchiveHeldError if one does.
    """
    now = utc_now()
    mine = Lease("worker", "the fleet", 0, now, now + _LEASE)
    held = archive.take_lease(mine, now=now)
    if (held.host, held.process) != (mine.host, mine.process):
        who = f"'{held.what}' of process {held.process} on {held.host}"
        raise ArchiveHeldError(archive.location, f"{who} has been looking at it since {held.since:%F %R} UTC")


def _add_discovery(app: App, duties: Duties) -> None:
    def read_sources(archive: Archive) -> int:
        opener = shared_opener(duties.settings.fetch, url=duties.url, slice_=duties.slice_)
        tracker = Tracker(archive, fetcher=opener, clock=utc_now, settings=duties.settings)
        return sum(len(found) for _, found in tracker.discover())

    @app.task(name="discover", queue=DUTIES, lock="discover", queueing_lock="discover")
    async def discover() -> int:
        try:
            return await duties.ask(read_sources)
        except BaseExceptionGroup as group:
            if group.split(SliceOverError)[1]:
                raise
            return 0

    @app.task(name="tell", queue=DUTIES, lock="tell", queueing_lock="tell")
    async def tell() -> None:
        if duties.tell:
            await duties.ask(duties.tell)


def _add_deriving(app: App, duties: Duties) -> None:
    def rebuild_one(archive: Archive, number: int, *, again: bool) -> int:
        articles = [archive.find(str(number))]
        return sum(1 for _ in rebuild(archive, articles, settings=duties.settings, now=utc_now(), again=again))

    @app.task(name="rebuild", queue=DUTIES)
    async def rebuild_article(article: int, again: bool) -> int:  # noqa: FBT001 - Procrastinate gives it by name
        return await duties.ask(lambda archive: rebuild_one(archive, article, again=again))

    @app.task(name="backfill", queue=DUTIES)
    async def backfill(kind: str, place: str) -> None:
        bring = duties.bring
        if bring and not await duties.ask(lambda archive: bring(archive, kind, place, lambda: duties.is_closed)):
            await put(app, [backfill_job(app, kind, place)])  # stopped on the way: another goes on


def _add_upkeep(app: App, duties: Duties) -> None:
    stalled = duties.settings.fleet.stalled

    @app.periodic(cron=_every(stalled / 5))
    @app.task(name="rescue", queue=DUTIES, queueing_lock="rescue", priority=_SOON)
    async def let_go_of_stalled(timestamp: int) -> int:  # noqa: ARG001 - Procrastinate tells it
        return await rescue(app, stalled=stalled)

    @app.periodic(cron="47 * * * *")
    @app.task(name="attest", queue=DUTIES, lock="attest", queueing_lock="attest")
    async def attest(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate tells it
        if duties.attest:
            await duties.ask(duties.attest)

    @app.periodic(cron="17 * * * *")
    @app.task(name="forget", queue=DUTIES, queueing_lock="forget")
    async def forget(timestamp: int) -> None:  # noqa: ARG001 - as above
        await app.job_manager.delete_old_jobs(nb_hours=_KEPT_HOURS, include_failed=True)


def job_of(app: App, task: str, lock: str, **values: Any) -> Job:  # noqa: ANN401 - any JSON
    """Return a job that is one at a time by its lock, and waits once."""
    return app.tasks[task].configure(lock=lock, queueing_lock=lock, task_kwargs=values).job


def backfill_job(app: App, kind: str, place: str) -> Job:
    """Return the job that brings in one article's history; one at a time of each web archive, for all workers."""
    task = app.tasks["backfill"]
    lock = f"backfill {kind}"
    return task.configure(lock=lock, queueing_lock=f"{lock} {place}", task_kwargs={"kind": kind, "place": place}).job


def _every(seconds: float) -> str:
    """Return so many seconds, 1 to 59, as a cron line."""
    return f"* * * * * */{min(59, max(1, round(seconds)))}"


async def hand_out(
    duties: Duties, *, articles: Iterable[int] = (), again: bool = False, histories: Sequence[tuple[str, str]] = ()
) -> int:
    """Hand out the rebuilding of articles, by number, and the bringing in of histories, by kind and place.

    Returns how many jobs are new. Raises ArchiveError, and ConfigError for an archive in a file.
    """
    need_server(duties.url)
    await install(duties.url)  # they may come before the first worker
    app = make_app(duties)
    async with opened(app, duties.url):
        rebuilt = [job_of(app, "rebuild", f"rebuild {n}", article=n, again=again) for n in articles]
        return await put(app, [*rebuilt, *(backfill_job(app, kind, place) for kind, place in histories)])
