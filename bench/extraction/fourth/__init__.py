"""A fourth set: pages are parsed, changed as trees and written again. Written blind. Knows no extractor."""

from bench.extraction.fourth import among, around, same
from bench.extraction.fourth.body import FOURTH_BODY
from bench.extraction.fourth.entering import FOURTH_CHROME
from bench.extraction.fourth.notes import FOURTH_NOTES
from bench.extraction.fourth.tree import rewritten
from bench.extraction.scoring import Changes

__all__ = ["FOURTH", "among", "around", "rewritten", "same"]

FOURTH = Changes(FOURTH_CHROME, FOURTH_NOTES, FOURTH_BODY)
