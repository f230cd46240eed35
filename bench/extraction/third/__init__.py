"""A third set of changes, of notes and of edits, written by somebody who had not seen the rules. Knows no extractor."""

from pathlib import Path

from bench.extraction.scoring import Changes
from bench.extraction.spliced import read_notes
from bench.extraction.third.body import THIRD_BODY
from bench.extraction.third.forms import ALL_CHROME

__all__ = ["THIRD"]

THIRD = Changes(ALL_CHROME, read_notes(Path(__file__).parent), THIRD_BODY)
