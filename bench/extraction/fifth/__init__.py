"""A fifth set: shapes of chrome, of notes and of edits as lists to read. Written blind. Knows no extractor."""

from bench.extraction.fifth.body import FIFTH_BODY
from bench.extraction.fifth.chrome import FIFTH_CHROME
from bench.extraction.fifth.notes import FIFTH_NOTES
from bench.extraction.scoring import Changes

__all__ = ["FIFTH"]

FIFTH = Changes(FIFTH_CHROME, FIFTH_NOTES, FIFTH_BODY)
