"""The settings, section by section, as frozen values. Knows the keys and their defaults, and no file."""

import copyreg
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from math import inf
from types import MappingProxyType
from typing import Any

from revtrack.errors import ConfigError

_AGE = re.compile(r"(\d{1,5}) ?(day|week|month|year)s?")
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """Where the archive is: a path as seen from the file that says it, a URL, or "" for the default place.

    `wait` is how long a lock is waited for, in seconds.

    `keep_raw` is how long received pages are kept that only showed a version once more ("180 days"), "" for ever; they
    are let go by 'revtrack redact --expired'.
    """

    location: str = ""
    wait: float = 10.0
    keep_raw: str = ""

    @property
    def raw_age(self) -> timedelta:
        """How long such pages are kept; ConfigError where `keep_raw` is no time."""
        found = _AGE.fullmatch(self.keep_raw.strip())
        if found is None:
            what = f"archive.keep_raw should be a time such as '180 days', not {self.keep_raw!r}"
            raise ConfigError(what, key="archive.keep_raw")
        return timedelta(days=int(found[1]) * _DAYS[found[2]])


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How pages are fetched.

    `contact` (a mail address or URL) goes into the User-Agent. `gap` is the least time in seconds between two requests
    to a host, `gaps` that of single hosts ("host" or "host:port"). `timeout` is the limit of a whole fetch in seconds,
    redirects included. A body longer than `max_wire_bytes` as it comes, or `max_decoded_bytes` once decoded, is a
    failed look, and so are more redirects than `max_redirects`. `allow` lists private addresses that may be fetched, as
    "host:port" or "host". `connect_to` sends requests for one "host:port" to another, as curl's option of that name
    does. `robots` overrides robots.txt for a host, with the reason, which is recorded. `concurrency` bounds the
    requests in flight over all hosts. `proxy` is the URL of an HTTP or SOCKS proxy, "" for none.
    """

    contact: str = ""
    gap: float = 10.0
    gaps: Mapping[str, float] = field(default_factory=_nothing)
    timeout: float = 25.0
    max_wire_bytes: int = 8 << 20
    max_decoded_bytes: int = 16 << 20
    max_redirects: int = 10
    concurrency: int = 50
    allow: tuple[str, ...] = ()
    connect_to: Mapping[str, str] = field(default_factory=_nothing)
    robots: Mapping[str, str] = field(default_factory=_nothing)
    proxy: str = ""

    def gap_of(self, host: str) -> float:
        """Return the gap of a host in seconds; `host` with its port where that is not the scheme's own."""
        return self.gaps.get(host, self.gaps.get(host.rpartition(":")[0], self.gap))


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """A source to follow: a feed, sitemap, OPML file or section page. `kind` says which, "" for what its URL tells.

    Of its articles, and of those of the sources that it lists, are tracked those whose path fits one of the patterns
    `only`, where there are any, and none of `skip`, which are written as for a shell.
    """

    url: str
    kind: str = ""
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """When articles are looked at again; times in seconds.

    `looks` is what an average article of a news site is to cost in its first 30 days; lively ones get more of it than
    others. No wait is shorter than `shortest` or longer than `longest`. Sources are read every `sources`. An article
    retires when its text has not changed for `retire_quiet`, or has not been found for `retire_lost`.
    `host_looks` and `source_looks` bound the looks of 24 hours at any host and at the articles of any source, 0 meaning
    no bound; `daily` does so for single ones, by host or by a source's URL.
    """

    looks: float = 50.0
    shortest: float = 300.0
    longest: float = 604_800.0
    sources: float = 900.0
    retire_quiet: float = 31_536_000.0
    retire_lost: float = 2_592_000.0
    host_looks: int = 0
    source_looks: int = 0
    daily: Mapping[str, float] = field(default_factory=_nothing)

    @property
    def is_bounded(self) -> bool:
        """Whether any host or source may have only so many looks."""
        return bool(self.host_looks or self.source_looks or self.daily)

    def daily_of(self, name: str) -> float:
        """Return how many looks a host, or a source by its URL, may have in 24 hours."""
        general = self.source_looks if "://" in name else self.host_looks
        return self.daily.get(name, general or inf)


@dataclass(frozen=True, slots=True)
class VerdictSettings:
    """How revisions are judged: `settling` is how long after publication, in seconds, an edit is one of the start."""

    settling: float = 3600.0


