"""One look in the light of what stands: what it came to, and what its notes say of earlier edits. Pure.

The tracker takes this step when a look is fetched, the derivation of an article again and again, from the first look to
the last.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from revtrack.archive import Observation, Standing
from revtrack.config import Config
from revtrack.extraction import Memory, boilerplate_of
from revtrack.model import Event, Note, Revision, Snapshot, Story, Verdict
from revtrack.observing import Past, conclude, observe
from revtrack.text import fold
from revtrack.verdicts import disclose_late

LOOK_BACK = timedelta(days=7)
"""How long after a change a note may still be about it: the longest lag measured was 165 hours."""

Neighbours = Callable[[], Iterable[tuple[str, ...]]]
"""Gives the texts in and beside the newest stories of other articles on the host."""


def step(
    standing: Standing,
    snapshot: Snapshot,
    *,
    settings: Config,
    memory: Memory,
    past: Past,
    neighbours: Neighbours,
    region: str | None = None,
) -> Observation:
    """Return what a look came to. `past` and `neighbours` are asked only where text is missing, or makes a version.

    `region` is that of `observing.observe`: "" where the page is to be read in any case.
    """
    observation = observe(standing, snapshot, settings=settings, memory=memory, past=past, region=region)
    if observation.story and (repeated := _repeated(observation.story, neighbours)):
        memory = replace(memory, boilerplate=repeated)
        observation = observe(standing, snapshot, settings=settings, memory=memory, past=past, region=region)
    return observation


def unreadable(standing: Standing, snapshot: Snapshot, error: Exception, settings: Config) -> Observation:
    """Return the observation for a page that trips a bug of ours: it must cost neither its bytes nor the pass."""
    why = f"could not be read ({type(error).__name__}); its bytes are kept"
    return conclude(standing, snapshot, Event.TROUBLE, why, settings)


def late_verdicts(
    notes: Iterable[Note], revisions: Iterable[Revision], seen_at: datetime
) -> Iterator[tuple[int, Verdict]]:
    """Yield new verdicts, by number of version, of the revisions of the last week that new notes are about."""
    said = tuple(note for note in notes if note.is_revising)
    for revision in revisions if said else ():
        assert revision.new is not None
        assert revision.seen_at is not None
        verdict = disclose_late(revision, said, lag=seen_at - revision.seen_at)
        if verdict != revision.verdict:
            yield revision.new, verdict


def _repeated(story: Story, neighbours: Neighbours) -> frozenset[str]:
    """Return what other articles of the site show too, if the story holds any of it."""
    repeated = boilerplate_of(neighbours())
    return repeated if any(fold(paragraph.text) in repeated for paragraph in story.paragraphs) else frozenset()
