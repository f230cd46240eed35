"""Looks out of the databases of urlwatch and webchanges: pages as their filters left them, in SQLite. Knows no store.

Neither keeps URLs, only the SHA-1 of each job's: the URLs come from its list of jobs, or from whoever knows them.
Formats: urlwatch 2.29, table CacheEntry (guid, timestamp, data, tries), as minidb writes it; webchanges 3.37, table
webchanges (uuid, timestamp, msgpack_data: a map of data d, tries t, etag e, media type m and errors). A look with tries
is one that failed, and holds the data of the one before.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha1
from pathlib import Path

from revtrack.backfill.captures import HTML, LARGEST, Found, Skipped, Wanted, file_capture, place_of, text_capture
from revtrack.backfill.foreign import as_text, open_foreign
from revtrack.backfill.packed import unpack
from revtrack.backfill.timing import from_epoch
from revtrack.errors import UnreadableError
from revtrack.model import Origin

_JOB = re.compile(
    r"^[ \t]*(?:-[ \t]+)?(?:url|navigate|use_browser_url)[ \t]*:[ \t]*[\"']?(https?://\S{1,8000}?)[\"']?[ \t]*$",
    re.MULTILINE,
)
_MARKUP = re.compile(r"<(?:html|body|article|div|p|h1)\b", re.IGNORECASE)


def urlwatch_captures(file: Path, *, addresses: Iterable[str], wanted: Wanted | None = None) -> Iterator[Found]:
    """Yield what urlwatch kept of the jobs at these URLs, oldest first. Raises UnreadableError."""
    with open_foreign(file) as database:
        database.require("CacheEntry", "guid", "timestamp", "data", tracker="urlwatch")
        tries = "tries" if database.has("CacheEntry", "tries") else "0"
        query = f"SELECT guid, timestamp, data, {tries} AS tries FROM CacheEntry ORDER BY timestamp, id"  # noqa: S608 - constants
        looks = (
            (as_text(row["guid"]), _time(row["timestamp"]), as_text(row["data"]), row["tries"], "")
            for row in database.rows(query)
        )
        yield from _captures("urlwatch", file, looks, addresses, wanted or Wanted())


def webchanges_captures(file: Path, *, addresses: Iterable[str], wanted: Wanted | None = None) -> Iterator[Found]:
    """Yield what webchanges kept of the jobs at these URLs, oldest first. Raises UnreadableError."""
    with open_foreign(file) as database:
        if database.has("CacheEntry", "guid", "timestamp", "data"):  # as its releases before 3.2 wrote it
            why = "it is in the format of urlwatch: 'revtrack backfill urlwatch' reads it"
            raise UnreadableError(str(file), why)
        database.require("webchanges", "uuid", "timestamp", "msgpack_data", tracker="webchanges")
        query = "SELECT uuid, timestamp, msgpack_data FROM webchanges ORDER BY timestamp"
        looks = ((as_text(row[0]), _time(row[1]), *_unpacked(row[2])) for row in database.rows(query))
        yield from _captures("webchanges", file, looks, addresses, wanted or Wanted())


def job_addresses(text: str) -> list[str]:
    """Return the URLs in a list of jobs, which is YAML with one job a document; nothing else of it is read."""
    return _JOB.findall(text)


_Look = tuple[str, datetime | None, str, object, str]
"""The job's hash, the time, what was kept, how often it had failed, and the media type ("" where none is kept)."""


def _captures(
    kind: str, file: Path, looks: Iterable[_Look], addresses: Iterable[str], wanted: Wanted
) -> Iterator[Found]:
    names = {sha1(url.encode(), usedforsecurity=False).hexdigest(): url for url in addresses}
    for guid, at, content, tries, media in looks:
        if tries:
            continue
        place = place_of(file.name, guid[:12], f"{at:%Y%m%d%H%M%S}" if at else "")
        url = names.get(guid, "")
        if at is None or not url or not content.strip():
            why = "nothing is kept of it" if url and at else "its time cannot be read" if url else _NAMELESS
            yield Skipped(place, why)
        elif wanted.has_url(url) and wanted.has_time(at):
            yield _capture(url, at, content, media, Origin(kind, place))


_NAMELESS = "only the hash of its URL is kept: --jobs FILE (the list of jobs) or --url URL says which it is"


def _capture(url: str, at: datetime, content: str, media: str, origin: Origin) -> Found:
    if media.startswith("text/html") or (not media and _MARKUP.search(content[:LARGEST])):
        body = content.encode("utf-8", "replace")
        return file_capture(url, at, body, origin=origin, content_type=f"{HTML}; charset=utf-8")
    return text_capture(url, at, content, origin=origin)


def _time(value: object) -> datetime | None:
    return from_epoch(float(value)) if isinstance(value, int | float) else None


def _unpacked(value: object) -> tuple[str, object, str]:
    try:
        fields = unpack(value) if isinstance(value, bytes) else {}
    except ValueError:
        return "", None, ""
    return as_text(fields.get("d")), fields.get("t"), as_text(fields.get("m"))
