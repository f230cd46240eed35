"""The nouns of revtrack as frozen values. Knows nobody: no store, no network, no clock.

Snapshots are facts; stories, versions, notes, diffs and verdicts are derived from them and can be derived again.
All times are aware and UTC; all text is NFC. Enumerations are strings, so they print and serialise as themselves.
"""

from revtrack.model.checks import CheckResult, Event, Happening, Report, Reported
from revtrack.model.diffs import Block, BlockOp, Change, Diff, FieldDiff, Op, Segment
from revtrack.model.snapshots import (
    READ,
    Article,
    Capture,
    Origin,
    Outcome,
    Redaction,
    Redirect,
    Snapshot,
    Source,
    Tls,
    Validators,
    validators_of,
)
from revtrack.model.stories import (
    Counter,
    Entry,
    Image,
    Link,
    Note,
    NoteFamily,
    NoteKind,
    Paragraph,
    ParagraphKind,
    Place,
    Stamp,
    StatedHeadline,
    Story,
)
from revtrack.model.verdicts import Disclosure, Reason, Significance, Verdict
from revtrack.model.versions import Revision, Version, alternates

__all__ = [
    "READ",
    "Article",
    "Block",
    "BlockOp",
    "Capture",
    "Change",
    "CheckResult",
    "Counter",
    "Diff",
    "Disclosure",
    "Entry",
    "Event",
    "FieldDiff",
    "Happening",
    "Image",
    "Link",
    "Note",
    "NoteFamily",
    "NoteKind",
    "Op",
    "Origin",
    "Outcome",
    "Paragraph",
    "ParagraphKind",
    "Place",
    "Reason",
    "Redaction",
    "Redirect",
    "Report",
    "Reported",
    "Revision",
    "Segment",
    "Significance",
    "Snapshot",
    "Source",
    "Stamp",
    "StatedHeadline",
    "Story",
    "Tls",
    "Validators",
    "Verdict",
    "Version",
    "alternates",
    "validators_of",
]
