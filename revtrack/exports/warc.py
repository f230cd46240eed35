"""Looks as WARC 1.1 records (ISO 28500): what was asked, what came, and what is known beside it. Opens nothing.

Bodies are written as they were received, content codings and all. Of the headers two kinds are renamed, because they
would not be true of what is written: `Transfer-Encoding`, which was undone on receipt, and a `Content-Length` that is
not the length of the body. They stay readable as `X-Archive-Orig-…`. Written here and not by warcio, which spells
headers that are no ASCII anew and counts digests in SHA-1.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from http import HTTPStatus
from uuid import NAMESPACE_URL, uuid5

from revtrack import __version__
from revtrack.forms import iso, publish
from revtrack.model import Outcome, Snapshot
from revtrack.urls import split

SOFTWARE = f"revtrack/{__version__}"
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
_SAME, _UNCHANGED = f"{_PROFILE}identical-payload-digest", f"{_PROFILE}server-not-modified"
_CUT = (
    ("is larger than", "length"),
    ("too slowly", "time"),
    ("fell silent", "time"),
    ("had not come after", "time"),
    ("broke off", "disconnect"),
    ("is not valid HTTP", "unspecified"),
)
"""What the reason of a failed look says, and how WARC marks a body that is not whole for that reason."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its fields in order, and its block. `look` is the id of the snapshot that it is of, None: of none."""

    kind: str
    fields: tuple[tuple[str, str], ...]
    block: bytes
    look: int | None = None

    def field(self, name: str) -> str:
        """Return the value of a field, "" where it has none of that name."""
        return dict(self.fields).get(name, "")

    @property
    def text(self) -> bytes:
        """The record as it stands in a file that is not packed."""
        head = "".join(f"{name}: {value}\r\n" for name, value in self.fields)
        return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + self.block + b"\r\n\r\n"

    def packed(self) -> bytes:
        """Return the record as one member of a gzip file."""
        packing = zlib.compressobj(9, zlib.DEFLATED, 31)  # no name and no time in its header: the same bytes each time
        return packing.compress(self.text) + packing.flush()


def warcinfo(archive: str, *, created: str, filename: str) -> Record:
    """Return the record that opens a file: who wrote it, from which archive, at what time."""
    lines = {
        "software": SOFTWARE,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": f"looks recorded in the archive {archive}; phrases of status lines are the standard ones",
    }
    block = "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode()
    fields = [("WARC-Filename", filename), ("Content-Type", "application/warc-fields")]
    return _record("warcinfo", (archive, filename, created), created, fields, block)


def records_of(archive: str, snapshots: Iterable[Snapshot]) -> Iterator[Record]:
    """Yield the records of an article's looks, in their order; `archive` names where they are from.

    A body that came before is not written again: a `revisit` record points to where it is, as it does for an answer
    304. What was asked is written where it is known: no `request` is made up for a look that was brought in without it.
    Record ids follow from the archive's name and the look's id: the same look has the same ones in every file.
    """
    known: dict[str, Record] = {}
    last: Record | None = None
    for snapshot in snapshots:
        answer = _answer(archive, snapshot, known.get(snapshot.body_sha256), last)
        if answer:
            yield answer
            if answer.kind != "resource" and snapshot.request_headers:  # of what was brought in, none may be known
                yield _request(archive, snapshot, answer)
            if answer.kind == "response" and snapshot.body:
                known.setdefault(snapshot.body_sha256, answer)
            if snapshot.outcome is Outcome.OK and snapshot.body_sha256 in known:
                last = known[snapshot.body_sha256]
        yield _metadata(archive, snapshot, answer)


def truncation(snapshot: Snapshot) -> str:
    """Return WARC's word for why a body is not whole, "" for one that is, or where none came."""
    is_page = snapshot.status is not None and snapshot.status // 100 == 2  # else the trouble came a redirect later
    if snapshot.outcome is not Outcome.FAILED or not is_page:
        return ""
    return next((mark for words, mark in _CUT if words in snapshot.reason), "")


