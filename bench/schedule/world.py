"""Invent articles and their edits: a seeded model of news sites, and recorded ones from a file. Knows no policy.

The parameters are set so that the model shows what was measured on real sites: 28 % of articles edited, 84 % of edits
in the first day and 4 % after a week, five in six edited articles edited once or twice and one in twenty more than nine
times, nights quiet, edits in series (of the gaps between two, a third under 15 minutes and a half under an hour). With
it NewsDiffs' table costs 97 looks an article, and looking every 15 minutes catches 90 % of edits, as measured.
"""

import json
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
HORIZON = 30 * DAY
READING = 15 * MINUTE
"""How often sources are read: an article is found that much after its publication at most."""

YOUTH, DECLINE = 100 * MINUTE, 0.6
"""Own edits come by a power of the age: the share still to come is (1 + age / YOUTH) ** -DECLINE."""
EDITED, SPREAD = 0.28, 0.45
"""The share of articles that are edited, and how much sources differ in it (of its logarithm)."""
DEVELOPING, DEVELOPMENTS = 0.055, 10.0
"""The share of edited articles that tell a developing story, and the edits of its own that such a one gets besides."""
AGAIN = 0.22
"""The chance that another article that was edited is edited once more on its own account."""
FOLLOWED, LAG, LAG_SPREAD = 0.17, 45 * MINUTE, 1.5
"""The edits that follow on an edit, the median time they take, and the spread of its logarithm."""
NIGHT = 0.06
"""How lively a source is at night, its day being 1."""
ZONES = (-8.0, -5.0, -3.0, 0.0, 1.0, 2.0, 5.5, 9.0)


@dataclass(frozen=True, slots=True)
class Trace:
    """What happened to one article: when it was published, when we found it, when it was edited; epoch seconds."""

    source: str
    born: float
    found: float
    edits: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A news site: how many of its articles are edited, how many of these develop, how edits follow, and its zone."""

    name: str
    edited: float
    developing: float
    followed: float
    zone: float

    def hours(self) -> tuple[float, ...]:
        """Return how lively each hour (UTC) is, 1 on average."""
        raw = [liveliness(hour + 0.5 + self.zone) for hour in range(24)]
        return tuple(one * 24 / sum(raw) for one in raw)


def liveliness(hour: float) -> float:
    """Return how lively a newsroom is at an hour of its own day: full from 8 to 19, at rest from 23 to 6."""
    hour %= 24
    morning, evening = max(0.0, (hour - 6) / 2), max(0.0, (23 - hour) / 4)
    return NIGHT + (1 - NIGHT) * min(1.0, morning, evening)


def invent_sites(count: int, seed: int) -> list[Site]:
    """Return so many sites, whose articles are edited as often as EDITED says on average."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    shares = [math.exp(chance.gauss(0, SPREAD)) for _ in range(count)]
    return [
        Site(
            name=f"site {number}",
            edited=min(0.8, EDITED * share * count / sum(shares)),
            developing=min(0.5, DEVELOPING * math.exp(chance.gauss(0, 0.4))),
            followed=FOLLOWED * math.exp(chance.gauss(0, 0.2)),
            zone=chance.choice(ZONES),
        )
        for number, share in enumerate(shares)
    ]


def invent(sites: Sequence[Site], count: int, seed: int) -> list[Trace]:
    """Return so many articles, taken from the sites in turn, published within a week."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    return [_article(chance, sites[number % len(sites)]) for number in range(count)]


def _article(chance: random.Random, site: Site) -> Trace:
    born = chance.random() * 7 * DAY
    while chance.random() > _lively_at(site, born):
        born = chance.random() * 7 * DAY
    waiting = [_own(chance, site, born) for _ in range(_how_many(chance, site))]
    edits = []
    while waiting:
        edits.append(waiting.pop())
        lags = (LAG * math.exp(chance.gauss(0, LAG_SPREAD)) for _ in range(_poisson(chance, site.followed)))
        waiting += [edits[-1] + MINUTE + lag for lag in lags]
    kept = tuple(sorted(at for at in edits if at < born + HORIZON))
    return Trace(site.name, born, born + chance.random() * READING, kept)


def _lively_at(site: Site, at: float) -> float:
    return liveliness(at % DAY / HOUR + site.zone)


def _how_many(chance: random.Random, site: Site) -> int:
    """Return how many edits of its own an article gets, follow-ups left out."""
    if chance.random() > site.edited:
        return 0
    if chance.random() < site.developing:
        return 1 + _poisson(chance, DEVELOPMENTS)
    count = 1
    while chance.random() < AGAIN:
        count += 1
    return count


def _own(chance: random.Random, site: Site, born: float) -> float:
    while True:
        age: float = YOUTH * ((1 - chance.random()) ** (-1 / DECLINE) - 1)
        if MINUTE < age < HORIZON and chance.random() < _lively_at(site, born + age):
            return born + age


def _poisson(chance: random.Random, mean: float) -> int:
    count, product, floor = 0, chance.random(), math.exp(-mean)
    while product > floor:
        count, product = count + 1, product * chance.random()
    return count


# --- recorded articles ------------------------------------------------------------------------------------------


def read_traces(path: Path, *, edited: float | None, seed: int) -> list[Trace]:
    """Read recorded articles, a JSON object a line: `published` (optional), `versions` or `edits`, `source` (optional).

    Times are epoch seconds or ISO 8601; a version is one, or has one as `seen` or `first_seen`, and the first is the
    publication where that is later than what is stated. Articles without any edit within 30 days count as not edited.
    Records often hold edited articles alone: `edited` is the share they should be, made up for by articles of the same
    hours without edits.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    told = [_told(json.loads(line), chance) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if edited:
        lacking = round(sum(bool(one.edits) for one in told) / edited) - len(told)
        told += [Trace(t.source, t.born, t.found, ()) for t in chance.choices(told, k=max(0, lacking))]
    chance.shuffle(told)
    return told


def _told(form: dict[str, Any], chance: random.Random) -> Trace:
    moments = [_moment(one) for one in form.get("versions", form.get("edits", []))]
    if "versions" in form:
        born, *moments = sorted(moments)
    else:
        born = _moment(form["published"])
    edits = tuple(sorted(at for at in moments if born < at < born + HORIZON))
    return Trace(str(form.get("source", "")), born, born + chance.random() * READING, edits)


def _moment(form: Any) -> float:  # noqa: ANN401 - any JSON
    if isinstance(form, dict):
        form = form.get("seen", form.get("first_seen"))
    return datetime.fromisoformat(form).timestamp() if isinstance(form, str) else float(form)
