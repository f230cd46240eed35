"""The tables of an archive and how they came to be: one text for both stores. Knows SQL and nothing of the nouns.

Each step is run once, in the transaction that runs all that are missing. A released step is never edited: add another.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from revtrack.archive import (
    bodies,
    derivations,
    findings,
    fulltext,
    fulltext_postgres,
    heads,
    news,
    origins,
    outbox,
    plans,
    positions,
    redactions,
    retention,
    salts,
    sentences,
    sites,
    stories,
)
from revtrack.archive.connection import Connection
from revtrack.archive.kinds import FIRST, LATER, LATEST
from revtrack.archive.leaves import TABLE, add_missing
from revtrack.archive.listing import relist_all


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the tables' history: a script in SQLite's words, then what a store needs besides, then a change."""

    name: str
    script: str = ""
    sqlite: str = ""
    postgres: str = ""
    change: Callable[[Connection], None] | None = None


_FIRST = """
-- One row an article. Times are RFC 3339 in UTC throughout, so that they sort as text.
CREATE TABLE articles (
    id         INTEGER PRIMARY KEY,
    url        TEXT NOT NULL UNIQUE,       -- canonical
    headline   TEXT NOT NULL DEFAULT '',   -- of the newest version
    source     TEXT NOT NULL DEFAULT '',   -- the URL of the source that brought it, '' when a person did
    added_at   TEXT NOT NULL,
    checked_at TEXT,                       -- NULL: never looked at
    changed_at TEXT,                       -- when its newest version was first seen
    due_at     TEXT NOT NULL,
    not_before TEXT,                       -- what the server asked for; NULL: nothing
    outcome    TEXT,                       -- of the newest look
    troubles   INTEGER NOT NULL DEFAULT 0, -- failed looks since the last good one
    gone       INTEGER NOT NULL DEFAULT 0, -- 1 from the look that found it gone to the next good one
    suspect    TEXT NOT NULL DEFAULT ''    -- fingerprint that waits for a second look
) STRICT;
CREATE INDEX articles_due ON articles (due_at);  -- what `check` asks for

-- Every URL that has led to an article, the canonical one included. Two URLs with one key are one article.
CREATE TABLE addresses (
    key        TEXT PRIMARY KEY,           -- urls.article_key(url)
    url        TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id)
) STRICT;
CREATE INDEX addresses_article ON addresses (article_id);

CREATE TABLE sources (
    id         INTEGER PRIMARY KEY,
    url        TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL,
    added_at   TEXT NOT NULL,
    checked_at TEXT,
    due_at     TEXT NOT NULL,
    reason     TEXT NOT NULL DEFAULT '',   -- what was wrong at the last reading, '' when nothing was
    parent     TEXT NOT NULL DEFAULT ''    -- the source that lists it, '' when a person added it
) STRICT;

-- What politeness must not forget between passes: robots.txt, hosts at rest. Keys and values are fetching's own.
CREATE TABLE manners (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Message contents as received, each once, however many looks found it.
CREATE TABLE bodies (
    sha256 TEXT PRIMARY KEY,               -- of the bytes as received, lower-case hex
    size   INTEGER NOT NULL,
    codec  TEXT NOT NULL,                  -- 'zlib' or 'raw' (what is compressed already)
    bytes  BLOB NOT NULL
) STRICT;

-- Every look ever made. Rows are added, never changed; the order is that of id, whatever the clock did.
CREATE TABLE snapshots (
    id              INTEGER PRIMARY KEY,
    article_id      INTEGER NOT NULL REFERENCES articles (id),
    url             TEXT NOT NULL,
    fetched_at      TEXT NOT NULL,
    outcome         TEXT NOT NULL,
    status          INTEGER,               -- NULL: no response came
    reason          TEXT NOT NULL,
    final_url       TEXT NOT NULL,
    redirects       TEXT NOT NULL,         -- JSON
    request_headers TEXT NOT NULL,         -- JSON
    headers         TEXT NOT NULL,         -- JSON
    body_sha256     TEXT REFERENCES bodies (sha256),  -- NULL: no content came
    elapsed         REAL NOT NULL,
    version         INTEGER                -- the version this look found, NULL when it read no story
) STRICT;
CREATE INDEX snapshots_article ON snapshots (article_id, id);

CREATE TABLE versions (
    article_id  INTEGER NOT NULL REFERENCES articles (id),
    number      INTEGER NOT NULL,          -- 1, 2, 3 … within the article
    snapshot_id INTEGER NOT NULL REFERENCES snapshots (id),
    fingerprint TEXT NOT NULL,
    extractor   TEXT NOT NULL,             -- stamp of the code that read it
    story       TEXT NOT NULL,             -- JSON form
    first_seen  TEXT NOT NULL,
    last_seen   TEXT NOT NULL,
    looks       INTEGER NOT NULL DEFAULT 1,
    revert_of   INTEGER,                   -- NULL: a text not seen before
    flapping    INTEGER NOT NULL DEFAULT 0,
    modified    TEXT,                      -- newest time of change that the page stated while this version stood
    PRIMARY KEY (article_id, number)
) STRICT;
CREATE INDEX versions_fingerprint ON versions (article_id, fingerprint);  -- finds reverts

-- Every verdict ever given on a revision; the newest row of a revision counts. A late note adds a row.
CREATE TABLE verdicts (
    id           INTEGER PRIMARY KEY,
    article_id   INTEGER NOT NULL,
    number       INTEGER NOT NULL,         -- of the version that the revision led to
    snapshot_id  INTEGER NOT NULL REFERENCES snapshots (id),  -- the look that led to this verdict
    significance TEXT NOT NULL,
    disclosure   TEXT NOT NULL,
    verdict      TEXT NOT NULL,            -- JSON form
    FOREIGN KEY (article_id, number) REFERENCES versions (article_id, number)
) STRICT;
CREATE INDEX verdicts_revision ON verdicts (article_id, number, id);

-- What happened to an article besides its versions: gone, back, suspect, trouble.
CREATE TABLE events (
    id          INTEGER PRIMARY KEY,
    article_id  INTEGER NOT NULL REFERENCES articles (id),
    snapshot_id INTEGER NOT NULL REFERENCES snapshots (id),
    event       TEXT NOT NULL,
    why         TEXT NOT NULL
) STRICT;
CREATE INDEX events_article ON events (article_id, id);
"""