@dataclass(frozen=True, slots=True)
class EvidenceSettings:
    """How checkpoints are signed and stamped; all of it may be empty, and none of it ever holds up a pass.

    `key` is an OpenSSH key file, private or public: `ssh-keygen` signs with it, through an agent or a hardware key
    where there is one. `signer` is the name that stands with the signature. `signers` is a file of the keys that are
    trusted, in the form of `allowed_signers`; by default it is `key` alone. `timestamp` is a command that takes an RFC
    3161 request on its standard input and answers with the reply, for example curl with the address of an authority;
    `authority` the file with the authority's certificates, by which replies are checked. `calendars` are the addresses
    of OpenTimestamps servers. `save_page` is the address of a web archive's Save Page Now, which is asked to keep every
    new version too, and `save_key` the "ACCESS:SECRET" that it knows us by.
    """

    key: str = ""
    signer: str = "revtrack"
    signers: str = ""
    timestamp: str = ""
    authority: str = ""
    calendars: tuple[str, ...] = ()
    save_page: str = ""
    save_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class BackfillSettings:
    """Which web archives are asked for history.

    `wayback` is the address of a Wayback Machine with a CDX server, `memento` what the URL of an article is put after
    for its TimeMap (RFC 7089).
    """

    wayback: str = "https://web.archive.org"
    memento: str = "http://timetravel.mementoweb.org/timemap/link/"


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What a person says of a site's pages, in CSS selectors; for pages that are read wrongly without.

    They hold for `host` and the hosts below it ("example.org" for "www.example.org"). `body` selects what holds the
    article's text, `drop` what is no part of the page, `headline` the headline, `note` what is always a publisher's
    note. Each is a list of selectors; one that is empty leaves the matter to the general rules. `counter` lists
    regular expressions with one group each, around a figure that runs by itself.
    """

    host: str
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    headline: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """Who is told of what.

    `when` is a condition in words (docs/alerts.md), `words` are watched for in sentences that changed, `sources` are
    URLs of sources or hosts: all that is given must fit. `to` lists webhooks, mail addresses, URLs of Apprise, or
    "env:NAME" for one that the environment holds; `command` is a program with its arguments. `secret` signs what
    webhooks get. `digest` gathers messages ("daily 07:00 Europe/Berlin"). With `health` the rule tells what is
    wrong with the tracking itself, and of nothing else: what has lasted for `after` seconds, looks that are overdue for
    `idle` seconds, and (unless 0) a verification of the archive that is older than `verified` seconds.
    """

    name: str
    when: str = ""
    words: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    to: tuple[str, ...] = field(default=(), repr=False)
    command: tuple[str, ...] = field(default=(), repr=False)
    secret: str = field(default="", repr=False)
    digest: str = ""
    health: bool = False
    after: float = 3600.0
    idle: float = 86_400.0
    verified: float = 0.0


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mail is sent: `security` is "starttls", "tls" or "none"; `password` may be "env:NAME"."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""


@dataclass(frozen=True, slots=True)
class FleetSettings:
    """How workers share the looks; times in seconds.

    `sites` is how many sites a worker looks at at once, in so many `passes`, each with a thread and a connection of its
    own. A site is looked at for `slice` seconds and at most `looks` articles, then it is another's turn. Every `tick`
    what is due is handed out. A worker that was not heard of for `stalled` is taken for dead.
    """

    sites: int = 50
    passes: int = 2
    slice: float = 30.0
    looks: int = 50
    tick: float = 10.0
    stalled: float = 25.0


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, as read from one file or by default.

    `source` lists what `check` and `watch` follow beside what was added. `site` holds the rules of sites; `site_rules`
    names a file of further ones, so that people can share them. `note_rules` names a folder of rule files for
    publishers' notes, one a language, laid over those that ship. `home` is the address that the published pages have,
    or the server, "" for none: alerts, feeds and tables lead to them there.
    """

    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    verdict: VerdictSettings = field(default_factory=VerdictSettings)
    backfill: BackfillSettings = field(default_factory=BackfillSettings)
    evidence: EvidenceSettings = field(default_factory=EvidenceSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    fleet: FleetSettings = field(default_factory=FleetSettings)
    source: tuple[SourceSettings, ...] = ()
    alert: tuple[AlertSettings, ...] = ()
    site: tuple[SiteRules, ...] = ()
    site_rules: str = ""
    note_rules: str = ""
    home: str = ""


def _read_only(table: dict[str, Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType(table)


def _as_it_is_carried(table: MappingProxyType[str, Any]) -> tuple[Callable[..., Any], tuple[dict[str, Any]]]:
    return _read_only, (dict(table),)


# Settings go to other processes: a read-only table is carried as the dictionary behind it.
copyreg.pickle(MappingProxyType, _as_it_is_carried)
