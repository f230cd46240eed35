"""The pipeline: due → fetch → observe → record. Brings `observing` what it needs, and records what it says."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice, starmap

from revtrack.archive import Archive, Observation, OutdatedError, Recorded, Standing
from revtrack.clock import exact_now, utc_now
from revtrack.collecting import without_collecting
from revtrack.config import Config
from revtrack.deriving.stepping import LOOK_BACK, late_verdicts, step, unreadable
from revtrack.discovery import Kind, asked_to_wait, may_be_read, next_reading, read_source, recognise
from revtrack.errors import ArchiveError, ArchiveLockedError, ConfigError, NotAnArticleError, RevtrackError
from revtrack.extraction import Memory, rules_for, stamp_with
from revtrack.fetching import DecodingError, Fetcher, retry_after
from revtrack.fetching.remembering import Remembering
from revtrack.fetching.stream import Answers, Fetch, Request, fetch_hosts
from revtrack.model import (
    Article,
    CheckResult,
    Outcome,
    Revision,
    Snapshot,
    Source,
    Story,
    Validators,
    Version,
)
from revtrack.notes import read_grammar
from revtrack.observing import SAME_BYTES, are_one, glance, read_stored, region_in, source_of
from revtrack.schedule import Prior, Turns, are_believable, by_host, choose, in_turn, learn, read_ahead, turns_of
from revtrack.urls import canonical, host_of

OpenFetcher = Callable[[MutableMapping[str, str]], AbstractAsyncContextManager[Fetch]]
"""Opens what fetches, given what politeness must not forget between passes; changes to it are kept."""

DAY = timedelta(days=1)
_ATTEMPTS = 5
_LEARNED_FOR = timedelta(hours=1)
"""A source's past changes little meanwhile, and hundreds of its articles are read to learn from it."""
_MOST_WAITING = 1000
"""Pages that may wait to be packed when a pass ends: some 40 MB."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a look came to, and what was known before."""

    standing: Standing
    observation: Observation


