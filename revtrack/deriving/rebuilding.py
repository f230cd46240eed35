"""Derive the articles of an archive again by today's rules: in several processes, written by one.

Each article is one transaction, marked with the stamp of the rules it stands by: what was done before an interruption
is not done again.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import datetime
from functools import partial
from itertools import islice
from multiprocessing import get_context

from revtrack.archive import Archive, OutdatedError, open_archive
from revtrack.archive.values import Derivation, Rederived
from revtrack.config import Config
from revtrack.deriving.rules import stamp
from revtrack.deriving.weaving import derive_article, left, weave
from revtrack.model import Article


def rebuild(
    archive: Archive,
    articles: Iterable[Article],
    *,
    settings: Config,
    now: datetime,
    workers: int = 1,
    location: str = "",
    dry_run: bool = False,
    again: bool = False,
) -> Iterator[Rederived]:
    """Derive articles again and put what comes of it in the place of what stands; yield what differs of each.

    An article that stands by today's rules already is passed over, unless `again`. In a dry run nothing is written.
    With more than one of `workers`, other processes derive, and this one writes; they open the archive at `location`,
    by default where it says that it is.
    """
    rules = stamp(settings)
    wanted = (article for article in articles if again or not archive.is_derived(article, rules))
    if workers > 1:
        found = _spread(wanted, workers, location or archive.location, settings)
    else:
        found = ((article, _derive_in(archive, settings, article)) for article in wanted)
    for article, derivation in found:
        if derivation is None:
            yield left(article)
        elif dry_run:
            yield archive.weigh_derivation(article, derivation)
        else:
            yield _put(archive, article, derivation, settings=settings, now=now)


def _put(archive: Archive, article: Article, derivation: Derivation, *, settings: Config, now: datetime) -> Rederived:
    try:
        return archive.put_derivation(article, derivation, now=now, stamp=stamp(settings))
    except OutdatedError:  # a tracker looked at it meanwhile
        return weave(archive, article, settings=settings, now=now)


def _spread(
    articles: Iterable[Article], workers: int, location: str, settings: Config
) -> Iterator[tuple[Article, Derivation | None]]:
    """Yield articles as other processes have derived them; so few are under way at once that memory is bounded."""
    context = get_context("spawn")  # a fork would share the archive's connection
    waiting: dict[Future[Derivation | None], Article] = {}
    rest = iter(articles)
    with ProcessPoolExecutor(workers, context, initializer=_open, initargs=(location, settings)) as pool:
        try:
            while True:
                for article in islice(rest, 2 * workers - len(waiting)):
                    waiting[pool.submit(_derive, article)] = article
                if not waiting:
                    return
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                yield from ((waiting.pop(future), future.result()) for future in done)
        finally:
            for future in waiting:
                future.cancel()


class _Worker:
    """What a process that derives has open."""

    derive: Callable[[Article], Derivation | None] | None = None


def _open(location: str, settings: Config) -> None:
    _Worker.derive = partial(_derive_in, open_archive(location, create=False), settings)


def _derive_in(archive: Archive, settings: Config, article: Article) -> Derivation | None:
    return None if archive.redactions(article) else derive_article(archive, article, settings)


def _derive(article: Article) -> Derivation | None:
    assert _Worker.derive is not None
    return _Worker.derive(article)
