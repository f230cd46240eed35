"""How the fleet stands: its workers, its jobs, and the sites that wait. Only reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from procrastinate import App

from revtrack.archive import Archive
from revtrack.clock import utc_now

_WORST = 20
_CREWS = """
    SELECT c.machine, c.process, c.since, extract(epoch FROM now() - w.last_heartbeat)::float AS silent,
           (SELECT count(*) FROM procrastinate_jobs AS j WHERE j.worker_id = c.worker AND j.status = 'doing') AS sites
    FROM crews AS c JOIN procrastinate_workers AS w ON w.id = c.worker ORDER BY c.since, c.worker
"""
_JOBS = "SELECT task_name, status, count(*) AS jobs FROM procrastinate_jobs GROUP BY task_name, status ORDER BY 1, 2"


@dataclass(frozen=True, slots=True)
class WorkerStatus:
    """A worker: the machine and number of its process, since when it works, the sites that it looks at now.

    `silent` is for how many seconds it has not been heard of.
    """

    machine: str
    process: int
    since: datetime
    sites: int
    silent: float


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """A site with something due, and for how many seconds the first of it has been."""

    site: str
    lag: float


@dataclass(frozen=True, slots=True)
class FleetStatus:
    """All workers; jobs by kind and state ("todo", "doing", "failed"); how many sites wait, the longest first.

    `lag` is how many seconds the longest wait is; `worst` has the first twenty sites.
    """

    workers: tuple[WorkerStatus, ...]
    jobs: Mapping[str, Mapping[str, int]]
    due: int
    lag: float
    worst: tuple[SiteStatus, ...] = field(default=())


async def read_status(app: App, waiting: Mapping[str, datetime]) -> FleetStatus:
    """Return how the fleet stands, with the sites that wait and since when (see `sites_waiting`)."""
    crews = await app.connector.execute_query_all_async(_CREWS)
    jobs: dict[str, dict[str, int]] = {}
    for row in await app.connector.execute_query_all_async(_JOBS):
        jobs.setdefault(row["task_name"], {})[str(row["status"])] = row["jobs"]
    now = utc_now()
    lags = [SiteStatus(site, (now - since).total_seconds()) for site, since in waiting.items()]
    return FleetStatus(
        workers=tuple(WorkerStatus(**row) for row in crews),
        jobs=jobs,
        due=len(lags),
        lag=lags[0].lag if lags else 0.0,
        worst=tuple(lags[:_WORST]),
    )


def sites_waiting(archive: Archive) -> dict[str, datetime]:
    """Return the sites with something due, and since when; longest first."""
    return archive.due_sites(utc_now())
