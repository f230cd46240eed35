"""backfill: bring in what others saw, so that one timeline holds their looks and ours."""

import contextlib
import difflib
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from revtrack.cli.importers import KINDS, OF_THE_NET, Asked, Home, find
from revtrack.cli.session import Session, json_option, pass_session
from revtrack.cli.stopping import stoppable
from revtrack.cli.tallying import Tally, refusals
from revtrack.rendering.wording import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST_REASONS = 10
_MOST_ARTICLES = 20
_EACH = 50  # things found between two words of progress
_ALSO = {
    **dict.fromkeys(("csv", "tsv", "xlsx", "list"), "table"),
    **dict.fromkeys(("wacz", "arc", "wget", "crawl"), "warc"),
    **dict.fromkeys(("html", "dir", "directory", "files", "pages"), "folder"),
    **dict.fromkeys(("archive.org", "internetarchive", "wayback-machine"), "wayback"),
}
"""What else the kinds are called."""


class _Kind(click.Choice[str]):
    """One of the kinds; what else somebody may call it leads to its name."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the kind. Fails with the one that was meant, or all."""
        if value not in KINDS:
            near = _ALSO.get(value.lower()) or next(iter(difflib.get_close_matches(value.lower(), KINDS, n=1)), "")
            meant = f"did you mean {near!r}?" if near else f"such are {', '.join(KINDS)}"
            self.fail(f"{value!r} is no kind of what can be brought in; {meant}", param, ctx)
        return value


