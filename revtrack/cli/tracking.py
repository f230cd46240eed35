"""add, check, watch: what goes out and looks."""

import contextlib
import time
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from revtrack.cli.session import Session, json_option, pass_session
from revtrack.cli.stopping import stoppable
from revtrack.cli.telling import open_telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from revtrack.archive import Archive
    from revtrack.config import FetchSettings
    from revtrack.model import Article, CheckResult
    from revtrack.tracker import Tracker

_MOST_COMPLAINTS = 10
_LONGEST_NAP = 60.0
_BETWEEN_CHECKPOINTS = timedelta(hours=1)  # of a service: one reads every leaf


@click.command("add")
@click.argument("things", nargs=-1, required=True, metavar="URL|FILE…")
@click.option("--as", "kind", type=click.Choice(["article", "feed", "sitemap", "opml", "section"]), help="What it is.")
@json_option
@pass_session
def add_command(session: Session, things: tuple[str, ...], kind: str | None, *, as_json: bool) -> None:
    """Track articles, feeds and sitemaps by URL, or everything in an OPML file or a file of URLs.

    What a URL is shows in its form; --as says it. Nothing is fetched: the first look comes with the next check.
    """
    from revtrack.cli.adding import add_thing  # noqa: PLC0415
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    with session.open_archive(create=True) as archive:
        with archive.transaction():  # all of it or, if one is wrong, nothing
            added = [one for thing in things for one in add_thing(archive, thing, kind, now=utc_now())]
        if as_json:
            session.answer(publish([one.noun for one in added]))
            return
        session.table(("" if one.new else "known", one.kind.value, str(one.noun.id), one.noun.url) for one in added)
        session.tell(f"{sum(one.new for one in added)} new in {archive.location}; 'revtrack check' looks at them")


@click.command("check")
@click.argument("names", nargs=-1, metavar="[ARTICLE…]")
@click.option("--all", "everything", is_flag=True, help="Everything now, except where a server asked us to wait.")
@click.option("--limit", type=click.IntRange(min=1), help="Look at so many articles at most.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 when something changed.")
@json_option
@pass_session
def check_command(
    session: Session, names: tuple[str, ...], *, everything: bool, limit: int | None, exit_code: bool, as_json: bool
) -> int:
    """Look once at every article that is due, or at those named; for cron.

    One line a change, weightiest first. An ARTICLE is a URL, an id, or a part of URL or headline. Exits with 2 when
    every look failed.
    """
    from revtrack.archive.leases import hold  # noqa: PLC0415
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.evidence import keep_checkpoint  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415
    from revtrack.tracker import Tracker  # noqa: PLC0415

    results: list[CheckResult] = []
    with session.open_archive() as archive, hold(archive, what="check", clock=utc_now) as renew:
        tell = open_telling(session, archive)
        tracker = Tracker(archive, settings=session.settings)
        if not names:
            _discover(session, tracker, everything=everything)
        wanted = _wanted(session, tracker, names, everything=everything)[:limit]
        if not wanted:
            session.tell("nothing is due; --all looks at everything now")
        try:
            with stoppable() as check_stop:
                for result in _with_progress(session, tracker.check(articles=wanted), len(wanted)):
                    results.append(result)
                    renew()
                    check_stop()
        finally:  # also when interrupted: what was recorded is told
            if as_json:
                session.answer(publish(results))
            elif results:
                _report(session, results, [article.url for article in wanted])
            keep_checkpoint(archive, tracker.clock(), session.settings.evidence, complain=session.tell)
        tell()
    if results and all(result.event.value == "trouble" for result in results):
        return 2
    return 1 if exit_code and any(result.revision for result in results) else 0


@click.command("watch")
@json_option
@pass_session
def watch_command(session: Session, *, as_json: bool) -> None:
    """Keep checking what falls due, a line a change as it is found, until stopped (Ctrl-C or SIGTERM).

    Servers of others are asked again and again, so whom they can write to must be set: contact in [fetch].
    """
    from revtrack.archive.leases import hold  # noqa: PLC0415
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.evidence import keep_checkpoint  # noqa: PLC0415
    from revtrack.tracker import Tracker  # noqa: PLC0415

    with session.open_archive() as archive, hold(archive, what="watch", clock=utc_now) as renew:
        _require_contact(archive, session.settings.fetch)
        tell = open_telling(session, archive)
        tracker = Tracker(archive, settings=session.settings)
        session.tell(f"watching {archive.location}; Ctrl-C stops")
        kept_at = tracker.clock()
        with contextlib.suppress(KeyboardInterrupt), stoppable() as check_stop:
            while True:
                _watch_once(session, tracker, lambda: (renew(), check_stop()), as_json=as_json)
                tell()
                renew()
                check_stop()
                if tracker.clock() - kept_at > _BETWEEN_CHECKPOINTS:
                    kept_at = tracker.clock()
                    keep_checkpoint(archive, kept_at, session.settings.evidence, complain=session.tell)
                time.sleep(_nap(tracker))
        keep_checkpoint(archive, tracker.clock(), session.settings.evidence, complain=session.tell)
    session.tell("stopped; everything seen is recorded")


