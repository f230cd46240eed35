"""What a look at an article came to, and what reports and alerts tell of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from revtrack.model.snapshots import Article, Snapshot
from revtrack.model.verdicts import Significance
from revtrack.model.versions import Revision, Version


class Event(StrEnum):
    """What a check of one article found; `moved` stands in the log alone, beside what the look found."""

    FIRST = "first"
    UNCHANGED = "unchanged"
    REVISED = "revised"
    SUSPECT = "suspect"
    GONE = "gone"
    TROUBLE = "trouble"
    BACK = "back"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check of one article came to.

    `revision` is set for `revised` alone, `version` for `first` and `revised`. `why` names the cheapest test that
    settled it ("304", "same bytes", "same story" and what is new beside it) or, in trouble, the reason. `due_at` is
    when we look again.
    """

    article: Article
    snapshot: Snapshot
    event: Event
    why: str = ""
    version: Version | None = None
    revision: Revision | None = None
    due_at: datetime | None = None


@dataclass(frozen=True)
class Reported:
    """A revision as reports and alerts tell it: whose it is, and when its verdict was given as it stands.

    `judged_at` is the time of the look that led to the verdict: that of the edit, a later one where a note came later.
    `origin` names where history was brought in from, "" for what this archive looked at itself. `link` is the address
    of the revision's page, "" where there is none.
    """

    article: Article
    revision: Revision
    judged_at: datetime
    origin: str = ""
    link: str = ""


@dataclass(frozen=True)
class Happening:
    """That an article's page was gone, or came back, as reports tell it beside revisions.

    `why` is what was wrong with the look that found it so, `at` when that was made. `origin` and `link` are as those of
    `Reported`; the page is the article's.
    """

    weight: ClassVar[int] = 10 * Significance.SUBSTANTIVE.level - 1
    """What lists rank it by (`Verdict.weight`): behind every substantive revision, before what is below."""

    article: Article
    event: Event
    at: datetime
    why: str = ""
    origin: str = ""
    link: str = ""


Report = Reported | Happening
"""What reports and feeds are made of."""
