"""Other trackers' databases: built here in their formats, from invented texts, and read without being trusted."""

import json
import sqlite3
import struct
from contextlib import closing
from datetime import timedelta
from hashlib import sha1

import pytest

from revtrack.backfill import (
    Wanted,
    changedetection_captures,
    diffengine_captures,
    job_addresses,
    newsdiffs_captures,
    newsedits_captures,
    urlwatch_captures,
    webchanges_captures,
)
from revtrack.backfill.packed import unpack
from revtrack.errors import UnreadableError
from revtrack.exports.tables import write_sqlite
from tests.backfill.pages import EDITED, SENTENCES, URL, History, bring, hours, page, skipped, text

HEADLINE = "Night ferry to cost more from June"
TEXTS = (SENTENCES, SENTENCES, EDITED)


def database(path, *statements, rows=()):
    """A SQLite file made by some statements and rows."""
    with closing(sqlite3.connect(path)) as made, made:
        for statement in statements:
            made.execute(statement)
        for table, row in rows:
            made.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    made.close()
    return path


def versions(archive, url=URL):
    """The texts of an article's versions and when each was first seen."""
    return [(v.first_seen, v.story.headline, v.story.text) for v in archive.versions(archive.find(url))]


EXPECTED = [(hours(0), HEADLINE, "\n\n".join(SENTENCES)), (hours(2), HEADLINE, "\n\n".join(EDITED))]


# --- diffengine 0.2.7 ----------------------------------------------------------------------------------------------


def diffengine(path, rows):
    return database(
        path,
        "CREATE TABLE feed (url VARCHAR(255) PRIMARY KEY, name VARCHAR(255), created DATETIME)",
        "CREATE TABLE entry (id INTEGER PRIMARY KEY, url VARCHAR(255), created DATETIME, checked DATETIME)",
        """CREATE TABLE entryversion (id INTEGER PRIMARY KEY, title VARCHAR(255), url VARCHAR(255), summary VARCHAR(255),
           created DATETIME, archive_url VARCHAR(255), entry_id INTEGER)""",
        rows=[("entry", (1, URL, "2024-05-01 08:00:00.1", "2024-05-01 08:00:00.1")), *rows],
    )


def test_versions_of_diffengine_are_looks(tmp_path, archive):
    rows = [
        ("entryversion", (n, HEADLINE, URL, "".join(f"<p>{s}</p>" for s in sentences), f"{hours(n):%F %T}.5", None, 1))
        for n, sentences in enumerate(TEXTS)
    ]
    broken = [
        ("entryversion", (7, HEADLINE, URL, "<p>x</p>", "then", None, 1)),
        ("entryversion", (8, None, None, 9, 1, 2, 3)),
    ]
    file = diffengine(tmp_path / "diffengine.db", [*rows, *broken])
    found = list(diffengine_captures(file))
    assert len(skipped(found)) == 2
    bring(archive, found)
    assert versions(archive) == EXPECTED
    assert next(archive.snapshots(archive.find(URL))).origin.place == "diffengine.db entryversion 0"


# --- NewsDiffs -----------------------------------------------------------------------------------------------------


def test_texts_of_newsdiffs_are_looks_at_the_urls_of_its_tables(tmp_path, archive):
    articles = History(tmp_path / "articles")
    for number, sentences in enumerate(TEXTS):
        body = "\n".join(("May 1, 2024", HEADLINE, "Ruben Marsh", "", "\n\n".join(sentences)))
        articles.commit(hours(number), {"news.example/2024/ferry-fares.html": f"{body}\n{' ' * number}"})
    articles.commit(hours(5), {"news.example/other": "one line"})
    file = database(
        tmp_path / "newsdiffs.db",
        "CREATE TABLE Articles (id INTEGER PRIMARY KEY, url VARCHAR(255), initial_date DATETIME, git_dir VARCHAR(255))",
        rows=[
            ("Articles", (1, URL, "2024-05-01", "articles")),
            ("Articles", (2, "https://news.example/other/", "", "")),
        ],
    )
    found = list(newsdiffs_captures([articles.folder, file]))
    (left,) = skipped(found)
    assert "no text of NewsDiffs" in left.why
    bring(archive, found)
    assert versions(archive) == EXPECTED
    assert next(archive.versions(archive.find(URL))).story.byline == "Ruben Marsh"
    (alone, *_) = newsdiffs_captures([articles.folder])
    assert alone.url == "http://news.example/2024/ferry-fares.html"
    with pytest.raises(UnreadableError, match="folder of articles"):
        list(newsdiffs_captures([file]))


# --- urlwatch 2.29, webchanges 3.37 --------------------------------------------------------------------------------

