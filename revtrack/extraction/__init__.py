r"""Bytes of a page, or a plain text → the story in it, stable from look to look. Pure: no clock, no network, no store.

>>> read_text("Storm hits coast\n\nThe storm killed 12 people on Monday, officials said.").headline
'Storm hits coast'
"""

from revtrack.extraction.boilerplate import boilerplate_of
from revtrack.extraction.configured import memory_for
from revtrack.extraction.memory import Memory
from revtrack.extraction.plain import read_text
from revtrack.extraction.reading import extract
from revtrack.extraction.sites import check_selectors, count_matches, rules_for
from revtrack.extraction.stamp import STAMP, stamp_with

__all__ = [
    "STAMP",
    "Memory",
    "boilerplate_of",
    "check_selectors",
    "count_matches",
    "extract",
    "memory_for",
    "read_text",
    "rules_for",
    "stamp_with",
]
