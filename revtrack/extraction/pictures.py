"""What a picture's attributes tell: where it is had from, and whether it is an icon. Knows no page."""

import re

from revtrack.extraction.inline import Attributes

_SOURCES = ("src", "data-src", "data-lazy-src", "data-original", "srcset", "data-srcset")
_LARGEST_ICON = 48  # pixels
_NUMBER = re.compile(r"\d{1,5}(?:\.\d{1,5})?")


def is_icon(drawing: Attributes) -> bool:
    """Whether a drawing is as small as those on buttons and badges, by its size or its inner measure."""
    sizes = [drawing.get("width") or "", drawing.get("height") or "", *(drawing.get("viewbox") or "").split()[2:]]
    numbers = [float(size) for size in sizes if _NUMBER.fullmatch(size)]
    return bool(numbers) and min(numbers) <= _LARGEST_ICON


def source_of(image: Attributes) -> str:
    """Return the address of a picture; one that loads late keeps it beside a placeholder, in names that sites share."""
    for name in _SOURCES:
        source = (image.get(name) or "").strip()
        if source and not source.startswith("data:"):
            return source.split()[0].rstrip(",") if name.endswith("srcset") else source
    return ""
