"""Break terminal text into lines of so many cells: at blanks, and between characters of scripts that write none.

A number or a word is never cut, nor is a mark of change from the word it stands at; one longer than a line is folded.
"""

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.text import Text

from revtrack.rendering.atoms import ATOM


def wrap(text: Text, width: int) -> list[Text]:
    """Return the lines of a text, none wider than `width` cells, without the blanks at their ends."""
    lines: list[Text] = []
    for line in text.split("\n", allow_blank=True):
        lines += line.divide(list(_breaks(line.plain, width)))
    for line in lines:
        line.rstrip()
    return lines or [Text()]


def _breaks(plain: str, width: int) -> Iterator[int]:
    """Yield the offsets at which new lines begin."""
    used = 0
    for match in ATOM.finditer(plain):
        size = cell_len(match[0].rstrip())
        if used and used + size > width:
            yield match.start()
            used = 0
        if size > width:
            pieces = chop_cells(match[0], width)
            offset = match.start()
            for piece in pieces[:-1]:
                offset += len(piece)
                yield offset
            used = cell_len(pieces[-1])
        else:
            used += cell_len(match[0])
