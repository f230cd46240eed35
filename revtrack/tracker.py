"""The pipeline: due → fetch → observe → record. Brings `observing` what it needs, and records what it says."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from revtrack.archive import Archive, Observation, OutdatedError, Standing
from revtrack.clock import exact_now, utc_now
from revtrack.config import Config
from revtrack.discovery import Kind, read_source, recognise
from revtrack.errors import ArchiveError, ArchiveLockedError, ConfigError, NotAnArticleError
from revtrack.extraction import Memory, boilerplate_of, rules_for, stamp_with
from revtrack.fetching import DecodingError, Fetcher, retry_after
from revtrack.fetching.remembering import Remembering
from revtrack.fetching.stream import Answers, Fetch, Prepare, Request, as_it_is, fetch_batches
from revtrack.model import (
    Article,
    CheckResult,
    Event,
    NoteFamily,
    Outcome,
    Revision,
    Snapshot,
    Source,
    Story,
    Validators,
    Verdict,
    Version,
)
from revtrack.notes import read_grammar
from revtrack.observing import SAME_BYTES, are_one, conclude, glance, observe, read_stored, region_in, source_of
from revtrack.schedule import Prior, are_believable, choose, learn
from revtrack.text import fold
from revtrack.urls import canonical, host_of
from revtrack.verdicts import disclose_late

OpenFetcher = Callable[[MutableMapping[str, str]], AbstractAsyncContextManager[Fetch]]
"""Opens what fetches, given what politeness must not forget between passes; changes to it are kept."""

DAY = timedelta(days=1)
LOOK_BACK = timedelta(days=7)
"""How long after a change a note may still be about it: the longest lag measured was 165 hours."""
_ATTEMPTS = 5
_MOST_WAITING = 1000
"""Pages that may wait to be packed when a pass ends: some 40 MB."""
_MOST_KNOWN = 500
"""Articles of which is kept in memory what is known of them, while they are asked for."""

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
        self._known: dict[int, Standing] = {}
        self._grammar = read_grammar(self.settings.note_rules)

    def add(self, url: str) -> Article:
        """Track an article; one that is tracked already is returned as it is. Raises BadURLError."""
        return self.archive.add_article(canonical(url), now=self.clock())[0]

    def check(
        self, now: datetime | None = None, limit: int | None = None, *, articles: Iterable[Article] | None = None
    ) -> Iterator[CheckResult]:
        """Look at what is due, or at the articles given, and yield each result once it is recorded.

        Sources that are due are read first, so that their new articles are in the pass. Leaving the loop early loses
        nothing: what was not looked at stays due.
        """
        if articles is None:
            for _ in self.discover(now):
                pass
            articles = self.due(now, limit)
        self._priors.clear()
        self._known.clear()
        requests = [Request(article.id, article.url) for article in islice(articles, limit)]
        for answers, changed in self._fetch(requests, self._conditional):
            yield from self._settle_all(answers, changed)
        self.tidy(waiting=_MOST_WAITING)

    def tidy(self, *, waiting: int = 0, until: Callable[[], bool] = bool) -> None:
        """Make small what was kept as it came, until no more than so many pages wait or `until` says so."""
        while not until() and self.archive.pack_bodies(waiting=waiting):
            pass

    def _conditional(self, request: Request) -> Request:
        """Add what the archive has to ask "has it changed?" with: just before the request goes out."""
        standing = self.archive.standing(request.key)
        if len(self._known) < _MOST_KNOWN:
            self._known[request.key] = standing
        return replace(request, validators=standing.validators)

    def due(self, now: datetime | None = None, limit: int | None = None) -> list[Article]:
        """Return what a pass at that time would look at, likeliest to have changed first, within what may be spent."""
        at = now or self.clock()
        settings = self.settings.schedule
        spent = self.archive.spent(at - DAY) if settings.is_bounded else {}
        return choose(self.archive.due(at), at, settings, spent, limit)

    def discover(
        self, now: datetime | None = None, *, everything: bool = False
    ) -> Iterator[tuple[Source, list[Article]]]:
        """Read the sources that are due, or all, and track what is new; yield each source with its new articles."""
        at = now or self.clock()
        self._follow_configured(at)
        due = {s.id: s for s in self.archive.sources() if everything or s.due_at is None or s.due_at <= at}
        for answers, changed in self._fetch([Request(s.id, s.url, s.validators) for s in due.values()]):
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
        due_at = max(at + timedelta(seconds=self.settings.schedule.sources), retry_after(snapshot) or at)
        if snapshot.outcome is Outcome.NOT_MODIFIED:
            self.archive.checked_source(source, now=at, due_at=due_at)
            return []
        listing = read_source(source, snapshot)
        self._hasten({one.url: one.modified for one in listing.articles if one.modified}, at)
        added = [self.archive.add_article(one.url, now=at, source=source.url) for one in listing.articles]
        for url in listing.sources:
            self.archive.add_source(url, listing.inner, now=at, parent=source.url)
        validators = Validators() if listing.reason else snapshot.validators  # what went wrong is asked for whole again
        self.archive.checked_source(source, now=at, due_at=due_at, reason=listing.reason, validators=validators)
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

    def _fetch(
        self, requests: list[Request], prepare: Prepare | None = None
    ) -> Iterator[tuple[Answers, dict[str, str]]]:
        """Yield what came, some answers at a time, with what politeness has learned by them.

        That is kept with every look, so that a host is spared also by the process that comes after a crash.
        """
        memory = Remembering(self.archive.manners())
        try:
            for answers in fetch_batches(requests, lambda: self._open_fetcher(memory), prepare or as_it_is):
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
        for article_id, snapshot in answers:
            one = self._find_out(article_id, snapshot)
            if one.observation.addresses or one.observation.same:  # whose it is depends on what was recorded before
                results += self._record(found, manners)
                found = []
                self._known.clear()
                one = self._find_out(article_id, snapshot, joins=True)
                results += self._record([one], manners)
            else:
                found.append(one)
        return results + self._record(found, manners)

    def _find_out(self, article_id: int, snapshot: Snapshot, *, joins: bool = False) -> _Found:
        """Return what a look came to, as a look at the article that it turned out to be at."""
        same: tuple[int, ...] = ()
        while True:
            standing = self._with_prior(self._standing(article_id))
            observation = self._observe(standing, snapshot)
            twin = self._twin(standing, observation) if joins and not same else None
            if twin is None:
                return _Found(standing, replace(observation, same=same, later=True))
            article_id, same = twin
            if article_id == standing.article.id:
                return _Found(standing, replace(observation, same=same, later=True))

    def _record(self, found: Sequence[_Found], manners: dict[str, str]) -> list[CheckResult]:
        with self.archive.transaction():
            if manners:
                self.archive.keep_manners({}, manners)
                manners.clear()
            return [self._record_one(one) for one in found]

    def _record_one(self, found: _Found) -> CheckResult:
        for _ in range(_ATTEMPTS):
            observation = found.observation
            try:
                recorded = self.archive.record(observation)
            except OutdatedError:  # another tracker recorded a version meanwhile: look at it against that one
                found = self._find_out(found.standing.article.id, observation.snapshot)
                continue
            return CheckResult(
                article=recorded.article,
                snapshot=recorded.snapshot,
                event=observation.event,
                why=observation.why,
                version=recorded.version,
                revision=_numbered(observation.revision, found.standing, observation) if recorded.version else None,
                due_at=observation.due_at,
            )
        raise ArchiveLockedError(self.archive.location, "is being written by others faster than we can read: try again")

    def _standing(self, article_id: int) -> Standing:
        """Return what is known of an article, or of the one that it turned out to be in this very pass."""
        standing = self._known.pop(article_id, None) or self.archive.standing(article_id)
        return self.archive.standing(standing.article.same_as) if standing.article.same_as else standing

    def _with_prior(self, standing: Standing) -> Standing:
        """Add what is expected of the article's source; it is learned once in a pass."""
        article = standing.article
        source = article.source or host_of(article.url)
        if source not in self._priors:
            self._priors[source] = learn(self.archive.companions(article))
        return replace(standing, prior=self._priors[source])

    def _observe(self, standing: Standing, snapshot: Snapshot) -> Observation:
        try:
            return self._derive(standing, snapshot)
        except Exception as error:  # a page that trips a bug of ours must cost neither its bytes nor the pass
            log.debug("could not read %s", standing.article.url, exc_info=True)
            why = f"could not be read ({type(error).__name__}); its bytes are kept"
            return conclude(standing, snapshot, Event.TROUBLE, why, self.settings)

    def _derive(self, standing: Standing, snapshot: Snapshot) -> Observation:
        memory = self._memory(standing.article)
        region = region_in(snapshot, memory)
        settled = glance(standing, snapshot, settings=self.settings, region=region)
        if settled and settled.why != SAME_BYTES:
            return settled
        past = partial(self._past, standing.latest)
        reread = tuple(self._reread(standing, memory))
        latest = standing.latest
        if latest and latest.number in dict(reread):
            standing = replace(standing, latest=replace(latest, story=dict(reread)[latest.number]))
        observe_it = partial(observe, settings=self.settings, past=past, region=region)
        observation = observe_it(standing, snapshot, memory=memory)
        if observation.story and (repeated := self._repeated(standing.article, observation.story)):
            memory = replace(memory, boilerplate=repeated)
            observation = observe_it(standing, snapshot, memory=memory)
        observation = replace(observation, reread=reread)
        if observation.revision and observation.revision.notes:
            return replace(observation, rejudged=tuple(self._rejudge(standing, observation.revision, snapshot)))
        return observation

    def _twin(self, standing: Standing, observation: Observation) -> tuple[int, tuple[int, ...]] | None:
        """Return the article that a look belongs to, and what turned out to be the same; None if all is known."""
        known = (self.archive.owner(url) for url in observation.addresses)
        for owner in sorted({owner for owner in known if owner is not None} - {standing.article.id}):
            other = self.archive.standing(owner)
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

    def _repeated(self, article: Article, story: Story) -> frozenset[str]:
        """Return what other articles of the site show too, if the story holds any of it."""
        repeated = boilerplate_of(self.archive.neighbours(article))
        return repeated if any(fold(paragraph.text) in repeated for paragraph in story.paragraphs) else frozenset()

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

    def _rejudge(self, standing: Standing, revision: Revision, snapshot: Snapshot) -> Iterator[tuple[int, Verdict]]:
        """Yield new verdicts of the revisions of the last week that the new notes are about."""
        notes = tuple(note for note in revision.notes if note.family is NoteFamily.REVISION)
        recent = [v for v in self.archive.versions(standing.article) if snapshot.fetched_at - v.first_seen <= LOOK_BACK]
        for version in recent if notes else ():
            if version.number > 1:
                earlier = self.archive.revision(standing.article, version.number - 1, version.number)
                verdict = disclose_late(earlier, notes, lag=snapshot.fetched_at - version.first_seen)
                if verdict != earlier.verdict:
                    yield version.number, verdict


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
