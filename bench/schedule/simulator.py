"""Follow policies through traces and score them. Deterministic: the same traces give the same figures.

An edit is caught by the first look after it, unless another edit came between: what was overwritten unseen is lost. So
is what happened before the article was found.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from bench.schedule.policies import SHORTEST, Policy, Seen
from bench.schedule.world import HORIZON, Trace
from revtrack.schedule import Prior, Watched

_CLOSE = 0.01
_TRIES = 10
_FEW = 250


@dataclass(frozen=True, slots=True)
class Score:
    """What a policy reached: looks an article, shares of edits caught and of articles whole, delays in seconds."""

    looks: float
    caught: float
    whole: float
    median: float
    p90: float
    spend: float


@dataclass(slots=True)
class Tally:
    """What is counted on the way."""

    articles: int = 0
    looks: int = 0
    edits: int = 0
    edited: int = 0
    whole: int = 0

    def score(self, delays: list[float], spend: float) -> Score:
        """Return what it comes to."""
        delays = sorted(delays) or [math.inf]
        return Score(
            looks=self.looks / self.articles,
            caught=(len(delays) if self.edits else 0) / max(1, self.edits),
            whole=self.whole / max(1, self.edited),
            median=delays[len(delays) // 2],
            p90=delays[len(delays) * 9 // 10],
            spend=spend,
        )


def simulate(traces: Sequence[Trace], policy: Policy, spend: float, priors: Mapping[str, Prior] | None = None) -> Score:
    """Score a policy over traces; `priors` is what is expected of each source."""
    tally, delays = Tally(), list[float]()
    for number, trace in enumerate(traces):
        looks, found = _follow(number, trace, policy, spend, (priors or {}).get(trace.source))
        _count(tally, trace, looks)
        tally.whole += bool(trace.edits) and len(found) == len(trace.edits)
        delays += found
    return tally.score(delays, spend)


def at_budget(
    traces: Sequence[Trace], policy: Policy, looks: float, priors: Mapping[str, Prior] | None = None
) -> Score:
    """Score a policy turned up so far that it costs as many looks an article, within a hundredth or two."""
    spend = _turned_up(traces[:_FEW], policy, looks, priors, start=looks)
    spend = _turned_up(traces, policy, looks, priors, start=spend)
    return simulate(traces, policy, spend, priors)


def watch(traces: Sequence[Trace], policy: Policy, spend: float) -> dict[str, list[Watched]]:
    """Return what a tracker with a policy would have seen of each source's articles."""
    found: dict[str, list[Watched]] = {}
    for number, trace in enumerate(traces):
        seen = Seen(number, trace.born, trace.found, trace.found)
        for _ in _looks(trace, policy, spend, seen):
            pass
        changed = None if seen.changed is None else datetime.fromtimestamp(seen.changed, UTC)
        added, checked = (datetime.fromtimestamp(at, UTC) for at in (trace.found, seen.now))
        found.setdefault(trace.source, []).append(Watched(added, checked, changed, seen.changes))
    return found


def clairvoyant(traces: Sequence[Trace]) -> Score:
    """Score one who looks at the moment of each edit, though never twice within the shortest wait."""
    tally, delays = Tally(), list[float]()
    for trace in traces:
        last, caught = trace.found - SHORTEST, 0
        for at, following in pairwise((*trace.edits, math.inf)):
            look = max(at, last + SHORTEST)
            if at > trace.found and look < following:
                delays.append(look - at)
                last, caught = look, caught + 1
        _count(tally, trace, caught + 1)
        tally.whole += bool(trace.edits) and caught == len(trace.edits)
    return tally.score(delays, math.nan)


def _count(tally: Tally, trace: Trace, looks: int) -> None:
    tally.articles += 1
    tally.looks += looks
    tally.edits += len(trace.edits)
    tally.edited += bool(trace.edits)


def _follow(number: int, trace: Trace, policy: Policy, spend: float, prior: Prior | None) -> tuple[int, list[float]]:
    """Return how many looks an article cost, and the delay with which each edit that was caught was."""
    seen = Seen(number, trace.born, trace.found, trace.found, prior=prior, edits=len(trace.edits))
    looks, delays = 1, list[float]()
    for edit in _looks(trace, policy, spend, seen):
        looks += 1
        if edit is not None:
            delays.append(seen.now - edit)
    return looks, delays


def _looks(trace: Trace, policy: Policy, spend: float, seen: Seen) -> Iterator[float | None]:
    """Yield at each look the edit that it finds, None for none; `seen` is kept as the tracker would."""
    place = sum(at <= trace.found for at in trace.edits)
    while True:
        seen.wait = policy(seen, spend)
        if seen.now + seen.wait > trace.born + HORIZON:
            return
        seen.now += seen.wait
        first = place
        while place < len(trace.edits) and trace.edits[place] <= seen.now:
            place += 1
        if place > first:
            seen.changes, seen.changed = seen.changes + 1, seen.now
        yield trace.edits[place - 1] if place > first else None


def _turned_up(
    traces: Sequence[Trace],
    policy: Policy,
    looks: float,
    priors: Mapping[str, Prior] | None,
    *,
    start: float,
) -> float:
    """Return the spending at which a policy costs so many looks: by secants of the logarithms, or by halves."""
    at, slope, low, high = math.log(start), 1.0, -math.inf, math.inf
    known: tuple[float, float] | None = None
    for _ in range(_TRIES):
        off = math.log(simulate(traces, policy, math.exp(at), priors).looks / looks)
        if abs(off) < _CLOSE:
            break
        low, high = (max(low, at), high) if off < 0 else (low, min(high, at))
        if known and at != known[0]:
            slope = min(4.0, max(0.25, (off - known[1]) / (at - known[0])))
        known = (at, off)
        at -= off / slope
        if not low < at < high:
            at = (low + high) / 2
    return math.exp(at)
