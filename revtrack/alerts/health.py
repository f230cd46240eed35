"""What is wrong with the tracking itself: sources, hosts, looks that do not come, an archive that nobody verified.

Apart from findings: a finding is about what others publish, this is about what we can see of it.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from math import inf

from revtrack.alerts.messages import health_form
from revtrack.alerts.rules import Rule
from revtrack.archive import Archive, Message
from revtrack.config import Config
from revtrack.errors import BadURLError
from revtrack.forms import iso
from revtrack.rendering.wording import clock, count, span
from revtrack.urls import host_of

_LASTING = ("looks", "archive")
"""What has lasted when it is found: the wait is part of what is asked."""


def weigh_health(archive: Archive, rules: Sequence[Rule], settings: Config, *, now: datetime) -> list[Message]:
    """Return what rules tell of what is wrong, or no more, and keep since when it is; within a transaction.

    What was told already comes again under the same key, and is not kept twice.
    """
    found = dict(_found(archive, rules, settings, now))
    before = archive.outbox.ailments()
    archive.outbox.keep_ailments(found, now=now)
    standing = archive.outbox.ailments()
    return [
        message
        for ailment in (before | standing).items()
        for rule in rules
        for message in _told(archive, rule, ailment, found.get(ailment[0], ""), now)
    ]


def _found(archive: Archive, rules: Sequence[Rule], settings: Config, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield what is wrong, by what it is about; of rules that wait for different times, the shortest counts."""
    yield from _sources(archive)
    yield from _hosts(archive)
    yield from _channels(archive, settings)
    yield from _idleness(archive, min(rule.settings.idle or inf for rule in rules), now)
    yield from _verification(archive, min(rule.settings.verified or inf for rule in rules), now)


def _told(archive: Archive, rule: Rule, ailment: tuple[str, datetime], says: str, now: datetime) -> Iterator[Message]:
    """Yield the message that something has been wrong long enough, or that what was told is well again."""
    about, since = ailment
    key, wait = f"{about} {iso(since)}", 0.0 if about in _LASTING else rule.settings.after
    if says and now - since >= timedelta(seconds=wait):
        body = health_form(about, f"{says} (known since {clock(since)})", at=iso(now), over=False)
        yield Message(key, rule.name, "", key, 0, now, (), json.dumps(body))
    elif not says and archive.outbox.was_told(rule.name, key):
        body = health_form(about, f"it was in trouble from {clock(since)}", at=iso(now), over=True)
        yield Message(f"{key} over", rule.name, "", f"{key} over", 0, now, (), json.dumps(body))


def _sources(archive: Archive) -> Iterator[tuple[str, str]]:
    for source in archive.sources():
        if source.reason:
            yield f"source {source.url}", source.reason


def _hosts(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield hosts of which no article was read at its last look."""
    refused: dict[str, list[tuple[str, str]]] = {}
    for row in archive.outbox.refusing():
        try:
            refused.setdefault(host_of(row["url"]), []).append((row["url"], row["outcome"]))
        except BadURLError:
            continue
    for host, articles in refused.items():
        if not archive.outbox.answers(articles[0][0]):
            outcomes = " or ".join(sorted({outcome for _, outcome in articles}))
            yield f"host {host}", f"all looks at it were {outcomes}: {count(len(articles), 'article')}"


def _channels(archive: Archive, settings: Config) -> Iterator[tuple[str, str]]:
    names = {alert.name for alert in settings.alert}
    for delivery in archive.outbox.given_up():
        if delivery.alert in names:
            yield f"{delivery.channel} of alert {delivery.alert}", f"messages were given up: {delivery.trouble}"


def _idleness(archive: Archive, idle: float, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield that nothing was looked at for long, though something was due."""
    due_at, checked_at = archive.outbox.overdue(now)
    latest = max((moment for moment in (due_at, checked_at) if moment), default=now)
    if due_at and (now - latest).total_seconds() > idle:
        since = f"for {span(now - checked_at)}" if checked_at else "yet"
        yield "looks", f"nothing was looked at {since}, and articles have been due since {clock(due_at)}"


def _verification(archive: Archive, wait: float, now: datetime) -> Iterator[tuple[str, str]]:
    verified = archive.outbox.verified()
    if verified and verified[1]:
        found = count(verified[1], "fault")
        yield "archive", f"verification at {clock(verified[0])} found {found}; see 'revtrack verify'"
    elif wait < inf and (verified is None or (now - verified[0]).total_seconds() > wait):
        last = f"since {clock(verified[0])}" if verified else "yet"
        yield "archive", f"it was not verified {last}; 'revtrack verify' does it"
