"""Looks out of a git history: every commit that changed a file is a look at that file's article. Knows no store."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from revtrack.backfill.captures import LARGEST, Found, Remark, Skipped, Wanted, file_capture, place_of
from revtrack.backfill.naming import Naming
from revtrack.backfill.repository import FileChange, open_repository
from revtrack.model import Origin

KIND = "git"
_URL_LINE = re.compile(r"^URL: (https?://\S+)$", re.MULTILINE)
_READ_ANEW = ("Apply technical or declaration upgrade on ", "Refilter ")
"""How Open Terms Archive begins the message of a version that its own new rules made: the page is the same."""
NAMELESS = "nothing says which article it is: --article URL says it of all, --url-from TEMPLATE by the path"


def git_captures(
    folder: Path, *, naming: Naming | None = None, wanted: Wanted | None = None, branch: str = "HEAD"
) -> Iterator[Found]:
    """Yield the looks that a scraper committed, oldest first: HTML, text, Markdown, or JSON with a text in it.

    A file that got another name stays the article it was where nothing says otherwise. Raises UnreadableError for
    what is no repository, InputError for an unknown branch.
    """
    naming, wanted = naming or Naming(), wanted or Wanted()
    known: dict[bytes, str] = {}
    with open_repository(folder, branch=branch) as repository, repository.blobs(limit=LARGEST) as blobs:
        for change in repository.changes():
            if change.was in known:
                known[change.path] = known[change.was]
            if not naming.selects(os.fsdecode(change.path)) or not wanted.has_time(change.at):
                continue
            if change.path.endswith(b".md") and change.message.startswith(_READ_ANEW):
                yield Skipped(
                    _place(change), "its archive read the same page by other rules: nothing changed at the source"
                )
                continue
            content = blobs.read(change.blob)
            if content is None:
                yield Skipped(_place(change), f"it is missing or larger than {LARGEST >> 20} MiB")
            else:
                yield from _looks(change, content, naming, wanted, known)


def _looks(
    change: FileChange, content: bytes, naming: Naming, wanted: Wanted, known: dict[bytes, str]
) -> Iterator[Found]:
    path = os.fsdecode(change.path).encode("utf-8", "replace").decode()
    try:
        for page in naming.pages(path, content, told=_told(change.message)):
            url = page.url or known.get(change.path, "")
            if not url:
                yield Skipped(_place(change), NAMELESS)
            elif wanted.has_url(url):
                if not page.part:
                    known[change.path] = url
                if page.guessed:
                    yield Remark(_place(change), page.guessed, url)
                origin = Origin(KIND, _place(change, page.part))
                yield file_capture(url, change.at, page.body, origin=origin, content_type=page.content_type)
    except ValueError as error:
        yield Skipped(_place(change), str(error))


def _told(message: str) -> str:
    """Return the URL that a commit's message states on a line of its own, as our own exports do."""
    found = _URL_LINE.search(message[:10_000])
    return found[1] if found else ""


def _place(change: FileChange, part: str = "") -> str:
    """Return where it stood, as git itself names it: the commit and the path."""
    return place_of(change.commit[:12] + ":" + change.path.decode("utf-8", "backslashreplace"), *([part] * bool(part)))
