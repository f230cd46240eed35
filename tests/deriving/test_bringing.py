"""What others saw is woven into an article's one timeline, and what was seen live stays as it was proven."""

import pytest

from revtrack.archive import open_archive
from revtrack.config import Config
from revtrack.deriving import Brought, Woven, bring_in, rebuild
from revtrack.model import Event, Outcome
from revtrack.urls import canonical
from tests.deriving.making import (
    NOW,
    URL,
    at,
    bring,
    brought,
    costs,
    costs_seen,
    damages,
    live,
    look,
    told,
)
from tests.test_tracker import SENTENCES, page


def leaves(archive):
    return list(archive.leaf_hashes())


def test_the_past_comes_before_what_was_seen_live(archive):
    live(archive, look(10, costs("4.1")), look(12, costs("4.7")))
    kept = leaves(archive)
    *_, woven = bring(archive, brought(1, costs("3.9")), brought(11, costs("4.1")), brought(11.5, costs("4.4")))
    assert (woven.before, woven.after) == (2, 4)
    assert costs_seen(archive) == ["3.9", "4.1", "4.4", "4.7"]
    versions, verdicts, log = told(archive)
    assert [v[1] for v in versions] == [at(1), at(10), at(11.5), at(12)]
    assert [v[6] for v in versions] == [("wayback",), ("live", "wayback"), ("wayback",), ("live",)]
    assert (versions[1][2], versions[1][3]) == (at(11), 2)
    assert [v["significance"] for v in verdicts] == ["substantive"] * 3
    assert [(when, version) for when, _, version, _ in log] == [(v[1], v[0]) for v in versions]
    assert leaves(archive)[: len(kept)] == kept
    assert damages(archive) == []


def test_twice_gives_the_same_archive(archive):
    live(archive, look(10, costs("4.1")))
    looks = [brought(hours, costs(f"3.{hours}")) for hours in range(1, 6)]
    bring(archive, *looks)
    before, kept = told(archive), leaves(archive)
    again = bring(archive, *looks)
    assert [b.is_new for b in again] == [False] * 5
    assert (told(archive), leaves(archive)) == (before, kept)


def test_late_notes_and_returns_are_the_same_in_whatever_order_looks_came_in(tmp_path):
    note = "Correction: An earlier version of this article gave a wrong cost. It is $4.7 million, not $4.1 million."
    noted = page([*(sentence.replace("$4.1", "$4.7") for sentence in SENTENCES), note])
    texts = {0: costs("4.1"), 5: costs("4.7"), 9: noted, 30: costs("4.1"), 40: costs("4.7")}
    looks = [brought(hours, text) for hours, text in texts.items()]
    found = {}
    for name, imports in {"at once": [looks], "the past last": [looks[2:], looks[:2]]}.items():
        with open_archive(tmp_path / f"{name}.db") as archive:
            for some in imports:
                bring(archive, *some)
            found[name] = told(archive)
            list(rebuild(archive, archive.articles(), settings=Config(), now=NOW, again=True))
            assert told(archive) == found[name]
            reverts = [version.revert_of for version in archive.versions(archive.find(URL))]
            assert reverts[-2:] == [1, 2], reverts
            assert "late" in {r.verdict.disclosure.value for r in archive.revisions(archive.find(URL))}
    assert found["at once"] == found["the past last"]


def test_an_interrupted_import_ends_with_the_same_archive(tmp_path):
    looks = [brought(h, costs(f"3.{h % 4}"), url=f"{URL}/{h % 2}") for h in range(12)]
    with open_archive(tmp_path / "whole.db") as whole:
        bring(whole, *looks, batch=3)
        wanted = [told(whole, f"{URL}/{n}") for n in (0, 1)]
    for stop in (2, 7, 13):
        with open_archive(tmp_path / f"{stop}.db") as archive:
            halting = bring_in(archive, iter(looks), settings=Config(), now=NOW, batch=3)
            for _, _ in zip(range(stop), halting, strict=False):
                pass
            halting.close()
            bring(archive, *looks, batch=3)
            assert [told(archive, f"{URL}/{n}") for n in (0, 1)] == wanted
            assert archive.unwoven() == []


