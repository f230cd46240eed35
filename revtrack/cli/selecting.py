"""The options by which `log` and `report` choose among changes, and how an ARTICLE or ARTICLE@N is found."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import click

from revtrack.errors import InputError, UnknownArticleError

if TYPE_CHECKING:
    from revtrack.archive import Archive
    from revtrack.archive.values import Selection
    from revtrack.model import Article

T = TypeVar("T")

_ONLY = ("undisclosed", "unexplained", "notes", "headline", "removed", "reverts")


def choosing(command: Callable[..., T]) -> Callable[..., T]:
    """Give a command the options that choose among changes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option("--since", metavar="TIME", help="A date, or how long ago: 2024-11-20, yesterday, 36h."),
    click.option("--until", metavar="TIME", help="The same; a day that is named counts to its end."),
    click.option("--only", type=click.Choice(_ONLY), help="Only such changes."),
    click.option("--source", metavar="PART", help="Only of this source: its URL or site, or any part that is clear."),
    click.option("--language", metavar="CODE", help="Only of articles in this language: en, de, …"),
)


def selection_of(
    archive: "Archive", now: datetime, names: Iterable[str], options: dict[str, str | None]
) -> "Selection":
    """Return what the options of `choosing` and the names of articles choose. Raises InputError."""
    from revtrack.site.choosing import read_selection  # noqa: PLC0415

    if any(value is not None and not value.strip() for value in options.values()):
        raise InputError("--since, --until, --source and --language choose nothing when they are empty; leave them out")
    articles = tuple(find_article(archive, split_version(name)[0]).id for name in names)
    return read_selection(archive, now, articles=articles, **options)


def find_article(archive: "Archive", name: str) -> "Article":
    """Return the tracked article that a name means: as it stands, or as the URL that a person would have meant."""
    name = name.strip()
    try:
        return archive.find(name)
    except UnknownArticleError:
        if "." not in name or "/" not in name:
            raise
        from revtrack.urls import canonical  # noqa: PLC0415

        return archive.find(canonical(name))


def no_version(article: "Article", number: int | None = None) -> InputError:
    """Return the error that an article has no such version, or none at all, and what to do."""
    if article.versions:
        only = f"versions 1 to {article.versions}" if article.versions > 1 else "version 1 alone"
        return InputError(f"there is no version {number}: this article has {only}")
    if article.outcome is None:
        return InputError("no version of this article has been read yet; 'revtrack check' looks at it")
    from revtrack.cli.lines import last_look  # noqa: PLC0415

    return InputError(
        f"no version of this article could be read yet: its last look came to {last_look(article)};"
        f" 'revtrack log {article.id}' says why"
    )


def require_words(words: str) -> str:
    """Return words to look for. Raises InputError where there are none."""
    if not words.strip():
        raise InputError("write the words to look for, as in 'revtrack search mayor resign'")
    return words


def split_version(name: str) -> tuple[str, int | None]:
    """Split ARTICLE@N; the number is None without one."""
    head, _, tail = name.rpartition("@")
    return (head, int(tail)) if head and tail.isdecimal() else (name, None)
