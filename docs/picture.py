"""Draw the README's pictures: the demo's most telling diff in a terminal, and the card of its silent edit.

Run: python docs/picture.py.
"""

import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

import revtrack
from revtrack.demo import load_captures
from revtrack.model import Revision
from revtrack.rendering import terminal
from revtrack.rendering.card import render_card

PICTURE = Path(__file__).with_name("diff.svg")
CARD = Path(__file__).with_name("card.svg")
WIDTH = 56
INKS = [
    (0, 0, 0),
    (215, 95, 0),
    (120, 180, 80),
    (220, 180, 60),
    (0, 135, 255),
    (170, 120, 220),
    (90, 180, 190),
    (232, 232, 232),
]
THEME = TerminalTheme((22, 24, 27), (232, 232, 232), INKS, INKS)


def telling_revision() -> Revision:
    """Return the demo's noted update, compared from its captures alone."""
    old, new = (
        revtrack.extract(capture.body, url=capture.url)
        for capture in load_captures()
        if capture.name.startswith(("03", "04"))
    )
    return revtrack.compare(old, new)


def draw() -> str:
    """Return the picture as SVG text, the same for the same revision."""
    console = Console(
        record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="256", highlight=False
    )
    terminal.show(telling_revision(), console)
    return console.export_svg(title="revtrack diff", theme=THEME, unique_id="revtrack")


def draw_card() -> str:
    """Return the card of the demo's silent edit as SVG text, as `report --card` writes it."""
    before, after = (capture for capture in load_captures() if capture.name.startswith(("01", "03")))
    old, new = (revtrack.extract(capture.body, url=capture.url) for capture in (before, after))
    revision = revtrack.compare(old, new, seen_at=after.time)
    return render_card(replace(revision, url=after.url, old=1, new=2, after=before.time, seen_at=after.time))


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
    CARD.write_text(draw_card(), encoding="utf-8")
    sys.stdout.write(f"written to {PICTURE} and {CARD}\n")
