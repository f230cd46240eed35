"""What a front page, a source's page or a history shows of a revision, or of a page that went: a line of it. Pure."""

from dataclasses import dataclass
from datetime import datetime

from revtrack.model import Event, Note, Redaction, Revision, Verdict
from revtrack.rendering.passages import Passage
from revtrack.rendering.pieces import Pieces, field_pieces, plain_pieces
from revtrack.rendering.wording import facts

UNTITLED = "(no headline)"


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """What a list shows of a revision. `at` is when it was first seen; `facts` are safe to show.

    `site` is where the article stands, as a reader names it: "" where all of the list stand at one place. `origin` is
    what brought the version in where no look of our own saw it first; `redaction` why text was taken out. `url` is the
    article's own address, where a headline leads that has no page of ours. `passages` are what changed in the text,
    in a list that shows so much, and `more` counts those left out.
    """

    article_id: int
    old: int
    new: int
    headline: Pieces
    verdict: Verdict
    at: datetime | None = None
    site: str = ""
    facts: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    revert_of: int | None = None
    flapping: bool = False
    origin: str = ""
    redaction: Redaction | None = None
    url: str = ""
    passages: tuple[Passage, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class HappeningLine:
    """What a list shows of a page that was found gone, or back, `at` a look; `told` says why, safe to show."""

    article_id: int
    headline: Pieces
    event: Event
    told: str
    at: datetime
    site: str = ""
    origin: str = ""
    url: str = ""


ListLine = RevisionLine | HappeningLine


def revision_line(article_id: int, revision: Revision, *, site: str = "", origin: str = "") -> RevisionLine:
    """Return the line of a revision, its headline with what changed in it."""
    return RevisionLine(
        article_id=article_id,
        old=revision.old or 0,
        new=revision.new or 0,
        headline=headline_pieces(revision),
        verdict=revision.verdict,
        at=revision.seen_at,
        site=site,
        facts=facts(revision.verdict),
        notes=revision.notes,
        revert_of=revision.revert_of,
        flapping=revision.flapping,
        origin=origin,
        redaction=revision.redaction,
    )


def headline_pieces(revision: Revision) -> Pieces:
    """Return the headline with what changed in it."""
    for field in revision.diff.fields:
        if field.field == "headline":
            return field_pieces(field)
    return plain_pieces(revision.diff.new.headline or UNTITLED)
