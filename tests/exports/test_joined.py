"""What was seen of two articles that proved to be one is told of both, and each says what the other is."""

import json
import subprocess
import zipfile

import pytest

from revtrack.archive import open_archive
from revtrack.config import Config, FetchSettings
from revtrack.evidence import checker
from revtrack.evidence.bundle import write_bundle
from revtrack.exports.git import write_history
from revtrack.exports.tables import write_jsonl
from revtrack.tracker import Tracker
from tests.backfill.pages import SENTENCES, hours, page
from tests.newsroom import answer


@pytest.fixture
def joined(tmp_path, newsroom):
    """An archive in which article 2 proved to be article 1."""
    paths = ("/2024/ferry-fares.html", "/2024/ferry-fares-rise.html")
    newsroom.publish(paths[0], page(url=newsroom.url(paths[0])))
    newsroom.publish(paths[1], page(SENTENCES[:4], url="", headline="Ferry fares rise"))
    with open_archive(tmp_path / "a.db") as archive:
        now = [hours(0)]
        settings = Config(fetch=FetchSettings(gap=0, allow=(newsroom.host,)))
        tracker = Tracker(archive, clock=lambda: now[0], settings=settings)
        both = [tracker.add(newsroom.url(path)) for path in paths]
        list(tracker.check(articles=both))
        newsroom.script(paths[1], answer(status=301, headers={"Location": newsroom.url(paths[0])}))
        now[0] = hours(1)
        list(tracker.check(articles=both))
        yield archive


def test_bundles_tables_and_histories_name_the_other_of_two_that_are_one(joined, tmp_path):
    first, second = joined.articles()
    assert (second.same_as, second.versions) == (first.id, 1)
    told = {}
    for article in (first, second):
        file = write_bundle(joined, article, tmp_path / f"{article.id}.wacz", now=hours(2)).file
        assert checker.check(file).faults == []
        with zipfile.ZipFile(file) as opened:
            told[article.id] = opened.read("evidence/README.md").decode()
    assert f"article 2 of the archive, `{second.url}`, proved to be the same piece" in told[1]
    assert f"it proved to be the same piece as `{first.url}`" in told[2]
    write_jsonl(joined, [first, second], tmp_path / "rows.jsonl")
    rows = map(json.loads, (tmp_path / "rows.jsonl").read_text().splitlines())
    assert [(row["entry_id"], row["same_as"]) for row in rows if row["table"] == "entryversion"] == [(1, None), (2, 1)]
    write_history(joined, [first, second], tmp_path / "history")
    log = subprocess.run(["git", "-C", tmp_path / "history", "log"], capture_output=True, text=True, check=True).stdout
    assert log.count(f"Same-As: {first.url}") == 1
