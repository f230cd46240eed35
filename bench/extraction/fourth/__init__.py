"""A fourth set: what scripts put around and between, and the same text in other markup. Written blind."""

from pathlib import Path

from bench.extraction.fourth.body import TURNS
from bench.extraction.fourth.same import COMES, MOVES
from bench.extraction.shapes import read_set

__all__ = ["FOURTH"]

FOURTH = read_set(Path(__file__).parent, moves=MOVES, comes=COMES, turns=TURNS)
