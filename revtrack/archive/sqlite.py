"""The embedded archive: one SQLite file, written by one transaction a look. Knows no network and no clock."""

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from revtrack.archive import bodies, plans, rows, stories, writing
from revtrack.archive.copying import copy_to
from revtrack.archive.damage import find_damage
from revtrack.archive.history import ledger, read_log
from revtrack.archive.leases import is_held
from revtrack.archive.leaves import add_leaf, read_leaves
from revtrack.archive.packing import PackingError
from revtrack.archive.protocol import Leaf, Lease, LogEntry, NoteEntry, Observation, Recorded, Standing
from revtrack.archive.schema import APPLICATION_ID, STEPS, migrations
from revtrack.errors import (
    AmbiguousArticleError,
    ArchiveError,
    ArchiveLockedError,
    ArchiveWriteError,
    BadURLError,
    InputError,
    NewerArchiveError,
    NotAnArchiveError,
    UnknownArticleError,
)
from revtrack.forms import from_form, iso, to_form
from revtrack.model import Article, Revision, Snapshot, Source, Story, Validators, Verdict, Version
from revtrack.notes import note_key
from revtrack.schedule import Watched
from revtrack.urls import article_key, keys_of_host

_ARTICLES = """
    SELECT a.*,
           (SELECT group_concat(url, char(10)) FROM addresses WHERE article_id = a.id) AS urls,
           (SELECT count(*) FROM versions WHERE article_id = a.id) AS versions
    FROM articles AS a
"""
_NEIGHBOURS = """
    SELECT (SELECT story FROM versions WHERE article_id = a.id ORDER BY number DESC LIMIT 1) AS story
    FROM articles AS a
    WHERE a.id IN (SELECT article_id FROM addresses WHERE key >= ? AND key < ?) AND a.id != ?
      AND a.changed_at IS NOT NULL
    ORDER BY a.changed_at DESC LIMIT ?
"""
_VERSIONS = "SELECT *, whole_story(article_id, number, story) AS story FROM versions"
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


