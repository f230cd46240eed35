"""The records of web archive files, one by one: WARC, ARC and WACZ, packed or not. Streams; knows no articles.

Records are found again by file and place, so that no body need be kept for those that repeat it.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from revtrack.backfill.captures import LARGEST, place_of
from revtrack.backfill.timing import read_time
from revtrack.errors import BadURLError, ConfigError, UnreadableError
from revtrack.urls import canonical

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

HOPS = frozenset({301, 302, 303, 307, 308})
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    AttributeError,
    TypeError,
    LookupError,
    OverflowError,
    RuntimeError,
)
"""What is raised for damage: warcio takes the fields of a record to be there, zipfile no member to be encrypted.

Their words are for programmers, and are not told.
"""
_LONGEST_HEAD = 1 << 20  # bytes of all lines of a record and of the answer in it
_ENDINGS = (".warc", ".warc.gz", ".arc", ".arc.gz", ".wacz")
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


@dataclass(frozen=True, slots=True)
class Shelf:
    """One file of records: its name, and how it is opened anew, at any place."""

    name: str
    open: Callable[[], IO[bytes]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record begins."""

    shelf: Shelf
    offset: int


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer as its record tells it; `status` is None for a page without an answer."""

    url: str
    at: datetime
    place: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    is_whole: bool = True

    def header(self, name: str) -> str:
        """Return the value of a header, "" without one; `name` in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def is_page(self) -> bool:
        """Whether it was sent as text to be read, or begins like a page where nothing says what it is."""
        kind = self.header("content-type").partition(";")[0].strip().lower()
        return kind in _PAGES or (not kind and self.body[:1000].lstrip()[:1] == b"<")


def medium_of(content_type: str) -> str:
    """Return of what kind something is that is no page, by its type: one of few words, whatever a server says."""
    major, _, minor = content_type.partition(";")[0].strip().lower().partition("/")
    known = {"pdf": "PDF", "css": "style sheet", "javascript": "script", "json": "JSON", "xml": "XML"}
    ends = minor.rpartition("+")[2].removeprefix("x-")
    plain = {"image": "picture", "video": "video", "audio": "sound", "font": "font"}
    return plain.get(major) or known.get(ends) or "file of another kind"


def require_warcio() -> None:
    """Raise ConfigError where the library that reads records is not installed."""
    try:
        import warcio  # noqa: F401, PLC0415 - an extra
    except ImportError:
        raise ConfigError("reading web archive files needs warcio: pip install 'revtrack[warc]'") from None


def shelves(files: Iterable[Path], opened: ExitStack) -> Iterator[Shelf]:
    """Yield the files of records among those given, in folders and in WACZ files. Raises UnreadableError."""
    for given in files:
        found = sorted(p for p in given.rglob("*") if p.name.endswith(_ENDINGS)) if given.is_dir() else [given]
        if not found:
            raise UnreadableError(str(given), f"there is no file in it that ends with {', '.join(_ENDINGS)}")
        for file in found:
            if not file.is_file():
                raise UnreadableError(str(file), "there is no such file")
            if file.suffix == ".wacz":
                yield from _members(file, opened)
            else:
                yield Shelf(file.name, _opener(file.name, cast("Callable[[], IO[bytes]]", partial(file.open, "rb"))))


def _opener(name: str, opened: Callable[[], IO[bytes]]) -> Callable[[], IO[bytes]]:
    def opener() -> IO[bytes]:
        with _told(name):
            return opened()

    return opener


def _members(file: Path, opened: ExitStack) -> Iterator[Shelf]:
    """Yield the record files within a WACZ; they are read where they lie, nothing is unpacked to disk."""
    try:
        packed = opened.enter_context(zipfile.ZipFile(file))
    except _BROKEN as error:
        raise UnreadableError(str(file), "it is no WACZ file, which is a ZIP") from error
    for member in packed.infolist():
        if member.filename.endswith(_ENDINGS[:-1]):
            name = f"{file.name} {member.filename}"
            yield Shelf(name, _opener(name, partial(packed.open, member)))


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnreadableError(name, error.strerror or "it is damaged") from error
    except _BROKEN as error:
        raise UnreadableError(name, "it is damaged, or packed in a way that is not read") from error