_IDENTITY = """
-- Who answered, and by which secure connection.
ALTER TABLE snapshots ADD COLUMN peer TEXT NOT NULL DEFAULT '';
ALTER TABLE snapshots ADD COLUMN tls TEXT;                             -- JSON, NULL: a plain connection
ALTER TABLE snapshots ADD COLUMN noarchive INTEGER NOT NULL DEFAULT 0; -- 1: the page asks that no copy be shown

-- What a source gave to be asked "has it changed?" with, when it was last read whole.
ALTER TABLE sources ADD COLUMN etag TEXT NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN last_modified TEXT NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN answered_at TEXT NOT NULL DEFAULT '';  -- the URL that gave them

-- The article that this one turned out to be; NULL: it is its own. What was seen of it stays.
ALTER TABLE articles ADD COLUMN same_as INTEGER REFERENCES articles (id);

-- Who is looking at the articles: one row at most.
CREATE TABLE leases (
    name    TEXT PRIMARY KEY,
    what    TEXT NOT NULL,
    host    TEXT NOT NULL,
    process INTEGER NOT NULL,
    since   TEXT NOT NULL,
    until   TEXT NOT NULL
) STRICT;
"""


_SCHEDULE = """
-- When an article was let go, NULL while it is looked at; when it last came back after that, NULL: never.
ALTER TABLE articles ADD COLUMN retired_at TEXT;
ALTER TABLE articles ADD COLUMN back_at TEXT;
CREATE INDEX articles_source ON articles (source);        -- what an article's source is like
CREATE INDEX snapshots_time ON snapshots (fetched_at);    -- what was spent in a day
"""


_REGIONS = """
-- The number of the newest version and a digest of what its story was read from in the page looked at last.
ALTER TABLE articles ADD COLUMN region TEXT NOT NULL DEFAULT '';
"""


_NEWEST = """
-- Full text of newest versions; rowid is the article's id.
CREATE VIRTUAL TABLE newest USING fts5 (headline, body, tokenize = 'unicode61 remove_diacritics 2');
"""

