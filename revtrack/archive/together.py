"""Write looks that came together: those that found nothing new by few statements for all. Knows the tables.

What stands afterwards is to the bit what `writing.record` leaves when it writes them one by one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from revtrack.archive import bodies, heads, rows, writing
from revtrack.archive.connection import Connection
from revtrack.archive.gzipping import is_gzip
from revtrack.archive.leaves import add_looks
from revtrack.archive.values import Observation, OutdatedError
from revtrack.model import Article

Written = tuple[int, int | None] | None
"""The number of a look and of the version it made, if any; None for a look that was outdated."""


def record_all(db: Connection, observations: Sequence[Observation]) -> list[Written]:
    """Store observations in their order; None stands for one whose article has gained a version since its basis."""
    written: list[Written] = []
    for some in _parts(observations):
        quiet = _record_quiet(db, some) if len(some) > 1 else None
        written += quiet if quiet is not None else [_record_one(db, observation) for observation in some]
    return written


def is_quiet(observation: Observation) -> bool:
    """Say whether a look leaves nothing but itself, what it found again, and its article's next time."""
    body = observation.snapshot.body
    return (
        (body is None or (observation.later and is_gzip(body)))
        and observation.due_at is not None
        and observation.happening is None
        and not any((observation.story, observation.reread, observation.rejudged, observation.modified))
        and not any((observation.addresses, observation.same, observation.moved_to))
    )


def after(article: Article, observation: Observation) -> Article:
    """Return an article as it stands after a quiet look, given how it stood before."""
    assert observation.due_at is not None
    waits = observation.not_before
    return replace(
        article,
        checked_at=observation.snapshot.fetched_at.replace(microsecond=0),
        due_at=observation.due_at.replace(microsecond=0),
        not_before=waits.replace(microsecond=0) if waits else None,
        outcome=observation.snapshot.outcome,
        retired_at=None,
    )


def _record_one(db: Connection, observation: Observation) -> Written:
    try:
        return writing.record(db, observation)
    except OutdatedError:
        return None


def _parts(observations: Sequence[Observation]) -> Iterator[list[Observation]]:
    """Yield stretches of quiet looks at different articles, and each other look alone."""
    part: list[Observation] = []
    articles: set[int] = set()
    for observation in observations:
        alone = not is_quiet(observation)
        if part and (alone or observation.article_id in articles):
            yield part
            part, articles = [], set()
        if alone:
            yield [observation]
        else:
            part.append(observation)
            articles.add(observation.article_id)
    if part:
        yield part


def _record_quiet(db: Connection, observations: Sequence[Observation]) -> list[Written] | None:
    """Store quiet looks at different articles together; None where one of them needs more than that."""
    articles = [observation.article_id for observation in observations]
    before, stand = heads.previous(db, articles), writing.stands(db, articles)
    if len(before) < len(articles) or any(has_ended for _, has_ended in stand.values()):
        return None  # a first look rests on its neighbours', and that an article has ended has a leaf
    current = [one for one in observations if stand[one.article_id][0] == one.basis]
    numbers = iter(_store_looks(db, current, before))
    found = [(one, number) for one in current if (number := writing.seen_version(one))]
    db.execute_many(writing.SEE_AGAIN, [writing.seen_again(*one) for one in found])
    db.execute_many(writing.UPDATE_ARTICLE, [writing.of_article(one) for one in current])
    return [(next(numbers), None) if stand[one.article_id][0] == one.basis else None for one in observations]


def _store_looks(db: Connection, looks: Sequence[Observation], before: dict[int, heads.Previous]) -> list[int]:
    if not looks:
        return []
    whole = [
        rows.snapshot_row(
            one.snapshot,
            one.article_id,
            bodies.store(db, one.snapshot, one.article_id, later=one.later),
            writing.seen_version(one),
        )
        for one in looks
    ]
    numbers = db.insert_all("snapshots", heads.packed_behind(db, whole, before))
    names = (one.snapshot.body_sha256 for one in looks)
    add_looks(db, zip(numbers, whole, names, strict=True))
    return numbers
