"""Mark edits that the trade makes all day: on a page just published, or on one that is written on. Knows no notes.

Such edits are judged like all others and never hidden; lists rank them lower.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from revtrack.model import Story, Verdict
from revtrack.vocabulary import words_of

SETTLING = timedelta(minutes=60)
"""How long after its publication a page is still being finished."""


def mark(verdict: Verdict, old: Story, new: Story, *, seen_at: datetime | None, settling: timedelta) -> Verdict:
    """Return a verdict with its `age` and, among its events, "settling" and "living" where they hold.

    `seen_at` is when the edit was first seen; without it, the time of change that the page states is taken, if it moved
    since: a stamp that stood still says nothing of this edit.
    """
    age = _age(old, new, seen_at or _moved_stamp(old, new))
    events = ("settling",) * (age is not None and age < settling) + ("living",) * is_living(new)
    return replace(verdict, events=verdict.events + events, age=age.total_seconds() if age is not None else None)


def is_living(story: Story) -> bool:
    """Whether a page is written on as things happen: a live blog, a ticker, a tracker."""
    headline = story.headline.casefold()
    return story.live or any(phrase in headline for phrase in words_of(story.language).phrases("living"))


def _moved_stamp(old: Story, new: Story) -> datetime | None:
    moved = old.modified is not None and new.modified is not None and new.modified > old.modified
    return new.modified if moved else None


def _age(old: Story, new: Story, made: datetime | None) -> timedelta | None:
    """Return how long after publication an edit was made, None where the page gives no hour of publication."""
    published = old.published or new.published
    stamps = [stamp for stamp in (*old.stamps, *new.stamps) if stamp.what == "published" and stamp.at == published]
    if published is None or made is None or made < published or any(not stamp.precise for stamp in stamps):
        return None
    return made - published
