"""What was looked at, and what came of each look: facts, which are only ever added."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What one look at an article came to."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    REDIRECTED_AWAY = "redirected_away"
    GONE = "gone"
    BLOCKED = "blocked"
    PAYWALLED = "paywalled"
    NOT_ARTICLE = "not_article"
    FAILED = "failed"


READ = frozenset({Outcome.OK, Outcome.NOT_MODIFIED})
"""What looks come to that read the page, or hear that it is the one that was read; their texts are in it, too."""


@dataclass(frozen=True, slots=True)
class Article:
    """One tracked piece with one identity, whatever URLs it has had.

    `url` is its canonical address and `urls` every address that has led to it, that one first. `headline` is that of
    its newest version, empty before the first. `source` is what made it tracked (a feed's URL, or "" for `add URL`).
    `not_before` is when its server asked us not to come back before. `same_as` is the id of the article that this one
    turned out to be, None if it is its own; it is not looked at any more, and what was seen of it stays. `retired_at`
    is when it was let go, None while it is looked at, and `back_at` when it last came back after that.
    """

    id: int
    url: str
    headline: str = ""
    urls: tuple[str, ...] = ()
    source: str = ""
    added_at: datetime | None = None
    checked_at: datetime | None = None
    changed_at: datetime | None = None
    due_at: datetime | None = None
    not_before: datetime | None = None
    outcome: Outcome | None = None
    versions: int = 0
    same_as: int | None = None
    retired_at: datetime | None = None
    back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave to ask "has it changed?" with: the values of ETag and Last-Modified, empty if absent.

    `url` is the address that gave them, "" for the one that is asked for. They say nothing of any other.
    """

    etag: str = ""
    last_modified: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from: a feed or sitemap that is read again for new ones.

    `reason` says what was wrong at the last reading, `parent` which source listed this one, "" if a person added it.
    `validators` are those of its last reading. `title` is what a feed calls itself, "" where it says nothing.
    """

    id: int
    url: str
    kind: str
    added_at: datetime
    checked_at: datetime | None = None
    due_at: datetime | None = None
    reason: str = ""
    parent: str = ""
    validators: Validators = field(default_factory=Validators)
    title: str = ""


@dataclass(frozen=True, slots=True)
class Redirect:
    """One hop: the status that sent us on, and where to."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class Tls:
    """The secure connection that a look came by.

    `version` and `cipher` are named as OpenSSL does; `certificate` is the SHA-256 of the server's own (DER), in hex.
    """

    version: str = ""
    cipher: str = ""
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a look came from that is not our own.

    `kind` says from what: "wayback", "memento", "warc", "git", "folder", "table", "newsdiffs", "diffengine",
    "urlwatch", "webchanges", "changedetection" or "newsedits"; `place` is the file, URL or commit it was there,
    `imported_at` when it was brought in.
    """

    kind: str
    place: str = ""
    imported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """A copy of a page that another archive made: when it saw the page, by its own clock, and where that is kept."""

    at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class Redaction:
    """Why and when the contents of something were taken out; that it was there, and its proof, stay."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One look at a URL: what was asked, what came back, and the outcome.

    `body` is the message content as received, content codings and all (None when none came, as for a 304);
    `body_sha256` its hash in lower-case hex. `decoded` is the same with its codings removed: at hand after a fetch,
    not stored, None where the body is incomplete or undecodable. `status` is None when no response came. `reason`
    says in words why the outcome is not `ok`. `elapsed` is in seconds. `id` is None until the archive has recorded it.
    `peer` is the address and port that answered, "" if none did, `tls` the secure connection to it, None for a plain
    one. `noarchive` is whether the page or its headers ask that no copy of it be shown to others. `origin` is None for
    a look of our own, `redaction` None where its contents are there.
    """

    url: str
    fetched_at: datetime
    outcome: Outcome
    status: int | None = None
    reason: str = ""
    final_url: str = ""
    redirects: tuple[Redirect, ...] = ()
    request_headers: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = field(default=None, repr=False)
    body_sha256: str = ""
    decoded: bytes | None = field(default=None, repr=False, compare=False)
    elapsed: float = 0.0
    id: int | None = None
    peer: str = ""
    tls: Tls | None = None
    noarchive: bool = False
    origin: Origin | None = None
    redaction: Redaction | None = None

    def header(self, name: str) -> str:
        """Return the value of a response header, or "" (names compare without regard to case)."""
        wanted = name.lower()
        return ", ".join(value for key, value in self.headers if key.lower() == wanted)

    @property
    def validators(self) -> Validators:
        """What to send next time to be told that nothing changed."""
        return validators_of(self.headers, self.final_url)


def validators_of(headers: Iterable[Sequence[str]], url: str) -> Validators:
    """Return what an answer from a URL gave to ask "has it changed?" with, by its headers."""
    given: dict[str, list[str]] = {"etag": [], "last-modified": []}
    for name, value in headers:
        if (lower := name.lower()) in given:
            given[lower].append(value)
    return Validators(", ".join(given["etag"]), ", ".join(given["last-modified"]), url)
