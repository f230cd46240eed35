"""drop: what is tracked no more. Nothing that was seen of it is lost."""

from typing import TYPE_CHECKING

import click

from revtrack.cli.session import Session, json_option, pass_session
from revtrack.errors import AmbiguousArticleError, BadURLError, InputError, UnknownArticleError

if TYPE_CHECKING:
    from revtrack.archive import Archive
    from revtrack.config import Config
    from revtrack.model import Article, Source


@click.command("drop")
@click.argument("names", nargs=-1, required=True, metavar="ARTICLE|SOURCE…")
@json_option
@pass_session
def drop_command(session: Session, names: tuple[str, ...], *, as_json: bool) -> None:
    """Stop looking at articles, and stop following sources.

    Everything that was seen stays, and so does what a source has brought. 'revtrack add URL' begins again. What the
    settings name under [[source]] is taken out there.

    \b
    revtrack drop storm-hits
    revtrack drop https://example.org/news/feed.xml
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415
    from revtrack.model import Source  # noqa: PLC0415

    with session.open_archive() as archive:
        meant = {noun.url: noun for noun in (_meant(archive, name, session.settings) for name in names)}
        archive.drop(meant.values(), now=utc_now())
    dropped = list(meant.values())
    if as_json:
        session.answer(publish(dropped))
        return
    session.table(("source" if isinstance(noun, Source) else "article", str(noun.id), noun.url) for noun in dropped)
    session.tell(f"{len(dropped)} dropped; what was seen, and what a source brought, stays")


def _meant(archive: "Archive", name: str, settings: "Config") -> "Article | Source":
    """Return the source with that URL, else the article that a name means, else the source that it is a part of."""
    from revtrack.cli.selecting import find_article  # noqa: PLC0415

    url = _canonical(name)
    parts = [source for source in archive.sources() if name.casefold() in source.url.casefold() or source.url == url]
    exact = [source for source in parts if source.url in {name, url}]
    try:
        found: Article | Source = exact[0] if exact else find_article(archive, name)
    except UnknownArticleError:
        if len(parts) > 1:
            raise AmbiguousArticleError(name, [source.url for source in parts]) from None
        if not parts:
            raise
        found = parts[0]
    if found.url in {_canonical(source.url) for source in settings.source}:
        raise InputError(f"{found.url} stands under [[source]] in the settings: take it out there, then drop it")
    return found


def _canonical(name: str) -> str:
    from revtrack.urls import canonical  # noqa: PLC0415

    try:
        return canonical(name)
    except BadURLError:
        return ""
