"""backfill: bring in what others saw, so that one timeline holds their looks and ours."""

import contextlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from revtrack.cli.importers import KINDS, OF_THE_NET, Asked, Home, find
from revtrack.cli.session import Session, json_option, pass_session
from revtrack.cli.stopping import stoppable
from revtrack.rendering.wording import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from revtrack.backfill import Found
    from revtrack.deriving import Brought, Woven
    from revtrack.errors import RevtrackError
    from revtrack.model import Snapshot

_MOST_REASONS = 10
_MOST_ARTICLES = 20
_EACH = 50  # looks between two words of progress


@click.command("backfill")
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.argument("places", nargs=-1, required=True, metavar="PLACE…")
@click.option("--url", "urls", multiple=True, metavar="URL", help="Only looks at this article; may be given again.")
@click.option("--article", metavar="URL", help="All of it is this one article.")
@click.option("--since", metavar="TIME", help="Only looks from then on: 2024-11-20, 36h, 7d.")
@click.option("--until", metavar="TIME", help="Only looks before then.")
@click.option("--url-from", metavar="TEMPLATE", help="URLs from paths: 'https://example.org/{path}'.")
@click.option("--files", metavar="REGEX", help="Only files whose path fits; its groups fill {1}, {2}.")
@click.option("--field", metavar="NAME", help="Where the text is in files of JSON: 'article.body'.")
@click.option("--branch", metavar="NAME", default="HEAD", help="The branch of a git history.")
@click.option("--jobs", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A watcher's list of jobs.")
@click.option("--service", metavar="URL", help="A web archive other than the configured one.")
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
@json_option
@pass_session
def backfill_command(
    session: Session,
    /,
    *,
    kind: str,
    places: tuple[str, ...],
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
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.deriving import bring_in  # noqa: PLC0415

    asked = Asked(kind, places, {**options, "dry_run": dry_run})
    tally = _Tally(dry_run=dry_run)
    with contextlib.ExitStack() as opened, stoppable() as check_stop, _progress(session) as tell:
        home = Home(session, opened, dry_run=dry_run)
        looks = tally.looks(find(session, home, asked))
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
            tell(tally)
            check_stop()
    if as_json or tally.found or tally.skipped or not tally.trouble:  # else the trouble is all there is to tell
        _report(session, tally, kind, as_json=as_json)
    if tally.trouble:
        raise tally.trouble
    return 2 if tally.skipped and not tally.found else 0


@dataclass
class _Tally:
    """What was found and what became of it, article by article."""

    dry_run: bool
    found: int = 0
    new: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    trouble: "RevtrackError | None" = None

    def looks(self, found: "Iterable[Found]") -> "Iterator[Snapshot]":
        """Yield the looks among what was found; where the finding ends in trouble, what came before is kept."""
        from revtrack.backfill import Skipped  # noqa: PLC0415
        from revtrack.errors import RevtrackError  # noqa: PLC0415

        try:
            for one in found:
                if isinstance(one, Skipped):
                    self.skipped[one.why] += 1
                    self.examples.setdefault(one.why, one.place)
                else:
                    self.found += 1
                    yield one
        except RevtrackError as error:
            self.trouble = error

    def take(self, step: "Brought | Woven") -> None:
        """Count one step of the bringing in."""
        article, stands = step.article, step.article.versions
        first = {"id": 0, "url": article.url, "looks": 0, "new": 0, "before": stands, "after": stands, "kept": ""}
        known = self.articles.setdefault(article.url, first)
        known["id"] = article.id
        if hasattr(step, "is_new"):
            known["looks"] += 1
            known["new"] += step.is_new
            self.new += step.is_new
        else:
            known["before"], known["after"], known["kept"] = step.before, step.after, step.kept


@contextlib.contextmanager
def _progress(session: Session) -> "Iterator[Callable[[_Tally], None]]":
    """Yield what says now and then how far it is, on a line of the terminal that goes again."""
    with session.busy("reading") as say:

        def tell(tally: _Tally) -> None:
            if tally.found % _EACH == 1 or not tally.found:
                say(f"{tally.found:,} looks at {len(tally.articles):,} articles, {tally.new:,} new")

        yield tell


def _report(session: Session, tally: _Tally, kind: str, *, as_json: bool) -> None:
    from revtrack.forms import publish  # noqa: PLC0415
    from revtrack.rendering.visible import visible  # noqa: PLC0415

    if as_json:
        counts = {"kind": kind, "dry_run": tally.dry_run, "looks": tally.found, "new": tally.new}
        reasons = [{"why": why, "count": n, "place": tally.examples[why]} for why, n in tally.skipped.most_common()]
        session.answer(publish({**counts, "skipped": reasons, "articles": list(tally.articles.values())}))
        return
    changed = [one for one in tally.articles.values() if one["new"] or one["before"] != one["after"]]
    changed.sort(key=lambda article: (-article["after"], -article["new"], article["url"]))
    most = len(changed) if session.verbose else _MOST_ARTICLES
    if changed:
        session.table(_line(article, dry_run=tally.dry_run) for article in changed[:most])
    if len(changed) > most:
        session.tell(f"… and {len(changed) - most:,} more articles; --verbose names them")
    for article in changed:
        if article["kept"]:
            session.tell(f"not derived again: {visible(article['url'])}: {visible(article['kept'])}")
    for why, times in tally.skipped.most_common(_MOST_REASONS):
        session.tell(f"left out {times:,}: {visible(why)} (such as {visible(tally.examples[why])})")
    would = "would come in" if tally.dry_run else "came in"
    there = tally.found - tally.new
    session.tell(
        f"{count(tally.new, 'look')} at {count(len(changed), 'article')} {would}"
        + (f"; {there:,} were there" if there else "")
    )


def _line(article: dict[str, Any], *, dry_run: bool) -> tuple[str, ...]:
    """Return one article's line: its id, the looks that came in, its versions before and now, its URL."""
    number = str(article["id"]) if article["id"] else "new"
    versions = "" if dry_run else f"{article['before']} → {article['after']} versions"
    return number, count(article["new"], "look"), versions, article["url"]
