"""Record looks of an invented article, and examine what is there of them. See `bench.durability`."""

# ruff: noqa: SLF001 - an archive is broken below its surface

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from revtrack.archive import Archive, Observation, open_archive
from revtrack.errors import ArchiveError
from revtrack.evidence import State, verify
from revtrack.model import Event, Outcome, Paragraph, Snapshot, Story
from revtrack.verdicts import compare

START = datetime(2024, 11, 20, tzinfo=UTC)
ACK = 40
"""How many bytes acknowledge a look: the first of its body's name."""
_REST = tuple(
    Paragraph(f"The {i}th of the witnesses told the inquiry what had happened in street {i}.") for i in range(12)
)
_FILLING = b"".join(b'<a href="/%d">A teaser of some length, number %d</a>\n' % (i, i) for i in range(400))


@dataclass
class Tally:
    """What was tried, how often it stopped with a plain error, and what was lost or half there afterwards."""

    tried: int = 0
    stopped: int = 0
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    raw: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = f"{self.tried:6}{self.stopped:9}{self.acknowledged:14}{self.lost:6}{self.half:6}{len(self.raw):6}"
        return told + "".join(f"\n    {line}" for line in sorted(set(self.raw))[:5])


def look(archive: Archive, article_id: int, number: int, *, at: datetime | None = None) -> str:
    """Record a look that reads a story with this number in it, and return the name of its body."""
    latest = archive.standing(article_id).latest
    story = Story(
        headline="Storm hits coast",
        paragraphs=(Paragraph(f"The storm killed {number} people on the coast on Monday, officials said."), *_REST),
        extractor="bench",
    )
    same = latest is not None and latest.story.fingerprint == story.fingerprint
    body = b"<html><p>%s</p>%s%032x</html>" % (story.text.encode(), _FILLING, random.getrandbits(128))
    name = sha256(body).hexdigest()
    at = at or START + timedelta(minutes=number)
    snapshot = Snapshot("https://a.test/", at, Outcome.OK, status=200, body=body, body_sha256=name)
    event = Event.UNCHANGED if same else Event.REVISED if latest else Event.FIRST
    revision = compare(latest.story, story) if latest and not same else None
    told = None if same else story
    basis = latest.number if latest else 0
    archive.record(Observation(article_id, snapshot, event, basis, at, story=told, revision=revision))
    return name


def count_damage(archive: Archive) -> int:
    """Return how much is not as it was recorded."""
    return sum(1 for found in verify(archive) if found.state is State.DAMAGED)


def examine(file: Path, names: list[str], tally: Tally, *, whole: bool, most: int) -> None:
    """Count acknowledged looks that are not there, and what is there but not whole."""
    with open_archive(file) as archive:
        if whole:
            found = {s.body_sha256[:ACK] for article in archive.articles() for s in archive.snapshots(article)}
            tally.half += count_damage(archive)
        else:
            found = {row[0].hex()[:ACK] for row in archive._db.execute(_BODIES)}
            tally.half += sum(1 for _ in archive.damage())
        tally.lost += sum(1 for name in names if name[:ACK] not in found)
        tally.half += len(found) > most


_BODIES = "SELECT b.sha256 FROM snapshots AS s JOIN bodies AS b ON b.id = s.body"


@contextmanager
def unless_full(tally: Tally) -> Iterator[None]:
    """Pass over a disk that is still full: what is there must be readable all the same."""
    try:
        yield
    except ArchiveError as error:
        if "no space left" not in str(error):
            tally.raw.append(str(error))
