"""Looks and archives that the tests of deriving begin with: an invented article, seen live and by others."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from revtrack.config import Config
from revtrack.deriving import bring_in
from revtrack.evidence import verify
from revtrack.evidence.verifying import State
from revtrack.forms import to_form
from revtrack.model import Origin, Outcome, Snapshot
from revtrack.observing import observe
from tests.test_tracker import SENTENCES, page

START = datetime(2024, 11, 20, 9, tzinfo=UTC)
NOW = datetime(2025, 1, 1, tzinfo=UTC)
URL = "https://example.org/bridge"
HTML = (("content-type", "text/html; charset=utf-8"),)


def at(hours):
    return START + timedelta(hours=hours)


def costs(million):
    return page([s.replace("$4.1", f"${million}") for s in SENTENCES])


def look(hours, text, *, url=URL, headers=HTML, origin=None, outcome=Outcome.OK, status=200):
    body = text.encode()
    name = sha256(body).hexdigest()
    return Snapshot(
        url,
        at(hours),
        outcome,
        status=status,
        headers=headers,
        body=body,
        body_sha256=name,
        decoded=body,
        origin=origin,
    )


def brought(hours, text, *, kind="wayback", **options):
    return look(hours, text, origin=Origin(kind, f"{kind} {hours}"), **options)


def live(archive, *looks):
    """Record looks of our own, as the tracker does."""
    for seen in looks:
        article, _ = archive.add_article(seen.url, now=START)
        archive.record(observe(archive.standing(article.id), seen, settings=Config()))
    return archive.find(looks[0].url)


def bring(archive, *looks, **options):
    return list(bring_in(archive, looks, settings=Config(), now=NOW, **options))


def told(archive, name=URL):
    """Return what a report shows of an article."""
    article = archive.find(name)
    versions = [
        (v.number, v.first_seen, v.last_seen, v.looks, v.revert_of, v.flapping, v.seen_by, v.story.text)
        for v in archive.versions(article)
    ]
    verdicts = [to_form(r.verdict) for r in archive.revisions(article)]
    log = [(e.at, e.event, e.version, e.why) for e in archive.log(article=article)]
    return versions, verdicts, log


def costs_seen(archive, name=URL):
    """Return, by version, what repairs cost."""
    return [v.story.text.partition("estimated $")[2].partition(" ")[0] for v in archive.versions(archive.find(name))]


def damages(archive):
    """Return what `verify` finds to be damaged; what was redacted, or has no checkpoint yet, is none."""
    return [found for found in verify(archive) if found.state is State.DAMAGED]
