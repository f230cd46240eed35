"""What a million and a hundred million articles take: the schedule and the queue of each site simulated, costs given.

Pure but for the seed: the same arguments give the same table.
"""

import heapq
import math
import random
from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bench.schedule.world import DAY, HOUR, Trace, invent, invent_sites, liveliness
from revtrack.config import ScheduleSettings
from revtrack.schedule import History, interval

YEAR = 365
ANSWER = 0.3
"""Seconds that a page takes to come, its connection kept."""
SEED = 9


@dataclass(frozen=True, slots=True)
class Costs:
    """What looks cost. CPU in ms and bytes on the wire and in the database: of a first look, an edit, chrome, a 304.

    `shares` are those of chrome that differs and of a 304 among looks that find no edit. `writing` is how many ms of a
    look the database's one writer is busy.
    """

    cpu: tuple[float, float, float, float] = (45.0, 20.0, 10.0, 4.0)
    wire: tuple[float, float, float, float] = (45_000, 45_000, 45_000, 600)
    kept: tuple[float, float, float, float] = (60_000, 6_500, 1_800, 800)
    shares: tuple[float, float] = (0.6, 0.4)
    writing: float = 3.0

    def a_look(self, of: tuple[float, float, float, float], kinds: tuple[float, float, float]) -> float:
        """Return the mean of a cost, by the shares of first looks, of edits, and of all others."""
        first, edit, other = kinds
        return of[0] * first + of[1] * edit + other * (of[2] * self.shares[0] + of[3] * self.shares[1])


@dataclass(frozen=True, slots=True)
class Life:
    """An article's mean year: looks, edits found, and the looks made by the end of each day of age."""

    looks: float
    edits: float
    by_day: tuple[float, ...]


def live(count: int, seed: int = SEED) -> Life:
    """Follow so many invented articles through their first year by the schedule that ships."""
    settings = ScheduleSettings()
    traces = invent(invent_sites(12, seed), count, seed)
    looks = [0] * YEAR
    edits = 0
    for number, trace in enumerate(traces):
        for age, found in _looks(number, trace, settings):
            looks[min(YEAR - 1, int(age / DAY))] += 1
            edits += found
    total, by_day = 0.0, []
    for one in looks:
        total += one / count
        by_day.append(total)
    return Life(total, edits / count, tuple(by_day))


def _looks(number: int, trace: Trace, settings: ScheduleSettings) -> list[tuple[float, bool]]:
    now, changes, changed = trace.found, 0, None
    made = [(0.0, False)]
    while True:
        history = History(number, _at(trace.born), _at(trace.found), _at(now), changes, changed)
        after = now + max(settings.shortest, interval(history, _at(now), settings).total_seconds())
        if after > trace.born + YEAR * DAY:
            return made
        found = bisect_left(trace.edits, after) > bisect_left(trace.edits, now)
        now = after
        changes, changed = changes + found, _at(now) if found else changed
        made.append((now - trace.born, found))


def _at(seconds: float) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def sizes(articles: int, sites: int) -> list[float]:
    """Return how many articles each site has, the largest first: the n-th has a share of 1 / (n + 10)."""
    weights = [1 / (n + 10) for n in range(sites)]
    return [articles * weight / sum(weights) for weight in weights]


def lateness(looks_a_day: float, gap: float, seed: int = SEED) -> tuple[float, float, float]:
    """Return the median and the 99th percentile of how late looks at one site are, in seconds, and the share not made.

    One request at a time, `gap` seconds between two; looks fall due as its newsroom works, and the most overdue is made
    first. A second day follows on what the first left.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    due = sorted(_moment(chance) + day * DAY for day in range(2) for _ in range(round(looks_a_day)))
    free, late = 0.0, []
    waiting = list(due)
    heapq.heapify(waiting)
    while waiting:
        at = heapq.heappop(waiting)
        begins = max(at, free)
        if begins > 2 * DAY:
            break
        free = begins + gap + ANSWER
        late.append(begins - at)
    late = sorted(late[len(late) // 2 :]) or [0.0]
    return late[len(late) // 2], late[len(late) * 99 // 100], 1 - (2 * len(late)) / max(1, len(due))


def _moment(chance: random.Random) -> float:
    while True:
        at = chance.random() * DAY
        if chance.random() < 0.5 + 0.5 * liveliness(at / HOUR):  # half of all looks are at old articles, at any hour
            return at


def show(*, gap: float, costs: Costs, count: int) -> None:
    """Print the tables."""
    life = live(count)
    month = life.by_day[29]
    print(f"an article: {month:.0f} looks in 30 days, {life.looks:.0f} in a year, {life.edits:.2f} edits found")
    kinds = (1 / life.looks, life.edits / life.looks, 1 - (1 + life.edits) / life.looks)
    print(f"{'articles':>12} {'sites':>7} {'looks/day':>12} {'a second':>9} {'Mbit/s':>7} {'GB/year':>8}"
          f" {'cores':>6} {'writer':>7} {'sites too large':>16} {'looks not made':>15}")  # fmt: skip
    for articles, sites in ((10_000, 100), (1_000_000, 2_000), (100_000_000, 50_000)):
        a_day = articles * life.looks / YEAR
        second = a_day / DAY
        limit = DAY / (gap + ANSWER)
        asked = [size * life.looks / YEAR for size in sizes(articles, sites)]
        lost = sum(max(0.0, one - limit) for one in asked) / a_day
        print(
            f"{articles:>12,} {sites:>7,} {a_day:>12,.0f} {second:>9,.1f}"
            f" {8 * second * costs.a_look(costs.wire, kinds) / 1e6:>7,.1f}"
            f" {a_day * YEAR * costs.a_look(costs.kept, kinds) / 1e9:>8,.0f}"
            f" {second * costs.a_look(costs.cpu, kinds) / 1000:>6.1f} {second * costs.writing / 1000:>7.0%}"
            f" {sum(one > limit for one in asked):>16,} {lost:>15.0%}"
        )
    print(f"\none site, a gap of {gap:g} s: {DAY / (gap + ANSWER):,.0f} looks a day at most,"
          f" {DAY / (gap + ANSWER) * YEAR / life.looks:,.0f} articles")  # fmt: skip
    print(f"{'of that':>8} {'articles':>9} {'late, median':>13} {'99 of 100':>10} {'not made':>9}")
    for load in (0.3, 0.6, 0.8, 0.95, 1.2):
        a_day = load * DAY / (gap + ANSWER)
        median, most, lost = lateness(a_day, gap)
        print(f"{load:>8.0%} {a_day * YEAR / life.looks:>9,.0f} {_time(median):>13} {_time(most):>10} {lost:>9.0%}")


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 3 * HOUR else f"{math.ceil(seconds / HOUR)} h"
