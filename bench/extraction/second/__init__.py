"""A second set of changes and pages, written by somebody who had not seen the rules. Knows no extractor.

What no rule was made for tells how the rules do elsewhere: see the figures "untuned" in bench/README.md.
"""

from pathlib import Path

from bench.extraction.scoring import Changes
from bench.extraction.second.chrome import SECOND_CHROME
from bench.extraction.second.pages import SECOND_PAGES
from bench.extraction.spliced import read_notes

__all__ = ["SECOND", "SECOND_PAGES"]

SECOND = Changes(SECOND_CHROME, read_notes(Path(__file__).parent), {})
