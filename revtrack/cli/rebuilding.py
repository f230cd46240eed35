"""rebuild: stories, versions, notes and verdicts derived again from what was seen."""

from typing import TYPE_CHECKING

import click

from revtrack.cli.session import Session, json_option, pass_session
from revtrack.rendering.visible import isolated, visible
from revtrack.rendering.wording import count

if TYPE_CHECKING:
    from revtrack.archive.values import Rederived

_SHOWN = 8  # numbers of versions in a line
_WORTH = 20  # articles, for which it pays to start another process


@click.command("rebuild")
@click.argument("names", nargs=-1, metavar="[ARTICLE…]")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--again", is_flag=True, help="Also what stands by today's rules already.")
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True, help="Processes that read.")
@json_option
@pass_session
def rebuild_command(
    session: Session, *, names: tuple[str, ...], dry_run: bool, again: bool, jobs: int, as_json: bool
) -> None:
    """Derive versions, notes and verdicts again from the snapshots of ARTICLEs, or of all, by today's rules.

    For a new release of revtrack, other rules of sites or notes, or snapshots that were brought in and not woven yet.
    Nothing that only the rules changed shows as an edit; what stood before is kept but for its text. Interrupted, it
    goes on where it stopped: an article that stands by today's rules is passed over.

    \b
    revtrack rebuild --dry-run     what today's rules would read otherwise
    revtrack rebuild storm-hits    one article
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.archive import locate  # noqa: PLC0415
    from revtrack.cli.selecting import find_article  # noqa: PLC0415
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.deriving import rebuild  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    changed, done = [], 0
    with session.open_archive() as archive:
        articles = [find_article(archive, name) for name in names] or list(archive.articles())
        found = rebuild(
            archive,
            articles,
            settings=session.settings,
            now=utc_now(),
            workers=min(jobs, 1 + len(articles) // _WORTH),
            location=str(locate(session.archive, session.settings.archive)),
            dry_run=dry_run,
            again=again,
        )
        for told in session.watched(found, "deriving", total=len(articles)):
            done += 1
            if told.differs or told.stamped or told.kept:
                changed.append(told)
                if not as_json:
                    title = isolated(visible(told.article.headline or told.article.url))
                    session.line(f"{told.article.id}  {_says(told)}  {title}")
    if as_json:
        session.answer(publish(changed))
    passed = f"; {len(articles) - done} stand by today's rules already" if done < len(articles) else ""
    would = "would change" if dry_run else "changed"
    session.tell(f"{count(done, 'article')} derived again, {sum(told.differs for told in changed)} {would}{passed}")


def _says(told: "Rederived") -> str:
    """Say in one line what differs of an article."""
    if told.kept:
        return told.kept
    parts = [
        f"versions {told.before} → {told.after}" if told.before != told.after else "",
        f"read otherwise: {_numbers(told.read)}" if told.read else "",
        f"judged otherwise: {_numbers(told.judged)}" if told.judged else "",
        f"{count(told.looks, 'look')} found another version" if told.looks else "",
        count(told.events, "event") if told.events else "",
        f"{told.stamped} read alike by other code" if told.stamped else "",
    ]
    return ", ".join(filter(None, parts))


def _numbers(numbers: tuple[int, ...]) -> str:
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return " ".join(f"@{number}" for number in numbers[:_SHOWN]) + more
