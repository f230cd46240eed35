"""Looks out of tables of (url, time, and file, text or html): CSV of any common dialect and encoding.

Rows pass one by one. What cannot be read for certain is left out with its row and the reason: a letter that was read
wrong would be an edit.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import IO

from revtrack.backfill.captures import Found, Remark, Skipped, Wanted, file_capture, place_of, text_capture
from revtrack.backfill.folders import read_page
from revtrack.backfill.naming import Naming
from revtrack.backfill.timing import exact_time
from revtrack.errors import ConfigError, UnreadableError
from revtrack.extraction.charset import decode
from revtrack.model import Origin

COLUMNS = {
    "url": ("url", "link", "address"),
    "time": ("time", "timestamp", "date", "fetched_at", "captured_at", "datetime"),
    "file": ("file", "path", "filename"),
    "text": ("text", "content", "body"),
    "html": ("html",),
    "headline": ("headline", "title"),
}
"""What a table may say of a look, and the names of columns for it, in any case."""
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_LONGEST_LINE = 64 << 20
_WIDE = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MARK = b"\xef\xbb\xbf".decode("latin-1")
_END = b"\n" * 4  # a text in its last letters is no page that was cut within a letter
_LOST = "\ufffd"


class _UnsureError(Exception):
    """Bytes that are in no encoding for certain."""


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How the bytes of a table are its letters: what the file is opened with, and how a cell of it is read then.

    The marks of CSV are ASCII in most encodings: such a file is opened as bytes, in the guise of Latin-1. `is_found`
    is whether nobody told the encoding, so that each cell tells its own.
    """

    opened_as: str
    read: Callable[[str], str]
    is_found: bool = False


def table_captures(file: Path, *, wanted: Wanted | None = None, encoding: str = "") -> Iterator[Found]:
    """Yield the looks that a CSV table lists, in its order: columns url, time, and file, text or html.

    Files are named from the folder of the table and lie in it or below. The table is in `encoding`, "" for what its
    bytes tell, row by row. Raises UnreadableError, ConfigError for an encoding that is none.
    """
    wanted = wanted or Wanted()
    csv.field_size_limit(_LONGEST_LINE)
    try:
        spelling = _spelling(file, encoding)
        with file.open(encoding=spelling.opened_as, errors="replace", newline="") as lines:
            yield from _rows(file, _bounded(lines), spelling, wanted)
    except csv.Error as error:
        raise UnreadableError(str(file), f"it is no CSV table: {error}") from error
    except OSError as error:
        raise UnreadableError(str(file), error.strerror or str(error)) from error


def _spelling(file: Path, encoding: str) -> _Spelling:
    with file.open("rb") as opened:
        head = opened.read(4)
    wide = next((name for mark, name in _WIDE if head.startswith(mark)), "")
    if not encoding and not wide:
        return _Spelling("latin-1", _found, is_found=True)
    try:
        is_plain = bytes(range(128)).decode(encoding or wide, "replace") == bytes(range(128)).decode("ascii")
    except (LookupError, ValueError):
        raise ConfigError(
            f"{encoding!r} is no encoding; such are utf-8, windows-1252, shift_jis", key="encoding"
        ) from None
    return _Spelling("latin-1", lambda cell: _told(cell, encoding)) if is_plain else _Spelling(encoding or wide, _whole)


def _found(cell: str) -> str:
    """Return a cell by what its bytes tell, as it is told of pages."""
    content = cell.encode("latin-1")
    text = decode(content + _END).removesuffix(_END.decode()) if not content.isascii() else cell
    return _whole(text) if text.count(_LOST) > content.count(_LOST.encode()) else text


def _told(cell: str, encoding: str) -> str:
    try:
        return cell.encode("latin-1").decode(encoding)
    except UnicodeDecodeError:
        raise _UnsureError from None


def _whole(cell: str) -> str:
    if _LOST in cell:
        raise _UnsureError
    return cell


def _bounded(lines: IO[str]) -> Iterator[str]:
    """Yield the lines of a file; one without end would fill all memory."""
    while line := lines.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise csv.Error(f"a line of it is longer than {_LONGEST_LINE >> 20} MiB")
        yield line


