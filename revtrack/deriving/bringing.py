"""Bring looks that others made into an archive, and weave them into the timelines of their articles.

Twice gives the same archive; what was recorded before an interruption stays, and is woven by the next run. What was
seen live is neither changed nor numbered anew in its proof.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from revtrack.archive import Archive
from revtrack.config import Config
from revtrack.deriving.weaving import weave_telling
from revtrack.model import Article, Snapshot
from revtrack.urls import canonical

_BATCH = 100
_MOST_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Brought:
    """A look that is in the archive now; `is_new` is False where it was before. It has an id, but in a dry run."""

    article: Article
    snapshot: Snapshot
    is_new: bool


@dataclass(frozen=True, slots=True)
class Woven:
    """An article whose timeline was made again, with the numbers of its versions `before` and `after`.

    `kept` says why it was not, and what was brought in is no part of it; "" where it was. `barren` are the looks
    among those that came in now which found no version, and why.
    """

    article: Article
    before: int
    after: int
    kept: str = ""
    barren: tuple[tuple[Snapshot, str], ...] = ()


def bring_in(
    archive: Archive,
    snapshots: Iterable[Snapshot],
    *,
    settings: Config,
    now: datetime,
    dry_run: bool = False,
    batch: int = _BATCH,
) -> Iterator[Brought | Woven]:
    """Record looks that are not there yet, in batches; then derive the articles they are of again.

    Each look has an `origin`, the capture's time as `fetched_at`, and as `url` the address of the article. A look of
    the same second, answer and body is there already. An article that no one tracks is not looked at until somebody
    adds it. Yields each look when its batch is safe, then each article as it is woven; nothing is written in a dry run.
    """
    if dry_run:
        yield from _foresee(archive, snapshots, now)
        return
    first = _NO_LOOK
    for looks in _batches(snapshots, batch):
        with archive.transaction():
            brought = [_bring(archive, look, now) for look in looks]
        first = min([first, *(one.snapshot.id or first for one in brought if one.is_new)])
        yield from brought
    for article_id in archive.unwoven():
        article = archive.find(str(article_id))
        told, why = weave_telling(archive, article, settings=settings, now=now)
        barren = _since(archive, article, first, why) if any(number >= first for number in why) else ()
        yield Woven(archive.find(str(article_id)), told.before, told.after, told.kept, tuple(barren))


_NO_LOOK = 1 << 62


def _since(archive: Archive, article: Article, first: int, why: Mapping[int, str]) -> Iterator[tuple[Snapshot, str]]:
    """Yield the looks from that number on for which there is a reason."""
    for look in archive.looks(article):
        number = look.snapshot.id or 0
        if number >= first and number in why and look.snapshot.origin:
            yield look.snapshot, why[number]


def _batches(snapshots: Iterable[Snapshot], most: int) -> Iterator[list[Snapshot]]:
    """Yield the looks in lists that are neither long nor large."""
    looks: list[Snapshot] = []
    size = 0
    for snapshot in snapshots:
        looks.append(snapshot)
        size += len(snapshot.body or b"")
        if len(looks) >= most or size >= _MOST_BYTES:
            yield looks
            looks, size = [], 0
    if looks:
        yield looks


def _bring(archive: Archive, snapshot: Snapshot, now: datetime) -> Brought:
    article = archive.add_brought(canonical(snapshot.url), now=now)
    prepared = _prepared(snapshot, now)
    number, is_new = archive.bring(article, prepared)
    return Brought(article, replace(prepared, id=number), is_new)


def _prepared(snapshot: Snapshot, now: datetime) -> Snapshot:
    """Return a look with what the archive knows it by: the hash of its body, and when it was brought in."""
    if snapshot.origin is None:
        raise ValueError("a look that is brought in says where it comes from")
    origin = snapshot.origin if snapshot.origin.imported_at else replace(snapshot.origin, imported_at=now)
    name = sha256(snapshot.body).hexdigest() if snapshot.body is not None else ""
    return replace(snapshot, body_sha256=name, origin=origin)


def _foresee(archive: Archive, snapshots: Iterable[Snapshot], now: datetime) -> Iterator[Brought]:
    for snapshot in snapshots:
        prepared, url = _prepared(snapshot, now), canonical(snapshot.url)
        owner = archive.owner(url)
        article = archive.find(str(owner)) if owner else Article(id=0, url=url, urls=(url,))
        yield Brought(article, prepared, is_new=not owner or archive.find_look(article, prepared) is None)