JOBS = f"name: Ferry\nurl: {URL}\nfilter:\n  - html2text\n---\nkind: shell\ncommand: 'rm -rf /'\n---\n- navigate: \"https://b.example/\"\n"
GUID = sha1(URL.encode()).hexdigest()


def test_the_urls_of_a_list_of_jobs_are_read_and_nothing_else():
    assert job_addresses(JOBS) == [URL, "https://b.example/"]


def test_what_urlwatch_kept_is_looks_at_its_jobs(tmp_path, archive):
    cache = "CREATE TABLE CacheEntry (guid TEXT, timestamp INTEGER, data TEXT, tries INTEGER, etag TEXT, id INTEGER PRIMARY KEY)"
    rows = [("CacheEntry", (GUID, int(hours(n).timestamp()), text(s), 0, "", n)) for n, s in enumerate(TEXTS)]
    failed = ("CacheEntry", (GUID, int(hours(9).timestamp()), text(), 3, "", 9))
    unknown = ("CacheEntry", ("0" * 40, int(hours(9).timestamp()), text(), 0, "", 10))
    file = database(tmp_path / "cache.db", cache, rows=[*rows, failed, unknown])
    found = list(urlwatch_captures(file, addresses=job_addresses(JOBS)))
    (left,) = skipped(found)
    assert "--jobs" in left.why
    bring(archive, found)
    assert versions(archive) == EXPECTED
    with pytest.raises(UnreadableError, match="format of urlwatch"):
        list(webchanges_captures(file, addresses=[]))


def packed(**fields):
    """A map as MessagePack writes it (texts up to 64 KiB, small numbers)."""
    parts = [bytes([0x81 + len(fields)])]
    for name, value in fields.items():
        parts.append(bytes([0xA0 | len(name)]) + name.encode())
        raw = value.encode() if isinstance(value, str) else b""
        parts.append(b"\xda" + struct.pack(">H", len(raw)) + raw if isinstance(value, str) else bytes([value]))
    return b"".join(parts) + b"\xa3err\x80"  # and a map of errors, empty


def test_what_webchanges_kept_is_looks_at_its_jobs(tmp_path, archive):
    rows = [
        ("webchanges", (GUID, hours(0).timestamp() + 0.25, packed(d=page(url=""), t=0, e="", m="text/html"))),
        ("webchanges", (GUID, hours(1).timestamp(), packed(d=page(EDITED, url=""), t=2, e="", m="text/html"))),
        ("webchanges", (GUID, hours(2).timestamp(), packed(d=page(EDITED, url=""), t=0, e="", m="text/html"))),
        ("webchanges", (GUID, hours(3).timestamp(), b"\x84\xa1d\xdb\xff\xff\xff\xffshort")),
    ]
    file = database(
        tmp_path / "s.db", "CREATE TABLE webchanges (uuid TEXT, timestamp REAL, msgpack_data BLOB)", rows=rows
    )
    found = list(webchanges_captures(file, addresses=[URL]))
    (left,) = skipped(found)
    assert "nothing is kept" in left.why
    bring(archive, found)
    assert versions(archive) == EXPECTED


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\x81",
        b"\x81\xa1d\xc1",
        b"\x93\x01\x02\x03",
        b"\x81\xa1d\xdb\xff\xff\xff\xff",
        b"\xdf",
        b"\x91" * 50,
        b"\x81\xa1d" * 50,
    ],
)
def test_bytes_that_are_no_small_map_are_refused(bad):
    with pytest.raises(ValueError, match=r"it breaks off|no map|no tracker|too deep"):
        unpack(bad)


# --- changedetection.io 0.60.10 ------------------------------------------------------------------------------------


@pytest.fixture
def datastore(tmp_path):
    """A data directory with one watch, as the releases of today keep it."""
    brotli = pytest.importorskip("brotli")
    home = tmp_path / "datastore"
    folder = home / "5f3e"
    folder.mkdir(parents=True)
    (home / "changedetection.json").write_text('{"app_guid": "x"}')
    (folder / "watch.json").write_text(json.dumps({"url": URL, "title": "Ferry"}))
    lines = []
    for number, sentences in enumerate(TEXTS):
        name = f"{number:032x}.txt" + ".br" * (number == 2)
        content = text(sentences).encode()
        (folder / name).write_bytes(brotli.compress(content) if number == 2 else content)
        lines.append(f"{int(hours(number).timestamp())},{name}\n")
    (folder / "history.txt").write_text("".join(lines))
    return home


def test_watches_of_changedetection_are_looks(datastore, archive):
    bring(archive, changedetection_captures(datastore))
    assert versions(archive) == EXPECTED


