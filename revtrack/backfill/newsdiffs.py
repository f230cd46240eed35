"""Looks out of NewsDiffs: texts in git, their URLs in the tables of its database. Knows no store.

Formats: the file of an article bears its URL without scheme as its name, and holds date, title and byline, one a line,
then the paragraphs; the tables are Articles (id, url, git_dir) and version (article_id, v, title, byline, date).
"""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from revtrack.backfill.captures import Found, Skipped, Wanted, place_of, text_capture
from revtrack.backfill.foreign import as_text, open_foreign
from revtrack.backfill.repository import open_repository
from revtrack.errors import UnreadableError
from revtrack.model import Origin

_LARGEST = 4 << 20  # bytes of a text


def newsdiffs_captures(places: Iterable[Path], *, wanted: Wanted | None = None) -> Iterator[Found]:
    """Yield the texts that NewsDiffs committed, oldest first.

    `places` are its folders of articles and, for the exact URLs, its database; without one every URL is taken for
    http. Raises UnreadableError.
    """
    wanted = wanted or Wanted()
    folders = [place for place in places if place.is_dir()]
    addresses: dict[str, str] = {}
    for file in (place for place in places if not place.is_dir()):
        addresses.update(_addresses(file))
    if not folders:
        raise UnreadableError("NewsDiffs", "name its folder of articles too: the texts stand in git, not in the tables")
    for folder in folders:
        yield from _texts(folder, addresses, wanted)


def _addresses(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the name of each article's file, and its URL."""
    with open_foreign(file) as database:
        database.require("Articles", "url", tracker="NewsDiffs")
        for row in database.rows("SELECT url FROM Articles"):
            url = as_text(row["url"])
            yield url.partition("://")[2].rstrip("/"), url


def _texts(folder: Path, addresses: dict[str, str], wanted: Wanted) -> Iterator[Found]:
    with open_repository(folder) as repository, repository.blobs(limit=_LARGEST) as blobs:
        for change in repository.changes():
            name = os.fsdecode(change.path).encode("utf-8", "replace").decode()
            url = addresses.get(name) or ("" if addresses else f"http://{name}")
            if not wanted.has_time(change.at) or (url and not wanted.has_url(url)):
                continue
            place = place_of(change.commit[:12] + ":" + name)
            content = blobs.read(change.blob) if url else None
            if content is None:
                yield Skipped(place, "it is missing or too large" if url else "its article is not in the tables")
                continue
            yield _text(url, change.at, content, Origin("newsdiffs", place))


def _text(url: str, at: datetime, content: bytes, origin: Origin) -> Found:
    lines = content.decode("utf-8", "replace").splitlines()
    if len(lines) < 4 or not lines[1].strip():
        return Skipped(origin.place, "it is no text of NewsDiffs: date, title and byline do not open it")
    byline = lines[2].strip()
    signed = f"By {byline}" if byline and not byline.lower().startswith("by ") else byline
    text = "\n".join([signed, "", *lines[3:]] if signed else lines[3:])
    return text_capture(url, at, text, origin=origin, headline=lines[1])
