"""What web archives answer when asked which captures they have: CDX listings and TimeMaps (RFC 7089). Pure."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from revtrack.backfill.timing import read_time

PAGE = 5000
"""How many captures a CDX server is asked for at a time."""
_FIELDS = ("timestamp", "original", "mimetype", "statuscode", "digest")
_STAMP = re.compile(r"[0-9]{14}")
_LINK = re.compile(r'<([^<>]{1,9000})>((?:\s*;\s*[\w*-]{1,40}\s*=\s*(?:"[^"]{0,9000}"|[^\s";,<>]{1,200}))*)')
_ATTRIBUTE = re.compile(r';\s*([\w*-]{1,40})\s*=\s*(?:"([^"]{0,9000})"|([^\s";,<>]{1,200}))')


@dataclass(frozen=True, slots=True)
class Listed:
    """One capture that an archive says it has; `url` is where it is asked for, `original` what was captured."""

    url: str
    at: datetime
    original: str = ""
    status: int | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list of captures; `more` leads to the next, "" at the end."""

    captures: tuple[Listed, ...] = ()
    more: tuple[str, ...] = ()


def cdx_url(base: str, url: str, *, since: datetime | None, until: datetime | None, resume: str = "") -> str:
    """Return the request for one page of the captures of a URL, the same bytes in a row said once."""
    asked = {
        "url": url,
        "output": "json",
        "fl": ",".join(_FIELDS),
        "collapse": "digest",
        "limit": str(PAGE),
        "showResumeKey": "true",
        **({"from": f"{since.astimezone(UTC):%Y%m%d%H%M%S}"} if since else {}),
        **({"to": f"{until.astimezone(UTC):%Y%m%d%H%M%S}"} if until else {}),
        **({"resumeKey": resume} if resume else {}),
    }
    return f"{base.rstrip('/')}/cdx/search/cdx?{urlencode(asked)}"


def read_cdx(text: str, *, base: str) -> Listing:
    """Read one page of a CDX answer, in JSON or in lines. Raises ValueError for what is neither.

    The key that leads on stands last, after an empty row.
    """
    rows = _rows(text)
    names: list[str] = list(_FIELDS)
    if rows and "timestamp" in rows[0]:
        names = rows.pop(0)
    elif rows and len(rows[0]) > 1 and _STAMP.fullmatch(rows[0][1]):  # a server that knows no choice of fields
        names = ["urlkey", *_FIELDS]
    more = ""
    if len(rows) >= 2 and rows[-2] == [] and len(rows[-1]) == 1:
        more = rows[-1][0]
        rows = rows[:-2]
    found = tuple(listed for row in rows if row and (listed := _listed(dict(zip(names, row, strict=False)), base)))
    if any(row for row in rows) and not found:
        raise ValueError("the list of captures is in no form that is known")
    return Listing(found, (more,) if more else ())


def _rows(text: str) -> list[list[str]]:
    if not text.lstrip().startswith("["):
        return [line.split(" ") if line.strip() else [] for line in text.strip().splitlines()]
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("the list of captures breaks off") from None
    if not isinstance(tree, list) or not all(isinstance(row, list) for row in tree):
        raise ValueError("the list of captures is in no form that is known")
    return [[str(cell) for cell in row] for row in tree]


def _listed(row: dict[str, str], base: str) -> Listed | None:
    stamp, original = row.get("timestamp", ""), row.get("original", "")
    at = read_time(stamp) if _STAMP.fullmatch(stamp) else None
    if at is None or "://" not in original:
        return None
    status = row.get("statuscode", "")
    url = f"{base.rstrip('/')}/web/{stamp}id_/{original}"
    return Listed(url, at, original, int(status) if re.fullmatch(r"\d{3}", status) else None, row.get("digest", ""))


def read_timemap(text: str) -> Listing:
    """Read a TimeMap in link format (RFC 7089, 5; RFC 6690). Raises ValueError where there is no link in it."""
    captures, more, found, original = [], [], False, ""
    for url, relations, attributes in _links(text):
        found = True
        if "original" in relations:
            original = url
        if "memento" in relations and (at := http_date(attributes.get("datetime", ""))):
            captures.append(Listed(url, at))
        elif "timemap" in relations and "self" not in relations:
            more.append(url)
    if not found:
        raise ValueError("the TimeMap is in no form that is known: link format is read")
    dated = sorted((Listed(one.url, one.at, original) for one in captures), key=lambda one: one.at)
    return Listing(tuple(dated), tuple(more))


def _links(text: str) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    for link in _LINK.finditer(text):
        pairs = {name.lower(): quoted or bare for name, quoted, bare in _ATTRIBUTE.findall(link[2])}
        yield link[1].strip(), pairs.get("rel", "").lower().split(), pairs


def http_date(text: str) -> datetime | None:
    """Read the time of a header; None where it is none, or none at which a page can have been captured."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return read_time(moment.replace(tzinfo=UTC).isoformat() if moment.tzinfo is None else moment.isoformat())


def raw_url(url: str) -> str:
    """Return where a capture is had as it was captured, without what the archive puts into pages.

    Wayback, OpenWayback and pywb do so for `id_` after the time; of other archives the URL stays as it is.
    """
    return re.sub(r"(/\d{14})(?:[a-z]{2}_)?/(?=https?:)", r"\1id_/", url, count=1)


def original_of(url: str) -> str:
    """Return what was captured, from where a Wayback keeps it; "" where the URL does not say."""
    found = re.search(r"/\d{14}(?:[a-z]{2}_)?/(https?:/{1,2}.+)", url)
    return re.sub(r"^(https?):/(?!/)", r"\1://", found[1]) if found else ""


def stamp_of(url: str) -> datetime | None:
    """Return the time in the URL of a capture, None where it has none."""
    found = re.search(r"/(\d{14})(?:[a-z]{2}_)?/", url)
    return read_time(found[1]) if found else None