class Tracker:
    """Looks at articles, and records what it finds in an archive.

    `fetcher` opens whatever fetches, `Fetcher(settings.fetch)` by default; `clock` gives aware UTC times.
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
        self._priors: dict[str, Prior] = {}
        self._learned_at: datetime | None = None
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
        self._forget_priors()
        for answers, changed in self._fetch(read_ahead(turns, self._requests)):
            yield from self._settle_all(answers, changed)
        self.tidy(waiting=_MOST_WAITING)

    def tidy(self, *, waiting: int = 0, until: Callable[[], bool] = bool) -> None:
        """Make small what was kept as it came, until no more than so many pages wait or `until` says so."""
        while not until() and self.archive.pack_bodies(waiting=waiting):
            pass

    def _requests(self, articles: Sequence[int]) -> Iterator[Request]:
        """Yield the requests for articles, with what the archive has to ask "has it changed?" with."""
        return starmap(Request, self.archive.requests(articles))

    def due(self, now: datetime | None = None, limit: int | None = None) -> list[Article]:
        """Return what a pass at that time would look at, likeliest to have changed first, within what may be spent."""
        at = now or self.clock()
        return choose(self.archive.due(at), at, self.settings.schedule, self._spent(at), limit)

    def turns(self, now: datetime | None = None, limit: int | None = None) -> Turns:
        """Return what `due` does as turns: however many are due, that takes little memory."""
        at = now or self.clock()
        return by_host(islice(in_turn(self.archive.waiting(at), at, self.settings.schedule, self._spent(at)), limit))

    def _spent(self, at: datetime) -> dict[str, int]:
        return self.archive.spent(at - DAY) if self.settings.schedule.is_bounded else {}

    def discover(
        self, now: datetime | None = None, *, everything: bool = False
    ) -> Iterator[tuple[Source, list[Article]]]:
        """Read the sources that are due, or all, and track what is new; yield each source with its new articles."""
        at = now or self.clock()
        self._follow_configured(at)
        manners = self.archive.manners()
        due = {s.id: s for s in self.archive.sources() if may_be_read(s, at, manners, everything=everything)}
        hosts = by_host((host_of(source.url), source.id) for source in due.values())
        lines = {host: (Request(i, due[i].url, due[i].validators) for i in ids) for host, ids in hosts.items()}
        for answers, changed in self._fetch(lines):
            for source_id, snapshot in answers:
                with self.archive.transaction():
                    added = self._take_from(due[source_id], snapshot, at)
                    self.archive.keep_manners({}, changed)
                yield due[source_id], added

    def _follow_configured(self, at: datetime) -> None:
        """Follow the sources that the settings name; those that are followed already stay as they are."""
        for source in self.settings.source:
            url = canonical(source.url)
            kind = source.kind or recognise(url)
            if kind not in list(Kind):
                raise ConfigError(f"source.kind is one of {', '.join(Kind)}, not {kind!r}", key="source.kind")
            self.archive.add_source(url, Kind.FEED if kind == Kind.ARTICLE else kind, now=at)

    def _take_from(self, source: Source, snapshot: Snapshot, at: datetime) -> list[Article]:
        usual, asked = timedelta(seconds=self.settings.schedule.sources), retry_after(snapshot)
        self.archive.keep_manners({}, asked_to_wait(source, asked))
        next_at = partial(next_reading, source, at, usual=usual, asked=asked)
        if snapshot.outcome is Outcome.NOT_MODIFIED:
            self.archive.checked_source(source, now=at, due_at=next_at(failed=False))
            return []
        listing = read_source(source, snapshot)
        due_at = next_at(failed=not (listing.articles or listing.sources))
        self._hasten({one.url: one.modified for one in listing.articles if one.modified}, at)
        added = [self.archive.add_article(one.url, now=at, source=source.url) for one in listing.articles]
        for url in listing.sources:
            self.archive.add_source(url, listing.inner, now=at, parent=source.url)
        validators = Validators() if listing.reason else snapshot.validators  # what went wrong is asked for whole again
        self.archive.checked_source(
            source, now=at, due_at=due_at, reason=listing.reason, validators=validators, title=listing.title
        )
        return [article for article, new in added if new]

    def _hasten(self, changes: Mapping[str, datetime], at: datetime) -> None:
        """Look at once at what a source says has changed since our last look, if its times can be believed."""
        outdated = self.archive.outdated({url: changed for url, changed in changes.items() if changed <= at})
        if are_believable(len(outdated), len(changes)):
            self.archive.hasten(outdated, now=at)

    def _default_fetcher(self, memory: MutableMapping[str, str]) -> Fetcher:
        # The gap between two requests is measured by this clock, and finer than by the second.
        clock = exact_now if self.clock is utc_now else self.clock
        return Fetcher(self.settings.fetch, clock=clock, memory=memory)

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

    def _settle_all(self, answers: Answers, manners: dict[str, str]) -> list[CheckResult]:
        """Find out what some looks came to, and record them together; their results are safe when they are returned.

        What is read and compared is so outside of the transaction: others may write meanwhile.
        """
        results: list[CheckResult] = []
        found: list[_Found] = []
        known = self._standings(article_id for article_id, _ in answers)
        for article_id, snapshot in answers:
            one = self._find_out(known[article_id], snapshot)
            if one.observation.addresses or one.observation.same:  # whose it is depends on what was recorded before
                results += self._record(found, manners)
                found = []
                results += self._record([self._find_out_whose(article_id, snapshot)], manners)
                known = self._standings(known)
            else:
                found.append(one)
        return results + self._record(found, manners)

    def _find_out(self, standing: Standing, snapshot: Snapshot) -> _Found:
        """Return what a look came to, given what is known of the article."""
        observation = self._observe(standing, snapshot)
        return _Found(standing, observation if snapshot.body is None else replace(observation, later=True))

    def _find_out_whose(self, article_id: int, snapshot: Snapshot) -> _Found:
        """Return what a look came to, as a look at the article that it turned out to be at."""
        found = self._find_out(self._standing(article_id), snapshot)
        twin = self._twin(found.standing, found.observation)
        if twin is None:
            return found
        stays, same = twin
        if stays != found.standing.article.id:
            found = self._find_out(self._standing(stays), snapshot)
        return replace(found, observation=replace(found.observation, same=same))

    def _record(self, found: Sequence[_Found], manners: dict[str, str]) -> list[CheckResult]:
        """Record looks; what was read of a page and cannot be written down costs neither its bytes nor the others."""
        try:
            results = self._record_together(found, manners)
        except RevtrackError:  # of the archive
            raise
        except Exception as error:
            log.debug("could not record %d looks", len(found), exc_info=True)
            if len(found) == 1:
                one = found[0]
                unread = unreadable(one.standing, one.observation.snapshot, error, self.settings)
                return self._record_together([replace(one, observation=unread)], manners)
            return [result for one in found for result in self._record([one], manners)]
        manners.clear()
        return results

    @without_collecting
    def _record_together(self, found: Sequence[_Found], manners: dict[str, str]) -> list[CheckResult]:
        with self.archive.transaction():
            if manners:
                self.archive.keep_manners({}, manners)
            known = {one.standing.article.id: one.standing.article for one in found}
            recorded = self.archive.record_all([one.observation for one in found], known=known)
            return [
                _result(one, two) if two else self._record_again(one) for one, two in zip(found, recorded, strict=True)
            ]

    def _record_again(self, found: _Found) -> CheckResult:
        """Record a look against the version that another tracker recorded meanwhile."""
        for _ in range(_ATTEMPTS):
            found = self._find_out(self._standing(found.standing.article.id), found.observation.snapshot)
            with suppress(OutdatedError):
                return _result(found, self.archive.record(found.observation))
        raise ArchiveLockedError(self.archive.location, "is being written by others faster than we can read: try again")

    def _standings(self, articles: Iterable[int]) -> dict[int, Standing]:
        """Return what is known of articles, or of those that they turned out to be in this very pass."""
        known = self.archive.standings(list(articles), prior=self._prior_of)
        return {number: self._standing(number) if one.article.same_as else one for number, one in known.items()}

    def _standing(self, article_id: int) -> Standing:
        standing = self.archive.standings([article_id], prior=self._prior_of)[article_id]
        other = standing.article.same_as
        return self.archive.standings([other], prior=self._prior_of)[other] if other else standing

    def _forget_priors(self) -> None:
        """Let what is expected of sources be learned again, unless it just was."""
        now = self.clock()
        if self._learned_at is None or not timedelta(0) <= now - self._learned_at < _LEARNED_FOR:
            self._priors.clear()
            self._learned_at = now

    def _prior_of(self, article: Article) -> Prior:
        """Return what is expected of an article's source; it is learned once in a pass, and in an hour of passes."""
        source = article.source or host_of(article.url)
        if source not in self._priors:
            self._priors[source] = learn(self.archive.companions(article))
        return self._priors[source]

    def _observe(self, standing: Standing, snapshot: Snapshot) -> Observation:
        try:
            return self._derive(standing, snapshot)
        except Exception as error:  # a page that trips a bug of ours must cost neither its bytes nor the pass
            log.debug("could not read %s", standing.article.url, exc_info=True)
            return unreadable(standing, snapshot, error, self.settings)

    def _derive(self, standing: Standing, snapshot: Snapshot) -> Observation:
        article = standing.article
        if snapshot.outcome is not Outcome.OK and (settled := glance(standing, snapshot, settings=self.settings)):
            return settled
        standing = replace(standing, body_sha256=self.archive.last_body(article.id))
        memory = self._memory(article)
        region = region_in(snapshot, memory)
        settled = glance(standing, snapshot, settings=self.settings, region=region)
        if settled and settled.why != SAME_BYTES:
            return settled
        reread, latest = dict(self._reread(standing, memory)), standing.latest
        if latest and latest.number in reread:
            standing = replace(standing, latest=replace(latest, story=reread[latest.number]))
        observation = step(
            standing,
            snapshot,
            settings=self.settings,
            memory=memory,
            past=partial(self._past, latest),
            neighbours=partial(self.archive.neighbours, article),
            region=region,
        )
        notes = observation.revision.notes if observation.revision else ()
        rejudged = late_verdicts(notes, self._recent(article, snapshot.fetched_at), snapshot.fetched_at)
        return replace(observation, reread=tuple(reread.items()), rejudged=tuple(rejudged))

    def _twin(self, standing: Standing, observation: Observation) -> tuple[int, tuple[int, ...]] | None:
        """Return the article that a look belongs to, and what turned out to be the same; None if all is known."""
        known = (self.archive.owner(url) for url in observation.addresses)
        for owner in sorted({owner for owner in known if owner is not None} - {standing.article.id}):
            other = self.archive.standings([owner])[owner]
            if are_one(standing, other, observation):
                stays, goes = sorted((standing, other), key=lambda one: (one.latest is None, one.article.id))
                return stays.article.id, (goes.article.id,)
        return None

    def _past(self, version: Version | None) -> str:
        """Return the source of the page that a version was read from, "" if it cannot be had."""
        if version is None or version.first_snapshot is None:
            return ""
        seen = self.archive.snapshot(version.first_snapshot)
        try:
            return source_of(seen, limit=self.settings.fetch.max_decoded_bytes)
        except DecodingError:
            return ""

    def _memory(self, article: Article) -> Memory:
        return Memory(rules=rules_for(article.url, self.settings.site), grammar=self._grammar)

    def _reread(self, standing: Standing, memory: Memory) -> Iterator[tuple[int, Story]]:
        """Yield an article's versions as today's extractor reads them, if another read the newest.

        What today's extractor refuses to read stays as it was read.
        """
        if standing.latest is None or standing.latest.story.extractor == stamp_with(memory):
            return
        for version in self.archive.versions(standing.article):
            story = self._read_again(version, memory)
            if story:
                yield version.number, story
            memory = replace(memory, story=story or version.story)

    def _read_again(self, version: Version, memory: Memory) -> Story | None:
        if version.first_snapshot is None:
            return None
        seen = self.archive.snapshot(version.first_snapshot)
        try:
            return read_stored(seen, memory, limit=self.settings.fetch.max_decoded_bytes)
        except (NotAnArticleError, DecodingError):
            return None

    def _recent(self, article: Article, at: datetime) -> Iterator[Revision]:
        """Yield the revisions of an article that notes seen at that time may still be about."""
        for version in list(self.archive.versions(article)):
            if version.number > 1 and at - version.first_seen <= LOOK_BACK:
                yield self.archive.revision(article, version.number - 1, version.number)


def _result(found: _Found, recorded: Recorded) -> CheckResult:
    observation = found.observation
    return CheckResult(
        article=recorded.article,
        snapshot=recorded.snapshot,
        event=observation.event,
        why=observation.why,
        version=recorded.version,
        revision=_numbered(observation.revision, found.standing, observation) if recorded.version else None,
        due_at=observation.due_at,
    )


def _numbered(revision: Revision | None, standing: Standing, observation: Observation) -> Revision | None:
    if revision is None or standing.latest is None:
        return None
    at = observation.snapshot.fetched_at
    return replace(
        revision,
        url=standing.article.url,
        old=standing.latest.number,
        new=standing.latest.number + 1,
        after=standing.latest.last_seen,
        seen_at=at,
        last_seen=at,
    )
