r"""Bytes of a page, or a plain text → the story in it, stable from look to look. Pure: no clock, no network, no store.

>>> read_text("Storm hits coast\n\nThe storm killed 12 people on Monday, officials said.").headline
'Storm hits coast'
"""

from revtrack.extraction.memory import Memory
from revtrack.extraction.plain import read_text
from revtrack.extraction.reading import extract
from revtrack.extraction.stamp import STAMP

__all__ = ["STAMP", "Memory", "extract", "read_text"]
