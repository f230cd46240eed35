"""add, check, watch: what goes out and looks."""

import contextlib
import time
from collections import deque
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

import click

from revtrack.cli.attesting import attest
from revtrack.cli.session import Session, json_option, pass_session
from revtrack.cli.stopping import stoppable
from revtrack.cli.telling import open_telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from revtrack.archive import Archive
    from revtrack.cli.summing import Summary
    from revtrack.cli.waiting import Waits
    from revtrack.config import FetchSettings
    from revtrack.model import Article, CheckResult, Source
    from revtrack.schedule import Turns
    from revtrack.tracker import Tracker

_MOST_COMPLAINTS = 10
_LONGEST_NAP = 60.0
_SHORTEST_NAP = 0.2
_BETWEEN_CHECKPOINTS = timedelta(hours=1)  # of a service: one reads every leaf


@click.command("add")
@click.argument("things", nargs=-1, required=True, metavar="URL|FILE…")
@click.option("--as", "kind", type=click.Choice(["article", "feed", "sitemap", "opml", "section"]), help="What it is.")
@json_option
@pass_session
def add_command(session: Session, things: tuple[str, ...], kind: str | None, *, as_json: bool) -> None:
    """Track articles, feeds and sitemaps by URL, or everything in an OPML file or a file of URLs.

    What a URL is shows in its form; --as says it. Nothing is fetched: the first look comes with the next check.

    \b
    revtrack add https://example.org/news/feed.xml
    revtrack add urls.txt
    revtrack add https://example.org/politics --as section
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.cli.adding import add, read_things  # noqa: PLC0415
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    found = read_things(things, kind)  # before the archive is made: if one is wrong, nothing is
    with session.open_archive(create=True) as archive:
        with archive.transaction():
            added = [add(archive, url, what, now=utc_now()) for url, what in found]
        if as_json:
            session.answer(publish([one.noun for one in added]))
            return
        session.table(("" if one.new else "known", one.kind.value, str(one.noun.id), one.noun.url) for one in added)
        new = sum(one.new for one in added)
        what = f"{new} new in {archive.location}; 'revtrack check' looks at them"
        session.tell(what if new else f"nothing new: {archive.location} tracks it already")


@click.command("check")
@click.argument("names", nargs=-1, metavar="[ARTICLE…]")
@click.option("--all", "everything", is_flag=True, help="Everything now, except where a server asked us to wait.")
@click.option("-n", "--limit", type=click.IntRange(min=1), help="Look at so many articles at most.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 when something changed.")
@json_option
@pass_session
def check_command(
    session: Session, names: tuple[str, ...], *, everything: bool, limit: int | None, exit_code: bool, as_json: bool
) -> int:
    """Look once at every article that is due, or at those named; for cron.

    One line a change, weightiest first. An ARTICLE is a URL, an id, or a part of URL or headline. Exits with 2 when
    every look failed, or no checkpoint could be kept.

    \b
    revtrack check                     what is due, for cron
    revtrack check storm --exit-code   one article; 1 if it changed
    """  # noqa: D301 - as above
    from revtrack.archive.leases import hold  # noqa: PLC0415
    from revtrack.cli.summing import Summary  # noqa: PLC0415
    from revtrack.cli.waiting import Waits  # noqa: PLC0415
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.model import Event  # noqa: PLC0415
    from revtrack.tracker import Tracker  # noqa: PLC0415

    with _opened(session) as archive, hold(archive, what="check", clock=utc_now) as renew:
        tell = open_telling(session, archive)
        waits = Waits(session.settings.fetch)
        tracker = Tracker(archive, settings=session.settings, fetcher=waits.open)
        if not names:
            _discover(session, tracker, waits, everything=everything)
        turns = _wanted(session, tracker, names, everything=everything, limit=limit)
        due = {host: len(articles) for host, articles in turns.items()}
        if not due:
            session.tell(_why_nothing(tracker))
        summary = Summary(archive, due, is_verbose=session.verbose)
        looks = session.watched(tracker.check(turns=turns), "looking", total=sum(due.values()), lend=waits.tell_to)
        try:
            with stoppable() as check_stop:
                counted = _counted(looks, summary, lambda: (renew(), check_stop()))
                if as_json:
                    session.answer_all(counted)
                else:
                    deque(counted, maxlen=0)
        finally:  # also when interrupted: what was recorded is told
            if not as_json:
                summary.tell(session)
            is_attested = attest(session, archive, tracker.clock())
        tell()
    if not is_attested or summary.counts.keys() == {Event.TROUBLE}:
        return 2
    return 1 if exit_code and summary.counts[Event.REVISED] else 0


@click.command("watch")
@json_option
@pass_session
def watch_command(session: Session, *, as_json: bool) -> None:
    """Keep checking what falls due, a line a change as it is found, until stopped (Ctrl-C or SIGTERM).

    Servers of others are asked again and again, so whom they can write to must be set: contact in [fetch].

    \b
    revtrack watch
    revtrack watch --json >> changes.jsonl
    """  # noqa: D301 - as above
    from revtrack.archive.leases import hold  # noqa: PLC0415
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.tracker import Tracker  # noqa: PLC0415

    with _opened(session) as archive, hold(archive, what="watch", clock=utc_now) as renew:
        require_contact(archive, session.settings.fetch)
        tell = open_telling(session, archive)
        tracker = Tracker(archive, settings=session.settings)
        kept_at = tracker.clock()
        with contextlib.suppress(KeyboardInterrupt), stoppable() as check_stop:
            session.tell(f"watching {archive.location}; Ctrl-C stops")
            while True:
                began = tracker.clock()
                _watch_once(session, tracker, lambda: (renew(), check_stop()), as_json=as_json)
                tell()
                renew()
                check_stop()
                if tracker.clock() - kept_at > _BETWEEN_CHECKPOINTS:
                    kept_at = tracker.clock()
                    attest(session, archive, kept_at)
                _rest(tracker, _nap(tracker, began), check_stop)
        attest(session, archive, tracker.clock())
    session.tell("stopped; everything seen is recorded")


def _opened(session: Session) -> "Archive":
    """Open the archive; where the settings name sources to follow, it is made if there is none."""
    return session.open_archive(create=bool(session.settings.source))


def _why_nothing(tracker: "Tracker") -> str:
    """Say why there is nothing to look at, and what to do."""
    soonest = tracker.archive.next_due(tracker.clock())
    if soonest:
        return f"nothing is due until {soonest:%Y-%m-%d %H:%M} UTC; --all looks at everything now"
    if next(tracker.archive.articles(), None) is None:
        return "nothing is tracked yet; 'revtrack add URL' begins"
    return "nothing is due; --all looks at everything now"


def require_contact(archive: "Archive", settings: "FetchSettings") -> None:
    """Raise ConfigError if somebody else's server would be asked without a word of whom to write to."""
    from revtrack.errors import ConfigError  # noqa: PLC0415
    from revtrack.fetching.addresses import is_allowed  # noqa: PLC0415
    from revtrack.urls import split  # noqa: PLC0415

    addresses = [noun.url for tracked in (archive.sources(), archive.articles()) for noun in tracked]
    for url in addresses if not settings.contact.strip() else ():
        parts = split(url)
        if not is_allowed(parts.host, parts.port, allow=settings.allow):
            advice = 'set contact = "you@example.org", or the URL of a page about you, under [fetch] in revtrack.toml'
            why = f"watching asks {parts.host} again and again, and its people must know whom to write to"
            raise ConfigError(f"{why}: {advice}", key="fetch.contact")


