"""Many workers, one archive: nothing lost or doubled, no host asked twice at once. Real processes, real server."""

import json
import re
import sys
import urllib.request
from urllib.error import HTTPError

import psycopg
import pytest

from revtrack.archive import open_archive
from revtrack.cli.running import run
from revtrack.clock import utc_now
from revtrack.evidence.checkpoints import beside, read_checkpoints
from tests.backfill.pages import SENTENCES, URL, hours, page
from tests.backfill.test_memento import Wayback, captured
from tests.fleet.crew import fill, hosts, kill, settings, wait_for, workers

_LOOKS = """
    SELECT a.url, count(*) FROM revtrack.snapshots AS s JOIN revtrack.articles AS a ON a.id = s.article_id GROUP BY a.url
"""


def looks_in(database):
    with psycopg.connect(database) as connection:
        return dict(connection.execute(_LOOKS).fetchall())


def test_two_workers_look_at_everything_once_and_no_host_sees_them_together(database, tmp_path):
    with hosts(4, 5, lasts=0.05) as sites:
        fill(database, sites)
        with workers(2, database, settings(tmp_path)):
            wait_for(lambda: len(looks_in(database)) == 20, "a look at each page")
        assert set(looks_in(database).values()) == {1}
        assert min(gap for site in sites for gap in site.gaps()) >= 0.2


def test_when_a_worker_is_killed_another_goes_on_with_its_host_and_nothing_is_lost_or_doubled(database, tmp_path):
    with hosts(1, 6, lasts=0.1) as (site,):
        fill(database, [site])
        file = settings(tmp_path, gap=0.3)
        with workers(1, database, file) as (first,):
            wait_for(lambda: looks_in(database), "a look")
            kill(first)
        assert len(site.visits) < 6
        with workers(1, database, file):
            wait_for(lambda: len(looks_in(database)) == 6, "a look at each page")
        assert set(looks_in(database).values()) == {1}
        assert min(site.gaps()) >= 0.3
    with open_archive(database) as archive:
        assert list(archive.damage()) == []
        assert [leaf.about for leaf in archive.leaves() if leaf.found not in {None, leaf.hash}] == []


def test_a_worker_that_is_asked_to_stop_records_what_is_under_way_and_leaves_no_job_behind(database, tmp_path):
    with hosts(1, 30, lasts=0.2) as (site,):
        fill(database, [site])
        with workers(1, database, settings(tmp_path)) as (worker,):
            wait_for(lambda: len(site.visits) > 1, "a request")
            worker.terminate()
            _, said = worker.communicate(timeout=30)
        assert worker.returncode == 0
        assert said.splitlines()[-1] == "stopped; everything seen is recorded"
        assert sum(looks_in(database).values()) == len(site.visits) < 30
    with psycopg.connect(database) as connection:
        states = connection.execute("SELECT status FROM revtrack_jobs.procrastinate_jobs WHERE status = 'doing'")
        assert states.fetchall() == []
        assert connection.execute("SELECT count(*) FROM revtrack_jobs.procrastinate_workers").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM revtrack.leases").fetchone() == (0,)


def test_pages_that_lead_to_another_workers_host_wait_for_their_turn_there(database, tmp_path):
    with hosts(2, 4, lasts=0.1) as (home, away):
        for path in away.paths:  # each leads to a page of the other host
            target = home.room.url(f"/to{path}").encode()
            home.room.script(f"/to{path}", home._answer)
            away.room.script(path, b"HTTP/1.1 302 Found\r\nLocation: %b\r\nContent-Length: 0\r\n\r\n" % target)
        fill(database, [home, away])
        with workers(2, database, settings(tmp_path, "sites = 1", "passes = 1")):
            wait_for(lambda: len(looks_in(database)) == 8, "a look at each page")
        assert len(home.visits) == 8
        assert min(home.gaps()) >= 0.2


def test_workers_go_on_when_the_server_was_restarted(tmp_path):
    from tests.archive.servers import running_server, start, stop

    with running_server() as server, hosts(2, 10, lasts=0.05) as sites:
        database = server.get_uri()
        fill(database, sites)
        with workers(1, database, settings(tmp_path)) as (worker,):
            wait_for(lambda: looks_in(database), "a look")
            stop(server)
            start(server)
            wait_for(lambda: len(looks_in(database)) == 20, "a look at each page")
            assert worker.poll() is None
        assert set(looks_in(database).values()) == {1}
        assert min(gap for site in sites for gap in site.gaps()) >= 0.2


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{}</channel></rss>"""


def told(worker):
    """Return the address of a worker's metrics, which it says first."""
    lines = (worker.stderr.readline() for _ in range(5))
    return next(found[0] for line in lines if (found := re.search(r"http://\S+(?=/metrics)", line)))


