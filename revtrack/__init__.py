r"""Article diff and revision tracker: snapshots, readable diffs, publishers' notes, and what was disclosed.

>>> import revtrack
>>> old = revtrack.read_text("Storm hits coast\n\nThe storm killed 12 people on Monday, officials said.")
>>> new = revtrack.read_text("Storm hits coast\n\nThe storm killed 21 people on Monday, officials said.")
>>> revtrack.compare(old, new).verdict.significance
<Significance.SUBSTANTIVE: 'substantive'>

Everything is imported on first use: `import revtrack` costs no parser, no network stack and no database.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from revtrack.archive import Archive, open_archive
    from revtrack.diffing import diff
    from revtrack.errors import RevtrackError
    from revtrack.extraction import extract, read_text
    from revtrack.model import (
        Article,
        CheckResult,
        Diff,
        Note,
        Revision,
        Snapshot,
        Source,
        Story,
        Verdict,
        Version,
    )
    from revtrack.notes import find_notes
    from revtrack.rendering import render
    from revtrack.tracker import Tracker
    from revtrack.verdicts import compare, judge

__version__ = "0.1.0"
__all__ = [
    "Archive",
    "Article",
    "CheckResult",
    "Diff",
    "Note",
    "Revision",
    "RevtrackError",
    "Snapshot",
    "Source",
    "Story",
    "Tracker",
    "Verdict",
    "Version",
    "compare",
    "diff",
    "extract",
    "find_notes",
    "judge",
    "open_archive",
    "read_text",
    "render",
]

_HOME = {
    **dict.fromkeys(("Archive", "open_archive"), "archive"),
    **dict.fromkeys(("extract", "read_text"), "extraction"),
    **dict.fromkeys(("compare", "judge"), "verdicts"),
    "RevtrackError": "errors",
    "Tracker": "tracker",
    "diff": "diffing",
    "find_notes": "notes",
    "render": "rendering",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'revtrack' has no attribute {name!r}")
    value: object = getattr(import_module(f"revtrack.{_HOME.get(name, 'model')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
