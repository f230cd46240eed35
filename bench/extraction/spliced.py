"""Notes that are lists to read, spliced into the source of a page: shapes and wordings of a folder. Knows no extractor.

A shape is a place and a markup: {label} and {text} are the note's parts, {note} is both in one, {x} a name that tells
nothing, {like} and {end} the tags of the article's own paragraphs. What is between ⟦ and ⟧ is there at the second look
alone, all of it if there are none. Each language's notes come round in turn: over the pages of one language, and over
all places, every wording is used.
"""

import html
import re
import tomllib
from pathlib import Path
from random import Random

from bench.extraction.edits import Edit, Editing
from bench.extraction.splicing import BLOCKS, Article, Element, splice, upward

_COLONS = {"fr": " : ", "ja": "：", "zh": "："}
_WRITTEN_AS = {"nb": "no", "nn": "no"}
# Within a paragraph or the head a fair judge is content if a note shows as text of the body.
_FREE = frozenset(("in first", "at first", "in middle", "in last", "time", "below h1"))
_LONGEST = 3  # words of a label there, for they count as words that came with the note


def read_notes(folder: Path) -> dict[str, Editing]:
    """Return the shapes of a folder's `shapes.toml` as edits, worded by its `notes.toml`."""
    shapes, notes = (tomllib.loads((folder / f"{name}.toml").read_text("utf-8")) for name in ("shapes", "notes"))
    return {
        name: _entered(turn, *shape.split(" | ", 1), notes=notes) for turn, (name, shape) in enumerate(shapes.items())
    }


def own_tags(article: Article) -> tuple[str, str]:
    """Return what a paragraph in the middle of the text starts and ends with."""
    run, source = article.middle, article.source
    if (run.start, run.end) == (run.inner, run.close):
        return "<br><br>", ""
    return source[run.start : run.inner], source[run.close : run.end]


def _entered(turn: int, place: str, shape: str, *, notes: dict[str, list[str]]) -> Editing:
    def editing(article: Article, rng: Random) -> Edit | None:
        at = _at(article, place)
        if at is None:
            return None
        said = notes.get(_WRITTEN_AS.get(article.language, article.language), notes["en"])
        fitting = [parts for one in said if _fits((parts := one.partition("|")[::2])[0], place, shape)]
        label, text = fitting[(turn + len(article.source)) % len(fitting)]
        note = f"{label}{_COLONS.get(article.language, ': ')}{text}" if label else text
        like, end = own_tags(article)
        name = f"{rng.choice('abcdefghk')}{rng.randrange(16**5):05x}"
        markup = shape.format(label=label, text=text, note=note, x=name, like=like, end=end)
        first = re.sub("⟦.*⟧", "", markup) if "⟦" in markup else ""
        second = markup.replace("⟦", "").replace("⟧", "")
        within = place.startswith(("in ", "at "))
        before, after = (
            splice(article.source, [(at, at, one if within or not one else f"\n{one}\n")]) for one in (first, second)
        )
        shown = html.unescape(" ".join(piece for piece in re.split(r"<[^>]*>", second) if piece.strip()))
        return Edit(before, after, added=text, around="" if place in _FREE else shown.replace(text, "") or " ")

    return editing


def _fits(label: str, place: str, shape: str) -> bool:
    return (label != "" or "{label}" not in shape) and (place not in _FREE or len(label.split()) <= _LONGEST)


def _at(article: Article, place: str) -> int | None:
    """Return where a place is in the source, None where the page has no such place."""
    if place in article.places:
        return article.places[place]
    runs = {"in first": article.first.close, "at first": article.first.inner, "in middle": article.middle.close}
    if place in runs or place == "in last":
        return runs.get(place, article.last.close)
    wanted = "time" if place == "time" else "h1"
    above = (one for one in article.outline.elements if one.tag == wanted and one.end <= article.first.start)
    element = next(above, None)
    if element is None:
        return None
    if place == "time":
        return _outermost_inline(element).start
    return element.start if place == "above h1" else element.end


def _outermost_inline(element: Element) -> Element:
    """Return the child of the block around an element that holds it."""
    inline = element
    for around in upward(element):
        if around.tag in BLOCKS:
            break
        inline = around
    return inline
