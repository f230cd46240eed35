"""The pages of the server, each a function of the archive and what was asked. Knows no template and no socket."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from revtrack.archive import Archive
from revtrack.archive.values import Habits, Order, Selection
from revtrack.errors import InputError
from revtrack.rendering.article_page import ArticlePage, article_page
from revtrack.rendering.blame_page import BlamePage, blame_page
from revtrack.rendering.card import render_card
from revtrack.rendering.fronts import (
    ArticlesPage,
    ChangesPage,
    Choice,
    Choices,
    NotesPage,
    articles_page,
    changes_page,
    notes_page,
)
from revtrack.rendering.revision_page import revision_page
from revtrack.rendering.searches import SearchPage, search_page
from revtrack.rendering.sources import SourcePage, SourcesPage, source_page, sources_page
from revtrack.rendering.wording import clock
from revtrack.site.addresses import source_key
from revtrack.site.catalogue import KINDS, LEDGER
from revtrack.site.gathering import (
    changes_of,
    count_changes_of,
    facts_of,
    found_lines,
    lines_of,
    name_of,
    named_sources,
    newest_changes,
    note_lines,
    nothing_told,
    revision_page_of,
    site_of,
    unread_now,
)
from revtrack.web import asking
from revtrack.web.addresses import ServerLinks, with_query

PAGE = 100
"""Lines of a page."""
_FOUND = 50
_PERIODS = (("day", "1d"), ("week", "7d"), ("month", "30d"), ("year", "365d"))
_MOST_PAGES = 1_000_000


def front(request: Request, archive: Archive, now: datetime) -> Response:
    """Return the list of changes, those chosen by kind, source, language and time, in pages, weightiest first."""
    chosen, selection = asking.chosen(request), asking.selection(request, archive, now)
    at, total = asking.number(request, "page", 1, least=1, most=_MOST_PAGES), count_changes_of(archive, selection)
    titles = archive.titles()
    kind = next(one for one in KINDS if one.selection.only == selection.only)
    until = f" Seen before {clock(selection.until)}." if selection.until else ""
    page = ChangesPage(
        title=kind.title,
        told=f"{kind.told}{until} The weightiest first.",
        lines=lines_of(changes_of(archive, selection, order=Order.WEIGHT, limit=PAGE, offset=(at - 1) * PAGE), titles),
        total=total,
        choices=tuple(_choices(archive, chosen, asking.habits(request, archive), titles)),
        pages=_pages("/", chosen, total, at),
        nothing="" if total else nothing_told(selection, archive.reach(selection)),
        seen=unread_now(archive),
    )
    feeds = ((kind.title, with_query("/feed.atom", chosen)), (kind.title, with_query("/feed.json", chosen)))
    return HTMLResponse(changes_page(page, ServerLinks(feeds)))


def articles(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001 - all pages take the same
    """Return the list of articles, in pages."""
    at, found = asking.number(request, "page", 1, least=1, most=_MOST_PAGES), list(archive.articles())
    shown, titles = found[(at - 1) * PAGE : at * PAGE], archive.titles()
    sites = [site_of(one, titles) for one in shown]
    page = ArticlesPage(shown, sites, len(found), _pages("/articles", {}, len(found), at))
    return HTMLResponse(articles_page(page, ServerLinks()))


def article(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Return the page of an article."""
    found = asking.article(request, archive)
    looks = tuple((look.snapshot.fetched_at, look.snapshot.outcome) for look in archive.looks(found))
    versions = tuple(archive.versions(found))
    joined = archive.joined().get(found.id, ())
    page = ArticlePage(found, versions, tuple(archive.revisions(found, versions)), looks, joined)
    feeds = tuple((found.headline or found.url, f"/articles/{found.id}/feed.{form}") for form in ("atom", "json"))
    return HTMLResponse(article_page(page, ServerLinks(feeds)))


