"""An archive to be forged, made of invented looks; and all that a report shows of one."""

import hashlib
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from revtrack.archive import Archive, Observation, open_archive
from revtrack.evidence import keep_checkpoint
from revtrack.forms import publish
from revtrack.model import Event, Note, NoteKind, Outcome, Paragraph, Snapshot, Story
from revtrack.verdicts import compare

BEGIN = datetime(2024, 11, 20, 9, tzinfo=UTC)
WORDS = "storm coast mayor road harbour people wind school town report officials Monday bridge train closed open"


def make(file: Path, *, articles: int, looks: int) -> Path:
    """Record looks at articles, every second one an edit, the last with a note; a checkpoint after each round.

    Half of the pages state when they were changed; at the end another address leads to each article, and one is let go.
    """
    chance = random.Random(7)  # noqa: S311 - to be drawn again
    with open_archive(file) as archive:
        archive.add_source("https://news0.test/feed", "feed", now=BEGIN)
        tracked = [archive.add_article(f"https://news{n % 3}.test/story-{n}", now=BEGIN)[0] for n in range(articles)]
        texts = {article.id: [_sentence(chance) for _ in range(4)] for article in tracked}
        for number in range(looks):
            at = BEGIN + timedelta(hours=number + 1)
            for article in tracked:
                if number % 2:
                    texts[article.id][chance.randrange(4)] = _sentence(chance)
                is_last = number == looks - 1
                due_at = None if is_last and article is tracked[0] else at + timedelta(hours=1)
                _look(archive, article.id, texts[article.id], at, due_at, noted=is_last)
            keep_checkpoint(archive, at)
    return file


def shown(archive: Archive) -> list[object]:
    """Return everything that a report is made of."""
    articles = list(archive.articles())
    told: list[object] = [(a.id, a.urls, a.source, a.headline, a.changed_at, a.retired_at, a.same_as) for a in articles]
    told += [(s.url, s.kind, s.parent, s.added_at) for s in archive.sources()]
    told += [(e.at, e.event, e.version, e.headline, e.verdict, e.notes, e.why) for e in archive.log()]
    told += [(entry.version, entry.at, entry.note, entry.withdrawn_in) for entry in archive.notes()]
    for article in articles:
        told += [publish(list(archive.versions(article))), publish(list(archive.snapshots(article)))]
        told += [snapshot.body for snapshot in archive.snapshots(article)]
    return told


def _sentence(chance: random.Random) -> str:
    words = " ".join(chance.choice(WORDS.split()) for _ in range(12))
    return f"{words.capitalize()} with {chance.randrange(2, 900)} people."


def _look(
    archive: Archive, article: int, texts: list[str], at: datetime, due_at: datetime | None, *, noted: bool
) -> None:
    notes = (Note("Correction: an earlier version gave another number.", NoteKind.CORRECTION),) if noted else ()
    story = Story(texts[0], paragraphs=tuple(map(Paragraph, texts)), notes=notes, extractor="bench")
    body = "".join(f"<p>{text}</p>" for text in texts).encode()
    latest = archive.standing(article).latest
    is_same = latest is not None and latest.story.fingerprint == story.fingerprint
    snapshot = Snapshot(
        f"https://news{article % 3}.test/story-{article}",
        at,
        Outcome.OK,
        status=200,
        headers=(("Content-Type", "text/html"), ("ETag", f'"{article}"')),
        body=body,
        body_sha256=hashlib.sha256(body).hexdigest(),
    )
    archive.record(
        Observation(
            article,
            snapshot,
            Event.UNCHANGED if is_same else Event.REVISED if latest else Event.FIRST,
            basis=latest.number if latest else 0,
            due_at=due_at,
            modified=at - timedelta(minutes=at.hour) if at.hour % 4 < 2 else None,
            addresses=(f"https://news{article % 3}.test/amp/story-{article}",) if noted else (),
            story=None if is_same else story,
            revision=compare(latest.story, story) if latest and not is_same else None,
        )
    )
