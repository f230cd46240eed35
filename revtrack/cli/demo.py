"""demo: the whole product in half a minute, offline, on captures of one invented article."""

import shlex
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from revtrack.cli.comparing import write
from revtrack.cli.session import Session, json_option, pass_session
from revtrack.errors import UnwritableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revtrack.archive import Archive
    from revtrack.demo import Capture
    from revtrack.model import CheckResult

_NEXT = """Now try:
  export REVTRACK_ARCHIVE={archive}
  {revtrack} diff {article} 1 2     # the silent edit
  {revtrack} notes          # every note it carried
  {revtrack} show {article}@1       # what it said first
and for a page of your own:
  unset REVTRACK_ARCHIVE
  {revtrack} add https://example.org/some/article && {revtrack} check"""

_ARCHIVE = "demo.db"
"""A name of its own: no archive of the user's is ever touched."""
_LATER = timedelta(minutes=20)
"""The article is looked at again after its first publication, to show what an unchanged page costs, and after its end:
that it is gone is believed when it is seen twice."""


@click.command("demo")
@click.option("--folder", type=click.Path(file_okay=False), help="Where to put archive and report.")
@json_option
@pass_session
def demo_command(session: Session, folder: str | None, *, as_json: bool) -> None:
    """Track an invented article through its history: a real server, the real fetcher, only the clock is stepped.

    \b
    revtrack demo                  a new folder in the data folder
    revtrack demo --folder demo    here
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.archive import open_archive  # noqa: PLC0415
    from revtrack.cli.lines import entry_of, tell_entry  # noqa: PLC0415
    from revtrack.demo import load_captures  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415
    from revtrack.rendering import render  # noqa: PLC0415

    home = _fresh(Path(folder) if folder else _default_home())
    captures = load_captures()
    with open_archive(home / _ARCHIVE) as archive:
        results = []
        if not as_json:
            session.answer(f"Tracking {captures[0].url}, one look a line:\n")
        for result in _track(archive, captures):
            results.append(result)
            if not as_json:
                tell_entry(session, entry_of(result))
        article = archive.find(captures[0].url)
        entries = list(archive.log(article=article))
        revisions = list(archive.revisions(article))
    telling = max(revisions, key=lambda r: (len(r.notes) > 0, len(r.diff.changes)))
    report = home / "demo.html"
    write(report, render(telling, "html"))
    if as_json:
        session.answer(publish(results))
        return
    session.answer("\nWhat `revtrack log` tells of it:\n")
    for entry in entries:
        tell_entry(session, entry)
    session.answer(f"\nThe most telling step, `revtrack diff {article.id} {telling.old} {telling.new}`:\n")
    session.answer(render(telling, "text", color=session.colored, width=session.width or 100))
    session.answer(f"The same as a page: {report}\n")
    session.answer(_NEXT.format(archive=shlex.quote(str(home / _ARCHIVE)), article=article.id, revtrack=_called()))


def _called() -> str:
    """Return how the command was called, so that what we advise works when typed."""
    program = Path(sys.argv[0])
    if program.name == "__main__.py":
        return f"{sys.executable} -m revtrack"
    return "revtrack" if shutil.which("revtrack") else shlex.quote(str(program))


def _track(archive: "Archive", captures: "Sequence[Capture]") -> "Iterator[CheckResult]":
    from revtrack.config import Config, FetchSettings  # noqa: PLC0415
    from revtrack.demo import Newsroom  # noqa: PLC0415
    from revtrack.tracker import Tracker  # noqa: PLC0415

    now = captures[0].time
    with Newsroom(captures, lambda: now) as newsroom:
        host = urlsplit(captures[0].url).netloc
        fetch = FetchSettings(gap=0.0, connect_to={f"{host}:80": newsroom.address})
        tracker = Tracker(archive, clock=lambda: now, settings=Config(fetch=fetch))
        article = tracker.add(captures[0].url)
        for now in _steps(captures):  # noqa: B007 - the clock that server and tracker read
            yield from tracker.check(articles=[article])


def _steps(captures: "Sequence[Capture]") -> list[datetime]:
    times = [capture.time for capture in captures]
    return sorted([*times, times[0] + _LATER, times[-1] + _LATER])


def _default_home() -> Path:
    if Path("snapshots").is_dir():
        return Path("snapshots") / "demo-run"
    from platformdirs import user_data_path  # noqa: PLC0415 - only where there is no folder beside us

    return user_data_path("revtrack", appauthor=False) / "demo-run"


def _fresh(home: Path) -> Path:
    """Return the folder, with the demo's archive of an earlier run removed: each demo begins anew."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        for ending in ("", "-wal", "-shm"):
            (home / f"{_ARCHIVE}{ending}").unlink(missing_ok=True)
    except OSError as error:
        raise UnwritableError(str(home), f"{error.strerror or error}; --folder names another place") from error
    return home
