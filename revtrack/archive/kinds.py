"""What is proven of which rows, and the rows as they are proven, whatever way they are kept. Knows the tables."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from revtrack.archive import heads, stories
from revtrack.archive.connection import Connection
from revtrack.archive.packing import PackingError
from revtrack.archive.rows import unpack_verdict
from revtrack.archive.seconds import time_of
from revtrack.forms import iso


@dataclass(frozen=True, slots=True)
class Kind:
    """What is proven of the rows of a table: `facts` as they are, `contents` by a salted hash.

    `row` and `number` tell a row from the others, `owner` is the column with the article that it is of, "" for rows of
    no article. Rows of a kind that is not `final` may be written anew. Where `when` says in which, only those need a
    leaf; one that there is must fit all the same. `elsewhere` says how columns are asked for that are kept in another
    way than they are proven. The lists never change: columns that a table gains later need a kind
    of their own.
    """

    name: str
    table: str
    facts: tuple[str, ...]
    contents: tuple[str, ...] = ()
    row: str = "t.id"
    number: str = "0"
    owner: str = "article_id"
    final: bool = True
    when: str = ""
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_salted(self) -> bool:
        """Whether there is something to hide; the first of all leaves, an article's, names the archive by chance."""
        return bool(self.contents) or self.name == "article"

    def select(self, where: str) -> str:
        """Return a query for rows: what tells each, its facts, then its contents."""
        columns = ", ".join(self.elsewhere.get(column, f"t.{column}") for column in self.facts + self.contents)
        return f"SELECT {self.row}, {self.number}, {columns} FROM {self.table} AS t {where}"  # noqa: S608 - names of ours


KINDS = {
    kind.name: kind
    for kind in (
        Kind("article", "articles", ("id", "url", "source", "added_at"), owner="id", final=False),
        Kind(
            "look",
            "snapshots",
            (
                *("id", "article_id", "url", "fetched_at", "outcome", "status", "reason", "final_url", "redirects"),
                *("request_headers", "headers", "elapsed", "version", "peer", "tls", "noarchive"),
            ),
            ("body_sha256",),
            elsewhere=dict.fromkeys(heads.FIELDS, "NULL")
            | {"body_sha256": "(SELECT b.sha256 FROM bodies AS b WHERE b.id = t.body)"},
        ),
        Kind(
            "reading",
            "versions",
            ("article_id", "number", "snapshot_id", "extractor", "first_seen", "revert_of", "flapping"),
            ("fingerprint", "story"),
            row="t.article_id",
            number="t.number",
            final=False,
        ),
        Kind(
            "verdict",
            "verdicts",
            ("id", "article_id", "number", "snapshot_id", "significance", "disclosure"),
            ("verdict",),
        ),
        Kind("event", "events", ("id", "article_id", "snapshot_id", "event"), ("why",)),
        Kind("origin", "origins", ("snapshot_id", "article_id", "kind", "place", "imported_at"), row="t.snapshot_id"),
        Kind("derivation", "derivations", ("id", "article_id", "at", "stamp", "looks", "versions", "sightings")),
        Kind("superseded", "superseded", ("id", "article_id", "derivation_id", "leaf", "kind", "number"), ("form",)),
        Kind("redaction", "redactions", ("id", "article_id", "at", "what", "reason", "taken")),
        Kind(
            "stated",
            "versions",
            ("article_id", "number", "modified"),
            row="t.article_id",
            number="t.number",
            final=False,
            when="t.modified IS NOT NULL",
        ),
        Kind(
            "ended",
            "articles",
            ("id", "retired_at", "same_as"),
            owner="id",
            final=False,
            when="(t.retired_at IS NOT NULL OR t.same_as IS NOT NULL)",
        ),
        Kind("let_go", "lettings", ("id", "before", "names"), owner=""),
        Kind(
            "known",
            "articles",
            ("id", "addresses"),
            owner="id",
            final=False,
            when="EXISTS (SELECT 1 FROM addresses AS d WHERE d.article_id = t.id AND d.url != t.url)",
            elsewhere={"addresses": "NULL"},
        ),
        Kind("source", "sources", ("id", "url", "kind", "added_at", "parent"), owner=""),
    )
}
"""Everything that is proven."""
FIRST = ("article", "look", "reading", "verdict", "event")
"""The kinds that there were when leaves began."""
LATER = ("stated", "ended", "let_go")
"""Those of columns and tables that had no leaves at first."""
LATEST = ("known", "source")
"""Those of what had none after that."""


def rows_of(db: Connection, kind: Kind, condition: str, *values: object) -> Iterator[tuple[Any, ...]]:
    """Yield rows of a kind as `Kind.select` says; what is packed comes whole, and bare where it is damaged."""
    query = kind.select(condition.format(row=kind.row, number=kind.number))
    for found in db.execute(query, values).fetchall():
        if kind.name == "look":
            yield _unpacked_look(db, kind, found)
        elif kind.name == "verdict":
            yield (*found[:-1], _unpacked_verdict(found[-1]))
        elif kind.name == "known":
            yield (*found[:-1], _addresses(db, found[0]))
        else:
            yield _unpacked_story(db, found) if kind.name == "reading" and not found[-1] else found


def _addresses(db: Connection, article_id: int) -> str:
    """Return every address that leads to an article, a line each behind the key by which it is known."""
    rows = db.execute("SELECT key, url FROM addresses WHERE article_id = ?", (article_id,)).fetchall()
    return "\n".join(sorted(f"{key} {url}" for key, url in rows))


def _unpacked_look(db: Connection, kind: Kind, found: tuple[Any, ...]) -> tuple[Any, ...]:
    try:
        return _with_head(kind, found, heads.read(db, found[0]))
    except PackingError:
        return _with_head(kind, found, {})


def look_values(kind: Kind, number: int, row: Mapping[str, Any], body_sha256: str) -> tuple[Any, ...]:
    """Return the facts and contents of a look by its row as `rows.snapshot_row` makes it."""
    whole = {**row, "id": number, "fetched_at": iso(time_of(row["fetched_at"]))}
    return (*[whole[name] for name in kind.facts], body_sha256 if row["body"] else None)


def _with_head(kind: Kind, found: tuple[Any, ...], head: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the row of a look, as `Kind.select` finds it, with its head (`heads.FIELDS`)."""
    row = dict(zip(kind.facts + kind.contents, found[2:], strict=True))
    row["body_sha256"] = row["body_sha256"].hex() if row["body_sha256"] is not None else None
    with suppress(ValueError, TypeError):  # a damaged time is told as it is, one of an earlier release is a text
        row["fetched_at"] = iso(time_of(row["fetched_at"]))
    return (*found[:2], *{**row, **head}.values())


def _unpacked_verdict(kept: bytes) -> str:
    try:
        return unpack_verdict(kept)
    except PackingError:
        return ""


def _unpacked_story(db: Connection, found: tuple[Any, ...]) -> tuple[Any, ...]:
    article_id, number, *values = found
    try:
        return (article_id, number, *values[:-1], stories.read(db, article_id, number))
    except PackingError:
        return found
