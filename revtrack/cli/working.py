"""worker, fleet: many machines on one archive."""

from functools import partial
from typing import TYPE_CHECKING

import click

from revtrack.cli.session import Session, json_option, pass_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from revtrack.archive import Archive
    from revtrack.fleet import Duties, FleetStatus

_HISTORIES = ("wayback", "memento")


@click.command("worker")
@click.option("--sites", type=click.IntRange(min=1), metavar="N", help="Sites looked at at once.")
@click.option("--passes", type=click.IntRange(min=1), metavar="N", help="Threads that read and compare.")
@click.option(
    "--slice", "slice_", type=click.FloatRange(min=1), metavar="SECONDS", help="How long a site has its turn."
)
@click.option("--port", type=click.IntRange(0, 65535), metavar="PORT", help="Serve /metrics and /health here; 0: any.")
@json_option
@pass_session
def worker_command(session: Session, /, *, port: int | None, as_json: bool, **options: float | None) -> None:
    """Look at what is due together with other workers, until stopped (Ctrl-C or SIGTERM).

    The archive is on a PostgreSQL server; the queue is beside it and made at first use. No host is ever asked by two
    workers at once, or sooner than its gap. With --json, a line for each look.

    \b
    revtrack --archive postgresql://db.example.org/news worker --port 9100
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    duties = _duties(session, sites=options["sites"], passes=options["passes"], slice=options["slice_"])
    from revtrack.cli.summing import tell_at_once  # noqa: PLC0415
    from revtrack.cli.tracking import require_contact  # noqa: PLC0415 - one rule for all who look for ever
    from revtrack.fleet import work  # noqa: PLC0415

    with session.open_archive() as archive:
        if not session.settings.fetch.contact.strip():
            require_contact(archive, session.settings.fetch)
        session.tell(f"working for {archive.location}; Ctrl-C stops")
    work(duties, port=port, report=partial(tell_at_once, session, as_json=as_json), say=session.tell)
    session.tell("stopped; everything seen is recorded")


@click.group("fleet")
def fleet_command() -> None:
    """See how the workers stand, and give them work."""


@fleet_command.command("status")
@json_option
@pass_session
def status_command(session: Session, *, as_json: bool) -> None:
    """Tell the workers, the jobs, and the sites that wait longest.

    \b
    revtrack --archive postgresql://db.example.org/news fleet status
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    import asyncio  # noqa: PLC0415

    from revtrack.forms import publish  # noqa: PLC0415
    from revtrack.rendering.visible import visible  # noqa: PLC0415
    from revtrack.rendering.wording import clock, count  # noqa: PLC0415

    status = asyncio.run(_read(_duties(session)))
    if as_json:
        session.answer(publish(status))
        return
    for worker in status.workers:
        sites = count(worker.sites, "site")
        session.line(f"{visible(worker.machine)}, process {worker.process}: {sites}, since {clock(worker.since)}")
    for kind, states in status.jobs.items():
        session.line(f"{kind}: " + ", ".join(f"{number} {state}" for state, number in states.items()))
    for site in status.worst:
        session.line(f"{site.lag:8.0f} s  {site.site}")
    waiting = "1 site waits" if status.due == 1 else f"{status.due:,} sites wait"
    session.tell(f"{count(len(status.workers), 'worker')}; {waiting}, the longest for {status.lag:.0f} s")
    if any(worker.silent > session.settings.fleet.stalled for worker in status.workers):
        session.tell("a worker has not been heard of: its sites go to others")


@fleet_command.command("rebuild")
@click.argument("names", nargs=-1, metavar="[ARTICLE…]")
@click.option("--again", is_flag=True, help="Also what stands by today's rules already.")
@json_option
@pass_session
def rebuild_command(session: Session, *, names: tuple[str, ...], again: bool, as_json: bool) -> None:
    """Let workers derive ARTICLEs, or all, again by today's rules; one job an article. See 'revtrack rebuild'.

    \b
    revtrack --archive postgresql://db.example.org/news fleet rebuild
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.cli.selecting import find_article  # noqa: PLC0415

    duties = _duties(session)
    with session.open_archive() as archive:
        articles = [find_article(archive, name).id for name in names] or [one.id for one in archive.articles()]
    _hand_out(session, duties, as_json=as_json, articles=articles, again=again)


@fleet_command.command("backfill")
@click.argument("kind", type=click.Choice(_HISTORIES), metavar="KIND")
@click.argument("places", nargs=-1, required=True, metavar="ARTICLE…")
@json_option
@pass_session
def backfill_command(session: Session, *, kind: str, places: tuple[str, ...], as_json: bool) -> None:
    """Let workers bring in what a web archive (wayback or memento) has of ARTICLEs. See 'revtrack backfill'.

    \b
    revtrack --archive postgresql://db.example.org/news fleet backfill wayback
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    duties = _duties(session)
    _hand_out(session, duties, as_json=as_json, histories=[(kind, place) for place in places])


