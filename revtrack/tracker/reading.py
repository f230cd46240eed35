"""Find out what a look came to, in the light of what an archive holds of the article. Writes nothing.

`observing` decides; what it asks for is read here, and no more of it than the look needs.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from revtrack.archive import Archive, Observation, Standing
from revtrack.config import Config
from revtrack.deriving.stepping import LOOK_BACK, late_verdicts, step, unreadable
from revtrack.errors import NotAnArticleError
from revtrack.extraction import Memory, rules_for, stamp_with
from revtrack.fetching import DecodingError
from revtrack.model import Article, Outcome, Revision, Snapshot, Story, Version
from revtrack.notes import Grammar
from revtrack.observing import SAME_BYTES, glance, read_stored, region_in, source_of

log = logging.getLogger(__name__)


class Reader:
    """Reads what was fetched beside what an archive holds; `grammar` holds the rules for notes."""

    def __init__(self, archive: Archive, settings: Config, grammar: Grammar) -> None:
        self._archive = archive
        self._settings = settings
        self._grammar = grammar

    def observe(self, standing: Standing, snapshot: Snapshot) -> Observation:
        """Return what a look came to; one that trips a bug of ours is trouble, with its bytes."""
        try:
            return self._derive(standing, snapshot)
        except Exception as error:  # a page that trips a bug of ours must cost neither its bytes nor the pass
            log.debug("could not read %s", standing.article.url, exc_info=True)
            return self.give_up(standing, snapshot, error)

    def give_up(self, standing: Standing, snapshot: Snapshot, error: Exception) -> Observation:
        """Return the observation for a page that could not be read, or what was read of it not be kept."""
        return unreadable(standing, snapshot, error, self._settings)

    def _derive(self, standing: Standing, snapshot: Snapshot) -> Observation:
        article, settings = standing.article, self._settings
        if snapshot.outcome is not Outcome.OK and (settled := glance(standing, snapshot, settings=settings)):
            return settled
        standing = replace(standing, body_sha256=self._archive.last_body(article.id))
        memory = Memory(rules=rules_for(article.url, settings.site), grammar=self._grammar)
        region = region_in(snapshot, memory)
        settled = glance(standing, snapshot, settings=settings, region=region)
        if settled and settled.why != SAME_BYTES:
            return settled
        reread, latest = dict(self._reread(standing, memory)), standing.latest
        if latest and latest.number in reread:
            standing = replace(standing, latest=replace(latest, story=reread[latest.number]))
        observation = step(
            standing,
            snapshot,
            settings=settings,
            memory=memory,
            past=partial(self._past, latest),
            neighbours=partial(self._archive.neighbours, article),
            region=region,
        )
        notes = observation.revision.notes if observation.revision else ()
        rejudged = late_verdicts(notes, self._recent(article, snapshot.fetched_at), snapshot.fetched_at)
        return replace(observation, reread=tuple(reread.items()), rejudged=tuple(rejudged))

    def _past(self, version: Version | None) -> str:
        """Return the source of the page that a version was read from, "" if it cannot be had."""
        if version is None or version.first_snapshot is None:
            return ""
        seen = self._archive.snapshot(version.first_snapshot)
        try:
            return source_of(seen, limit=self._settings.fetch.max_decoded_bytes)
        except DecodingError:
            return ""

    def _reread(self, standing: Standing, memory: Memory) -> Iterator[tuple[int, Story]]:
        """Yield an article's versions as today's extractor reads them, if another read the newest.

        What today's extractor refuses to read stays as it was read.
        """
        if standing.latest is None or standing.latest.story.extractor == stamp_with(memory):
            return
        for version in self._archive.versions(standing.article):
            story = self._read_again(version, memory)
            if story:
                yield version.number, story
            memory = replace(memory, story=story or version.story)

    def _read_again(self, version: Version, memory: Memory) -> Story | None:
        if version.first_snapshot is None:
            return None
        seen = self._archive.snapshot(version.first_snapshot)
        try:
            return read_stored(seen, memory, limit=self._settings.fetch.max_decoded_bytes)
        except (NotAnArticleError, DecodingError):
            return None

    def _recent(self, article: Article, at: datetime) -> Iterator[Revision]:
        """Yield the revisions of an article that notes seen at that time may still be about."""
        for version in list(self._archive.versions(article)):
            if version.number > 1 and at - version.first_seen <= LOOK_BACK:
                yield self._archive.revision(article, version.number - 1, version.number)
