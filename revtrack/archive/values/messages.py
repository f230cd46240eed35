"""What is to be told of what was recorded, and to whom."""

from dataclasses import dataclass
from datetime import datetime

from revtrack.model import Event, Verdict


@dataclass(frozen=True, slots=True)
class News:
    """What a look (`look`, its number) brought to an article: a verdict on a revision, or another event.

    `verdict` is set for a revision alone, as it stands now; `version` is the one that the revision made, `made_by` the
    number of the look that did. `rejudged` is set where an earlier revision was judged otherwise by what this look saw.
    """

    look: int
    at: datetime
    article: int
    event: Event
    version: int | None = None
    made_by: int | None = None
    verdict: Verdict | None = None
    rejudged: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be told by a rule (`alert`) to `channels`, not before `due_at`; `body` is JSON.

    `key` names it for good: what is kept already is not kept again. All of one `batch` go out as one. `subject` is what
    it is about, whatever is told of that later, `look` the look that led to it, 0 where none did.
    """

    key: str
    alert: str
    batch: str
    subject: str
    look: int
    due_at: datetime
    channels: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A batch on its way to a channel: `tries` that failed, and the `trouble` of the last."""

    batch: str
    channel: str
    alert: str
    due_at: datetime
    tries: int = 0
    trouble: str = ""