def _answer(archive: str, snapshot: Snapshot, same: Record | None, last: Record | None) -> Record | None:
    """Return the record of what came, None where nothing did or its body is not there any more."""
    if snapshot.body_sha256 and snapshot.body is None:
        return None
    if snapshot.status is None:
        return _resource(archive, snapshot, snapshot.body) if snapshot.body else None
    kind, body = "response", snapshot.body or b""
    extra: tuple[tuple[str, str], ...] = ()
    if same and snapshot.body:
        kind, extra, body = "revisit", _refers_to(_SAME, same), b""
    elif snapshot.status == HTTPStatus.NOT_MODIFIED and last:
        kind, extra = "revisit", _refers_to(_UNCHANGED, last)
    digest = last.field("WARC-Payload-Digest") if last and kind == "revisit" and not snapshot.body else ""
    fields = [
        ("WARC-Target-URI", _uri(snapshot)),
        *((("WARC-IP-Address", snapshot.peer.rpartition(":")[0].strip("[]")),) if snapshot.peer else ()),
        *extra,
        ("WARC-Payload-Digest", digest or _digest(snapshot.body or b"")),
        *((("WARC-Truncated", mark),) if (mark := truncation(snapshot)) else ()),
        ("Content-Type", "application/http; msgtype=response"),
    ]
    block = _status_line(snapshot.status) + _header_lines(_framed(snapshot)) + b"\r\n" + body
    return _of_look(kind, archive, snapshot, fields, block)


def _resource(archive: str, snapshot: Snapshot, body: bytes) -> Record:
    """Return the record of a page that was brought in without the answer that it came by."""
    fields = [
        ("WARC-Target-URI", _uri(snapshot)),
        ("WARC-Payload-Digest", _digest(body)),
        ("Content-Type", snapshot.header("content-type") or "text/html"),
    ]
    return _of_look("resource", archive, snapshot, fields, body)


def _request(archive: str, snapshot: Snapshot, answer: Record) -> Record:
    block = f"GET {split(_uri(snapshot)).target} HTTP/1.1\r\n".encode()
    block += _header_lines(snapshot.request_headers) + b"\r\n"
    fields = [
        ("WARC-Target-URI", _uri(snapshot)),
        ("WARC-Concurrent-To", answer.field("WARC-Record-ID")),
        ("Content-Type", "application/http; msgtype=request"),
    ]
    return _of_look("request", archive, snapshot, fields, block)


def _metadata(archive: str, snapshot: Snapshot, answer: Record | None) -> Record:
    """Return what else is known of a look: outcome and reason, redirects, connection, headers as they were received."""
    concurrent = [("WARC-Concurrent-To", answer.field("WARC-Record-ID"))] if answer else []
    fields = [("WARC-Target-URI", _uri(snapshot)), *concurrent, ("Content-Type", "application/json")]
    return _of_look("metadata", archive, snapshot, fields, publish(snapshot).encode())


def _of_look(kind: str, archive: str, snapshot: Snapshot, fields: list[tuple[str, str]], block: bytes) -> Record:
    names = (archive, str(snapshot.id), kind)
    record = _record(kind, names, iso(snapshot.fetched_at), [*fields, ("Revtrack-Look", str(snapshot.id))], block)
    return replace(record, look=snapshot.id)


def _record(kind: str, names: tuple[str, ...], at: str, fields: list[tuple[str, str]], block: bytes) -> Record:
    """Return a record whose id follows from what names it."""
    name = f"<urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(names))}>"
    own = [("WARC-Type", kind), ("WARC-Record-ID", name), ("WARC-Date", at)]
    end = [("WARC-Block-Digest", _digest(block)), ("Content-Length", str(len(block)))]
    return Record(kind, tuple((key, _line(value)) for key, value in [*own, *fields, *end]), block)


def _refers_to(profile: str, record: Record) -> tuple[tuple[str, str], ...]:
    return (
        ("WARC-Profile", profile),
        ("WARC-Refers-To", record.field("WARC-Record-ID")),
        ("WARC-Refers-To-Target-URI", record.field("WARC-Target-URI")),
        ("WARC-Refers-To-Date", record.field("WARC-Date")),
    )


def _framed(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield the headers of an answer, those renamed that do not fit the body as it is kept."""
    is_whole = str(len(snapshot.body or b"")) == snapshot.header("content-length").strip()
    untrue = {"transfer-encoding"} | ({"content-length"} if snapshot.body and not is_whole else set())
    for name, value in snapshot.headers:
        yield (f"X-Archive-Orig-{name}" if name.lower() in untrue else name), value


def _status_line(status: int) -> bytes:
    phrase = HTTPStatus(status).phrase if status in list(HTTPStatus) else ""
    return f"HTTP/1.1 {status} {phrase}\r\n".encode()


def _header_lines(headers: Iterable[tuple[str, str]]) -> bytes:
    return b"".join(_as_received(name) + b": " + _as_received(value) + b"\r\n" for name, value in headers)


def _as_received(text: str) -> bytes:
    """Return the bytes of a header; those of our own looks are Latin-1 to the byte, what was brought in may not be."""
    text = _line(text)
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode()


def _line(text: str) -> str:
    """Return a text that cannot begin a line of its own."""
    return text.replace("\r", " ").replace("\n", " ")


def _uri(snapshot: Snapshot) -> str:
    return snapshot.final_url or snapshot.url


def _digest(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"
