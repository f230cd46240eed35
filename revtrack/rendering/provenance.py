"""Where the two versions of a revision come from, as rows of a table: times, looks, hashes, the server. Pure."""

from typing import NamedTuple

from revtrack.model import Capture, Origin, Redaction, Revision, Snapshot, Story
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import clock
from revtrack.urls import host_of

Captures = tuple[Capture | None, Capture | None]
"""What another archive captured of the older and of the newer version."""

FIRST_PAGE = "page 1 of an article in several; edits further on are not seen"
"""What is told of a story that knows a next page: that one is never read."""


class Fact(NamedTuple):
    """One fact of both sides, safe to show. `code` is for what is read letter by letter: hashes and headers.

    `leads` are the addresses, "" for none, that the two sides lead to.
    """

    name: str
    before: str
    after: str
    code: bool = False
    leads: tuple[str, str] = ("", "")


def provenance(
    revision: Revision, before: Snapshot | None, after: Snapshot | None, captures: Captures = (None, None)
) -> tuple[Fact, ...]:
    """Return what is known of the looks that two versions were first read from; nothing where neither is at hand.

    `captures` are those that another archive made while the two versions stood.
    """
    stories = revision.diff.old, revision.diff.new
    sides = [_facts(snapshot, story) for snapshot, story in zip((before, after), stories, strict=True)]
    names = dict.fromkeys(name for side in sides for name in side)
    facts = tuple(
        Fact(name, sides[0].get(name, ""), sides[1].get(name, ""), name in _LETTER_BY_LETTER) for name in names
    )
    if not any(captures):
        return facts
    (was, was_at), (now, now_at) = (
        (told_capture(capture), capture.address) if capture else ("", "") for capture in captures
    )
    return (*facts, Fact("also captured by", was, now, leads=(was_at, now_at)))


def told_capture(capture: Capture) -> str:
    """Return who made a capture, and when, safe to show."""
    return visible(f"{host_of(capture.address)}, {clock(capture.at)}")


_LETTER_BY_LETTER = frozenset({"SHA-256 of the bytes", "Last-Modified", "ETag", "server", "certificate"})


_READERS = {
    "page": "the page",
    "rules": "the page, by rules for its site",
    "json-ld": "the page's JSON-LD",
    "script": "data in a script of the page",
    "text": "text that was given, without a page",
}


def _facts(snapshot: Snapshot | None, story: Story) -> dict[str, str]:
    """Return what a snapshot tells, by name."""
    if snapshot is None:
        return {}
    found = {
        "looked at": clock(snapshot.fetched_at),
        "read from": _READERS.get(story.reader, story.reader),
        "how much of it": FIRST_PAGE if story.next_page else "",
        "brought in from": told_origin(snapshot.origin) if snapshot.origin else "",
        "taken out": _redaction(snapshot.redaction),
        "asked for": snapshot.url,
        "came from": snapshot.final_url if snapshot.final_url != snapshot.url else "",
        "answer": f"{snapshot.status or ''} {snapshot.outcome.value.replace('_', ' ')}".strip(),
        "SHA-256 of the bytes": snapshot.body_sha256,
        "Last-Modified": snapshot.header("last-modified"),
        "ETag": snapshot.header("etag"),
        "server": snapshot.peer,
        "certificate": snapshot.tls.certificate if snapshot.tls else "",
        "snapshot": str(snapshot.id or ""),
    }
    return {name: visible(text) for name, text in found.items() if text}


def told_origin(origin: Origin) -> str:
    """Return where a look came from that is not our own, and when it was brought in, safe to show."""
    told = visible(f"{origin.kind} {origin.place}".rstrip())
    return f"{told} on {clock(origin.imported_at)}" if origin.imported_at else told


def _redaction(redaction: Redaction | None) -> str:
    return f"its contents, {clock(redaction.at)}: {redaction.reason}" if redaction else ""