def test_a_clock_that_was_set_back_changes_no_order_of_what_was_seen_live(archive):
    live(archive, look(10, costs("4.1")), look(-500, costs("4.2")), look(12, costs("4.3")))
    bring(archive, brought(11, costs("4.9")), brought(1, costs("3.1")))
    assert costs_seen(archive) == ["3.1", "4.1", "4.2", "4.9", "4.3"]
    assert damages(archive) == []


def test_a_live_look_goes_on_from_the_woven_timeline(archive):
    live(archive, look(10, costs("4.1")), look(12, costs("4.7")))
    bring(archive, brought(1, costs("3.9")), brought(20, costs("5.5")))
    standing = archive.standing(1)
    assert (standing.latest.number, standing.body_sha256) == (4, "")  # what we saw last is not what stood last
    live(archive, look(30, costs("5.5")), look(31, costs("6.0")))
    assert costs_seen(archive) == ["3.9", "4.1", "4.7", "5.5", "6.0"]
    assert told(archive)[0][3][6] == ("wayback", "live")
    assert damages(archive) == []


def test_what_only_others_saw_is_kept_and_not_looked_at(archive):
    brought_in = bring(archive, brought(1, costs("3.9")), brought(2, "", outcome=Outcome.GONE, status=404))
    assert [type(one) for one in brought_in] == [Brought, Brought, Woven]
    article = archive.find(URL)
    assert article.retired_at == NOW
    assert archive.due(NOW) == []
    assert [s.origin.kind for s in archive.snapshots(article)] == ["wayback", "wayback"]
    assert [e.event for e in archive.log(article=article)] == [Event.FIRST, Event.SUSPECT]
    archive.add_article(canonical(URL), now=NOW)
    assert [a.id for a in archive.due(NOW)] == [article.id]


def test_a_dry_run_writes_nothing(archive):
    live(archive, look(10, costs("4.1")))
    kept = leaves(archive)
    looks = [brought(10, costs("4.1")), brought(1, costs("3.9")), brought(1, costs("3.9"), url=f"{URL}/other")]
    found = bring(archive, *looks, dry_run=True)
    assert [(b.article.id, b.is_new) for b in found] == [(1, False), (1, True), (0, True)]
    assert leaves(archive) == kept


def test_a_look_without_an_origin_is_refused(archive):
    with pytest.raises(ValueError, match="where it comes from"):
        bring(archive, look(1, costs("3.9")))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sightings SET version = version + 1 WHERE snapshot_id = 1",
        "DELETE FROM sightings",
        "UPDATE derivations SET stamp = 'other'",
        "UPDATE origins SET kind = 'live' WHERE snapshot_id = 3",
        "DELETE FROM origins WHERE snapshot_id = 3",
        "UPDATE superseded SET form = '{}' WHERE id = 1",
        "DELETE FROM superseded WHERE id = 1",
        "UPDATE versions SET looks = looks + 1 WHERE number = 2",
        "DELETE FROM versions WHERE number = 4",
        "UPDATE articles SET checked_at = '2024-11-20T22:00:00Z'",
    ],
)
def test_a_change_of_what_says_where_versions_come_from_is_found(archive, change):
    live(archive, look(10, costs("4.1")), look(12, costs("4.7")))
    bring(archive, brought(1, costs("3.9")), brought(11, costs("4.1")), brought(11.5, costs("4.4")))
    assert damages(archive) == []
    archive._db.execute("PRAGMA foreign_keys = OFF")
    assert archive._db.execute(change).rowcount > 0
    assert damages(archive)


def test_looks_brought_in_for_a_redacted_article_are_kept_and_said_not_to_be_woven(archive):
    article = live(archive, look(10, costs("4.1")), look(12, costs("4.7")))
    archive.redact(article, [1], now=NOW, reason="asked")
    *_, woven = bring(archive, brought(1, costs("3.9")))
    assert "redacted" in woven.kept
    assert (woven.before, woven.after) == (2, 2)
    assert [s.origin is None for s in archive.snapshots(article)] == [False, True, True]
    assert damages(archive) == []