@click.command("backfill")
@click.argument("kind", type=_Kind(KINDS), metavar="KIND")
@click.argument("places", nargs=-1, required=True, metavar="PLACE…")
@click.option("--url", "urls", multiple=True, metavar="URL", help="Only looks at this article; may be given again.")
@click.option("--article", metavar="URL", help="All of it is this one article.")
@click.option("--since", metavar="TIME", help="Only looks from then on: 2024-11-20, 36h, 7d.")
@click.option("--until", metavar="TIME", help="Only looks before then.")
@click.option("--url-from", metavar="TEMPLATE", help="URLs from paths: 'https://example.org/{path}'.")
@click.option("--files", metavar="REGEX", help="Only files whose path fits; its groups fill {1}, {2}.")
@click.option("--field", metavar="NAME", help="Where the text is in files of JSON: 'article.body'.")
@click.option("--encoding", metavar="NAME", help="Of a table, where its bytes do not tell: 'windows-1251'.")
@click.option("--branch", metavar="NAME", default="HEAD", help="The branch of a git history.")
@click.option("--jobs", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A watcher's list of jobs.")
@click.option("--service", metavar="URL", help="A web archive other than the configured one.")
@click.option(
    "--refused",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="List what came to nothing, and why: CSV or .jsonl.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
@json_option
@pass_session
def backfill_command(
    session: Session,
    /,
    *,
    kind: str,
    places: tuple[str, ...],
    refused: Path | None,
    dry_run: bool,
    as_json: bool,
    **options: Any,  # noqa: ANN401 - the values of click
) -> int:
    """Bring in what others saw of articles: each look with its time, and where it comes from.

    \b
    KIND                      PLACE
    wayback, memento          an article, by its URL or as it is tracked
    warc                      files: .warc, .warc.gz, .wacz, or a folder of them
    git                       a repository to which a scraper committed pages
    folder, table             pages named by time; a CSV of url, time, file or text
    newsdiffs                 its folder of articles, and its database
    diffengine, newsedits     a SQLite database
    urlwatch, webchanges      a SQLite database, and --jobs
    changedetection           its data directory

    Run again after an interruption, it goes on; run twice, it changes nothing.

    \b
    revtrack backfill git ~/scraper/pages --dry-run
    revtrack backfill table captures.csv
    revtrack backfill wayback https://example.org/story
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.backfill import without_future  # noqa: PLC0415
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.deriving import bring_in  # noqa: PLC0415

    asked = Asked(kind, places, {**options, "dry_run": dry_run})
    with (
        contextlib.ExitStack() as opened,
        stoppable() as check_stop,
        _progress(session) as tell,
        refusals(refused) as refuse,
    ):
        tally = Tally(dry_run=dry_run, refuse=refuse)
        home = Home(session, opened, dry_run=dry_run)
        looks = tally.looks(without_future(find(session, home, asked), utc_now()), tell)
        first = list(islice(looks, 1))
        steps = bring_in(
            home.made() if first else home.archive,
            chain(first, looks),
            settings=session.settings,
            now=utc_now(),
            dry_run=dry_run,
            **({"batch": 1} if kind in OF_THE_NET else {}),  # what was asked of others is safe at once
        )
        for step in steps:
            tally.take(step)
            check_stop()
    if as_json or tally.seen or not tally.trouble:  # else the trouble is all there is to tell
        _report(session, tally, kind, as_json=as_json)
    if tally.trouble:
        raise tally.trouble
    is_known = kind in OF_THE_NET and not tally.seen  # what came in before is not asked for again
    return 0 if tally.found or is_known else 2


@contextlib.contextmanager
def _progress(session: Session) -> "Iterator[Callable[[Tally], None]]":
    """Yield what says now and then how far it is, on a line of the terminal that goes again."""
    with session.busy("reading") as say:

        def tell(tally: Tally) -> None:
            if tally.seen % _EACH == 1:
                say(
                    f"read {tally.seen:,}: {tally.found:,} looks at {len(tally.articles):,} articles, {tally.new:,} new"
                )

        yield tell


def _report(session: Session, tally: Tally, kind: str, *, as_json: bool) -> None:
    from revtrack.forms import publish  # noqa: PLC0415
    from revtrack.rendering.visible import visible  # noqa: PLC0415

    if as_json:
        counts = {"kind": kind, "dry_run": tally.dry_run, "looks": tally.found, "new": tally.new}
        left = {"skipped": tally.skipped.form(), "no_version": tally.barren.form(), "remarks": tally.remarks.form()}
        session.answer(publish({**counts, **left, "articles": list(tally.articles.values())}))
        return
    changed = tally.changed
    most = len(changed) if session.verbose else _MOST_ARTICLES
    if changed:
        session.table(_line(article, dry_run=tally.dry_run) for article in changed[:most])
    if len(changed) > most:
        session.tell(f"… and {len(changed) - most:,} more articles; --verbose names them")
    for article in changed:
        if article["kept"]:
            session.tell(f"not derived again: {visible(article['url'])}: {visible(article['kept'])}")
    for said, reasons in (
        ("left out", tally.skipped),
        ("no version from", tally.barren),
        ("please check", tally.remarks),
    ):
        for why, times, place in reasons.told()[:_MOST_REASONS]:
            session.tell(f"{said} {times:,}: {visible(why)} (such as {visible(place)})")
    session.tell(_sum(tally))


def _sum(tally: Tally) -> str:
    """Return how much came in, in one line."""
    if not tally.seen and not tally.trouble:
        return "nothing came in: there is nothing in it, or nothing that was asked for"
    came = f"{count(tally.new, 'look')} at {count(len(tally.changed), 'article')}"
    barren, there = tally.barren.counts.total(), tally.found - tally.new
    parts = [f"{came} {'would come in' if tally.dry_run else 'came in'}"]
    parts += [f"{barren:,} of them made no version"] * bool(barren) + [f"{there:,} were there"] * bool(there)
    return "; ".join(parts)


def _line(article: dict[str, Any], *, dry_run: bool) -> tuple[str, ...]:
    """Return one article's line: its id, the looks that came in, its versions before and now, its URL."""
    number = str(article["id"]) if article["id"] else "new"
    versions = "" if dry_run else f"{article['before']} → {article['after']} versions"
    return number, count(article["new"], "look"), versions, article["url"]