class SQLiteArchive:
    """An archive in one SQLite file (or several beside it while it is written: WAL)."""

    def __init__(self, path: Path, *, wait: float = 10.0) -> None:
        self.location = str(path)
        with self._plain_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            name, is_uri = _how_to_open(path)
            connection = sqlite3.connect(name, timeout=wait, isolation_level=None, uri=is_uri)
            try:
                self._db = Database(connection, execute_plugins=False, strict=True)
                self._prepare()
            except BaseException:
                connection.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Whatever was recorded is already safe."""
        self._db.close()

    # --- what is tracked -----------------------------------------------------------------------------------------

    def add_article(self, url: str, *, now: datetime, source: str = "") -> tuple[Article, bool]:
        """Track a canonical URL; return its article and whether it is new."""
        with self._writing():
            known = self._one("SELECT article_id FROM addresses WHERE key = ?", article_key(url))
            if known:
                article = self._article(known["article_id"])
                if article.retired_at and not source:
                    plans.hasten(self._db, [article.id], now)
                return self._article(article.id), False
            row = {"url": url, "source": source, "added_at": iso(now), "due_at": iso(now)}
            article_id = int(self._db.table("articles").insert(row).last_pk)  # type: ignore[arg-type]
            self._db.table("addresses").insert({"key": article_key(url), "url": url, "article_id": article_id})
            add_leaf(self._db, "article", article_id)
        return self._article(article_id), True

    def add_source(self, url: str, kind: str, *, now: datetime, parent: str = "") -> tuple[Source, bool]:
        """Follow a source; return it and whether it is new."""
        with self._writing():
            known = self._one("SELECT * FROM sources WHERE url = ?", url)
            if not known:
                row = {"url": url, "kind": kind, "added_at": iso(now), "due_at": iso(now), "parent": parent}
                self._db.table("sources").insert(row)
        found = self._one("SELECT * FROM sources WHERE url = ?", url)
        return rows.source_from(found or {}), known is None

    def sources(self) -> Iterator[Source]:
        """Yield every source, oldest first."""
        for row in self._all("SELECT * FROM sources ORDER BY id"):
            yield rows.source_from(row)

    def checked_source(
        self, source: Source, *, now: datetime, due_at: datetime, reason: str = "", validators: Validators | None = None
    ) -> None:
        """Note that a source was read, when to read it next, and what was wrong if anything was."""
        with self._writing():
            values = {"checked_at": iso(now), "due_at": iso(due_at), "reason": reason}
            if validators:
                values |= {"etag": validators.etag, "last_modified": validators.last_modified}
                values |= {"answered_at": validators.url}
            self._db.table("sources").update(source.id, values)

    def articles(self) -> Iterator[Article]:
        """Yield every article, oldest first."""
        for row in self._all(f"{_ARTICLES} ORDER BY a.id"):
            if row["same_as"] is None or row["versions"]:
                yield rows.article_from(row)

    def owner(self, url: str) -> int | None:
        """Return the id of the article that a URL is known to lead to, None if none is."""
        found = self._one("SELECT article_id FROM addresses WHERE key = ?", article_key(url))
        return found["article_id"] if found else None

    def find(self, name: str) -> Article:
        """Return the article meant by an id, a URL, or any unambiguous part of URL or headline."""
        exact = self._one("SELECT article_id AS id FROM addresses WHERE key = ?", _key(name)) or (
            self._one("SELECT id FROM articles WHERE id = ?", int(name)) if _NUMBER.fullmatch(name) else None
        )
        if exact:
            return self._article(exact["id"])
        part = name.casefold()
        fits = (
            [a for a in self.articles() if part in f"{chr(10).join(a.urls)}\n{a.headline}".casefold()] if part else []
        )
        if not fits:
            raise UnknownArticleError(name)
        if len(fits) > 1:
            raise AmbiguousArticleError(name, [f"{a.id}: {a.url}" for a in fits])
        return fits[0]

    def due(self, now: datetime, *, limit: int | None = None) -> list[Article]:
        """Return the articles whose next look is due, most overdue first."""
        at = iso(now)
        query = (
            f"{_ARTICLES} WHERE a.due_at <= ? AND a.same_as IS NULL AND a.retired_at IS NULL"
            " AND (a.not_before IS NULL OR a.not_before <= ?)"
            " ORDER BY a.due_at, a.id LIMIT ?"
        )
        return [rows.article_from(row) for row in self._all(query, at, at, -1 if limit is None else limit)]

    def companions(self, article: Article) -> list[Watched]:
        """Return what was seen of other articles of its source, or of its host where a person added it."""
        return plans.companions(self._all, article)

    def spent(self, since: datetime) -> dict[str, int]:
        """Return the looks made since then, by host and by URL of the source that brought the article."""
        return plans.spent(self._all, since)

    def outdated(self, changes: Mapping[str, datetime]) -> list[int]:
        """Return the ids of the articles, by URL, that changed, as their source says, after our last look."""
        return plans.outdated(self._all, changes)

    def hasten(self, articles: Iterable[int], *, now: datetime) -> None:
        """Make articles due now; those that had retired come back."""
        with self._writing():
            plans.hasten(self._db, articles, now)

    def take_lease(self, lease: Lease, *, now: datetime) -> Lease:
        """Hold the archive for a pass, unless another does; return the lease that holds now."""
        with self._writing():
            row = self._one("SELECT * FROM leases")
            held = rows.lease_from(row) if row else None
            if held and (held.host, held.process) != (lease.host, lease.process) and is_held(held, now):
                return held
            self._db.table("leases").insert({"name": "looking", **to_form(lease)}, pk="name", replace=True)
        return lease

    def drop_lease(self, process: int, host: str) -> None:
        """Give up the lease of a process, if it has it."""
        with self._writing():
            self._db.execute("DELETE FROM leases WHERE process = ? AND host = ?", (process, host))

    def manners(self) -> dict[str, str]:
        """Return what fetching asked to have kept between passes."""
        return {row["key"]: row["value"] for row in self._all("SELECT key, value FROM manners")}

    def keep_manners(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Keep what a pass changed of what it was given, and leave the rest to others."""
        changed = [{"key": key, "value": value} for key, value in after.items() if before.get(key) != value]
        forgotten = [(key,) for key in before if key not in after]
        if not changed and not forgotten:
            return
        with self._writing():
            self._db.table("manners").insert_all(changed, pk="key", replace=True)
            self._db.conn.executemany("DELETE FROM manners WHERE key = ?", forgotten)

    # --- looks ---------------------------------------------------------------------------------------------------

    def standing(self, article_id: int) -> Standing:
        """Return what is known of an article before the next look."""
        state = self._one("SELECT gone, troubles, suspect FROM articles WHERE id = ?", article_id) or {}
        read = self._one(
            "SELECT * FROM snapshots WHERE article_id = ? AND version IS NOT NULL AND outcome = 'ok'"
            " ORDER BY id DESC LIMIT 1",
            article_id,
        )
        seen = rows.snapshot_from(read) if read else None
        newest = self._one(f"{_VERSIONS} WHERE article_id = ? ORDER BY number DESC LIMIT 1", article_id)
        return Standing(
            article=self._article(article_id),
            latest=rows.version_from(newest) if newest else None,
            validators=seen.validators if seen else Validators(),
            body_sha256=seen.body_sha256 if seen else "",
            is_gone=bool(state.get("gone")),
            troubles=state.get("troubles", 0),
            suspect=state.get("suspect", ""),
        )

    def record(self, observation: Observation) -> Recorded:
        """Record a look and all that came of it in one transaction."""
        with self._writing():
            snapshot_id, made = writing.record(self._db, observation)
        version = self._version(observation.article_id, made) if made else None
        article = self._article(observation.article_id)
        return Recorded(article, replace(observation.snapshot, id=snapshot_id), version)

    def transaction(self) -> AbstractContextManager[None]:
        """Make one transaction of all that is written within."""
        return self._writing()

    # --- what was seen -------------------------------------------------------------------------------------------

    def snapshots(self, article: Article) -> Iterator[Snapshot]:
        """Yield every look at an article, in the order of recording."""
        for row in self._each("SELECT * FROM snapshots WHERE article_id = ? ORDER BY id", article.id):
            yield self._with_body(row)

    def snapshot(self, snapshot_id: int) -> Snapshot:
        """Return one look with its body; InputError when there is none of that number."""
        row = self._one("SELECT * FROM snapshots WHERE id = ?", snapshot_id)
        if row is None:
            raise InputError(f"there is no snapshot {snapshot_id} in {self.location}")
        return self._with_body(row)

    def versions(self, article: Article) -> Iterator[Version]:
        """Yield an article's versions, first to newest."""
        for row in self._each(f"{_VERSIONS} WHERE article_id = ? ORDER BY number", article.id):
            yield rows.version_from(row)

    def neighbours(self, article: Article, *, limit: int = 40) -> Iterator[tuple[str, ...]]:
        """Yield the texts in and beside the newest stories of other articles on the host, newest change first.

        The stories themselves are not built: that took six times as long as all the rest of it.
        """
        for row in self._all(_NEIGHBOURS, *keys_of_host(article.url), article.id, limit):
            story = json.loads(row["story"])
            yield (*story.get("beside", ()), *(paragraph["text"] for paragraph in story["paragraphs"]))

    def revisions(self, article: Article) -> Iterator[Revision]:
        """Yield an article's revisions, first to newest, each with the verdict as it stands now."""
        old: Version | None = None
        for new in self.versions(article):
            if old:
                yield self._revision(article, old, [new])
            old = new

    def revision(self, article: Article, old: int, new: int) -> Revision:
        """Return the step between two versions, the older first; for neighbours with the verdict as it stands now."""
        if old >= new:
            raise InputError(
                f"name the older version first: {new} {old}" if old > new else "name two different versions"
            )
        first, last = self._version(article.id, old), self._version(article.id, new)
        between = [v for v in self.versions(article) if first.number < v.number <= last.number]
        return self._revision(article, first, between)

    def log(self, *, article: Article | None = None, since: datetime | None = None) -> Iterator[LogEntry]:
        """Yield what happened to one article or to all, oldest first."""
        yield from read_log(self._all, [article] if article else list(self.articles()), since)

    def notes(self, *, article: Article | None = None) -> Iterator[NoteEntry]:
        """Yield the ledger of notes, article by article, oldest first."""
        for one in [article] if article else list(self.articles()):
            yield from ledger(one, self.versions(one))

    def search(self, words: str, *, limit: int = 20) -> list[tuple[Article, str]]:
        """Return the articles whose newest version holds all the words, best first, each with an excerpt."""
        query = " ".join('"' + word.replace('"', '""') + '"' for word in words.replace("\0", " ").split())
        if not query:
            return []
        found = self._all(
            "SELECT rowid AS id, snippet(newest, 1, '', '', ' … ', 16) AS excerpt FROM newest"
            " WHERE newest MATCH ? ORDER BY rank LIMIT ?",
            query,
            limit,
        )
        return [(self._article(row["id"]), row["excerpt"]) for row in found]

    # --- what can be proven ---------------------------------------------------------------------------------------

    def leaf_hashes(self) -> Iterator[bytes]:
        """Yield the hash of every leaf, in their order."""
        for row in self._each("SELECT hash FROM leaves ORDER BY position"):
            yield row["hash"]

    def leaves(self) -> Iterator[Leaf]:
        """Yield every leaf, in their order, each held against the row that it stands for."""
        with self._plain_errors():
            yield from read_leaves(self._db)

    def body_hashes(self) -> Iterator[tuple[str, str]]:
        """Yield the name of every body, which is its SHA-256, and the SHA-256 of the bytes that are there."""
        with self._plain_errors():
            yield from bodies.hashes(self._db)

    def damage(self) -> Iterator[str]:
        """Yield what is wrong with the file itself, or with rows that say what other rows say."""
        with self._plain_errors():
            yield from find_damage(self._db)

    def back_up(self, file: Path) -> None:
        """Copy all that is recorded to a file, in the place of what was there, while others write."""
        if file.exists() and file.samefile(self.location):
            raise InputError(f"{file} is the archive itself: name another file")
        copy_to(self._db.conn, file)

    # --- within --------------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        stories.register(self._db)
        self._db.execute("PRAGMA foreign_keys = OFF")  # so that a migration may make a table anew
        self._db.execute("PRAGMA synchronous = FULL")
        self._refuse_foreign()
        if {step.name for step in migrations.applied(self._db)} - set(STEPS):
            what = "was written by a later revtrack and was left untouched; upgrade revtrack to open it"
            raise NewerArchiveError(self.location, what)
        if migrations.pending(self._db):
            # The mark first and outside the write-ahead log, so that a file we began is ours after any crash.
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute("PRAGMA journal_mode = WAL")
            with self._writing():
                migrations.apply(self._db)
        self._db.execute("PRAGMA foreign_keys = ON")

    def _refuse_foreign(self) -> None:
        mark = self._db.execute("PRAGMA application_id").fetchone()[0]
        empty = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if mark != APPLICATION_ID and not (empty and mark == 0):
            raise NotAnArchiveError(
                self.location, "is a database of another program and was left untouched; name another file"
            )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        # A deferred transaction fails at once with "database is locked" when it first writes under a second writer,
        # whatever the time-out; an immediate one waits its turn.
        if self._db.conn.in_transaction:  # within one already: join it
            yield
            return
        with self._plain_errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.conn.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _plain(error, self.location) from error
        except PackingError as error:
            what = (
                "holds a page or story that is damaged: 'revtrack verify' says which; keep a copy of the file as it is"
            )
            raise ArchiveError(self.location, what) from error
        except OSError as error:
            raise ArchiveWriteError(self.location, f"cannot be made here: {error.strerror or error}") from error

    def _each(self, query: str, *values: object) -> Iterator[dict[str, Any]]:
        with self._plain_errors():
            cursor = self._db.execute(query, values)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                named = dict(zip(names, row, strict=True))
                if named.get("story") == "":  # what `whole_story` could not unpack
                    raise PackingError(query)
                yield named

    def _all(self, query: str, *values: object) -> list[dict[str, Any]]:
        return list(self._each(query, *values))

    def _one(self, query: str, *values: object) -> dict[str, Any] | None:
        return next(iter(self._all(query, *values)), None)

    def _with_body(self, row: dict[str, Any]) -> Snapshot:
        with self._plain_errors():
            body = bodies.read(self._db, row["body_sha256"]) if row["body_sha256"] else None
        return rows.snapshot_from(row, body)

    def _article(self, article_id: int) -> Article:
        row = self._one(f"{_ARTICLES} WHERE a.id = ?", article_id)
        if row is None:
            raise UnknownArticleError(str(article_id))
        return rows.article_from(row)

    def _version(self, article_id: int, number: int) -> Version:
        row = self._one(f"{_VERSIONS} WHERE article_id = ? AND number = ?", article_id, number)
        if row is None:
            newest = self._one("SELECT max(number) AS number FROM versions WHERE article_id = ?", article_id) or {}
            raise InputError(f"there is no version {number}: this article has versions 1 to {newest['number'] or 0}")
        return rows.version_from(row)

    def _revision(self, article: Article, old: Version, between: list[Version]) -> Revision:
        """Return the step from `old` to the last of the versions that came after it."""
        from revtrack.verdicts import compare  # noqa: PLC0415 - most commands read no revision

        new = between[-1]
        found = compare(old.story, new.story, seen_at=new.first_seen)
        if len(between) > 1:
            found = _with_notes_between(found, between, compare)
        else:
            recorded = self._one(
                "SELECT verdict FROM verdicts WHERE article_id = ? AND number = ? ORDER BY id DESC LIMIT 1",
                article.id,
                new.number,
            )
            found = replace(found, verdict=from_form(Verdict, json.loads(recorded["verdict"]))) if recorded else found
        return replace(
            found,
            url=article.url,
            old=old.number,
            new=new.number,
            after=old.last_seen,
            seen_at=new.first_seen,
            last_seen=new.last_seen,
            looks=sum(version.looks for version in between),
            revert_of=new.revert_of,
            flapping=new.flapping,
        )


