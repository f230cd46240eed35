"""Power cuts and kills: whatever happens in the middle of a pass, the archive is whole and the next pass goes on."""

import json
import random
import sqlite3
import subprocess
import sys
import time

from revtrack.cli.running import run
from tests.test_tracker import SENTENCES, page

ARTICLES = 10


def publish(newsroom, revision):
    for i in range(ARTICLES):
        sentences = [s.replace("3,400", f"{3400 + revision}") for s in SENTENCES]
        newsroom.publish(f"/story-{i}", page(sentences, headline=f"Bridge number {i} closed after divers find crack"))


def test_kill_in_the_middle_of_a_check_leaves_whole_versions_and_the_next_goes_on(
    tmp_path, newsroom, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "revtrack.toml").write_text(f'[fetch]\nallow = ["{newsroom.host}"]\ngap = 0.05\n')
    here = ["--archive", "a.db", "-q"]
    assert run([*here, "add", *(newsroom.url(f"/story-{i}") for i in range(ARTICLES))]) == 0
    chance = random.Random(7)
    for revision in range(3):
        publish(newsroom, revision)
        asked = len(newsroom.requests)
        command = [sys.executable, "-m", "revtrack", *here, "check", "--all"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        until = asked + chance.randint(2, ARTICLES)
        while len(newsroom.requests) < until and process.poll() is None:
            time.sleep(0.01)
        process.kill()
        process.wait()
        capsys.readouterr()
        assert run([*here, "check", "--all", "--json"]) == 0
        events = [result["event"] for result in json.loads(capsys.readouterr().out)]
        assert len(events) == ARTICLES
        assert set(events) <= ({"first", "unchanged"} if revision == 0 else {"revised", "unchanged"})
        examine(tmp_path / "a.db", versions=(revision + 1) * ARTICLES)


def examine(path, *, versions):
    database = sqlite3.connect(path)

    def one(query):
        return database.execute(query).fetchone()[0]

    assert one("PRAGMA integrity_check") == "ok"
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert one("SELECT count(*) FROM versions") == versions
    assert one("SELECT count(*) FROM (SELECT DISTINCT article_id, fingerprint FROM versions)") == versions
    assert one("SELECT count(*) FROM snapshots WHERE outcome = 'ok' AND body IS NULL") == 0
    assert one("SELECT count(*) FROM snapshots WHERE outcome = 'ok' AND version IS NULL") == 0
    revised = "SELECT count(*) FROM versions AS v WHERE number > 1 AND NOT EXISTS (SELECT 1 FROM verdicts AS j WHERE j.article_id = v.article_id AND j.number = v.number)"
    assert one(revised) == 0
    database.close()
