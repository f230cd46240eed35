"""The server: which address is answered by which function, and what becomes of errors. Opens no socket."""

import json
from collections.abc import Callable, Collection
from datetime import datetime
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from revtrack.archive import Archive
from revtrack.errors import ArchiveError, InputError
from revtrack.rendering.templating import style
from revtrack.web import asking, feeds, pages
from revtrack.web.described import description_page, refusal_page
from revtrack.web.description import OPERATIONS, openapi
from revtrack.web.guarding import Guard

Answer = Callable[[Request, Archive, datetime], Response]

_PAGES: tuple[tuple[str, Answer], ...] = (
    ("/", pages.front),
    ("/articles", pages.articles),
    ("/articles/{article_id:int}", pages.article),
    ("/articles/{article_id:int}/blame", pages.blame),
    ("/articles/{article_id:int}/compare", pages.compare),
    ("/articles/{article_id:int}/{old:int}-{new:int}", pages.revision),
    ("/articles/{article_id:int}/{new:int}.svg", pages.card),
    ("/articles/{article_id:int}/{new:int}.html", pages.of_file),
    ("/articles/{article_id:int}/index.html", pages.of_file),
    ("/articles/{article_id:int}/feed.{form}", feeds.of_article),
    ("/sources", pages.sources),
    ("/sources/{key}", pages.source),
    ("/notes", pages.notes),
    ("/search", pages.search),
    ("/feed.{form}", feeds.of_changes),
)


def create_app(
    open_archive: Callable[[], Archive], *, clock: Callable[[], datetime], hosts: Collection[str]
) -> Starlette:
    """Return the server of an archive as an ASGI application.

    `open_archive` is called for each request, in the thread that answers it. `hosts` are the names that it answers to.
    """

    def route(path: str, answer: Answer) -> Route:
        def endpoint(request: Request) -> Response:
            with open_archive() as archive:
                return answer(request, archive, clock())

        return Route(path, endpoint, name=f"{answer.__module__}.{answer.__name__}")

    described = json.dumps(openapi())
    return Starlette(
        routes=[
            *(route(path, answer) for path, answer in _PAGES),
            *(route(_typed(operation.path), operation.answer) for operation in OPERATIONS),
            Route("/api", lambda _: HTMLResponse(description_page())),
            Route("/api/openapi.json", lambda _: Response(described, media_type="application/json")),
            Route("/style.css", lambda _: Response(style(), media_type="text/css")),
            Route("/favicon.ico", lambda _: Response(status_code=HTTPStatus.NO_CONTENT)),
            Route("/index.html", lambda _: RedirectResponse("/")),
        ],
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={InputError: _refuse, ArchiveError: _excuse, HTTPException: _pass_on},
    )


def _typed(path: str) -> str:
    """Return a path of the description as the router writes it: what it names are numbers."""
    return path.replace("}", ":int}")


def _refuse(request: Request, error: Exception) -> Response:
    missing = isinstance(error, asking.NotThereError)
    return _complaint(request, HTTPStatus.NOT_FOUND if missing else HTTPStatus.BAD_REQUEST, str(error))


def _excuse(request: Request, error: Exception) -> Response:
    return _complaint(request, HTTPStatus.SERVICE_UNAVAILABLE, str(error))


def _pass_on(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = _complaint(request, HTTPStatus(error.status_code), error.detail)
    answer.headers.update(error.headers or {})
    return answer


def _complaint(request: Request, status: HTTPStatus, why: str) -> Response:
    """Tell what is wrong in the form that was asked for."""
    path = request.url.path
    if path.startswith("/api/"):
        return Response(json.dumps({"error": why}), status, media_type="application/json")
    if "/feed." in path:
        return PlainTextResponse(f"{why}\n", status)
    return HTMLResponse(refusal_page(status.phrase, why), status)