_VERDICTS = """
-- Every verdict ever given on a revision; the newest row of a revision counts. A late note adds a row.
CREATE TABLE kept (
    id           INTEGER PRIMARY KEY,
    article_id   INTEGER NOT NULL,
    number       INTEGER NOT NULL,         -- of the version that the revision led to
    snapshot_id  INTEGER NOT NULL REFERENCES snapshots (id),  -- the look that led to this verdict
    significance TEXT NOT NULL,
    disclosure   TEXT NOT NULL,
    verdict      BLOB NOT NULL,            -- JSON form, as `rows.pack_verdict` packs it or as it is
    FOREIGN KEY (article_id, number) REFERENCES versions (article_id, number)
) STRICT;
INSERT INTO kept SELECT id, article_id, number, snapshot_id, significance, disclosure, CAST(verdict AS BLOB)
FROM verdicts;
DROP TABLE verdicts;
ALTER TABLE kept RENAME TO verdicts;
CREATE INDEX verdicts_revision ON verdicts (article_id, number, id);
CREATE INDEX verdicts_look ON verdicts (snapshot_id);   -- what is news
"""
_VERDICTS_POSTGRES = "ALTER TABLE verdicts ALTER COLUMN verdict TYPE BYTEA USING convert_to(verdict, 'UTF8');"


_TITLES = """
-- What a source calls itself; '': it was not read yet, or says nothing.
ALTER TABLE sources ADD COLUMN title TEXT NOT NULL DEFAULT '';
"""
_DROPPED = """
-- Since when a source is not followed any more; NULL: it is.
ALTER TABLE sources ADD COLUMN dropped_at TEXT;
"""


def _fill(db: Connection) -> None:
    heads.pack_all(db)
    bodies.name_all(db)


def _settle(db: Connection) -> None:
    stories.move_all(db)
    db.count_on()


def _complete(db: Connection) -> None:
    """Add the leaves that the release did not have which wrote the rows, now that they are in the tables of today."""
    is_without = db.execute("SELECT 1 FROM leaves LIMIT 1").fetchone() is None
    retention.write_down_all(db)
    add_missing(db, (*FIRST, *LATER) if is_without else LATER)


STEPS = (
    Step("0001_first", _FIRST, sqlite=_NEWEST),
    Step("0002_identity", _IDENTITY),
    Step("0003_leaves", TABLE),
    Step("0004_schedule", _SCHEDULE),
    Step("0005_bodies", sqlite=bodies.TABLE + bodies.FROM_OLD, postgres=bodies.IN_PLACE),
    Step("0006_stories", stories.COLUMN),
    Step(
        "0007_listing",
        findings.TABLE + sentences.TABLE,
        sqlite=f"{fulltext.TABLE} DROP TABLE newest",
        postgres=fulltext_postgres.TABLE,
        change=relist_all,
    ),
    Step("0008_outbox", outbox.TABLE + news.INDEXES),
    Step("0009_derivations", origins.TABLE + derivations.TABLE + redactions.TABLE),
    Step("0010_regions", _REGIONS + bodies.INDEXES),
    Step("0011_sites", sites.COLUMN, change=sites.name_all),
    Step("0012_heads", heads.COLUMNS + bodies.NAME, change=_fill),
    Step(
        "0013_small",
        f"{stories.TABLE} DROP INDEX versions_fingerprint; {findings.SAME_HEADLINES}",
        sqlite=bodies.FROM_HEX + heads.FROM_OLD + _VERDICTS,
        postgres=bodies.FROM_HEX_POSTGRES + heads.FROM_OLD_POSTGRES + _VERDICTS_POSTGRES,
        change=_settle,
    ),
    # Before those that add leaves, which have salts made of seeds since.
    Step("0018_leaves", salts.TABLE, sqlite=positions.FROM_OLD, postgres=positions.FROM_OLD_POSTGRES),
    Step("0014_stated", retention.TABLE, change=_complete),
    Step("0015_known", change=lambda db: add_missing(db, LATEST)),
    Step("0016_titles", _TITLES),
    Step("0017_dropped", _DROPPED),
    Step(
        "0019_small",
        f"DROP INDEX events_look; DROP INDEX snapshots_time; {bodies.WHOSE}",  # the first was there twice
        sqlite=bodies.FROM_UNIQUE + bodies.BY_NAME + heads.IN_SECONDS + plans.INDEX + news.INDEXES_OF_SQLITE,
        postgres=bodies.FROM_UNIQUE_POSTGRES + bodies.BY_NAME + heads.IN_SECONDS_POSTGRES + plans.INDEX,
    ),
)
"""All steps, in their order: an archive that has seen another was written by a later revtrack."""


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script, without its comments."""
    bare = "\n".join(line.split("--")[0] for line in script.splitlines())
    yield from (statement.strip() for statement in bare.split(";") if statement.strip())