def _watch_once(session: Session, tracker: "Tracker", between: "Callable[[], object]", *, as_json: bool) -> None:
    from revtrack.cli.summing import is_news, tell_at_once  # noqa: PLC0415
    from revtrack.errors import ArchiveLockedError  # noqa: PLC0415

    try:
        for result in tracker.check():
            if as_json or session.verbose or is_news(tracker.archive, result):
                tell_at_once(session, result, as_json=as_json)
            between()
    except ArchiveLockedError as error:  # somebody else's turn: what was not recorded is still due
        session.tell(f"{error}; trying again")
        time.sleep(_LONGEST_NAP)


def _nap(tracker: "Tracker", began: "datetime | None" = None) -> float:
    """Return the seconds until something falls due that was not when the last pass began, now by default.

    A minute at most, so that what others add is seen.
    """
    now = tracker.clock()
    soon = tracker.archive.next_due(began or now)
    return min(_LONGEST_NAP, max(_SHORTEST_NAP, (soon - now).total_seconds())) if soon else _LONGEST_NAP


def _rest(tracker: "Tracker", seconds: float, check_stop: "Callable[[], object]") -> None:
    """Let so many seconds pass, and make pages small meanwhile."""
    until = time.monotonic() + seconds

    def is_over() -> bool:
        check_stop()
        return time.monotonic() >= until

    tracker.tidy(until=is_over)
    time.sleep(max(0.0, until - time.monotonic()))


