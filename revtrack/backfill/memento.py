"""Looks out of web archives on the net: the Wayback Machine by its CDX server, others by TimeMaps (RFC 7089).

Every request goes through `fetching`, so that guard, limits and politeness hold. Pages are asked for as they were
captured (`id_`), and are believed to be of the time that the answer states, not of the one that was asked for.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from revtrack.backfill.asking import Service
from revtrack.backfill.captures import LARGEST, Found, Skipped, Wanted, place_of, web_capture
from revtrack.backfill.listings import (
    Listed,
    Listing,
    cdx_url,
    http_date,
    original_of,
    raw_url,
    read_cdx,
    read_timemap,
    stamp_of,
)
from revtrack.errors import BadURLError, FetchError
from revtrack.fetching import DecodingError, decode_body
from revtrack.model import Origin, Outcome, Redirect, Snapshot
from revtrack.urls import article_key, canonical, host_of, well_formed

WAYBACK: Final = "https://web.archive.org"
_MOST_PAGES = 200
"""Of a list: what leads on for longer leads in a circle, or names more captures than an article has."""
_GZIP = b"\x1f\x8b"
_USABLE = re.compile(
    r"the server sent .+, which is no page to read|the page is empty|the server sent bytes that are no text"
)
_ORIGINAL = "x-archive-orig-"
_OF_THE_WAY = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "memento-datetime", "link"}
)

Known = Callable[[str], bool]
"""Says whether the capture at a place was brought in before, so that it need not be asked for again."""


def _unknown(_place: str) -> bool:
    return False


def wayback_captures(
    url: str,
    *,
    service: Service,
    base: str = WAYBACK,
    wanted: Wanted | None = None,
    known: Known = _unknown,
    only_listed: bool = False,
) -> Iterator[Found]:
    """Yield the captures of a URL that a Wayback Machine has, oldest first, one of those with the same bytes in a row.

    With `only_listed` no capture is asked for: each is told as its list tells it, without a body. Raises FetchError
    where the list cannot be had, or where the service asks for a long rest.
    """
    wanted = wanted or Wanted()

    def page(resume: str) -> Listing:
        request = cdx_url(base, url, since=wanted.since, until=wanted.until, resume=resume)
        return read_cdx(_text(service.ask(request, is_list=True), request), base=base)

    for listed in _all_pages(page, ""):
        if wanted.has_time(listed.at) and not known(_place(listed)):
            yield from (
                _told(url, listed, "wayback") if only_listed else _captured(url, listed, "wayback", service, wanted)
            )


def memento_captures(
    url: str,
    *,
    service: Service,
    timemap: str,
    wanted: Wanted | None = None,
    known: Known = _unknown,
    only_listed: bool = False,
) -> Iterator[Found]:
    """Yield the captures of a URL that a Memento archive has, oldest first; `timemap` is its TimeMap's URL.

    `only_listed` and errors are as those of `wayback_captures`.
    """
    wanted = wanted or Wanted()

    def page(address: str) -> Listing:
        return read_timemap(_text(service.ask(address, is_list=True), address))

    for listed in _all_pages(page, timemap):
        if wanted.has_time(listed.at) and not known(_place(listed)):
            yield from (
                _told(url, listed, "memento") if only_listed else _captured(url, listed, "memento", service, wanted)
            )


def _place(listed: Listed) -> str:
    return place_of(raw_url(listed.url))


def _told(url: str, listed: Listed, kind: str) -> Iterator[Found]:
    origin = Origin(kind, _place(listed))
    yield Snapshot(canonical(url), listed.at, Outcome.OK, status=listed.status, origin=origin)


def _all_pages(page: Callable[[str], Listing], first: str) -> Iterator[Listed]:
    waiting = [first]
    asked: set[str] = set()
    seen: set[str] = set()
    while waiting and len(asked) < _MOST_PAGES:
        address = waiting.pop(0)
        if address in asked:
            continue
        asked.add(address)
        try:
            listing = page(address)
        except ValueError as error:
            raise FetchError(address or "the list of captures", str(error)) from error
        for listed in listing.captures:
            if listed.url not in seen:
                seen.add(listed.url)
                yield listed
        waiting.extend(listing.more)


def _text(answer: Snapshot, url: str) -> str:
    """Return the text of a list. Raises FetchError where none came; an empty one is a list of nothing."""
    if answer.status != 200 or (answer.decoded is None and not _USABLE.fullmatch(answer.reason)):
        raise FetchError(url, answer.reason or "no answer came", status=answer.status)
    return (answer.decoded or _decoded(answer) or b"").decode("utf-8", "replace")


def _captured(url: str, listed: Listed, kind: str, service: Service, wanted: Wanted) -> Iterator[Found]:
    place = _place(listed)
    try:
        asked = well_formed(raw_url(listed.url))
    except BadURLError as error:
        yield Skipped(place, f"its URL is none that can be asked for: {error.why}")
        return
    answer = service.ask(asked)
    why, at = _judge(answer, asked, listed)
    if not why and at and not wanted.has_time(at):
        why = "its capture is of another time than was asked for"
    body = b"" if why else _decoded(answer)
    if body is None:
        why = "its content codings cannot be undone"
    if why or at is None:
        yield Skipped(place, why)
        return
    yield web_capture(
        url,
        at,
        body or b"",
        origin=Origin(kind, place),
        status=answer.status or 200,
        headers=_original_headers(answer),
        redirects=_hops(url, answer),
    )


def _judge(answer: Snapshot, asked: str, listed: Listed) -> tuple[str, datetime | None]:
    """Return why an answer is no capture of what was listed, "" if it is one, and the time it is of."""
    if answer.status is None or answer.status // 100 == 3:  # a redirect that could not be followed
        return answer.reason or "no answer came", None
    said = http_date(answer.header("memento-datetime"))
    is_there = host_of(answer.final_url or asked) == host_of(asked)
    if not said and answer.status >= 400:
        return f"the archive has it listed, and answers {answer.status}", None
    if not is_there and not said:
        return f"the archive sent us to {host_of(answer.final_url)}, which is no archive", None
    stated = said or stamp_of(answer.final_url)
    if not stated and answer.redirects:
        return "the archive sent us to a page that says no time", None
    if answer.reason.startswith("the page broke off"):
        return answer.reason, None
    return "", stated or listed.at


def _hops(url: str, answer: Snapshot) -> tuple[Redirect, ...]:
    """Return the redirect that was captured, if one was: what the archive does itself is none of the article's."""
    original = original_of(answer.final_url)
    try:
        is_same = not original or article_key(original) == article_key(url)
        return () if is_same else (Redirect(302, well_formed(original)),)
    except BadURLError:
        return ()


def _original_headers(answer: Snapshot) -> tuple[tuple[str, str], ...]:
    """Return the headers of the page when it was captured, as far as the archive tells them, codings left out."""
    kept = [(name[len(_ORIGINAL) :], value) for name, value in answer.headers if name.lower().startswith(_ORIGINAL)]
    if not any(name.lower() == "content-type" for name, _ in kept):
        kept.append(("content-type", answer.header("content-type")))
    return tuple((name, value) for name, value in kept if value and name.lower() not in _OF_THE_WAY)


def _decoded(answer: Snapshot) -> bytes | None:
    """Return a body with all its codings undone, those of the way and those it was captured with; None if damaged."""
    body = answer.body or b""
    try:
        body = decode_body(body, answer.header("content-encoding"), limit=LARGEST)
        for _ in range(2):
            if body.startswith(_GZIP):
                body = decode_body(body, "gzip", limit=LARGEST)
    except DecodingError:
        return None
    return body
