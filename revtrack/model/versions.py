"""The history of an article: versions, and the revisions between them."""

from dataclasses import dataclass
from datetime import datetime

from revtrack.model.asking import WhenAsked, in_notebook
from revtrack.model.diffs import Diff
from revtrack.model.snapshots import Redaction
from revtrack.model.stories import Note, Story
from revtrack.model.verdicts import Verdict


@dataclass(frozen=True)
class Version:
    """A story that differs from the one before it, numbered from 1 within its article.

    `first_snapshot` is the id of the snapshot it was read from. `looks` counts the looks that found it standing.
    `revert_of` is the number of an earlier version with the same fingerprint, None if it is new; `flapping` marks one
    where a few texts alternate (`alternates`; an A/B test, most often). `modified` is the newest time of change that
    the page itself stated while this version stood. `seen_by` names the kinds of origin of the looks that found it,
    "live" for our own, and is empty where nothing was ever brought in for its article. `redaction` is None unless its
    text was taken out.
    """

    number: int
    story: Story
    first_seen: datetime
    last_seen: datetime
    looks: int = 1
    first_snapshot: int | None = None
    revert_of: int | None = None
    flapping: bool = False
    modified: datetime | None = None
    seen_by: tuple[str, ...] = ()
    redaction: Redaction | None = None


def alternates(revert_of: int | None, before: int | None) -> bool:
    """Say whether two versions in a row, the latter first, go back to two that stood in a row: A B A B, A B C A B.

    >>> alternates(2, 1), alternates(1, None)
    (True, False)
    """
    return revert_of is not None and before == revert_of - 1


_when_asked = WhenAsked()  # an archive builds a story only where it is read
_when_asked.__set_name__(Version, "story")
Version.story = _when_asked  # type: ignore[assignment]  # gives and takes what is said there


@dataclass(frozen=True)
class Revision:
    """The step from one version to the next: its diff, the notes that came with it, its verdict.

    `notes` are those that are new or reworded in the new story, `late` those of a later version that explain this
    change (see `Verdict.lag`); `beside` is what text is new beside the article: perhaps a note, in words that no rule
    knows. Outside an archive the rest keeps its defaults: `old` and `new` are version numbers; the edit was made after
    `after` (the old version was last seen then) and was there at `seen_at`; `looks` counts the looks that have found
    the new version since. Of a step from or to a version whose text was taken out, `redaction` says why, and the diff
    is empty.
    """

    diff: Diff
    notes: tuple[Note, ...]
    verdict: Verdict
    beside: tuple[str, ...] = ()
    url: str = ""
    old: int | None = None
    new: int | None = None
    after: datetime | None = None
    seen_at: datetime | None = None
    last_seen: datetime | None = None
    looks: int = 1
    revert_of: int | None = None
    flapping: bool = False
    redaction: Redaction | None = None
    late: tuple[Note, ...] = ()

    def __repr__(self) -> str:
        """Say what a person wants to know of it at a prompt."""
        step = f", {self.old} → {self.new}" if self.new else ""
        verdict = f"{self.verdict.significance.value}, {self.verdict.disclosure.value}"
        return f"<Revision of {self.diff.new.headline!r}{step}: {verdict}, notes={len(self.notes)}>"

    _repr_html_ = in_notebook
