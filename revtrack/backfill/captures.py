"""One look that somebody else made, as a snapshot of ours. Pure: knows no store, no file and no network.

Nothing that is brought in is trusted: bodies are page text, names and times are what their holder says they are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from revtrack.errors import BadURLError
from revtrack.fetching.outcomes import read_outcome
from revtrack.model import Origin, Outcome, Redirect, Snapshot
from revtrack.urls import article_key, canonical, well_formed

LARGEST = 16 << 20
"""The most bytes that one captured page may have, packed or not."""
_LONGEST_PLACE = 500  # characters


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was found and is not brought in: where it was, and why, in words.

    `value` is what was wrong there (a time, a URL, a file's name), "" where the reason says it all. Things are counted
    by `why`: nothing that a stranger wrote stands in it.
    """

    place: str
    why: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was taken in a way that its owner should know of: where it was, and how, in words."""

    place: str
    what: str
    value: str = ""


Found = Snapshot | Skipped | Remark
"""What an importer yields: a look to bring in, what it left out, or what is to be known of a look that comes next."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which looks are asked for: those at some articles (none named: at any), `since` a time and before `until`."""

    keys: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def of(cls, urls: Iterable[str], *, since: datetime | None = None, until: datetime | None = None) -> "Wanted":
        """Return what is wanted of articles named by any of their addresses. Raises BadURLError."""
        return cls(frozenset(map(article_key, urls)), since, until)

    def has_url(self, url: str) -> bool:
        """Say whether looks at a URL are asked for; what is no URL is not."""
        try:
            return not self.keys or article_key(url) in self.keys
        except BadURLError:
            return False

    def has_time(self, at: datetime) -> bool:
        """Say whether looks of that time are asked for."""
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)


def text_capture(url: str, at: datetime, text: str, *, origin: Origin, headline: str = "") -> Found:
    """Return a look of which only the text was kept; it is compared by its text."""
    whole = f"{headline.strip()}\n\n{text}" if headline.strip() else text
    return file_capture(url, at, whole.encode("utf-8", "replace"), origin=origin, content_type=PLAIN)


PLAIN = "text/plain; charset=utf-8"
HTML = "text/html"


def file_capture(url: str, at: datetime, body: bytes, *, origin: Origin, content_type: str = HTML) -> Found:
    """Return a look of which the page was kept and no answer of a server."""
    refused = _refused(url, body, origin)
    if refused:
        return refused
    return Snapshot(
        canonical(url),
        at.replace(microsecond=0),
        Outcome.OK,
        final_url=canonical(url),
        headers=(("Content-Type", content_type),),
        body=body,
        body_sha256=sha256(body).hexdigest(),
        origin=origin,
    )


def web_capture(
    url: str,
    at: datetime,
    body: bytes,
    *,
    origin: Origin,
    status: int,
    headers: tuple[tuple[str, str], ...] = (),
    redirects: tuple[Redirect, ...] = (),
    is_whole: bool = True,
    request_headers: tuple[tuple[str, str], ...] = (),
) -> Found:
    """Return a look whose answer was kept, its outcome read from that as it is after a fetch of our own.

    `redirects` are those that led to the answer; `is_whole` is False where its body is known to be cut.
    """
    refused = _refused(url, body, origin)
    if refused:
        return refused
    address = canonical(url)
    final = redirects[-1].url if redirects else address
    snapshot = Snapshot(
        address,
        at.replace(microsecond=0),
        Outcome.FAILED,
        status=status,
        final_url=final,
        redirects=redirects,
        request_headers=request_headers,
        headers=headers,
        body=body or None,
        body_sha256=sha256(body).hexdigest() if body else "",
        origin=origin,
    )
    reading = read_outcome(
        status,
        asked=well_formed(url),
        got=final if redirects else well_formed(url),
        content_type=snapshot.header("content-type"),
        content_encoding=snapshot.header("content-encoding"),
        body=body,
        is_framed=True,
        is_conditional=True,
        limit=LARGEST,
    )
    outcome, reason = reading.outcome, reading.reason
    if not is_whole and outcome is Outcome.OK:
        outcome, reason = Outcome.FAILED, "the page was cut when it was captured"
    return replace(snapshot, outcome=outcome, reason=reason)


def _refused(url: str, body: bytes, origin: Origin) -> Skipped | None:
    """Return why a look cannot be brought in, None if it can."""
    if len(body) > LARGEST:
        return Skipped(origin.place, f"it is larger than {LARGEST >> 20} MiB", url)
    try:
        canonical(url)
    except BadURLError as error:
        return Skipped(origin.place, f"its URL is none that can be tracked: {error.why}", url)
    return None


def without_future(found: Iterable[Found], now: datetime) -> Iterator[Found]:
    """Yield what was found, but no look that is dated later than now: its time is wrong, and so would its place be."""
    for one in found:
        if isinstance(one, Snapshot) and one.fetched_at > now + _AHEAD:
            place = one.origin.place if one.origin else ""
            yield Skipped(place, "it is dated in the future", one.fetched_at.isoformat())
        else:
            yield one


_AHEAD = timedelta(minutes=10)  # clocks differ


def place_of(*parts: str | bytes) -> str:
    """Return where something was found as printable text of bounded length; parts are joined by a blank."""
    texts = [part.decode("utf-8", "backslashreplace") if isinstance(part, bytes) else part for part in parts]
    return " ".join(texts).encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")[:_LONGEST_PLACE]
