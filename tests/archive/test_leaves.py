"""Leaves of looks are found without an index, and salts that are not kept are forgotten all the same."""

import random
from datetime import timedelta
from hashlib import sha256

from revtrack.archive import open_archive, plans
from revtrack.archive.positions import leaves_of
from revtrack.archive.salts import salt_of
from revtrack.archive.seconds import seconds
from revtrack.evidence import State, verify
from tests.archive.test_sqlite import NOW, damage, seen, story


def filled(archive, looks=42):
    """Two articles that are looked at in turn, every third look finding another text."""
    articles = [archive.add_article(f"https://a.test/{name}", now=NOW)[0] for name in ("one", "two")]
    for number in range(looks):
        seen(archive, articles[number % 2], story(f"It killed {number // 6} people."), at=NOW + timedelta(hours=number))
    return articles


def scanned(archive):
    return archive._db.execute("SELECT kind, row, number, position FROM leaves ORDER BY position").fetchall()


def test_every_leaf_is_found_by_its_row(tmp_path):
    archive = open_archive(tmp_path / "a.db")
    filled(archive)
    for kind, row, number, position in scanned(archive):
        assert position in [leaf.position for leaf in leaves_of(archive._db, kind, row, number)]
    assert leaves_of(archive._db, "look", 43) == leaves_of(archive._db, "look", 0) == []
    archive._db.execute("DELETE FROM leaves WHERE kind = 'look'")
    assert leaves_of(archive._db, "look", 3) == []
    archive.close()


def test_a_leaf_that_was_opened_is_what_its_salt_makes_of_its_contents(tmp_path):
    archive = open_archive(tmp_path / "a.db")
    one, _ = filled(archive)
    opened = [leaf for leaf in archive.opened_leaves(one) if leaf.kind == "look"]
    assert len({leaf.salt for leaf in opened}) == len(opened) == 21
    assert all(len(leaf.salt) == 16 for leaf in opened)
    for leaf in opened:
        assert sha256(leaf.salt + leaf.contents.encode()).hexdigest() in leaf.entry
    assert archive._db.execute("SELECT count(salt) FROM leaves WHERE kind = 'look'").fetchall() == [(0,)]
    archive.close()


def test_of_what_was_redacted_nobody_can_make_the_salt_again(archive):
    one, _ = filled(archive)
    (taken,) = (leaf for leaf in archive.opened_leaves(one) if leaf.kind == "look" and '"id":1,' in leaf.entry)
    seeds = archive._db.execute("SELECT seed FROM seeds").fetchall()
    archive.redact(one, [1], now=NOW, reason="named a witness")
    left = archive._db.execute("SELECT seed FROM seeds").fetchall()
    assert len(left) < len(seeds)
    assert taken.salt not in [salt_of(taken.position, None, seed) for (seed,) in left]
    assert taken.salt not in [bytes(salt) for (salt,) in archive._db.execute("SELECT salt FROM leaves") if salt]
    seen(archive, one, story("It killed many people."), at=NOW + timedelta(days=9))
    assert damage(archive) == []
    assert any(found.state is State.REDACTED for found in verify(archive))


def test_what_was_spent_since_a_time_is_counted_by_few_rows(tmp_path):
    chance, hours = random.Random(2), [0]
    for _ in range(150):
        hours.append(hours[-1] + chance.choice((0, 0, 1, 5)))
    with open_archive(tmp_path / "a.db") as archive:
        archive.add_article("https://a.test/one", now=NOW)
        row = "INSERT INTO snapshots (article_id, fetched_at, outcome, reason, elapsed, head) VALUES (1, ?, '', '', 0, x'')"
        for count, hour in enumerate(hours, 1):
            archive._db.execute(row, (seconds(NOW + timedelta(hours=hour)),))
            for since in {hours[-count], hour, hour + 1, count}:
                counted = plans.spent(archive._ask, NOW + timedelta(hours=since))
                assert counted.get("a.test", 0) == sum(other >= since for other in hours[:count])
