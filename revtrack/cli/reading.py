"""list, log, show, search: what the archive knows. Nothing here fetches or writes."""

from heapq import nsmallest
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from revtrack.cli.selecting import choosing, find_article, no_version, require_words, selection_of, split_version
from revtrack.cli.session import Session, json_option, pass_session
from revtrack.clock import utc_now
from revtrack.rendering.visible import visible
from revtrack.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from revtrack.archive import Archive, LogEntry
    from revtrack.archive.values import Lifetime, Selection
    from revtrack.model import Article, Snapshot, Version

_FORMS = ("opml", "urls")
_ALL = 1 << 60
_FIRST_LINES = 100
"""Of a log: where these are of one site, the lines do not name it."""


@click.command("list")
@click.option("--form", type=click.Choice(_FORMS), help="Sources or articles, as a file that 'add' takes.")
@json_option
@pass_session
def list_command(session: Session, *, form: str | None, as_json: bool) -> None:
    """List what is tracked: id, versions, last change, state of the last look, time of the next, headline or URL.

    \b
    revtrack list               a line an article, then the sources
    revtrack list --json        all that is known of each
    revtrack list --form opml   the sources, for a file that add takes
    revtrack list --form urls   the articles, likewise
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.forms import publish  # noqa: PLC0415

    if form and as_json:
        raise click.UsageError("--json is a form of its own: give one of the two")
    with session.open_archive() as archive:
        if form:
            _answer_list(session, archive, form)
            return
        articles, sources = list(archive.articles()), list(archive.sources())
        if as_json:
            session.answer(publish([*articles, *sources]))
            return
        rows = [("id", "versions", "changed", "last look", "next look", "article"), *map(_article_row, articles)]
        if articles:
            session.table(rows)
        if sources:
            session.table(
                [
                    ("source", str(s.id), s.kind, s.reason or ("ok" if s.checked_at else "not yet"), s.url)
                    for s in sources
                ]
            )
        if not articles and not sources:
            session.tell("nothing is tracked yet; 'revtrack add URL' begins")


def _answer_list(session: Session, archive: "Archive", form: str) -> None:
    from revtrack.cli.lists import listed  # noqa: PLC0415

    text, left = listed(archive, form)
    if text:
        session.answer(text)
    if left:
        session.tell(f"not in it: {left}")


@click.command("log")
@click.argument("name", required=False, metavar="[ARTICLE]")
@choosing
@click.option("-n", "--limit", type=click.IntRange(min=1), help="So many lines at most.")
@json_option
@pass_session
def log_command(
    session: Session, /, name: str | None, *, limit: int | None, as_json: bool, **options: str | None
) -> None:
    """Tell what changed: over all articles the weightiest first, for one ARTICLE in order of time.

    \b
    revtrack log                                  what matters most, first
    revtrack log --since 1d --only undisclosed    since yesterday, without a word
    revtrack log --only unexplained               also with a vague note or a new stamp
    revtrack log storm-hits                       the history of one article
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.cli.lines import tell_entry  # noqa: PLC0415

    with session.open_archive() as archive:
        selection = selection_of(archive, utc_now(), [name] if name else [], options)
        entries = islice(_history(archive, selection) if name else _ranking(archive, selection, limit), limit)
        if as_json:
            session.answer_all(entries)
            return
        first = list(islice(entries, _FIRST_LINES))
        are_many = len({host_of(entry.article.url) for entry in first}) > 1
        for entry in chain(first, entries):
            tell_entry(session, entry, sited=are_many)
    if not first:
        session.tell("nothing changed" + (" that fits" if any(options.values()) else " yet"))


def _history(archive: "Archive", selection: "Selection") -> "Iterator[LogEntry]":
    """Return what happened to the one article selected, oldest first."""
    from revtrack.archive.values import Order  # noqa: PLC0415

    if selection.only or selection.source or selection.language:
        return archive.changes(selection, order=Order.OLDEST)
    return _before(
        selection.until, archive.log(article=archive.find(str(selection.articles[0])), since=selection.since)
    )


def _ranking(archive: "Archive", selection: "Selection", limit: int | None) -> "Iterator[LogEntry]":
    """Return what changed, weightiest first; then what else happened, where all changes are asked for."""
    from revtrack.cli.lines import rank  # noqa: PLC0415

    changes = archive.changes(selection, limit=limit)
    if selection.only or selection.source or selection.language:
        return changes
    events = _before(selection.until, archive.log(since=selection.since, versions=False))
    return chain(changes, nsmallest(limit or _ALL, events, key=lambda entry: (rank(entry), -entry.at.timestamp())))


def _before(until: "datetime | None", entries: "Iterator[LogEntry]") -> "Iterator[LogEntry]":
    return (entry for entry in entries if until is None or entry.at < until)


