"""Looks out of the data directory of changedetection.io: texts, and of late pages, one folder a watch. Knows no store.

Format: changedetection.io 0.60.10 keeps each watch in a folder with watch.json; earlier releases keep all of them in
url-watches.json. history.txt in the folder lists "seconds,file"; the files are text, packed with brotli where long.
Beside the newest texts there are the pages they were made of, as seconds.html.br; they are taken where every text of a
watch has its own: a page after a mere text would differ by all that the text kept of the chrome.
"""

import json
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from revtrack.backfill.captures import HTML, LARGEST, Found, Skipped, Wanted, file_capture, place_of, text_capture
from revtrack.backfill.timing import from_epoch
from revtrack.errors import ConfigError, UnreadableError
from revtrack.model import Origin

_LONGEST_LIST = 16 << 20
_MOST_AT_ONCE = 1 << 16
_OLD, _NEW, _PAGE = "url-watches.json", "watch.json", ".html.br"


def changedetection_captures(folder: Path, *, wanted: Wanted | None = None) -> Iterator[Found]:
    """Yield what changedetection.io kept of its watches, each watch's oldest first.

    Raises UnreadableError for a folder that is not its own, ConfigError without brotli where that is needed.
    """
    wanted = wanted or Wanted()
    watches = sorted(_watches(folder))
    if not watches:
        raise UnreadableError(
            str(folder), f"it is no data directory of changedetection.io: there is no {_OLD} or {_NEW}"
        )
    for name, url in watches:
        if wanted.has_url(url):
            yield from _looks(folder / name, url, wanted)


def _watches(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the folder of every watch, which is its id, and its URL."""
    found = _json(folder / _OLD).get("watching")
    for name, watch in found.items() if isinstance(found, dict) else ():
        if isinstance(watch, dict) and PurePath(name).name == name and (folder / name).is_dir():
            yield name, str(watch.get("url") or "")
    for file in sorted(folder.glob(f"*/{_NEW}")) if not found else ():
        yield file.parent.name, str(_json(file).get("url") or "")


def _json(file: Path) -> dict[str, Any]:
    try:
        tree = json.loads(file.read_bytes()) if file.is_file() and file.stat().st_size <= _LONGEST_LIST else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return tree if isinstance(tree, dict) else {}


def _looks(folder: Path, url: str, wanted: Wanted) -> Iterator[Found]:
    try:
        lines = (folder / "history.txt").read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    has_pages = all((folder / f"{line.partition(',')[0].strip()}{_PAGE}").is_file() for line in lines)
    for line in lines:
        seconds, _, written = line.partition(",")
        at = from_epoch(float(seconds)) if seconds.strip().isdecimal() else None
        name = PurePath(written.strip()).name  # older releases wrote whole paths
        place = place_of(folder.name, name)
        if at is None or not name:
            yield Skipped(place, "its line in history.txt cannot be read")
            continue
        if not wanted.has_time(at):
            continue
        content = _content(folder, f"{seconds.strip()}{_PAGE}" if has_pages else name)
        origin = Origin("changedetection", place)
        if content is None:
            yield Skipped(place, f"its file is missing, damaged or larger than {LARGEST >> 20} MiB")
        elif has_pages:
            yield file_capture(url, at, content, origin=origin, content_type=f"{HTML}; charset=utf-8")
        else:
            yield text_capture(url, at, content.decode("utf-8", "replace"), origin=origin)


def _content(folder: Path, name: str) -> bytes | None:
    """Return what a file of the folder itself holds, unpacked; None where there is none that can be read."""
    for file in (folder / name, folder / f"{name}.br", folder / name.removesuffix(".br")):
        try:
            if file.is_symlink() or not file.is_file() or file.stat().st_size > LARGEST:
                continue
            content = file.read_bytes()
        except OSError:
            continue
        return _unpacked(content) if file.suffix == ".br" else content
    return None


def _unpacked(content: bytes) -> bytes | None:
    try:
        import brotli  # noqa: PLC0415 - an extra
    except ImportError:
        raise ConfigError("its long texts are packed with brotli: pip install 'revtrack[trackers]'") from None
    unpacking, found, rest = brotli.Decompressor(), b"", content
    try:
        while len(found) <= LARGEST and not unpacking.is_finished() and (rest or not unpacking.can_accept_more_data()):
            found += unpacking.process(rest, output_buffer_limit=_MOST_AT_ONCE)
            rest = b""
    except brotli.error:
        return None
    return found if unpacking.is_finished() and len(found) <= LARGEST else None
