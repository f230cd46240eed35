"""Record what looks came to: many together, and each with the article that it turned out to be a look at."""

import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from revtrack.archive import Archive, Observation, OutdatedError, Recorded, Standing
from revtrack.collecting import without_collecting
from revtrack.errors import ArchiveLockedError, RevtrackError
from revtrack.fetching.stream import Answers
from revtrack.model import CheckResult, Revision, Snapshot
from revtrack.observing import are_one
from revtrack.tracker.priors import Priors
from revtrack.tracker.reading import Reader

_ATTEMPTS = 5

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a look came to, and what was known before."""

    standing: Standing
    observation: Observation


class Recorder:
    """Has a reader find out what looks came to, and records it."""

    def __init__(self, archive: Archive, reader: Reader, priors: Priors) -> None:
        self._archive = archive
        self._reader = reader
        self._priors = priors

    def settle(self, answers: Answers, manners: dict[str, str]) -> list[CheckResult]:
        """Find out what some looks came to, and record them together; their results are safe when they are returned.

        What is read and compared is so outside of the transaction: others may write meanwhile. `manners`, what
        politeness learned by these answers, is kept with them, and emptied when it is.
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
        observation = self._reader.observe(standing, snapshot)
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

    def _twin(self, standing: Standing, observation: Observation) -> tuple[int, tuple[int, ...]] | None:
        """Return the article that a look belongs to, and what turned out to be the same; None if all is known."""
        known = (self._archive.owner(url) for url in observation.addresses)
        for owner in sorted({owner for owner in known if owner is not None} - {standing.article.id}):
            other = self._archive.standings([owner])[owner]
            if are_one(standing, other, observation):
                stays, goes = sorted((standing, other), key=lambda one: (one.latest is None, one.article.id))
                return stays.article.id, (goes.article.id,)
        return None

    def _standings(self, articles: Iterable[int]) -> dict[int, Standing]:
        """Return what is known of articles, or of those that they turned out to be in this very pass."""
        known = self._archive.standings(list(articles), prior=self._priors.of)
        return {number: self._standing(number) if one.article.same_as else one for number, one in known.items()}

    def _standing(self, article_id: int) -> Standing:
        standing = self._archive.standings([article_id], prior=self._priors.of)[article_id]
        other = standing.article.same_as
        return self._archive.standings([other], prior=self._priors.of)[other] if other else standing

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
                unread = self._reader.give_up(one.standing, one.observation.snapshot, error)
                return self._record_together([replace(one, observation=unread)], manners)
            return [result for one in found for result in self._record([one], manners)]
        manners.clear()
        return results

    @without_collecting
    def _record_together(self, found: Sequence[_Found], manners: dict[str, str]) -> list[CheckResult]:
        with self._archive.transaction():
            if manners:
                self._archive.keep_manners({}, manners)
            known = {one.standing.article.id: one.standing.article for one in found}
            recorded = self._archive.record_all([one.observation for one in found], known=known)
            return [
                _result(one, two) if two else self._record_again(one) for one, two in zip(found, recorded, strict=True)
            ]

    def _record_again(self, found: _Found) -> CheckResult:
        """Record a look against the version that another tracker recorded meanwhile."""
        for _ in range(_ATTEMPTS):
            found = self._find_out(self._standing(found.standing.article.id), found.observation.snapshot)
            with suppress(OutdatedError):
                return _result(found, self._archive.record(found.observation))
        raise ArchiveLockedError(
            self._archive.location, "is being written by others faster than we can read: try again"
        )


def _result(found: _Found, recorded: Recorded) -> CheckResult:
    observation = found.observation
    return CheckResult(
        article=recorded.article,
        snapshot=recorded.snapshot,
        event=observation.event,
        why=observation.why,
        version=recorded.version,
        revision=_numbered(observation.revision, found) if recorded.version else None,
        due_at=observation.due_at,
    )


def _numbered(revision: Revision | None, found: _Found) -> Revision | None:
    """Return a revision with the article, the versions and the times that it is of."""
    latest, at = found.standing.latest, found.observation.snapshot.fetched_at
    if revision is None or latest is None:
        return None
    return replace(
        revision,
        url=found.standing.article.url,
        old=latest.number,
        new=latest.number + 1,
        after=latest.last_seen,
        seen_at=at,
        last_seen=at,
    )
