"""One pass over what is due: which sources and articles are asked for, and in which order it all goes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime, timedelta
from itertools import islice, starmap

from revtrack.archive import Archive
from revtrack.clock import exact_now, utc_now
from revtrack.config import Config
from revtrack.discovery import may_be_read
from revtrack.errors import ArchiveError
from revtrack.fetching import Fetcher
from revtrack.fetching.remembering import Remembering
from revtrack.fetching.stream import Answers, Fetch, Request, fetch_hosts
from revtrack.model import Article, CheckResult, Source
from revtrack.notes import read_grammar
from revtrack.schedule import Turns, by_host, choose, in_turn, read_ahead, turns_of
from revtrack.tracker.priors import Priors
from revtrack.tracker.reading import Reader
from revtrack.tracker.recording import Recorder
from revtrack.tracker.sources import follow, take_from, wanted_of
from revtrack.urls import canonical, host_of

OpenFetcher = Callable[[MutableMapping[str, str]], AbstractAsyncContextManager[Fetch]]
"""Opens what fetches, given what politeness must not forget between passes; changes to it are kept."""

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_MOST_WAITING = 1000
"""Pages that may wait to be packed when a pass ends: some 40 MB."""


class Tracker:
    """Looks at articles, and records what it finds in an archive.

    `fetcher` opens whatever fetches, `Fetcher(settings.fetch)` by default; `clock` gives aware UTC times.
    Raises ConfigError where the rule files that the settings name cannot be read.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        fetcher: OpenFetcher | None = None,
        clock: Callable[[], datetime] = utc_now,
        settings: Config | None = None,
    ) -> None:
        self.archive = archive
        self.clock = clock
        self.settings = settings or Config()
        self._open_fetcher = fetcher or self._default_fetcher
        self._priors = Priors(archive)
        self._grammar = read_grammar(self.settings.note_rules)

    def add(self, url: str) -> Article:
        """Track an article; one that is tracked already is returned as it is. Raises BadURLError."""
        return self.archive.add_article(canonical(url), now=self.clock())[0]

    def check(
        self,
        now: datetime | None = None,
        limit: int | None = None,
        *,
        articles: Iterable[Article] | None = None,
        turns: Turns | None = None,
    ) -> Iterator[CheckResult]:
        """Look at what is due, or at the articles or turns given, and yield each result once it is recorded.

        Sources that are due are read first, so that their new articles are in the pass. Leaving the loop early loses
        nothing: what was not looked at stays due.
        """
        if articles is None and turns is None:
            for _ in self.discover(now):
                pass
        if turns is None:
            turns = self.turns(now, limit) if articles is None else turns_of(islice(articles, limit))
        self._priors.refresh(self.clock())
        recorder = Recorder(self.archive, Reader(self.archive, self.settings, self._grammar), self._priors)
        for answers, changed in self._fetch(read_ahead(turns, self._requests)):
            yield from recorder.settle(answers, changed)
        self.tidy(waiting=_MOST_WAITING)

    def tidy(self, *, waiting: int = 0, until: Callable[[], bool] = bool) -> None:
        """Make small what was kept as it came, until no more than so many pages wait or `until` says so."""
        while not until() and self.archive.pack_bodies(waiting=waiting):
            pass

    def due(self, now: datetime | None = None, limit: int | None = None) -> list[Article]:
        """Return what a pass at that time would look at, likeliest to have changed first, within what may be spent."""
        at = now or self.clock()
        return choose(self.archive.due(at), at, self.settings.schedule, self._spent(at), limit)

    def turns(self, now: datetime | None = None, limit: int | None = None) -> Turns:
        """Return what `due` does as turns: however many are due, that takes little memory."""
        at = now or self.clock()
        return by_host(islice(in_turn(self.archive.waiting(at), at, self.settings.schedule, self._spent(at)), limit))

    def _spent(self, at: datetime) -> dict[str, int]:
        return self.archive.spent(at - _DAY) if self.settings.schedule.is_bounded else {}

    def discover(
        self, now: datetime | None = None, *, everything: bool = False
    ) -> Iterator[tuple[Source, list[Article]]]:
        """Read the sources that are due, or all, and track what is new; yield each source with its new articles.

        Raises ConfigError or BadURLError where the settings name a source that can be none.
        """
        at, usual = now or self.clock(), timedelta(seconds=self.settings.schedule.sources)
        follow(self.archive, self.settings.source, at)
        is_wanted = wanted_of(self.settings.source)
        manners = self.archive.manners()
        due = {s.id: s for s in self.archive.sources() if may_be_read(s, at, manners, everything=everything)}
        hosts = by_host((host_of(source.url), source.id) for source in due.values())
        lines = {host: (Request(i, due[i].url, due[i].validators) for i in ids) for host, ids in hosts.items()}
        for answers, changed in self._fetch(lines):
            for source_id, snapshot in answers:
                with self.archive.transaction():
                    source = due[source_id]
                    added = take_from(self.archive, source, snapshot, at=at, usual=usual, is_wanted=is_wanted)
                    self.archive.keep_manners({}, changed)
                yield due[source_id], added

    def _requests(self, articles: Sequence[int]) -> Iterator[Request]:
        """Yield the requests for articles, with what the archive has to ask "has it changed?" with.

        A page that was not read for a week is asked for whole: some servers say 304 for good.
        """
        return starmap(Request, self.archive.requests(articles, since=self.clock() - _WEEK))

    def _fetch(self, waiting: Mapping[str, Iterator[Request]]) -> Iterator[tuple[Answers, dict[str, str]]]:
        """Yield what came, some answers at a time, with what politeness has learned by them.

        That is kept with every look, so that a host is spared also by the process that comes after a crash.
        """
        memory = Remembering(self.archive.manners())
        try:
            for answers in fetch_hosts(waiting, lambda: self._open_fetcher(memory)):
                yield answers, memory.take_changes()
        finally:
            with suppress(ArchiveError):  # what stopped the pass is told; a host's rest can be learned again
                self.archive.keep_manners({}, memory.take_changes())

    def _default_fetcher(self, memory: MutableMapping[str, str]) -> Fetcher:
        # The gap between two requests is measured by this clock, and finer than by the second.
        clock = exact_now if self.clock is utc_now else self.clock
        return Fetcher(self.settings.fetch, clock=clock, memory=memory)
