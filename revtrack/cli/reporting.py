"""report: what changed, as a site of files, a table, a list, a feed or a page."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from revtrack.cli.endings import Form, form_of
from revtrack.cli.selecting import choosing, find_article, selection_of, split_version
from revtrack.cli.session import Session, json_option, pass_session
from revtrack.clock import utc_now
from revtrack.errors import InputError
from revtrack.rendering.wording import count

if TYPE_CHECKING:
    from revtrack.archive import Archive, LogEntry
    from revtrack.archive.values import Selection

_FORMS = ("markdown", "csv", "json", "atom", "jsonfeed", "html")
_READ = ("markdown", "html")
"""The forms that people read: they say themselves that there is nothing."""
_IN_FEED = 100
_ON_PAGE = 500
_CARDS = (".svg", ".png")
_TITLE = "What was edited"


@click.command("report")
@click.argument("names", nargs=-1, metavar="[ARTICLE]…")
@click.option("--site", type=click.Path(path_type=Path), metavar="DIR", help="Write all of it as a site of files.")
@click.option("--form", type=Form(_FORMS), help="Tell what changed in this form.  [default: markdown, or as FILE ends]")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to, instead of stdout.")
@click.option(
    "--card", type=click.Path(path_type=Path), metavar="FILE", help="One ARTICLE[@N] as a picture: .svg, or .png."
)
@choosing
@click.option("-n", "--limit", type=click.IntRange(min=1), help="So many changes at most; a feed has 100, a page 500.")
@click.option(
    "--home", metavar="URL", default="", help="Where the site will be, for links.  [default: home in revtrack.toml]"
)
@click.option("--anew", is_flag=True, help="Write all of the site, not only what changed.")
@json_option
@pass_session
def report_command(
    session: Session,
    /,
    names: tuple[str, ...],
    *,
    site: Path | None,
    form: str | None,
    output: Path | None,
    card: Path | None,
    limit: int | None,
    home: str,
    anew: bool,
    as_json: bool,
    **options: str | None,
) -> None:
    """Report what changed, the weightiest first, of all articles or of those named.

    \b
    revtrack report --site public/                    pages that need no server and no script
    revtrack report --form csv --since 7d             a table of the last week
    revtrack report --form atom --only undisclosed    a feed, newest first
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    if card is not None:
        _write_card(session, names, card)
        return
    home = _home(home or session.settings.home)
    if site is not None:
        if names or form or output or limit or any(options.values()):
            raise click.UsageError("a site has everything: --site goes with --home and --anew alone")
        _write_site(session, site, home, anew=anew, as_json=as_json)
        return
    form = form_of(form or ("json" if as_json else None), output, _FORMS, usual="markdown")
    with session.open_archive() as archive:
        from revtrack.site.gathering import count_changes_of  # noqa: PLC0415

        selection = selection_of(archive, utc_now(), names, options)
        changes = count_changes_of(archive, selection)
        if not changes and (output or form not in _READ):
            session.tell("nothing changed" + (" that fits" if names or any(options.values()) else " yet"))
        watch = partial(session.watched, doing="telling", total=min(changes, limit or changes))
        told = _told(
            archive,
            selection,
            form,
            home,
            limit,
            watch=watch if output or not session.width else iter,
        )
        if output is None:
            for text in told:
                session.answer(text, end="")
        else:
            from revtrack.site.files import put_pieces  # noqa: PLC0415

            put_pieces(output, told)
            session.tell(f"written to {output}")


def _home(url: str) -> str:
    """Return the address of a site with a slash at its end. Raises InputError."""
    from revtrack.rendering.templating import web_address  # noqa: PLC0415

    if url and not web_address(url):
        raise InputError(f"{url!r} is no address of a site; give one that begins with https:// or http://")
    return f"{url.rstrip('/')}/" if url else ""


