"""Rows of the SQLite archive to nouns and back. Knows the columns; opens nothing."""

import json
from datetime import datetime
from typing import Any

from revtrack.archive.protocol import Lease
from revtrack.forms import from_form, iso, moment, to_form
from revtrack.model import Article, Outcome, Redirect, Snapshot, Source, Story, Tls, Validators, Version

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
    )


def lease_from(row: Row) -> Lease:
    """Build a lease from its row."""
    return from_form(Lease, row)


def snapshot_row(snapshot: Snapshot, article_id: int, version: int | None) -> Row:
    """Return the row of a look; its body has a table of its own."""
    return {
        "article_id": article_id,
        "url": snapshot.url,
        "fetched_at": iso(snapshot.fetched_at),
        "outcome": snapshot.outcome.value,
        "status": snapshot.status,
        "reason": snapshot.reason,
        "final_url": snapshot.final_url,
        "redirects": dump(snapshot.redirects),
        "request_headers": dump(snapshot.request_headers),
        "headers": dump(snapshot.headers),
        "body_sha256": snapshot.body_sha256 or None,
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
        fetched_at=moment(row["fetched_at"]),
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
    )


def version_from(row: Row) -> Version:
    """Build a version from its row."""
    return Version(
        number=row["number"],
        story=from_form(Story, json.loads(row["story"])),
        first_seen=moment(row["first_seen"]),
        last_seen=moment(row["last_seen"]),
        looks=row["looks"],
        first_snapshot=row["snapshot_id"],
        revert_of=row["revert_of"],
        flapping=bool(row["flapping"]),
        modified=maybe(row["modified"]),
    )


def dump(value: object) -> str:
    """Return a noun as compact JSON text."""
    return json.dumps(to_form(value), ensure_ascii=False, separators=(",", ":"))


def maybe(text: str | None) -> datetime | None:
    """Read a time that may be NULL."""
    return moment(text) if text else None


def _headers(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in json.loads(text))