def _with_notes_between(
    found: Revision, between: list[Version], compare: Callable[[Story, Story], Revision]
) -> Revision:
    """Judge a step over several versions by every note that came in them, those that went again included."""
    new = found.diff.new
    came = {note_key(note): note for version in between for note in version.story.notes}
    gone = tuple(note for key, note in came.items() if key not in {note_key(standing) for standing in new.notes})
    judged = compare(found.diff.old, replace(new, notes=new.notes + gone))
    reasons = tuple(
        replace(reason, note=None) if reason.note is not None and reason.note >= len(new.notes) else reason
        for reason in judged.verdict.reasons
    )
    return replace(found, notes=judged.notes, verdict=replace(judged.verdict, reasons=reasons))


def _how_to_open(path: Path) -> tuple[str, bool]:
    """Return the name to open a file by, and whether it is a URI: one that may not be written is opened for reading.

    Even a reader makes files beside a database in write-ahead mode, unless it is told that nothing will change.
    """
    if not path.exists() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return str(path), False
    is_settled = not path.with_name(f"{path.name}-wal").exists()
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if is_settled else ''}", True


def _key(name: str) -> str:
    """Return the key of a URL; of what is none, the text itself, which is no key."""
    try:
        return article_key(name) if "://" in name else name
    except BadURLError:
        return name


_CAUSES: tuple[tuple[str, type[ArchiveError], str], ...] = (
    ("locked", ArchiveLockedError, "is in use by another program; nothing was changed: try again when it is done"),
    ("not a database", NotAnArchiveError, "is not a revtrack archive and was left untouched; name another file"),
    ("readonly", ArchiveWriteError, "cannot be written (read-only file or folder); nothing was changed"),
    ("unable to open", ArchiveWriteError, "cannot be opened or made here; check the path and its permissions"),
    ("query_only", ArchiveWriteError, "cannot be written (read-only file or folder); nothing was changed"),
    ("full", ArchiveWriteError, "has no space left on its disk; what was recorded before is safe"),
    ("malformed", ArchiveError, "is damaged; keep a copy of the file as it is before trying anything"),
)


def _plain(error: sqlite3.Error, location: str) -> ArchiveError:
    said = str(error)
    for word, cls, what in _CAUSES:
        if word in said:
            return cls(location, what)
    return ArchiveError(location, said)
