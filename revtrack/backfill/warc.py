"""Looks out of web archive files. Knows no store and no network; what a record is, `records` knows.

A record of a body that came before (`revisit`) is resolved by the digest or the record that it names, in any of the
files given; what cannot be resolved is told. So is every answer that is not brought in: pictures, scripts, front pages,
errors of what is no article. Records of requests and remarks hold no answer.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from revtrack import urls
from revtrack.backfill.captures import Found, Skipped, Wanted, file_capture, place_of, web_capture
from revtrack.backfill.records import (
    HOPS,
    Answered,
    Shelf,
    Spot,
    is_url,
    medium_of,
    names_of,
    read_record,
    records,
    require_warcio,
    shelves,
)
from revtrack.errors import BadURLError, UnreadableError
from revtrack.model import Origin, Outcome, Redirect, Snapshot

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

KIND = "warc"
_FRONT = "it is a front or section page by its URL"
_ERROR = "it is an error of a URL of which no page came before"
_ELSEWHERE = "it was sent on to a page of which nothing tells that it is the article"
_MOST_HOPS = 10_000  # redirects whose target has not come yet
_HOP_WITHIN = timedelta(minutes=2)
_NOT_MODIFIED = "server-not-modified"


@dataclass(frozen=True, slots=True)
class _Late:
    """A look whose body is another record's."""

    look: "Answered"
    keys: tuple[str, ...]


def warc_captures(files: Iterable[Path], *, wanted: Wanted | None = None) -> Iterator[Found]:
    """Yield the looks in web archive files, or in all of such a folder, in the order of their records.

    Without named articles, every page is taken for one that is not a front or section page by its URL; answers
    without a page count where a page of that URL came before. Raises ConfigError without warcio, and UnreadableError
    for the first file that is damaged, when all others are read.
    """
    require_warcio()
    reading = _Reading(wanted or Wanted())
    troubles: list[UnreadableError] = []
    with ExitStack() as opened:
        for shelf in shelves(files, opened):
            try:
                yield from reading.read(shelf)
            except UnreadableError as error:
                if troubles:
                    yield Skipped(place_of(error.name), "a file of it is damaged", error.why)
                troubles.append(error)
        yield from reading.read_late()
    if troubles:
        raise troubles[0]


