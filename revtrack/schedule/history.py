"""What the schedule needs to know of one article. Knows no rule."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class History:
    """An article's past.

    `born` is when it was published, or when it was added if its page does not say; `watched` when we began to look;
    `seen` when a look last found its text. `changes` counts its edits and `changed` is when the last was found, None
    without any. `troubles` counts the failed looks since the last good one. `not_before` is what the server asked for
    (Retry-After). `unsure` asks for a second look soon, `gone` says that its page is not there.
    """

    article_id: int
    born: datetime
    watched: datetime
    seen: datetime
    changes: int = 0
    changed: datetime | None = None
    troubles: int = 0
    not_before: datetime | None = None
    unsure: bool = False
    gone: bool = False
