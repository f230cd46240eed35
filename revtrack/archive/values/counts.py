"""How sources, sites and articles fare, in counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from revtrack.model import Outcome


@dataclass(frozen=True, slots=True)
class Habits:
    """How the articles of one source (see `Selection`) are edited, as far as it was seen.

    `articles` are followed, `read` those of which a version was read, `edited` those of them with a revision.
    `substantive` counts revisions of level 3 or more, `silent` those of them without a note (undisclosed, or only a
    time stamp moved), `retitled` those that touched a headline. `gone` counts articles read whose page was found gone
    at any time, those that came back included. `lags` are the seconds that late notes took, in rising order. `week`
    counts revisions by the hour of the week in which they were found, from Monday midnight, UTC.
    """

    source: str
    articles: int = 0
    read: int = 0
    edited: int = 0
    revisions: int = 0
    substantive: int = 0
    silent: int = 0
    retitled: int = 0
    gone: int = 0
    lags: tuple[float, ...] = ()
    week: tuple[int, ...] = (0,) * 168


@dataclass(frozen=True, slots=True)
class LastLook:
    """The newest look of our own at an article (`article`, its id), which read no page, and why it did not.

    `is_answered` tells whether anything answered. `read_at` is when a look last read the page, or heard that nothing
    changed; None if none did.
    """

    article: int
    url: str
    at: datetime
    outcome: Outcome
    is_answered: bool
    reason: str
    read_at: datetime | None = None
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """How much of a selection could be read: articles looked at, of them `read` at least once since its beginning.

    `unread` are the last looks that read no page, of articles that were read before it, too.
    """

    looked_at: int
    read: int
    unread: tuple[LastLook, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """How one host fares: counts of its articles, and the bytes that its pages take in the archive.

    `read` were read at least once; `looked_at` lately, of which `answered` with a page or that nothing changed, and
    `blocked` not; `gone` are not there any more, and of `shrunk` the newest page is less than half of what pages were.
    `answered_at` is when an article of it last answered, None if none did.
    """

    host: str
    articles: int
    read: int
    looked_at: int
    answered: int
    blocked: int
    gone: int
    shrunk: int
    size: int
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """How what is tracked fares: every site, how many looks are overdue and since when, what sources brought last.

    `first_pages` are the addresses of articles, by id, of which the newest version is the first page of several.
    """

    sites: tuple[SiteHealth, ...]
    overdue: int
    overdue_since: datetime | None
    brought: Mapping[str, datetime]
    first_pages: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class LetGo:
    """How many pages were let go, and how many bytes they were as they were received."""

    bodies: int
    size: int
