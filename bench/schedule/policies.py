"""Ways to say when to look again, each a function of what was seen so far and of how much may be spent. No clock.

`spend` is what a policy is turned up with until it costs the looks it may: the more, the shorter its waits. Where a
policy says itself what it costs, it is the looks an article.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.schedule.world import DAY, HORIZON, HOUR, MINUTE
from revtrack.config import ScheduleSettings
from revtrack.schedule import History, Outlook, Prior, next_look
from revtrack.schedule.expecting import FOLLOWING, share_by
from revtrack.schedule.planning import time_to

SHORTEST = ScheduleSettings().shortest
NEWSDIFFS_LOOKS = 97


@dataclass(slots=True)
class Seen:
    """What a tracker knows of an article when it plans: times in epoch seconds, `changed` None before the first edit.

    `wait` is its last wait, 0 before the first. `prior` is what it expects of the source. `edits` is what it cannot
    know, for the oracle alone.
    """

    number: int
    born: float
    found: float
    now: float
    changes: int = 0
    changed: float | None = None
    wait: float = 0.0
    prior: Prior | None = None
    edits: int = 0

    @property
    def quiet(self) -> float:
        """Seconds since the last edit found, or since the article was found."""
        return self.now - (self.changed or self.found)


Policy = Callable[[Seen, float], float]
"""Returns the seconds to wait."""


def fixed(seen: Seen, spend: float) -> float:  # noqa: ARG001 - one shape for all policies
    """Wait always the same, as changedetection.io does unless told otherwise."""
    return HORIZON / spend


def newsdiffs(seen: Seen, spend: float) -> float:
    """Wait by the table of NewsDiffs, by the time since the last change; scaled where it may cost more or less."""
    steps = ((3 * HOUR, 15 * MINUTE), (DAY, HOUR), (7 * DAY, 3 * HOUR), (math.inf, 3 * DAY))
    wait = next(wait for until, wait in steps if seen.quiet < until)
    return wait * NEWSDIFFS_LOOKS / spend


def back_off(seen: Seen, spend: float) -> float:
    """Wait longer by a factor each time nothing changed, and begin anew when something did."""
    if seen.wait == 0 or seen.changed == seen.now:
        return SHORTEST
    return seen.wait * (1 + 15 / spend)


def share_of_age(seen: Seen, spend: float) -> float:
    """Wait a share of the time since the last change."""
    return max(SHORTEST, seen.quiet * 10 / spend)


STRENGTHS = ((0.02, 0.62), (0.3, 0.2), (1.5, 0.11), (5.0, 0.05), (15.0, 0.02))
"""Five kinds of articles: edits in 30 days, and how common each is."""


def mixture(seen: Seen, spend: float) -> float:
    """Wait by the square root of the rate, that being the mean of five kinds, each as likely as the edits seen say."""
    exposure = share_by(seen.now - seen.born)
    weights = [share * strength**seen.changes * math.exp(-strength * exposure) for strength, share in STRENGTHS]
    mean = sum(strength * w for (strength, _), w in zip(STRENGTHS, weights, strict=True)) / sum(weights)
    rate = Outlook(mean, seen.born, None, Prior().hours).own(seen.now)
    return max(SHORTEST, 60 / spend / math.sqrt(rate))


def shipped(seen: Seen, spend: float) -> float:
    """Wait as revtrack does."""
    history = History(
        article_id=seen.number,
        born=_at(seen.born),
        watched=_at(seen.found),
        seen=_at(seen.now),
        changes=seen.changes,
        changed=None if seen.changed is None else _at(seen.changed),
    )
    due = next_look(history, _at(seen.now), ScheduleSettings(looks=spend), seen.prior)
    return due.timestamp() - seen.now if due else HORIZON


def oracle(seen: Seen, spend: float) -> float:
    """Wait as revtrack does, told beforehand how many edits each article will have, though not when."""
    prior = seen.prior or Prior()
    outlook = Outlook(max(seen.edits / (1 + FOLLOWING), 1e-6), seen.born, seen.changed, prior.hours)
    return max(SHORTEST, time_to(outlook, seen.now, ScheduleSettings(looks=spend)))


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
