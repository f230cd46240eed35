"""The JSON API: the nouns of the archive in their published forms. Knows no page."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from revtrack.archive import Archive
from revtrack.archive.values import Order
from revtrack.forms import publish
from revtrack.web import asking

T = TypeVar("T")

LIMIT = 100
"""Entries of a list where no limit is asked for."""


def articles(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001 - all answers take the same
    """List what is tracked, oldest first."""
    return _answer(_part(request, archive.articles()))


def article(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Return one article."""
    return _answer(asking.article(request, archive))


def versions(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """List the versions of an article, first to newest."""
    return _answer(_part(request, archive.versions(asking.article(request, archive))))


def version(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Return one version of an article."""
    found = tuple(archive.versions(asking.article(request, archive)))
    return _answer(asking.version(found, request.path_params["number"]))


def looks(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """List the looks at an article in the order of its timeline, without their bodies."""
    found = archive.looks(asking.article(request, archive))
    return _answer(_part(request, (look.snapshot for look in found)))


def revision(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Return the step between any two versions of an article: diff, notes, verdict."""
    found = asking.article(request, archive)
    known = tuple(archive.versions(found))
    old, new = (asking.version(known, request.path_params[name]).number for name in ("old", "new"))
    return _answer(archive.revision(found, old, new))


def history(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """List what happened to an article, oldest first."""
    return _answer(_part(request, archive.log(article=asking.article(request, archive))))


def changes(request: Request, archive: Archive, now: datetime) -> Response:
    """List changes of all articles, the weightiest first unless `order` says otherwise."""
    selection, asked = asking.selection(request, archive, now), asking.text(request, "order") or Order.WEIGHT
    order = asking.one_of("order", asked, Order)
    limit, offset = _bounds(request)
    return _answer(list(archive.changes(selection, order=order, limit=limit, offset=offset)))


def notes(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """List the ledger of publishers' notes, oldest first."""
    return _answer(_part(request, archive.notes()))


def sources(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """List the sources, each with how its articles are edited, in counts."""
    return _answer(_part(request, archive.habits()))


def search(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Find the articles of which a version holds all the words, best first."""
    limit = asking.number(request, "limit", LIMIT, least=1, most=asking.MOST)
    return _answer(archive.search(asking.needed(request, "words"), limit=limit))


def when(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Find every stretch of versions that hold a phrase."""
    limit = asking.number(request, "limit", LIMIT, least=1, most=asking.MOST)
    return _answer(archive.trace(asking.needed(request, "phrase"), limit=limit))


def _part(request: Request, found: Iterable[T]) -> list[T]:
    """Return the part of a list that is asked for."""
    limit, offset = _bounds(request)
    return list(islice(found, offset, offset + limit))


def _bounds(request: Request) -> tuple[int, int]:
    limit = asking.number(request, "limit", LIMIT, least=1, most=asking.MOST)
    return limit, asking.number(request, "offset", 0)


def _answer(value: object) -> Response:
    return Response(publish(value), media_type="application/json")