def test_older_data_directories_are_read_too(datastore, archive):
    (datastore / "5f3e" / "watch.json").unlink()
    watches = {"5f3e": {"url": URL}, "../x": {"url": URL}, "gone": {"url": URL}, "odd": 7}
    (datastore / "url-watches.json").write_text(json.dumps({"watching": watches}))
    history = datastore / "5f3e" / "history.txt"
    history.write_text(history.read_text().replace(",", ",/datastore/5f3e/"))
    bring(archive, changedetection_captures(datastore))
    assert versions(archive) == EXPECTED


def test_a_data_directory_leads_to_no_file_outside_the_watch(datastore):
    folder, at = datastore / "5f3e", int(hours(5).timestamp())
    (folder / "link.txt").symlink_to("/etc/passwd")
    (folder / "bomb.txt.br").write_bytes(__import__("brotli").compress(b"0" * (40 << 20), quality=4))
    (folder / "torn.txt.br").write_bytes(b"\x0b\x02\x80")
    with (folder / "history.txt").open("a") as out:
        out.write(f"{at},../../../../etc/passwd\n{at},link.txt\n{at},bomb.txt.br\n{at},torn.txt.br\nx,y\n{at},\n")
    found = list(changedetection_captures(datastore))
    assert (len(found), len(skipped(found))) == (9, 6)


# --- NewsEdits -----------------------------------------------------------------------------------------------------


def test_sentences_of_newsedits_become_the_versions_they_were(tmp_path, archive):
    told = [("entryversion", (1, n, URL, HEADLINE, f"{hours(n):%F %T}")) for n in range(3)]
    cut = [
        ("split_sentences", (1, f"{n}.0", at, f"<p>{sentence}</p>"))
        for n, sentences in enumerate(TEXTS)
        for at, sentence in reversed(list(enumerate(sentences)))
    ]
    file = database(
        tmp_path / "nyt.db",
        "CREATE TABLE split_sentences (entry_id INTEGER, version TEXT, sent_idx INTEGER, sentence TEXT)",
        "CREATE TABLE entryversion (entry_id INTEGER, version INTEGER, url TEXT, title TEXT, created TEXT)",
        rows=[*told, *cut, ("split_sentences", (2, 0, 0, "Alone."))],
    )
    found = list(newsedits_captures(file))
    (left,) = skipped(found)
    assert "entry 2" in left.place
    bring(archive, found)
    assert versions(archive) == EXPECTED


def test_the_tables_that_we_export_can_be_brought_in_again(tmp_path, archive):
    from revtrack.archive import open_archive

    rows = [("entryversion", (n, HEADLINE, URL, "".join(f"<p>{s}</p>" for s in sentences), f"{hours(n):%F %T}", None, 1))
            for n, sentences in enumerate(TEXTS)]  # fmt: skip
    with open_archive(tmp_path / "other.db") as other:
        bring(other, diffengine_captures(diffengine(tmp_path / "diffengine.db", rows)))
        write_sqlite(other, list(other.articles()), tmp_path / "tables.db")
    bring(archive, newsedits_captures(tmp_path / "tables.db"))
    assert [(at, headline) for at, headline, _ in versions(archive)] == [(at, h) for at, h, _ in EXPECTED]
    assert [body.split() for _, _, body in versions(archive)] == [body.split() for _, _, body in EXPECTED]


# --- all of them ---------------------------------------------------------------------------------------------------

READERS = {
    "diffengine": diffengine_captures,
    "newsedits": newsedits_captures,
    "urlwatch": lambda file: urlwatch_captures(file, addresses=[]),
    "webchanges": lambda file: webchanges_captures(file, addresses=[]),
}


@pytest.mark.parametrize("name", READERS)
def test_a_database_that_is_not_theirs_is_refused_and_untouched(tmp_path, name):
    (tmp_path / "text.db").write_text("no database at all, but quite long " * 100)
    database(tmp_path / "other.db", "CREATE TABLE x (y)")
    looping = (
        "CREATE VIEW entryversion AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT * FROM r"
    )
    database(tmp_path / "view.db", looping, "CREATE VIEW CacheEntry AS SELECT 1 AS guid, 2 AS timestamp, 3 AS data")
    for file in ("text.db", "other.db", "view.db", "missing.db"):
        before = sorted(tmp_path.iterdir())
        with pytest.raises(UnreadableError) as told:
            list(READERS[name](tmp_path / file))
        assert "\n" not in str(told.value)
        assert sorted(tmp_path.iterdir()) == before


def test_a_database_is_opened_for_reading_only(tmp_path):
    file = diffengine(
        tmp_path / "diffengine.db", [("entryversion", (1, HEADLINE, URL, "<p>x</p>", "2024-05-01", None, 1))]
    )
    before = file.read_bytes()
    file.chmod(0o444)
    assert len(list(diffengine_captures(file))) == 1
    assert file.read_bytes() == before
    late = Wanted(since=hours(0) + timedelta(days=900))
    assert list(diffengine_captures(file, wanted=late)) == []
