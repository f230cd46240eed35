"""What a pass came to, host by host, in lines that are safe to print. Knows results, and no archive."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from revtrack.errors import BadURLError
from revtrack.model import CheckResult, Event
from revtrack.rendering.visible import visible
from revtrack.urls import host_of

_CHANGED = frozenset({Event.FIRST, Event.REVISED, Event.BACK})
_MOST_REASONS = 3


def lines_by_host(results: Sequence[CheckResult], due: Sequence[str], *, most: int | None) -> Iterator[str]:
    """Yield a line a host: how many of its articles were due, changed and failed, and why; those that failed first.

    `due` are the URLs that were to be looked at; a look that is missing among the results was not made. At most `most`
    hosts are told of.
    """
    waiting = Counter(map(_host, due))
    looked: defaultdict[str, list[CheckResult]] = defaultdict(list)
    for result in results:
        looked[_host(result.snapshot.url)].append(result)
    hosts = sorted(waiting, key=lambda host: (-_count(looked[host], Event.TROUBLE), -waiting[host], host))
    yield from (f"  {_line(host, waiting[host], looked[host])}" for host in hosts[:most])
    if most is not None and len(hosts) > most:
        yield f"  … and {len(hosts) - most} more hosts"


def _line(host: str, due: int, results: Sequence[CheckResult]) -> str:
    changed, failed = _count(results, *_CHANGED), _count(results, Event.TROUBLE)
    told = [f"{due} due", f"{changed} changed", f"{failed} failed"]
    if len(results) < due:
        told.append(f"{due - len(results)} not looked at")
    reasons = Counter(result.why for result in results if result.event is Event.TROUBLE).most_common(_MOST_REASONS)
    why = "; ".join(visible(reason) + (f" ({count}×)" if count > 1 else "") for reason, count in reasons)
    return f"{visible(host)}: {', '.join(told)}" + (f": {why}" if why else "")


def _count(results: Sequence[CheckResult], *events: Event) -> int:
    return sum(result.event in events for result in results)


def _host(url: str) -> str:
    try:
        return host_of(url)
    except BadURLError:
        return url
