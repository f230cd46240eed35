"""What a worker counts, and where it tells it: /metrics for Prometheus, and /health. Knows no database."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from revtrack.errors import InputError
from revtrack.fleet.standing import FleetStatus
from revtrack.model import CheckResult

_LATE = (1, 10, 60, 300, 900, 3600, 14_400, 86_400)


class Metrics:
    """The counters of one worker; the fleet's own figures are read when they are asked for."""

    def __init__(self, read: Callable[[], FleetStatus | None]) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Fleet(read))
        self._looks = Counter("revtrack_looks", "Looks recorded.", ["outcome"], registry=self._registry)
        self._events = Counter("revtrack_events", "What looks came to.", ["event"], registry=self._registry)
        self._late = Histogram(
            "revtrack_look_lateness_seconds", "How long after it was due a look was made.", buckets=_LATE,
            registry=self._registry,
        )  # fmt: skip

    def count(self, result: CheckResult, late: float) -> None:
        """Count a look that was recorded, made so many seconds after it was due."""
        self._looks.labels(result.snapshot.outcome.value).inc()
        self._events.labels(result.event.value).inc()
        self._late.observe(max(0.0, late))

    def text(self) -> bytes:
        """Return all figures in Prometheus' text format."""
        return generate_latest(self._registry)


class _Fleet(Collector):
    """The figures of the whole fleet, which every worker tells alike; of hosts only those that wait longest."""

    def __init__(self, read: Callable[[], FleetStatus | None]) -> None:
        self._read = read

    def collect(self) -> Iterable[GaugeMetricFamily]:
        status = self._read()
        if status is None:  # the database is away: what is not known is not told
            return
        yield GaugeMetricFamily("revtrack_workers", "Workers that are at work.", value=len(status.workers))
        yield GaugeMetricFamily("revtrack_sites_due", "Sites with something due.", value=status.due)
        yield GaugeMetricFamily("revtrack_lag_seconds", "How long the longest wait is.", value=status.lag)
        jobs = GaugeMetricFamily("revtrack_jobs", "Jobs by kind and state.", labels=["kind", "state"])
        for kind, states in status.jobs.items():
            for state, count in states.items():
                jobs.add_metric([kind, state], count)
        yield jobs
        sites = GaugeMetricFamily("revtrack_site_lag_seconds", "The sites that wait longest.", labels=["site"])
        for site in status.worst:
            sites.add_metric([site.site], site.lag)
        yield sites

    def describe(self) -> Iterable[GaugeMetricFamily]:
        return ()


@contextmanager
def served(metrics: Metrics, is_well: Callable[[], bool], *, port: int) -> Iterator[int]:
    """Answer on a port of this machine alone as long as the block runs; yield the port (0 takes any that is free).

    Raises InputError for a port that cannot be had.
    """

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/metrics":
                self._answer(200, CONTENT_TYPE_LATEST, metrics.text())
            elif self.path == "/health":
                well = is_well()
                self._answer(200 if well else 503, "text/plain", b"well\n" if well else b"no database\n")
            else:
                self._answer(404, "text/plain", b"/metrics and /health\n")

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing of who asked."""

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Answers)
    except OSError as error:
        raise InputError(f"cannot listen on port {port} ({error.strerror or error}): name another") from error
    server.daemon_threads = True
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
