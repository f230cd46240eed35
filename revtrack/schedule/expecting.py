"""How many edits are expected of an article, and when. Pure; times in seconds since 1970.

An edit is taken to come about in one of two ways. Either it is the article's own: those come at a rate that falls with
its age as a power of it, times how lively the hour is at its source, times the article's strength. Or it follows on an
edit seen a while ago, the sooner the likelier. Articles differ much in strength, most have none worth the name: before
anything is known it is drawn from a gamma distribution, and what was seen since moves it: the mean of a Gamma-Poisson
model is (expected + seen) over (scale + time, counted in what the age makes of it).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from revtrack.schedule.history import History

HOUR = 3600.0
DAY = 86_400.0
EVEN = (1.0,) * 24
"""The hours of a source that nothing is known of."""

SHAPE, SCALE = 0.26, 0.25
"""Of the gamma distribution. Both are small: the first edit says much about an article, and so do quiet first hours."""
YOUTH = 5_400.0
"""The age in seconds up to which the rate falls little."""
DECLINE = 0.6
"""How fast it falls then: the share of edits still to come shrinks with this power of the age. 84 % come on day one."""
FOLLOWING = 0.12
"""Edits that follow on one edit, on average, and are not said by the strength that it shows."""
SOON = 1_000.0
"""How soon they follow, in seconds, and by which power ever fewer do."""
FADING = 0.6
_MOST = 20
_OWN, _NEXT = DECLINE / YOUTH, FADING / SOON
_OWN_FADING, _NEXT_FADING = -DECLINE - 1, -FADING - 1
"""Of the densities of both kinds of edits, what does not change with time, and the powers by which they fall."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is expected of a source's articles: how often they are edited, and at which hours (UTC).

    `liveliness` is how many times as often as articles at large; `hours` has a factor for each hour, 1 on average.
    """

    liveliness: float = 1.0
    hours: tuple[float, ...] = EVEN


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected of one article: its strength, when it was born and last changed (None: not yet), its hours."""

    strength: float
    born: float
    changed: float | None
    hours: tuple[float, ...]

    def rate(self, at: float) -> float:
        """Return the edits expected in a second at that time."""
        return self.rates()(at)

    def rates(self) -> Callable[[float], float]:
        """Return `rate` as a function that is quick: it is asked some thirty times for each plan."""
        strength, born, changed, hours = self.strength, self.born, self.changed, self.hours

        def rate(at: float) -> float:
            own: float = _OWN * (1 + (at - born if at > born else 0.0) / YOUTH) ** _OWN_FADING
            found = strength * own
            if changed is not None:
                found += self.following(at)
            return found if hours is EVEN else found * hours[int(at % DAY / HOUR)]

        return rate

    def own(self, at: float) -> float:
        """Return the rate of the article's own edits, the hour left out."""
        return replace(self, changed=None, hours=EVEN).rate(at)

    def following(self, at: float) -> float:
        """Return the rate of edits that follow on the last one, the hour left out."""
        if self.changed is None:
            return 0.0
        lag = at - self.changed if at > self.changed else 0.0
        density: float = _NEXT * (1 + lag / SOON) ** _NEXT_FADING
        return FOLLOWING * density


def expect(history: History, now: float, prior: Prior) -> Outlook:
    """Return what is expected of an article at a time, by its past and what its source's articles are like."""
    born, watched = min(history.born.timestamp(), now), history.watched.timestamp()
    exposure = share_by(now - born) - share_by(watched - born)
    strength = (prior.liveliness * SHAPE + min(history.changes, _MOST)) / (SCALE + max(exposure, 0.0))
    return Outlook(strength, born, history.changed.timestamp() if history.changed else None, prior.hours)


def share_by(age: float) -> float:
    """Return the share of an article's own edits that have come by an age in seconds, 1 after endless time."""
    left: float = (1 + max(age, 0.0) / YOUTH) ** -DECLINE
    return 1 - left