@click.command("show")
@click.argument("name", metavar="ARTICLE[@N]")
@click.option("--all", "everything", is_flag=True, help="Every version.")
@click.option("--page", is_flag=True, help="The page as it was received, into the FILE of -o.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where the page goes.")
@json_option
@pass_session
def show_command(
    session: Session, name: str, *, everything: bool, page: bool, output: Path | None, as_json: bool
) -> None:
    """Show a version as it was read: text, stated metadata, notes, and when it was seen. The newest, unless @N.

    \b
    revtrack show storm-hits      the newest
    revtrack show storm-hits@1    what it said first
    revtrack show storm-hits@1 --page -o first.html
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.evidence.checkpoints import witnesses_of  # noqa: PLC0415
    from revtrack.evidence.witnessing import captures_of  # noqa: PLC0415
    from revtrack.forms import publish, to_form  # noqa: PLC0415

    if page != (output is not None) or (page and (everything or as_json)):
        raise click.UsageError("the page of one version goes into a file: --page -o FILE, without --all and --json")
    name, number = split_version(name)
    with session.open_archive() as archive:
        article = find_article(archive, name)
        versions = list(archive.versions(article))
        chosen = versions if everything else chosen_versions(article, versions, number)
        looks = (
            {v.number: archive.snapshot(v.first_snapshot) for v in chosen if v.first_snapshot} if not as_json else {}
        )
        plan = _plan(session, archive, article)
        captures = captures_of(witnesses_of(archive), article.id, versions)
    if output:
        _write_page(session, chosen[0], looks.get(chosen[0].number), output)
        return
    if as_json:
        told = [
            to_form(version) | ({"capture": to_form(captures[version.number])} if version.number in captures else {})
            for version in chosen
        ]
        session.answer(publish(told if everything else told[0]))
        return
    from revtrack.cli.pages import version_page  # noqa: PLC0415

    for version in chosen:
        session.answer(
            version_page(
                article,
                version,
                looks.get(version.number),
                captures.get(version.number),
                color=session.colored,
                width=session.width,
            )
        )
    session.tell(plan)


def _write_page(session: Session, version: "Version", look: "Snapshot | None", file: Path) -> None:
    from revtrack.cli.received import write_page  # noqa: PLC0415

    size = write_page(version, look, file, limit=session.settings.fetch.max_decoded_bytes)
    session.tell(f"{size:,} bytes written to {file}: what a server sent, to be opened with care")


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("-n", "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="So many at most.")
@json_option
@pass_session
def search_command(session: Session, words: tuple[str, ...], *, limit: int, as_json: bool) -> None:
    """Find articles of which a version, the newest or any before, holds all the WORDS, best first.

    \b
    revtrack search mayor resign
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.cli.tracing import found_form  # noqa: PLC0415

    with session.open_archive() as archive:
        found = archive.search(require_words(" ".join(words)), limit=limit)
    if as_json:
        session.answer_all(found_form(one) for one in found)
    elif found:
        session.table([("id", "versions", "article", "sentence"), *map(_found_row, found)], whole=True)
    else:
        session.tell("no version holds all these words")


def chosen_versions(article: "Article", versions: "list[Version]", number: int | None) -> "list[Version]":
    """Return the version of a number in a list, the newest where none is named. Raises InputError."""
    found = versions[-1:] if number is None else [version for version in versions if version.number == number]
    if not found:
        raise no_version(article, number)
    return found


def _plan(session: Session, archive: "Archive", article: "Article") -> str:
    """Say when the next look at an article comes, and why then."""
    if is_brought(article):
        return f"brought in, and not looked at; 'revtrack add {visible(article.url)}' begins"
    from revtrack.archive.past import history_of  # noqa: PLC0415
    from revtrack.schedule import explain, learn  # noqa: PLC0415

    prior = learn(archive.companions(article))
    planned_at = article.checked_at or utc_now()
    why = explain(history_of(archive.standing(article.id)), planned_at, session.settings.schedule, prior)
    return f"next look {article.due_at:%Y-%m-%d %H:%M} UTC: {why}" if article.due_at and not article.retired_at else why


def _found_row(found: "Lifetime") -> tuple[str, ...]:
    from revtrack.cli.tracing import versions_of  # noqa: PLC0415

    return str(found.article.id), versions_of(found), found.article.headline or found.article.url, found.text


def is_brought(article: "Article") -> bool:
    """Say whether all that is known of an article was brought in: nobody has asked to look at it."""
    return article.versions > 0 and article.checked_at is None and article.retired_at is not None


def _article_row(article: "Article") -> tuple[str, ...]:
    changed = f"{article.changed_at:%Y-%m-%d %H:%M}" if article.changed_at else "never"
    if is_brought(article):
        return str(article.id), str(article.versions), changed, "imported", "none", article.headline or article.url
    from revtrack.cli.lines import last_look  # noqa: PLC0415

    due = "retired" if article.retired_at else f"{article.due_at:%Y-%m-%d %H:%M}" if article.due_at else ""
    return (str(article.id), str(article.versions), changed, last_look(article), due, article.headline or article.url)
