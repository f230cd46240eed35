"""Looks that are recorded together leave what they leave one by one; what is known of several is what is known of each."""

import gzip
import hashlib
from datetime import timedelta
from itertools import count
from random import Random

import pytest

from revtrack.archive import Observation, OutdatedError, open_archive
from revtrack.archive.carrying import TABLES
from revtrack.errors import UnknownArticleError
from revtrack.model import Event, Outcome, Snapshot, Validators
from revtrack.verdicts import compare
from tests.archive.test_sqlite import NOW, damage, query, story

ARTICLES, ROUNDS = 12, 4
QUIET = (Event.UNCHANGED, Outcome.NOT_MODIFIED)
KINDS = (
    *[QUIET] * 6,
    (Event.UNCHANGED, Outcome.OK),
    (Event.REVISED, Outcome.OK),
    (Event.TROUBLE, Outcome.FAILED),
    (Event.GONE, Outcome.GONE),
)


def observed(article, number, chance, *, event, outcome, told):
    """An observation of an article whose newest version is of that number, 0 for none."""
    at = NOW + timedelta(minutes=chance.randrange(10_000))
    body = gzip.compress(f"<p>{told} {chance.random()}</p>".encode(), mtime=0) if outcome is Outcome.OK else None
    headers = (
        ("Date", f"{at:%a %H:%M}"),
        ("Server", "nginx"),
        ("ETag", f'"{article}-{told}"'),
        ("X-Id", str(chance.random())),
    )
    look = Snapshot(
        f"https://h{article % 3}.test/{article}",
        at,
        outcome,
        status={Outcome.OK: 200, Outcome.NOT_MODIFIED: 304, Outcome.GONE: 404}.get(outcome),
        final_url=f"https://h{article % 3}.test/{article}",
        headers=() if outcome is Outcome.FAILED else headers,
        elapsed=chance.choice([0.0, 0.25, chance.random()]),
        body=body,
        body_sha256=hashlib.sha256(body).hexdigest() if body else "",
    )
    is_new = event in (Event.FIRST, Event.REVISED)
    return Observation(
        article,
        look,
        event,
        number,
        None if chance.random() < 0.05 else at + timedelta(hours=chance.randrange(1, 90)),
        story=story(told) if is_new else None,
        revision=compare(story(told - 1), story(told)) if is_new and number else None,
        not_before=at if chance.random() < 0.1 else None,
        eventful=event is not Event.TROUBLE or chance.random() < 0.3,
        why="as it is",
        region=f"{number} abc" if chance.random() < 0.2 else None,
        later=True,
    )


def rounds(seed):
    """Observations in their order, some of the same article one after the other, some outdated."""
    chance, numbers = Random(seed), [0] * (ARTICLES + 1)
    for _ in range(ROUNDS):
        batch = []
        for article in chance.choices(range(1, ARTICLES + 1), k=2 * ARTICLES):
            event, outcome = chance.choice(KINDS) if numbers[article] else (Event.FIRST, Outcome.OK)
            is_stale = chance.random() < 0.1
            told = numbers[article] + 1
            batch.append(
                observed(article, numbers[article] - is_stale, chance, event=event, outcome=outcome, told=told)
            )
            if event in (Event.FIRST, Event.REVISED) and not is_stale:
                numbers[article] += 1
        yield batch


def one_by_one(archive, observation):
    try:
        return archive.record(observation)
    except OutdatedError:
        return None


@pytest.fixture
def salts(monkeypatch):
    """Let the same leaf in the same place have the same salt."""

    def start():
        numbers = count()
        monkeypatch.setattr("revtrack.archive.salts.token_bytes", lambda size: next(numbers).to_bytes(size, "big"))

    return start


def filled(archive):
    for article in range(1, ARTICLES + 1):
        archive.add_article(f"https://h{article % 3}.test/{article}", now=NOW)
    return archive


def test_looks_recorded_together_leave_to_the_bit_what_they_leave_one_by_one(archive, tmp_path, salts):
    salts()
    filled(archive)
    together = [archive.record_all(batch) for batch in rounds(0)]
    salts()
    with open_archive(tmp_path / "single.db") as other:
        filled(other)
        alone = [[one_by_one(other, one) for one in batch] for batch in rounds(0)]
        for table in TABLES:
            rows = [sorted(map(repr, query(each, f"SELECT * FROM {table}"))) for each in (archive, other)]
            assert rows[0] == rows[1], table
        assert archive.standings(range(1, 13)) == other.standings(range(1, 13))
    for told, single in zip(together, alone, strict=True):
        for one, other in zip(told, single, strict=True):
            assert bool(one) == bool(other)
            assert not one or (one.snapshot, one.version is None) == (other.snapshot, other.version is None)
    assert any(None in told for told in together)
    assert damage(archive) == []


def test_quiet_looks_take_few_statements(tmp_path):
    with open_archive(tmp_path / "a.db") as archive:
        chance, told = Random(1), []
        kinds = {"event": Event.UNCHANGED, "outcome": Outcome.NOT_MODIFIED, "told": 1}
        first = {"event": Event.FIRST, "outcome": Outcome.OK, "told": 1}
        articles = range(1, ARTICLES + 1)
        filled(archive).record_all([observed(one, 0, chance, **first) for one in articles])
        archive.record_all([observed(one, 1, Random(2), **kinds) for one in articles])
        quiet = [observed(one, 1, Random(3), **kinds) for one in articles]
        known = {number: one.article for number, one in archive.standings(articles).items()}
        archive._db.connection.set_trace_callback(told.append)
        recorded = archive.record_all(quiet, known=known)
        archive._db.connection.set_trace_callback(None)
        stands = archive.standings(articles)
    assert len(told) < 6 * ARTICLES  # one by one, 17 each
    assert [one.article for one in recorded] == [stands[number].article for number in articles] != list(known.values())
    assert all(one.snapshot.body is None for one in quiet)


def test_a_batch_is_kept_whole_or_not_at_all(archive):
    chance, first = Random(1), {"event": Event.FIRST, "outcome": Outcome.OK, "told": 1}
    good = observed(1, 0, chance, **first)
    with pytest.raises(Exception, match=r".*"), filled(archive).transaction():
        archive.record_all([good, observed(99, 0, chance, **first)])
    assert query(archive, "SELECT count(*) FROM snapshots") == [(0,)]
    assert query(archive, "SELECT count(*) FROM leaves") == [(ARTICLES,)]


def test_what_is_known_of_several_is_what_is_known_of_each(archive):
    filled(archive)
    for batch in rounds(7):
        archive.record_all(batch)
    numbers = list(range(ARTICLES, 0, -1))
    asked = archive.requests(numbers)
    assert [number for number, *_ in asked] == numbers
    for number, url, validators in asked:
        alone = archive.standing(number)
        assert (alone.article.url, alone.validators) == (url, validators)
        known = archive.standings(numbers)[number]
        assert (known.article, known.latest, known.region) == (alone.article, alone.latest, alone.region)
        assert archive.last_body(number) == alone.body_sha256 != ""
    assert Validators() not in [validators for *_, validators in asked]
    for ask in (archive.requests, archive.standings):
        with pytest.raises(UnknownArticleError):
            ask([1, 99])
