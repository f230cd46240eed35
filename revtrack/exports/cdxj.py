"""The index of a WARC file as replay tools read it: one line a record, sorted by address and time (CDXJ). Pure.

Addresses are turned round (SURT: "org,example)/story") and made alike, as the crawlers' canonicalisation does: without
"www.", the default port, session numbers and the order and case of parameters.
"""

import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote_to_bytes, urlsplit

from revtrack.exports.warc import Record

_WWW = re.compile(r"^www\d*\.")
_SESSION = re.compile(
    r"(?i)(?:(?<=&)|^)(?:jsessionid=[0-9a-z]{32}|phpsessid=[0-9a-z]{32}|sid=[0-9a-z]{32}"
    r"|aspsessionid[a-z]{8}=[a-z]{24}|cfid=[^&]+&cftoken=[^&]+)(?:&|$)"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"  # what the rules for addresses leave as it is


def line_of(record: Record, *, offset: int, length: int, filename: str) -> str | None:
    """Return the line of a record, None for one that is not replayed: an answer 304 shows what came before it."""
    if record.kind not in {"response", "revisit", "resource"} or record.block.startswith(b"HTTP/1.1 304 "):
        return None
    url, at = record.field("WARC-Target-URI"), re.sub(r"\D", "", record.field("WARC-Date"))
    mime, status = _described(record)
    fields = {
        "url": url,
        "mime": mime,
        "status": status,
        "digest": record.field("WARC-Payload-Digest"),
        "length": str(length),
        "offset": str(offset),
        "filename": filename,
    }
    return f"{surt(url)} {at} {json.dumps(fields)}\n"


def ordered(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of an index in the order of their bytes."""
    yield from sorted(lines, key=str.encode)


def surt(url: str) -> str:
    """Return the key of an address.

    >>> surt("https://www.Example.org/Story?b=2&a=1")
    'org,example)/story?a=1&b=2'
    """
    parts = urlsplit(url)
    host = _WWW.sub("", (parts.hostname or "").lower())
    port = f":{parts.port}" if parts.port not in (None, _DEFAULT_PORTS.get(parts.scheme)) else ""
    turned = ",".join(reversed(host.split(".")))  # an IPv4 address too, as the crawlers do it
    path = re.sub("/+", "/", _plain(parts.path).lower()).rstrip("/") or "/"
    query = _SESSION.sub("", _plain(parts.query).lower())
    query = "&".join(sorted(query.split("&")))
    return f"{turned}{port}){path}" + (f"?{query}" if query else "")


def _plain(text: str) -> str:
    """Return a part of an address with its escapes undone as far as they need not be."""
    found = text.encode()
    for _ in range(10):  # escapes of escapes
        undone = unquote_to_bytes(found)
        if undone == found:
            break
        found = undone
    return quote(found, safe=_SAFE)


def _described(record: Record) -> tuple[str, str]:
    """Return the kind of content and the status that stand in the index for a record."""
    if record.kind == "resource":
        return record.field("Content-Type").partition(";")[0].strip(), "200"
    head, _, _ = record.block.partition(b"\r\n\r\n")
    found = re.search(rb"(?im)^content-type:[ \t]*([^\s;]+)", head)
    mime = found[1].decode("ascii", "replace") if found else "unk"
    return "warc/revisit" if record.kind == "revisit" else mime, head.split(b" ", 2)[1].decode("ascii", "replace")
