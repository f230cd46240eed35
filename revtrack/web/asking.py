"""Read what a request asks for: bounded numbers, bounded texts, a selection. Knows no page."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from starlette.requests import Request

from revtrack.archive import Archive
from revtrack.archive.values import Habits, Selection
from revtrack.errors import AmbiguousArticleError, InputError, UnknownArticleError
from revtrack.model import Article, Version
from revtrack.site.addresses import source_key
from revtrack.site.choosing import read_selection

Kind = TypeVar("Kind", bound=StrEnum)

CHOICES = ("only", "source", "language", "since", "until")
"""The parameters that choose among changes, in words as `revtrack log` takes them."""
MOST = 1000
"""Entries of a list in one answer."""
_LONGEST = 1000
_LARGEST = 1 << 53  # what every reader of JSON can hold


class NotThereError(InputError):
    """What an address names does not exist."""


def text(request: Request, name: str) -> str:
    """Return a parameter, "" where it is not given. Raises InputError where it is too long."""
    found = request.query_params.get(name, "")
    if len(found) > _LONGEST:
        raise InputError(f"{name} is longer than {_LONGEST} characters")
    return found.replace("\0", "").strip()


def number(request: Request, name: str, default: int, *, least: int = 0, most: int = _LARGEST) -> int:
    """Return a parameter that is a whole number within bounds. Raises InputError."""
    found = text(request, name) or str(default)
    if not (found.isascii() and found.isdecimal()) or not least <= int(found) <= most:
        raise InputError(f"{name} is a whole number from {least} to {most:,}, not {found!r}")
    return int(found)


def needed(request: Request, name: str) -> str:
    """Return a parameter that must be given. Raises InputError."""
    found = text(request, name)
    if not found:
        raise InputError(f"{name} is missing")
    return found


def one_of(name: str, found: str, kind: type[Kind]) -> Kind:
    """Return the member of an enumeration that a parameter names. Raises InputError."""
    try:
        return kind(found)
    except ValueError:
        raise InputError(f"{name} is one of {', '.join(kind)}, not {found!r}") from None


def chosen(request: Request) -> dict[str, str]:
    """Return what was chosen among changes, by name of the parameter."""
    return {name: text(request, name) for name in CHOICES}


def selection(request: Request, archive: Archive, now: datetime) -> Selection:
    """Return the selection that a request makes. Raises InputError, which says what can be chosen instead.

    `source` is a source's key (as in the address of its page), its URL, or any part of it that is clear.
    """
    asked = chosen(request)
    sources = [one.source for one in habits(request, archive)] if asked["source"] else []
    known = next((source for source in sources if asked["source"] in {source, source_key(source)}), "")
    part = "" if known else asked["source"]
    only, language, since, until = (asked[name] for name in ("only", "language", "since", "until"))
    found = read_selection(archive, now, only=only, source=part, language=language, since=since, until=until)
    return replace(found, source=known) if known else found


def habits(request: Request, archive: Archive) -> list[Habits]:
    """Return how each source edits: counted once for a request, whoever asks."""
    if not hasattr(request.state, "habits"):
        request.state.habits = archive.habits()
    found: list[Habits] = request.state.habits
    return found


def article(request: Request, archive: Archive) -> Article:
    """Return the article that the path names. Raises NotThereError."""
    wanted = request.path_params["article_id"]
    with suppress(UnknownArticleError, AmbiguousArticleError):
        found = archive.find(str(wanted))
        if found.id == wanted:  # a number can be part of another article's address
            return found
    raise NotThereError(f"there is no article {wanted}")


def version(versions: tuple[Version, ...], wanted: int) -> Version:
    """Return the version of a number. Raises NotThereError."""
    for one in versions:
        if one.number == wanted:
            return one
    last = versions[-1].number if versions else 0
    raise NotThereError(f"there is no version {wanted}: this article has {last}")