def _require_contact(archive: "Archive", settings: "FetchSettings") -> None:
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
    from revtrack.cli.lines import complaint, entry_of, line_of, strong_in  # noqa: PLC0415
    from revtrack.errors import ArchiveLockedError  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    try:
        for result in tracker.check():
            if as_json:
                session.answer(publish(result).replace("\n", ""))
            elif result.event.value == "trouble":
                session.tell(complaint(result))
            elif result.event.value != "unchanged" or session.verbose:
                entry = entry_of(result)
                session.line(line_of(entry), strong=strong_in(entry))
            between()
    except ArchiveLockedError as error:  # somebody else's turn: what was not recorded is still due
        session.tell(f"{error}; trying again")
        time.sleep(_LONGEST_NAP)


def _nap(tracker: "Tracker") -> float:
    """Return the seconds until something falls due, a minute at most, so that what others add is seen."""
    now = tracker.clock()
    soon = [article.due_at for article in tracker.due(now + timedelta(seconds=_LONGEST_NAP)) if article.due_at]
    return min(_LONGEST_NAP, max(0.2, (min(soon) - now).total_seconds())) if soon else _LONGEST_NAP


def _wanted(session: Session, tracker: "Tracker", names: tuple[str, ...], *, everything: bool) -> "list[Article]":
    archive, now = tracker.archive, tracker.clock()
    if not names and not everything:
        return tracker.due(now)
    tracked = (article for article in archive.articles() if not article.same_as and not article.retired_at)
    named = [_named(archive, name) for name in names] if names else tracked
    found = {article.id: article for article in named}.values()  # named twice is looked at once
    waiting = [article for article in found if article.not_before and article.not_before > now]
    for article in waiting[:_MOST_COMPLAINTS]:
        session.tell(
            f"not looked at: the server of {article.url} asked us to wait until {article.not_before:%F %R} UTC"
        )
    if len(waiting) > _MOST_COMPLAINTS:
        session.tell(f"… and {len(waiting) - _MOST_COMPLAINTS} more")
    skipped = {article.id for article in waiting}
    return [article for article in found if article.id not in skipped]


def _named(archive: "Archive", name: str) -> "Article":
    from revtrack.cli.adding import find_article  # noqa: PLC0415

    found = find_article(archive, name)
    return archive.find(str(found.same_as)) if found.same_as else found


def _discover(session: Session, tracker: "Tracker", *, everything: bool) -> None:
    from revtrack.rendering.visible import visible  # noqa: PLC0415

    for source, found in tracker.discover(everything=everything):
        if found:
            session.tell(f"{len(found)} new from {visible(source.url)}")
    for source in tracker.archive.sources():
        if source.reason:
            session.tell(f"source in trouble: {visible(source.url)}: {visible(source.reason)}")


def _with_progress(session: Session, results: "Iterable[CheckResult]", total: int) -> "Iterator[CheckResult]":
    if not session.shows_progress or total == 0:
        yield from results
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    yield from track(results, description="looking", total=total, console=Console(stderr=True), transient=True)


def _report(session: Session, results: "list[CheckResult]", due: list[str]) -> None:
    from revtrack.cli.hosts import lines_by_host  # noqa: PLC0415
    from revtrack.cli.lines import complaint, entry_of, line_of, rank, strong_in  # noqa: PLC0415

    quiet = {"unchanged", "trouble"}
    told = [entry_of(result) for result in results if session.verbose or result.event.value not in quiet]
    for entry in sorted(told, key=rank):
        session.line(line_of(entry), strong=strong_in(entry))
    trouble = [result for result in results if result.event.value == "trouble"]
    for result in trouble[: None if session.verbose else _MOST_COMPLAINTS]:
        click.echo(complaint(result), err=True)
    if len(results) == len(trouble) == 1:  # the one line above says it all
        return
    counts = Counter(result.event.value for result in results)
    counted = ", ".join(f"{n} {name}" for name, n in counts.most_common())
    session.tell(f"{len(results)} looked at: {counted}")
    hosts = list(lines_by_host(results, due, most=None if session.verbose else _MOST_COMPLAINTS))
    if len(hosts) > 1 or trouble:
        for line in hosts:
            session.tell(line)
