"""Text of a picture, measured and broken into lines: pictures have no flow of text of their own. Pure.

Widths are those of Times Bold, in thousandths of its size (Adobe's published metrics), which Times New Roman,
Liberation Serif and Tinos share. Scripts that write no spaces are as wide as high; letters of others are taken at
their average. A picture says how wide each run was measured, so that another typeface is fitted to it.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from revtrack.model import Op
from revtrack.rendering.atoms import ATOM

_WIDTHS = {
    220: "|",
    250: " ,.·",
    278: "'/\\il",
    333: "!()-:;[]`fjt‘’",
    389: "Is{}",
    444: "cerz",
    500: "#$*0123456789?J_agovxy“”–«»€£",
    556: 'Sbdhknpqu"~',
    570: "+<=>^",
    611: "FP",
    667: "BELTZ",
    722: "ACDNRUVXYw",
    778: "GHKOQ",
    833: "&m",
    930: "@M",
    1000: "%W—…→",
}
_KNOWN = {character: width / 1000 for width, characters in _WIDTHS.items() for character in characters}
_USUAL = 0.62
_ARABIC = 0.5  # joined forms; those that stand alone are wider
_WIDE = frozenset("WF")


class Run(NamedTuple):
    """A stretch of text that is set in one way."""

    op: Op
    text: str


class Placed(NamedTuple):
    """A run on its line: how far from the line's beginning, and how wide, in units of the size; without edge blanks."""

    op: Op
    text: str
    start: float
    width: float


Line = tuple[Run, ...]


def width_of(text: str) -> float:
    """Return the width of a text in units of its size."""
    return sum(map(_width, text))


def _width(character: str) -> float:
    if character in _KNOWN:
        return _KNOWN[character]
    if unicodedata.east_asian_width(character) in _WIDE:
        return 1.0
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    return _ARABIC if unicodedata.bidirectional(character) == "AL" else _USUAL


def wrap_runs(runs: Iterable[Run], width: float, *, most: int) -> tuple[Line, ...]:
    """Break runs into at most so many lines of a width, in units of the size; what is cut ends in "…"."""
    lines: list[list[Run]] = [[]]
    used = 0.0
    for op, atom in _atoms(runs):
        size = width_of(atom.rstrip())
        if used and used + size > width - (len(lines) == most):  # room for the mark of what is cut
            if len(lines) == most:
                lines[-1].append(Run(Op.KEEP, "…"))
                break
            lines.append([])
            used = 0.0
        lines[-1].append(Run(op, atom))
        used += width_of(atom)
    return tuple(tuple(_joined(line)) for line in lines)


def _atoms(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield what stays on one line, words longer than any line in pieces."""
    for op, text in runs:
        for atom in ATOM.findall(text):
            for start in range(0, len(atom), _LONGEST):
                yield Run(op, atom[start : start + _LONGEST])


_LONGEST = 24  # characters of a word that no line is narrower than


def _joined(line: Iterable[Run]) -> Iterator[Run]:
    """Yield neighbours of one kind as one run."""
    last: Run | None = None
    for run in line:
        if last and last.op is run.op:
            last = Run(run.op, last.text + run.text)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def placed(line: Line) -> tuple[Placed, ...]:
    """Return the runs of a line with the places where they stand."""
    found = []
    at = 0.0
    for op, text in line:
        core = text.strip()
        if core:
            lead = width_of(text[: len(text) - len(text.lstrip())])
            found.append(Placed(op, core, at + lead, width_of(core)))
        at += width_of(text)
    return tuple(found)


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter that has a direction is of a script that runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False
