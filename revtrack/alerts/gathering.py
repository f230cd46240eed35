"""What was recorded since rules asked last, as messages in the outbox. Sends nothing.

What is told, and how far a rule has come, is kept in one transaction, and a message by a key that is made of what it
tells: weighed again after a crash, it is the same message and is not kept twice.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import sha256

from revtrack.alerts.findings import Finding
from revtrack.alerts.health import weigh_health
from revtrack.alerts.messages import form_of, unweighed_form
from revtrack.alerts.periods import next_after
from revtrack.alerts.rules import Rule
from revtrack.archive import Archive, Message, News
from revtrack.config import Config
from revtrack.errors import ArchiveError, UnknownArticleError
from revtrack.forms import iso
from revtrack.rendering.links import Links
from revtrack.site.feeds import full_links

_LOOKS = 2000
"""So many looks are weighed at a time, so that a long absence does not fill the memory."""
_MANY = 10
"""More findings of one rule at a time than this go out as one message."""


def begin(archive: Archive, rules: Sequence[Rule], settings: Config, *, now: datetime) -> None:
    """Let rules that are new tell what is recorded from now on; see what ails the tracking, before a pass mends it."""
    archive.outbox.begin([rule.name for rule in rules if not rule.settings.health])
    _weigh_health(archive, rules, settings, now)


def gather(archive: Archive, rules: Sequence[Rule], settings: Config, *, now: datetime) -> None:
    """Put what was recorded since the last time into the outbox, as the rules ask, and what ails the tracking.

    What waits for a time that its rule has no more waits for that which it has now.
    """
    for rule in rules:
        archive.outbox.wait_until(rule.name, next_after(rule.period, now) if rule.period else now, now=now)
    asking = [rule for rule in rules if not rule.settings.health]
    if asking:
        _weigh_news(archive, asking, full_links(settings.home) or Links(), now)
    _weigh_health(archive, rules, settings, now)


def _weigh_health(archive: Archive, rules: Sequence[Rule], settings: Config, now: datetime) -> None:
    ailing = {rule.name: rule for rule in rules if rule.settings.health}
    if ailing:
        with archive.transaction():
            messages = weigh_health(archive, tuple(ailing.values()), settings, now=now)
            archive.outbox.keep(_scheduled(messages, ailing, archive.location, now), {}, now=now)


def _weigh_news(archive: Archive, rules: Sequence[Rule], links: Links, now: datetime) -> None:
    """Weigh what was recorded, so many looks at a time; each step is kept before the next begins."""
    outbox = archive.outbox
    origin = archive.leaf_hash(0).hex()  # no other archive begins with it: two that a webhook hears of share no id
    positions, newest = outbox.positions(), outbox.newest_look()
    while behind := {rule.name: rule for rule in rules if positions.get(rule.name, newest) < newest}:
        start = min(positions[name] for name in behind)
        end = min(start + _LOOKS, newest)
        messages = [
            message
            for finding in findings_between(archive, start, end)
            for rule in behind.values()
            if positions[rule.name] < finding.news.look
            for message in _message(archive, rule, finding, links)
        ]
        moved = {name: end for name in behind if positions[name] < end}
        outbox.keep(_scheduled(messages, behind, origin, now), moved, now=now)
        positions |= moved


def findings_between(archive: Archive, after: int, until: int) -> Iterator[Finding]:
    """Yield what the looks from `after` (excluded) to `until` brought."""
    titles = archive.titles()
    for news in archive.outbox.news(after, until):
        try:
            article = archive.find(str(news.article))
        except UnknownArticleError:
            continue
        read = partial(archive.revision, article, (news.version or 0) - 1, news.version or 0)
        yield Finding(news, article, read, titles.get(article.source, ""))


def _message(archive: Archive, rule: Rule, finding: Finding, links: Links) -> Iterator[Message]:
    """Yield the message of a finding, if the rule tells it.

    An edit that the rule has told of, and that is judged otherwise now, is told once more for what it is.
    """
    subject, look = _subject(finding.news), finding.news.look
    try:
        told = rule.fits(finding) or (finding.rejudged and archive.outbox.was_told(rule.name, subject))
        form = form_of(finding, links) if told else {}
    except ArchiveError:
        raise
    except Exception as error:  # noqa: BLE001 - a page that trips a bug of ours must not silence all that comes after
        told, form = True, unweighed_form(finding, links, error)
    if told:
        body = json.dumps(form, ensure_ascii=True)
        yield Message(f"{subject} {finding.event} {look}", rule.name, "", subject, look, finding.news.at, (), body)


def _subject(news: News) -> str:
    """Return what news is about for good: of a revision the look that first saw it, because its number may change."""
    return f"{news.article}/{news.made_by or news.look}"


def _scheduled(messages: Iterable[Message], rules: dict[str, Rule], origin: str, now: datetime) -> Iterator[Message]:
    """Yield messages with their batch, channels and time, and with keys that no other archive has."""
    by_rule: dict[str, list[Message]] = {}
    for message in messages:
        by_rule.setdefault(message.alert, []).append(message)
    for name, found in by_rule.items():
        rule = rules[name]
        due_at = next_after(rule.period, now) if rule.period else now
        together = iso(due_at) if rule.period else found[0].key if len(found) > _MANY else ""
        for message in found:
            yield replace(
                message,
                key=digest_of(origin, name, message.key),
                batch=digest_of(origin, name, "batch", together or message.key),
                due_at=due_at,
                channels=tuple(channel.name for channel in rule.channels),
            )


def digest_of(*parts: str) -> str:
    """Return a name of 32 characters that is the same for the same parts."""
    return sha256(json.dumps(parts).encode()).hexdigest()[:32]
