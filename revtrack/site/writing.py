"""Write an archive as a site of files that need no script and no network; a second time, only what has changed.

What changed is told by the archive's leaves: their number only grows, and each page depends on rows that have leaves.
Pages are written before those that link to them, each whole, and last the manifest that says which state was written:
a writer that is killed leaves a site that can be read, and the next one begins where the last manifest says.
"""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from revtrack.archive import Archive, LogEntry
from revtrack.archive.findings import source_of
from revtrack.archive.values import Order, Selection
from revtrack.errors import UnwritableError
from revtrack.evidence.checkpoints import witnesses_of
from revtrack.evidence.witnessing import captured_since
from revtrack.placing import make_folder
from revtrack.rendering.templating import style
from revtrack.site.addresses import FRONT, STYLE, feed_files, list_file
from revtrack.site.articles import write_article
from revtrack.site.catalogue import ALL, KINDS, LEDGER, Listing, folders_of
from revtrack.site.feeds import Publisher, name_archive
from revtrack.site.files import put
from revtrack.site.last_day import write_last_day
from revtrack.site.lists import Lists, batches, write_articles, write_changes, write_ledger
from revtrack.site.manifest import Manifest, continues, read_manifest, state_of, write_manifest
from revtrack.site.sources import publish_newest, write_sources

Touched = dict[int, set[int] | None]

_BATCH = 25  # articles that a worker is given at once
_FEW = 50  # articles for which no worker is started
_IN_FEED = 40
_PUBLISHED = ("changes", "undisclosed")
"""Folders of the lists that have feeds."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was done: articles whose pages were made, files that were written, whether all of the site was made anew."""

    articles: int
    files: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Workers:
    """Processes that write pages of articles: how many, and how each opens the archive (it must be picklable)."""

    reopen: Callable[[], Archive]
    count: int


def write_site(
    archive: Archive,
    folder: Path,
    *,
    home: str = "",
    anew: bool = False,
    workers: Workers | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> Written:
    """Write the site of an archive into a folder, and return what was done.

    `home` is the address that the site will have, for the links of feeds. `anew` writes all of it again. `tell` is
    called with how many articles are done, and of how many. Raises UnwritableError.
    """
    make_folder(folder)
    now, before = state_of(archive, home), read_manifest(folder)
    if before and before.archive and before.archive != now.archive:
        raise UnwritableError(str(folder), "it holds the site of another archive; name another folder")
    anew = anew or not (folder / FRONT).exists()  # somebody took it away: then perhaps more
    is_next = before is not None and not anew and continues(archive, now, before)
    touched = _touched(archive, before if is_next else None)
    put(folder, STYLE, style())
    if before is None:
        write_manifest(folder, Manifest(archive=now.archive))  # so that a folder begun is known as ours
    publisher = Publisher(folder, name_archive(archive), home, joined=archive.joined() if touched else {})
    files = done = 0
    for done, written in _written(archive, publisher, touched, workers):
        files += written
        if tell:
            tell(done, len(touched))
    if touched or not is_next:
        dirty = _dirty(archive, touched) if is_next else None
        files += _write_lists(Lists(archive, folder, dirty, frozenset(touched)), publisher)
    write_manifest(folder, now)
    return Written(done, files, whole=not is_next)


def _touched(archive: Archive, since: Manifest | None) -> Touched:
    """Return the articles to write, each with its versions that were read or judged anew since (None: all)."""
    if since is not None:
        captured = captured_since(witnesses_of(archive), since.witnesses)
        return dict(archive.touched(since.size)) | dict.fromkeys(captured)
    return {article.id: None for article in archive.articles() if article.versions}


def _written(
    archive: Archive, publisher: Publisher, touched: Touched, workers: Workers | None
) -> Iterator[tuple[int, int]]:
    """Write the pages of articles; yield how many articles are done, and how many files were written for the last."""
    work = [dict(batch) for batch in batches(sorted(touched.items()), _BATCH)]
    done = 0
    for batch, files in zip(work, _results(archive, publisher, work, workers), strict=True):
        done += len(batch)
        yield done, files


def _results(archive: Archive, publisher: Publisher, work: Sequence[Touched], workers: Workers | None) -> Iterator[int]:
    if workers is None or workers.count <= 1 or len(work) * _BATCH <= _FEW:
        yield from (_write_batch(archive, publisher, batch) for batch in work)
        return
    # A connection must not be carried into a fork: workers begin anew, and open the archive for themselves.
    pool = ProcessPoolExecutor(
        workers.count, mp_context=get_context("spawn"), initializer=_open, initargs=(workers.reopen,)
    )
    try:
        yield from pool.map(partial(_write_apart, publisher), work)
    finally:
        pool.shutdown(cancel_futures=True)


def _write_batch(archive: Archive, publisher: Publisher, batch: Touched) -> int:
    return sum(write_article(archive, publisher, article, anew) for article, anew in batch.items())


_opened: list[Archive] = []
"""The archive of a worker."""


def _open(reopen: Callable[[], Archive]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that waits for it is told, and stops the others
    _opened.append(reopen())


def _write_apart(publisher: Publisher, batch: Touched) -> int:
    return _write_batch(_opened[0], publisher, batch)


def _dirty(archive: Archive, touched: Touched) -> frozenset[tuple[str, str]]:
    """Return the lists, and the months of each, that what was touched stands in or has stood in."""
    found: set[tuple[str, str]] = set()
    for some in batches(touched, 500):
        for entry in archive.happenings(Selection(articles=tuple(some))):
            found |= _places(entry, (ALL,))
    changed = [article for article, numbers in touched.items() if numbers is None or numbers]
    for batch in batches(changed, 500):
        for entry in archive.changes(Selection(articles=tuple(batch), firsts=True), order=Order.OLDEST):
            numbers = touched[entry.article.id]
            if numbers is None or entry.version in numbers:
                found |= _places(entry, (*KINDS, LEDGER))
    return frozenset(found)


def _places(entry: LogEntry, kinds: Sequence[Listing]) -> set[tuple[str, str]]:
    """Return the lists and months that an entry stands in."""
    source = source_of(entry.article.source, entry.article.url)
    return {(folder, f"{entry.at:%Y-%m}") for folder in folders_of(source, entry.language, kinds)}


def _write_lists(lists: Lists, publisher: Publisher) -> int:
    """Write everything but the pages of articles, the front page last; return how many files were written."""
    written = write_sources(lists, publisher) + write_ledger(lists) + write_articles(lists) + write_last_day(lists)
    feeds = {}
    for listing in (one for one in KINDS if one.folder in _PUBLISHED):
        page = FRONT if listing is ALL else list_file(listing.folder)
        written += publish_newest(lists, listing, publisher, page=page, limit=_IN_FEED)
        feeds[listing.folder] = tuple((listing.title, file) for file in feed_files(listing.folder))
    return written + write_changes(lists, feeds)
