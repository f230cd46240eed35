"""A database that is open: asked, read and changed, with its errors in words that say what to do.

What is packed in its tables comes whole to who asks by `_ask` and `_each`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, Self, TypeVar

from revtrack.archive import articles, chains, heads, rows, stories
from revtrack.archive.connection import Connection, Row
from revtrack.archive.packing import PackingError
from revtrack.errors import ArchiveError
from revtrack.model import Article, Snapshot

P = ParamSpec("P")
T = TypeVar("T")


_PACKED = frozenset({"story", "verdict", "head"})
"""Columns of which some values are packed."""


class Asking:
    """What every part of an archive does with its database."""

    def __init__(self, db: Connection) -> None:
        self.location = db.location
        self._db = db

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database. Whatever was recorded is already safe."""
        self._db.close()

    def _write(self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **named: P.kwargs) -> T:
        """Return what a change returns that was made in one transaction, or within the one that is open."""
        with self._plain_errors():
            return self._db.write(lambda: change(self._db, *args, **named))

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._plain_errors(), self._db.writing():
            yield

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._plain_errors(), self._db.reading():
            yield

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            with self._db.plain_errors():
                yield
        except PackingError as error:
            what = "holds a page or story that is damaged: 'revtrack verify' says which; keep a copy of it as it is"
            raise ArchiveError(self.location, what) from error

    def _ask(self, query: str, *values: object) -> list[Row]:
        with self._plain_errors():
            found = self._db.execute(query, values)
            names = [column[0] for column in found.description or ()]
            whole = [dict(zip(names, row, strict=True)) for row in found]
            return whole if _PACKED.isdisjoint(names) else self._unpacked(whole)

    def _each(self, query: str, *values: object) -> Iterator[Row]:
        with self._plain_errors(), self._db.stream(query, values) as found:
            names = [column[0] for column in found.description or ()]
            is_packed = not _PACKED.isdisjoint(names)
            for row in found:
                named = dict(zip(names, row, strict=True))
                yield self._unpacked([named])[0] if is_packed else named

    def _unpacked(self, found: list[Row]) -> list[Row]:
        """Return rows of one query with what is packed in them whole."""
        for row in found:
            if row.get("story") == "":
                row["story"] = stories.read(self._db, row["article_id"], row["number"])
            if isinstance(row.get("verdict"), bytes):
                row["verdict"] = rows.unpack_verdict(row["verdict"])
        if found and "head" in found[0]:
            for row, head in zip(found, heads.read_all(self._db, [row["id"] for row in found]), strict=True):
                row.update(head, body_sha256=row["body_sha256"].hex() if row["body_sha256"] else None)
        return found

    def _scrub(self) -> None:
        """Leave nothing of what was deleted in the files."""
        with self._plain_errors():
            self._db.scrub()

    def _article(self, article_id: int) -> Article:
        return articles.some(self._ask, [article_id])[article_id]

    def _with_body(self, row: Row) -> Snapshot:
        with self._plain_errors():
            body = chains.read(self._db, row["body"]) if row["body"] else None
        return rows.snapshot_from(row, body)
