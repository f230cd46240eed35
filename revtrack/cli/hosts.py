"""What a pass came to, host by host, in lines that are safe to print. Keeps counts, and no result."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from revtrack.errors import BadURLError
from revtrack.model import CheckResult, Event
from revtrack.rendering.visible import visible
from revtrack.urls import host_of

_CHANGED = frozenset({Event.FIRST, Event.REVISED, Event.BACK})
_MOST_REASONS = 3


@dataclass
class Hosts:
    """What was found at each host of a pass, and how many of its articles were `due`."""

    due: Mapping[str, int]
    _looked: Counter[str] = field(default_factory=Counter)
    _changed: Counter[str] = field(default_factory=Counter)
    _failed: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def take(self, result: CheckResult) -> None:
        """Count a look in."""
        host = _host(result.snapshot.url)
        self._looked[host] += 1
        self._changed[host] += result.event in _CHANGED
        if result.event is Event.TROUBLE:
            self._failed[host][result.why] += 1

    def lines(self, *, most: int | None) -> Iterator[str]:
        """Yield a line a host: how many articles were due, changed and failed, and why; those that failed first.

        At most `most` hosts are told of.
        """
        hosts = sorted(self.due, key=lambda host: (-self._failures(host), -self.due[host], host))
        yield from (f"  {self._line(host)}" for host in hosts[:most])
        if most is not None and len(hosts) > most:
            yield f"  … and {len(hosts) - most} more hosts"

    def _line(self, host: str) -> str:
        told = [f"{self.due[host]} due", f"{self._changed[host]} changed", f"{self._failures(host)} failed"]
        if self._looked[host] < self.due[host]:
            told.append(f"{self.due[host] - self._looked[host]} not looked at")
        reasons = self._failed[host].most_common(_MOST_REASONS) if host in self._failed else []
        why = "; ".join(visible(reason) + (f" ({count}×)" if count > 1 else "") for reason, count in reasons)
        return f"{visible(host)}: {', '.join(told)}" + (f": {why}" if why else "")

    def _failures(self, host: str) -> int:
        return self._failed[host].total() if host in self._failed else 0


def _host(url: str) -> str:
    try:
        return host_of(url)
    except BadURLError:
        return url