def _wanted(
    session: Session, tracker: "Tracker", names: tuple[str, ...], *, everything: bool, limit: int | None
) -> "Turns":
    from revtrack.schedule import turns_of  # noqa: PLC0415

    archive, now = tracker.archive, tracker.clock()
    if not names and not everything:
        return tracker.turns(now, limit)
    named = [_named(archive, name) for name in names]
    tracked = (article for article in archive.articles() if not article.same_as and not article.retired_at)
    wanted = {article.id: article for article in named}.values() if names else tracked  # named twice is looked at once
    return turns_of(islice(_let_wait(session, wanted, now), limit))


def _let_wait(session: Session, articles: "Iterable[Article]", now: "datetime") -> "Iterator[Article]":
    """Yield the articles that may be looked at, and tell of the others."""
    waiting = 0
    for article in articles:
        if article.not_before and article.not_before > now:
            waiting += 1
            if waiting <= _MOST_COMPLAINTS:
                until = f"{article.not_before:%F %R} UTC"
                session.tell(f"not looked at: the server of {article.url} asked us to wait until {until}")
        else:
            yield article
    if waiting > _MOST_COMPLAINTS:
        session.tell(f"… and {waiting - _MOST_COMPLAINTS} more")


def _counted(
    looks: "Iterable[CheckResult]", summary: "Summary", between: "Callable[[], object]"
) -> "Iterator[CheckResult]":
    for result in looks:
        summary.take(result)
        yield result
        between()


def _named(archive: "Archive", name: str) -> "Article":
    from revtrack.cli.selecting import find_article  # noqa: PLC0415

    found = find_article(archive, name)
    return archive.find(str(found.same_as)) if found.same_as else found


def _discover(session: Session, tracker: "Tracker", waits: "Waits", *, everything: bool) -> None:
    """Read the sources, and tell what is new, what is wrong, and what was wrong with those that were not read now."""
    from revtrack.rendering.visible import visible  # noqa: PLC0415

    asked = set()
    with session.busy("reading sources") as say:
        waits.tell_to(say, "reading sources")
        for source, found in tracker.discover(everything=everything):
            asked.add(source.id)
            if found:
                session.tell(f"{len(found)} new from {visible(source.url)}")
    for source in tracker.archive.sources():
        if source.reason:
            old = "" if source.id in asked else _not_asked(source, everything=everything)
            session.tell(f"source in trouble: {visible(source.url)}: {visible(source.reason)}{old}")


def _not_asked(source: "Source", *, everything: bool) -> str:
    """Say of when the trouble of a source is that was not read in this pass, and when it is read again."""
    told = [f"as of {source.checked_at:%F %R} UTC"] if source.checked_at else []
    if source.due_at:
        told.append(f"tried again after {source.due_at:%F %R} UTC")
    return f" ({', '.join(told)}{'' if everything else '; --all tries now'})"
