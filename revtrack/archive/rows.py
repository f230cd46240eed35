"""Rows of the SQLite archive to nouns and back. Knows the columns; opens nothing."""

import json
import re
from datetime import datetime
from typing import Any

from revtrack.archive.packing import PackingError, pack_alike, unpack
from revtrack.archive.seconds import seconds, time_of
from revtrack.archive.values import Lease
from revtrack.forms import from_form, moment, to_form
from revtrack.model import (
    Article,
    Origin,
    Outcome,
    Redaction,
    Redirect,
    Snapshot,
    Source,
    Story,
    Tls,
    Validators,
    Version,
    validators_of,
)

Row = dict[str, Any]


def article_from(row: Row) -> Article:
    """Build an article from its row, which carries `urls` (separated by line feeds) and `versions` (a count)."""
    return Article(
        id=row["id"],
        url=row["url"],
        headline=row["headline"],
        urls=tuple(dict.fromkeys([row["url"], *(row["urls"] or "").split("\n")])) if row["urls"] else (row["url"],),
        source=row["source"],
        added_at=moment(row["added_at"]),
        checked_at=maybe(row["checked_at"]),
        changed_at=maybe(row["changed_at"]),
        due_at=maybe(row["due_at"]),
        not_before=maybe(row["not_before"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        versions=row["versions"],
        same_as=row["same_as"],
        retired_at=maybe(row["retired_at"]),
        back_at=maybe(row["back_at"]),
    )


def source_from(row: Row) -> Source:
    """Build a source from its row."""
    return Source(
        id=row["id"],
        url=row["url"],
        kind=row["kind"],
        added_at=moment(row["added_at"]),
        checked_at=maybe(row["checked_at"]),
        due_at=maybe(row["due_at"]),
        reason=row["reason"],
        parent=row["parent"],
        validators=Validators(row["etag"], row["last_modified"], row["answered_at"]),
        title=row["title"],
    )


def lease_from(row: Row) -> Lease:
    """Build a lease from its row."""
    return from_form(Lease, row)


def snapshot_row(snapshot: Snapshot, article_id: int, body: int | None, version: int | None) -> Row:
    """Return the row of a look, whole (`heads.packed` makes it small); its body has a table of its own."""
    return {
        "article_id": article_id,
        "url": snapshot.url,
        "fetched_at": seconds(snapshot.fetched_at),
        "outcome": snapshot.outcome.value,
        "status": snapshot.status,
        "reason": snapshot.reason.replace("\0", "\N{REPLACEMENT CHARACTER}"),  # which PostgreSQL keeps in no text
        "final_url": snapshot.final_url,
        "redirects": dump(snapshot.redirects) if snapshot.redirects else "[]",
        "request_headers": _AS_JSON(snapshot.request_headers),
        "headers": _AS_JSON(snapshot.headers),
        "body": body,
        "elapsed": snapshot.elapsed,
        "version": version,
        "peer": snapshot.peer,
        "tls": dump(snapshot.tls) if snapshot.tls else None,
        "noarchive": int(snapshot.noarchive),
    }


def snapshot_from(row: Row, body: bytes | None = None) -> Snapshot:
    """Build a look from its row and its body."""
    return Snapshot(
        url=row["url"],
        fetched_at=time_of(row["fetched_at"]),
        outcome=Outcome(row["outcome"]),
        status=row["status"],
        reason=row["reason"],
        final_url=row["final_url"],
        redirects=tuple(from_form(Redirect, hop) for hop in json.loads(row["redirects"])),
        request_headers=_headers(row["request_headers"]),
        headers=_headers(row["headers"]),
        body=body,
        body_sha256=row["body_sha256"] or "",
        elapsed=row["elapsed"],
        id=row["id"],
        peer=row["peer"],
        tls=from_form(Tls, json.loads(row["tls"])) if row["tls"] else None,
        noarchive=bool(row["noarchive"]),
        origin=_origin(row) if row.get("origin_kind") else None,
        redaction=redaction_from(row) if row.get("redaction_reason") else None,
    )


def _origin(row: Row) -> Origin:
    return Origin(row["origin_kind"], row["origin_place"], maybe(row["imported_at"]))


def redaction_from(row: Row) -> Redaction:
    """Build what is said of contents that were taken out."""
    return Redaction(row["redaction_reason"], moment(row["redacted_at"]))


def version_from(row: Row) -> Version:
    """Build a version from its row."""
    return Version(
        number=row["number"],
        story=_KeptStory(row["story"]),  # type: ignore[arg-type]  # the story when it is asked for
        first_seen=moment(row["first_seen"]),
        last_seen=moment(row["last_seen"]),
        looks=row["looks"],
        first_snapshot=row["snapshot_id"],
        revert_of=row["revert_of"],
        flapping=bool(row["flapping"]),
        modified=maybe(row["modified"]),
    )


_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class _KeptStory:
    """A story as it is kept, built when it is asked for: most looks find the article as it was, and read none."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, _: Version) -> Story:
        return from_form(Story, json.loads(self.text))


_PUBLISHED = re.compile(r'(?<!\\)"published":(?:"([^"]+)"|null)')
"""Within a text of JSON every quotation mark is escaped: what fits is the story's own field."""


def published_of(version: Version) -> datetime | None:
    """Return when a version's story was published, without building the story if nothing else of it was asked for."""
    kept = vars(version)["story"]
    if not isinstance(kept, _KeptStory):
        return version.story.published
    stated = _PUBLISHED.search(kept.text)
    return maybe(stated[1]) if stated else None


def dump(value: object) -> str:
    """Return a noun as compact JSON text."""
    return _AS_JSON(to_form(value))


_LIKE_VERDICTS = b"""\
{"significance":"minor","disclosure":"not_needed","reasons":[{"feature":"wording","significance":"minor","where":"deck",\
"before":"","after":"","disclosure":"late","change":1,"note":null}],"events":["settling"],"lag":null,"age":3422.0}\
{"significance":"substantive","disclosure":"undisclosed","reasons":[{"feature":"number","significance":"substantive",\
"where":"headline","before":"","after":"","disclosure":"disclosed","change":2,"note":0},{"feature":"sentence_added",\
"significance":"detail","where":"paragraph 10","before":"","after":"","disclosure":"undisclosed","change":0,\
"note":null}],"events":[],"lag":null,"age":null}"""
"""What verdicts are packed against. It never changes: those that are kept could not be read any more."""


def pack_verdict(text: str) -> bytes:
    """Return a verdict, as JSON, in the form in which it is kept."""
    return pack_alike(text.encode(), _LIKE_VERDICTS)


def unpack_verdict(kept: bytes) -> str:
    """Return a verdict as JSON. Raises PackingError where it is damaged. Earlier releases kept it as it is."""
    try:
        return (kept if kept.startswith(b"{") else unpack("zstd", kept, _LIKE_VERDICTS)).decode()
    except UnicodeDecodeError as error:
        raise PackingError(str(error)) from error


def validators_from(row: Row) -> Validators:
    """Return what the server gave with a look to ask "has it changed?" with, without building the rest of the look."""
    return validators_of(json.loads(row["headers"]), row["final_url"])


def maybe(text: str | None) -> datetime | None:
    """Read a time that may be NULL."""
    return moment(text) if text else None


def _headers(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in json.loads(text))
