"""What an archive is told: articles and sources to follow, looks, and what is derived from them.

What the methods promise is said in `protocol`; each is a query or a change that a module beside this one holds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from revtrack.archive import (
    articles,
    bodies,
    derivations,
    health,
    looks,
    origins,
    passes,
    plans,
    redactions,
    retention,
    sites,
    standings,
    together,
    writing,
)
from revtrack.archive.asking import Asking
from revtrack.archive.values import (
    Derivation,
    Health,
    Lease,
    LetGo,
    Observation,
    Recorded,
    Rederived,
    Standing,
)
from revtrack.model import Article, Redaction, Snapshot, Source, Validators
from revtrack.schedule import Prior, Watched
from revtrack.taking import expect

_PACKED_AT_ONCE = 50


class Recording(Asking):
    """The part of an archive that takes."""

    # --- what is tracked -----------------------------------------------------------------------------------------

    def add_article(self, url: str, *, now: datetime, source: str = "") -> tuple[Article, bool]:
        """Track a canonical URL; return its article and whether it is new."""
        article_id, is_new = self._write(articles.add, url, now=now, source=source)
        return self._article(article_id), is_new

    def add_source(self, url: str, kind: str, *, now: datetime, parent: str = "") -> tuple[Source, bool]:
        """Follow a source; return it and whether it is new."""
        is_new = self._write(articles.add_source, url, kind, now=now, parent=parent)
        return articles.sources(self._ask, url)[0], is_new

    def sources(self) -> Iterator[Source]:
        """Yield every source that is followed, oldest first."""
        yield from articles.sources(self._ask)

    def checked_source(
        self,
        source: Source,
        *,
        now: datetime,
        due_at: datetime,
        reason: str = "",
        validators: Validators | None = None,
        title: str = "",
    ) -> None:
        """Note that a source was read, when to read it next, and what was wrong if anything was."""
        self._write(
            articles.checked_source,
            source,
            now=now,
            due_at=due_at,
            reason=reason,
            validators=validators,
            title=title,
        )

    def titles(self) -> dict[str, str]:
        """Return what sources call themselves, by their URLs."""
        return articles.titles(self._ask)

    def articles(self) -> Iterator[Article]:
        """Yield every article, oldest first."""
        with self._plain_errors():
            yield from articles.every(self._ask)

    def owner(self, url: str) -> int | None:
        """Return the id of the article that a URL is known to lead to, None if none is."""
        return articles.owner(self._ask, url)

    def joined(self) -> dict[int, tuple[int, ...]]:
        """Return the ids of articles with versions that turned out to be another, by the id of that other one."""
        return articles.joined(self._ask)

    def find(self, name: str) -> Article:
        """Return the article meant by an id, a URL, or any unambiguous part of URL or headline."""
        expect(name, str, "find takes a name", 'write an id as "1"')
        return articles.find(self._ask, name)

    def due(self, now: datetime, *, limit: int | None = None, site: str = "") -> list[Article]:
        """Return the articles, of one site or of all, whose next look is due, most overdue first."""
        return articles.due(self._ask, now, limit, site)

    def waiting(self, now: datetime) -> Iterator[Article]:
        """Yield the articles whose next look is due, in any order, bare: what is needed to choose among them."""
        return articles.waiting(self._each, now)

    def next_due(self, after: datetime) -> datetime | None:
        """Return when the next article falls due after a time, None if none does."""
        return articles.next_due(self._ask, after)

    def due_sites(self, now: datetime, *, limit: int | None = None) -> dict[str, datetime]:
        """Return the sites with articles that are due, and since when the first of each is; longest first."""
        return sites.due_sites(self._ask, now, limit)

    def companions(self, article: Article) -> list[Watched]:
        """Return what was seen of other articles of its source, or of its host where a person added it."""
        return plans.companions(self._ask, article)

    def spent(self, since: datetime) -> dict[str, int]:
        """Return the looks made since then, by host and by URL of the source that brought the article."""
        return plans.spent(self._ask, since)

    def outdated(self, changes: Mapping[str, datetime]) -> list[int]:
        """Return the ids of the articles, by URL, that changed, as their source says, after our last look."""
        return plans.outdated(self._ask, changes)

    def hasten(self, articles: Iterable[int], *, now: datetime) -> None:
        """Make articles due now; those that had retired come back."""
        self._write(plans.hasten, list(articles), now)

    def drop(self, dropped: Iterable[Article | Source], *, now: datetime) -> None:
        """Stop looking at articles and following sources, until they are added again. What was seen stays."""
        for one in dropped:
            self._write(plans.drop if isinstance(one, Article) else articles.drop_source, one.id, now)

    def take_lease(self, lease: Lease, *, now: datetime) -> Lease:
        """Hold the archive for a pass, unless another does; return the lease that holds now."""
        return self._write(passes.take_lease, lease, now)

    def drop_lease(self, process: int, host: str) -> None:
        """Give up the lease of a process, if it has it."""
        self._write(passes.drop_lease, process, host)

    def manners(self) -> dict[str, str]:
        """Return what fetching asked to have kept between passes."""
        return passes.manners(self._ask)

    def keep_manners(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Keep what a pass changed of what it was given, and leave the rest to others."""
        if dict(before) != dict(after):
            self._write(passes.keep_manners, before, after)

    # --- looks ---------------------------------------------------------------------------------------------------

    def requests(self, articles: Sequence[int], *, since: datetime | None = None) -> list[tuple[int, str, Validators]]:
        """Return of each article its id, the URL to ask for, and what to ask "has it changed?" with."""
        with self._plain_errors():
            return list(standings.requests(self._db, articles, since))

    def standings(
        self, articles: Sequence[int], *, prior: Callable[[Article], Prior] = lambda _: Prior()
    ) -> dict[int, Standing]:
        """Return what is known of articles before the next look, by their ids, without what the two beside tell."""
        return standings.standings(self._ask, articles, prior)

    def last_body(self, article_id: int) -> str:
        """Return the SHA-256 of the body of the newest look that read a story, "" if none did."""
        return standings.last_body(self._ask, article_id)

    def standing(self, article_id: int) -> Standing:
        """Return what is known of an article before the next look."""
        ((_, _, validators),) = self.requests([article_id])
        known = self.standings([article_id])[article_id]
        return replace(known, validators=validators, body_sha256=self.last_body(article_id))

    def record_all(
        self, observations: Sequence[Observation], *, known: Mapping[int, Article] | None = None
    ) -> list[Recorded | None]:
        """Record looks and all that came of them in one transaction; None stands for one that was outdated."""
        if not observations:
            return []
        written = self._write(together.record_all, observations)
        if known and all(map(together.is_quiet, observations)):
            after = {one.article_id: together.after(known[one.article_id], one) for one in observations}
        else:
            after = articles.some(self._ask, [one.article_id for one in observations])
        return [
            self._recorded(after[observation.article_id], observation, *one) if one else None
            for observation, one in zip(observations, written, strict=True)
        ]

    def record(self, observation: Observation) -> Recorded:
        """Record a look and all that came of it in one transaction."""
        snapshot_id, made = self._write(writing.record, observation)
        return self._recorded(self._article(observation.article_id), observation, snapshot_id, made)

    def _recorded(self, article: Article, observation: Observation, snapshot_id: int, made: int | None) -> Recorded:
        version = looks.version(self._ask, article.id, made) if made else None
        return Recorded(article, replace(observation.snapshot, id=snapshot_id), version)

    def add_brought(self, url: str, *, now: datetime) -> Article:
        """Return the article at a canonical URL; one that nobody tracks is not looked at."""
        return self._article(self._write(origins.add, url, now=now))

    def bring(self, article: Article, snapshot: Snapshot) -> tuple[int, bool]:
        """Keep a look that is not our own; return its number and whether it is new."""
        return self._write(origins.bring, article.id, snapshot)

    def find_look(self, article: Article, snapshot: Snapshot) -> int | None:
        """Return the number of a look of the same second, answer and body, None if there is none."""
        return origins.find_same(self._db, article.id, snapshot)

    def redactions(self, article: Article) -> list[Redaction]:
        """Return what was taken out of an article, the first first."""
        return redactions.of_article(self._ask, article.id)

    def redact(self, article: Article, looks: Iterable[int], *, now: datetime, reason: str) -> str:
        """Take out the contents of looks and of all that shows them, in one transaction; say in words what it was."""
        taken = redactions.choose(self._ask, looks)
        self._write(redactions.redact, article.id, taken, now=now, reason=reason)
        self._scrub()
        return taken.says

    def health(self, *, since: datetime, overdue: datetime) -> Health:
        """Return how every site fares in the looks since then, what was due before `overdue`, what sources brought."""
        with self._reading():
            return health.health(self._ask, since=since, overdue=overdue)

    def pack_bodies(self, *, waiting: int = 0) -> int:
        """Pack bodies that were kept as they came, until so many wait or some were packed; return how many were."""
        left = bodies.count_waiting(self._db) - waiting
        return self._write(bodies.pack_waiting, min(left, _PACKED_AT_ONCE)) if left > 0 else 0

    def let_go(self, before: datetime) -> LetGo:
        """Let go of pages received before then that only showed a version once more, some at a time."""
        gone = LetGo(0, 0)
        while (some := self._write(retention.let_go, before)).bodies:
            gone = LetGo(gone.bodies + some.bodies, gone.size + some.size)
        self._scrub()
        return gone

    def article_of(self, snapshot_id: int) -> Article:
        """Return the article that a look was recorded with; InputError when there is no such look."""
        return self._article(looks.snapshot(self._ask, snapshot_id, self.location)["article_id"])

    def unwoven(self) -> list[int]:
        """Return the articles with looks that were brought in and of which no version knows yet."""
        return derivations.unwoven(self._ask)

    def is_derived(self, article: Article, stamp: str) -> bool:
        """Say whether an article stands derived by the rules of this stamp, up to its newest look."""
        return derivations.is_current(self._ask, article.id, stamp)

    def weigh_derivation(self, article: Article, derivation: Derivation) -> Rederived:
        """Return what would become of an article if a derivation took the place of what stands."""
        with self._reading():
            return derivations.weigh(self._db, article, derivation)

    def put_derivation(self, article: Article, derivation: Derivation, *, now: datetime, stamp: str) -> Rederived:
        """Put a derivation in the place of what stands, in one transaction; write nothing that stands so."""
        return self._write(derivations.put, article, derivation, now=now, stamp=stamp)

    def transaction(self) -> AbstractContextManager[None]:
        """Make one transaction of all that is written within."""
        return self._changing()
