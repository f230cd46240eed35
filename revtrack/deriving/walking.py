"""Walk through all looks at an article, from the first to the last, and tell what they found. Knows no store.

A function of values: the looks in the order of the timeline, what reads their pages, and today's rules.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from revtrack.archive import Observation, Standing
from revtrack.archive.rows import dump
from revtrack.archive.values import Derivation, DerivedVersion, Look
from revtrack.config import Config
from revtrack.deriving.looking import as_fetched, may_be_page
from revtrack.deriving.stepping import LOOK_BACK, late_verdicts, step, unreadable
from revtrack.extraction import Memory, rules_for
from revtrack.fetching import DecodingError
from revtrack.forms import from_form
from revtrack.model import Article, Event, Outcome, Revision, Snapshot, Story, Verdict, Version, alternates
from revtrack.notes import read_grammar
from revtrack.observing import source_of
from revtrack.verdicts import compare

_FOUND = frozenset({Event.UNCHANGED, Event.BACK})

Pages = Callable[[int], Snapshot]
"""Gives a look with its body, by its number."""
Neighbours = Callable[[int | None], Iterable[tuple[str, ...]]]
"""Gives the texts of other articles on the host, as they were before the look of this number (None: as they are)."""


def derive(
    article: Article, looks: Iterable[Look], *, settings: Config, pages: Pages, neighbours: Neighbours
) -> Derivation:
    """Derive all that comes of the looks at an article, given in the order of its timeline."""
    walk = _Walk(article, settings, pages, neighbours)
    for look in looks:
        walk.take(look)
    return walk.result()


@dataclass
class _Walk:
    """What stands after the looks taken so far, as the archive would have it."""

    article: Article
    settings: Config
    pages: Pages
    neighbours: Neighbours
    versions: list[DerivedVersion] = field(default_factory=list)
    verdicts: dict[int, list[tuple[int, Verdict]]] = field(default_factory=dict)
    events: list[tuple[int, Event, str]] = field(default_factory=list)
    found: dict[int, int | None] = field(default_factory=dict)
    barren: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        grammar = read_grammar(self.settings.note_rules)
        self.memory = Memory(rules=rules_for(self.article.url, self.settings.site), grammar=grammar)
        self.standing = Standing(self.article)
        self.known: dict[str, int] = {}  # by fingerprint, the newest version that has it
        self.read_from: dict[int, int] = {}  # by the version that stands in the archive, the look it was read from

    def take(self, look: Look) -> None:
        """Take one more look."""
        snapshot = look.snapshot
        assert snapshot.id is not None
        if look.version is not None:
            self.read_from.setdefault(look.version, snapshot.id)
        observation = self._observe(self._whole(look))
        made = len(self.versions) + 1 if observation.story else None
        latest = self.standing.latest
        found = made or (latest.number if latest and observation.event in _FOUND else None)
        self.found[snapshot.id] = found
        if made:
            self._add(observation, snapshot.id)
        elif found:
            self._see_again(observation)
        else:
            self.barren[snapshot.id] = observation.why or observation.snapshot.reason or str(observation.event)
        for number, verdict in self._late(observation):
            self.verdicts[number].append((snapshot.id, verdict))
        if observation.happening:
            self.events.append((snapshot.id, observation.happening, observation.why))
        self._stand(observation, is_read=found is not None)

    def result(self) -> Derivation:
        """Return all that was derived."""
        return Derivation(
            article_id=self.article.id,
            newest=max(self.found, default=0),
            versions=tuple(self.versions),
            verdicts={number: tuple(given) for number, given in self.verdicts.items()},
            events=tuple(self.events),
            found=self.found,
            gone=self.standing.is_gone,
            troubles=self.standing.troubles,
            suspect=self.standing.suspect,
            barren=self.barren,
        )

    def _whole(self, look: Look) -> Snapshot:
        """Return a look with its page, unless that is known from the look before."""
        snapshot = look.snapshot
        assert snapshot.id is not None
        is_known = self.standing.latest and snapshot.body_sha256 == self.standing.body_sha256
        if not may_be_page(snapshot) or (is_known and snapshot.outcome is Outcome.OK):
            return snapshot
        page = self.pages(snapshot.id)
        if page.body is None and look.version is not None:  # let go: it said what the first look at its version did
            first = self.pages(self.read_from[look.version])
            page = replace(page, body=first.body, headers=first.headers)
        return as_fetched(page, limit=self.settings.fetch.max_decoded_bytes)

    def _observe(self, snapshot: Snapshot) -> Observation:
        try:
            return step(
                self.standing,
                snapshot,
                settings=self.settings,
                memory=self.memory,
                past=self._past,
                neighbours=partial(self.neighbours, None if snapshot.origin else snapshot.id),
                region="",
            )
        except Exception as error:  # noqa: BLE001 - as when it was fetched: a page costs nothing but its own look
            return unreadable(self.standing, snapshot, error, self.settings)

    def _past(self) -> str:
        latest = self.standing.latest
        if latest is None or latest.first_snapshot is None:
            return ""
        try:
            return source_of(self.pages(latest.first_snapshot), limit=self.settings.fetch.max_decoded_bytes)
        except DecodingError:
            return ""

    def _add(self, observation: Observation, snapshot_id: int) -> None:
        """Add the version that a look made, and the verdict on it."""
        story, at = observation.story, observation.snapshot.fetched_at
        assert story is not None
        number = len(self.versions) + 1
        revert_of = self.known.get(story.fingerprint)
        before = self.versions[-1].revert_of if self.versions else None
        self.versions.append(
            DerivedVersion(
                number=number,
                snapshot_id=snapshot_id,
                fingerprint=story.fingerprint,
                extractor=story.extractor,
                story=dump(story),
                first_seen=at,
                last_seen=at,
                revert_of=revert_of,
                flapping=alternates(revert_of, before),
                modified=observation.modified,
            )
        )
        self.known[story.fingerprint] = number
        if observation.revision:
            self.verdicts[number] = [(snapshot_id, observation.revision.verdict)]
        self.standing = replace(self.standing, latest=_version(self.versions[-1], story))

    def _see_again(self, observation: Observation) -> None:
        version, at = self.versions[-1], observation.snapshot.fetched_at
        self.versions[-1] = version = replace(
            version,
            last_seen=max(version.last_seen, at),
            looks=version.looks + 1,
            modified=observation.modified or version.modified,
        )
        latest = self.standing.latest
        assert latest is not None
        self.standing = replace(self.standing, latest=_version(version, latest.story))

    def _late(self, observation: Observation) -> Iterator[tuple[int, Verdict]]:
        """Yield new verdicts of earlier revisions that the notes of this one are about."""
        if observation.revision and observation.revision.notes:
            at = observation.snapshot.fetched_at
            recent = [v for v in self.versions[1:-1] if at - v.first_seen <= LOOK_BACK]
            yield from late_verdicts(observation.revision.notes, map(self._revision, recent), at)

    def _revision(self, version: DerivedVersion) -> Revision:
        old, new = _story(self.versions[version.number - 2]), _story(version)
        revision = compare(old, new, seen_at=version.first_seen)
        verdict = self.verdicts[version.number][-1][1]
        return replace(revision, verdict=verdict, new=version.number, seen_at=version.first_seen)

    def _stand(self, observation: Observation, *, is_read: bool) -> None:
        """Let what is known of the article be what it is after this look."""
        is_trouble, snapshot = observation.event is Event.TROUBLE, observation.snapshot
        standing = self.standing
        is_page = is_read and snapshot.outcome is Outcome.OK
        is_told = observation.happening is Event.TROUBLE
        self.standing = replace(
            standing,
            article=replace(standing.article, outcome=snapshot.outcome),
            body_sha256=snapshot.body_sha256 if is_page else standing.body_sha256,
            is_gone=standing.is_gone if is_trouble else observation.event is Event.GONE,
            troubles=standing.troubles + 1 if is_trouble else 0,
            suspect=observation.suspect,
            trouble=(snapshot.outcome, snapshot.fetched_at) if is_told else standing.trouble,
        )


def _story(version: DerivedVersion) -> Story:
    return from_form(Story, json.loads(version.story))


def _version(derived: DerivedVersion, story: Story) -> Version:
    return Version(
        number=derived.number,
        story=story,
        first_seen=derived.first_seen,
        last_seen=derived.last_seen,
        looks=derived.looks,
        first_snapshot=derived.snapshot_id,
        revert_of=derived.revert_of,
        flapping=derived.flapping,
        modified=derived.modified,
    )
