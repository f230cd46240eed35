"""Looks out of folders of saved pages that are named by time."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from revtrack.backfill.captures import LARGEST, Found, Remark, Skipped, Wanted, file_capture, place_of
from revtrack.backfill.git import NAMELESS
from revtrack.backfill.naming import ENDINGS, Naming, stated_in
from revtrack.backfill.timing import read_time, time_of_file, without_time
from revtrack.errors import BadURLError, UnreadableError
from revtrack.model import Origin
from revtrack.urls import article_key

_STATED = 200_000  # bytes of a file in which it says which article it is


def folder_captures(folder: Path, *, naming: Naming | None = None, wanted: Wanted | None = None) -> Iterator[Found]:
    """Yield the saved pages of a folder and those below it, in the order of their names.

    The time stands in a file's name or in that of a folder above it; what the names of the looks at one article have
    in common is the path that a template of the naming is filled from. A page that states no URL is one of the article
    that the files of its name, else of its folder, agree on. Raises UnreadableError.
    """
    naming, wanted = naming or Naming(), wanted or Wanted()
    if not folder.is_dir():
        raise UnreadableError(str(folder), "it is no folder")
    beside = _Beside(lambda path: naming.selects(path.relative_to(folder).as_posix()) and _is_file(path))
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        place = place_of(name.as_posix())
        if why := _unread(path, name.as_posix(), naming):
            yield Skipped(place, why, path.suffix)
        elif not naming.selects(name.as_posix()) or not _is_file(path):
            continue
        elif (at := time_of_file(name)) is None:
            yield Skipped(place, "neither its name nor a folder's says when it was captured")
        elif wanted.has_time(at):
            yield from _pages(path, name, at, naming, wanted, beside=partial(beside.agreed, path))


def _unread(path: Path, name: str, naming: Naming) -> str:
    """Return why a file is none that is read, "" for one that is, a folder, or what nobody asked for."""
    if path.is_symlink():
        return "it is a link, which is not followed"
    is_other = not naming.files and not naming.selects(name) and _is_file(path)
    return f"its name is not that of a page ({', '.join(ENDINGS)})" if is_other else ""


def _pages(
    path: Path, name: Path, at: datetime, naming: Naming, wanted: Wanted, *, beside: Callable[[], str]
) -> Iterator[Found]:
    place = place_of(name.as_posix())
    content = read_page(path)
    if content is None:
        yield Skipped(place, f"it cannot be read, or is larger than {LARGEST >> 20} MiB")
        return
    shared = without_time(PurePosixPath(name.as_posix())).as_posix() + name.suffix
    try:
        for page in naming.pages(name.as_posix() if naming.files else shared, content, beside=beside):
            if not page.url:
                yield Skipped(place, NAMELESS)
            elif wanted.has_url(page.url):
                if page.guessed:
                    yield Remark(place, page.guessed, page.url)
                origin = Origin("folder", place_of(place, page.part) if page.part else place)
                yield file_capture(page.url, at, page.body, origin=origin, content_type=page.content_type)
    except ValueError as error:
        yield Skipped(place, str(error))


class _Beside:
    """Which article the files of a folder state, where they agree. Their beginnings are read once more for it."""

    def __init__(self, selects: Callable[[Path], bool]) -> None:
        self._selects = selects
        self._folder: Path | None = None
        self._stated: dict[str, list[str]] = {}

    def agreed(self, path: Path) -> str:
        """Return the URL that the files agree on which have the name of one but for its time, else all beside it.

        The latter only in a folder of looks at one article: files of nothing but a time, or of several names, state it.
        """
        if path.parent != self._folder:
            self._folder, self._stated = path.parent, self._read(path.parent)
        if found := _one(self._stated.get(_shared(path), [])):
            return found
        is_of_one = read_time(path.name) and (len(self._stated) > 1 or _NO_NAME in {*self._stated, _shared(path)})
        return _one([url for urls in self._stated.values() for url in urls]) if is_of_one else ""

    def _read(self, folder: Path) -> dict[str, list[str]]:
        stated: dict[str, list[str]] = {}
        for path in sorted(folder.iterdir()):
            if self._selects(path):
                with suppress(OSError), path.open("rb") as opened:
                    stated.setdefault(_shared(path), []).append(stated_in(path.name, opened.read(_STATED)))
        return {name: known for name, urls in stated.items() if (known := list(filter(None, urls)))}


_NO_NAME = "."  # that of a path in which there is nothing but a time


def _shared(path: Path) -> str:
    return without_time(PurePosixPath(path.name)).as_posix()


def _one(urls: list[str]) -> str:
    """Return the first of some URLs if all are addresses of one article, else ""."""
    try:
        return urls[0] if len(set(map(article_key, urls))) == 1 else ""
    except BadURLError:
        return ""


def _is_file(path: Path) -> bool:
    """Say whether it is a file itself: a link may lead anywhere."""
    try:
        return S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def read_page(path: Path) -> bytes | None:
    """Return what a file holds, None for one that cannot be read or is larger than a page may be."""
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= LARGEST else None
    except OSError:
        return None