def _told(
    archive: "Archive",
    selection: "Selection",
    form: str,
    home: str,
    limit: int | None,
    *,
    watch: "Callable[[Iterable[LogEntry]], Iterator[LogEntry]]",
) -> Iterator[str]:
    """Yield a report in one of the forms, in pieces."""
    from revtrack.archive.values import Order  # noqa: PLC0415
    from revtrack.rendering import feeds, tables  # noqa: PLC0415
    from revtrack.site.feeds import describe_feed, full_links  # noqa: PLC0415
    from revtrack.site.gathering import brief_reports_of, changes_of, reports_of  # noqa: PLC0415

    is_feed = form in {"atom", "jsonfeed"}
    order = Order.NEWEST if is_feed else Order.WEIGHT
    most = limit or (_IN_FEED if is_feed else _ON_PAGE if form == "html" else None)
    entries = watch(changes_of(archive, selection, order=order, limit=most))
    if form == "html":
        yield _page(archive, selection, entries, home)
        return
    brief = form in {"csv", "markdown"}  # they show nothing of the text
    links = full_links(home)
    reports = brief_reports_of(entries, links) if brief else reports_of(archive, entries, links)
    if is_feed:
        write = feeds.atom if form == "atom" else feeds.json_feed
        yield write(reports, describe_feed(archive, selection, _TITLE, home=home))
        return
    if form == "markdown":
        nothing, unread = _silences(archive, selection)
        yield from tables.markdown_lines(reports, title=_TITLE, nothing=nothing, unread=unread)
        return
    yield from (tables.csv_lines if form == "csv" else tables.json_lines)(reports)


def _silences(archive: "Archive", selection: "Selection") -> tuple[str, str]:
    """Return the sentences that stand where there is no change, and below those there are."""
    from revtrack.site.gathering import nothing_told, unread_told  # noqa: PLC0415

    reach = archive.reach(selection)
    return nothing_told(selection, reach), unread_told(reach)


def _page(archive: "Archive", selection: "Selection", entries: "Iterable[LogEntry]", home: str) -> str:
    from revtrack.rendering.fronts import ChangesPage, changes_page  # noqa: PLC0415
    from revtrack.rendering.links import Links  # noqa: PLC0415
    from revtrack.site.feeds import full_links  # noqa: PLC0415
    from revtrack.site.gathering import count_changes_of, full_lines_of  # noqa: PLC0415

    lines, total = list(full_lines_of(archive, entries)), count_changes_of(archive, selection)
    told = "The weightiest first." if len(lines) == total else f"The {len(lines):,} weightiest; --limit takes more."
    nothing, unread = _silences(archive, selection)
    page = ChangesPage(_TITLE, told, lines, total, nothing=nothing, unread=unread)
    return changes_page(page, full_links(home) or Links())


def _write_card(session: Session, names: tuple[str, ...], file: Path) -> None:
    """Write the picture of one revision, the newest unless @N says which, and print the words that stand for it."""
    from revtrack.rendering.card import card_alt, card_png, render_card  # noqa: PLC0415
    from revtrack.site.files import put_bytes  # noqa: PLC0415

    form = file.suffix.lower()
    if form not in _CARDS:
        raise InputError(f"a card is written as {' or '.join(_CARDS)}; give {file.name!r} one of these endings")
    if len(names) != 1:
        raise click.UsageError("a card shows one revision: revtrack report ARTICLE@N --card FILE")
    name, number = split_version(names[0])
    with session.open_archive() as archive:
        article = find_article(archive, name)
        new = number or article.versions
        if new <= 1:
            raise InputError("a first version is no change; a card shows one from version 2 on")
        revision = archive.revision(article, new - 1, new)
        source = archive.titles().get(article.source, "")
    svg = render_card(revision, source=source)
    put_bytes(file, card_png(svg) if form == ".png" else svg.encode())
    session.answer(card_alt(revision))
    session.tell(f"written to {file}")


def _write_site(session: Session, folder: Path, home: str, *, anew: bool, as_json: bool) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    from revtrack.forms import publish  # noqa: PLC0415
    from revtrack.site import Workers, write_site  # noqa: PLC0415

    workers = Workers(session.open_archive, os.cpu_count() or 1)
    console = Console(stderr=True)
    bar = Progress(disable=not session.shows_progress, transient=True, console=console, redirect_stdout=False)
    with session.open_archive() as archive, bar as progress:
        task = progress.add_task("articles", total=None)
        written = write_site(
            archive,
            folder,
            home=home,
            anew=anew,
            workers=workers,
            tell=lambda done, of: progress.update(task, completed=done, total=of),
        )
    if as_json:
        session.answer(publish(written))
        return
    session.answer(str(folder / "index.html"))
    files = count(written.files, "file") if written.files else "nothing"
    session.tell(f"{files} written, of {count(written.articles, 'article')} with something new")
