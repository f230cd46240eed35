"""How much a change matters, whether it was disclosed, and why we say so."""

from dataclasses import dataclass
from enum import StrEnum

from revtrack.model.asking import in_notebook


class Significance(StrEnum):
    """How much a change matters to what the article states, in rising order (levels 0 to 4)."""

    COSMETIC = "cosmetic"
    MINOR = "minor"
    DETAIL = "detail"
    SUBSTANTIVE = "substantive"
    MAJOR = "major"

    @property
    def level(self) -> int:
        """The level as a number, 0 (cosmetic) to 4 (major)."""
        return _LEVELS[self]


_LEVELS = {level: place for place, level in enumerate(Significance)}


class Disclosure(StrEnum):
    """Whether the publisher said so, from best to worst; `not_needed` below level 2."""

    NOT_NEEDED = "not_needed"
    DISCLOSED = "disclosed"
    LATE = "late"
    PARTLY = "partly"
    VAGUE = "vague"
    STAMPED = "stamped"
    UNDISCLOSED = "undisclosed"

    @property
    def rank(self) -> int:
        """The place in the order from best (0) to worst (6)."""
        return _RANKS[self]


_RANKS = {disclosure: place for place, disclosure in enumerate(Disclosure)}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a change matters as much as it does, and whether it was disclosed.

    `feature` names what was found ("number", "negation", "headline_reworded", …), `before` and `after` show it.
    `change` indexes `Diff.changes`, None for a reason about the whole. `note` indexes `Story.notes` of the new story:
    the note that explains this change.
    """

    feature: str
    significance: Significance
    where: str
    before: str = ""
    after: str = ""
    disclosure: Disclosure = Disclosure.NOT_NEEDED
    change: int | None = None
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How much a revision matters and whether the publisher said so.

    `significance` is the highest among its reasons; `disclosure` the worst among those of level 3 or more (of level 2
    if there is none above). `reasons` are in falling order of weight. `events` are facts about notes:
    "note_withdrawn", "note_reworded"; "settling" and "living" mark what is edited all day: a page just published, a
    live blog; "opened" marks a text of which a gate had kept the end back, which is shown now and was not written.
    `lag` is the time in seconds from the change to a later version's note, `age` that from the page's publication to
    the change, as far as it was seen; None where it is not known.
    """

    significance: Significance
    disclosure: Disclosure
    reasons: tuple[Reason, ...] = ()
    events: tuple[str, ...] = ()
    lag: float | None = None
    age: float | None = None

    @property
    def weight(self) -> int:
        """What lists are ranked by: the level, then disclosure from worst to best.

        What is edited all day, a page just published or a live blog, counts as one level lower than it is.
        """
        is_busy = "settling" in self.events or "living" in self.events
        return 10 * (self.significance.level - is_busy) + self.disclosure.rank

    def __repr__(self) -> str:
        """Say what a person wants to know of it at a prompt: its reasons quote the page, and may be hundreds."""
        told = "".join(f", {event}" for event in self.events)
        reasons = f"{len(self.reasons)} reason{'s' * (len(self.reasons) != 1)}"
        first = f", first {self.reasons[0].feature}" if self.reasons else ""
        return f"<Verdict: {self.significance.value}, {self.disclosure.value}{told}; {reasons}{first}>"

    _repr_html_ = in_notebook
