"""Read a file or URL named on the command line into a story, as it is and without any archive."""

import contextlib
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from revtrack.config import Config
from revtrack.errors import NotAnArticleError, UnreadableError
from revtrack.extraction import extract, memory_for, read_text
from revtrack.extraction.charset import decode
from revtrack.model import Story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from revtrack.cli.session import Session
    from revtrack.model import Snapshot

    Look = Callable[[str], Snapshot]

_LARGEST = 64 << 20


class Document(NamedTuple):
    """A story and the source of what it was read from."""

    story: Story
    source: str


def read_document(name: str, settings: Config, *, url: str = "", look: "Look | None" = None) -> Document:
    """Read a story from a file, from a URL, or from standard input ("-"); `url` says where a file was had from.

    `look` gets the page of a URL, such as `looking` yields. Raises UnreadableError, NotAnArticleError or FetchError.
    """
    if is_url(name):
        return _read_url(name, settings, look)
    content = _read_bytes(name)
    if not content.strip():
        raise UnreadableError(name, "it is empty")
    try:
        return _read_content(name, content, settings, url)
    except NotAnArticleError as error:
        raise NotAnArticleError(name, error.why) from error


def _read_content(name: str, content: bytes, settings: Config, url: str) -> Document:
    if b"\0" in content[:65_536] and not content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise UnreadableError(name, "it is a binary file; give HTML or plain text")
    text = decode(content)
    is_page = text.lstrip("\ufeff \t\r\n").startswith("<")
    story = extract(text, url=url or None, config=settings) if is_page else read_text(text, config=settings)
    return Document(story, text)


def is_url(name: str) -> bool:
    """Say whether a document is fetched."""
    return name.startswith(("http://", "https://"))


@contextlib.contextmanager
def looking(session: "Session") -> "Iterator[Look]":
    """Yield what gets the pages of URLs, one after the other with the gap of their host; on a terminal it tells."""
    from revtrack.cli.waiting import Waits  # noqa: PLC0415 - the network stack, only for URLs
    from revtrack.fetching import fetch_page  # noqa: PLC0415

    waits, memory = Waits(session.settings.fetch), dict[str, str]()
    with session.busy("reading") as say:
        waits.tell_to(say, "reading")
        yield lambda url: fetch_page(url, by=waits.open(memory))


def _read_url(url: str, settings: Config, look: "Look | None") -> Document:
    from revtrack.fetching import fetch_page  # noqa: PLC0415 - as above
    from revtrack.observing import page_of, read  # noqa: PLC0415

    seen = look(url) if look else fetch_page(url, settings.fetch)
    return Document(read(seen, memory_for(settings, url)), page_of(seen))


def _read_bytes(name: str) -> bytes:
    try:
        with contextlib.nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        what = "there is no such file, and it is no URL" if isinstance(error, FileNotFoundError) else error.strerror
        raise UnreadableError(name, what or "it cannot be opened") from error
    if len(content) > _LARGEST:
        raise UnreadableError(name, f"it is larger than {_LARGEST >> 20} MiB")
    return content
