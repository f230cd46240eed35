"""when: since when an article says something, until when it did, and whether it came back."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from revtrack.cli.session import Session, json_option, pass_session

if TYPE_CHECKING:
    from revtrack.archive.values import Lifetime


@click.command("when")
@click.argument("words", nargs=-1, required=True, metavar="[ARTICLE] PHRASE")
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="So many articles at most."
)
@json_option
@pass_session
def when_command(session: Session, words: tuple[str, ...], *, limit: int, as_json: bool) -> int:
    """Tell when a PHRASE was first and last seen, of one ARTICLE or of all; when it was gone, and came back.

    Case and accents make no difference; signs that you write must stand there. Quote a phrase of several words.

    \b
    revtrack when "12 people"               in any article
    revtrack when storm-hits "12 people"    in one
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.cli.selecting import find_article, require_words, split_version  # noqa: PLC0415

    if len(words) > 2:
        raise click.UsageError("quote the phrase: revtrack when ARTICLE 'several words'")
    *name, phrase = words
    with session.open_archive() as archive:
        article = find_article(archive, split_version(name[0])[0]) if name else None
        found = archive.trace(require_words(phrase), article=article, limit=limit)
    if as_json:
        session.answer_all(found_form(one) for one in found)
        return 0
    for _, stretches in groupby(found, key=lambda one: one.article.id):
        _tell(session, list(stretches))
    if not found:
        session.tell("no version that was seen holds these words")
    return 0


def found_form(found: "Lifetime") -> dict[str, Any]:
    """Return where words were found in its JSON form: the article's, with what was found beside it."""
    from revtrack.forms import to_form  # noqa: PLC0415

    form: dict[str, Any] = to_form(found)
    return {**form.pop("article"), **form}


def versions_of(found: "Lifetime") -> str:
    """Return the versions that hold the words: "@2–4", "@3 to now"."""
    if found.last is None:
        return f"@{found.first} to now"
    return f"@{found.first}" if found.last == found.first else f"@{found.first}–{found.last}"


def _tell(session: Session, stretches: "list[Lifetime]") -> None:
    """Print the article's name and a line for each stretch of versions."""
    from revtrack.rendering.visible import isolated, visible  # noqa: PLC0415
    from revtrack.rendering.wording import clock  # noqa: PLC0415

    article = stretches[0].article
    session.line(f"{article.id}  {isolated(visible(article.headline or article.url))}")
    for index, one in enumerate(stretches):
        came = "came back" if index else "first seen"
        went = f"found gone {clock(one.gone_at)}" if one.gone_at else "in the newest version"
        seen = f"{came} {clock(one.first_seen)}, last seen {clock(one.last_seen)}, {went}"
        session.wrapped(seen, lead=f"   {versions_of(one):<10} ")
        session.wrapped(f"{one.place}: “{isolated(visible(one.text))}”", lead=" " * 14)