def _hand_out(session: Session, duties: "Duties", *, as_json: bool, **what: object) -> None:
    import asyncio  # noqa: PLC0415

    from revtrack.fleet import hand_out  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415
    from revtrack.rendering.wording import count  # noqa: PLC0415

    jobs = asyncio.run(hand_out(duties, **what))  # type: ignore[arg-type]  # what the commands above give
    if as_json:
        session.answer(publish({"jobs": jobs}))
    else:
        session.tell(f"{count(jobs, 'job')} handed out; 'revtrack fleet status' says how far they are")


def _duties(session: Session, **changed: float | None) -> "Duties":
    """Return what jobs call. Raises ConfigError where the extra is missing or the archive is a file."""
    from dataclasses import replace  # noqa: PLC0415

    from revtrack.archive import locate  # noqa: PLC0415
    from revtrack.errors import ConfigError  # noqa: PLC0415

    try:
        from revtrack.fleet import Duties  # noqa: PLC0415
        from revtrack.fleet.queue import need_server  # noqa: PLC0415
    except ImportError as error:
        raise ConfigError(f"workers need {error.name}: pip install 'revtrack[fleet]'") from error
    given = {name: value for name, value in changed.items() if value is not None}
    settings = replace(session.settings, fleet=replace(session.settings.fleet, **given))  # type: ignore[arg-type]
    return Duties(
        url=need_server(locate(session.archive, settings.archive)),
        open_archive=session.open_archive,
        settings=settings,
        tell=_telling(session) if settings.alert else None,
        bring=_bringing(session),
        attest=_attesting(session),
    )


async def _read(duties: "Duties") -> "FleetStatus":
    from revtrack.fleet import read_status  # noqa: PLC0415
    from revtrack.fleet.handing import make_app  # noqa: PLC0415
    from revtrack.fleet.queue import install, opened  # noqa: PLC0415
    from revtrack.fleet.standing import sites_waiting  # noqa: PLC0415

    waiting = await duties.ask(sites_waiting)
    await install(duties.url)
    async with opened(make_app(duties), duties.url) as app:
        return await read_status(app, waiting)


def _telling(session: Session) -> "Callable[[Archive], object]":
    from revtrack.cli.telling import open_telling  # noqa: PLC0415

    return lambda archive: open_telling(session, archive)()


def _attesting(session: Session) -> "Callable[[Archive], object]":
    from revtrack.cli.attesting import attest  # noqa: PLC0415
    from revtrack.clock import utc_now  # noqa: PLC0415

    return lambda archive: attest(session, archive, utc_now())


def _bringing(session: Session) -> "Callable[[Archive, str, str, Callable[[], bool]], bool]":
    def bring(archive: "Archive", kind: str, place: str, is_closed: "Callable[[], bool]") -> bool:
        from contextlib import ExitStack  # noqa: PLC0415

        from revtrack.cli.importers import Asked, Home, find  # noqa: PLC0415
        from revtrack.clock import utc_now  # noqa: PLC0415
        from revtrack.deriving import bring_in  # noqa: PLC0415
        from revtrack.model import Snapshot  # noqa: PLC0415

        nothing = dict.fromkeys(("since", "until", "service", "article", "url_from", "files", "field", "encoding"))
        asked = Asked(kind, (place,), {**nothing, "urls": (), "dry_run": False})
        with ExitStack() as opened:
            found = find(session, Home(session, opened, dry_run=False), asked)
            looks = (one for one in found if isinstance(one, Snapshot))
            steps = bring_in(archive, looks, settings=session.settings, now=utc_now(), batch=1)
            return not any(is_closed() for _ in steps)

    return bring
