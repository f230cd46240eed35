"""What was written into a folder from which state of an archive, kept in a file beside the pages."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from revtrack.archive import Archive
from revtrack.errors import UnwritableError
from revtrack.evidence.checkpoints import witnesses_of
from revtrack.forms import from_form, to_form
from revtrack.site.files import put

NAME = "revtrack-site.json"
_ROOMS = ("site", "rendering", "diffing", "verdicts", "facts", "text.py", "model")
"""What a page looks like depends on these."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state that a site was written from.

    `archive` is named by the hash of its first leaf (hex). `size` leaves were there, the last of them with the hash
    `last`; `code` is the digest of what wrote the pages, `home` the address they were written for. `witnesses` is how
    many bytes told of captures by other archives.
    """

    archive: str = ""
    size: int = 0
    last: str = ""
    code: str = ""
    home: str = ""
    witnesses: int = 0


def read_manifest(folder: Path) -> Manifest | None:
    """Return what a folder was written from, None where it is empty; an empty manifest where that cannot be read.

    Raises UnwritableError for a folder that holds other things.
    """
    try:
        form = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return from_form(Manifest, form)
    except FileNotFoundError:
        if any(folder.iterdir()):
            why = "it holds other things than a site of revtrack; name a new or empty folder"
            raise UnwritableError(str(folder), why) from None
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return Manifest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Keep what a folder was written from."""
    put(folder, NAME, json.dumps(to_form(manifest)))


def state_of(archive: Archive, home: str) -> Manifest:
    """Return the state of an archive, and of the code that would write it now."""
    size = archive.leaf_count()
    told = witnesses_of(archive)
    witnesses = told.stat().st_size if told.exists() else 0
    return Manifest(archive.leaf_hash(0).hex(), size, archive.leaf_hash(size - 1).hex(), _digest(), home, witnesses)


def continues(archive: Archive, now: Manifest, before: Manifest | None) -> bool:
    """Whether all that was written before is as it would be written now, but for what was recorded since."""
    if before is None or not before.size or (now.code, now.home) != (before.code, before.home):
        return False
    return archive.leaf_hash(before.size - 1).hex() == before.last and not archive.is_rederived(before.size)


@cache
def _digest() -> str:
    digest = hashlib.sha256()
    for room in _ROOMS:
        for name, content in _contents(files("revtrack") / room):
            digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _contents(place: Traversable) -> Iterator[tuple[str, bytes]]:
    if place.is_file():
        yield place.name, place.read_bytes()
        return
    for inner in sorted(place.iterdir(), key=lambda one: one.name):
        if inner.is_dir() and inner.name != "__pycache__":
            yield from _contents(inner)
        elif inner.name.endswith((".py", ".html", ".css", ".toml")):
            yield inner.name, inner.read_bytes()