def blame(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Return the page that says how old each sentence of an article is."""
    found = asking.article(request, archive)
    versions = tuple(archive.versions(found))
    if not versions:
        raise asking.NotThereError("no version has been read of this article yet")
    return HTMLResponse(blame_page(BlamePage(found, versions), ServerLinks()))


def revision(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Return the page of the step between two versions of an article."""
    found = asking.article(request, archive)
    versions = tuple(archive.versions(found))
    old = asking.version(versions, request.path_params["old"])
    new = asking.version(versions, request.path_params["new"])
    page = revision_page_of(archive, found, old.number, new.number)
    return HTMLResponse(revision_page(page, ServerLinks()))


def compare(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Lead to the step between the two versions that a form names."""
    found = asking.article(request, archive)
    old, new = sorted(asking.number(request, name, 0, least=1) for name in ("old", "new"))
    if old == new:
        raise InputError("choose two different versions")
    return RedirectResponse(ServerLinks().revision(found.id, old, new), status_code=303)


def of_file(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Lead to a page from the name of its file in a published site, so that links in messages are right for both."""
    found, new, links = asking.article(request, archive), request.path_params.get("new", 0), ServerLinks()
    page = links.revision(found.id, new - 1, new) if new > 1 else links.article(found.id)
    return RedirectResponse(page, status_code=303)


def card(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Return the picture of the step that led to a version."""
    found = asking.article(request, archive)
    new = asking.version(tuple(archive.versions(found)), request.path_params["new"]).number
    if new == 1:
        raise asking.NotThereError("a first version is no change")
    svg = render_card(archive.revision(found, new - 1, new), source=archive.titles().get(found.source, ""))
    return Response(svg, media_type="image/svg+xml")


def sources(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Return the list of sources, in pages."""
    at, habits = asking.number(request, "page", 1, least=1, most=_MOST_PAGES), archive.habits()
    named = named_sources(habits[(at - 1) * PAGE : at * PAGE], archive.titles(), ServerLinks())
    page = SourcesPage(named, _pages("/sources", {}, len(habits), at), unread_now(archive))
    return HTMLResponse(sources_page(page, ServerLinks()))


def source(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Return the page of a source."""
    key = request.path_params["key"]
    habits = next((one for one in archive.habits() if source_key(one.source) == key), None)
    if habits is None:
        raise asking.NotThereError("there is no such source")
    selection = Selection(source=habits.source)
    months = (
        Choice(name, with_query("/", {"source": key, "since": f"{name}-01"}), n)
        for name, n in _months(archive, selection)
    )
    titles = archive.titles()
    page = SourcePage(
        facts=facts_of(habits),
        name=name_of(habits.source, titles),
        lines=[replace(line, site="") for line in lines_of(newest_changes(archive, selection, PAGE), titles)],
        choices=(Choices("Since", tuple(months)),),
    )
    feeds = tuple((page.name, with_query(f"/feed.{form}", {"source": key})) for form in ("atom", "json"))
    return HTMLResponse(source_page(page, ServerLinks(feeds)))


def _months(archive: Archive, selection: Selection) -> Iterator[tuple[str, int]]:
    """Yield the months of a selection, newest first, each with what was seen since its beginning."""
    total = 0
    for month, number in archive.months(selection):
        total += number
        yield month, total


def notes(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Return the ledger of notes, newest first, in pages."""
    at, total = asking.number(request, "page", 1, least=1, most=_MOST_PAGES), archive.count_changes(LEDGER.selection)
    entries = archive.changes(LEDGER.selection, order=Order.NEWEST, limit=PAGE, offset=(at - 1) * PAGE)
    page = NotesPage(LEDGER.title, note_lines(entries, archive.titles()), total, pages=_pages("/notes", {}, total, at))
    return HTMLResponse(notes_page(page, ServerLinks()))


def search(request: Request, archive: Archive, now: datetime) -> Response:  # noqa: ARG001
    """Return the page that searches all versions, with what was found where words were given."""
    words, is_phrase = asking.text(request, "words"), bool(asking.text(request, "phrase"))
    look_up = archive.trace if is_phrase else archive.search
    found = look_up(words, limit=_FOUND) if words else []
    return HTMLResponse(search_page(SearchPage(words, is_phrase, found_lines(found), "/search"), ServerLinks()))


def _choices(
    archive: Archive, chosen: dict[str, str], habits: list[Habits], titles: dict[str, str]
) -> Iterator[Choices]:
    """Yield the filters of the front page: each keeps what the others chose."""

    def row(label: str, name: str, items: list[tuple[str, str]]) -> Choices:
        choices = (
            Choice(words, with_query("/", {**chosen, name: value}), is_here=chosen[name] == value)
            for words, value in items
        )
        return Choices(label, tuple(choices))

    yield row("Show", "only", [(one.name, one.selection.only or "") for one in KINDS])
    yield row("Since", "since", [("Ever", ""), *((f"A {words}", value) for words, value in _PERIODS)])
    languages = [(code, code) for code, _ in archive.languages()]
    if len(languages) > 1:
        yield row("Language", "language", [("Any", ""), *languages])
    named = sorted(habits, key=_by_revisions)
    if len(named) > 1:
        items = ((name_of(one.source, titles), source_key(one.source)) for one in named)
        yield row("Source", "source", [("Any", ""), *items])


def _by_revisions(habits: Habits) -> int:
    return -habits.revisions


def _pages(path: str, chosen: dict[str, str], total: int, here: int) -> tuple[Choice, ...]:
    """Return the pages of a list, none where there is only one."""
    count = -(-total // PAGE)
    pages = (
        Choice(f"{at:,}", with_query(path, {**chosen, "page": "" if at == 1 else str(at)}), is_here=at == here)
        for at in range(1, count + 1)
    )
    return tuple(pages) if count > 1 and here <= count else ()
