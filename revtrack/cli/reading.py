"""list, log, show, search: what the archive knows. Nothing here fetches or writes."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from revtrack.cli.session import Session, json_option, pass_session
from revtrack.clock import utc_now
from revtrack.errors import InputError

if TYPE_CHECKING:
    from revtrack.archive import Archive, LogEntry
    from revtrack.model import Article, Version

_AGO = re.compile(r"(\d{1,5})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_ONLY: dict[str, Callable[["LogEntry"], bool]] = {
    "undisclosed": lambda e: e.verdict is not None and e.verdict.disclosure.value == "undisclosed",
    "notes": lambda e: bool(e.notes) and e.event.value == "revised",
    "headline": lambda e: e.verdict is not None and any(r.where == "headline" for r in e.verdict.reasons),
    "removed": lambda e: e.verdict is not None and any(r.before and not r.after for r in e.verdict.reasons),
    "reverts": lambda e: e.revert_of is not None,
}


@click.command("list")
@json_option
@pass_session
def list_command(session: Session, *, as_json: bool) -> None:
    """List what is tracked: id, versions, last change, state of the last look, time of the next, headline or URL."""
    from revtrack.forms import publish  # noqa: PLC0415

    with session.open_archive() as archive:
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


@click.command("log")
@click.argument("name", required=False, metavar="[ARTICLE]")
@click.option("--since", metavar="TIME", help="A date, a time, or how long ago: 2024-11-20, 36h, 7d.")
@click.option("--only", type=click.Choice(list(_ONLY)), help="Only such changes.")
@click.option("--limit", type=click.IntRange(min=1), help="So many lines at most.")
@json_option
@pass_session
def log_command(
    session: Session, name: str | None, *, since: str | None, only: str | None, limit: int | None, as_json: bool
) -> None:
    """Tell what changed: over all articles the weightiest first, for one ARTICLE in order of time."""
    from revtrack.cli.adding import find_article  # noqa: PLC0415
    from revtrack.cli.lines import line_of, rank, strong_in  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    start = parse_since(since, utc_now()) if since is not None else None
    with session.open_archive() as archive:
        article = find_article(archive, split_version(name)[0]) if name else None
        entries = [e for e in archive.log(article=article, since=start) if only is None or _ONLY[only](e)]
    if article is None:
        entries = sorted((e for e in entries if e.event.value != "first"), key=lambda e: (rank(e), -e.at.timestamp()))
    entries = entries[:limit]
    if as_json:
        session.answer(publish(entries))
        return
    for entry in entries:
        session.line(line_of(entry), strong=strong_in(entry))
    if not entries:
        session.tell("nothing changed" + (" that fits" if since or only else " yet"))


@click.command("show")
@click.argument("name", metavar="ARTICLE[@N]")
@click.option("--all", "everything", is_flag=True, help="Every version.")
@json_option
@pass_session
def show_command(session: Session, name: str, *, everything: bool, as_json: bool) -> None:
    """Show a version as it was read: text, stated metadata, notes, and when it was seen. The newest, unless @N."""
    from revtrack.cli.adding import find_article  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    name, number = split_version(name)
    with session.open_archive() as archive:
        article = find_article(archive, name)
        versions = list(archive.versions(article))
        chosen = versions if everything else _chosen(versions, number)
        looks = (
            {v.number: archive.snapshot(v.first_snapshot) for v in chosen if v.first_snapshot} if not as_json else {}
        )
        plan = _plan(session, archive, article)
    if as_json:
        session.answer(publish(chosen if everything else chosen[0]))
        return
    from revtrack.cli.pages import version_page  # noqa: PLC0415

    for version in chosen:
        session.answer(
            version_page(article, version, looks.get(version.number), color=session.colored, width=session.width)
        )
    session.tell(plan)


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@json_option
@pass_session
def search_command(session: Session, words: tuple[str, ...], *, limit: int, as_json: bool) -> None:
    """Find articles whose newest version holds all the WORDS, best first."""
    from revtrack.forms import publish  # noqa: PLC0415

    with session.open_archive() as archive:
        found = archive.search(" ".join(words), limit=limit)
    if as_json:
        session.answer(publish([article for article, _ in found]))
        return
    if found:
        session.table([(str(article.id), article.headline or article.url, text) for article, text in found])
    else:
        session.tell("no newest version holds all these words")


def parse_since(text: str, now: datetime) -> datetime:
    """Read "36h", "7d", a date or an ISO time (UTC where it names no zone). Raises InputError."""
    ago = _AGO.fullmatch(text.strip())
    if ago:
        return now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputError(f"{text!r} is no time: write a date (2024-11-20), a time, or how long ago (36h, 7d)") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def split_version(name: str) -> tuple[str, int | None]:
    """Split ARTICLE@N; the number is None without one."""
    head, _, tail = name.rpartition("@")
    return (head, int(tail)) if head and tail.isdecimal() else (name, None)


def _chosen(versions: "list[Version]", number: int | None) -> "list[Version]":
    if not versions:
        raise InputError("no version has been read of this article yet; 'revtrack check' looks at it")
    if number is None:
        return versions[-1:]
    found = [version for version in versions if version.number == number]
    if not found:
        raise InputError(f"there is no version {number}: this article has versions 1 to {versions[-1].number}")
    return found


def _plan(session: Session, archive: "Archive", article: "Article") -> str:
    """Say when the next look at an article comes, and why then."""
    from revtrack.archive.past import history_of  # noqa: PLC0415
    from revtrack.schedule import explain, learn  # noqa: PLC0415

    prior = learn(archive.companions(article))
    planned_at = article.checked_at or utc_now()
    why = explain(history_of(archive.standing(article.id)), planned_at, session.settings.schedule, prior)
    return f"next look {article.due_at:%Y-%m-%d %H:%M} UTC: {why}" if article.due_at and not article.retired_at else why


def _article_row(article: "Article") -> tuple[str, ...]:
    changed = f"{article.changed_at:%Y-%m-%d %H:%M}" if article.changed_at else "never"
    outcome = article.outcome.value.replace("_", " ") if article.outcome else "not yet"
    due = "retired" if article.retired_at else f"{article.due_at:%Y-%m-%d %H:%M}" if article.due_at else ""
    return (str(article.id), str(article.versions), changed, outcome, due, article.headline or article.url)
