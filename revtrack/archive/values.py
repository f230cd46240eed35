"""The values that pass between an archive and those who ask it. Knows no database, and not what an archive does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from revtrack.model import (
    Article,
    Event,
    Note,
    Outcome,
    Redaction,
    Revision,
    Snapshot,
    Story,
    Validators,
    Verdict,
    Version,
)
from revtrack.schedule import Prior


class OutdatedError(Exception):
    """The article gained a version since the observation was derived: derive it again from what stands now."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an article before we look again.

    `latest` is its newest version; `validators` and `body_sha256` are those of the newest look that read a story.
    `prior` is what is expected of its source's articles, which the archive does not say: `companions` tell.
    `troubles` counts the failed looks since the last good one; `is_gone` says that none was good since it was found
    gone. `suspect` is the fingerprint of a surprising story that waits for a second look, "" if none does. `region`
    names the page that the newest version was read from at the last look that read any, "" if that is not known.
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
    (still gone, still in trouble). `region` names the page that a story was read from, None leaves what is kept.
    `later` says that its body may be made small when there is time (`pack_bodies`).
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
    region: str | None = None
    later: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of an observation: the article as it now is, its snapshot with an id, the version if it made one."""

    article: Article
    snapshot: Snapshot
    version: Version | None = None


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
class NoteEntry:
    """One note in the ledger: the version that brought it, and the one from which it was gone (None: it stands)."""

    article: Article
    version: int
    at: datetime
    note: Note
    withdrawn_in: int | None = None


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to look: `what` is done with it, by which process of which host, since when and until when."""

    what: str
    host: str
    process: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf of the Merkle tree over all that a report shows: what it is `about`, and its hash as it was kept.

    `found` is its hash by the row as it stands, b"" where the row is gone, None for a leaf that a newer one replaced.
    `kind`, `row` and `number` name the row, `article` and `version` what it belongs to (None where it says none).
    `redacted` says why and when contents were taken out, "" where none were.
    """

    position: int
    about: str
    hash: bytes
    found: bytes | None
    kind: str = ""
    row: int = 0
    number: int = 0
    article: int | None = None
    version: int | None = None
    redacted: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One look as it stands in an article's timeline: the snapshot without its body, and the version it found.

    `version` counts by today's numbers; None where no story was read or believed.
    """

    snapshot: Snapshot
    version: int | None = None


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
    """How what is tracked fares: every site, how many looks are overdue and since when, what sources brought last."""

    sites: tuple[SiteHealth, ...]
    overdue: int
    overdue_since: datetime | None
    brought: Mapping[str, datetime]


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
class LetGo:
    """How many pages were let go, and how many bytes they were as they were received."""

    bodies: int
    size: int


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


@dataclass(frozen=True, slots=True)
class OpenedLeaf:
    """A leaf and what it is the hash of, so that anybody can make it again.

    `entry` is the JSON that is hashed: the row's facts and, as `contents`, the SHA-256 of `salt` and the JSON
    `contents`, which is None where the contents were taken out.
    """

    position: int
    kind: str
    hash: bytes
    salt: bytes
    entry: str
    contents: str | None


@dataclass(frozen=True, slots=True)
class News:
    """What a look (`look`, its number) brought to an article: a verdict on a revision, or another event.

    `verdict` is set for a revision alone, as it stands now; `version` is the one that the revision made, `made_by` the
    number of the look that did. `rejudged` is set where an earlier revision was judged otherwise by what this look saw.
    """

    look: int
    at: datetime
    article: int
    event: Event
    version: int | None = None
    made_by: int | None = None
    verdict: Verdict | None = None
    rejudged: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be told by a rule (`alert`) to `channels`, not before `due_at`; `body` is JSON.

    `key` names it for good: what is kept already is not kept again. All of one `batch` go out as one. `subject` is what
    it is about, whatever is told of that later, `look` the look that led to it, 0 where none did.
    """

    key: str
    alert: str
    batch: str
    subject: str
    look: int
    due_at: datetime
    channels: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A batch on its way to a channel: `tries` that failed, and the `trouble` of the last."""

    batch: str
    channel: str
    alert: str
    due_at: datetime
    tries: int = 0
    trouble: str = ""
