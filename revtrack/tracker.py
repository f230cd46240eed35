"""The pipeline: due → fetch → observe → record. Brings `observing` what it needs, and records what it says."""

import logging
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import replace
from datetime import datetime, timedelta

from revtrack.archive import Archive, Observation, OutdatedError, Standing
from revtrack.clock import utc_now
from revtrack.config import Config
from revtrack.discovery import Kind, article_urls, recognise, source_urls
from revtrack.errors import ArchiveError, ArchiveLockedError, NotAnArticleError
from revtrack.extraction import Memory, boilerplate_of, rules_for, stamp_with
from revtrack.fetching import DecodingError, Fetcher, retry_after
from revtrack.fetching.stream import Fetch, Request, fetch_many
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
    Verdict,
    Version,
)
from revtrack.observing import conclude, observe, read_stored
from revtrack.text import fold
from revtrack.urls import canonical
from revtrack.verdicts import disclose_late

OpenFetcher = Callable[[MutableMapping[str, str]], AbstractAsyncContextManager[Fetch]]
"""Opens what fetches, given what politeness must not forget between passes; changes to it are kept."""

LOOK_BACK = timedelta(days=7)
"""How long after a change a note may still be about it: the longest lag measured was 165 hours."""
_ATTEMPTS = 5

log = logging.getLogger(__name__)


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
            articles = self.archive.due(now or self.clock(), limit=limit)
        requests = [Request(a.id, a.url, self.archive.standing(a.id).validators) for a in articles]
        for article_id, snapshot in self._fetch(requests[:limit]):
            yield self._settle(article_id, snapshot)

    def discover(
        self, now: datetime | None = None, *, everything: bool = False
    ) -> Iterator[tuple[Source, list[Article]]]:
        """Read the sources that are due, or all, and track what is new; yield each source with its new articles."""
        at = now or self.clock()
        due = {s.id: s for s in self.archive.sources() if everything or s.due_at is None or s.due_at <= at}
        for source_id, snapshot in self._fetch([Request(s.id, s.url) for s in due.values()]):
            with self.archive.transaction():
                added = self._take_from(due[source_id], snapshot, at)
            yield due[source_id], added

    def _take_from(self, source: Source, snapshot: Snapshot, at: datetime) -> list[Article]:
        kind, found = _listed(source, snapshot)
        reason = snapshot.reason or ("" if found else "it lists no articles")
        added = []
        if not kind.lists_sources:
            added = [self.archive.add_article(url, now=at, source=source.url) for url in found]
        elif source.parent:  # an index within an index would have no end
            reason = "it is listed by another source and lists sources itself: add the one you want"
        else:
            for url in found:
                inner = Kind.FEED if kind is Kind.OPML else Kind.SITEMAP
                self.archive.add_source(url, inner, now=at, parent=source.url)
        due_at = max(at + timedelta(seconds=self.settings.schedule.sources), retry_after(snapshot) or at)
        self.archive.checked_source(source, now=at, due_at=due_at, reason=reason)
        return [article for article, new in added if new]

    def _default_fetcher(self, memory: MutableMapping[str, str]) -> Fetcher:
        return Fetcher(self.settings.fetch, clock=self.clock, memory=memory)

    def _fetch(self, requests: list[Request]) -> Iterator[tuple[int, Snapshot]]:
        before = self.archive.manners()
        memory = dict(before)
        try:
            yield from fetch_many(requests, lambda: self._open_fetcher(memory))
        finally:
            with suppress(ArchiveError):  # what stopped the pass is told; a host's rest can be learned again
                self.archive.keep_manners(before, memory)

    def _settle(self, article_id: int, snapshot: Snapshot) -> CheckResult:
        for _ in range(_ATTEMPTS):
            standing = self.archive.standing(article_id)
            observation = self._observe(standing, snapshot)
            try:
                recorded = self.archive.record(observation)
            except OutdatedError:  # another tracker recorded a version meanwhile: look at it against that one
                continue
            return CheckResult(
                article=recorded.article,
                snapshot=recorded.snapshot,
                event=observation.event,
                why=observation.why,
                version=recorded.version,
                revision=_numbered(observation.revision, standing, observation) if recorded.version else None,
                due_at=observation.due_at,
            )
        raise ArchiveLockedError(self.archive.location, "is being written by others faster than we can read: try again")

    def _observe(self, standing: Standing, snapshot: Snapshot) -> Observation:
        try:
            return self._derive(standing, snapshot)
        except Exception as error:  # a page that trips a bug of ours must cost neither its bytes nor the pass
            log.debug("could not read %s", standing.article.url, exc_info=True)
            why = f"could not be read ({type(error).__name__}); its bytes are kept"
            return conclude(standing, snapshot, Event.TROUBLE, why, self.settings.schedule)

    def _derive(self, standing: Standing, snapshot: Snapshot) -> Observation:
        memory = self._memory(standing.article)
        reread = tuple(self._reread(standing, memory)) if snapshot.outcome is Outcome.OK else ()
        latest = standing.latest
        if latest and latest.number in dict(reread):
            standing = replace(standing, latest=replace(latest, story=dict(reread)[latest.number]))
        observation = observe(standing, snapshot, settings=self.settings.schedule, memory=memory)
        if observation.story and (repeated := self._repeated(standing.article, observation.story)):
            memory = replace(memory, boilerplate=repeated)
            observation = observe(standing, snapshot, settings=self.settings.schedule, memory=memory)
        observation = replace(observation, reread=reread)
        if observation.revision and observation.revision.notes:
            return replace(observation, rejudged=tuple(self._rejudge(standing, observation.revision, snapshot)))
        return observation

    def _memory(self, article: Article) -> Memory:
        return Memory(rules=rules_for(article.url, self.settings.site))

    def _repeated(self, article: Article, story: Story) -> frozenset[str]:
        """Return what other articles of the site show too, if the story holds any of it."""
        repeated = boilerplate_of(self.archive.neighbours(article))
        return repeated if any(fold(paragraph.text) in repeated for paragraph in story.paragraphs) else frozenset()

    def _reread(self, standing: Standing, memory: Memory) -> Iterator[tuple[int, Story]]:
        """Yield an article's versions as today's extractor reads them, if another read the newest.

        What today's extractor refuses to read stays as it was read.
        """
        if standing.latest is None or standing.latest.story.extractor == stamp_with(memory.rules):
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


def _listed(source: Source, snapshot: Snapshot) -> tuple[Kind, tuple[str, ...]]:
    """Return what a source turned out to be, and the URLs it lists; none when it could not be read."""
    if snapshot.outcome is not Outcome.OK:
        return Kind(source.kind), ()
    content, base = snapshot.decoded or b"", snapshot.final_url or source.url
    kind = recognise(source.url, content=content, content_type=snapshot.header("content-type"))
    if kind.lists_sources:
        return kind, source_urls(content, base_url=base)
    return kind, article_urls(content, kind=kind, base_url=base)


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
