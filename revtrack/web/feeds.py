"""The feeds of the server: the changes that were chosen, newest first, the diffs inside."""

from dataclasses import replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from revtrack.archive import Archive
from revtrack.archive.values import Order, Selection
from revtrack.rendering.feeds import Feed, atom, json_feed
from revtrack.site.catalogue import ALL
from revtrack.site.feeds import describe_feed, name_archive
from revtrack.site.gathering import changes_of, reports_of
from revtrack.web import asking
from revtrack.web.addresses import FeedLinks

_FORMS = {"atom": ("application/atom+xml", atom), "json": ("application/feed+json", json_feed)}
_IN_FEED = 40


def of_changes(request: Request, archive: Archive, now: datetime) -> Response:
    """Return a feed of the changes that were chosen."""
    selection = asking.selection(request, archive, now)
    return _feed(request, archive, selection, describe_feed(archive, selection, ALL.title, home=_home(request)))


def of_article(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001 - all answers take the same
    """Return the feed of one article."""
    found = asking.article(request, archive)
    about = Feed(
        found.headline or found.url,
        name_archive(archive),
        f"article/{found.id}",
        home=f"{_home(request)}articles/{found.id}",
    )
    return _feed(request, archive, Selection(articles=(found.id,)), about)


def _feed(request: Request, archive: Archive, selection: Selection, about: Feed) -> Response:
    form = request.path_params["form"]
    if form not in _FORMS:
        raise asking.NotThereError("there is no such feed")
    media_type, write = _FORMS[form]
    newest = changes_of(archive, selection, order=Order.NEWEST, limit=_IN_FEED)
    reports = reports_of(archive, newest, FeedLinks(_home(request).rstrip("/")))
    return Response(write(reports, replace(about, address=str(request.url))), media_type=media_type)


def _home(request: Request) -> str:
    return str(request.base_url)
