"""What changed, as lists tell it: which changes are asked for, what a line says of one, when words came and went."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from revtrack.model import Article, Event, Note, Redaction, Verdict


class Only(StrEnum):
    """A kind of change that a list may be of alone: it was not disclosed, no note explains it, and so on."""

    UNDISCLOSED = "undisclosed"
    UNEXPLAINED = "unexplained"
    NOTES = "notes"
    HEADLINE = "headline"
    REMOVED = "removed"
    REVERTS = "reverts"


class Order(StrEnum):
    """How a list of changes is ordered: the weightiest first (then the newest), or by when they were first seen."""

    WEIGHT = "weight"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which changes a list shows; what is empty or None does not select.

    `source` is the URL of a source, or the host of articles that a person added. `language` is like "en". `since` and
    `until` bound when a change was first seen, `until` itself excluded. `firsts` takes first versions in, which no
    list of changes shows.
    """

    only: Only | None = None
    source: str = ""
    language: str = ""
    articles: tuple[int, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    firsts: bool = False


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of an article's history: a version with its verdict, or an event (gone, back, suspect, trouble).

    `judged_at` is the time of the look that led to the verdict as it stands, `after` that at which the version before
    was last seen, `last_seen` that at which this one was, at `looks` looks. `origin` is the kind of origin of the look
    that found it first, "" for one of our own; `redaction` says why its text, or that before, was taken out. A list
    of changes tells these, a log may leave them out.
    """

    article: Article
    at: datetime
    event: Event
    version: int | None = None
    headline: str = ""
    verdict: Verdict | None = None
    notes: tuple[Note, ...] = ()
    revert_of: int | None = None
    flapping: bool = False
    why: str = ""
    headline_before: str = ""
    language: str = ""
    judged_at: datetime | None = None
    after: datetime | None = None
    last_seen: datetime | None = None
    looks: int | None = None
    origin: str = ""
    redaction: Redaction | None = None


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """One note in the ledger: the version that brought it, and the one from which it was gone (None: it stands)."""

    article: Article
    version: int
    at: datetime
    note: Note
    withdrawn_in: int | None = None


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A stretch of an article's versions that hold certain words, from `first` to `last` (None: to the newest).

    `text` is the newest sentence that holds them, `place` where: "headline", "deck", "text" or "note". They were first
    seen at `first_seen`, last at `last_seen`, and found gone at `gone_at`, None while they stand.
    """

    article: Article
    place: str
    text: str
    first: int
    last: int | None
    first_seen: datetime
    last_seen: datetime
    gone_at: datetime | None = None