def records(stream: IO[bytes], shelf: Shelf) -> Iterator[tuple["ArcWarcRecord", Spot]]:
    """Yield every record of a stream with where it begins; nothing of an empty one.

    Raises UnreadableError where it is none, breaks off or is damaged, with how many records came before that.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - an extra

    with _told(shelf.name):
        reading = ArchiveIterator(stream, check_digests=True, arc2warc=True)
    reading.close = lambda: None  # it forgets whether the last part of a packed file was whole
    reading.reader.readline = lines = _Lines(reading.reader.readline, shelf.name)
    last, number, spot = None, 0, Spot(shelf, 0)
    while (record := _next(reading, number, spot)) is not None:
        last, number, spot = record, number + 1, Spot(shelf, reading.offset)
        yield record, spot  # get_record_offset() would read over the record
        lines.begin()
    is_short = last is not None and _is_short(last)
    if is_short or lines.has_text or _is_open(reading):
        where = f"{'within' if is_short else 'after'} record {number:,}, at byte {stream.tell():,}"
        raise UnreadableError(shelf.name, f"it breaks off {where}; what came before is in")


def _next(reading: Any, number: int, spot: Spot) -> "ArcWarcRecord | None":  # noqa: ANN401 - of warcio
    """Return the record after that of a number, None after the last. Raises UnreadableError for damage."""
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415 - an extra

    complaints = io.StringIO()  # warcio tells damage to a terminal, and reads on
    try:
        with redirect_stderr(complaints):
            record = next(iter(reading), None)
        if "rror" not in complaints.getvalue():
            return record
        cause: Exception | None = None
    except (ArchiveLoadFailed, *_BROKEN) as error:
        cause = error
    if number:
        why = f"it is damaged after record {number:,}, which begins at byte {spot.offset:,}; what came before is in"
    else:
        why = "it is no file of web archive records (WARC, ARC), or damaged at its beginning"
    raise UnreadableError(spot.shelf.name, f"{why}; 'warcio recompress' may mend it") from cause


def _is_short(last: "ArcWarcRecord") -> bool:
    """Say whether a file ended before its last record did."""
    return bool(getattr(last.raw_stream, "limit", 0)) or not last.rec_headers.get_header("Content-Length")


def _is_open(reading: Any) -> bool:  # noqa: ANN401 - of warcio
    """Say whether a packed file ended before its last part did; one without a byte has none."""
    packed = reading.reader.decompressor
    return packed is not None and not packed.eof and reading.fh.tell() > 0


class _Lines:
    """Reads the lines of a file, so many bytes of them: a few packed kilobytes of head could fill all memory."""

    def __init__(self, read_line: Callable[[int], bytes], name: str) -> None:
        self._read_line = read_line
        self._name = name
        self.begin()

    def begin(self) -> None:
        """Begin a record: nothing of it has been read."""
        self.left, self.has_text = _LONGEST_HEAD, False

    def __call__(self, length: int = 0) -> bytes:
        line = self._read_line(min(length or self.left, self.left))
        self.left -= len(line)
        self.has_text = self.has_text or bool(line.strip())
        if self.left <= 0:
            raise UnreadableError(self._name, f"a record's head is longer than {_LONGEST_HEAD >> 20} MiB")
        return line


def read_record(record: "ArcWarcRecord", spot: Spot) -> Answered | None:
    """Return what a record tells, None for one that is about no page of the web."""
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    at = read_time(record.rec_headers.get_header("WARC-Date") or "")
    if at is None or not is_url(url):
        return None
    answer = record.http_headers
    status = _status(answer) if answer else None
    if answer and status is None:
        return None
    kind = record.rec_headers.get_header("Content-Type") or ""
    headers = tuple((str(name), str(value)) for name, value in answer.headers) if answer else (("Content-Type", kind),)
    look = Answered(url, at, place_of(spot.shelf.name, _name(record, spot)), status, headers, b"")
    if record.rec_type != "revisit" and not (look.is_page or status in HOPS or not look.header("content-type")):
        return look
    body, broke = _body(record, look.header("transfer-encoding"))
    cut = broke or record.rec_headers.get_header("WARC-Truncated") or len(body) > LARGEST or _is_damaged(record)
    return replace(look, headers=_untransferred(look.headers), body=body[: LARGEST + 1], is_whole=not cut)


def _name(record: "ArcWarcRecord", spot: Spot) -> str:
    name = record.rec_headers.get_header("WARC-Record-ID")
    is_arc = spot.shelf.name.endswith((".arc", ".arc.gz"))  # its records have no names: those given are drawn anew
    return name if name and not is_arc else f"at byte {spot.offset}"


def _status(answer: Any) -> int | None:  # noqa: ANN401 - of warcio, which has no types
    code = answer.get_statuscode() or ""
    return int(code) if len(code) == 3 and code.isdecimal() else None


def _body(record: "ArcWarcRecord", coding: str) -> tuple[bytes, bool]:
    """Return a body as it was sent, its transfer coding undone, cut after the most that is taken; and if it broke."""
    from warcio.bufferedreaders import ChunkedDataReader  # noqa: PLC0415 - an extra

    stream = ChunkedDataReader(record.raw_stream) if "chunked" in coding.lower() else record.raw_stream
    pieces, left = [], LARGEST + 1
    complaints = io.StringIO()
    try:
        with redirect_stderr(complaints):
            while left > 0 and (piece := stream.read(min(left, 1 << 16))):
                pieces.append(piece)
                left -= len(piece)
    except _BROKEN:
        return b"".join(pieces), True
    return b"".join(pieces), bool(complaints.getvalue())


def _is_damaged(record: "ArcWarcRecord") -> bool:
    checker = getattr(record, "digest_checker", None)
    left = getattr(record.raw_stream, "limit", 0)
    return (checker is not None and checker.passed is False) or bool(left)


def _untransferred(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in headers if name.lower() != "transfer-encoding")


def names_of(record: "ArcWarcRecord") -> tuple[str, ...]:
    """Return the names by which a body is found again, surest first."""
    fields = record.rec_headers
    uri, date = fields.get_header("WARC-Refers-To-Target-URI"), fields.get_header("WARC-Refers-To-Date")
    if record.rec_type != "revisit":
        uri, date = fields.get_header("WARC-Target-URI"), fields.get_header("WARC-Date")
    own = fields.get_header("WARC-Refers-To" if record.rec_type == "revisit" else "WARC-Record-ID")
    digest = fields.get_header("WARC-Payload-Digest")
    return tuple(filter(None, (own, f"{uri} {date}" if uri and date else "", digest)))


def is_url(text: str) -> bool:
    """Say whether a text is the URL of a page of the web."""
    try:
        return bool(canonical(text))
    except BadURLError:
        return False
