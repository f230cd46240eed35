"""A look at an article: what is known before it, what came of it, and how it stands when it was recorded."""

from dataclasses import dataclass, field
from datetime import datetime

from revtrack.model import Article, Event, Outcome, Revision, Snapshot, Story, Validators, Verdict, Version
from revtrack.schedule import Prior

_QUIET = frozenset({Event.FIRST, Event.UNCHANGED, Event.REVISED})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an article before we look again.

    `latest` is its newest version; `validators` and `body_sha256` are those of the newest look that read a story.
    `prior` is what is expected of its source's articles, which the archive does not say: `companions` tell.
    `troubles` counts the failed looks since the last good one; `is_gone` says that none was good since it was found
    gone. `suspect` is the fingerprint of a surprising story that waits for a second look, "" if none does. `region`
    names the page that the newest version was read from at the last look that read any, "" if that is not known.
    `trouble` is the last of which the log told, and when it was.
    """

    article: Article
    latest: Version | None = None
    validators: Validators = field(default_factory=Validators)
    body_sha256: str = ""
    is_gone: bool = False
    troubles: int = 0
    suspect: str = ""
    prior: Prior = field(default_factory=Prior)
    region: str = ""
    trouble: tuple[Outcome, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """One look and all that came of it, recorded in one transaction or not at all.

    `basis` is the number of the version that it was derived against, 0 for none. `story` is set when it makes a new
    version, `revision` with it when there was one before. `reread` brings, by number, the stories of versions as
    today's extractor reads them, where another had read them: they replace the earlier readings, so that a change of
    extractor never shows as an edit. `rejudged` brings new verdicts of earlier revisions, by the number of the version
    each made. `addresses` are URLs that lead to the same article, `moved_to` the one to ask for from now on ("": as
    before); `same` brings the ids of other articles that turned out to be this one. `modified` is the time of change
    the page stated. `due_at` is None for an article that retires. `eventful` is False for what the log has said already
    (still gone, still in trouble), `returned` True for a new version of an article that had been gone. `region` names
    the page that a story was read from, None leaves what is kept. `later` says that its body may be made small when
    there is time (`pack_bodies`).
    """

    article_id: int
    snapshot: Snapshot
    event: Event
    basis: int
    due_at: datetime | None
    story: Story | None = None
    revision: Revision | None = None
    reread: tuple[tuple[int, Story], ...] = ()
    rejudged: tuple[tuple[int, Verdict], ...] = ()
    addresses: tuple[str, ...] = ()
    moved_to: str = ""
    same: tuple[int, ...] = ()
    modified: datetime | None = None
    suspect: str = ""
    why: str = ""
    not_before: datetime | None = None
    eventful: bool = True
    returned: bool = False
    region: str | None = None
    later: bool = False

    @property
    def happening(self) -> Event | None:
        """What the log tells of it besides the version that it made, None where that is nothing."""
        if self.returned:
            return Event.BACK
        return self.event if self.eventful and self.event not in _QUIET else None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of an observation: the article as it now is, its snapshot with an id, the version if it made one."""

    article: Article
    snapshot: Snapshot
    version: Version | None = None


class OutdatedError(Exception):
    """The article gained a version since the observation was derived: derive it again from what stands now."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look as it stands in an article's timeline: the snapshot without its body, and the version it found.

    `version` counts by today's numbers; None where no story was read or believed.
    """

    snapshot: Snapshot
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to look: `what` is done with it, by which process of which host, since when and until when."""

    what: str
    host: str
    process: int
    since: datetime
    until: datetime
