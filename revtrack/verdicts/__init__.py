"""Diff and notes → verdict: how much a revision matters, why, and whether the publisher said so. Pure.

>>> from revtrack.model import Story
>>> old, new = (Story.from_paragraphs("Storm", [f"The storm killed {count} people."]) for count in (12, 21))
>>> [(r.feature, r.before, r.after, r.disclosure.value) for r in compare(old, new).verdict.reasons]
[('number', '12', '21', 'undisclosed')]
"""

from revtrack.verdicts.identity import NoteChanges, compare_notes
from revtrack.verdicts.judging import compare, disclose_late, judge, new_beside
from revtrack.verdicts.leveling import on_one_level
from revtrack.verdicts.marking import SETTLING
from revtrack.verdicts.opening import as_opened

__all__ = [
    "SETTLING",
    "NoteChanges",
    "as_opened",
    "compare",
    "compare_notes",
    "disclose_late",
    "judge",
    "new_beside",
    "on_one_level",
]
