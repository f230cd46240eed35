"""Looks out of folders of saved pages that are named by time, and out of tables of (url, time, file or text)."""

import csv
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import IO

from revtrack.backfill.captures import LARGEST, PLAIN, Found, Skipped, Wanted, file_capture, place_of, text_capture
from revtrack.backfill.git import NAMELESS
from revtrack.backfill.naming import Naming
from revtrack.backfill.timing import read_time, time_of_file, without_time
from revtrack.errors import UnreadableError
from revtrack.model import Origin

_URL, _TIME = ("url", "link", "address"), ("time", "timestamp", "date", "fetched_at", "captured_at", "datetime")
_FILE, _TEXT, _HTML = ("file", "path", "filename"), ("text", "content", "body"), ("html",)
_HEADLINE = ("headline", "title")
_LONGEST_LINE = 64 << 20


def folder_captures(folder: Path, *, naming: Naming | None = None, wanted: Wanted | None = None) -> Iterator[Found]:
    """Yield the saved pages of a folder and those below it, in the order of their names.

    The time stands in a file's name or in that of a folder above it; what the names of the looks at one article have
    in common is the path that a template of the naming is filled from. Raises UnreadableError.
    """
    naming, wanted = naming or Naming(), wanted or Wanted()
    if not folder.is_dir():
        raise UnreadableError(str(folder), "it is no folder")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if not naming.selects(name.as_posix()) or not _is_file(path):
            continue
        at = time_of_file(name)
        if at is None:
            yield Skipped(place_of(name.as_posix()), "neither its name nor a folder's says when it was captured")
        elif wanted.has_time(at):
            yield from _pages(path, name, at, naming, wanted)


def _pages(path: Path, name: Path, at: datetime, naming: Naming, wanted: Wanted) -> Iterator[Found]:
    place = place_of(name.as_posix())
    content = _read(path)
    if content is None:
        yield Skipped(place, f"it cannot be read, or is larger than {LARGEST >> 20} MiB")
        return
    shared = without_time(PurePosixPath(name.as_posix())).as_posix() + name.suffix
    try:
        for page in naming.pages(name.as_posix() if naming.files else shared, content):
            if not page.url:
                yield Skipped(place, NAMELESS)
            elif wanted.has_url(page.url):
                origin = Origin("folder", place_of(place, page.part) if page.part else place)
                yield file_capture(page.url, at, page.body, origin=origin, content_type=page.content_type)
    except ValueError as error:
        yield Skipped(place, str(error))


def table_captures(file: Path, *, wanted: Wanted | None = None) -> Iterator[Found]:
    """Yield the looks that a CSV table lists, in its order: columns url, time, and file, text or html.

    Files are named from the folder of the table and lie in it or below. Raises UnreadableError.
    """
    wanted = wanted or Wanted()
    csv.field_size_limit(_LONGEST_LINE)
    try:
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            rows = csv.DictReader(_bounded(lines))
            names = {name.strip().lower(): name for name in rows.fieldnames or () if name}
            if not (_column(names, _URL) and _column(names, _TIME) and _column(names, (*_FILE, *_TEXT, *_HTML))):
                raise UnreadableError(str(file), "its first line names no columns url, time, and file, text or html")
            for number, row in enumerate(rows, start=2):
                values = {name: row[column] or "" for name, column in names.items()}
                yield from _row(values, f"{file.name} row {number}", file.parent, wanted)
    except csv.Error as error:
        raise UnreadableError(str(file), f"it is no CSV table: {error}") from error
    except OSError as error:
        raise UnreadableError(str(file), error.strerror or str(error)) from error


def _bounded(lines: IO[str]) -> Iterator[str]:
    """Yield the lines of a file; one without end would fill all memory."""
    while line := lines.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise csv.Error(f"a line of it is longer than {_LONGEST_LINE >> 20} MiB")
        yield line


def _row(values: Mapping[str, str], row: str, folder: Path, wanted: Wanted) -> Iterator[Found]:
    url, at = _value(values, _URL), read_time(_value(values, _TIME))
    place = place_of(row)
    if not url or at is None:
        yield Skipped(place, "it has no URL" if at else "it has no time that can be read")
        return
    if not wanted.has_url(url) or not wanted.has_time(at):
        return
    origin = Origin("table", place)
    text, html, name = (_value(values, columns) for columns in (_TEXT, _HTML, _FILE))
    if html:
        yield file_capture(url, at, html.encode("utf-8", "replace"), origin=origin, content_type=_UTF8)
    elif text:
        yield text_capture(url, at, text, origin=origin, headline=_value(values, _HEADLINE))
    else:
        yield from _named(url, at, name, origin, folder)


_UTF8 = "text/html; charset=utf-8"


def _named(url: str, at: datetime, name: str, origin: Origin, folder: Path) -> Iterator[Found]:
    """Yield the page in a file that a table names; a table of somebody else opens nothing outside its folder."""
    path = (folder / name.replace("\0", "")).resolve()
    content = _read(path) if name and path.is_relative_to(folder.resolve()) else None
    if content is None:
        yield Skipped(origin.place, "the file it names is not in the table's folder, or cannot be read")
        return
    for page in Naming(article=url, files=".").pages(path.name, content):
        kind = PLAIN if page.content_type == PLAIN else page.content_type
        yield file_capture(url, at, page.body, origin=origin, content_type=kind)


def _column(names: Mapping[str, str], wanted: tuple[str, ...]) -> str:
    return next((names[name] for name in wanted if name in names), "")


def _value(values: Mapping[str, str], wanted: tuple[str, ...]) -> str:
    return next((values[name].strip() for name in wanted if values.get(name, "").strip()), "")


def _is_file(path: Path) -> bool:
    """Say whether it is a file itself: a link may lead anywhere."""
    try:
        return S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= LARGEST else None
    except OSError:
        return None
