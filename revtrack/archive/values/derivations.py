"""All that was derived from the looks at an article, and what differs from what stood before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from revtrack.model import Article, Event, Verdict


@dataclass(frozen=True, slots=True)
class DerivedVersion:
    """A version as it was derived: a `Version` whose story is in its JSON form, to be kept as it is."""

    number: int
    snapshot_id: int
    fingerprint: str
    extractor: str
    story: str = field(repr=False)
    first_seen: datetime
    last_seen: datetime
    looks: int = 1
    revert_of: int | None = None
    flapping: bool = False
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """All that was derived from the looks at an article, up to the one numbered `newest`, in order of its timeline.

    `verdicts` brings, by number of version, every verdict that was given, each with the look that led to it; `events`
    what happened beside; `found` the version that each look found, and `barren` why others found none. `gone`,
    `troubles` and `suspect` are where the article stands after the last look.
    """

    article_id: int
    newest: int
    versions: tuple[DerivedVersion, ...]
    verdicts: Mapping[int, tuple[tuple[int, Verdict], ...]]
    events: tuple[tuple[int, Event, str], ...]
    found: Mapping[int, int | None]
    gone: bool = False
    troubles: int = 0
    suspect: str = ""
    barren: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rederived:
    """What became of an article when it was derived again: how many versions there were and are, and what differs.

    `read` are the numbers of versions that are new, gone, or read otherwise; `judged` those whose verdicts differ;
    `events` and `looks` count what happened otherwise, and the looks that found another version. `stamped` counts the
    versions of which only the stamp is another. `kept` says why the article was left as it was, "" where it was not.
    """

    article: Article
    before: int
    after: int
    read: tuple[int, ...] = ()
    judged: tuple[int, ...] = ()
    events: int = 0
    looks: int = 0
    stamped: int = 0
    kept: str = ""

    @property
    def differs(self) -> bool:
        """Whether anything is not as it stood."""
        return bool(self.read or self.judged or self.events or self.looks)
