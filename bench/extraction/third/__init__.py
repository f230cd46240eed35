"""A third set of changes, of notes and of edits, written by somebody who had not seen the rules. Knows no extractor."""

from bench.extraction.scoring import Changes
from bench.extraction.third.body import THIRD_BODY
from bench.extraction.third.forms import ALL_CHROME
from bench.extraction.third.notes import THIRD_NOTES

__all__ = ["THIRD"]

THIRD = Changes(ALL_CHROME, THIRD_NOTES, THIRD_BODY)
