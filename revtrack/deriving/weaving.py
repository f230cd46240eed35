"""Derive one article of an archive again, and put what comes of it in the place of what stands."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from revtrack.archive import Archive, OutdatedError
from revtrack.archive.values import Derivation, Rederived
from revtrack.config import Config
from revtrack.deriving.rules import stamp
from revtrack.deriving.walking import derive
from revtrack.errors import ArchiveLockedError
from revtrack.model import Article, Snapshot

_ATTEMPTS = 5
REDACTED = "it has redacted looks, and stays as it was read"


def derive_article(archive: Archive, article: Article, settings: Config) -> Derivation:
    """Return all that comes of the looks at an article that an archive holds. Writes nothing."""

    def neighbours(before: int | None) -> Iterable[tuple[str, ...]]:
        return archive.neighbours(article, before=before)

    def page(snapshot_id: int) -> Snapshot:
        return archive.snapshot(snapshot_id)

    return derive(article, archive.looks(article), settings=settings, pages=page, neighbours=neighbours)


def weave(archive: Archive, article: Article, *, settings: Config, now: datetime) -> Rederived:
    """Derive an article again and write what differs, in one transaction; say what that is.

    One with redacted looks stays as it is: what they said cannot be read again.
    """
    return weave_telling(archive, article, settings=settings, now=now)[0]


def weave_telling(
    archive: Archive, article: Article, *, settings: Config, now: datetime
) -> tuple[Rederived, Mapping[int, str]]:
    """Do the same; say also, by their numbers, why looks found no version."""
    if archive.redactions(article):
        return left(article), {}
    for _ in range(_ATTEMPTS):
        derivation = derive_article(archive, article, settings)
        try:
            return archive.put_derivation(article, derivation, now=now, stamp=stamp(settings)), derivation.barren
        except OutdatedError:  # a tracker looked at it meanwhile
            continue
    raise ArchiveLockedError(archive.location, "is being written by others faster than we can read: try again")


def left(article: Article) -> Rederived:
    """Return what is said of an article that is not derived again."""
    return Rederived(article=article, before=article.versions, after=article.versions, kept=REDACTED)
