"""A third set of notes, written blind: other places and wordings. Knows pages, not the extractor.

Each must show at the next look, and nothing else may change with it. They are entered in `THIRD_NOTES`.
"""

import html
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.extraction.edits import Edit, Editing
from bench.extraction.splicing import Article, splice
from bench.extraction.third.chrome import obscure

NOTES: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "notes.toml").read_text("utf-8"))
THIRD_NOTES: dict[str, Editing] = {}
_COLONS = {"fr": " : ", "ja": "：", "zh": "："}


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a note stands, and in what markup: {label}, {text}, {note} both in one, {x} a name that tells nothing.

    `free` is a place within other text, where a judge is content if the note shows as text of the body. {like} and
    {end} are the start and end tags of the article's own paragraphs.
    """

    place: str
    markup: str
    free: bool = False


_SHAPES = {
    "paragraph like all others": Shape("after", "{like}{note}{end}"),
    "two paragraphs like all others": Shape("after", "{like}<strong>{label}</strong>{end}{like}{text}{end}"),
    "label and break": Shape("after", "<p><b>{label}</b><br>{text}</p>"),
    "underlined label": Shape("after", "<p><u>{label}</u>: {text}</p>"),
    "smallest heading": Shape("after", "<h6>{label}</h6><p>{text}</p>"),
    "dashes and break": Shape("after", "<p>---<br>{note}</p>"),
    "set to the right": Shape("after", '<p style="text-align:right;font-size:12px">{note}</p>'),
    "quotation of its own class": Shape("after", '<blockquote class="note"><p>{note}</p></blockquote>'),
    "element of its own": Shape("after", '<x-notice slot="foot"><span>{label}</span> <span>{text}</span></x-notice>'),
    "two boxes without names": Shape("after", "<div><div>{label}</div><div>{text}</div></div>"),
    "three boxes deep": Shape("below", '<div class="{x}"><div class="{x}a"><p class="{x}b">{note}</p></div></div>'),
    "complementary by role": Shape("after", '<div role="complementary" aria-label="{label}"><p>{text}</p></div>'),
    "icon and spans": Shape(
        "before",
        '<div class="{x}"><svg width="8" height="8"><circle r="4"/></svg><div><span>{label}</span> <span>{text}</span>'
        "</div></div>",
    ),
    "above the text as its paragraphs are": Shape("before", "{like}<em>{note}</em>{end}"),
    "behind the first paragraph": Shape("second", "<p><em>({note})</em></p>"),
    "box above all": Shape("above", '<div class="{x}"><p><strong>{label}.</strong> {text}</p></div>'),
    "section with a date": Shape(
        "after", '<section><h2>{label}</h2><p><time datetime="2024-06-05">5.6.2024</time></p><p>{text}</p></section>'
    ),
    "behind a timetable of updates": Shape("after", '<div class="{x}"><p><time>14:20</time> {note}</p></div>'),
    "last of numbered changes": Shape("after", "<h4>Log</h4><ol reversed><li>{note}</li></ol>"),
    "table for layout": Shape(
        "after", '<table role="presentation"><tr><td><img src="/i.png" alt=""></td><td>{note}</td></tr></table>'
    ),
    "behind tags": Shape(
        "after", '<p><a href="/t/a">Dornach</a>, <a href="/t/b">Harwick</a></p><p><small>{note}</small></p>'
    ),
    "under an author's lines": Shape(
        "after", '<div class="{x}"><a href="/by/b">O. Brandt</a><p>O. Brandt</p></div><hr><p>{note}</p>'
    ),
    "hash of a module": Shape(
        "after", '<div class="note_{x}"><div class="note_label{x}">{label}</div><p>{text}</p></div>'
    ),
    "at the end of the page's main part": Shape("below", '<p class="{x}"><i>{note}</i></p>'),
    "within a paragraph, in bold brackets": Shape("in middle", " <b>[{note}]</b>", free=True),
    "under the headline": Shape("below h1", "<p>{note}</p>", free=True),
    "details, open": Shape("before", "<details open><summary>{label}</summary>{text}</details>"),
    "figure without a picture": Shape("after", "<figure><figcaption>{note}</figcaption></figure>"),
}


def _note(article: Article, name: str) -> tuple[str, str]:
    """Return the label and text whose turn it is at a place, in the page's language."""
    shape = _SHAPES[name]
    labelled = "{label}" in shape.markup
    language = {"nb": "no", "nn": "no"}.get(article.language, article.language)
    split = (one.partition("|")[::2] for one in NOTES.get(language, NOTES["en"]))
    notes = [(label, text) for label, text in split if label or not labelled]
    return notes[(list(_SHAPES).index(name) + len(article.source)) % len(notes)]


def _at(article: Article, place: str) -> int | None:
    if place in article.places:
        return article.places[place]
    if place == "in middle":
        return article.middle.close
    title = next((one for one in article.outline.elements if one.tag == "h1"), None)
    return None if title is None or title.end > article.first.start else title.end


def own_tags(article: Article) -> tuple[str, str]:
    """Return what a paragraph in the middle of the text starts and ends with."""
    run, source = article.middle, article.source
    if (run.start, run.end) == (run.inner, run.close):
        return "<br><br>", ""
    return source[run.start : run.inner], source[run.close : run.end]


def _entered(name: str, shape: Shape) -> Editing:
    def editing(article: Article, rng: Random) -> Edit | None:
        at = _at(article, shape.place)
        if at is None:
            return None
        label, text = _note(article, name)
        note = f"{label}{_COLONS.get(article.language, ': ')}{text}" if label else text
        like, end = own_tags(article)
        markup = shape.markup.format(label=label, text=text, note=note, x=obscure(rng), like=like, end=end)
        apart = markup if shape.place.startswith("in ") else f"\n{markup}\n"
        shown = html.unescape(" ".join(_texts(markup)))
        around = "" if shape.free else shown.replace(text, "") or " "
        return Edit(article.source, splice(article.source, [(at, at, apart)]), added=text, around=around)

    return editing


def _texts(markup: str) -> Iterator[str]:
    yield from (piece for piece in re.split(r"<[^>]*>", markup) if piece.strip())


THIRD_NOTES.update({name: _entered(name, shape) for name, shape in _SHAPES.items()})
