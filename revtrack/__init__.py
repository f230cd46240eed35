r"""Article diff and revision tracker: snapshots, readable diffs, publishers' notes, and what was disclosed.

>>> import revtrack
>>> old = revtrack.read_text("Storm hits coast\n\nThe storm killed 12 people on Monday, officials said.")
>>> new = revtrack.read_text("Storm hits coast\n\nThe storm killed 21 people on Monday, officials said.")
>>> revtrack.compare(old, new).verdict.significance
<Significance.SUBSTANTIVE: 'substantive'>

Everything is imported on first use: `import revtrack` costs no parser, no network stack and no database.
"""

from typing import TYPE_CHECKING

from revtrack.lazy import load_from

if TYPE_CHECKING:
    from revtrack.archive import Archive, open_archive
    from revtrack.config import Config, read_config
    from revtrack.diffing import diff
    from revtrack.errors import ConfigError, InputError, NotAnArticleError, RevtrackError, WrongTypeError
    from revtrack.extraction import Memory, extract, read_text
    from revtrack.model import (
        Article,
        Change,
        CheckResult,
        Diff,
        Disclosure,
        Note,
        NoteFamily,
        NoteKind,
        Paragraph,
        ParagraphKind,
        Reason,
        Revision,
        Significance,
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
    "Change",
    "CheckResult",
    "Config",
    "ConfigError",
    "Diff",
    "Disclosure",
    "InputError",
    "Memory",
    "NotAnArticleError",
    "Note",
    "NoteFamily",
    "NoteKind",
    "Paragraph",
    "ParagraphKind",
    "Reason",
    "Revision",
    "RevtrackError",
    "Significance",
    "Snapshot",
    "Source",
    "Story",
    "Tracker",
    "Verdict",
    "Version",
    "WrongTypeError",
    "compare",
    "diff",
    "extract",
    "find_notes",
    "judge",
    "open_archive",
    "read_config",
    "read_text",
    "render",
]

_HOME = {
    **dict.fromkeys(__all__, "model"),
    **dict.fromkeys(("Archive", "open_archive"), "archive"),
    **dict.fromkeys(("Config", "read_config"), "config"),
    **dict.fromkeys(("ConfigError", "InputError", "NotAnArticleError", "RevtrackError", "WrongTypeError"), "errors"),
    **dict.fromkeys(("Memory", "extract", "read_text"), "extraction"),
    **dict.fromkeys(("compare", "judge"), "verdicts"),
    "Tracker": "tracker",
    "diff": "diffing",
    "find_notes": "notes",
    "render": "rendering",
}


__getattr__ = load_from(__name__, _HOME)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