def get(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


def test_workers_do_all_that_watch_does_and_say_how_they_stand(database, tmp_path, capsys):
    taken = tmp_path / "told.jsonl"
    keep = f"import sys; open({str(taken)!r}, 'a').write(sys.stdin.read() + chr(10))"
    alert = f'[[alert]]\nname = "all"\nwhen = "first"\ncommand = {json.dumps([sys.executable, "-c", keep])}'
    file = settings(tmp_path, alert)
    with hosts(1, 2) as (site,):
        items = "".join(f"<item><title>Council</title><link>{url}</link></item>" for url in site.urls())
        site.room.publish("/feed.xml", FEED.format(items), headers={"Content-Type": "application/rss+xml"})
        with open_archive(database) as archive:
            archive.add_source(site.room.url("/feed.xml"), "feed", now=utc_now())
        with workers(1, database, file) as (worker,):
            address = told(worker)
            wait_for(lambda: sum(looks_in(database).values()) == 2, "a look at each page of the feed")
            wait_for(taken.exists, "an alert")
            assert run(["--archive", database, "--config", str(file), "fleet", "rebuild", "--again"]) == 0
            assert "2 jobs handed out" in capsys.readouterr().err
            with psycopg.connect(database, autocommit=True) as connection:
                query = "SELECT count(*) FROM revtrack.derived WHERE stamp != ''"
                wait_for(lambda: connection.execute(query).fetchone() == (2,), "the rebuilding")
            assert get(f"{address}/health") == "well\n"
            metrics = get(f"{address}/metrics")
            assert 'revtrack_looks_total{outcome="ok"} 2.0' in metrics
            assert "revtrack_workers 1.0" in metrics
            with pytest.raises(HTTPError):
                get(f"{address}/etc/passwd")
            assert run(["--archive", database, "--config", str(file), "fleet", "status", "--json"]) == 0
            status = json.loads(capsys.readouterr().out)
            assert (len(status["workers"]), status["due"], status["worst"]) == (1, 0, [])
            assert run(["--archive", database, "--config", str(file), "check"]) == 2
            assert "'worker' of process 0 on the fleet" in capsys.readouterr().err


def test_history_is_brought_in_by_one_worker_after_another_and_what_they_record_is_attested(
    database, tmp_path, newsroom, monkeypatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    wayback = Wayback(newsroom)
    for number in range(4):
        wayback.has(hours(number), captured(page([*SENTENCES, f"It met {number} times."]), hours(number)))
    file = settings(tmp_path, f'[backfill]\nwayback = "{wayback.base}"', gap=0.3)
    file.write_text(file.read_text("utf-8").replace("[fetch]", '[fetch]\ncontact = "desk@example.org"'), "utf-8")
    fleet = ["--archive", database, "--config", str(file), "fleet"]
    open_archive(database).close()
    assert run([*fleet, "backfill", "wayback", URL]) == 0
    with workers(1, database, file) as (first,):
        wait_for(lambda: looks_in(database), "a look of the history")
        first.terminate()
        first.wait()
    assert sum(looks_in(database).values()) < 4
    with workers(1, database, file):
        wait_for(lambda: sum(looks_in(database).values()) == 4, "the rest of the history")
    with open_archive(database) as archive:
        assert len(list(archive.versions(archive.find(URL)))) == 4
        assert read_checkpoints(beside(archive))[-1].size == archive.leaf_count()


def test_an_archive_in_a_file_and_a_missing_extra_are_told_in_one_line(tmp_path, capsys, monkeypatch):
    assert run(["--archive", str(tmp_path / "a.db"), "worker"]) == 2
    assert "share an archive on a PostgreSQL server" in capsys.readouterr().err
    for name in [name for name in sys.modules if name.startswith(("revtrack.fleet", "procrastinate"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    assert run(["--archive", "postgresql://ann:secret@db.test/news", "fleet", "status"]) == 2
    said = capsys.readouterr().err
    assert "pip install 'revtrack[fleet]'" in said
    assert "secret" not in said
    assert len(said.splitlines()) == 1