def _rows(file: Path, lines: Iterator[str], spelling: _Spelling, wanted: Wanted) -> Iterator[Found]:
    first = next(lines, "").removeprefix(_MARK).removeprefix("\ufeff")
    if not first:
        return
    delimiter, names = _headed(file, first, spelling)
    columns = {what: column for what, known in COLUMNS.items() if (column := _column(names, known)) is not None}
    rows = csv.reader(chain([first], lines), delimiter=delimiter)
    next(rows)
    for number, row in enumerate(rows, start=2):
        place = place_of(f"{file.name} row {number}")
        if any(row[len(names) :]):
            why = f"it has more cells than there are columns: {_DELIMITERS[delimiter]} in a text want quotes"
            yield Skipped(place, why)
        elif any(row):
            cells = {what: row[column] for what, column in columns.items() if column < len(row)}
            yield from _row(cells, place, spelling, file.parent, wanted)


def _row(cells: dict[str, str], place: str, spelling: _Spelling, folder: Path, wanted: Wanted) -> Iterator[Found]:
    try:
        values = {what: spelling.read(cell) for what, cell in cells.items()}
    except _UnsureError:
        yield Skipped(place, "it holds bytes that are no letters in its encoding; --encoding NAME says which it is")
        return
    if spelling.is_found and any(values[what].encode() != cell.encode("latin-1") for what, cell in cells.items()):
        yield Remark(place, _NO_UTF8)
    yield from _look({what: value.strip() for what, value in values.items()}, place, folder, wanted)


_NO_UTF8 = "it is not in UTF-8, and was read as its bytes tell (windows-1252 if nothing does); --encoding NAME says it"


def _headed(file: Path, first: str, spelling: _Spelling) -> tuple[str, list[str]]:
    """Return what parts the cells of a table, and the names of its columns. Raises UnreadableError."""
    try:
        line = spelling.read(first)
    except _UnsureError:
        line = first
    found = {mark: [name.strip().lower() for name in next(csv.reader([line], delimiter=mark))] for mark in _DELIMITERS}
    for mark, names in found.items():
        if not _missing(names):
            return mark, names
    mark = max(found, key=lambda mark: len(found[mark]))
    lacks = " and ".join(_missing(found[mark]))
    named = ", ".join(found[mark])[:200]
    parted = f", parted by {_DELIMITERS[mark]}" if len(found[mark]) > 1 else ""
    raise UnreadableError(str(file), f"its first line names no column for {lacks}; it names {named}{parted}")


def _missing(names: list[str]) -> list[str]:
    groups = {"the URL": COLUMNS["url"], "the time": COLUMNS["time"]}
    groups["the page"] = tuple(name for what in ("text", "html", "file") for name in COLUMNS[what])
    return [f"{what} ({', '.join(known)})" for what, known in groups.items() if _column(names, known) is None]


def _column(names: list[str], known: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in known if name in names), None)


def _look(values: Mapping[str, str], place: str, folder: Path, wanted: Wanted) -> Iterator[Found]:
    url, stated = values.get("url", ""), values.get("time", "")
    at = exact_time(stated)
    if not url or at is None:
        yield Skipped(place, "it has no URL") if at else Skipped(place, "it has no time that can be read", stated)
        return
    if not wanted.has_url(url) or not wanted.has_time(at):
        return
    origin = Origin("table", place)
    text, html = values.get("text", ""), values.get("html", "")
    if html:
        yield file_capture(url, at, html.encode("utf-8", "replace"), origin=origin, content_type=_UTF8)
    elif text:
        yield text_capture(url, at, text, origin=origin, headline=values.get("headline", ""))
    elif name := values.get("file", ""):
        yield from _named(url, at, name, origin, folder)
    else:
        yield Skipped(place, "it has no text, no html and no file")


_UTF8 = "text/html; charset=utf-8"


def _named(url: str, at: datetime, name: str, origin: Origin, folder: Path) -> Iterator[Found]:
    """Yield the page in a file that a table names; a table of somebody else opens nothing outside its folder."""
    path = (folder / name.replace("\0", "")).resolve()
    content = read_page(path) if path.is_relative_to(folder.resolve()) else None
    if content is None:
        yield Skipped(origin.place, "the file it names is not in the table's folder, or cannot be read", name)
        return
    for page in Naming(article=url, files=".").pages(path.name, content):
        yield file_capture(url, at, page.body, origin=origin, content_type=page.content_type)