class _Reading:
    """One pass over all files: what was seen, what redirects led where, what waits for a body."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._bodies: dict[str, Spot] = {}
        self._pages: set[str] = set()
        self._hops: OrderedDict[str, tuple[datetime, str, tuple[Redirect, ...]]] = OrderedDict()
        self._late: list[_Late] = []

    def read(self, shelf: Shelf) -> Iterator[Found]:
        with shelf.open() as stream:
            for record, spot in records(stream, shelf):
                yield from self._take(record, spot)

    def read_late(self) -> Iterator[Found]:
        """Yield the looks whose body came after them, and what led nowhere."""
        waiting, self._late = self._late, []
        for late in waiting:
            page = self._fetch(late.keys)
            if page is None:
                yield Skipped(late.look.place, "it repeats a page that is in none of these files")
            else:
                yield from self._looks(late.look, page)
        for _, start, _ in self._hops.values():
            if self._wanted.has_url(start):
                yield Skipped(place_of(start), "it is a redirect to a page that does not follow in these files")

    def _take(self, record: "ArcWarcRecord", spot: Spot) -> Iterator[Found]:
        if record.rec_type not in {"response", "resource", "revisit"}:
            return
        look, keys = read_record(record, spot), names_of(record)
        is_own = record.rec_type != "revisit"
        for key in keys if is_own and look and look.is_page else ():
            self._bodies.setdefault(key, spot)  # what repeats it may be asked for where it is not
        if look is None:
            if is_url(url := record.rec_headers.get_header("WARC-Target-URI") or ""):
                yield Skipped(place_of(spot.shelf.name, f"at byte {spot.offset}"), "it has no time or no status", url)
        elif not self._is_asked_for(look):
            return
        elif is_own or (look.status == 304 and _NOT_MODIFIED in (record.rec_headers.get_header("WARC-Profile") or "")):
            yield from self._looks(look, look)
        elif (page := self._fetch(keys)) is None:
            self._late.append(_Late(look, keys))
        else:
            yield from self._looks(look, page)

    def _is_asked_for(self, look: Answered) -> bool:
        # A redirect may lead to what is asked for.
        is_hop = look.status in HOPS and bool(look.header("location"))
        return self._wanted.has_time(look.at) and (is_hop or self._wanted.has_url(look.url) or look.url in self._hops)

    def _fetch(self, keys: Iterable[str]) -> Answered | None:
        """Return the earlier look that one of the keys names, read again from where it stands."""
        spot = next((self._bodies[key] for key in keys if key in self._bodies), None)
        if spot is None:
            return None
        with spot.shelf.open() as stream:
            stream.seek(spot.offset)
            record, _ = next(records(stream, spot.shelf))
            return read_record(record, spot)

    def _looks(self, look: Answered, page: Answered) -> Iterator[Found]:
        """Yield a look with the page it found, at the article it was a look at."""
        if look.status in HOPS and look.header("location"):
            self._note_hop(look)
            return
        url, hops = self._asked(look)
        key = _key(url)
        is_good = page.is_page and look.status in (None, 200, 203)
        if not is_good and not (look.status and (look.status >= 400 or look.status == 304)):
            yield Skipped(look.place, f"it is no page: {medium_of(page.header('content-type'))}", url)
            return
        is_new = is_good and not hops and not _is_no_article(url)
        if not self._wanted.keys and not is_new and key not in self._pages:
            yield Skipped(look.place, _ELSEWHERE if hops else _FRONT if is_good else _ERROR, url)
            return
        headers = look.headers if look.header("content-type") or not is_good else page.headers
        capture = _captured(replace(look, url=url, headers=headers, body=page.body, is_whole=page.is_whole), hops)
        if isinstance(capture, Snapshot) and capture.outcome is Outcome.OK:
            self._pages.add(key)
        yield capture

    def _note_hop(self, look: Answered) -> None:
        try:
            target = urls.resolve(look.url, look.header("location"))
        except BadURLError:
            return
        at, start, hops = self._hops.pop(look.url, (look.at, look.url, ()))
        if len(hops) < 10:  # what the fetcher follows by default
            self._hops[target] = (at, start, (*hops, Redirect(look.status or 302, target)))
        if len(self._hops) > _MOST_HOPS:
            self._hops.popitem(last=False)

    def _asked(self, look: Answered) -> tuple[str, tuple[Redirect, ...]]:
        """Return the URL that was asked for and the redirects from there, if the article is the one asked for."""
        at, start, hops = self._hops.pop(look.url, (look.at, look.url, ()))
        if not hops or abs(look.at - at) > _HOP_WITHIN:
            return look.url, ()
        if self._wanted.keys and self._wanted.has_url(start):
            return start, hops
        is_away = urls.is_gate(look.url) or urls.is_sent_away(start, look.url)
        return (start, hops) if is_away else (look.url, ())


def _captured(look: Answered, hops: tuple[Redirect, ...]) -> Found:
    origin = Origin(KIND, look.place)
    if look.status is None:
        kind = look.header("content-type") or "text/html"
        return file_capture(look.url, look.at, look.body, origin=origin, content_type=kind)
    return web_capture(
        look.url,
        look.at,
        b"" if look.status == 304 else look.body,
        origin=origin,
        status=look.status,
        headers=look.headers,
        redirects=hops,
        is_whole=look.is_whole,
    )


def _key(url: str) -> str:
    try:
        return urls.article_key(url)
    except BadURLError:
        return ""


def _is_no_article(url: str) -> bool:
    return urls.is_front_or_section(url) or url.partition("?")[0].endswith(("/robots.txt", "/sitemap.xml"))
