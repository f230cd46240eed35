"""What only a server can do to an archive: refuse, restart, hand over to other writers. And what it never shows."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest

from revtrack.archive import OutdatedError, open_archive
from revtrack.archive.locating import shown
from revtrack.cli.running import run
from revtrack.errors import (
    ArchiveError,
    ArchiveLockedError,
    ArchiveLostError,
    ArchiveWriteError,
    NewerArchiveError,
    NotAnArchiveError,
)
from tests.archive.servers import running_server, start, stop
from tests.archive.test_sqlite import NOW, URL, damage, seen, story


def ask(url, *statements):
    with psycopg.connect(url, autocommit=True) as connection:
        return [connection.execute(statement) for statement in statements][-1]


def columns_of(db, query):
    found = {}
    for table, column in db.execute(query).fetchall():
        found.setdefault(table, []).append(column)
    return found


# --- addresses ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("postgresql://ann:secret@db.test:5433/news?sslmode=require", "postgresql://ann@db.test:5433/news"),
        ("postgresql://db.test/news?user=ann&password=secret", "postgresql://db.test/news"),
        ("postgresql://ann:se@cret@db.test/news", "postgresql://ann@db.test/news"),
        ("postgresql://ann:se?cret@db.test/news", "postgresql://…"),
        ("postgresql://ann@/news?host=/tmp&password=sec@ret", "postgresql://ann@/news"),
        ("postgres://news", "postgres://news"),
    ],
)
def test_an_address_is_shown_without_its_password(url, safe):
    assert shown(url) == safe


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://ann:secret@127.0.0.1:1/news", "cannot be reached"),
        ("postgresql://ann:secret@127.0.0.1:1/news?secret=1", "is no address of a server"),
        ("postgresql://ann:secret@[::1/news", "is no address of a server"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_without_its_password(url, says, capsys):
    assert run(["--archive", url, "list"]) == 2
    out, err = capsys.readouterr()
    assert says in err
    assert "secret" not in out + err
    assert len(err.splitlines()) == 1


def test_without_psycopg_one_line_says_what_to_install():
    code = (
        "import sys; sys.modules['psycopg'] = None\nfrom revtrack.cli.running import run\n"
        "run(['--archive', 'postgresql://ann:secret@db.test/news', 'list'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'revtrack[postgres]'" in done.stderr
    assert "secret" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_archive_in_a_file_never_imports_psycopg(tmp_path):
    code = (
        f"import sys, revtrack\nwith revtrack.open_archive({str(tmp_path / 'a.db')!r}): print('psycopg' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"False\n"


# --- opening ------------------------------------------------------------------------------------------------------


def test_a_server_that_refuses_says_why_in_words(database):
    with pytest.raises(ArchiveError, match="no such database"):
        open_archive(database.replace("/postgres?", "/nothing?"))
    ask(database, "DROP ROLE IF EXISTS reader", "CREATE ROLE reader LOGIN")
    with pytest.raises(ArchiveWriteError, match="GRANT CREATE"):
        open_archive(database.replace("postgres:", "reader:"))


def test_a_missing_archive_is_not_made_by_reading(database):
    with pytest.raises(ArchiveError, match="revtrack add URL"):
        open_archive(database, create=False)
    assert ask(database, "SELECT to_regnamespace('revtrack')").fetchone() == (None,)


def test_a_schema_of_another_program_is_refused_and_left_untouched(database):
    ask(database, "CREATE SCHEMA revtrack", "CREATE TABLE revtrack.articles (x int)")
    with pytest.raises(NotAnArchiveError, match="another program"):
        open_archive(database)
    assert ask(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'revtrack'").fetchone() == (1,)


def test_an_archive_of_a_later_release_is_refused(database):
    open_archive(database).close()
    ask(database, "INSERT INTO revtrack.steps (name) VALUES ('9999_later')")
    with pytest.raises(NewerArchiveError, match="upgrade revtrack"):
        open_archive(database)


def test_many_that_open_an_archive_at_once_make_it_once(database):
    with ThreadPoolExecutor(6) as threads:
        for opened in [threads.submit(open_archive, database) for _ in range(6)]:
            opened.result().close()
    assert ask(database, "SELECT count(*) = count(DISTINCT name) FROM revtrack.steps").fetchone() == (True,)


def test_both_stores_have_the_same_columns_in_the_same_order(database, tmp_path):
    with open_archive(database) as server, open_archive(tmp_path / "a.db") as file:
        here = columns_of(
            file._db,
            "SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'",
        )
        there = columns_of(
            server._db,
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'revtrack'"
            " ORDER BY table_name, ordinal_position",
        )
    words = {name for name in here if name.startswith("sentence_words")}
    assert {name: here[name] for name in here.keys() - words - {"_sqlite_migrations"}} == {
        name: there[name] for name in there.keys() - {"steps", "sentence_words"}
    }


# --- writing ------------------------------------------------------------------------------------------------------


def test_many_writers_leave_one_order_without_gaps(database):
    def write(number):
        with open_archive(database) as archive:
            article, _ = archive.add_article(f"https://a.test/{number % 2}", now=NOW)
            for hours in range(8):
                while True:
                    try:
                        seen(archive, article, story(hours * 10 + number), at=NOW + timedelta(hours=hours))
                        break
                    except OutdatedError:
                        continue

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    with open_archive(database) as archive:
        assert len(list(archive.articles())) == 2
        assert sum(len(list(archive.snapshots(article))) for article in archive.articles()) == 32
        assert [leaf.position for leaf in archive.leaves()] == list(range(sum(1 for _ in archive.leaf_hashes())))
        assert damage(archive) == []


def test_a_writer_that_waits_too_long_is_told_who_is_in_the_way(database):
    with open_archive(database) as one, open_archive(database, wait=0.05) as other, one.transaction():
        one.add_article(URL, now=NOW)
        assert list(other.articles()) == []
        with pytest.raises(ArchiveLockedError, match="another program"):
            other.add_article("https://a.test/other", now=NOW)
    with open_archive(database) as again:
        assert [article.url for article in again.articles()] == [URL]


def test_a_transaction_is_kept_whole_or_not_at_all(database):
    with open_archive(database) as archive:
        with pytest.raises(ZeroDivisionError), archive.transaction():
            1 / len(archive.add_article(URL, now=NOW)[0].headline)
        assert list(archive.articles()) == []
        assert archive.add_article(URL, now=NOW)[1]


def test_text_with_a_character_that_the_server_keeps_nowhere_is_kept_without_it(database):
    with open_archive(database) as archive:
        archive.keep_manners({}, {"key": "a\0b"})
        assert archive.manners() == {"key": "a\N{REPLACEMENT CHARACTER}b"}


def test_what_is_due_is_found_by_an_index_among_many(database):
    with open_archive(database) as archive:
        archive._db.execute(
            "INSERT INTO articles (url, added_at, due_at) SELECT 'https://a.test/' || i, '2024-01-01T00:00:00Z',"
            " to_char(timestamp '2024-01-01' + i * interval '1 minute', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
            " FROM generate_series(1, 20000) AS i"
        )
        archive._db.execute("ANALYZE articles")
        from revtrack.archive.articles import _DUE

        at = "2024-01-01T02:00:00Z"
        plan = "\n".join(line for (line,) in archive._db.execute(f"EXPLAIN {_DUE}", (at, at, 50)))
        assert "articles_due" in plan
        assert "Seq Scan on articles" not in plan


# --- a server that goes away --------------------------------------------------------------------------------------


def cut(url):
    """End all other connections, as a network or an administrator does."""
    ask(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'")  # fmt: skip


def test_a_connection_that_is_cut_between_two_looks_is_made_again(database):
    with open_archive(database) as archive:
        article, _ = archive.add_article(URL, now=NOW)
        cut(database)
        seen(archive, article, story(12))
        cut(database)
        assert [version.number for version in archive.versions(article)] == [1]
        cut(database)
        with archive.transaction():
            archive.add_article("https://a.test/other", now=NOW)
        assert damage(archive) == []


def test_a_look_whose_connection_is_cut_while_it_is_recorded_is_recorded_once(database):
    with open_archive(database) as archive:
        archive.add_article(URL, now=NOW)
        cuts = iter([True, True])

        def change(db):
            db.execute("INSERT INTO manners (key, value) VALUES ('a', '1')")
            if next(cuts, False):
                cut(database)
            return db.execute("SELECT 1").fetchone()[0]

        assert archive._write(change) == 1
        assert archive.manners() == {"a": "1"}


def test_a_commit_whose_answer_is_lost_is_not_made_twice(database):
    with open_archive(database) as archive:
        db, made = archive._db, []

        class Deaf:
            """The connection, but for the answer to the first commit."""

            def __init__(self, real):
                self.real = real

            def execute(self, query, *values):
                found = self.real.execute(query, *values)
                if query == "COMMIT":
                    self.real.close()
                    raise psycopg.OperationalError("the connection is lost")
                return found

            def __getattr__(self, name):
                return getattr(self.real, name)

        db.connection = Deaf(db.connection)
        archive._write(
            lambda db: made.append(db.insert("sources", {"url": URL, "kind": "", "added_at": "", "due_at": ""}))
        )
        assert len(made) == 1
        assert archive._ask("SELECT count(*) AS found FROM sources") == [{"found": 1}]


def test_what_the_caller_put_into_one_transaction_is_lost_whole_and_said_so(database):
    with open_archive(database) as archive:

        def lose():
            with archive.transaction():
                archive.add_article(URL, now=NOW)
                cut(database)
                archive.add_article("https://a.test/other", now=NOW)

        with pytest.raises(ArchiveLostError, match="do it again"):
            lose()
        assert list(archive.articles()) == []
        assert archive.add_article(URL, now=NOW)[1]


def test_a_pass_goes_on_when_the_server_was_restarted():
    with running_server() as server, open_archive(server.get_uri()) as archive:
        article, _ = archive.add_article(URL, now=NOW)
        seen(archive, article, story(1))
        stop(server)
        again = threading.Timer(0.3, start, [server])
        again.start()
        for number in range(2, 5):
            seen(archive, article, story(number), at=NOW + timedelta(hours=number))
        again.join()
        assert [version.number for version in archive.versions(article)] == [1, 2, 3, 4]
        assert damage(archive) == []
